use crate::{
    Hit, Index, Opening, PayWord, PlaceWord, Why, fits,
    index::{Entry, currency},
    language,
    pay::most,
    words,
};
use places::{Places, Spot};
use posting::{Level, Remote};
use std::{cell::OnceCell, collections::HashSet, hash::Hash};

/// A posting in the index's numbers. What is compared more than once is worked out once; the text is read only when some search
/// needs it.
struct Seen<'a, K> {
    index: &'a Index<K>,
    opening: &'a Opening<'a>,
    skills: Vec<bool>,
    way: Remote,
    places: Places,
    spots: Vec<Spot>,
    place_fits: Vec<OnceCell<bool>>,
    pay: Option<([u8; 3], i64)>,
    named_pay: bool,
    language: OnceCell<Option<u8>>,
    text: OnceCell<Text>,
    phrase_found: Vec<OnceCell<bool>>,
    company: Option<u32>,
}

/// The words of title and text, in order and as a set.
struct Text {
    words: Vec<String>,
    set: HashSet<String>,
}

impl<K: Copy + Eq + Hash> Index<K> {
    /// The searches that want the posting, each once.
    pub fn find(&self, opening: &Opening<'_>) -> Vec<Hit<K>> {
        let title: Vec<u32> = words::offered(opening.title).iter().filter_map(|word| self.words.of(word)).collect();
        let seen = Seen::new(self, opening);
        let mut hits = Vec::new();
        let mut asked = vec![false; self.entries.len()];
        for word in &title {
            for number in self.by_word.get(*word as usize).into_iter().flatten() {
                let Some(wanted) = self.titles.get(*number as usize) else { continue };
                if wanted.words.iter().all(|word| title.contains(word)) {
                    seen.ask(&wanted.searches, Some(*number), &mut asked, &mut hits);
                }
            }
        }
        for (list, _) in self.by_skill.iter().zip(&seen.skills).filter(|(_, asked)| **asked) {
            seen.ask(list, None, &mut asked, &mut hits);
        }
        hits
    }
}

impl<'a, K: Copy + Eq + Hash> Seen<'a, K> {
    fn new(index: &'a Index<K>, opening: &'a Opening<'a>) -> Self {
        let mut skills = vec![false; index.skills.len()];
        for name in opening.skills {
            let number = index.skills.of(name.to_lowercase().as_str());
            if let Some(asked) = number.and_then(|number| skills.get_mut(number as usize)) {
                *asked = true;
            }
        }
        let places = places::parse(opening.location);
        let pay = most(opening.salary);
        Seen {
            index,
            opening,
            skills,
            way: opening.remote.or(places.remote).unwrap_or(Remote::Onsite),
            spots: places.places.iter().map(places::Place::spot).collect(),
            places,
            place_fits: vec![OnceCell::new(); index.places.len()],
            pay: pay.and_then(|(code, amount)| Some((currency(code)?, amount))),
            named_pay: pay.is_some(),
            language: OnceCell::new(),
            text: OnceCell::new(),
            phrase_found: vec![OnceCell::new(); index.phrases.len()],
            company: index.companies.of(words::company(opening.company).as_str()),
        }
    }

    fn ask(&self, searches: &[u32], title: Option<u32>, asked: &mut [bool], hits: &mut Vec<Hit<K>>) {
        for slot in searches {
            let Some(before) = asked.get_mut(*slot as usize) else { continue };
            // Whatever finds a search again, the answer is the same.
            if std::mem::replace(before, true) {
                continue;
            }
            let Some(Some(entry)) = self.index.entries.get(*slot as usize) else { continue };
            if let Some(why) = self.wanted_by(entry, title) {
                hits.push(Hit { search: entry.key, why });
            }
        }
    }

    fn wanted_by(&self, entry: &Entry<K>, title: Option<u32>) -> Option<Why> {
        let one_of = |bits: u8, at: Option<u8>| bits == 0 || at.is_none_or(|at| bits & (1 << at) != 0);
        if !one_of(entry.ways, Some(self.way as u8)) || !one_of(entry.levels, self.opening.level.map(level)) {
            return None;
        }
        let place = self.place(entry)?;
        let pay = self.pay(entry)?;
        let source_rank = self.source_rank(entry)?;
        let skills = entry.skills.iter().filter(|skill| self.skills.get(**skill as usize) == Some(&true)).count();
        if skills < usize::from(entry.skills_needed) || self.company.is_some_and(|name| entry.companies.contains(&name))
        {
            return None;
        }
        if entry.languages != 0 && !one_of(entry.languages, self.language()) {
            return None;
        }
        if entry.phrases.iter().any(|phrase| self.has(*phrase)) {
            return None;
        }
        Some(Why { title, skills: u16::try_from(skills).unwrap_or(u16::MAX), place, pay, source_rank })
    }

    fn place(&self, entry: &Entry<K>) -> Option<PlaceWord> {
        if entry.places.is_empty() {
            return Some(PlaceWord::Any);
        }
        if self.spots.is_empty() {
            return Some(PlaceWord::NotNamed);
        }
        entry.places.iter().copied().find(|place| self.at(*place)).map(PlaceWord::At).or({
            // There are further places that it does not name.
            self.places.more.then_some(PlaceWord::NotNamed)
        })
    }

    fn at(&self, number: u32) -> bool {
        let (Some(known), Some(place)) = (self.place_fits.get(number as usize), self.index.places.get(number as usize))
        else {
            return false;
        };
        let remote = self.way == Remote::Remote;
        *known.get_or_init(|| {
            place.anywhere
                || place.spots.iter().any(|wanted| self.spots.iter().any(|offered| fits(wanted, offered, remote)))
        })
    }

    fn pay(&self, entry: &Entry<K>) -> Option<PayWord> {
        let Some((wanted, least)) = entry.pay else { return Some(PayWord::Any) };
        match self.pay {
            Some((code, most)) if code == wanted => (most >= least).then_some(PayWord::Enough),
            _ if self.named_pay => Some(PayWord::OtherCurrency),
            _ => Some(PayWord::NotNamed),
        }
    }

    fn source_rank(&self, entry: &Entry<K>) -> Option<u16> {
        if entry.sources.is_empty() {
            return Some(0);
        }
        let at = entry.sources.iter().position(|source| self.opening.sources.contains(source))?;
        Some(u16::try_from(at).unwrap_or(u16::MAX))
    }

    fn language(&self) -> Option<u8> {
        *self.language.get_or_init(|| language::of(self.opening.text).map(|language| language as u8))
    }

    fn has(&self, phrase: u32) -> bool {
        let (Some(known), Some(words)) =
            (self.phrase_found.get(phrase as usize), self.index.phrase_words.get(phrase as usize))
        else {
            return false;
        };
        *known.get_or_init(|| {
            let text = self.text.get_or_init(|| {
                let mut words = words::plain(self.opening.title);
                // Nothing goes from the title into the text.
                words.push(String::new());
                words.extend(words::plain(self.opening.text));
                Text { set: words.iter().cloned().collect(), words }
            });
            words.iter().all(|word| text.set.contains(word))
                && (words.len() == 1 || text.words.windows(words.len()).any(|part| part == &words[..]))
        })
    }
}

fn level(level: Level) -> u8 {
    level as u8
}
