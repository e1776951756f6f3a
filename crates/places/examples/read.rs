//! Reads location texts, one a line, from standard input and prints how each is understood: to look over a feed by eye.
//! `cargo run -p places --example read < locations.txt`

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        writeln!(out, "{line}\t{}", places::parse(&line))?;
    }
    Ok(())
}
