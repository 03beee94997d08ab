//! What the daemon counts, for whoever measures it: requests, connections, what became of files, and how long things took.
//! Shown in the text format of Prometheus (OpenMetrics).

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// One label with its value.
type Label = [(&'static str, String); 1];

/// The status codes that are answered, so that counting one takes no look-up. Others are rare and looked up.
const USUAL: [u16; 8] = [200, 206, 301, 304, 400, 404, 410, 429];

/// Bounds of the times in which requests are answered, in seconds: from memory, from the disk, and held up.
const ANSWER_BOUNDS: [f64; 9] = [0.000_05, 0.000_2, 0.001, 0.005, 0.02, 0.1, 0.5, 2.5, 10.0];

/// Bounds of the times from a file that lies ready to its feeds, in seconds.
const INTAKE_BOUNDS: [f64; 10] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.5, 10.0, 60.0];

/// Bounds of the times that a comparison of the inbox takes, in seconds.
const SCAN_BOUNDS: [f64; 8] = [0.001, 0.01, 0.1, 0.5, 2.0, 10.0, 60.0, 600.0];

/// The counts of one daemon.
pub struct Metrics {
    registry: Registry,
    usual: [Counter; USUAL.len()],
    requests: Family<Label, Counter>,
    bytes: Counter,
    answering: Histogram,
    connections: Gauge,
    changes: Family<Label, Counter>,
    refusals: Counter,
    intake: Histogram,
    scans: Histogram,
    queue: Gauge,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("syndicated");
        let requests = Family::<Label, Counter>::default();
        registry.register("requests", "Requests answered, by status code", requests.clone());
        let usual = USUAL.map(|status| requests.get_or_create_owned(&label("status", &status.to_string())));
        let bytes = Counter::default();
        registry.register_with_unit("sent", "Bytes of bodies in answers", Unit::Bytes, bytes.clone());
        let answering = Histogram::new(ANSWER_BOUNDS);
        let help = "Time from a request's head to its answer, without the time in which the reader takes it";
        registry.register_with_unit("answer", help, Unit::Seconds, answering.clone());
        let connections = Gauge::default();
        registry.register("connections", "Connections that are open", connections.clone());
        let changes = Family::default();
        registry.register("changes", "What became of articles", changes.clone());
        let refusals = Counter::default();
        registry.register("refusals", "Files refused", refusals.clone());
        let intake = Histogram::new(INTAKE_BOUNDS);
        registry.register_with_unit(
            "intake",
            "Time from an event to the feeds it changed",
            Unit::Seconds,
            intake.clone(),
        );
        let scans = Histogram::new(SCAN_BOUNDS);
        registry.register_with_unit("comparison", "Time to compare inbox and record", Unit::Seconds, scans.clone());
        let queue = Gauge::default();
        registry.register("queue", "Files that wait to be read", queue.clone());
        Self { registry, usual, requests, bytes, answering, connections, changes, refusals, intake, scans, queue }
    }
}

fn label(name: &'static str, value: &str) -> Label {
    [(name, value.to_owned())]
}

impl Metrics {
    /// A request was answered, with so many bytes of body.
    pub fn answered(&self, status: u16, bytes: u64, took: Duration) {
        match USUAL.iter().position(|usual| *usual == status).and_then(|at| self.usual.get(at)) {
            Some(counter) => counter.inc(),
            None => self.requests.get_or_create(&label("status", &status.to_string())).inc(),
        };
        self.bytes.inc_by(bytes);
        self.answering.observe(took.as_secs_f64());
    }

    /// A connection was opened.
    pub fn connected(&self) {
        self.connections.inc();
    }

    /// A connection ended.
    pub fn disconnected(&self) {
        self.connections.dec();
    }

    /// Something became of an article.
    pub fn changed(&self, change: &'static str) {
        self.changes.get_or_create(&label("change", change)).inc();
    }

    /// A file was refused.
    pub fn refused(&self) {
        self.refusals.inc();
    }

    /// What came with an event is in the feeds.
    pub fn taken_in(&self, took: Duration) {
        self.intake.observe(took.as_secs_f64());
    }

    /// Inbox and record were compared.
    pub fn compared(&self, took: Duration) {
        self.scans.observe(took.as_secs_f64());
    }

    /// So many files wait.
    pub fn waiting(&self, files: usize) {
        self.queue.set(i64::try_from(files).unwrap_or(i64::MAX));
    }

    /// All of it, as text.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
