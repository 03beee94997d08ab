//! Random histories of a newsroom: whatever people, machines and clocks did, the end is what a newcomer makes of the same
//! inbox and ledger, and readers were never told anything wrong on the way. `SYNDICATED_LONG=1` tries a thousand; a failure
//! prints its seed and the steps that are needed for it, and `SYNDICATED_SEED` tries that one again; both, a thousand from there on.

mod chance;
mod content;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chance::Chance;
use world::{Deed, Step, World};

/// How many histories the gate tries.
const SHORT: u64 = 40;
/// How many `SYNDICATED_LONG` tries.
const LONG: u64 = 1000;
/// How many failures are told of.
const MOST_TOLD: usize = 5;

/// The deeds, each as often as it stands here.
const DEEDS: &[Deed] = &[
    Deed::Drop,
    Deed::Drop,
    Deed::Drop,
    Deed::Drop,
    Deed::Drop,
    Deed::DropPage,
    Deed::DropPage,
    Deed::Correct,
    Deed::Correct,
    Deed::Correct,
    Deed::Correct,
    Deed::Retitle,
    Deed::Replace,
    Deed::Replace,
    Deed::Revert,
    Deed::Rename,
    Deed::Rename,
    Deed::Move,
    Deed::Move,
    Deed::RenameFolder,
    Deed::Copy,
    Deed::Copy,
    Deed::Delete,
    Deed::Delete,
    Deed::RenameOver,
    Deed::SaveOver,
    Deed::SaveOver,
    Deed::Mark,
    Deed::Mark,
    Deed::Mark,
    Deed::Spoil,
    Deed::Picture,
    Deed::Withdraw,
    Deed::Restore,
    Deed::Rescan,
    Deed::Pass,
    Deed::Pass,
    Deed::Pass,
    Deed::Pass,
    Deed::Sweep,
    Deed::Agree,
];

/// What only befalls newsrooms that are not plain.
const MISHAPS: &[Deed] = &[
    Deed::Restart,
    Deed::Restart,
    Deed::Stop,
    Deed::Start,
    Deed::Start,
    Deed::LoseCatalogue,
    Deed::Snapshot,
    Deed::LoseCommits,
    Deed::CutLedger,
    Deed::StepClock,
    Deed::Damage,
    Deed::Rescan,
];

struct History {
    is_plain: bool,
    has_guard: bool,
    steps: Vec<Step>,
}

impl History {
    fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let is_plain = chance.once_in(3);
        let has_guard = chance.once_in(4);
        let length = 6 + chance.below(30);
        let steps = (0..length)
            .map(|_| {
                let deeds = if !is_plain && chance.once_in(4) { MISHAPS } else { DEEDS };
                Step { deed: *chance.pick(deeds).unwrap(), seed: chance.number() }
            })
            .collect();
        Self { is_plain, has_guard, steps }
    }

    /// What went wrong and what was done until then; none if all is well.
    fn fails(&self, steps: &[Step]) -> Option<(String, Vec<String>)> {
        let mut told = Vec::new();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut world = World::new(self.is_plain, self.has_guard);
            for step in steps {
                let taken = world.take(*step);
                told.clone_from(&world.told);
                taken?;
            }
            world.finish()
        }));
        match outcome {
            Ok(Ok(())) => None,
            Ok(Err(reason)) => Some((reason, told)),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                Some((text.unwrap_or_else(|| "a panic".to_owned()), told))
            }
        }
    }

    /// The same failure with fewer steps: halves, quarters and so on down to single ones are left out where it stays.
    fn shrunk(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        let mut piece = steps.len().div_ceil(2);
        while piece > 0 {
            let mut at = 0;
            while at < steps.len() {
                let mut fewer = steps.clone();
                fewer.drain(at..(at + piece).min(fewer.len()));
                if self.fails(&fewer).is_some() {
                    steps = fewer;
                } else {
                    at += piece;
                }
            }
            piece /= 2;
        }
        steps
    }
}

/// What is wrong with a history, in words; none if all is well.
fn trouble(seed: u64) -> Option<String> {
    let history = History::of(seed);
    history.fails(&history.steps)?;
    let steps = history.shrunk();
    let (reason, told) = history.fails(&steps)?;
    let History { is_plain, has_guard, .. } = history;
    let told = format!("history {seed} (plain: {is_plain}, guard: {has_guard}): {reason}\n  {}", told.join("\n  "));
    // At once: a long run may be broken off.
    eprintln!("{told}");
    Some(told)
}

#[test]
fn every_history_ends_as_a_newcomer_would_begin() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let is_long = number("SYNDICATED_LONG") == Some(1);
    let seeds = match (number("SYNDICATED_SEED"), is_long) {
        (Some(seed), false) => return assert_eq!(trouble(seed), None),
        (first, true) => first.unwrap_or(0)..first.unwrap_or(0) + LONG,
        (None, false) => 0..SHORT,
    };
    // Each on a core of its own, all of a kind: nothing is shared but the disk.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let share = |core: usize| {
            seeds.clone().skip(core).step_by(cores).filter_map(trouble).take(MOST_TOLD).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..cores).map(|core| scope.spawn(move || share(core))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
