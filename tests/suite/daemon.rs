//! The program as its users meet it: the built binary over a folder of its own, spoken to by files, commands, signals and HTTP.

mod admin;
mod commands;
mod drops;
mod follows;
mod keeping;
pub mod program;
mod reading;
mod reloads;
mod scarce;
mod signals;
mod sockets;
mod supervised;
