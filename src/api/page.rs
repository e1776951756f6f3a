use crate::{
    error::{Check, Error, Result},
    jobs::Page,
};
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The query string of a request; a value that cannot be read is named.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let Query(value) = Query::try_from_uri(&parts.uri).map_err(|error| {
            let text = error.body_text();
            let cause = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, cause)| cause);
            match cause.split_once(": ") {
                Some((field, message)) => Error::invalid(field, format!("{message}.")),
                None => Error::Malformed(format!("The query cannot be read: {cause}.")),
            }
        })?;
        Ok(Params(value))
    }
}

/// `?page=1&per_page=25`
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Paging {
    /// From 1.
    #[param(minimum = 1, maximum = 100_000)]
    pub page: Option<u32>,
    /// 1 to 100; 25 by default.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
}

impl Paging {
    /// Page, page size, and how many rows come before; an error names what is out of range.
    pub fn resolve(&self) -> Result<(u32, u32, i64)> {
        let mut check = Check::default();
        self.check(&mut check);
        check.done()?;
        let (page, per_page) = (self.page.unwrap_or(1), self.per_page.unwrap_or(25));
        Ok((page, per_page, i64::from(page - 1) * i64::from(per_page)))
    }

    /// This page of a list that is short enough to be read whole.
    pub fn cut<T>(&self, all: Vec<T>) -> Result<Items<T>> {
        let (page, per_page, offset) = self.resolve()?;
        let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let skipped = usize::try_from(offset).unwrap_or(usize::MAX);
        let items = all.into_iter().skip(skipped).take(per_page as usize).collect();
        Ok(Items { items, total, page, per_page })
    }

    /// Notes what is out of range.
    pub fn check(&self, check: &mut Check) {
        check
            .that(self.page.is_none_or(|page| page >= 1), "page", "Pages start at 1.")
            .that(self.page.is_none_or(|page| page <= 100_000), "page", "Pages end at 100,000.")
            .that(self.per_page.is_none_or(|n| (1..=100).contains(&n)), "per_page", "Use 1 to 100.");
    }
}

/// One page of a list, as every list answers.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Items<T> {
    pub items: Vec<T>,
    pub total: i64,
    pub page: u32,
    pub per_page: u32,
}

impl<T> From<Page<T>> for Items<T> {
    fn from(page: Page<T>) -> Self {
        Items { items: page.items, total: page.total, page: page.page, per_page: page.per_page }
    }
}
