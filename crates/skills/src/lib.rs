//! A taxonomy of skills and roles, and finding those skills in running text.
//!
//! [`Taxonomy::builtin`] is the curated set this project ships (`data/`). [`Taxonomy::with`] adds what the owner
//! imported from the official [`esco`] or [`onet`] downloads. Everything here is plain computation: no files, no
//! network, no database.
//!
//! ```
//! let taxonomy = skills::Taxonomy::builtin();
//! let text = "We are looking for someone who knows PostgreSQL.";
//! for mention in taxonomy.skills_in(text) {
//!     println!("{} at {}..{}", taxonomy.skill(mention.skill).name, mention.start, mention.end);
//! }
//! ```

mod data;
pub mod esco;
mod finder;
mod import;
pub mod onet;
mod source;
mod suggest;
mod taxonomy;
mod words;

pub use data::builtin_entries;
pub use finder::Mention;
pub use import::{ImportError, Imported, ImportedRole, ImportedSkill};
pub use source::{RoleEntry, SkillEntry, problems, read_roles, read_skills};
pub use suggest::{RoleSuggestion, Suggestion};
pub use taxonomy::{Role, RoleId, Skill, SkillId, Taxonomy};
