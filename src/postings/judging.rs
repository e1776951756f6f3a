//! Which opening a new posting belongs to.

use super::{
    ingest::Ready,
    store::{self, Compared, Row},
    written::Placed,
};
use crate::{background::Turn, db::Tx, error::Result, ids::PostingId};
use duplicates::{Kind, Side, Traits, Verdict, judge};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// Stored postings that one new posting is compared with.
const COMPARED: usize = 20;
/// A link or a role that is shared says more than all keys of a text.
const SHARED_KEY: usize = 24;

/// A posting that a new one was compared with.
#[derive(Clone, Copy)]
enum Other {
    Stored(PostingId),
    /// The number of an earlier new one.
    Earlier(usize),
}

/// What was found out about new postings.
pub struct Judged {
    pub placed: Vec<Placed>,
    /// Stored postings that turned out to be an agency's copies of new ones.
    pub copies: Vec<(PostingId, Verdict)>,
}

/// Why a new posting is put to another one.
struct Best {
    other: Other,
    opening: PostingId,
    verdict: Verdict,
}

/// Gives each new posting its opening: that of a stored or an earlier new one, or its own.
pub async fn place(tx: &mut Tx, new: Vec<Ready>, turn: &Turn) -> Result<Judged> {
    let candidates = candidates(tx, &new).await?;
    let wanted: HashSet<PostingId> = candidates.iter().flatten().copied().collect();
    let rows = store::rows(tx, &wanted.into_iter().collect::<Vec<_>>()).await?;
    turn.done(move || compare(new, &candidates, rows)).await
}

/// Compares each new posting with its candidates, and with the new ones before it.
fn compare(new: Vec<Ready>, candidates: &[Vec<PostingId>], rows: Vec<Row>) -> Judged {
    let stored: Vec<Compared> = rows.into_iter().map(Compared::from).collect();
    let known: HashMap<PostingId, (PostingId, Traits<'_>)> =
        stored.iter().map(|posting| (posting.id, (posting.opening_id, posting.traits()))).collect();
    let fresh: Vec<Traits<'_>> = new.iter().map(Ready::traits).collect();
    let mut openings: Vec<PostingId> = Vec::with_capacity(new.len());
    let mut found: Vec<Option<Best>> = Vec::with_capacity(new.len());
    for (number, (ready, candidates)) in new.iter().zip(candidates).enumerate() {
        let best = best(number, &new, &fresh, candidates, &known, &openings);
        openings.push(best.as_ref().map_or(ready.id, |best| best.opening));
        found.push(best);
    }
    drop(fresh);
    let mut judged = Judged { placed: Vec::with_capacity(new.len()), copies: Vec::new() };
    for (ready, best) in new.into_iter().zip(found) {
        judged.add(ready, best);
    }
    judged
}

impl Judged {
    fn add(&mut self, ready: Ready, best: Option<Best>) {
        let Some(Best { other, opening, mut verdict }) = best else {
            let opening = ready.id;
            return self.placed.push(Placed { ready, opening, verdict: None });
        };
        if verdict.kind == Kind::AgencyCopy && verdict.copy == Side::First {
            // The employer's own comes second: the one before is the copy.
            match other {
                Other::Stored(id) => self.copies.push((id, verdict.clone())),
                Other::Earlier(number) => {
                    if let Some(earlier) = self.placed.get_mut(number) {
                        earlier.verdict = Some(verdict.clone());
                    }
                }
            }
            verdict.kind = Kind::Same;
        }
        self.placed.push(Placed { ready, opening, verdict: Some(verdict) });
    }
}

/// The posting that a new one belongs to most plainly: one of its stored candidates, or a new one before it.
fn best(
    number: usize,
    new: &[Ready],
    fresh: &[Traits<'_>],
    candidates: &[PostingId],
    known: &HashMap<PostingId, (PostingId, Traits<'_>)>,
    openings: &[PostingId],
) -> Option<Best> {
    let (own, ready) = fresh.get(number).zip(new.get(number))?;
    let stored = candidates.iter().filter_map(|id| {
        let (opening, traits) = known.get(id)?;
        Some(Best { other: Other::Stored(*id), opening: *opening, verdict: judge(traits, own)? })
    });
    let earlier = new.iter().zip(fresh).zip(openings).enumerate().filter_map(|(number, ((other, traits), opening))| {
        let verdict = worth_comparing(ready, other).then(|| judge(traits, own))??;
        Some(Best { other: Other::Earlier(number), opening: *opening, verdict })
    });
    stored.chain(earlier).max_by_key(|best| (rank(best.verdict.kind), best.verdict.sure))
}

/// Of several verdicts the plainest counts.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Same => 2,
        Kind::Repost => 1,
        Kind::AgencyCopy => 0,
    }
}

/// Whether two new postings share anything by which stored ones are found.
fn worth_comparing(one: &Ready, other: &Ready) -> bool {
    one.role_key == other.role_key
        || (one.link_key.is_some() && one.link_key == other.link_key)
        || one.text_keys.iter().any(|key| other.text_keys.contains(key))
}

/// For each new posting the stored ones to compare it with, those that share most first.
async fn candidates(tx: &mut Tx, new: &[Ready]) -> Result<Vec<Vec<PostingId>>> {
    let links: Vec<&str> = new.iter().filter_map(|ready| ready.link_key.as_deref()).collect();
    let roles: Vec<&str> = new.iter().map(|ready| ready.role_key.as_str()).collect();
    let text_keys: Vec<i64> = new.iter().flat_map(|ready| ready.text_keys.iter().copied()).collect();
    let (mut by_key, mut by_text) = (HashMap::<String, Vec<PostingId>>::new(), HashMap::<i64, Vec<PostingId>>::new());
    for candidate in store::candidates(tx, &unique(links), &unique(roles), &unique(text_keys), COMPARED).await? {
        if let Some(key) = candidate.key {
            by_key.entry(key).or_default().push(candidate.id);
        } else if let Some(key) = candidate.text_key {
            by_text.entry(key).or_default().push(candidate.id);
        }
    }
    let of = |ready: &Ready| {
        let mut shared: HashMap<PostingId, usize> = HashMap::new();
        let keys = ready.link_key.as_deref().into_iter().chain([ready.role_key.as_str()]);
        for id in keys.filter_map(|key| by_key.get(key)).flatten() {
            *shared.entry(*id).or_default() += SHARED_KEY;
        }
        for id in ready.text_keys.iter().filter_map(|key| by_text.get(key)).flatten() {
            *shared.entry(*id).or_default() += 1;
        }
        let mut all: Vec<(PostingId, usize)> = shared.into_iter().collect();
        all.sort_by_key(|(id, shared)| (Reverse(*shared), Reverse(*id)));
        all.into_iter().take(COMPARED).map(|(id, _)| id).collect()
    };
    Ok(new.iter().map(of).collect())
}

fn unique<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}
