//! What a package carries besides the program: its manual pages and what shells need to complete its commands, written into a
//! folder from the same words as `--help` and the commented sample of the configuration.

use std::fs;
use std::io;
use std::path::Path;

use clap::{ArgAction, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

/// Every key with its default and what it is, in comments.
const SAMPLE: &str = include_str!("../../systemd/syndicated.toml");

/// Writes all of it.
///
/// # Errors
/// When the folder cannot be made or written.
pub(super) fn write(command: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("syndicated.1"), manual(command)?)?;
    fs::write(folder.join("syndicated.toml.5"), settings()?)?;
    let mut shown = shown(command);
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut shown, "syndicated", folder)?;
    }
    Ok(())
}

/// The program without the commands that its help does not name: shells would offer them.
fn shown(command: &Command) -> Command {
    Command::new("syndicated")
        .args(command.get_arguments())
        .subcommands(command.get_subcommands().filter(|command| !command.is_hide_set()))
        .version(super::VERSION)
}

/// One page for the program and all its commands.
fn manual(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone()).manual("syndicated").section("1");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold("syndicated"), roman(" [--config FILE] [COMMAND]")]);
    roff.to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        roff.control("TP", []);
        let mut usage = vec![bold(command.get_name())];
        for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
            let name = match argument.get_long() {
                Some(long) => format!(" [--{long}]"),
                None => {
                    let many = if matches!(argument.get_action(), ArgAction::Append) { "..." } else { "" };
                    format!(" {}{many}", argument.get_value_names().unwrap_or_default().join(" "))
                }
            };
            usage.push(roman(name));
        }
        roff.text(usage);
        roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
        for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
            if let (Some(long), Some(help)) = (argument.get_long(), argument.get_help()) {
                roff.control("br", []);
                roff.text([bold(format!("--{long}")), roman(format!(": {help}"))]);
            }
        }
    }
    section(
        &mut roff,
        "EXIT STATUS",
        &["0: done. 1: done, but something was refused or waits for a person. 2: wrong usage or configuration."],
    );
    section(
        &mut roff,
        "SIGNALS",
        &[
            "SIGHUP reads the configuration again. SIGTERM and SIGINT end the daemon when what is being answered is finished.",
        ],
    );
    section(&mut roff, "ENVIRONMENT", &["RUST_LOG says how much is logged: error, warn, info (the default), debug."]);
    section(
        &mut roff,
        "FILES",
        &[
            "/etc/syndicated/syndicated.toml: the configuration of the service that the package installs.",
            "/var/lib/syndicated/inbox: where articles are dropped. feeds beside it is what is published, state the records.",
        ],
    );
    section(&mut roff, "SEE ALSO", &["syndicated.toml(5), systemctl(1), journalctl(1)"]);
    roff.to_writer(&mut page)?;
    Ok(page)
}

fn section(roff: &mut Roff, title: &str, paragraphs: &[&str]) {
    roff.control("SH", [title]);
    for paragraph in paragraphs {
        roff.control("PP", []);
        roff.text([roman(*paragraph)]);
    }
}

/// The page of the configuration: the sample, its comments made text.
fn settings() -> io::Result<Vec<u8>> {
    let mut roff = Roff::new();
    roff.control("TH", ["syndicated.toml", "5", "", "", "syndicated"]);
    roff.control("SH", ["NAME"]);
    roff.text([roman("syndicated.toml - configuration of syndicated(1)")]);
    roff.control("SH", ["DESCRIPTION"]);
    let mut comment: Vec<&str> = Vec::new();
    for line in SAMPLE.lines().chain([""]) {
        if let Some(text) = line.strip_prefix('#') {
            comment.push(text.strip_prefix(' ').unwrap_or(text));
        } else if line.starts_with('[') {
            roff.control("SH", [line]);
        } else if line.is_empty() {
            explain(&mut roff, &std::mem::take(&mut comment));
        } else {
            roff.control("TP", []);
            roff.text([bold(line)]);
            roff.text([roman(std::mem::take(&mut comment).join(" "))]);
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text([roman("syndicated(1)")]);
    let mut page = Vec::new();
    roff.to_writer(&mut page)?;
    Ok(page)
}

/// Comments that explain no key: paragraphs, and below an empty line an example.
fn explain(roff: &mut Roff, comment: &[&str]) {
    let mut parts = comment.split(|line| line.is_empty()).filter(|part| !part.is_empty());
    if let Some(text) = parts.next() {
        roff.control("PP", []);
        roff.text([roman(text.join(" "))]);
    }
    for part in parts {
        let is_example = part.iter().any(|line| line.starts_with('[') || line.contains(" = "));
        roff.control("PP", []);
        if is_example {
            roff.control("nf", []);
            for line in part {
                roff.text([roman(*line)]);
            }
            roff.control("fi", []);
        } else {
            roff.text([roman(part.join(" "))]);
        }
    }
}
