//! TOML front matter → its fields (Hugo, Zola).

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Node, Value};

/// The fields, or what is wrong and at which byte.
pub(super) fn read(source: &str) -> Result<Node, (usize, String)> {
    let table =
        DeTable::parse(source).map_err(|e| (e.span().map_or(0, |s| s.start), e.message().replace('\n', ", ")))?;
    Ok(Node { value: fields(table.get_ref(), source), at: table.span().start })
}

fn fields(table: &DeTable<'_>, source: &str) -> Value {
    Value::Fields(table.iter().map(|(k, v)| (k.get_ref().to_string(), node(v, source))).collect())
}

/// The parser itself bounds the depth.
fn node(value: &Spanned<DeValue<'_>>, source: &str) -> Node {
    let at = value.span().start;
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, source)).collect()),
        DeValue::Table(table) => fields(table, source),
        // Numbers, truths and dates as they are written.
        _ => Value::Scalar(source.get(value.span()).unwrap_or_default().to_owned()),
    };
    Node { value, at }
}
