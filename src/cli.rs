//! The command line: one function a command. Exit codes: 0 done; 1 done, but something waits for a person; 2 wrong usage.

mod check;
mod log;
mod manuals;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{Config, ConfigError};
use crate::control::{Reply, Request};
use crate::daemon::{self, DaemonError};

/// The configuration's name where none is given.
const CONFIG: &str = "syndicated.toml";

/// The version; whoever builds a package names the commit with it.
const VERSION: &str = match option_env!("SYNDICATED_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

/// Watches a folder of articles and publishes RSS, Atom and JSON feeds of its sections the moment a file lands.
#[derive(Debug, Parser)]
#[command(name = "syndicated", version = VERSION, max_term_width = 100)]
struct Arguments {
    /// The configuration; without it ./syndicated.toml where that exists, else the built-in defaults
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Watch the inbox, keep the feeds current, serve them (the default)
    Run,
    /// Bring feeds/ up to date with the inbox once, then exit
    Publish,
    /// Read files as the daemon would and publish nothing: show each article found, or why the file is refused
    Check {
        /// One JSON object a file, for programs
        #[arg(long)]
        json: bool,
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// What is published, scheduled, refused, held and doubted; exit code 1 if a person is needed
    Status {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Take articles back
    Withdraw {
        /// Agree that the files now held as missing were meant to go
        #[arg(long)]
        missing: bool,
        /// Ids of articles, or their files in the inbox
        #[arg(required_unless_present = "missing", value_name = "ID|FILE")]
        targets: Vec<String>,
    },
    /// Undo a withdrawal
    Restore {
        /// Ids of articles, or their files in the inbox
        #[arg(required = true, value_name = "ID|FILE")]
        targets: Vec<String>,
    },
    /// Print the configuration in force, every key with its value, as TOML
    Config,
    /// Copy catalogue, ledger and configuration into a new folder, also while the daemon runs
    Backup {
        /// A folder that is empty or does not exist yet
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Write manual pages and shell completions into a folder: for packages
    #[command(hide = true)]
    Manuals {
        /// Made where it is missing
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; where they cannot be printed there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    log::start();
    let path = arguments.config;
    let outcome = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => run_daemon(path.as_deref()),
        Command::Publish => publish(path.as_deref()),
        Command::Check { json, files } => configuration(path.as_deref()).map_err(Failure::from).and_then(|config| {
            let mut out = io::stdout().lock();
            check::check(&config, &files, json, &mut out).map_err(Failure::Output)
        }),
        Command::Status { json } => order(path.as_deref(), &Request::Status, json),
        Command::Withdraw { missing, targets } => {
            order(path.as_deref(), &Request::Withdraw { targets: absolute(targets), missing }, false)
        }
        Command::Restore { targets } => order(path.as_deref(), &Request::Restore { targets: absolute(targets) }, false),
        Command::Config => {
            configuration(path.as_deref()).map_err(Failure::from).and_then(|config| say(&config.to_toml()).map(|()| 0))
        }
        Command::Backup { folder } => back_up(path.as_deref(), &folder),
        Command::Manuals { folder } => {
            manuals::write(&Arguments::command(), &folder).map(|()| 0).map_err(|error| Failure::Manuals(folder, error))
        }
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        // The one who reads has gone (`| head`): nothing to complain of.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&format!("syndicated: {failure}"));
            let mut cause = std::error::Error::source(&failure);
            while let Some(error) = cause {
                let text = error.to_string();
                if !failure.to_string().contains(&text) {
                    complain(&format!("  {text}"));
                }
                cause = error.source();
            }
            ExitCode::from(2)
        }
    }
}

/// A command that could not be carried out.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Daemon(#[from] DaemonError),
    #[error("{}: {source}", .0.display(), source = .1)]
    Manuals(PathBuf, #[source] io::Error),
    #[error("the answer cannot be written: {0}")]
    Output(#[source] io::Error),
}

fn run_daemon(path: Option<&Path>) -> Result<u8, Failure> {
    // Read again from where it was read at first: should that be gone, the defaults are not what is meant.
    let path = written(path);
    daemon::run(|| configuration(path))?;
    Ok(0)
}

fn publish(path: Option<&Path>) -> Result<u8, Failure> {
    let reply = daemon::publish_once(&configuration(path)?)?;
    let summary = reply.text.lines().next().unwrap_or_default();
    complain(summary);
    Ok(u8::from(reply.code != 0))
}

fn back_up(path: Option<&Path>, folder: &Path) -> Result<u8, Failure> {
    let config = configuration(path)?;
    daemon::back_up(&config, written(path), folder)?;
    say(&format!("catalogue, ledger and configuration are in {}; keep the inbox with them\n", folder.display()))?;
    Ok(0)
}

/// Has the daemon do it, and tells what came of it.
fn order(path: Option<&Path>, request: &Request, json: bool) -> Result<u8, Failure> {
    let config = configuration(path)?;
    let Reply { code, value, text } = daemon::order(&config, request)?;
    if json {
        say(&format!("{value:#}\n"))?
    } else {
        say(&text)?
    }
    Ok(u8::try_from(code).unwrap_or(1))
}

/// The configuration in force.
fn configuration(path: Option<&Path>) -> Result<Config, ConfigError> {
    written(path).map_or_else(|| Ok(Config::default()), Config::read)
}

/// The file it is written in; none: everything has its default.
fn written(path: Option<&Path>) -> Option<&Path> {
    path.or(Some(Path::new(CONFIG)).filter(|path| path.exists()))
}

/// Files as the person named them, made absolute: the daemon stands elsewhere. Ids stay as they are.
fn absolute(targets: Vec<String>) -> Vec<String> {
    let file = |target: &String| {
        let path = Path::new(target);
        // The file itself may be gone; the folder it was in tells where that was.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = std::fs::canonicalize(folder).ok()?;
        let name = path.file_name()?;
        let is_file = path.exists() || target.contains('/') && !target.contains(':');
        is_file.then(|| folder.join(name).to_string_lossy().into_owned())
    };
    targets.into_iter().map(|target| file(&target).unwrap_or(target)).collect()
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Tells standard error. Where that cannot be written to, the exit code alone says how it went.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
