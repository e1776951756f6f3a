//! What each source of postings needs, how it is asked, what it allows, and where that is said. What is not known is not made up: "not stated".

use crate::Format;
use std::time::Duration;

/// How a source is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All postings of one company.
    Board,
    /// One feed for everybody.
    Feed,
    /// A question with words and a place.
    Query,
    /// A page, or a feed of anybody's.
    Page,
}

impl Asked {
    /// `a company’s whole board`, for a sentence or a table.
    pub fn words(self) -> &'static str {
        match self {
            Asked::Board => "a company’s whole board",
            Asked::Feed => "one feed for everybody",
            Asked::Query => "by words and place",
            Asked::Page => "one page or feed",
        }
    }
}

/// How to get on with a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    pub format: Format,
    pub asked: Asked,
    /// The variables that hold what it takes to be let in; none are needed where there are none.
    pub keys: &'static [&'static str],
    /// What it says about how often it may be asked.
    pub rates: &'static str,
    /// Its terms for showing postings, in a sentence.
    pub terms: &'static str,
    /// Where rates and terms are said.
    pub said_at: &'static str,
    /// Whether robots.txt is asked first. Interfaces that are documented for programs are exempt: they are an invitation.
    pub robots: bool,
    /// Between two requests to its host.
    pub pause: Duration,
    /// Between two visits.
    pub rest: Duration,
    /// Pages read in one visit, at most.
    pub pages: usize,
    /// Postings whose text is fetched one by one in a visit, at most.
    pub details: usize,
}

const HOUR: u64 = 3_600;
const NOT_STATED: &str = "not stated";
const OWN_TERMS: &str = "Not stated for readers; each posting links to the employer’s own page.";

const fn board(format: Format, said_at: &'static str) -> About {
    About {
        format,
        asked: Asked::Board,
        keys: &[],
        rates: NOT_STATED,
        terms: OWN_TERMS,
        said_at,
        robots: false,
        pause: Duration::from_secs(1),
        rest: Duration::from_secs(4 * HOUR),
        pages: 50,
        details: 0,
    }
}

const fn feed(format: Format, rates: &'static str, terms: &'static str, said_at: &'static str) -> About {
    About {
        asked: Asked::Feed,
        rates,
        terms,
        pause: Duration::from_secs(2),
        rest: Duration::from_secs(6 * HOUR),
        pages: 10,
        ..board(format, said_at)
    }
}

const fn query(
    format: Format,
    keys: &'static [&'static str],
    rates: &'static str,
    terms: &'static str,
    said_at: &'static str,
) -> About {
    About { asked: Asked::Query, keys, pages: 4, ..feed(format, rates, terms, said_at) }
}

/// Every source that can be looked at again and again.
pub const ALL: [About; 24] = [
    board(Format::Greenhouse, "developers.greenhouse.io, Job Board API"),
    board(Format::Lever, "github.com/lever/postings-api"),
    board(Format::Ashby, "developers.ashbyhq.com, Public Job Posting API"),
    About {
        robots: true,
        pause: Duration::from_secs(2),
        details: 40,
        terms: "Not stated; it is what the career page itself asks, so robots.txt is asked first.",
        ..board(Format::Workday, "not documented for the public")
    },
    About {
        rates: "10 requests a second",
        details: 40,
        ..board(Format::SmartRecruiters, "developers.smartrecruiters.com, Posting API")
    },
    board(Format::Recruitee, "docs.recruitee.com, Careers Site API"),
    board(Format::Workable, "help.workable.com, careers page widget"),
    board(Format::Personio, "developer.personio.de, open positions as XML"),
    About {
        robots: true,
        details: 40,
        terms: "Not stated; it is what the career page itself asks, so robots.txt is asked first.",
        ..board(Format::BambooHr, "not documented for the public")
    },
    feed(
        Format::Remotive,
        "at most 4 times a day; more than twice a minute is blocked",
        "Name Remotive and link to its page of the posting; do not pass postings on to other job boards.",
        "github.com/remotive-com/remote-jobs-api",
    ),
    feed(
        Format::Arbeitnow,
        NOT_STATED,
        "Free to use; link back to the posting’s page.",
        "arbeitnow.com/api/job-board-api",
    ),
    feed(
        Format::RemoteOk,
        NOT_STATED,
        "Name Remote OK as the source and link to its page of the posting, directly.",
        "the first row of remoteok.com/api",
    ),
    feed(
        Format::Jobicy,
        "at most once an hour",
        "Name Jobicy and link to its page; do not pass postings on to other job boards.",
        "github.com/Jobicy/remote-jobs-api",
    ),
    feed(
        Format::Himalayas,
        "20 postings a request; too many are answered with 429",
        "Name Himalayas and link to its page; do not pass postings on to other job boards.",
        "himalayas.app/api",
    ),
    About {
        robots: true,
        ..feed(
            Format::WeWorkRemotely,
            NOT_STATED,
            "Feeds are public; link to the posting’s page there.",
            "weworkremotely.com/remote-job-rss-feed",
        )
    },
    feed(
        Format::TheMuse,
        "500 requests an hour without a key",
        "Name The Muse and link to its page of the posting.",
        "themuse.com/developers/api/v2",
    ),
    About {
        pages: 1,
        details: 200,
        pause: Duration::from_secs(1),
        ..feed(
            Format::HackerNews,
            "Algolia: 10,000 requests an hour; Firebase: no limit at present",
            "Comments belong to their writers; each posting links to its comment.",
            "hn.algolia.com/api, github.com/HackerNews/API",
        )
    },
    query(
        Format::Adzuna,
        &["ADZUNA_APP_ID", "ADZUNA_APP_KEY"],
        "25 a minute, 250 a day, 1,000 a week, 2,500 a month",
        "Say “Jobs by Adzuna” with its link where postings are shown.",
        "developer.adzuna.com/docs/terms_of_service",
    ),
    query(
        Format::UsaJobs,
        &["USAJOBS_EMAIL", "USAJOBS_API_KEY"],
        "not stated; 10,000 postings an answer, 500 a page",
        "Public announcements of the United States; link to the announcement.",
        "developer.usajobs.gov",
    ),
    query(
        Format::LinkedIn,
        &["LINKEDIN_JOBS_CLIENT_ID", "LINKEDIN_JOBS_CLIENT_SECRET"],
        "by agreement, counted by day and by app",
        "For partners only, as their agreement says; link to LinkedIn’s page of the posting.",
        "learn.microsoft.com/linkedin",
    ),
    query(
        Format::Indeed,
        &["INDEED_PUBLISHER_ID"],
        NOT_STATED,
        "For publishers that Indeed let in; say “jobs by Indeed” and use its links.",
        "Indeed’s publisher programme",
    ),
    query(
        Format::Glassdoor,
        &["GLASSDOOR_PARTNER_ID", "GLASSDOOR_PARTNER_KEY"],
        "by agreement",
        "For partners only; show Glassdoor’s name and link beside its numbers.",
        "glassdoor.com/developer",
    ),
    About {
        asked: Asked::Page,
        robots: true,
        pages: 1,
        ..feed(Format::Feed, NOT_STATED, OWN_TERMS, "the site’s own pages")
    },
    About {
        asked: Asked::Page,
        robots: true,
        pages: 1,
        ..feed(Format::WebPage, NOT_STATED, OWN_TERMS, "the site’s own pages")
    },
];

/// How to get on with a source; `None` for what is no source, such as files.
pub fn about(format: Format) -> Option<&'static About> {
    ALL.iter().find(|about| about.format == format)
}
