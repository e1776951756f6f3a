//! How pressing an application is, from 0 to 100, and what is worth doing about it: each with its parts, weights and reasons.
//!
//! The engine knows neither text nor clock: whoever asks says how many hours are left and how many days have passed. Weights can be
//! moved by the person; learned ones can take their place through the same [`Weights`].

mod action;
mod facts;
mod score;
mod weights;

pub use action::{Action, Doing, actions};
pub use facts::{Effort, Facts, Standing};
pub use score::{Part, Priority, Why, score};
pub use weights::{Factor, Weights};
