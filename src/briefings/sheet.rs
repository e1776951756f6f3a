//! A briefing as it is laid out: the page, the HTML and the text of the message are all made from this, so that they say the same.

use serde::{Deserialize, Serialize};

/// Everything a briefing says, in its order. Addresses are paths of this site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// What it is: "Morning briefing".
    pub name: String,
    /// The day or the days it is about.
    pub title: String,
    /// The whole in a sentence or two.
    pub lead: String,
    pub sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    /// A sentence about it; often empty.
    pub note: String,
    pub rows: Vec<Row>,
    pub figures: Option<Figures>,
    /// What was left out, "and 995 more", and where it is.
    pub more: Option<Way>,
}

/// One thing of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// When: "14:30"; often empty.
    pub at: String,
    pub title: String,
    pub path: String,
    /// A short word beside it: "82 of 100"; often empty.
    pub mark: String,
    pub about: String,
    /// Why it is here.
    pub reasons: Vec<String>,
}

/// A small table of numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// What the columns of numbers are.
    pub heads: Vec<String>,
    pub rows: Vec<Figure>,
}

/// One line of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub name: String,
    /// Where the rows behind the numbers are.
    pub path: String,
    /// As many as there are heads.
    pub values: Vec<String>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Way {
    pub words: String,
    pub path: String,
}
