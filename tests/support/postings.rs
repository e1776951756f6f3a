//! Invented postings and people to compare them with.

use super::{Value, json};

/// A baker's job in Lyon.
pub fn baker() -> Value {
    json!({
        "company": "Acme Mills", "title": "Baker", "location": "Lyon, France", "tech_stack": ["Python", "SQL"],
        "description": "We bake at night.", "source": "manual",
    })
}

/// A job with this title at a company of its own.
pub fn titled(title: &str) -> Value {
    json!({ "company": format!("{title} Works"), "title": title })
}

/// A job that `fitting_profile` fits in every part.
pub fn fitting() -> Value {
    json!({
        "company": "Crumb Systems", "title": "Senior Data Engineer", "location": "Lyon, France", "remote": "onsite",
        "experience_level": "senior", "tech_stack": ["Python", "SQL", "Docker"], "source": "manual",
        "url": "https://jobs.example.org/crumb/1",
    })
}

/// A job that it fits in no part.
pub fn unfitting() -> Value {
    json!({
        "company": "Far Away Ltd", "title": "Nurse", "location": "Osaka, Japan", "remote": "onsite",
        "experience_level": "entry", "tech_stack": ["Wound Care", "Phlebotomy"],
    })
}

/// A senior in Lyon.
pub fn fitting_profile() -> Value {
    json!({
        "skills": [{ "name": "Python", "level": 4 }, { "name": "SQL", "level": 3 }, "Docker"],
        "preferred_locations": ["Lyon, France"], "experience_level": "senior", "match_threshold": 70,
    })
}

/// A Greenhouse answer with three good postings, the last of which repeats the first, and a bad one.
pub fn greenhouse() -> Value {
    let posting = |id: u32, title: &str, place: &str| {
        json!({
            "id": id, "title": title, "company_name": "Crumb Systems",
            "absolute_url": format!("https://job-boards.greenhouse.io/crumb/jobs/{id}"),
            "location": { "name": place }, "first_published": "2026-03-01T09:00:00-04:00",
            "content": "&lt;h2&gt;What you bring&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;Python and SQL every day&lt;/li&gt;&lt;/ul&gt;",
        })
    };
    let mut bad = posting(4, "", "Lyon, France");
    bad["title"] = json!({ "en": "Baker" });
    json!({
        "jobs": [
            posting(1, "Senior Data Engineer", "Lyon, France"),
            posting(2, "Baker", "Dublin, Ireland"),
            bad,
            posting(3, "senior data engineer", "Lyon, France"),
        ],
        "meta": { "total": 4 },
    })
}
