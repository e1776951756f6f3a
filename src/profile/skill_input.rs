//! Skills with a level each: a type-ahead over the taxonomy that takes free text too.

use super::{OwnSkill, suggest};
use crate::ui::*;
use leptos::prelude::*;

const LEVELS: [(&str, &str); 5] = [("1", "Learning"), ("2", "Basic"), ("3", "Solid"), ("4", "Strong"), ("5", "Expert")];

/// Sends `skills`, the names, and once the page is alive `skill_levels`: `name` tab `level` a line.
#[component]
pub fn SkillInput(skills: Vec<OwnSkill>, #[prop(into)] errors: FieldErrors) -> impl IntoView {
    let names: Vec<String> = skills.iter().map(|skill| skill.name.clone()).collect();
    let levels = RwSignal::new(skills);
    // What is chosen and the levels live side by side, so that a skill taken away and added again starts anew.
    let changed = Callback::new(move |names: Vec<String>| {
        levels.update(|levels| {
            levels.retain(|skill| names.contains(&skill.name));
            for name in &names {
                if !levels.iter().any(|skill| skill.name == *name) {
                    levels.push(OwnSkill { name: name.clone(), level: 3 });
                }
            }
        });
    });
    let lines = move || {
        levels.with(|levels| {
            levels
                .iter()
                .map(|skill| [skill.name.as_str(), "\t", &skill.level.to_string()].concat())
                .collect::<Vec<_>>()
                .join("\n")
        })
    };
    view! {
        <TagInput
            name="skills" label="Skills" values=names suggest=suggest::skills() on_change=changed errors
            placeholder="Python, Patient care" help="Pick from the list or write your own. Enter adds it."
        />
        <input type="hidden" name="skill_levels" prop:value=lines/>
        <ul class="list plain js-only" aria-label="Levels">
            <For each=move || levels.get() key=|skill| skill.name.clone() let:skill>
                <LevelRow skill levels/>
            </For>
        </ul>
    }
}

#[component]
fn LevelRow(skill: OwnSkill, levels: RwSignal<Vec<OwnSkill>>) -> impl IntoView {
    let name = skill.name.clone();
    let set = Callback::new(move |value: String| {
        if let Ok(level) = value.parse() {
            levels.update(|levels| {
                if let Some(own) = levels.iter_mut().find(|own| own.name == name) {
                    own.level = level;
                }
            });
        }
    });
    let id = ["level-", &skill.name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")].concat();
    view! {
        <li class="row between">
            <span>{skill.name.clone()}</span>
            <Select name="" id label=["Level of ".to_owned(), skill.name].concat() hide_label=true value=skill.level.to_string() options=LEVELS.to_vec() on_change=set/>
        </li>
    }
}
