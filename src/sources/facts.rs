//! What partners say about employers, gathered after a visit and kept apart from postings.

use super::{
    asking::{Answer, Asking},
    store::Row,
};
use crate::{
    db::{self, Db},
    error::Result,
    on,
    state::App,
};
use boards::{CompanyFacts, Format, about::about, address, duplicate::company_key};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Json;

/// Employers that are asked about after one visit.
const AT_ONCE: i64 = 10;
/// How long what is said about one is kept before it is asked for again.
const FRESH: TimeDelta = TimeDelta::days(30);

/// Asks about employers of a source that nothing, or nothing new, is known of. Whatever goes wrong can wait for the next visit.
pub async fn gather(app: &App, source: &Row, go_on: &(dyn Fn() -> bool + Sync)) -> Result<()> {
    let Some(about) = about(Format::Glassdoor).filter(|_| source.kind == Format::Glassdoor.as_str()) else {
        return Ok(());
    };
    for company in unknown(&app.db, source, db::now() - FRESH).await? {
        let Some(request) = address::about_company(&company).filter(|_| go_on()) else { return Ok(()) };
        let Ok(asking) = Asking::begin(app, about, &request).await? else { return Ok(()) };
        let Ok(Answer::Body(answer)) = asking.ask(&request, None).await? else { return Ok(()) };
        let Ok(found) = boards::facts(&answer.body) else { return Ok(()) };
        let key = company_key(&company);
        let same = found.into_iter().find(|facts| company_key(&facts.company) == key);
        // Nothing said is kept as well, so that it is not asked for again every day.
        keep(
            &app.db,
            &key,
            about.format,
            &same.unwrap_or(CompanyFacts { company, ..CompanyFacts::default() }),
            db::now(),
        )
        .await?;
    }
    Ok(())
}

async fn unknown(db: &Db, source: &Row, since: DateTime<Utc>) -> Result<Vec<String>> {
    Ok(on!(db.read, |c| {
        sqlx::query_scalar(
        "SELECT MIN(p.company) FROM postings p LEFT JOIN company_facts f ON f.company_key = p.company_key AND f.kind = $2 \
         AND f.read_at > $3 WHERE p.source_id = $1 AND f.company_key IS NULL GROUP BY p.company_key ORDER BY 1 LIMIT $4"
    )
    .bind(source.id)
    .bind(&source.kind)
    .bind(since)
    .bind(AT_ONCE)
    .fetch_all(c)
    .await
    })?)
}

async fn keep(db: &Db, key: &str, from: Format, facts: &CompanyFacts, at: DateTime<Utc>) -> Result<()> {
    let salaries: Vec<(&str, &posting::Salary)> =
        facts.salaries.iter().map(|pay| (pay.role.as_str(), &pay.salary)).collect();
    on!(db.write, |c| {
        sqlx::query(
        "INSERT INTO company_facts (company_key, kind, company, rating, reviews, recommended, salaries, url, read_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (company_key, kind) DO UPDATE SET company = excluded.company, \
         rating = excluded.rating, reviews = excluded.reviews, recommended = excluded.recommended, salaries = excluded.salaries, \
         url = excluded.url, read_at = excluded.read_at"
    )
    .bind(key)
    .bind(from.as_str())
    .bind(&facts.company)
    .bind(facts.rating)
    .bind(i64::from(facts.reviews))
    .bind(facts.recommended.map(i64::from))
    .bind(Json(salaries))
    .bind(facts.url.as_deref())
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// What is known of an employer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    /// The word of the partner who says it.
    pub kind: String,
    pub company: String,
    pub rating: Option<f64>,
    pub reviews: i64,
    pub recommended: Option<i64>,
    pub salaries: Json<Vec<(String, posting::Salary)>>,
    pub url: Option<String>,
    pub read_at: DateTime<Utc>,
}

/// What is known of an employer by its folded name, where anything is.
pub async fn of(db: &Db, company_key: &str) -> Result<Option<Known>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT kind, company, rating, reviews, recommended, salaries, url, read_at FROM company_facts \
         WHERE company_key = $1 AND (rating IS NOT NULL OR reviews > 0) ORDER BY reviews DESC LIMIT 1"
    )
    .bind(company_key)
    .fetch_optional(c)
    .await)?)
}
