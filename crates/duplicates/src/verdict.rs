/// How two postings belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One opening, shown in several places.
    Same,
    /// One opening that was posted again.
    Repost,
    /// One opening, shown once by its employer (or another agency) and once by an agency.
    AgencyCopy,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Same, Kind::Repost, Kind::AgencyCopy];

    /// The stored and transmitted form: `same`, `repost`, `agency_copy`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Same => "same",
            Kind::Repost => "repost",
            Kind::AgencyCopy => "agency_copy",
        }
    }

    /// The inverse of [`Kind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One of the two postings that were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    First,
    Second,
}

/// What two postings are to each other, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub kind: Kind,
    /// One sentence: `The same company, title and place, and the texts are 94 % alike.`
    pub reason: String,
    /// Each a sentence about one observation.
    pub evidence: Vec<String>,
    /// How sure, in percent, never 100: what the evidence adds up to (see `judge`), not a measured chance.
    pub sure: u8,
    /// Which is the copy: the later one, or the agency's.
    pub copy: Side,
}
