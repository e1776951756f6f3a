//! What a request may do, as a set.

use super::Scope;

/// Reading is always part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    pub write: bool,
    pub admin: bool,
}

impl Scopes {
    /// The set of these.
    pub fn of(list: &[Scope]) -> Self {
        Scopes { write: list.contains(&Scope::Write), admin: list.contains(&Scope::Admin) }
    }

    /// The set in a fixed order.
    pub fn list(self) -> Vec<Scope> {
        let each = [(true, Scope::Read), (self.write, Scope::Write), (self.admin, Scope::Admin)];
        each.into_iter().filter_map(|(has, scope)| has.then_some(scope)).collect()
    }

    /// What both allow.
    pub fn and(self, other: Self) -> Self {
        Scopes { write: self.write && other.write, admin: self.admin && other.admin }
    }

    /// As it is stored: words divided by spaces.
    pub fn words(self) -> String {
        let word = |scope: &Scope| match scope {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        };
        self.list().iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Reads what [`Scopes::words`] wrote; a word that is not known allows nothing.
    pub fn read(words: &str) -> Self {
        let has = |word: &str| words.split(' ').any(|one| one == word);
        Scopes { write: has("write"), admin: has("admin") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_as_it_was_written() {
        for (write, admin, words) in [
            (false, false, "read"),
            (true, false, "read write"),
            (false, true, "read admin"),
            (true, true, "read write admin"),
        ] {
            let scopes = Scopes { write, admin };
            assert_eq!(scopes.words(), words);
            assert_eq!(Scopes::read(words), scopes);
            assert_eq!(Scopes::of(&scopes.list()), scopes);
        }
        assert_eq!(Scopes::read("rewrite administer"), Scopes::default());
    }

    #[test]
    fn a_token_has_no_more_than_its_person() {
        let all = Scopes { write: true, admin: true };
        let writer = Scopes { write: true, admin: false };
        assert_eq!(all.and(writer), writer);
        assert_eq!(Scopes::default().and(all), Scopes::default());
    }
}
