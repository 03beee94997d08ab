//! JSON text → its values under names without case and underscores, as many as any news item has: a file of a million empty lists would be worth gigabytes.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::parse::front_matter::{Node, Value, key};
use crate::rejection::Rejection;

/// More values than the longest list of items has; of each some fifty bytes.
const MAX_VALUES: usize = 500_000;

/// The values of a JSON text.
///
/// # Errors
/// Where it is no JSON, or too much of it.
pub(super) fn read(text: &str) -> Result<Node, Rejection> {
    let left = Cell::new(MAX_VALUES);
    let mut json = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let read = Tree(&left).deserialize(&mut json).and_then(|tree| json.end().map(|()| tree));
    read.map_err(|error| {
        let at = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
        let message = error.to_string();
        let said = message.split(" at line ").next().unwrap_or_default();
        let (reason, hint) = if error.is_eof() {
            ("the file ends before its JSON does".to_owned(), "copy the whole file again")
        } else {
            (format!("the JSON is broken: {said}"), "ask its sender for it again, or mend it there")
        };
        Rejection::new(reason, hint).at(at(error.line()), at(error.column()))
    })
}

struct Tree<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.node(Value::Empty)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Node, E> {
        self.node(Value::Scalar(truth.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        self.node(Value::Scalar(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        self.node(Value::Scalar(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        self.node(Value::Scalar(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.node(Value::Scalar(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element_seed(Tree(self.0))? {
            list.push(value);
        }
        self.node(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut values: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = values.next_key::<String>()? {
            // Named once as every lookup names it.
            fields.push((key(&name), values.next_value_seed(Tree(self.0))?));
        }
        self.node(Value::Fields(fields))
    }
}

impl Tree<'_> {
    fn node<E: Error>(&self, value: Value) -> Result<Node, E> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| E::custom("it has more values than any news item"))?;
        self.0.set(left);
        Ok(Node { value, at: 0 })
    }
}
