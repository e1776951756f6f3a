//! Type-ahead over the taxonomy, for the widgets.

use super::{Known, suggest_roles, suggest_skills};
use crate::ui::{Suggest, Suggestion};

fn entries(known: Vec<Known>) -> Vec<Suggestion> {
    known
        .into_iter()
        .map(|known| Suggestion { value: known.name.clone(), label: known.name, hint: known.hint })
        .collect()
}

/// Skills; nothing while they cannot be had: free text goes on working.
pub fn skills() -> Suggest {
    Suggest::new(|typed: String| async move { entries(suggest_skills(typed).await.unwrap_or_default()) })
}

/// Roles.
pub fn roles() -> Suggest {
    Suggest::new(|typed: String| async move { entries(suggest_roles(typed).await.unwrap_or_default()) })
}
