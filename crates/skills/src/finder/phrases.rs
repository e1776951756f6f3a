//! Skills told as deeds: "manage budgets" for budget management, "unit tests" for unit testing.
//!
//! The names of skills are mostly nouns, postings mostly say what one will do. Both tables hold base forms.

use super::WordMap;
use crate::words::{Gap, Token, listed};
use std::collections::HashMap;

/// The last word of a skill's name with the verbs that say the same before what stands first in the name.
const DEEDS: &str = "\
    acquisition: acquire acquiring\n\
    administration: administer administering\n\
    analysis: analyze analyzing\n\
    assessment: assess assessing\n\
    automation: automate automating\n\
    building: build building\n\
    calculation: calculate calculating\n\
    checking: check checking\n\
    cleaning: clean cleaning\n\
    collection: collect collecting\n\
    configuration: configure configuring\n\
    coordination: coordinate coordinating\n\
    counting: count counting\n\
    creation: create creating\n\
    deployment: deploy deploying\n\
    design: design designing\n\
    development: develop developing developed\n\
    documentation: document documenting\n\
    drafting: draft drafting\n\
    driving: drive driving\n\
    editing: edit editing\n\
    engagement: engage engaging\n\
    estimation: estimate estimating\n\
    evaluation: evaluate evaluating\n\
    facilitation: facilitate facilitating\n\
    forecasting: forecast forecasting\n\
    generation: generate generating\n\
    handling: handle handling\n\
    implementation: implement implementing implemented\n\
    improvement: improve improving\n\
    inspection: inspect inspecting\n\
    installation: install installing\n\
    integration: integrate integrating\n\
    interpretation: interpret interpreting\n\
    leadership: lead leading led\n\
    loading: load loading\n\
    maintenance: maintain maintaining\n\
    management: manage managing managed\n\
    mentoring: mentor mentoring\n\
    migration: migrate migrating\n\
    modeling: model modeling\n\
    monitoring: monitor monitoring\n\
    negotiation: negotiate negotiating\n\
    operation: operate operating operated\n\
    optimization: optimize optimizing\n\
    planning: plan planning\n\
    preparation: prepare preparing\n\
    processing: process processing\n\
    programming: program programming\n\
    reading: read reading\n\
    reconciliation: reconcile reconciling\n\
    recruitment: recruit recruiting\n\
    repair: repair repairing\n\
    restoration: restore restoring\n\
    scheduling: schedule scheduling\n\
    setting: set setting\n\
    solving: solve solving\n\
    supervision: supervize supervizing\n\
    testing: test testing\n\
    training: train training\n\
    translation: translate translating\n\
    writing: write writing written";

/// The last word of a longer name with the words that may stand for it: unit tests, a financial model, 3D printed.
const TURNED: &str = "\
    auditing: audit\n\
    budgeting: budget\n\
    casting: cast\n\
    forecasting: forecast\n\
    interviewing: interview\n\
    machining: machined\n\
    mapping: map\n\
    modeling: model\n\
    molding: molded\n\
    planning: plan\n\
    printing: print printed\n\
    prototyping: prototype\n\
    reporting: report\n\
    scheduling: schedule\n\
    testing: test\n\
    welding: weld welded\n\
    wireframing: wireframe";

/// Skills of one word with the verbs that can hardly mean anything else.
const ALONE: &str = "\
    brainstorming: brainstorm\n\
    debugging: debug\n\
    delegation: delegate delegating\n\
    facilitation: facilitate facilitating\n\
    mediation: mediate mediating\n\
    mentoring: mentor\n\
    multitasking: multitask\n\
    negotiation: negotiate negotiating\n\
    prioritization: prioritize prioritizing\n\
    proofreading: proofread\n\
    pruning: prune\n\
    soldering: solder\n\
    troubleshooting: troubleshoot\n\
    welding: weld";

/// The tables in numbers of the vocabulary.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Verb to last words of names.
    pub deeds: HashMap<u32, Vec<u32>>,
    /// Word to the word it stands for.
    pub turned: HashMap<u32, u32>,
    /// Verb to the skill of one word.
    pub alone: HashMap<u32, u32>,
}

impl Phrases {
    /// Leaves out what no name ends with. Numbers the words that only the tables have.
    pub fn new(words: &mut WordMap) -> Phrases {
        let mut phrases = Phrases::default();
        for (noun, verbs) in table(DEEDS) {
            let Some(&noun) = words.get(noun) else { continue };
            for verb in verbs.split(' ') {
                phrases.deeds.entry(number(words, verb)).or_default().push(noun);
            }
        }
        for (text, map) in [(TURNED, &mut phrases.turned), (ALONE, &mut phrases.alone)] {
            for (meant, shown) in table(text) {
                let Some(&meant) = words.get(meant) else { continue };
                for shown in shown.split(' ') {
                    map.insert(number(words, shown), meant);
                }
            }
        }
        phrases
    }
}

fn table(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter_map(|line| line.split_once(": "))
}

/// The number of a word, a new one if need be.
pub(super) fn number(words: &mut WordMap, word: &str) -> u32 {
    if let Some(&id) = words.get(word) {
        return id;
    }
    let id = words.len() as u32;
    words.insert(word.into(), id);
    id
}

/// Whether a word may stand between a verb and what it is done to.
pub(super) fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "our" | "your" | "their" | "its")
}

/// Whether what the deed is done to is named in full: "manage projects" and "manage project and …", but "manage project
/// teams" is about teams.
pub(super) fn ends_here(text: &str, noun: &Token, next: Option<&Token>) -> bool {
    const LITTLE: &str = "\
        across after and as at before by during for from in into of on or over so that through to when with";
    let many = noun.of(text).ends_with('s');
    many || next.is_none_or(|next| next.gap == Gap::Hard || listed(LITTLE, next.of(text)))
}
