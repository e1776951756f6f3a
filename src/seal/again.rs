//! Every place where something of a person is sealed, and sealing all of it anew by another key of theirs.

use super::PersonKey;
use crate::{
    db::Tx,
    error::{Error, Result},
    ids::UserId,
    on_tx,
};
use uuid::Uuid;

/// A column of sealed values, text unless said otherwise.
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    /// What tells one row of a person from another.
    row: Row,
}

#[derive(Clone, Copy)]
enum Row {
    /// The person has one.
    Only,
    /// Its `id`.
    Id,
    /// Its `hash`.
    Hash,
    /// Its `id`; the value is bytes.
    Bytes,
}

const fn place(table: &'static str, column: &'static str, row: Row) -> Place {
    Place { table, column, row }
}

/// Whoever seals a new column names it here; a story compares the list with the database.
pub const PLACES: [Place; 25] = [
    place("profiles", "salary_sealed", Row::Only),
    place("one_time_codes", "secret", Row::Only),
    place("recovery_codes", "fresh", Row::Hash),
    place("calendar_feeds", "token_sealed", Row::Only),
    place("pictures", "image_sealed", Row::Only),
    place("applications", "notes_sealed", Row::Id),
    place("application_steps", "note_sealed", Row::Id),
    place("acts", "state_sealed", Row::Id),
    place("interviews", "preparation_sealed", Row::Id),
    place("interviews", "notes_sealed", Row::Id),
    place("contacts", "notes_sealed", Row::Id),
    place("sent_documents", "note_sealed", Row::Id),
    place("tasks", "text_sealed", Row::Id),
    place("offers", "terms_sealed", Row::Id),
    place("salary_talk", "said_sealed", Row::Id),
    place("letters", "letter_sealed", Row::Id),
    place("feedback", "note_sealed", Row::Id),
    place("briefings", "told_sealed", Row::Id),
    place("mailboxes", "login_sealed", Row::Only),
    place("push_devices", "subscription_sealed", Row::Id),
    place("push_outbox", "message_sealed", Row::Id),
    place("google_calendars", "tokens_sealed", Row::Only),
    place("searches", "pay_sealed", Row::Id),
    place("transfers", "chosen_sealed", Row::Id),
    place("transfers", "content_sealed", Row::Bytes),
];

/// Goes through the rows of a person where `$place` has a value, one at a time.
macro_rules! each {
    ($tx:ident, $who:ident, $place:ident, $id:literal as $id_type:ty, $value_type:ty, |$sealed:ident| $again:expr) => {{
        let ids: Vec<$id_type> = on_tx!(&mut *$tx, |c| {
            let mut sql = sqlx::QueryBuilder::new(concat!("SELECT ", $id, " FROM "));
            sql.push($place.table).push(" WHERE user_id = ").push_bind($who);
            sql.push(" AND ").push($place.column).push(" IS NOT NULL");
            sql.build_query_scalar().fetch_all(c).await
        })?;
        for id in &ids {
            let $sealed: $value_type = on_tx!(&mut *$tx, |c| {
                let mut sql = sqlx::QueryBuilder::new("SELECT ");
                sql.push($place.column).push(" FROM ").push($place.table);
                sql.push(" WHERE user_id = ").push_bind($who).push(concat!(" AND ", $id, " = ")).push_bind(id);
                sql.build_query_scalar().fetch_one(c).await
            })?;
            let again = $again;
            on_tx!(&mut *$tx, |c| {
                let mut sql = sqlx::QueryBuilder::new("UPDATE ");
                sql.push($place.table).push(" SET ").push($place.column).push(" = ").push_bind(again);
                sql.push(" WHERE user_id = ").push_bind($who).push(concat!(" AND ", $id, " = ")).push_bind(id);
                sql.build().execute(c).await.map(|_| ())
            })?;
        }
    }};
}

impl Place {
    /// What its values are sealed for.
    fn name(&self) -> String {
        [self.table, ".", self.column.strip_suffix("_sealed").unwrap_or(self.column)].concat()
    }

    async fn again(&self, tx: &mut Tx, who: UserId, (old, new): (&PersonKey, &PersonKey)) -> Result<()> {
        let name = self.name();
        let text = |sealed: String| new.close_text(&name, &old.open_text(&name, &sealed)?);
        match self.row {
            Row::Only => each!(tx, who, self, "user_id" as Uuid, String, |sealed| text(sealed)?),
            Row::Id => each!(tx, who, self, "id" as Uuid, String, |sealed| text(sealed)?),
            Row::Hash => each!(tx, who, self, "hash" as String, String, |sealed| text(sealed)?),
            Row::Bytes => each!(tx, who, self, "id" as Uuid, Vec<u8>, |sealed| {
                // Emptied once it was used.
                if sealed.is_empty() { sealed } else { new.close(&name, &old.open(&name, &sealed)?)? }
            }),
        }
        Ok::<(), Error>(())
    }
}

/// Seals by `keys.1` what `keys.0` sealed, wherever it stands, but for exported files, which their own store goes through.
pub async fn all(tx: &mut Tx, who: UserId, keys: (&PersonKey, &PersonKey)) -> Result<()> {
    for place in &PLACES {
        place.again(tx, who, keys).await?;
    }
    Ok(())
}
