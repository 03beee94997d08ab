//! A part's relationships (`_rels/NAME.rels`) → where its ids lead: to other parts of the package, or out of it.

use std::collections::HashMap;

use super::xml::{Xml, decode};
use crate::package::Package;
use crate::rejection::Rejection;

/// Where a relationship leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the package, by its full name.
    Part(String),
    /// An address outside.
    Outside(String),
}

/// The relationships of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: HashMap<String, (String, Target)>,
}

impl Relations {
    /// Reads those of a part; of the package itself if the name is empty. None stated: none.
    pub(super) fn of(package: &mut Package<impl std::io::Read + std::io::Seek>, part: &str) -> Result<Self, Rejection> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let file = format!("{folder}/_rels/{name}.rels");
        let file = file.trim_start_matches('/');
        let Some(bytes) = package.part(file)? else { return Ok(Self::default()) };
        let text = decode(bytes, file)?;
        let mut relations = Self::default();
        let mut xml = Xml::new(&text, file);
        xml.root()?;
        xml.children(|xml, tag| {
            if tag.name() == "Relationship"
                && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
            {
                let outside = tag.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                let kind = tag.attribute("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = if outside { Target::Outside(target) } else { Target::Part(within(folder, &target)) };
                relations.by_id.insert(id, (kind, target));
            }
            xml.skip()
        })?;
        Ok(relations)
    }

    /// Where an id leads.
    pub(super) fn target(&self, id: &str) -> Option<&Target> {
        self.by_id.get(id).map(|(_, target)| target)
    }

    /// The part that a relationship of this kind (`styles`, `footnotes`) leads to.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.parts(kind).next()
    }

    /// All parts that relationships of this kind lead to, in the order of their ids.
    pub(super) fn parts(&self, kind: &str) -> impl Iterator<Item = &str> {
        let mut found: Vec<_> = self.by_id.iter().filter(|(_, (of, _))| of == kind).collect();
        found.sort_by_key(|(id, _)| *id);
        found.into_iter().filter_map(|(_, (_, target))| match target {
            Target::Part(part) => Some(part.as_str()),
            Target::Outside(_) => None,
        })
    }
}

/// A target relative to the folder of the part that names it.
fn within(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}
