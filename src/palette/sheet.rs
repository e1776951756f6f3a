//! The list of keys, and the switch that turns those of a single character off.

use super::{SINGLE, keys::SHORTCUTS};
use crate::{browser, ui::*};
use leptos::prelude::*;

/// Keys the board reads by itself, on a card that has the focus (`applications/tracker/card.rs`).
const BOARD: [(&str, &str); 4] = [
    ("Arrows", "To the card beside it"),
    ("Shift Arrows", "Move the card a stage on or back"),
    ("m", "Choose its stage"),
    ("x", "Choose the card"),
];

#[component]
pub(super) fn Sheet(open: RwSignal<bool>) -> impl IntoView {
    let mut groups: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for shortcut in &SHORTCUTS {
        let row = (shortcut.keys, shortcut.does);
        match groups.last_mut() {
            Some((group, rows)) if *group == shortcut.group => rows.push(row),
            _ => groups.push((shortcut.group, vec![row])),
        }
    }
    groups.push(("On a card of the board", BOARD.to_vec()));
    let on = browser::kept(SINGLE).is_empty();
    view! {
        <Dialog id="keys-sheet" title="Keyboard shortcuts" open>
            <div class="stack">
                {groups.into_iter().map(|(group, rows)| view! {
                    <section class="stack tight">
                        <h3>{group}</h3>
                        <dl class="keys">{rows.into_iter().map(row).collect_view()}</dl>
                    </section>
                }).collect_view()}
                <Check
                    name="single-keys" id="single-keys" switch=true checked=on
                    label="Keys of one character"
                    help="Off, they do nothing on this device: good where speech or a trembling hand would press them. Ctrl K (⌘ K) always works."
                    on_change=Callback::new(|on: bool| {
                        if on { browser::forget(SINGLE) } else { browser::keep(SINGLE, "off") }
                    })
                />
            </div>
        </Dialog>
    }
}

fn row((keys, does): (&'static str, &'static str)) -> impl IntoView {
    let keys = keys.split(' ').map(|key| view! { <kbd class="kbd">{key}</kbd>" " }).collect_view();
    view! { <div><dt>{does}</dt><dd>{keys}</dd></div> }
}
