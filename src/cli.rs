//! The binary's own commands.

use crate::{
    accounts,
    audit::chain::{self, Verdict},
    config::Config,
    db::{self, Db},
    demo,
    error::Error,
    jobs::import::actions::{self as import, Input, Wanted},
    seal, server, session,
    state::App,
    taxonomy, telemetry,
};
use boards::Format;
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// Career Co-Pilot: one place to run a job search and steer a career. Settings come from the environment; see the README.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database up to date and serve (the default).
    Serve {
        /// Make an invented person with half a year of job search, and offer to look around as them.
        #[arg(long)]
        demo: bool,
        /// Leave the schema as it is, and stop with a sentence when it is not the one this version needs: for a role that owns no
        /// table.
        #[arg(long)]
        no_migrate: bool,
    },
    /// Bring the database up to date and stop.
    Migrate,
    /// Read postings from a file or a public board into a person's jobs.
    ImportJobs {
        /// A file, or the address of a public board such as https://boards.greenhouse.io/acme.
        source: String,
        /// E-mail address of the account the jobs go to.
        #[arg(long)]
        user: String,
        /// What the file is; recognised by itself when left out.
        #[arg(long, default_value = "auto")]
        format: String,
        /// The employer, for feeds that do not name it.
        #[arg(long, default_value = "")]
        company: String,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Add the skills and roles of an official ESCO (CSV) or O*NET (text) download to the built-in ones.
    ImportTaxonomy {
        /// The folder it was unpacked to.
        folder: PathBuf,
    },
    /// Make the invented person without serving.
    Demo,
    /// Seal everybody's keys by the SECRET_KEY of now, after it was changed; SECRET_KEY_PREVIOUS names the one before.
    RotateKeys {
        /// Also give everybody another key, and seal by it what theirs had sealed. Stop every server first.
        #[arg(long)]
        people: bool,
    },
    /// Check that nothing in the log of accounts was changed, taken out or put in.
    VerifyAudit {
        /// The newest row as an earlier check printed it: it must be there still, with the same hash.
        #[arg(long)]
        head: Option<String>,
    },
}

/// What ends a command: a sentence for the terminal.
type Outcome = Result<(), String>;

