//! What a partner says about the employer of a job: how its people rate it, and what it pays.

use crate::ui::*;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use posting::Salary;
use serde::{Deserialize, Serialize};

/// An employer, for the page of a job there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Employer {
    /// Who says it: `Glassdoor`.
    pub said_by: String,
    /// Out of five: `3.5`.
    pub rating: Option<String>,
    pub reviews: i64,
    /// Of a hundred who work there, so many would recommend it.
    pub recommended: Option<i64>,
    /// By role, those most like the job's first.
    pub pay: Vec<(String, Salary)>,
    pub url: Option<String>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub read_at: DateTime<Utc>,
}

/// Roles whose pay is shown.
#[cfg(feature = "ssr")]
const ROLES: usize = 3;

#[cfg(feature = "ssr")]
impl Employer {
    /// What is known of an employer, for a job of this title.
    pub fn of(known: crate::sources::facts::Known, title: &str) -> Self {
        let words = |text: &str| -> Vec<String> { text.to_lowercase().split_whitespace().map(str::to_owned).collect() };
        let wanted = words(title);
        let mut pay = known.salaries.0;
        pay.sort_by_key(|(role, _)| std::cmp::Reverse(words(role).iter().filter(|word| wanted.contains(word)).count()));
        pay.truncate(ROLES);
        Employer {
            said_by: boards::Format::parse(&known.kind).map_or(known.kind, |format| format.label().to_owned()),
            rating: known.rating.map(|rating| format!("{rating:.1}")),
            reviews: known.reviews,
            recommended: known.recommended,
            pay,
            url: known.url,
            read_at: known.read_at,
        }
    }
}

/// What is known of the employer, and who says it.
#[component]
pub fn EmployerCard(employer: Employer) -> impl IntoView {
    let Employer { said_by, rating, reviews, recommended, pay, url, read_at } = employer;
    let reviews = match reviews {
        0 => None,
        1 => Some("1 review".to_owned()),
        n => Some([&grouped(n.unsigned_abs()), " reviews"].concat()),
    };
    let rated = match (rating, reviews) {
        (Some(rating), Some(reviews)) => {
            Some(view! { <p><strong>{rating}</strong>" of 5, by "{reviews}</p> }.into_any())
        }
        (Some(rating), None) => Some(view! { <p><strong>{rating}</strong>" of 5"</p> }.into_any()),
        (None, reviews) => reviews.map(|reviews| view! { <p>{reviews}", and no rating"</p> }.into_any()),
    };
    let source = match url {
        Some(url) => view! { <a href=url target="_blank" rel="noopener noreferrer">{said_by}</a> }.into_any(),
        None => said_by.into_any(),
    };
    view! {
        <section class="card stack tight">
            <h2>"The employer"</h2>
            {rated}
            {recommended.map(|share| view! { <p>{[&grouped(share.unsigned_abs()), " % would recommend it"].concat()}</p> })}
            {(!pay.is_empty()).then(|| view! {
                <h3>"What it pays"</h3>
                <ul>{pay.into_iter().map(|(role, salary)| view! { <li>{role}": "{salary.to_string()}</li> }).collect_view()}</ul>
            })}
            <p class="muted small">"Said by "{source}", read "<Time at=read_at style=TimeStyle::Day/>". No part of the score."</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use posting::Period;
    use sqlx::types::Json;

    #[test]
    fn pay_of_roles_like_the_job_comes_first() {
        let salary = Salary { min: Some(30_000), max: None, currency: "EUR".into(), period: Period::Year };
        let roles = ["Driver", "Baker", "Night Baker", "Miller"];
        let known = crate::sources::facts::Known {
            kind: "glassdoor".into(),
            company: "Acme".into(),
            rating: Some(4.0),
            reviews: 2,
            recommended: None,
            salaries: Json(roles.map(|role| (role.to_owned(), salary.clone())).to_vec()),
            url: None,
            read_at: Utc::now(),
        };
        let employer = Employer::of(known, "Night baker (m/w/d)");
        let roles: Vec<&str> = employer.pay.iter().map(|(role, _)| role.as_str()).collect();
        assert_eq!(roles, ["Night Baker", "Baker", "Driver"]);
        assert_eq!((employer.said_by.as_str(), employer.rating.as_deref()), ("Glassdoor", Some("4.0")));
    }
}
