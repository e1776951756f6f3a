use crate::company::Relation as Companies;
use crate::place::{self, Fit};
use crate::text::Likeness;
use crate::title::Relation as Titles;
use crate::{Traits, requisition};

/// Two postings and how their parts compare.
pub struct Pair<'a> {
    pub first: &'a Traits<'a>,
    pub second: &'a Traits<'a>,
    pub companies: Companies,
    pub titles: Titles,
    pub places: Fit,
    /// Both links, without what does not name the posting, are one.
    pub same_link: bool,
    /// Both name the same pay.
    pub same_pay: bool,
}

impl<'a> Pair<'a> {
    pub fn of(first: &'a Traits<'_>, second: &'a Traits<'_>) -> Self {
        let mut ignored = first.place_words.clone();
        ignored.extend_from_slice(&second.place_words);
        Self {
            companies: first.company.relation(&second.company),
            titles: first.title.relation(&second.title, &ignored),
            places: place::fit((&first.places, first.remote), (&second.places, second.remote)),
            same_link: first.link_key().is_some() && first.link_key() == second.link_key(),
            same_pay: first.salary.is_some() && first.salary == second.salary,
            first,
            second,
        }
    }

    /// Whether one of them names no company or no title: then nothing can be said.
    pub fn has_nameless(&self) -> bool {
        [self.first, self.second].iter().any(|one| one.company.written.is_empty() || one.title.written.is_empty())
    }

    pub fn same_source(&self) -> bool {
        self.first.source == self.second.source
    }

    pub fn differences(&self) -> Vec<String> {
        let (first, second) = (self.first, self.second);
        let mut found = first.title.conflicts(&second.title);
        match &self.titles {
            Titles::Equal => {}
            Titles::Apart(mine, theirs) if mine.is_empty() || theirs.is_empty() => {
                found.push("The titles name different roles.".into());
            }
            Titles::Apart(mine, theirs) => {
                found.push(format!("The titles name different roles: “{mine}” and “{theirs}”."));
            }
            // One source that lists both means two.
            Titles::Wider(more) if self.same_source() => {
                found.push(format!("The same source lists both, and one title says more: “{}”.", more.join(" ")));
            }
            Titles::Wider(_) => {}
        }
        if self.same_source()
            && let Some(term) = first.title.only_one_says(&second.title)
        {
            found.push(format!("The same source lists both, and only one title says “{term}”."));
        }
        if self.places == Fit::Apart {
            found.push(format!(
                "They are in different places: {} and {}.",
                first.places.label(),
                second.places.label()
            ));
        }
        let both_name = !first.places.is_empty() && !second.places.is_empty();
        if self.places == Fit::Open && both_name && self.same_source() && !self.same_link {
            let (mine, theirs) = (first.places.label(), second.places.label());
            found.push(format!("The same source lists both, for different places: {mine} and {theirs}."));
        }
        // Only now are the texts read.
        if found.is_empty()
            && self.companies != Companies::Other
            && let Some((mine, theirs)) = requisition::apart(&first.requisitions(), &second.requisitions())
        {
            found.push(format!("They have different numbers: {} and {}.", mine.to_uppercase(), theirs.to_uppercase()));
        }
        found
    }

    /// How alike the texts are; `None` when one says too little.
    pub fn texts(&self) -> Option<Likeness> {
        Likeness::of(self.first.reading(), self.second.reading())
    }

    /// The sentence about the places.
    pub fn place_words(&self) -> String {
        let label = |traits: &Traits<'_>| traits.places.label();
        match self.places {
            Fit::Same => format!("Both are in the same place: {}.", label(self.first)),
            _ if self.first.places.is_empty() || self.second.places.is_empty() => {
                "Only one of them names a place.".into()
            }
            _ => format!("The places go together: {} and {}.", label(self.first), label(self.second)),
        }
    }

    /// The sentence about the titles.
    pub fn title_words(&self) -> String {
        let (mine, theirs) = (&self.first.title.written, &self.second.title.written);
        match &self.titles {
            Titles::Wider(more) => format!("The titles agree, but one says more: “{}”.", more.join(" ")),
            _ if mine == theirs => format!("The titles are the same: “{mine}”."),
            _ => format!("The titles mean the same: “{mine}” and “{theirs}”."),
        }
    }

    /// The sentence about the texts.
    pub fn text_words(texts: Option<Likeness>) -> String {
        match texts {
            None => "One of them has too little text to compare.".into(),
            Some(likeness) if likeness.shared + 0.1 >= likeness.within => {
                format!("The texts are {} % alike.", crate::text::percent(likeness.shared))
            }
            Some(likeness) => {
                format!("{} % of the shorter text is in the longer one.", crate::text::percent(likeness.within))
            }
        }
    }
}
