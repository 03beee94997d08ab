//! The listener for whoever looks after the daemon, apart from that for readers: few connections, one request after the other.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tracing::debug;

use super::sending::Sending;
use super::stream::Socket;
use super::{Listener, Listeners, MAX_HEAD, accept};
use crate::reminder::Reminder;
use crate::respond::{self, Inquiry};

/// So many may ask at one time: a monitor, a browser, and whoever comes when something is wrong.
const MAX_CONNECTIONS: usize = 64;

/// How long a connection may last: a monitor opens another one.
const LIFETIME: Duration = Duration::from_secs(60);

/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);

/// What there is to say to an inquiry. Runs on a blocking thread.
pub type Tell = Arc<dyn Fn(Inquiry) -> Result<String, String> + Send + Sync>;

/// Answers inquiries at the listeners that are open until `shutdown` resolves.
pub async fn serve_admin(listeners: Listeners, tell: Tell, shutdown: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    listeners
        .accept(|listener, stopped| receive(listener, Arc::clone(&places), Arc::clone(&tell), stopped), shutdown)
        .await;
}

/// Accepts at one listener until the sender of `stopped` is gone.
async fn receive(listener: Arc<Listener>, places: Arc<Semaphore>, tell: Tell, mut stopped: watch::Receiver<()>) {
    let mut failures = Reminder::default();
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            // They do not stay for long, none of them.
            (place, accept(&listener, &mut failures, || {}).await.0)
        };
        let (place, socket) = tokio::select! {
            _ = stopped.changed() => return,
            accepted = accepted => accepted,
        };
        let tell = Arc::clone(&tell);
        tokio::spawn(async move {
            match socket {
                Socket::Tcp(stream) => converse(stream, tell).await,
                Socket::Unix(stream) => converse(stream, tell).await,
            }
            drop(place);
        });
    }
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, tell: Tell) {
    let answering = service_fn(move |request: Request<Incoming>| {
        let (tell, inquiry) = (Arc::clone(&tell), respond::inquiry(&request.into_parts().0));
        async move {
            let inquiry = match inquiry {
                Ok(inquiry) => inquiry,
                Err(refusal) => return Ok(respond::refuse(&refusal).map(Sending::from)),
            };
            let told = tokio::task::spawn_blocking(move || tell(inquiry)).await;
            let told = told.unwrap_or_else(|_| Err("it cannot be found out".to_owned()));
            Ok::<_, Infallible>(respond::report(inquiry, told).map(Sending::from))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), answering);
    if let Ok(Err(error)) = timeout(LIFETIME, connection).await {
        debug!(%error, "an admin's connection ended early");
    }
}