/// Parses the command line, runs the command, and reports what went wrong in one sentence.
pub async fn run() -> ExitCode {
    // The first call sets the provider; nothing else in this process does.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let command = Cli::parse().command.unwrap_or(Command::Serve { demo: false, no_migrate: false });
    match execute(command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("career-copilot: {sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command) -> Outcome {
    let mut config = Config::from_env().map_err(say)?;
    telemetry::start(&config);
    if let Command::Serve { demo, .. } = &command {
        config.demo = *demo;
        announce(&config, format!("Career Co-Pilot {}\n{config}", env!("CARGO_PKG_VERSION")));
    }
    let db =
        Db::connect(&config.database_url).await.map_err(|error| format!("DATABASE_URL {}", db::explain(&error)))?;
    match command {
        Command::Serve { no_migrate: true, .. } => db.expect_schema().await?,
        _ => db.migrate().await.map_err(|error| format!("the database could not be brought up to date: {error}"))?,
    }
    let app = App::new(config, db);
    taxonomy::load(&app).await.map_err(say)?;
    if !matches!(command, Command::RotateKeys { .. }) && !seal::opens(&app).await.map_err(say)? {
        return Err("SECRET_KEY is not the one the data was sealed with; if it was changed, name the one before in \
                    SECRET_KEY_PREVIOUS and run `career-copilot rotate-keys`"
            .into());
    }
    match command {
        Command::Serve { demo, .. } => serve(app, demo).await,
        Command::Migrate => close(app, "The database is up to date.").await,
        Command::Demo => {
            demo::make(&app).await.map_err(say)?;
            close(app, "The demo person is there. Start with `serve --demo` to look around as them.").await
        }
        Command::RotateKeys { people } => {
            let keys = server::rotate_keys(&app).await.map_err(say)?;
            let mut words = format!("Keys sealed anew: {keys}. SECRET_KEY_PREVIOUS is not needed any more.");
            if people {
                let exchanged = server::exchange_keys(&app).await.map_err(say)?;
                words += &format!(" People with another key: {exchanged}.");
            }
            close(app, &words).await
        }
        Command::VerifyAudit { head } => {
            let words = verify_audit(&app, head.as_deref()).await?;
            close(app, &words).await
        }
        Command::ImportTaxonomy { folder } => {
            let added = taxonomy::import(&app.db, &folder).await.map_err(say)?;
            let words = format!("{}: {} skills and {} roles read and added.", added.source, added.skills, added.roles);
            close(app, &words).await
        }
        Command::ImportJobs { source, user, format, company, dry_run } => {
            let words = import_jobs(&app, source, &user, &format, company, dry_run).await?;
            close(app, &words).await
        }
    }
}

/// Says it to whoever started the server; where a program reads the log, as one of its lines.
fn announce(config: &Config, words: String) {
    if config.log_json {
        tracing::info!("{}", words.trim());
    } else {
        eprintln!("{words}");
    }
}

async fn serve(app: App, demo: bool) -> Outcome {
    if demo {
        demo::make(&app).await.map_err(say)?;
    }
    let address = app.config.listen;
    let listener =
        TcpListener::bind(address).await.map_err(|error| format!("LISTEN_ADDR {address} cannot be used: {error}"))?;
    announce(&app.config, format!("\n  Open {}\n", app.config.public_url));
    let mut interrupt = signal(SignalKind::interrupt()).map_err(say)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(say)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
    };
    server::serve(app, listener, stop).await.map_err(say)
}

async fn import_jobs(
    app: &App,
    source: String,
    user: &str,
    format: &str,
    company: String,
    dry_run: bool,
) -> Result<String, String> {
    let login = accounts::store::login(&app.db, user).await.map_err(say)?;
    let person = login.ok_or_else(|| format!("there is no account with the address {user}"))?.id;
    let who = session::person(&app.db, person).await.map_err(say)?.ok_or("the account is gone")?;
    let format = Format::parse(format).ok_or_else(|| format!("{format} is not a format"))?;
    let input = if source.starts_with("http://") || source.starts_with("https://") {
        Input::Address(source.clone())
    } else {
        let bytes = std::fs::read(&source).map_err(|error| format!("{source} cannot be read: {error}"))?;
        Input::File { name: source.clone(), bytes }
    };
    let rows = import::read(app, None, Wanted { format, company, input }).await.map_err(say)?;
    let report = if dry_run {
        import::dry_run(app, &who, rows).await
    } else {
        import::take_in(app, &who, rows, &source, None).await
    }
    .map_err(say)?;
    for row in &report.rejected {
        println!("row {}: rejected: {}", row.row, row.reason);
    }
    for row in &report.duplicates {
        let job = row.job_id.map(|id| format!(" ({id})")).unwrap_or_default();
        println!("row {}: duplicate: {}{job}", row.row, row.reason);
    }
    let verb = if dry_run { "would be created" } else { "created" };
    Ok(format!(
        "{} {verb}, {} duplicates, {} rejected.",
        report.created,
        report.duplicates.len(),
        report.rejected.len()
    ))
}

async fn verify_audit(app: &App, head: Option<&str>) -> Result<String, String> {
    let known = head.map(chain::parse_head).transpose().map_err(say)?;
    match chain::verify(&app.db, known).await.map_err(say)? {
        Verdict::Whole { rows, erased, head } => Ok(format!(
            "The log of accounts is whole: {rows} rows, of which {erased} without their erased details.\n\
             Newest row, to be checked next time with --head: {head}"
        )),
        Verdict::Broken { seq, why } => Err(format!("the log of accounts was tampered with: row {seq}: {why}")),
    }
}

async fn close(app: App, words: &str) -> Outcome {
    app.db.close().await;
    println!("{words}");
    Ok(())
}

/// An error as one line; fields are named.
fn say(error: impl Into<Problem>) -> String {
    error.into().0
}

struct Problem(String);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let fields = error.fields();
        let named = fields.iter().map(|(field, message)| format!("{field}: {message}")).collect::<Vec<_>>().join(" ");
        Problem(if named.is_empty() { error.to_string() } else { named })
    }
}

impl From<crate::config::ConfigError> for Problem {
    fn from(error: crate::config::ConfigError) -> Self {
        Problem(error.to_string())
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Problem(error.to_string())
    }
}
