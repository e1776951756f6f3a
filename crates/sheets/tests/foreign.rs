//! Foreign bytes: whatever they are, reading ends with an answer, in time, and within bounds.

use proptest::prelude::*;
use sheets::{Sheet, dates, fields, history, limits, read, stages, write_xlsx};
use std::{
    io::{Cursor, Write},
    time::{Duration, Instant},
};
use zip::{ZipWriter, write::SimpleFileOptions};

fn bounded(bytes: &[u8]) -> Result<sheets::Table, sheets::Unreadable> {
    let began = Instant::now();
    let read = read(bytes);
    assert!(began.elapsed() < Duration::from_secs(20), "reading took {:?}", began.elapsed());
    if let Ok(table) = &read {
        assert!(table.rows.len() <= limits::ROWS && (1..=limits::COLUMNS).contains(&table.header.len()));
        assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
        assert!(
            table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.len() <= limits::CELL && !cell.contains('\0'))
        );
        let preset = fields::Preset::of(&table.header);
        assert_eq!(fields::guess_table(table, preset).len(), table.header.len());
        for cell in table.rows.iter().take(50).flat_map(|row| &row.cells) {
            history::read(cell);
            stages::meaning(cell);
        }
        dates::order(table.rows.iter().flat_map(|row| &row.cells).map(String::as_str));
    }
    read
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A spreadsheet whose first sheet is this XML.
fn workbook(sheet: &[u8], shared: &[u8]) -> Vec<u8> {
    zipped(&[
        (
            "xl/workbook.xml",
            br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn small() -> Vec<u8> {
    let rows = [vec!["Acme Mills".to_owned(), "Baker".to_owned()], vec!["Crumb".to_owned(), "=1+1".to_owned()]];
    write_xlsx(&[Sheet { name: "A", columns: &[("Company", 10), ("Title", 10)], rows: &rows }]).expect("bytes")
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 100 << 20];
    let bomb = workbook(&zeros, b"<sst/>");
    assert!(bomb.len() < limits::BYTES);
    assert!(bounded(&bomb).expect_err("refused").0.contains("64 MB"));
    let texts = [b"<sst>".as_slice(), &b"<si/>".repeat(5_000_000), b"</sst>"].concat();
    assert!(bounded(&workbook(b"<worksheet/>", &texts)).is_err());
    let many: Vec<String> = (0..3_000).map(|n| format!("p{n}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert!(bounded(&zipped(&many)).expect_err("refused").0.contains("parts"));
    let laughs = br#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>Company&b;</t></is></c></row><row><c t="inlineStr"><is><t>x&b;</t></is></c></row></sheetData></worksheet>"#;
    let table = bounded(&workbook(laughs, b"<sst/>")).expect("a table");
    assert_eq!((table.header[0].as_str(), table.rows[0].cells[0].as_str()), ("Company", "x"));
}

#[test]
fn a_cell_far_away_takes_no_room() {
    let far = br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Company</t></is></c><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Acme</t></is></c><c r="ZZZZ9"><v>1</v></c></row></sheetData></worksheet>"#;
    let table = bounded(&workbook(far, b"<sst/>")).expect("a table");
    assert_eq!((table.header.len(), table.rows[0].number), (1, 1_048_576));
}

#[test]
fn a_million_columns_and_too_many_rows_are_refused() {
    for sign in [",", ";", "\t"] {
        let line = format!("a{sign}").repeat(1_000_000);
        assert!(bounded(format!("{line}\n{line}").as_bytes()).expect_err("refused").0.contains("columns"));
    }
    let object: String = (0..200_000).map(|n| format!("\"k{n}\":1,")).collect();
    assert!(bounded(format!("[{{{object}\"z\":1}}]").as_bytes()).expect_err("refused").0.contains("fields"));
    let rows = "Company,Title\n".to_owned() + &"Acme,Baker\n".repeat(5_001);
    assert!(bounded(rows.as_bytes()).expect_err("refused").0.contains("5,000"));
    assert_eq!(bounded(&rows.as_bytes()[..rows.len() - 11]).expect("a table").rows.len(), 5_000);
    assert!(bounded(&vec![b'a'; limits::BYTES + 1]).expect_err("refused").0.contains("10 MB"));
    assert!(bounded("[".repeat(1_000_000).as_bytes()).is_err());
}

#[test]
fn broken_quotes_and_odd_bytes_are_named_or_read() {
    let text = format!("Company,Title\nAcme,\"Baker\nMill,Cook\n{}", "Oven,Stoker\n".repeat(12_000));
    let table = bounded(text.as_bytes()).expect("a table");
    assert!(table.rows[0].problem.as_ref().is_some_and(|why| why.contains("quotation")), "{:?}", table.rows[0].problem);
    let table = bounded(b"Company,Title\nAcme,Baker,more\nA\0cme,\"Ba\0ker\"\n\xff\xfe,x\n").expect("a table");
    assert!(table.rows[0].problem.as_ref().is_some_and(|why| why.contains("3 cells")));
    assert_eq!(table.rows[1].cells, ["Acme", "Baker"]);
    for nothing in [
        &b""[..],
        b"\n\n",
        b"\xEF\xBB\xBF",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"\xD0\xCF\x11\xE0",
        b"{}",
        b"[]",
        b"[1,2]",
        b"Company",
    ] {
        assert!(bounded(nothing).is_err(), "{nothing:?}");
    }
}

#[test]
fn a_proof_can_be_made_of_anything() {
    let row = |text: &str| sheets::ProofRow {
        date: text.into(),
        company: text.into(),
        position: text.into(),
        place: text.into(),
        how: text.into(),
        result: text.into(),
    };
    let texts = [
        "Bäckerei Süß",
        "Пекарь Ελλάδα",
        "面包师",
        "🎉",
        "\u{202e}x\0\n",
        &"W".repeat(5_000),
        &"word ".repeat(5_000),
        "",
    ];
    let rows = texts.iter().cycle().take(400).map(|text| row(text)).collect();
    let proof = sheets::Proof {
        title: "Proof of job search".into(),
        name: "Ann".into(),
        period: "All".into(),
        made: "Made".into(),
        rows,
    };
    let bytes = sheets::proof(&proof);
    assert!(bytes.starts_with(b"%PDF") && bytes.len() < 2_000_000, "{}", bytes.len());
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
        let _ = bounded(&bytes);
    }

    #[test]
    fn any_text(text in "([a-c,;\t|\"'\n\r =+@]|Company|Title|2026-11-03|; |Applied){0,200}") {
        let _ = bounded(text.as_bytes());
    }

    #[test]
    fn any_list(text in r#"\[(\{"(company|history|a)":("x"|1|null|\[\{"at":"2026-11-03"\}\]|\{"b":2\})\},?){0,5}\]"#) {
        let _ = bounded(text.as_bytes());
    }

    #[test]
    fn a_damaged_spreadsheet(place in 0usize..3_000, byte in any::<u8>(), cut in 0usize..3_000) {
        let mut bytes = small();
        let at = place % bytes.len();
        bytes[at] = byte;
        let _ = bounded(&bytes);
        bytes.truncate(cut);
        let _ = bounded(&bytes);
    }

    #[test]
    fn damaged_xml(sheet in r#"<sheetData>(<row( r="[0-9]{1,8}")?>|</row>|<c( r="[A-Z]{1,5}[0-9]{1,3}")?( t="(s|b|e|d|str|inlineStr)")?( s="[0-9]{1,3}")?>|</c>|<v>|</v>|<t>|</t>|[0-9.e-]{1,6}|&(amp|x|#[0-9]{1,8});|Company|<!\[CDATA\[x\]\]>|<){0,60}"#) {
        let _ = bounded(&workbook(sheet.as_bytes(), b"<sst><si><t>a</t></si></sst>"));
    }

    #[test]
    fn any_cell_goes_out_and_in(cell in any::<String>()) {
        let cell = cell.replace('\0', "");
        let row = vec!["x".to_owned(), cell.clone()];
        let csv = sheets::delimited::write(&["Company", "Notes"], [row.as_slice()]);
        prop_assert_eq!(&read(&csv).expect("a table").rows[0].cells[1], &cell);
        let xlsx = write_xlsx(&[Sheet { name: "A", columns: &[("Company", 9), ("Notes", 9)], rows: std::slice::from_ref(&row) }]).expect("bytes");
        prop_assert_eq!(&read(&xlsx).expect("a table").rows[0].cells[1], &cell);
    }
}
