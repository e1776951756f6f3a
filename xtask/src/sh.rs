//! Running programs and telling what is going on.

use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a step gives, or one sentence that says what went wrong.
pub type Done<T = ()> = Result<T, String>;

/// Runs a program with our output and without input; an error names the program and how it ended.
pub fn run(command: &mut Command) -> Done {
    let status = command.stdin(Stdio::null()).status().map_err(|e| format!("{}: {e}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", shown(command))) }
}

/// Runs a program that has nothing to say unless it fails; then all it said is told.
pub fn quiet(command: &mut Command) -> Done {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{}: {e}", name(command)))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("`{}` failed ({})\n{}", shown(command), output.status, String::from_utf8_lossy(&said)))
}

/// Runs a program and gives what it wrote to its standard output, trimmed; its errors go to ours.
pub fn read(command: &mut Command) -> Done<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("{}: {e}", name(command)))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", shown(command), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Runs a program, passing its standard output through line by line to ours and to `seen`. True when it succeeded.
pub fn watch(command: &mut Command, mut seen: impl FnMut(&str)) -> Done<bool> {
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|e| format!("{}: {e}", name(command)))?;
    let mut stdout = BufReader::new(child.stdout.take().ok_or("a piped output is missing")?);
    let mut line = Vec::new();
    loop {
        line.clear();
        if stdout.read_until(b'\n', &mut line).map_err(|e| e.to_string())? == 0 {
            break;
        }
        // A closed terminal is no reason to stop testing.
        let _ = std::io::stdout().write_all(&line);
        seen(&String::from_utf8_lossy(&line));
    }
    Ok(child.wait().map_err(|e| e.to_string())?.success())
}

/// Announces a step, does it, and says how long it took.
pub fn step<T>(title: &str, work: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("── {title}");
    let start = Instant::now();
    let done = work();
    match &done {
        Ok(_) => println!("   {title}: {}", seconds(start.elapsed())),
        Err(message) => println!("   {title}: failed after {}: {message}", seconds(start.elapsed())),
    }
    done
}

/// A duration for people: `0.4 s`, `12.0 s`, `3 min 05 s`.
pub fn seconds(time: Duration) -> String {
    let all = time.as_secs_f64();
    if all < 120.0 { format!("{all:.1} s") } else { format!("{} min {:02} s", all as u64 / 60, all as u64 % 60) }
}

/// The first program of this name on the PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| is_program(file))
}

/// True for a file that may be executed.
pub fn is_program(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    file.is_file()
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
