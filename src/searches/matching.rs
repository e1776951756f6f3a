//! Who wants the postings that arrived: asked of the index, scored for each person, and written for all of them at once.

use super::{
    index::{self, Known, Name, Parts},
    matches::{self, New},
};
use crate::{
    background::{self, Turn},
    db,
    error::Result,
    feedback,
    ids::UserId,
    jobs::scoring::{self, Facts, Fitter, Reader},
    postings::{self, Stored},
    profile,
    state::App,
    work::{self, Order, Priority, Task},
};
use searching::Hit;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use tokio::sync::OwnedRwLockReadGuard;

/// Postings held against everybody's searches at a time.
const AT_ONCE: usize = 250;
/// Matches that a person gets in a day, and how many of those are kept for what reaches their threshold: what comes first does not
/// keep out what is better.
pub const MOST_A_DAY: usize = 300;
const FOR_THE_BEST: usize = 100;

/// Holds postings that arrived against everybody's searches. What people want is written, and delivered by the queue; answers with how
/// many matches are new. Asked again with the same postings, it finds nothing new.
pub async fn look(app: &App, new: &[Stored]) -> Result<u32> {
    let mut written = 0;
    for some in new.chunks(AT_ONCE) {
        let turn = background::turn().await?;
        let known = index::fresh(app).await?;
        if !known.index.is_empty() {
            written += hold(app, known, some.into(), &turn).await?;
        }
    }
    if written > 0 {
        app.working.notify_one();
    }
    Ok(written)
}

/// Holds what arrived and was not looked at yet against everybody's searches; answers with how many matches are new. What a server
/// that died had begun is looked at once more, and finds nothing twice.
pub async fn catch_up(app: &App) -> Result<u32> {
    let _alone = app.looking.lock().await;
    let mut written = 0;
    loop {
        let ids = postings::store::to_look_at(&app.db, AT_ONCE as i64).await?;
        if ids.is_empty() {
            return Ok(written);
        }
        written += look(app, &postings::store::by_ids(&app.db, &ids).await?).await?;
        postings::store::looked_at(&app.db, &ids, db::now()).await?;
    }
}

async fn hold(app: &App, known: OwnedRwLockReadGuard<Known>, postings: Arc<[Stored]>, turn: &Turn) -> Result<u32> {
    let (known, found) = {
        let postings = postings.clone();
        turn.done(move || {
            let found = wanted_by(&known, &postings);
            (known, found)
        })
        .await?
    };
    if found.is_empty() {
        return Ok(0);
    }
    let users: Vec<UserId> = found.keys().copied().collect();
    let people = People::of(app, &users).await?;
    let room = Room::of(app, &users).await?;
    let taxonomy = app.taxonomy();
    let choice = turn
        .done(move || {
            let nobody = Fitter::nobody(taxonomy);
            let mut reader = Reader::new(&nobody);
            let jobs: Vec<matching::Job> = postings.iter().map(|posting| reader.job(&posting.facts())).collect();
            let parts: Vec<Parts> = postings.iter().map(Parts::of).collect();
            let mut choice = Choice::default();
            for (user, hits) in found {
                let scored = people.score(user, hits, &postings, &jobs);
                let kept = choice.choose(user, scored, room.of_user(user), people.threshold(user));
                for (at, score, hit) in kept {
                    let Some((posting, parts)) = postings.get(at).zip(parts.get(at)) else { continue };
                    let why = known.index.words(&hit, &parts.opening(posting));
                    choice.new.push(New { user, posting: posting.id, search: hit.search.1, score, why });
                }
            }
            choice
        })
        .await?;
    write(app, choice, turn).await
}

/// A posting by its place in the list, and the search that wants it.
type Found = (usize, Hit<Name>);

/// For each person the postings that a search of theirs wants, each once: of several searches the one that fits best.
fn wanted_by(known: &Known, postings: &[Stored]) -> BTreeMap<UserId, Vec<Found>> {
    let mut all: BTreeMap<UserId, Vec<Found>> = BTreeMap::new();
    for (at, posting) in postings.iter().enumerate() {
        let parts = Parts::of(posting);
        for hit in known.index.find(&parts.opening(posting)) {
            let own = all.entry(hit.search.0).or_default();
            match own.last_mut().filter(|(last, _)| *last == at) {
                Some((_, best)) if rank(&hit) > rank(best) => *best = hit,
                Some(_) => {}
                None => own.push((at, hit)),
            }
        }
    }
    all
}

fn rank(hit: &Hit<Name>) -> (u16, Reverse<u16>, Reverse<Name>) {
    (hit.why.skills, Reverse(hit.why.source_rank), Reverse(hit.search))
}

impl Stored {
    /// What the score looks at.
    pub fn facts(&self) -> Facts<'_> {
        Facts { location: &self.location, remote: self.remote, level: self.level, asks: &self.asks }
    }
}

/// The people for whom something was found.
struct People {
    fitters: HashMap<UserId, Option<Arc<Fitter>>>,
    hidden: HashMap<UserId, HashSet<String>>,
}

impl People {
    async fn of(app: &App, users: &[UserId]) -> Result<Self> {
        let mut fitters = HashMap::with_capacity(users.len());
        for (user, version) in profile::store::versions(&app.db, users).await? {
            fitters.insert(user, scoring::fitter_at(app, user, version).await?);
        }
        Ok(People { fitters, hidden: feedback::store::hidden_keys_of(&app.db, users).await? })
    }

