//! The palette: one input, and what fits what is typed into it (the ARIA 1.2 combobox with a list).

use super::{
    Hit, Kind, find_anything,
    keys::Act,
    known,
    ranking::{Wanted, names},
    recall_places, recent,
};
use crate::{app::Account, browser, ui::*};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// Long enough for a quick typist, short enough to feel immediate.
const PAUSE: Duration = Duration::from_millis(80);
const LIST: &str = "finder-list";

/// Hits under one heading.
type Group = (&'static str, Vec<Hit>);

/// What the palette shows, and where it is.
#[derive(Clone, Copy)]
struct Finding {
    typed: RwSignal<String>,
    /// What the server answered last.
    answered: RwSignal<Vec<Hit>>,
    /// Why it did not.
    failed: RwSignal<bool>,
    asking: RwSignal<bool>,
    /// Enter was pressed before there was anything to choose: what the answer puts first is meant, in a tab of its own or not.
    hasty: RwSignal<Option<bool>>,
    recent: RwSignal<Vec<Hit>>,
    /// Where the choice stands, by the place it leads to: so it stays where it is when answers arrive. Empty: the first.
    at: RwSignal<String>,
    /// Counts the questions, so that a slow answer to an older one is dropped.
    round: StoredValue<u32>,
}

impl Finding {
    fn new() -> Self {
        Finding {
            typed: RwSignal::new(String::new()),
            answered: RwSignal::new(Vec::new()),
            failed: RwSignal::new(false),
            asking: RwSignal::new(false),
            hasty: RwSignal::new(None),
            recent: RwSignal::new(Vec::new()),
            at: RwSignal::new(String::new()),
            round: StoredValue::new(0),
        }
    }

    /// Begins anew, with the places that were chosen before. What they lead to is the server's to say, and its answer is kept
    /// until the next one, so that they are there at once the second time.
    fn begin(self, places: Vec<String>) {
        self.look(String::new());
        self.answered.set(Vec::new());
        let named = move |places: &[String], answered: &[Hit]| -> Vec<Hit> {
            let of = |to: &String| known::hit_of(to).or_else(|| answered.iter().find(|hit| hit.to == *to).cloned());
            places.iter().filter_map(of).collect()
        };
        self.recent.update(|recent| *recent = named(&places, recent));
        let asked: Vec<String> = places.iter().filter(|to| known::hit_of(to).is_none()).cloned().collect();
        if asked.is_empty() {
            return;
        }
        spawn_local(async move {
            // Without an answer what is shown stays.
            if let Ok(answered) = recall_places(asked).await {
                self.recent.try_set(named(&places, &answered));
            }
        });
    }

    /// Shows what is known for a text at once, and asks for the rest after a pause in typing.
    fn look(self, typed: String) {
        self.round.update_value(|n| *n = n.wrapping_add(1));
        let round = self.round.get_value();
        let empty = Wanted::of(&typed).is_empty();
        self.at.set(String::new());
        self.hasty.set(None);
        self.asking.set(!empty);
        self.failed.set(false);
        self.typed.set(typed.clone());
        if empty {
            return;
        }
        let current = move || self.round.try_get_value() == Some(round);
        set_timeout(
            move || {
                if !current() {
                    return;
                }
                spawn_local(async move {
                    let answer = find_anything(typed).await;
                    if !current() {
                        return;
                    }
                    self.failed.set(answer.is_err());
                    if let Ok(hits) = answer {
                        self.answered.set(hits);
                    }
                    self.asking.set(false);
                });
            },
            PAUSE,
        );
    }

    /// What is shown now.
    fn groups(self, admin: bool) -> Vec<Group> {
        let wanted = self.typed.with(|typed| Wanted::of(typed));
        let mut hits = if wanted.is_empty() { known::offered() } else { known::matching(&wanted, admin) };
        let mut groups: Vec<Group> = Vec::new();
        if wanted.is_empty() {
            let recent = self.recent.get();
            hits.retain(|hit| recent.iter().all(|other| other.to != hit.to));
            groups.push(("Lately", recent));
        } else {
            // What was answered to a shorter text is shown as far as it fits, until the answer to this one is there.
            let fits = |hit: &&Hit| wanted.rank(&names(&hit.title, &hit.company, &hit.note)).is_some();
            self.answered.with(|answered| hits.extend(answered.iter().filter(fits).cloned()));
        }
        for kind in Kind::ALL {
            groups.push((kind.label(), hits.iter().filter(|hit| hit.kind == kind).cloned().collect()));
        }
        groups.retain(|(_, hits)| !hits.is_empty());
        groups
    }
}

fn option_id(at: usize) -> String {
    [LIST, "-", &at.to_string()].concat()
}

#[component]
pub(super) fn Finder(open: RwSignal<bool>, act: RwSignal<Option<Act>>) -> impl IntoView {
    let account = expect_context::<Account>().0;
    let me = move || account.get().and_then(Result::ok);
    let email = move || untrack(me).map(|me| me.email).unwrap_or_default();
    let finding = Finding::new();
    let groups = Memo::new(move |_| finding.groups(me().is_some_and(|me| me.admin)));
    let hits =
        Memo::new(move |_| groups.with(|all| all.iter().flat_map(|(_, hits)| hits.clone()).collect::<Vec<Hit>>()));
    let position = Memo::new(move |_| {
        hits.with(|hits| finding.at.with(|to| hits.iter().position(|hit| hit.to == *to)).unwrap_or_default())
    });
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            finding.begin(recent::of(&email()));
            _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let navigate = StoredValue::new_local(use_navigate());
    let choose = move |hit: Hit, apart: bool| {
        let to = hit.to.clone();
        recent::remember(&email(), hit.to);
        let wanted = known::act_of(&to);
        match wanted {
            Some(Act::Go(to)) if apart => browser::open_tab(to),
            None if apart => browser::open_tab(&to),
            Some(Act::Go(to)) => {
                open.set(false);
                navigate.with_value(|go| go(to, Default::default()));
            }
            None => {
                open.set(false);
                navigate.with_value(|go| go(&to, Default::default()));
            }
            Some(wanted) => {
                open.set(false);
                // The focus goes back first, so that what opens next gives it back to the same place.
                request_animation_frame(move || act.set(Some(wanted)));
            }
        }
    };
    Effect::new(move |_| {
        if let (false, Some(apart)) = (finding.asking.get(), finding.hasty.get()) {
            finding.hasty.set(None);
            if let Some(hit) = hits.with_untracked(|hits| hits.first().cloned()) {
                choose(hit, apart);
            }
        }
    });
    let keys = move |ev: ev::KeyboardEvent| {
        if ev.is_composing() {
            return;
        }
        let count = hits.with_untracked(Vec::len);
        let at = position.get_untracked();
        let next = match ev.key().as_str() {
            "Enter" => {
                ev.prevent_default();
                let apart = ev.ctrl_key() || ev.meta_key();
                match hits.with_untracked(|hits| hits.get(at).cloned()) {
                    Some(hit) => choose(hit, apart),
                    None => finding.hasty.set(Some(apart)),
                }
                return;
            }
            "ArrowDown" if at + 1 < count => at + 1,
            "ArrowUp" if at == 0 => count.saturating_sub(1),
            "ArrowUp" => at - 1,
            "ArrowDown" | "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return,
        };
        ev.prevent_default();
        if let Some(to) = hits.with_untracked(|hits| hits.get(next).map(|hit| hit.to.clone())) {
            finding.at.set(to);
            request_animation_frame(move || browser::reveal(&option_id(next)));
        }
    };
    let shown = move || {
        let mut at = 0;
        groups.get().into_iter().map(|(label, hits)| {
            let options = hits.into_iter().map(|hit| {
                at += 1;
                option(at - 1, hit, position, choose)
            }).collect::<Vec<_>>();
            view! { <div role="group" aria-label=label><span class="finder-title" aria-hidden="true">{label}</span>{options}</div> }
        }).collect::<Vec<_>>()
    };
    let none = move || hits.with(Vec::is_empty);
    let said = move || {
        if finding.failed.get() {
            return "Your jobs could not be searched just now. Please try again in a moment.".to_owned();
        }
        match (finding.asking.get(), hits.with(Vec::len)) {
            (true, _) => "Searching…".to_owned(),
            (false, 0) => "Nothing has such a name. Try the beginning of a title, a company or a place.".to_owned(),
            (false, 1) => "1 result".to_owned(),
            (false, n) => [&n.to_string(), " results"].concat(),
        }
    };
    view! {
        <dialog
            class="dialog finder" id="finder" aria-label="Find anything" node_ref=dialog
            on:close=move |_| open.set(false)
            // A press beside it is one on its edge: its content covers the rest.
            on:mousedown=move |ev| if browser::is_at(&ev, "finder") { open.set(false) }
        >
            <div class="finder-inside">
                <div class="finder-head">
                    <Icon name=Icon::Search/>
                    <input
                        id="finder-input" type="text" maxlength="100" autocomplete="off" spellcheck="false" enterkeyhint="go"
                        placeholder="A page, a job, a company, something to do" aria-label="Find anything"
                        role="combobox" aria-autocomplete="list" aria-expanded=move || if none() { "false" } else { "true" }
                        aria-controls=LIST aria-activedescendant=move || (!none()).then(|| option_id(position.get()))
                        prop:value=move || finding.typed.get()
                        on:input:target=move |ev| finding.look(ev.target().value())
                        on:keydown=keys
                    />
                    <form method="dialog"><button class="button icon-only quiet small" aria-label="Close"><Icon name=Icon::Close/></button></form>
                </div>
                <div
                    class="finder-list" id=LIST role="listbox" aria-label="What was found"
                    aria-busy=move || finding.asking.get().then_some("true") hidden=none
                >{shown}</div>
                <p class="finder-foot muted small">
                    <span role="status">{said}</span>
                    <span class="wide-only"><kbd class="kbd">"↑ ↓"</kbd>" choose "<kbd class="kbd">"Enter"</kbd>" open "<kbd class="kbd">"Ctrl Enter"</kbd>" in a new tab"</span>
                </p>
            </div>
        </dialog>
    }
}

fn option(at: usize, hit: Hit, position: Memo<usize>, choose: impl Fn(Hit, bool) + Copy + 'static) -> AnyView {
    let taken = hit.clone();
    let note = [hit.company, hit.note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <div
            class="finder-option" role="option" id=option_id(at)
            aria-selected=move || if position.get() == at { "true" } else { "false" }
            // The input keeps the focus.
            on:mousedown=|ev| ev.prevent_default()
            on:click=move |ev| choose(taken.clone(), ev.ctrl_key() || ev.meta_key())
        >
            <Icon name=hit.kind.icon()/>
            <span class="clip">{hit.title}</span>
            <span class="muted small clip">{note}</span>
        </div>
    }
    .into_any()
}
