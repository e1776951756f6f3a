//! Where a field is from, and how sure that is.

use crate::Format;
use posting::Posting;
use std::fmt;

/// The fields of a posting that are looked for, by their names.
pub const FIELDS: [&str; 13] = [
    "title",
    "company",
    "location",
    "remote",
    "url",
    "description",
    "tech_stack",
    "experience_level",
    "salary",
    "responsibilities",
    "requirements",
    "date_posted",
    "closes_on",
];

/// Where a field stood. Shows as a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The answer of a board.
    Board(Format),
    /// What the page says to machines as schema.org's `JobPosting`.
    JsonLd,
    /// What the page says to those who link to it.
    OpenGraph,
    PageTitle,
    Heading,
    /// A line of the page that names it.
    PageText,
    Address,
    /// A line of the text, counted from 1.
    Line(usize),
    /// Read out of the whole text.
    Text,
}

/// How sure a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Worth a look.
    Guess,
    /// It says so in words for people.
    Likely,
    /// It says so in words for machines.
    Certain,
}

/// Where a field is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    pub origin: Origin,
    pub sure: Sure,
}

impl Origin {
    pub(super) fn sure(&self) -> Sure {
        match self {
            Origin::Board(_) | Origin::JsonLd => Sure::Certain,
            Origin::OpenGraph | Origin::PageTitle | Origin::Heading | Origin::PageText | Origin::Line(_) => {
                Sure::Likely
            }
            Origin::Address | Origin::Text => Sure::Guess,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Board(format) => write!(f, "board:{}", format.as_str()),
            Origin::JsonLd => f.write_str("json-ld"),
            Origin::OpenGraph => f.write_str("opengraph"),
            Origin::PageTitle => f.write_str("title of the page"),
            Origin::Heading => f.write_str("heading of the page"),
            Origin::PageText => f.write_str("text of the page"),
            Origin::Address => f.write_str("the address"),
            Origin::Line(number) => write!(f, "text line {number}"),
            Origin::Text => f.write_str("guessed from the text"),
        }
    }
}

impl Sure {
    /// `certain`, `likely`, `guess`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sure::Certain => "certain",
            Sure::Likely => "likely",
            Sure::Guess => "guess",
        }
    }
}

pub(super) fn of_format(format: Format) -> Origin {
    if format == Format::WebPage { Origin::JsonLd } else { Origin::Board(format) }
}

/// Whether a posting has this field.
pub(super) fn has(posting: &Posting, field: &str) -> bool {
    match field {
        "title" => !posting.title.is_empty(),
        "company" => !posting.company.is_empty(),
        "location" => !posting.location.is_empty(),
        "remote" => posting.remote.is_some(),
        "url" => posting.url.is_some(),
        "description" => !posting.description.is_empty(),
        "tech_stack" => !posting.tech_stack.is_empty(),
        "experience_level" => posting.experience_level.is_some(),
        "salary" => posting.salary.is_some(),
        "responsibilities" => !posting.responsibilities.is_empty(),
        "requirements" => !posting.requirements.is_empty(),
        "date_posted" => posting.date_posted.is_some(),
        "closes_on" => posting.closes_on.is_some(),
        _ => false,
    }
}
