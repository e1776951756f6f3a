//! What every request can reach: configuration, database, live hub, caches, limits, the taxonomy.

use crate::{
    accounts::{hashing::Hashing, providers::Outside},
    assets::Assets,
    cache::PersonCache,
    config::Config,
    db::Db,
    error::Result,
    ids::UserId,
    jobs::scoring::Fitter,
    letters::mailbox::imap,
    limits::Limits,
    live::{Hub, relay::Relay},
    push, work,
};
use chrono::{DateTime, Utc};
use skills::Taxonomy;
use std::{
    ops::Deref,
    sync::{Arc, OnceLock, PoisonError, RwLock},
    time::Instant,
};
use tokio::sync::{Notify, OnceCell};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Passwords that may wait to be hashed, for each core: a second or so of work.
const HASHES_WAITING: usize = 32;

/// Cheap to clone: one pointer.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub db: Db,
    pub hub: Hub,
    /// The way to other servers.
    pub relay: Relay,
    pub cache: PersonCache,
    /// What was worked out from profiles, with the version of the profile.
    pub fitters: moka::sync::Cache<UserId, (DateTime<Utc>, Option<Arc<Fitter>>)>,
    pub limits: Limits,
    pub assets: Assets,
    pub fetcher: crate::fetch::Fetcher,
    /// Whom one can sign in with.
    pub outside: Outside,
    /// As many password hashes at a time as there are cores: each takes 19 MiB and a core.
    pub hashing: Hashing,
    pub started: Instant,
    /// Cancelled when the server is to stop; sockets close then.
    pub stopping: CancellationToken,
    /// Wakes the worker that sends mail: told after something was put into the outbox.
    pub outbox: Notify,
    /// Wakes the worker that makes exports: told after one was asked for.
    pub exporting: Notify,
    /// Wakes the worker that tells reminders: told when one is planned.
    pub reminding: Notify,
    /// Wakes the worker that sends to devices: told when something was put into their queues.
    pub pushing: Notify,
    /// By what push services know us; made when it is first needed.
    pub push_key: OnceCell<Arc<push::key::Key>>,
    /// Wakes the worker that looks into mailboxes: told when one is connected.
    pub mailboxes: Notify,
    /// Wakes the worker that looks after calendars at Google: told when one is connected.
    pub google_calendars: Notify,
    /// Wakes the worker of the queue: told after something was put into it.
    pub working: Notify,
    /// What became of slow work in this process.
    pub work: work::Numbers,
    /// Held while arrived postings are held against searches: two at it would both count the same room.
    pub looking: tokio::sync::Mutex<()>,
    mail_tls: OnceLock<Arc<rustls::ClientConfig>>,
    /// Small work that goes on after its request was answered; the server waits for it when it stops.
    pub afterwards: TaskTracker,
    /// Everybody's searches, made when postings first arrive.
    pub searches: crate::searches::index::Shared,
    taxonomy: RwLock<Arc<Taxonomy>>,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    pub fn new(config: Config, db: Db) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        App(Arc::new(Parts {
            fetcher: crate::fetch::Fetcher::new(config.fetch_private, config.fetch_mirror.clone()),
            outside: Outside::new(&config.providers, &config.public_url),
            config,
            db,
            hub: Hub::default(),
            relay: Relay::default(),
            cache: PersonCache::default(),
            fitters: moka::sync::Cache::new(10_000),
            limits: Limits::default(),
            assets: Assets::load(),
            hashing: Hashing::new(cores, cores * HASHES_WAITING),
            started: Instant::now(),
            stopping: CancellationToken::new(),
            outbox: Notify::new(),
            exporting: Notify::new(),
            mailboxes: Notify::new(),
            pushing: Notify::new(),
            push_key: OnceCell::new(),
            google_calendars: Notify::new(),
            working: Notify::new(),
            work: work::Numbers::default(),
            looking: tokio::sync::Mutex::new(()),
            mail_tls: OnceLock::new(),
            reminding: Notify::new(),
            afterwards: TaskTracker::new(),
            searches: crate::searches::index::Shared::default(),
            taxonomy: RwLock::new(Taxonomy::builtin()),
        }))
    }

    /// How servers of mail have to show who they are; made when it is first needed.
    pub fn mail_tls(&self) -> Result<&Arc<rustls::ClientConfig>> {
        if let Some(made) = self.mail_tls.get() {
            return Ok(made);
        }
        let made = imap::tls(&self.config.imap_authorities)?;
        Ok(self.mail_tls.get_or_init(|| made))
    }

    /// The skills and roles known now.
    pub fn taxonomy(&self) -> Arc<Taxonomy> {
        self.taxonomy.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a larger taxonomy in place of the one in use.
    pub fn set_taxonomy(&self, taxonomy: Taxonomy) {
        *self.taxonomy.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(taxonomy);
        self.fitters.invalidate_all();
        self.cache.clear();
    }
}
