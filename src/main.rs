//! The server's executable; everything is in the library.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    career_copilot::cli::run().await
}
