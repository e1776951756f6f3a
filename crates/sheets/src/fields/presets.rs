//! The columns of known trackers' exports.

use super::{
    Field::{self, *},
    folded,
};

/// The columns of a known tracker's export: headings in small letters, without anything but letters and digits.
#[derive(Debug)]
pub struct Preset {
    /// The stored form.
    pub key: &'static str,
    pub label: &'static str,
    pub(super) columns: &'static [(&'static str, Option<Field>)],
    /// Headings that only it has, all of them.
    marks: &'static [&'static str],
}

/// Trackers whose exports are known by their headings.
pub const PRESETS: &[Preset] = &[
    Preset {
        key: "own",
        label: "Career Co-Pilot",
        columns: &[
            ("status", None),
            ("score", None),
            ("applied", Some(Applied)),
            ("history", Some(History)),
            ("since", Some(Since)),
        ],
        marks: &["company", "title", "stage", "since", "score", "history"],
    },
    Preset {
        key: "linkedin_applications",
        label: "LinkedIn, Job Applications.csv",
        columns: &[
            ("applicationdate", Some(Applied)),
            ("contactemail", Some(ContactEmail)),
            ("contactphonenumber", None),
            ("companyname", Some(Company)),
            ("jobtitle", Some(Title)),
            ("joburl", Some(Link)),
            ("resumename", None),
            ("questionandanswers", Some(Notes)),
        ],
        marks: &["applicationdate", "companyname", "jobtitle", "joburl", "resumename"],
    },
    Preset {
        key: "linkedin_saved",
        label: "LinkedIn, Saved Jobs.csv",
        columns: &[
            ("saveddate", None),
            ("joburl", Some(Link)),
            ("jobtitle", Some(Title)),
            ("companyname", Some(Company)),
        ],
        marks: &["saveddate", "joburl", "jobtitle", "companyname"],
    },
    Preset {
        key: "huntr",
        label: "Huntr",
        columns: &[
            ("company", Some(Company)),
            ("companyname", Some(Company)),
            ("jobtitle", Some(Title)),
            ("list", Some(Stage)),
            ("listname", Some(Stage)),
            ("url", Some(Link)),
            ("posturl", Some(Link)),
            ("applieddate", Some(Applied)),
            ("dateapplied", Some(Applied)),
            ("createdat", None),
            ("movedat", None),
        ],
        marks: &["jobtitle", "list"],
    },
    Preset {
        key: "teal",
        label: "Teal",
        columns: &[
            ("jobposition", Some(Title)),
            ("company", Some(Company)),
            ("maxsalary", Some(Salary)),
            ("location", Some(Location)),
            ("status", Some(Stage)),
            ("datesaved", None),
            ("deadline", None),
            ("dateapplied", Some(Applied)),
            ("followup", Some(NextAction)),
            ("excitement", None),
        ],
        marks: &["jobposition", "company", "excitement"],
    },
    Preset {
        key: "simplify",
        label: "Simplify",
        columns: &[
            ("jobtitle", Some(Title)),
            ("companyname", Some(Company)),
            ("joburl", Some(Link)),
            ("status", Some(Stage)),
            ("applieddate", Some(Applied)),
            ("dateadded", None),
            ("jobtype", None),
        ],
        marks: &["jobtitle", "companyname", "joburl", "applieddate"],
    },
    Preset {
        key: "notion",
        label: "Notion, job tracker template",
        columns: &[
            ("name", Some(Company)),
            ("company", Some(Company)),
            ("position", Some(Title)),
            ("stage", Some(Stage)),
            ("applicationdate", Some(Applied)),
            ("joburl", Some(Link)),
            ("postingurl", Some(Link)),
            ("pointofcontact", Some(Contact)),
            ("tags", None),
        ],
        marks: &["position", "stage", "company"],
    },
    Preset {
        key: "sheets",
        label: "Google Sheets, job search template",
        columns: &[
            ("company", Some(Company)),
            ("role", Some(Title)),
            ("position", Some(Title)),
            ("dateapplied", Some(Applied)),
            ("status", Some(Stage)),
            ("contact", Some(Contact)),
            ("followup", Some(NextAction)),
            ("linktojobposting", Some(Link)),
        ],
        marks: &["company", "dateapplied", "status"],
    },
];

impl Preset {
    /// The one with this key.
    pub fn named(key: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.key == key)
    }

    /// The one whose marks are all among the headings; of several the one with most marks.
    pub fn of(header: &[String]) -> Option<&'static Preset> {
        let names: Vec<String> = header.iter().map(|heading| folded(heading)).collect();
        let fits = |preset: &&Preset| preset.marks.iter().all(|mark| names.iter().any(|name| name == mark));
        PRESETS.iter().rev().filter(fits).max_by_key(|preset| preset.marks.len())
    }
}
