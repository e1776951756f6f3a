//! What a table's columns and words are taken for: guessed first, then as the person says.

use super::store::Kept;
use crate::applications::{ApplicationStatus, stages::Stage};
use serde::{Deserialize, Serialize};
use sheets::{
    dates::{self, Order},
    fields::Field,
    history,
    stages::{self, Meaning},
};
use std::collections::BTreeMap;

/// The most words of a stage column that can be mapped; a column with more is none of stages.
pub const MOST_WORDS: usize = 60;

/// What was guessed or chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    pub preset: String,
    /// A field's word for each column; empty where it is left out.
    pub columns: Vec<String>,
    pub order: String,
    /// Stage's key by word; an empty key leaves its rows out.
    pub words: BTreeMap<String, String>,
    /// What is wrong with the columns as they were chosen last.
    #[serde(default)]
    pub problem: Option<String>,
}

impl Chosen {
    /// The field of a column.
    pub fn field(&self, column: usize) -> Option<Field> {
        self.columns.get(column).and_then(|word| Field::parse(word))
    }

    /// The first column that is this field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|word| word == field.as_str())
    }

    /// Dates are read in this order.
    pub fn order(&self) -> Order {
        Order::parse(&self.order).unwrap_or(Order::YearFirst)
    }
}

/// The order in which the columns of days write them.
pub fn order(kept: &Kept, chosen: &Chosen) -> Option<Order> {
    let days: Vec<usize> =
        (0..kept.header.len()).filter(|column| chosen.field(*column).is_some_and(Field::is_day)).collect();
    let cells = kept.rows.iter().flat_map(|row| days.iter().filter_map(|column| row.cells.get(*column)));
    (!days.is_empty()).then(|| dates::order(cells.map(String::as_str)))
}

/// Words of the stage column and of histories, the most frequent first, each with how often it stands there.
pub fn words(kept: &Kept, chosen: &Chosen) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let (stage, past) = (chosen.column(Field::Stage), chosen.column(Field::History));
    for row in &kept.rows {
        if let Some(word) = stage.and_then(|column| row.cells.get(column)).map(|cell| word(cell))
            && !word.is_empty()
        {
            *counts.entry(word).or_default() += 1;
        }
        for told in past.and_then(|column| row.cells.get(column)).map(|cell| history::read(cell)).unwrap_or_default() {
            *counts.entry(word(&told.stage)).or_default() += 1;
        }
    }
    let mut all: Vec<(String, u32)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

/// A cell of the stage column as its word: on one line and not too long.
pub fn word(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect()
}

/// The stage a word names or means; empty when neither is known.
pub fn stage_of(word: &str, all: &[Stage]) -> String {
    let same = all.iter().find(|stage| stage.name.to_lowercase() == word.to_lowercase() || stage.key == word);
    let found = same.or_else(|| stages::meaning(word).and_then(|meaning| of_meaning(meaning, all)));
    found.map(|stage| stage.key.clone()).unwrap_or_default()
}

/// The stage that means this: by its key, else by its name, else the first that stands for the status.
pub fn of_meaning(meaning: Meaning, all: &[Stage]) -> Option<&Stage> {
    let (key, status) = match meaning {
        Meaning::Interested => ("interested", ApplicationStatus::Interested),
        Meaning::Applied => ("applied", ApplicationStatus::Applied),
        Meaning::Screening => ("screening", ApplicationStatus::Interview),
        Meaning::Interview => ("interview", ApplicationStatus::Interview),
        Meaning::Offer => ("offer", ApplicationStatus::Offer),
        Meaning::Accepted => ("accepted", ApplicationStatus::Accepted),
        Meaning::Rejected => ("rejected", ApplicationStatus::Rejected),
        Meaning::Withdrawn => ("withdrawn", ApplicationStatus::Withdrawn),
        Meaning::Ghosted => ("ghosted", ApplicationStatus::Rejected),
    };
    let fits = |stage: &&Stage| stage.status == status;
    let by_key = all.iter().filter(fits).find(|stage| stage.key == key);
    let by_name = || all.iter().filter(fits).find(|stage| stages::meaning(&stage.name) == Some(meaning));
    by_key.or_else(by_name).or_else(|| all.iter().find(fits))
}
