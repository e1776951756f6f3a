//! Several servers that tell each other by Redis what happened, and do without it when it is away.

use crate::support::{executable::server_program, *};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A Redis of our own, which keeps nothing; stopped when dropped.
struct Redis(Child);

impl Redis {
    fn start(program: &Path, port: u16, folder: &Path) -> Self {
        let child = Command::new(program)
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        Redis(child)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until a server says this of Redis.
async fn until(app: &TestApp, status: &str) {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let health = app.anybody().get("/api/v1/health").await.ok();
        if health["components"]["redis"]["status"] == status {
            assert_eq!(health["status"], status, "{health}");
            return;
        }
        assert!(Instant::now() < patience, "{status} is awaited: {health}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

story! {
    async fn what_happens_at_one_server_shows_at_the_other(app: TestApp) {
        let Some(program) = server_program("redis-server", "WITHOUT_REDIS") else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|port| port.local_addr()).expect("a port").port();
        let redis = Redis::start(&program, port, folder.path());
        let url = format!("redis://127.0.0.1:{port}");
        let app = app.restarted(&[("REDIS_URL", &url)]).await;
        let other = TestApp::start(app.database.clone(), &[("REDIS_URL", &url)]).await;
        until(&app, "ok").await;
        until(&other, "ok").await;
        let ann = app.person("ann").await;
        let mut socket = ann.browser().await.live(None).await;
        let there = ann.moved(&other);
        for n in 0..20 {
            there.job(postings::titled(&format!("Baker {n}"))).await;
            // A server that is told looks into the database every ten seconds only: this comes by Redis.
            let event = socket.next_within(Duration::from_secs(5)).await.expect("an event from the other server");
            assert_eq!((&event["kind"], &event["seq"]), (&json!("job.created"), &json!(n + 1)));
        }
        // Away: everything works, by looking, and both say so.
        drop(redis);
        until(&app, "degraded").await;
        until(&other, "degraded").await;
        there.job(postings::titled("Miller")).await;
        assert_eq!(socket.next_within(Duration::from_secs(5)).await.expect("an event")["seq"], 21);
        // And back.
        let _redis = Redis::start(&program, port, folder.path());
        until(&app, "ok").await;
        until(&other, "ok").await;
        there.job(postings::titled("Orchard keeper")).await;
        assert_eq!(socket.next_within(Duration::from_secs(5)).await.expect("an event")["seq"], 22);
        // An account that ends there ends here.
        let fields = [("typed", ann.email.as_str()), ("current_password", &ann.password), ("at_once", "true")];
        there.browser().await.call("close_account", &fields).await.ok();
        assert!(socket.is_closed().await);
        other.stopped().await;
        app.stopped().await;
    }
}
