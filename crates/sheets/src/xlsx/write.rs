//! Writing: sheets of text under a bold first line that stays in sight. All cells are texts, so nothing in them is a formula.

use super::escape::escaped;
use std::io::{Cursor, Result, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The most characters a cell of a spreadsheet holds.
const CELL: usize = 32_767;

/// A sheet: its name (at most 31 characters, without `[]:*?/\`), its headings with their widths in characters, its rows.
pub struct Sheet<'a> {
    pub name: &'a str,
    pub columns: &'a [(&'a str, u32)],
    pub rows: &'a [Vec<String>],
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The bytes of an .xlsx file. Cells longer than a spreadsheet holds are cut.
///
/// # Errors
/// None that memory does not cause.
pub fn write(sheets: &[Sheet<'_>]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| -> Result<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())
    };
    let numbers = 1..=sheets.len();
    let types: String = numbers.clone().map(|n| format!(r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#)).collect();
    part(
        "[Content_Types].xml",
        &format!(
            r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>"#
        ),
    )?;
    part(
        "_rels/.rels",
        &format!(
            r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    )?;
    let names: String = sheets
        .iter()
        .zip(1..)
        .map(|(sheet, n)| format!(r#"<sheet name="{}" sheetId="{n}" r:id="rId{n}"/>"#, escaped(sheet.name)))
        .collect();
    part(
        "xl/workbook.xml",
        &format!(r#"{HEAD}<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>"#),
    )?;
    let targets: String = numbers
        .map(|n| {
            format!(r#"<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
        })
        .collect();
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{targets}<Relationship Id="rIdStyles" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
        ),
    )?;
    // Style 1 is the bold one of headings, style 2 wraps lines.
    part(
        "xl/styles.xml",
        &format!(
            r#"{HEAD}<styleSheet {MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>"#
        ),
    )?;
    for (sheet, n) in sheets.iter().zip(1..) {
        part(&format!("xl/worksheets/sheet{n}.xml"), &body(sheet))?;
    }
    Ok(zip.finish()?.into_inner())
}

fn body(sheet: &Sheet<'_>) -> String {
    let widths: String = sheet
        .columns
        .iter()
        .zip(1..)
        .map(|((_, width), n)| format!(r#"<col min="{n}" max="{n}" width="{width}" customWidth="1"/>"#))
        .collect();
    let mut xml = format!(
        r#"{HEAD}<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>"#
    );
    let headings: Vec<String> = sheet.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    line(&mut xml, 1, 1, &headings);
    for (cells, n) in sheet.rows.iter().zip(2..) {
        line(&mut xml, n, 2, cells);
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

fn line(xml: &mut String, number: usize, style: u32, cells: &[String]) {
    xml.push_str(&format!(r#"<row r="{number}">"#));
    for (cell, column) in cells.iter().zip(0..).filter(|(cell, _)| !cell.is_empty()) {
        let text: String = if cell.len() > CELL { cut(cell) } else { escaped(cell) };
        xml.push_str(&format!(
            r#"<c r="{}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#,
            letters(column)
        ));
    }
    xml.push_str("</row>");
}

fn cut(cell: &str) -> String {
    let mut room = CELL;
    let kept: String = cell
        .chars()
        .take_while(|c| {
            room = room.saturating_sub(c.len_utf16());
            room > 0
        })
        .collect();
    escaped(&kept)
}

/// The letters of a column, from 0.
fn letters(mut column: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return out.iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let cells: Vec<String> =
            ["Acme", "=1+1", "two\r\nlines & <more>", "_x000D_", " space ", "😀"].map(String::from).into();
        let columns = [("Company", 20), ("Title", 20), ("Notes", 40), ("d", 8), ("e", 8), ("f", 8)];
        let bytes = write(&[Sheet { name: "Applications", columns: &columns, rows: std::slice::from_ref(&cells) }])
            .expect("bytes");
        let table = crate::read(&bytes).expect("a table");
        assert_eq!(table.rows[0].cells, cells);
        assert_eq!((table.header[0].as_str(), table.rows[0].number), ("Company", 2));
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(701), letters(702)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into(), "AAA".into())
        );
    }
}
