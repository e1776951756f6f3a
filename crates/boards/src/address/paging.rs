//! Boards that answer in pages: how many postings there are, and what to ask for next.

use super::{BoardRequest, Method, workday};
use crate::Format;
use crate::row::Row;
use url::Url;

/// Postings asked of SmartRecruiters at a time; it gives no more.
pub const SMARTRECRUITERS: usize = 100;

impl BoardRequest {
    /// How many postings a board that answers in pages says it has in all; 0 where it does not say so.
    pub fn total(&self, answer: &[u8]) -> usize {
        let fields: &[&str] = match self.format {
            Format::Workday | Format::TheMuse => &["total"],
            Format::SmartRecruiters => &["totalFound"],
            Format::Himalayas => &["totalCount"],
            Format::Adzuna => &["count"],
            Format::Indeed => &["totalResults"],
            Format::LinkedIn => &["jobs._total", "paging.total"],
            Format::UsaJobs => &["SearchResult.SearchResultCountAll"],
            Format::Glassdoor => &["response.totalRecordCount"],
            // It says only that there is more.
            Format::Arbeitnow => &["links.next"],
            _ => return 0,
        };
        let Ok(answer) = serde_json::from_slice::<serde_json::Value>(answer) else { return 0 };
        let row = Row(&answer);
        let named = fields.iter().find_map(|field| row.at(field));
        match named {
            Some(serde_json::Value::String(_)) if self.format == Format::Arbeitnow => crate::limits::ROWS,
            Some(total) => total.as_u64().and_then(|total| usize::try_from(total).ok()).unwrap_or(0),
            None => 0,
        }
    }

    /// The next page, where the board answers in pages and `seen` postings of `total` are in; `None` when that was all.
    pub fn next_page(&self, seen: usize, total: usize) -> Option<Self> {
        if seen >= total || seen >= crate::limits::ROWS {
            return None;
        }
        match self.format {
            Format::Workday if self.method == Method::Post => {
                Some(BoardRequest { body: Some(workday::body(seen)), ..self.clone() })
            }
            Format::SmartRecruiters | Format::Himalayas => self.with("offset", |_| Some(seen)),
            Format::TheMuse | Format::Arbeitnow => self.with("page", |page| page.checked_add(1)),
            Format::UsaJobs => self.with("Page", |page| page.checked_add(1)),
            Format::Glassdoor => self.with("pn", |page| page.checked_add(1)),
            Format::Indeed | Format::LinkedIn => self.with("start", |_| Some(seen)),
            Format::Adzuna => self.next_in_path(),
            _ => None,
        }
    }

    /// The same request with the next number for the last part of its path.
    fn next_in_path(&self) -> Option<Self> {
        let mut url = Url::parse(&self.url).ok()?;
        let page: usize = url.path_segments()?.next_back()?.parse().ok()?;
        url.path_segments_mut().ok()?.pop().push(&page.checked_add(1)?.to_string());
        Some(BoardRequest { url: url.into(), ..self.clone() })
    }

    /// The same request with another number for a parameter that it has.
    fn with(&self, name: &str, next: impl Fn(usize) -> Option<usize>) -> Option<Self> {
        let mut url = Url::parse(&self.url).ok()?;
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let now = pairs.iter().find(|(own, _)| own == name)?.1.parse().ok()?;
        let next = next(now)?.to_string();
        url.query_pairs_mut()
            .clear()
            .extend_pairs(pairs.iter().map(|(own, value)| (own, if own == name { &next } else { value })));
        Some(BoardRequest { url: url.into(), ..self.clone() })
    }
}
