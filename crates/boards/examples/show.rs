//! Prints every posting of a file, field by field, to check a reader by eye.
//!
//! `cargo run -p boards --example show -- FILE [--full] [--company NAME] [--format FORMAT] [--today 2026-03-01]`

use boards::{Finder, Format};
use posting::Posting;
use skills::Taxonomy;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut file, mut company, mut format, mut full) = (None, None, Format::Auto, false);
    let mut finder = Finder::new(Taxonomy::builtin());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--full" => full = true,
            "--company" => company = args.next(),
            "--format" => format = args.next().as_deref().and_then(Format::parse).ok_or("no such format")?,
            "--today" => finder = finder.on(args.next().unwrap_or_default().parse().map_err(|_| "no date")?),
            _ => file = Some(arg),
        }
    }
    let data = std::fs::read(file.ok_or("name a file")?)?;
    let reading = boards::read(format, &data, company.as_deref(), &finder)?;
    println!("{} rows read as {}", reading.rows.len(), reading.format.label());
    for row in &reading.rows {
        match row {
            Ok(posting) => show(posting, full),
            Err(bad) => println!("\nREFUSED {bad}"),
        }
    }
    Ok(())
}

fn show(posting: &Posting, full: bool) {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "—".into());
    println!("\n{} · {}", posting.title, posting.company);
    println!("  location     {}", posting.location);
    println!("  remote       {}", or_dash(posting.remote.map(|remote| remote.to_string())));
    println!("  level        {}", or_dash(posting.experience_level.map(|level| level.to_string())));
    println!("  pay          {}", or_dash(posting.salary.as_ref().map(ToString::to_string)));
    println!("  posted       {}", or_dash(posting.date_posted.map(|date| date.to_string())));
    println!("  url          {}", or_dash(posting.url.clone()));
    println!("  source       {}", posting.source);
    println!("  skills       {}", posting.tech_stack.join(", "));
    println!("  link key     {}", or_dash(posting.url.as_deref().and_then(boards::duplicate::link_key)));
    println!("  same key     {}", boards::duplicate::same_key(posting));
    println!("  {} responsibilities", posting.responsibilities.len());
    posting.responsibilities.iter().for_each(|item| println!("    * {item}"));
    println!("  {} requirements", posting.requirements.len());
    posting.requirements.iter().for_each(|item| println!("    * {item}"));
    println!("  description  {} bytes", posting.description.len());
    if full {
        posting.description.lines().for_each(|line| println!("    | {line}"));
    }
}
