//! A tiny database of places by network address, in MaxMind's format, version 2.0 (IPv4, records of 24 bits).

/// A range of addresses, the bits that count, and the city and country there; an empty city is left out.
pub type Place<'a> = ([u8; 4], u32, &'a str, &'a str);

/// What a branch of the tree leads to.
#[derive(Clone, Copy)]
enum Branch {
    Nothing,
    Node(usize),
    /// From the beginning of the data.
    Data(usize),
}

/// The file that knows these places.
pub fn of(places: &[Place<'_>]) -> Vec<u8> {
    let (mut nodes, mut data) = (vec![[Branch::Nothing; 2]], Vec::new());
    for (range, bits, city, country) in places {
        let address = u32::from_be_bytes(*range);
        let mut node = 0;
        for bit in 0..*bits {
            let side = usize::from(address >> (31 - bit) & 1 == 1);
            if bit + 1 == *bits {
                nodes[node][side] = Branch::Data(data.len());
                break;
            }
            node = match nodes[node][side] {
                Branch::Node(next) => next,
                _ => {
                    nodes.push([Branch::Nothing; 2]);
                    nodes[node][side] = Branch::Node(nodes.len() - 1);
                    nodes.len() - 1
                }
            };
        }
        let named = |name: &str| map(&[("names", map(&[("en", text(name))]))]);
        let mut record = vec![("country", named(country))];
        if !city.is_empty() {
            record.push(("city", named(city)));
        }
        data.extend(map(&record));
    }
    let mut file = Vec::new();
    for branch in nodes.iter().flatten() {
        let value = match branch {
            Branch::Nothing => nodes.len(),
            Branch::Node(next) => *next,
            Branch::Data(at) => nodes.len() + 16 + at,
        };
        file.extend(&u32::try_from(value).expect("a small file").to_be_bytes()[1..]);
    }
    file.extend([0; 16]);
    file.extend(data);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    file.extend(map(&[
        ("binary_format_major_version", number(5, 2)),
        ("binary_format_minor_version", number(5, 0)),
        // Number 9 of the types that need a second byte.
        ("build_epoch", vec![1, 2, 1]),
        ("database_type", text("Invented-City")),
        ("description", map(&[("en", text("Invented places"))])),
        ("ip_version", number(5, 4)),
        // A list of one.
        ("languages", [vec![1, 4], text("en")].concat()),
        ("node_count", number(6, u32::try_from(nodes.len()).expect("a small file"))),
        ("record_size", number(5, 24)),
    ]));
    file
}

fn text(text: &str) -> Vec<u8> {
    assert!(text.len() < 29, "longer ones are written otherwise");
    [&[2 << 5 | u8::try_from(text.len()).expect("short")][..], text.as_bytes()].concat()
}

fn number(kind: u8, value: u32) -> Vec<u8> {
    let bytes: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [&[kind << 5 | u8::try_from(bytes.len()).expect("short")][..], &bytes].concat()
}

fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut written = vec![7 << 5 | u8::try_from(pairs.len()).expect("few")];
    for (key, value) in pairs {
        written.extend(text(key));
        written.extend(value);
    }
    written
}
