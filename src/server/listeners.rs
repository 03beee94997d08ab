//! Which listeners are open: told when the server begins, and again whenever others shall be.

use std::future::Future;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Listener;

/// How long it is waited until a listener is closed. Its task hears of that at once, unless the server is full and somebody who
/// came in has yet to get a place.
const CLOSING: Duration = Duration::from_secs(2);

/// Opens and closes listeners while the server runs.
pub struct Keeper(mpsc::Sender<Order>);

/// The listeners that are open at first, and word of those that shall be later.
pub struct Listeners {
    open: Vec<Arc<Listener>>,
    orders: mpsc::Receiver<Order>,
}

struct Order {
    open: Vec<Arc<Listener>>,
    done: SyncSender<()>,
}

/// A listener with the task that accepts at it.
struct Accepting {
    listener: Arc<Listener>,
    /// Dropped, it ends the task.
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Keeper {
    /// A keeper, and the listeners it keeps: these at first.
    #[must_use]
    pub fn new(open: Vec<Arc<Listener>>) -> (Self, Listeners) {
        let (keeper, orders) = mpsc::channel(1);
        (Self(keeper), Listeners { open, orders })
    }

    /// Has these listeners open from now on, and no others: those are closed when it returns, unless that takes long. Who has come
    /// in stays. Must not be called on a thread that serves.
    pub fn set(&self, open: Vec<Arc<Listener>>) {
        let (done, told) = sync_channel(1);
        if self.0.try_send(Order { open, done }).is_ok() {
            let _ = told.recv_timeout(2 * CLOSING);
        }
    }
}

impl Listeners {
    /// Has `receive` accept at each open listener until `shutdown` resolves; returns when all have ended.
    pub(super) async fn accept<F>(
        self,
        receive: impl Fn(Arc<Listener>, watch::Receiver<()>) -> F,
        shutdown: impl Future<Output = ()>,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let Self { open, mut orders } = self;
        let accepting = |listener: Arc<Listener>| {
            let (stop, stopped) = watch::channel(());
            let task = tokio::spawn(receive(Arc::clone(&listener), stopped));
            Accepting { listener, stop, task }
        };
        let mut all: Vec<Accepting> = open.into_iter().map(accepting).collect();
        let mut shutdown = pin!(shutdown);
        loop {
            let Order { open, done } = tokio::select! {
                () = &mut shutdown => break,
                Some(order) = orders.recv() => order,
            };
            let (kept, closed): (Vec<_>, Vec<_>) = mem::take(&mut all)
                .into_iter()
                .partition(|one| open.iter().any(|listener| Arc::ptr_eq(listener, &one.listener)));
            all = kept;
            let _ = timeout(CLOSING, close(closed)).await;
            let is_new = |listener: &Arc<Listener>| !all.iter().any(|one| Arc::ptr_eq(listener, &one.listener));
            let new: Vec<_> = open.into_iter().filter(is_new).collect();
            all.extend(new.into_iter().map(accepting));
            // Nobody there to hear it: they waited no longer.
            let _ = done.try_send(());
        }
        close(all).await;
    }
}

/// Ends what accepts at these listeners.
async fn close(listeners: Vec<Accepting>) {
    // All are told before the first is waited for.
    let (tasks, stops): (Vec<_>, Vec<_>) =
        listeners.into_iter().map(|Accepting { listener: _, stop, task }| (task, stop)).unzip();
    drop(stops);
    for task in tasks {
        // One that panicked has ended as well.
        let _ = task.await;
    }
}
