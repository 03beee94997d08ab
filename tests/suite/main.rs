//! The one suite: a module a noun. Data-driven checks and stories through one harness; nothing sleeps.

mod clean;
mod config;
mod control;
mod daemon;
mod dates;
mod desk;
mod encoding;
mod feeds;
mod front_matter;
mod history;
mod html;
mod identity;
mod inbox;
mod layers;
mod markdown;
mod media;
mod newsroom;
mod page;
mod pages;
mod publish;
mod render;
mod respond;
mod samples;
mod server;
mod text;
