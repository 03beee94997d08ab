//! The one suite: a module a noun. Data-driven checks and stories through one harness; nothing sleeps.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]
#![allow(unreachable_pub, reason = "nothing outside the suite reaches it")]

mod agency;
mod board;
mod clean;
mod companions;
mod composed;
mod config;
mod control;
mod crash;
mod credits;
mod daemon;
mod darkroom;
mod dates;
mod desk;
mod docx;
mod encoding;
mod episodes;
mod errand;
mod extent;
mod feeds;
mod front_matter;
mod hand;
mod headings;
mod history;
mod html;
mod identity;
mod inbox;
mod installed;
mod intake;
mod keyed;
mod layers;
mod markdown;
mod markers;
mod media;
mod newsroom;
mod oversized;
mod package;
mod page;
mod pages;
mod podcast;
mod publish;
mod reminder;
mod render;
mod respond;
mod samples;
mod scan;
mod sections;
mod sentences;
mod server;
mod specimens;
mod text;
mod wire;
mod word;
