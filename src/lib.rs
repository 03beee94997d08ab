//! `syndicated` watches an inbox of article files and keeps RSS, Atom and JSON feeds of its sections current.
//!
//! The `mod` lines below, in groups, are the layering: a group imports only from the groups before it, never from a
//! neighbour in its own group. `tests/suite/layers.rs` holds this.

pub mod moment;
pub mod mount;
pub mod name;

pub mod dropped;
pub mod rejection;
pub mod section;

pub mod article;

pub mod catalogue;
pub mod clean;
pub mod config;
pub mod edition;
pub mod inbox;
pub mod ledger;
pub mod parse;
pub mod render;

pub mod intake;
pub mod publish;
pub mod respond;

pub mod control;
pub mod server;

pub mod daemon;

pub mod cli;
