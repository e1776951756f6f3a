//! On the server there is no worker.

use super::Standing;
use crate::{ids::UserId, live::Live};
use leptos::prelude::RwSignal;

/// Does nothing.
pub fn connect(_: RwSignal<Option<Standing>>, _: Live, _: &UserId) {}

/// Does nothing.
pub fn say(_: &str, _: u32, _: bool) {}

/// Does nothing.
pub fn at(_: &str) {}
