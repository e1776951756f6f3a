//! Sources: each kind is read as its board documents it, its faults are told apart, and nobody is asked more than they want to be.

use boards::address::place;
use career_copilot::{
    db,
    ids::SourceId,
    sources::{
        admin,
        store::{self, Row},
        visits::{self, Visit},
    },
    state::App,
};
use chrono::TimeDelta;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/crates/boards/tests/fixtures/", $name)).as_slice()
    };
}

mod choosing;
mod kinds;
mod visiting;

const CRUMB: &str = "boards-api.greenhouse.io/v1/boards/crumb/jobs";

/// A source of this address, due now. Nothing is put into the queue: the story visits it itself.
async fn source(app: &App, address: &str) -> SourceId {
    let place = place(address).unwrap_or_else(|refused| panic!("{address}: {refused}"));
    let mut tx = app.db.begin().await.expect("a transaction");
    let at = db::now() - TimeDelta::seconds(1);
    let id = store::add(&mut tx, &place, address, at).await.expect("a source");
    tx.commit().await.expect("kept");
    id
}

async fn visit(app: &App, id: SourceId) -> Visit {
    visits::visit(app, id, &|| true).await.expect("the database works")
}

/// Visits although it is not time.
async fn again(app: &App, id: SourceId) -> Visit {
    let mut tx = app.db.begin().await.expect("a transaction");
    assert!(admin::store::retry(&mut tx, id, db::now() - TimeDelta::seconds(1)).await.expect("it works"));
    tx.commit().await.expect("kept");
    visit(app, id).await
}

async fn row(app: &App, id: SourceId) -> Row {
    store::get(&app.db, id).await.expect("it works").expect("a source")
}
