//! Writes a proof of search with invented rows to standard output: `cargo run -p sheets --example proof > proof.pdf`.

use sheets::{Proof, ProofRow, proof};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let words = [
        (
            "Bäckerei Süß & Söhne GmbH",
            "Bäckerin (m/w/d) für die Nachtschicht mit Verantwortung für den Sauerteig",
            "Köln",
        ),
        ("Пекарня", "Пекарь", "София"),
        ("Αρτοποιείο", "Αρτοποιός", "Αθήνα"),
        ("面包店", "Baker", "Łódź"),
        ("Acme Mills", "Miller", "Lyon"),
    ];
    let rows = words.iter().cycle().take(70).enumerate().map(|(n, (company, position, place))| ProofRow {
        date: format!("{} Oct 2026", n % 31 + 1),
        company: (*company).to_owned(),
        position: (*position).to_owned(),
        place: (*place).to_owned(),
        how: "job fair".to_owned(),
        result: "Rejected, 9 Nov 2026".to_owned(),
    });
    let bytes = proof(&Proof {
        title: "Proof of job search".to_owned(),
        name: "Ann Example".to_owned(),
        period: "Applications from 1 Oct 2026 to 31 Oct 2026".to_owned(),
        made: "Made on 27 Nov 2026".to_owned(),
        rows: rows.collect(),
    });
    std::io::stdout().write_all(&bytes)
}
