//! The words every engine speaks: a posting, its pay, its level, where the work is done.
//!
//! Plain data, shared by the feed readers, the matcher, the server and the browser.

use serde::{Deserialize, Serialize};

mod level;
mod remote;
mod salary;

pub use level::Level;
pub use remote::Remote;
pub use salary::{Period, Salary};

/// A posting as read from a feed, a file or a form, before it becomes a person's job record.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Posting {
    pub company: String,
    pub title: String,
    /// The place as written, tidied: `Berlin, Germany`. Empty when the posting names none.
    pub location: String,
    pub remote: Option<Remote>,
    /// Readable text: paragraphs split by blank lines, list items on lines that start with `- `.
    pub description: String,
    /// Canonical skill names, in order of first mention.
    pub tech_stack: Vec<String>,
    pub responsibilities: Vec<String>,
    pub requirements: Vec<String>,
    pub experience_level: Option<Level>,
    pub salary: Option<Salary>,
    /// Where it came from: `greenhouse`, `lever`, `csv`, `manual`, …
    pub source: String,
    pub url: Option<String>,
    pub date_posted: Option<chrono::NaiveDate>,
    /// The last day on which one can apply.
    #[serde(default)]
    pub closes_on: Option<chrono::NaiveDate>,
}
