//! The widgets every page is made of. They know no feature, render the same on server and browser, and work before
//! hydration. `style/README.md` lists them with their classes and props; `/ui` shows each one in every state.

mod button;
mod chart;
mod check;
mod choice;
mod combobox;
mod confirm;
mod copy;
mod dialog;
mod field;
mod file;
mod flash;
mod gallery;
mod hydration;
mod icon;
mod menu;
mod pager;
mod score;
mod states;
mod steps;
mod tags;
mod theme;
mod time;
mod toast;
mod typeahead;
mod wiring;

pub use button::Submit;
pub use chart::{Bar, BarChart, Gauge, Meter};
pub use check::Check;
pub use choice::{Choices, Options, Select};
pub use combobox::Combobox;
pub use confirm::ConfirmButton;
pub use copy::CopyField;
pub use dialog::Dialog;
pub use field::{Field, TextArea};
pub use file::FileField;
pub use flash::{Flash, share_flash, shown_once, typed};
pub use gallery::Gallery;
pub use hydration::{Hydrated, when_hydrated};
pub use icon::Icon;
pub use menu::Menu;
pub use pager::{Pager, grouped};
pub use score::ScoreBadge;
pub use states::{Empty, ErrorState, Skeleton};
pub use steps::Steps;
pub use tags::{TagInput, split_lines, split_tags};
pub use theme::{THEME_SCRIPT, ThemeToggle};
pub use time::{Time, TimeStyle, day};
pub use toast::{Toast, Toaster, Toasts, use_toasts};
pub use typeahead::{Suggest, Suggestion};
pub use wiring::{FieldErrors, FormError, action_errors};

/// Gives every widget below what it shares: what a posted form held, the toasts, the clock. Called once, at the root.
pub fn provide_ui() {
    flash::provide();
    toast::provide();
    time::provide();
}