    /// The score with each, and none of companies they hid.
    fn score(&self, user: UserId, found: Vec<Found>, postings: &[Stored], jobs: &[matching::Job]) -> Vec<Scored> {
        let fitter = self.fitters.get(&user).and_then(Option::as_deref);
        let hidden = self.hidden.get(&user);
        let of = |(at, hit): Found| {
            let posting = postings.get(at)?;
            if hidden.is_some_and(|hidden| hidden.contains(&posting.company_key)) {
                return None;
            }
            let score = fitter.zip(jobs.get(at)).map(|(fitter, job)| fitter.scorer.total(job));
            Some((at, score, hit))
        };
        found.into_iter().filter_map(of).collect()
    }

    fn threshold(&self, user: UserId) -> Option<u8> {
        self.fitters.get(&user).and_then(Option::as_deref).map(|fitter| fitter.threshold)
    }
}

/// A posting by its place in the list, its score, and the search that wants it.
pub type Scored = (usize, Option<u8>, Hit<Name>);

/// How many matches people got today.
pub struct Room(HashMap<UserId, i64>);

impl Room {
    /// Of these people.
    pub async fn of(app: &App, users: &[UserId]) -> Result<Self> {
        Ok(Room(matches::found_on(&app.db, users, db::now().date_naive()).await?))
    }

    /// How many more one of them gets.
    pub fn of_user(&self, user: UserId) -> usize {
        let found = self.0.get(&user).copied().unwrap_or_default();
        MOST_A_DAY.saturating_sub(usize::try_from(found).unwrap_or(usize::MAX))
    }
}

/// What is to be written.
#[derive(Default)]
pub struct Choice {
    pub new: Vec<New>,
    /// How many of each person are left out because there are too many.
    pub left_out: BTreeMap<UserId, u32>,
}

impl Choice {
    /// The best of what was found for a person, as many as there is room for; counts the others.
    pub fn choose(&mut self, user: UserId, mut found: Vec<Scored>, room: usize, threshold: Option<u8>) -> Vec<Scored> {
        found.sort_by_key(|(at, score, hit)| (Reverse(*score), Reverse(hit.why.skills), hit.why.source_rank, *at));
        let all = found.len();
        let good = |score: Option<u8>| score.zip(threshold).is_some_and(|(score, threshold)| score >= threshold);
        // Without scores nothing is better than what comes first.
        let kept_free = if threshold.is_some() { FOR_THE_BEST } else { 0 };
        let best = found.iter().take_while(|(_, score, _)| good(*score)).count();
        let others = room.saturating_sub(kept_free).saturating_sub(best.min(room));
        found.truncate(room.min(best + others));
        let left_out = u32::try_from(all - found.len()).unwrap_or(u32::MAX);
        if left_out > 0 {
            *self.left_out.entry(user).or_default() += left_out;
        }
        found
    }
}

/// Writes matches and asks the queue to deliver them, in one transaction; how many are new. It takes a turn to hold.
pub async fn write(app: &App, mut choice: Choice, _: &Turn) -> Result<u32> {
    // In one order on every server, so that none waits for another that waits for it.
    choice.new.sort_by_key(|new| (new.user, new.posting));
    let at = db::now();
    let mut tx = app.db.begin().await?;
    let written = matches::insert(&mut tx, &choice.new, at).await?;
    let people: std::collections::BTreeSet<UserId> = written.keys().chain(choice.left_out.keys()).copied().collect();
    let count = |user: &UserId| {
        let left_out = choice.left_out.get(user).copied().unwrap_or_default();
        (*user, written.get(user).copied().unwrap_or_default(), left_out)
    };
    let counts: Vec<_> = people.iter().map(count).collect();
    matches::count_days(&mut tx, at.date_naive(), &counts).await?;
    for user in people.iter().filter(|user| written.contains_key(user)) {
        work::put(&mut tx, &delivering(*user)).await?;
    }
    tx.commit().await?;
    Ok(written.values().sum())
}

/// What brings a person what was found for them.
pub fn delivering(user: UserId) -> Order {
    Order {
        task: Task::Deliver { user },
        priority: Priority::Now,
        run_at: db::now(),
        once: Some(format!("deliver {user}")),
        user: Some(user),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SearchId;
    use searching::{Index, Opening, Search};

    fn scored(scores: &[u8]) -> Vec<Scored> {
        let user = UserId::fresh();
        let search = Search { titles: vec!["Baker".into()], ..Search::default() };
        let index = Index::of([((user, SearchId::fresh()), &search)].into_iter());
        let hit = index.find(&Opening { title: "Baker", ..Opening::default() }).pop().expect("a hit");
        scores.iter().enumerate().map(|(at, score)| (at, Some(*score), hit.clone())).collect()
    }

    fn kept(scores: &[u8], room: usize) -> (Vec<u8>, u32) {
        let (mut choice, user) = (Choice::default(), UserId::fresh());
        let kept = choice.choose(user, scored(scores), room, Some(70));
        (kept.into_iter().filter_map(|(_, score, _)| score).collect(), choice.left_out.get(&user).copied().unwrap_or(0))
    }

    #[test]
    fn the_best_come_first_and_the_rest_is_counted() {
        assert_eq!(kept(&[50, 90, 70], MOST_A_DAY), (vec![90, 70, 50], 0));
        assert_eq!(kept(&[50, 90, 70, 60], FOR_THE_BEST), (vec![90, 70], 2), "what is left is for the best");
        assert_eq!(kept(&[50, 90, 70, 60], FOR_THE_BEST + 3), (vec![90, 70, 60], 1));
        assert_eq!(kept(&[90, 80, 75], 2), (vec![90, 80], 1));
        assert_eq!(kept(&[90], 0), (vec![], 1));
    }
}
