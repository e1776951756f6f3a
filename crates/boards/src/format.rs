use std::fmt;

/// The shape of an answer or a file that holds postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Told from the bytes themselves.
    Auto,
    Greenhouse,
    Lever,
    Ashby,
    Workday,
    Remotive,
    Arbeitnow,
    RemoteOk,
    Jobicy,
    Himalayas,
    Adzuna,
    UsaJobs,
    SmartRecruiters,
    Recruitee,
    Workable,
    Personio,
    BambooHr,
    WeWorkRemotely,
    TheMuse,
    HackerNews,
    LinkedIn,
    Indeed,
    Glassdoor,
    /// Any RSS or Atom feed of postings.
    Feed,
    /// A page that says its postings as schema.org's `JobPosting`, or that JSON by itself.
    WebPage,
    Csv,
    /// The jobs object of our own REST contract: a list, `{"items": […]}`, `{"jobs": […]}`, one object, or one a line.
    Json,
}

impl Format {
    pub const ALL: [Format; 27] = [
        Format::Auto,
        Format::Greenhouse,
        Format::Lever,
        Format::Ashby,
        Format::Workday,
        Format::Remotive,
        Format::Arbeitnow,
        Format::RemoteOk,
        Format::Jobicy,
        Format::Himalayas,
        Format::Adzuna,
        Format::UsaJobs,
        Format::SmartRecruiters,
        Format::Recruitee,
        Format::Workable,
        Format::Personio,
        Format::BambooHr,
        Format::WeWorkRemotely,
        Format::TheMuse,
        Format::HackerNews,
        Format::LinkedIn,
        Format::Indeed,
        Format::Glassdoor,
        Format::Feed,
        Format::WebPage,
        Format::Csv,
        Format::Json,
    ];

    /// The transmitted form, also the `source` of postings read from it: `greenhouse`, `remoteok`, `csv`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Auto => "auto",
            Format::Greenhouse => "greenhouse",
            Format::Lever => "lever",
            Format::Ashby => "ashby",
            Format::Workday => "workday",
            Format::Remotive => "remotive",
            Format::Arbeitnow => "arbeitnow",
            Format::RemoteOk => "remoteok",
            Format::Jobicy => "jobicy",
            Format::Himalayas => "himalayas",
            Format::Adzuna => "adzuna",
            Format::UsaJobs => "usajobs",
            Format::SmartRecruiters => "smartrecruiters",
            Format::Recruitee => "recruitee",
            Format::Workable => "workable",
            Format::Personio => "personio",
            Format::BambooHr => "bamboohr",
            Format::WeWorkRemotely => "weworkremotely",
            Format::TheMuse => "themuse",
            Format::HackerNews => "hackernews",
            Format::LinkedIn => "linkedin",
            Format::Indeed => "indeed",
            Format::Glassdoor => "glassdoor",
            Format::Feed => "feed",
            Format::WebPage => "webpage",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    /// The name people know it by: `RemoteOK`, `USAJOBS`, `CSV`.
    pub fn label(self) -> &'static str {
        match self {
            Format::Auto => "Find out by itself",
            Format::Greenhouse => "Greenhouse",
            Format::Lever => "Lever",
            Format::Ashby => "Ashby",
            Format::Workday => "Workday",
            Format::Remotive => "Remotive",
            Format::Arbeitnow => "Arbeitnow",
            Format::RemoteOk => "RemoteOK",
            Format::Jobicy => "Jobicy",
            Format::Himalayas => "Himalayas",
            Format::Adzuna => "Adzuna",
            Format::UsaJobs => "USAJOBS",
            Format::SmartRecruiters => "SmartRecruiters",
            Format::Recruitee => "Recruitee",
            Format::Workable => "Workable",
            Format::Personio => "Personio",
            Format::BambooHr => "BambooHR",
            Format::WeWorkRemotely => "We Work Remotely",
            Format::TheMuse => "The Muse",
            Format::HackerNews => "Hacker News",
            Format::LinkedIn => "LinkedIn",
            Format::Indeed => "Indeed",
            Format::Glassdoor => "Glassdoor",
            Format::Feed => "RSS or Atom",
            Format::WebPage => "Web page",
            Format::Csv => "CSV",
            Format::Json => "JSON",
        }
    }

    /// The inverse of [`Format::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|format| format.as_str() == text)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
