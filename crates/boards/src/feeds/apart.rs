//! The postings of an answer, each with what the feed itself said apart from what was read from its text.

use super::{Context, check_count, detect, finish, markup, reader, workable};
use crate::row::Row;
use crate::{Format, Unreadable, text};
use posting::Posting;
use serde_json::Value;

/// What it was read as; the posting as it was said; the whole.
pub type Both = (Format, Posting, Posting);

/// Of JSON whose format is told from its fields. Rows that cannot be read are left out.
pub fn one_by_one(answer: &Value, context: &Context<'_>) -> Result<Vec<Both>, Unreadable> {
    of_value(detect::format_of(answer)?, answer, context)
}

/// Of an answer in a known format.
pub fn one_by_one_of(format: Format, data: &[u8], context: &Context<'_>) -> Result<Vec<Both>, Unreadable> {
    let decoded = text::decode(data);
    let trimmed = decoded.trim_start();
    if trimmed.starts_with('<') {
        return match markup::rows(format, trimmed)? {
            Some((format, rows)) => of_rows(format, &rows.iter().collect::<Vec<_>>(), context),
            None => Err(Unreadable("This is a web page, not an answer of the board.".into())),
        };
    }
    let answer = serde_json::from_str::<Value>(trimmed)
        .map_err(|_| Unreadable("The answer breaks off or is damaged.".into()))?;
    of_value(format, &answer, context)
}

fn of_value(format: Format, answer: &Value, context: &Context<'_>) -> Result<Vec<Both>, Unreadable> {
    let rows = detect::rows(format, answer)?;
    match workable::company(format, answer) {
        None => of_rows(format, &rows, context),
        company => of_rows(format, &rows, &Context { company, board: context.board.clone(), finder: context.finder }),
    }
}

/// Of rows that were found already.
pub fn of_rows(format: Format, rows: &[&Value], context: &Context<'_>) -> Result<Vec<Both>, Unreadable> {
    check_count(rows.len())?;
    let read = reader(format);
    let objects = rows.iter().filter(|row| row.is_object());
    Ok(objects
        .filter_map(|row| {
            let draft = read(Row(row), context).ok()?;
            let (mut said, in_words) = (draft.posting.clone(), draft.pay_text.is_some());
            let whole = finish(format, draft, context).ok()?;
            if in_words {
                said.salary = whole.salary.clone();
            }
            Some((format, said, whole))
        })
        .collect())
}
