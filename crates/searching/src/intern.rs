use std::{borrow::Borrow, collections::HashMap, hash::Hash};

/// Gives every different thing a small number, from 0.
#[derive(Debug)]
pub(crate) struct Numbers<T>(HashMap<T, u32>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Numbers(HashMap::new())
    }
}

impl<T: Eq + Hash> Numbers<T> {
    /// The number of a thing, and whether it is a new one.
    pub fn give(&mut self, thing: T) -> (u32, bool) {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let mut new = false;
        let number = *self.0.entry(thing).or_insert_with(|| {
            new = true;
            next
        });
        (number, new)
    }

    /// The number of a thing that has one.
    pub fn of<Q: Eq + Hash + ?Sized>(&self, thing: &Q) -> Option<u32>
    where
        T: Borrow<Q>,
    {
        self.0.get(thing).copied()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}
