//! What an answer costs without its socket, as `cargo bench` prints it: nanoseconds of the fastest of many rounds. Under
//! `valgrind --tool=callgrind --toggle-collect='*answer*'` it counts instructions: `cargo bench -- ROUNDS` keeps it short.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::Request;
use http::request::Parts;
use syndicated::edition::{Coding, Document, Edition, Found, Kind};
use syndicated::respond::{self, Policy, Reply};

/// Answers in a round.
const ANSWERS: u32 = 1000;

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(300);
    let policy = Policy::new("https://news.example", Duration::from_secs(300));
    let edition = Edition::new(64 << 20);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for path in ["sports/football/rss.xml", "体育/足球/rss.xml", "sports/index.html"] {
        let body = "<item><title>One of fifty</title></item>\n".repeat(3500);
        let document = Arc::new(Document::new(path, Kind::of(path).unwrap(), body, chrono::DateTime::UNIX_EPOCH));
        edition.put(Document::clone(&document));
        for coding in Coding::ALL {
            runtime.block_on(edition.coded(&document, coding)).unwrap();
        }
        let etag = document.weak_etag().to_str().unwrap().to_owned();
        let uri = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        let request = |condition: Option<&str>| {
            let mut request =
                Request::get(percent_encoding::utf8_percent_encode(&uri, percent_encoding::CONTROLS).to_string())
                    .header("host", "news.example")
                    .header("user-agent", "Reader/1.0 (+https://reader.example)")
                    .header("accept", "*/*")
                    .header("accept-encoding", "gzip, deflate");
            if let Some(etag) = condition {
                request =
                    request.header("if-none-match", etag).header("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT");
            }
            request.body(()).unwrap().into_parts().0
        };
        for (name, request) in [("304", request(Some(&etag))), ("200", request(None))] {
            let mut best = Duration::MAX;
            for _ in 0..rounds {
                let began = Instant::now();
                for _ in 0..ANSWERS {
                    black_box(answer(&policy, &edition, black_box(&request)));
                }
                best = best.min(began.elapsed());
            }
            println!("{name} {path}: {} ns", best.as_nanos() / u128::from(ANSWERS));
        }
    }
}

/// As the server does it for what is in memory.
#[inline(never)]
fn answer(policy: &Policy, edition: &Edition, request: &Parts) -> Reply {
    let target = respond::target(policy, request).unwrap();
    let found = Found::Document(edition.get(&target.path).unwrap());
    if let Found::Document(document) = &found {
        black_box(respond::wanted(document, request));
    }
    respond::respond(policy, &target, &found, request)
}
