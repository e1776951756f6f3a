//! Slow work: what is put into a queue in the database and carried out in the background, by whichever server has room.
//!
//! Something that is put in is carried out at least once, however many servers die over it, and ends once: see [`store`].

#[cfg(feature = "ssr")]
mod handlers;
#[cfg(feature = "ssr")]
mod numbers;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod task;
#[cfg(feature = "ssr")]
mod trouble;
#[cfg(feature = "ssr")]
mod working;
#[cfg(feature = "ssr")]
pub use {
    numbers::{Numbers, Went},
    store::put,
    task::{Kind, Order, Priority, Task},
    trouble::Trouble,
    working::Working,
};
