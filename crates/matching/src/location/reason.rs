use super::{FULL, PART};
use places::Place;
use posting::Remote;
use std::fmt;

/// Which rule decided the location part, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Remote, and no place is named. 30.
    RemoteAnywhere,
    /// Remote from where the person is. 30.
    RemoteFrom,
    /// Remote from a place, and where the person is is not known. 30.
    RemoteUnsaid,
    SameCity,
    /// Remote from a part of the country that may not be the person's. 15.
    RemoteNear,
    /// Remote from elsewhere, and the person would move. 15.
    RemoteMove,
    /// Remote, with an office in another country; it may be a condition. 15.
    RemoteOffice,
    SameRegion,
    SameCountry,
    /// Within an area such as Europe that one of them names. 15.
    SameArea,
    /// Elsewhere, and the person would move. 15.
    Relocation,
    /// Both name a place, but not enough of it to compare. 15.
    Unclear,
    /// The posting names no place. 15.
    JobUnknown,
    /// The profile names no place. 15.
    YoursUnknown,
    /// Remote, but open only to another country or area. 0.
    RemoteClosed,
    Elsewhere,
}

impl Reach {
    /// Out of 30, before a clash of the way of working halves it.
    pub fn points(self) -> u8 {
        match self {
            Reach::RemoteAnywhere | Reach::RemoteFrom | Reach::RemoteUnsaid | Reach::SameCity => FULL,
            Reach::RemoteClosed | Reach::Elsewhere => 0,
            _ => PART,
        }
    }
}

/// The job is done in a way the person did not ask for. A wish for on-site work takes hybrid work as well; a wish for hybrid
/// or for remote work takes that alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    pub wish: Remote,
    pub offer: Remote,
}

/// Why the location part is what it is, with the places that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationReason {
    pub reach: Reach,
    /// The job's place, as a label.
    pub theirs: Option<String>,
    /// The person's place, as a label.
    pub yours: Option<String>,
    /// The city, region, country or area that both share.
    pub shared: Option<String>,
    /// Halves the points, rounded down.
    pub clash: Option<Clash>,
}

/// What two places have in common under a rule.
pub(super) fn shared(reach: Reach, yours: &Place, theirs: &Place) -> Option<String> {
    let country = || theirs.country.or(yours.country).map(|country| country.name().to_owned());
    match reach {
        Reach::SameCity => theirs.city.clone(),
        Reach::SameRegion => theirs.region.clone().or_else(|| yours.region.clone()),
        Reach::SameCountry | Reach::RemoteNear => country(),
        Reach::SameArea => theirs.area.or(yours.area).map(|area| area.name().to_owned()),
        Reach::RemoteFrom if theirs.area.is_some() => theirs.area.map(|area| area.name().to_owned()),
        Reach::RemoteFrom if theirs.city.is_none() && theirs.region.is_some() => theirs.region.clone(),
        Reach::RemoteFrom => country(),
        _ => None,
    }
}

impl fmt::Display for LocationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let theirs = self.theirs.as_deref().unwrap_or("another place");
        let yours = self.yours.as_deref().unwrap_or("your places");
        let shared = self.shared.as_deref().unwrap_or(theirs);
        match self.reach {
            Reach::RemoteAnywhere => match self.clash {
                None => f.write_str("Remote, which you take")?,
                Some(_) => f.write_str("Remote")?,
            },
            Reach::RemoteFrom => write!(f, "Remote from {shared}, where you are")?,
            Reach::RemoteUnsaid => {
                write!(f, "Remote from {theirs}; your profile does not say whether you can be there")?
            }
            Reach::RemoteNear => write!(f, "Remote from {theirs}; you named {yours}")?,
            Reach::RemoteMove => write!(f, "Remote from {theirs}, where you would have to move")?,
            Reach::RemoteOffice => write!(f, "Remote, from an office in {theirs}; it may not be open to {yours}")?,
            Reach::RemoteClosed => write!(f, "Remote, but only from {theirs}; you named {yours}")?,
            Reach::SameCity => write!(f, "In {shared}, where you want to work")?,
            Reach::SameRegion | Reach::SameCountry | Reach::SameArea => self.write_near(f, shared, theirs, yours)?,
            Reach::Relocation => write!(f, "In {theirs}, and you would move for a job")?,
            Reach::Unclear => write!(f, "How far {theirs} is from {yours} is not known: half the points")?,
            Reach::JobUnknown => f.write_str("The posting does not name a place: half the points")?,
            Reach::YoursUnknown => f.write_str("Your profile does not name a place: half the points")?,
            Reach::Elsewhere => write!(f, "In {theirs}, far from {yours}")?,
        }
        match self.clash {
            None => Ok(()),
            Some(Clash { wish, offer }) => {
                let (wish, offer) = (words(wish), words(offer));
                write!(f, "; the work is {offer}, and you asked for {wish}, which halves the points")
            }
        }
    }
}

impl LocationReason {
    fn write_near(&self, f: &mut fmt::Formatter<'_>, shared: &str, theirs: &str, yours: &str) -> fmt::Result {
        let kind = match self.reach {
            Reach::SameRegion => "region",
            Reach::SameCountry => "country",
            _ => "area",
        };
        write!(f, "Same {kind} ({shared})")?;
        match (theirs == shared, yours == shared) {
            (_, true) => write!(f, ": {theirs}; you named no city there"),
            (true, false) => write!(f, "; the posting names no city"),
            (false, false) => write!(f, ", but {theirs} and not {yours}"),
        }
    }
}

pub(crate) fn words(way: Remote) -> &'static str {
    match way {
        Remote::Remote => "remote",
        Remote::Hybrid => "hybrid",
        Remote::Onsite => "on site",
    }
}
