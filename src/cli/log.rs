//! Where the program's words go: to the journal with fields where systemd has connected it, else to standard error, where a
//! terminal sees times and colours.

use std::env;
use std::fmt;
use std::io::{self, IsTerminal};

use rustix::fs::fstat;
use tracing::field::{Field, Visit};
use tracing_journald::{Priority, PriorityMappings};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::{RecordFields, VisitOutput};
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{DefaultVisitor, Writer};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What fields begin with that repeat for programs what the words say: `SYNDICATED_CHANGE` in the journal.
const FOR_PROGRAMS: &str = "syndicated.";

/// What is logged where `RUST_LOG` says nothing: our own words. What the libraries say to themselves of a file or a connection names
/// neither, and some of it anybody who connects can have them say as often as they like.
const OWN: &str = "syndicated=info";

/// Begins to log; `RUST_LOG` says how much.
pub(super) fn start() {
    let asked = env::var_os("RUST_LOG").unwrap_or_default();
    let asked = if asked.is_empty() { OWN.into() } else { asked.to_string_lossy() };
    let filter = EnvFilter::try_new(&asked);
    let fault = filter.as_ref().err().map(ToString::to_string);
    begin(filter.unwrap_or_else(|_| EnvFilter::new(OWN)));
    if let Some(fault) = fault {
        tracing::warn!("RUST_LOG is not understood ({asked}: {fault}); write error, warn, info or debug");
    }
}

fn begin(filter: EnvFilter) {
    let is_journal = is_journal();
    if is_journal && let Ok(journal) = tracing_journald::layer() {
        // No news is so urgent that it must stand out.
        let priorities =
            PriorityMappings { info: Priority::Informational, debug: Priority::Debug, ..PriorityMappings::new() };
        let journal = journal.with_field_prefix(None).with_priority_mappings(priorities);
        tracing_subscriber::registry().with(filter).with(journal).init();
        return;
    }
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_target(false)
        .with_ansi(io::stderr().is_terminal())
        // A log that lies on a full disk is lost; complaining of that in the same place would end the program.
        .log_internal_errors(false)
        .fmt_fields(Words);
    if is_journal { log.without_time().init() } else { log.init() }
}

/// Whether standard error leads to the journal: the environment alone says it of every child, wherever that writes.
fn is_journal() -> bool {
    let Ok(stream) = std::env::var("JOURNAL_STREAM") else { return false };
    fstat(io::stderr()).is_ok_and(|stat| stream == format!("{}:{}", stat.st_dev, stat.st_ino))
}

/// The fields of a line for people: all but those for programs.
struct Words;

impl<'writer> FormatFields<'writer> for Words {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut people = People(DefaultVisitor::new(writer, true));
        fields.record(&mut people);
        people.0.finish()
    }
}

struct People<'a>(DefaultVisitor<'a>);

impl Visit for People<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if !field.name().starts_with(FOR_PROGRAMS) {
            self.0.record_str(field, value);
        }
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.0.record_error(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if !field.name().starts_with(FOR_PROGRAMS) {
            self.0.record_debug(field, value);
        }
    }
}
