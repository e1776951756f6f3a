use crate::{Search, intern::Numbers, words};
use places::Spot;
use posting::Remote;
use std::{collections::HashMap, hash::Hash};

/// Everybody's searches, by what finds them. `K` is the caller's name of a search.
#[derive(Debug)]
pub struct Index<K> {
    pub(crate) entries: Vec<Option<Entry<K>>>,
    free: Vec<u32>,
    slots: HashMap<K, u32>,
    pub(crate) words: Numbers<String>,
    /// How many titles have a word.
    common: Vec<u32>,
    /// Titles whose rarest word this is.
    pub(crate) by_word: Vec<Vec<u32>>,
    title_numbers: Numbers<Box<[u32]>>,
    pub(crate) titles: Vec<Title>,
    pub(crate) skills: Numbers<String>,
    /// As somebody wrote them.
    skill_names: Vec<String>,
    /// Searches without titles that name the skill.
    pub(crate) by_skill: Vec<Vec<u32>>,
    place_numbers: Numbers<String>,
    pub(crate) places: Vec<Place>,
    pub(crate) phrases: Numbers<String>,
    pub(crate) phrase_words: Vec<Box<[String]>>,
    pub(crate) companies: Numbers<String>,
}

/// A title that some look for.
#[derive(Debug)]
pub(crate) struct Title {
    /// As one of them wrote it.
    text: String,
    pub words: Box<[u32]>,
    pub searches: Vec<u32>,
}

/// Places as somebody wrote them.
#[derive(Debug)]
pub(crate) struct Place {
    label: String,
    pub spots: Box<[Spot]>,
    pub anywhere: bool,
}

/// A search in numbers.
#[derive(Debug)]
pub(crate) struct Entry<K> {
    pub key: K,
    pub titles: Box<[u32]>,
    pub skills: Box<[u32]>,
    pub skills_needed: u8,
    pub places: Box<[u32]>,
    /// Bits by the order of `Remote::ALL`, `Level::ALL`, `Language::ALL`; none means any.
    pub ways: u8,
    pub levels: u8,
    pub languages: u8,
    pub pay: Option<([u8; 3], i64)>,
    pub phrases: Box<[u32]>,
    pub companies: Box<[u32]>,
    pub sources: Box<[u128]>,
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Index {
            entries: Vec::new(),
            free: Vec::new(),
            slots: HashMap::new(),
            words: Numbers::default(),
            common: Vec::new(),
            by_word: Vec::new(),
            title_numbers: Numbers::default(),
            titles: Vec::new(),
            skills: Numbers::default(),
            skill_names: Vec::new(),
            by_skill: Vec::new(),
            place_numbers: Numbers::default(),
            places: Vec::new(),
            phrases: Numbers::default(),
            phrase_words: Vec::new(),
            companies: Numbers::default(),
        }
    }
}

impl<K> Index<K> {
    pub(crate) fn title_text(&self, title: u32) -> Option<&str> {
        self.titles.get(title as usize).map(|title| title.text.as_str())
    }

    pub(crate) fn place_text(&self, place: u32) -> Option<&str> {
        self.places.get(place as usize).map(|place| place.label.as_str())
    }

    pub(crate) fn skill_name(&self, skill: u32) -> Option<&str> {
        self.skill_names.get(skill as usize).map(String::as_str)
    }

