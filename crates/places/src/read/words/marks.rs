use crate::fold::fold;

/// A word about the way of working rather than a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Mark {
    Remote,
    Hybrid,
    Onsite,
    Anywhere,
    /// There are places that are not named.
    More,
}

impl Mark {
    /// The mark that a folded run of words stands for.
    pub(super) fn of(folded: &str) -> Option<Self> {
        Some(match folded {
            "remote" | "remotely" | "remoto" | "remota" | "distributed" | "virtual" | "telework" | "telecommute"
            | "wfh" | "homeoffice" | "home office" | "home based" | "work from home" | "teletravail" | "fernarbeit"
            | "fully remote" | "remote first" | "remote friendly" | "remote only" => Mark::Remote,
            "hybrid" | "hybride" | "hibrido" | "hybrid remote" | "remote hybrid" | "partially remote"
            | "partly remote" | "remote optional" => Mark::Hybrid,
            "onsite" | "on site" | "in office" | "in person" | "office based" | "vor ort" | "presencial"
            | "sur site" => Mark::Onsite,
            "anywhere"
            | "worldwide"
            | "global"
            | "globally"
            | "everywhere"
            | "international"
            | "any location"
            | "world"
            | "anywhere in the world"
            | "work from anywhere"
            | "wfa"
            | "earth"
            | "weltweit"
            | "all countries"
            | "location independent"
            | "location agnostic"
            | "location flexible" => Mark::Anywhere,
            "multiple locations"
            | "multiple"
            | "various"
            | "various locations"
            | "several locations"
            | "other locations"
            | "multiple cities"
            | "many locations"
            | "others"
            | "more"
            | "more locations"
            | "additional locations"
            | "nationwide"
            | "negotiable" => Mark::More,
            _ => return None,
        })
    }
}

/// Words that turn a list of places into its opposite.
pub(super) fn negates(folded: &str) -> bool {
    NEGATIONS.split(' ').any(|word| word == folded)
}

const NEGATIONS: &str = "non not except excluding excl outside no";

/// Words that stand around a place and are never part of its name.
pub(super) fn is_talk(folded: &str) -> bool {
    TALK.split(' ').any(|word| word == folded)
}

const TALK: &str = "office offices hq hqs headquarters headquarter headquartered hub hubs campus only based preferred preferably \
    within fully available candidates residents location locations in from must be any job jobs position role \
    flexible full time part zone timezone timezones zones days day week possible ok option optional eligible work \
    working open to at near friendly est edt pst pdt mst cst cdt cet cest gmt utc bst ist aest eet tbd tba na \
    tbc unknown unspecified none null engineering sales marketing support operations corporate team";

/// Words for a place of work.
pub(super) fn is_office(folded: &str) -> bool {
    OFFICES.split(' ').any(|word| word == folded)
}

const OFFICES: &str = "office offices hq hqs headquarters headquarter headquartered campus";

/// Words that may stand around a known name, but may also begin or end a name of their own.
pub(super) fn is_frame(folded: &str) -> bool {
    FRAME.split(' ').any(|word| word == folded)
}

const FRAME: &str = "greater great metro metropolitan area region city state of the downtown central center centre inner province \
    district cbd main surroundings and or all over across countries country time coast wide town municipality \
    kreis stadt landkreis";

/// Words that may follow a city's name and mean a part of it; before the name they are another town: `East St. Louis`.
pub(super) fn is_side(folded: &str) -> bool {
    SIDES.split(' ').any(|word| word == folded)
}

const SIDES: &str = "north south east west";

/// Whether words the tables do not know may name a town: a short name with a capital or from a script without them.
pub(super) fn may_be_a_town(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let words = name.split_whitespace().count();
    let shouting_or_prose = words > 4 || name.chars().count() > 60;
    let all_frame = name.split_whitespace().all(|word| is_frame(&fold(word)) || is_side(&fold(word)));
    letters >= 2
        && !all_frame
        && !shouting_or_prose
        && !name.contains(['@', '<', '>', '{', '}', '\\', '=', '%', '$', '€', '£', '"'])
}
