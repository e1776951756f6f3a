use crate::jobs::Page;
use serde::{Deserialize, Serialize};

/// `?page=1&per_page=25`
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Paging {
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 100; 25 by default.
    pub per_page: Option<u32>,
}

impl Paging {
    /// Page, page size, and how many rows come before.
    pub fn resolve(&self) -> (u32, u32, i64) {
        let (page, per_page) = (self.page.unwrap_or(1).clamp(1, 100_000), self.per_page.unwrap_or(25).clamp(1, 100));
        (page, per_page, i64::from(page - 1) * i64::from(per_page))
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