    /// How many searches there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}

impl<K: Copy + Eq + Hash> Index<K> {
    /// All of these searches. The rarest word of a title is known best when all are seen at once.
    pub fn of<'a>(searches: impl Iterator<Item = (K, &'a Search)> + Clone) -> Self {
        let mut index = Index::default();
        for (_, search) in searches.clone() {
            for title in &search.titles {
                index.count(&words::wanted(title));
            }
        }
        for (key, search) in searches {
            index.add(key, search);
        }
        index
    }

    pub(crate) fn entry(&self, key: K) -> Option<&Entry<K>> {
        self.entries.get(*self.slots.get(&key)? as usize)?.as_ref()
    }

    /// Adds a search, or puts it in place of the one of this name.
    pub fn put(&mut self, key: K, search: &Search) {
        for title in &search.titles {
            self.count(&words::wanted(title));
        }
        self.add(key, search);
    }

    /// Whether the search was here; it is not any more.
    pub fn remove(&mut self, key: K) -> bool {
        let Some(slot) = self.slots.remove(&key) else { return false };
        let Some(entry) = self.entries.get_mut(slot as usize).and_then(Option::take) else { return false };
        for title in &entry.titles {
            if let Some(title) = self.titles.get_mut(*title as usize) {
                title.searches.retain(|other| *other != slot);
            }
        }
        if entry.titles.is_empty() {
            for skill in &entry.skills {
                if let Some(list) = self.by_skill.get_mut(*skill as usize) {
                    list.retain(|other| *other != slot);
                }
            }
        }
        self.free.push(slot);
        true
    }

    fn count(&mut self, title: &[String]) {
        for word in title {
            let number = self.word(word) as usize;
            if let Some(count) = self.common.get_mut(number) {
                *count += 1;
            }
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(number) = self.words.of(word) {
            return number;
        }
        let (number, _) = self.words.give(word.to_owned());
        self.common.push(0);
        self.by_word.push(Vec::new());
        number
    }

    fn add(&mut self, key: K, search: &Search) {
        self.remove(key);
        let titles = numbers(search.titles.iter().filter_map(|title| self.title(title)));
        let skills = numbers(search.skills.iter().map(|skill| self.skill(skill)));
        let entry = Entry {
            key,
            skills_needed: search.skills_needed(),
            places: numbers(search.places.iter().map(|place| self.place(place))),
            ways: bits(&search.ways, &Remote::ALL),
            levels: bits(&search.levels, &posting::Level::ALL),
            languages: bits(&search.languages, &crate::Language::ALL),
            pay: search.pay.as_ref().and_then(|pay| Some((currency(&pay.currency)?, pay.a_year()))),
            phrases: numbers(search.without_words.iter().filter_map(|phrase| self.phrase(phrase))),
            companies: numbers(search.without_companies.iter().map(|name| self.companies.give(words::company(name)).0)),
            sources: search.sources.clone().into(),
            titles,
            skills,
        };
        let slot = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        });
        for title in &entry.titles {
            if let Some(title) = self.titles.get_mut(*title as usize) {
                title.searches.push(slot);
            }
        }
        // A search whose titles say nothing is not one without titles.
        if search.titles.is_empty() {
            for skill in &entry.skills {
                if let Some(list) = self.by_skill.get_mut(*skill as usize) {
                    list.push(slot);
                }
            }
        }
        if let Some(place) = self.entries.get_mut(slot as usize) {
            *place = Some(entry);
        }
        self.slots.insert(key, slot);
    }

    /// The number of a title; None when it has no words.
    fn title(&mut self, text: &str) -> Option<u32> {
        let words: Box<[u32]> = words::wanted(text).iter().map(|word| self.word(word)).collect();
        let rarest = *words.iter().min_by_key(|word| self.common.get(**word as usize))?;
        let (number, new) = self.title_numbers.give(words.clone());
        if new {
            self.titles.push(Title { text: text.trim().to_owned(), words, searches: Vec::new() });
            if let Some(list) = self.by_word.get_mut(rarest as usize) {
                list.push(number);
            }
        }
        Some(number)
    }

    fn skill(&mut self, name: &str) -> u32 {
        let (number, new) = self.skills.give(name.to_lowercase());
        if new {
            self.by_skill.push(Vec::new());
            self.skill_names.push(name.to_owned());
        }
        number
    }

    fn place(&mut self, text: &str) -> u32 {
        if let Some(number) = self.place_numbers.of(text) {
            return number;
        }
        let (number, _) = self.place_numbers.give(text.to_owned());
        let found = places::parse(text);
        self.places.push(Place {
            label: text.trim().to_owned(),
            spots: found.places.iter().map(places::Place::spot).collect(),
            anywhere: found.anywhere,
        });
        number
    }

    fn phrase(&mut self, text: &str) -> Option<u32> {
        let words = words::plain(text);
        if words.is_empty() {
            return None;
        }
        let (number, new) = self.phrases.give(words.join(" "));
        if new {
            self.phrase_words.push(words.into());
        }
        Some(number)
    }
}

fn numbers(all: impl Iterator<Item = u32>) -> Box<[u32]> {
    let mut all: Vec<u32> = all.collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|number| seen.insert(*number));
    all.into()
}

fn bits<T: PartialEq>(wanted: &[T], all: &[T]) -> u8 {
    all.iter().zip(0..8).filter(|(one, _)| wanted.contains(one)).fold(0, |bits, (_, at)| bits | 1 << at)
}

/// A currency in three letters.
pub(crate) fn currency(code: &str) -> Option<[u8; 3]> {
    <[u8; 3]>::try_from(code.as_bytes()).ok()
}
