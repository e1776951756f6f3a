//! The app under test: the real router on a free port, in this process.

use super::{Browser, Caller, Database, Engine, Person, SECRET, json};
use career_copilot::{config::Config, db::Db, server, state::App, taxonomy};
use futures_util::FutureExt;
use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::{CancellationToken, DropGuard};

/// Nothing takes this long; a story that does is named instead of holding up all others for ever.
const HANGS: Duration = Duration::from_secs(600);

/// A running app. Cheap to clone; the server stops when the last clone is gone.
#[derive(Clone)]
pub struct TestApp {
    /// The app's own state, for looking at what cannot be seen from outside.
    pub state: App,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    pub database: Arc<Database>,
    stop: CancellationToken,
    server: Arc<tokio::sync::Mutex<Option<JoinHandle<std::io::Result<()>>>>>,
    _guard: Arc<DropGuard>,
}

impl TestApp {
    /// Tells a story on a database of its own, and clears up whatever the end.
    pub async fn tell<F: Future<Output = ()>>(engine: Engine, story: impl FnOnce(TestApp) -> F) {
        let database = Arc::new(Database::fresh(engine).await);
        let told = AssertUnwindSafe(async {
            let app = TestApp::start(database.clone(), &[]).await;
            let hangs = "the story hangs: it has not ended within ten minutes";
            tokio::time::timeout(HANGS, story(app.clone())).await.expect(hangs);
            app.stopped().await;
        })
        .catch_unwind()
        .await;
        database.remove().await;
        if let Err(panic) = told {
            resume_unwind(panic);
        }
    }

    /// Starts the app on `database` with these settings beside the usual ones.
    pub async fn start(database: Arc<Database>, settings: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let listen = listener.local_addr().expect("its address").to_string();
        let state = TestApp::state(&database, &listen, settings).await;
        let stop = CancellationToken::new();
        let server = tokio::spawn(server::serve(state.clone(), listener, stop.clone().cancelled_owned()));
        TestApp {
            state,
            address: format!("http://{listen}"),
            database,
            server: Arc::new(tokio::sync::Mutex::new(Some(server))),
            _guard: Arc::new(stop.clone().drop_guard()),
            stop,
        }
    }

    /// The state of an app on `database`, without a server: nothing happens in it by itself.
    async fn state(database: &Database, listen: &str, settings: &[(&str, &str)]) -> App {
        super::tls();
        let config = Config::read(|name| {
            let given = settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            given.or_else(|| match name {
                "LISTEN_ADDR" => Some(listen.to_owned()),
                "DATABASE_URL" => Some(database.url.clone()),
                "DATA_DIR" => Some(database.folder.path().display().to_string()),
                "JWT_SECRET_KEY" => Some(SECRET.to_owned()),
                // What is due does not depend on when a story is told.
                "ENABLE_SCHEDULER" => Some("false".to_owned()),
                _ => None,
            })
        })
        .expect("the settings are right");
        let db = Db::connect(&config.database_url).await.expect("the database opens");
        db.migrate().await.expect("the migrations run");
        let state = App::new(config, db);
        taxonomy::load(&state).await.expect("the taxonomy loads");
        state
    }

    /// Stops the server; what is left is its database and the state of a process on it, in which nothing happens by itself.
    pub async fn quiet(&self, settings: &[(&str, &str)]) -> App {
        self.stopped().await;
        TestApp::state(&self.database, "127.0.0.1:0", settings).await
    }

    /// Stops as SIGTERM does, and waits until it has.
    pub async fn stopped(&self) {
        self.stop.cancel();
        if let Some(server) = self.server.lock().await.take() {
            server.await.expect("the server does not panic").expect("the server ends well");
        }
    }

    /// Stops, and starts again on the same database.
    pub async fn restarted(&self, settings: &[(&str, &str)]) -> TestApp {
        self.stopped().await;
        TestApp::start(self.database.clone(), settings).await
    }

    /// A second process on the same database, as far as the app can tell.
    pub async fn another_node(&self) -> TestApp {
        TestApp::start(self.database.clone(), &[]).await
    }

    /// Somebody without an account.
    pub fn anybody(&self) -> Caller {
        Caller::new(&self.address)
    }

    /// A browser nobody is signed in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// Opens the account `NAME@example.org` over REST.
    pub async fn person(&self, name: &str) -> Person {
        let (email, password) = (format!("{name}@example.org"), format!("{name} likes long walks"));
        let body = json!({ "email": email, "password": password, "name": name });
        loop {
            let answer = self.anybody().post("/api/v1/auth/register", body.clone()).await;
            // A story with many people opens more accounts than one network may at once.
            match (answer.status, answer.header("retry-after").and_then(|wait| wait.parse().ok())) {
                (429, Some(wait)) => tokio::time::sleep(Duration::from_secs(wait)).await,
                _ => return Person::new(&self.address, &answer.created(), password),
            }
        }
    }
}
