//! Maps flat Ashby postings, one JSON object a line, to our own JSON: what `import-jobs` and the REST import take.
//!
//! `zcat ashby_postings.jsonl.gz | cargo run --release -p boards --example ashby_jsonl > jobs.json`

use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    out.write_all(b"[")?;
    for (i, line) in std::io::stdin().lock().lines().enumerate() {
        if i > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut out, &job(&serde_json::from_str(&line?)?))?;
    }
    out.write_all(b"]\n")?;
    Ok(())
}

fn job(row: &Value) -> Value {
    let mut places: Vec<&str> = row["location"].as_str().into_iter().collect();
    places.extend(row["secondary"].as_array().into_iter().flatten().filter_map(Value::as_str));
    // `false` in these rows also stands for "not said".
    let remote = (row["remote"] == json!(true)).then_some("remote");
    let pay = [&row["salary"], &row["compensation"]].into_iter().find(|pay| pay.is_string());
    json!({
        "company": row["company"],
        "title": row["title"],
        "location": places.join("; "),
        "remote": remote,
        "description": row["description"],
        "salary": pay,
        "source": "ashby",
        "url": row["url"],
        "date_posted": row["published_at"],
    })
}
