//! Moving cards: shown at once, told to the server, put back when it refuses, and offered to be taken back.

use super::Line;
use crate::{
    acts::{Done, take_back},
    applications::{move_application, stages::Stage},
    error::Result,
    ids::{ApplicationId, BundleId},
    ui::*,
};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

/// What is under way on the page.
#[derive(Clone, Copy)]
pub struct Moving {
    /// Where cards are shown until a newer version of them is drawn: id → key of the stage, and the version that was moved.
    shown: RwSignal<HashMap<ApplicationId, (String, i64)>>,
    /// The card that was moved by keyboard last, which keeps the focus.
    pub followed: StoredValue<Option<ApplicationId>>,
    /// The card that is dragged.
    pub held: RwSignal<Option<ApplicationId>>,
    /// The stage it hovers over.
    pub over: RwSignal<Option<String>>,
    /// The card whose stages are being chosen from.
    pub choosing: RwSignal<Option<Line>>,
    pub chosen: RwSignal<HashSet<ApplicationId>>,
    /// What a screen reader hears.
    pub said: RwSignal<String>,
    toasts: Toaster,
}

impl Moving {
    pub fn provide() -> Self {
        let moving = Moving {
            shown: RwSignal::new(HashMap::new()),
            followed: StoredValue::new(None),
            held: RwSignal::new(None),
            over: RwSignal::new(None),
            choosing: RwSignal::new(None),
            chosen: RwSignal::new(HashSet::new()),
            said: RwSignal::new(String::new()),
            toasts: use_toasts(),
        };
        provide_context(moving);
        moving
    }

    /// Where a card is on its way to, if it is.
    fn way_of(shown: &HashMap<ApplicationId, (String, i64)>, line: &Line) -> Option<String> {
        shown.get(&line.id).filter(|(_, version)| line.version <= *version).map(|(key, _)| key.clone())
    }

    /// The stage a card is shown in.
    pub fn stage_of(self, line: &Line) -> String {
        self.shown.with(|shown| Moving::way_of(shown, line)).unwrap_or_else(|| line.stage.clone())
    }

    /// Moves one card.
    pub fn go(self, line: &Line, stage: &Stage) {
        let way = self.shown.with_untracked(|shown| Moving::way_of(shown, line));
        if way.as_ref().unwrap_or(&line.stage) == &stage.key {
            return;
        }
        // Moved on before the page knows what came of the first move: whatever its version is by then.
        let version = way.is_none().then_some(line.version);
        let (id, key, name) = (line.id, stage.key.clone(), stage.name.clone());
        let title = line.title.clone();
        self.shown.update(|shown| {
            shown.insert(id, (key.clone(), line.version));
        });
        self.said.set([&title, " is in ", &name, " now."].concat());
        leptos::task::spawn_local(async move {
            let answer = move_application(id, key, String::new(), String::new(), version).await;
            let words = ["Moved to ".to_owned(), name, ".".to_owned()].concat();
            if !self.told(answer, words) {
                self.shown.update(|shown| {
                    shown.remove(&id);
                });
                self.said.set([&title, " was put back where it was."].concat());
            }
        });
    }

    /// Moves everything that is chosen.
    pub fn move_chosen(self, stage: &Stage) {
        let (chosen, key, name) = (self.ids(), stage.key.clone(), stage.name.clone());
        leptos::task::spawn_local(async move {
            let answer = super::move_chosen(chosen, key).await;
            let words = many(answer.as_ref(), "moved to ") + &name + ".";
            if self.told(answer, words) {
                self.chosen.set(HashSet::new());
            }
        });
    }

    /// Puts everything that is chosen into the bin.
    pub fn remove_chosen(self) {
        let chosen = self.ids();
        leptos::task::spawn_local(async move {
            let answer = super::remove_chosen(chosen).await;
            let words = many(answer.as_ref(), "removed.");
            if self.told(answer, words) {
                self.chosen.set(HashSet::new());
            }
        });
    }

    fn ids(self) -> String {
        let lines: Vec<String> = self.chosen.with_untracked(|all| all.iter().map(ToString::to_string).collect());
        lines.join("\n")
    }

    /// Chooses a card, or does not choose it any more.
    pub fn toggle(self, id: ApplicationId) {
        self.chosen.update(|all| {
            if !all.remove(&id) {
                all.insert(id);
            }
        });
    }

    fn told(self, answer: Result<Done>, words: String) -> bool {
        tell(self.toasts, answer, words)
    }
}

fn many(answer: Result<&Done, &crate::error::Error>, verb: &str) -> String {
    match answer.map_or(0, |done| done.count) {
        1 => ["1 application ", verb].concat(),
        n => [&n.to_string(), " applications ", verb].concat(),
    }
}

/// Says what came of an act, with the offer to take it back; true when it was done.
pub fn tell(toasts: Toaster, answer: Result<Done>, words: String) -> bool {
    match answer {
        Ok(Done { bundle: Some(bundle), .. }) => {
            toasts.push(Toast::good(words).action("Undo", move || undo(toasts, bundle)));
            true
        }
        Ok(_) => true,
        Err(error) => {
            let fields = error.fields();
            let why = fields.into_values().next().unwrap_or_else(|| error.to_string());
            toasts.push(Toast::bad(why));
            false
        }
    }
}

/// Takes an act back and says what came of it.
pub fn undo(toasts: Toaster, bundle: BundleId) {
    leptos::task::spawn_local(async move {
        match take_back(bundle).await {
            Ok(back) if back.kept.is_empty() => toasts.push(Toast::good("Taken back.")),
            Ok(back) => toasts.push(Toast::warn(["Taken back. ".to_owned(), back.kept.join(" ")].concat())),
            Err(error) => toasts.push(Toast::bad(error.to_string())),
        }
    });
}
