//! The data files, compiled in.

pub(crate) const SKILLS: &[&str] = &[];

pub(crate) const ROLES: &[&str] = &[];
