//! The mail that belongs to an application, on its page.

use super::{
    Letter,
    card::{Acts, LetterCard},
    load_letters_of,
};
use crate::{
    error::Error,
    ids::ApplicationId,
    ui::*,
    wire::{self, Loaded},
};
use leptos::prelude::*;

/// The mail of the application whose page it is. Made where the page begins.
#[derive(Clone, Copy)]
pub struct OfApplication {
    loaded: Loaded<Vec<Letter>>,
    acts: Acts,
}

impl OfApplication {
    pub fn new(id: Memo<Option<ApplicationId>>, changed: impl Fn() -> u32 + Copy + Send + Sync + 'static) -> Self {
        let loaded = wire::load(
            move || (id.get(), changed()),
            |(id, _)| async move { load_letters_of(id.ok_or(Error::NotFound)?).await },
        );
        OfApplication { loaded, acts: Acts::provide() }
    }

    /// The section, once it is loaded; nothing where there is no mail.
    pub async fn section(self) -> AnyView {
        match self.loaded.await {
            Ok(letters) if letters.is_empty() => ().into_any(),
            Ok(letters) => {
                let acts = self.acts;
                let cards = letters.into_iter().map(|letter| view! { <LetterCard letter acts/> }).collect_view();
                view! {
                    <section class="stack tight" aria-labelledby="letters">
                        <header class="card-head"><h2 id="letters">"Mail"</h2><a href="/applications/mail">"All mail"</a></header>
                        <ul class="stack tight">{cards}</ul>
                    </section>
                }
                .into_any()
            }
            Err(error) => {
                let loaded = self.loaded;
                view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }
                    .into_any()
            }
        }
    }
}
