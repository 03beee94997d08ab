//! `syndicated` watches an inbox of article files and keeps RSS, Atom and JSON feeds of its sections current.
//!
//! # How news flows
//!
//! ```text
//!  inbox/ ──hints──▶ settle ──▶ ┌─────────── desk: one thread, owns the record ────────────┐
//!    ▲  └──comparison──▶        │ batch ▶ read (all cores) ▶ one transaction ▶ print       │
//!  people                       └──────────────────────────────┬───────────────────────────┘
//!                                       feeds/ (temp, rename)  │  documents swapped whole
//!  readers ◀── server ◀── respond(document, request) ◀─────────┘
//! ```
//!
//! A file that lies ready in the [`inbox`] is read by [`parse`] into drafts and cleaned by [`clean`]. [`intake`] finds out
//! which articles they are and writes [`catalogue`] and [`ledger`] in one transaction, which also marks the documents that
//! are stale. [`publish`] prints those with [`render`], writes them under `feeds/` and puts them into the [`edition`];
//! [`respond`] and [`server`] hand them out. [`daemon`] owns the threads, [`cli`] the commands.
//!
//! # Layers
//!
//! The `mod` lines below, in groups, are the layering: a group imports only from the groups before it, never from a
//! neighbour in its own group. `tests/suite/layers.rs` holds this.
//!
//! # What always holds
//!
//! 1. The daemon never changes what people put into the inbox. All it writes there are its notices beside
//!    refused files and the page that tells how things stand.
//! 2. Events are hints, the comparison is the truth: a lost, doubled or early event changes when, never what. Start-up,
//!    queue overflow, the periodic rescan and poll mode are one code path, [`intake::compare`].
//! 3. Comparing twice publishes nothing new: same bytes, same validators.
//! 4. One transaction commits the articles and marks their documents stale; a document becomes written, later synced; a
//!    start makes again what is not. A crash after any step is repaired so. Between a drop and its feed nothing is synced
//!    and nothing compressed slowly.
//! 5. A request takes one document, whole. A reader never waits for a writer.
//! 6. A bad file is a [`rejection::Rejection`] that a person mends, never an error that stops the daemon. A panic in a
//!    parser is a rejection too, and so is one that does not come to an end.
//! 7. Only [`render`] knows feed vocabularies, only [`respond`] HTTP's status codes, only [`catalogue`] SQL, only [`inbox`]
//!    the watcher, only [`cli`] and [`daemon`] the configuration. Domain types are not serialised; what is stored or sent has
//!    shapes of its own.
//! 8. Publishing one article costs the same with a hundred articles in the archive as with a million: a listing holds one
//!    row for each section above an article; memory is bounded by settings, not by the archive.
//! 9. Each article's entry is proven well-formed by a parser that did not write it before it may enter a feed.

pub mod escape;
pub mod media_type;
pub mod metrics;
pub mod moment;
pub mod mount;
pub mod name;
pub mod reminder;
pub mod threads;

pub mod address;
pub mod dropped;
pub mod page_number;
pub mod podcast;
pub mod rejection;
pub mod section;

pub mod article;
pub mod package;

pub mod catalogue;
pub mod clean;
pub mod config;
pub mod edition;
pub mod inbox;
pub mod ledger;
pub mod media;
pub mod parse;
pub mod render;

pub mod intake;
pub mod publish;
pub mod respond;

pub mod control;
pub mod server;

pub mod daemon;

pub mod cli;
