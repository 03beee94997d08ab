//! JSON front matter → its fields (Hugo, Hexo). The parser knows no places, so the values of the outermost object are
//! looked up in its text; what lies deeper is shown where its outermost field begins.

use std::collections::HashMap;

use super::node::{Node, Value};

/// The object at the start of `source` (after blank space) and where it ends, or what is wrong and at which byte.
pub(super) fn read(source: &str) -> Result<(Node, usize), (usize, String)> {
    let mut values = serde_json::Deserializer::from_str(source).into_iter::<serde_json::Value>();
    match values.next() {
        Some(Ok(serde_json::Value::Object(object))) => {
            let end = values.byte_offset();
            let mut places = HashMap::new();
            for (key, at) in keys(&source[..end]) {
                let name: String = serde_json::from_str(key).unwrap_or_default();
                if places.contains_key(&name) {
                    return Err((at, format!("the field `{name}` is stated twice")));
                }
                places.insert(name, at);
            }
            let fields = object.into_iter().map(|(name, value)| {
                let at = places.get(&name).copied().unwrap_or_default();
                (name, node(value, at))
            });
            let fields = fields.collect();
            Ok((Node { value: Value::Fields(fields), at: 0 }, end))
        }
        Some(Ok(_)) | None => Err((0, "there is no JSON object".to_owned())),
        Some(Err(e)) => {
            let start = source.split_inclusive('\n').take(e.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let at = start + e.column().saturating_sub(1);
            let message = e.to_string();
            Err((at, message.split(" at line ").next().unwrap_or_default().to_owned()))
        }
    }
}

/// The parser itself bounds the depth.
fn node(value: serde_json::Value, at: usize) -> Node {
    let value = match value {
        serde_json::Value::Null => Value::Empty,
        serde_json::Value::Bool(truth) => Value::Scalar(truth.to_string()),
        serde_json::Value::Number(number) => Value::Scalar(number.to_string()),
        serde_json::Value::String(text) => Value::Scalar(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(|item| node(item, at)).collect()),
        serde_json::Value::Object(fields) => {
            Value::Fields(fields.into_iter().map(|(name, value)| (name, node(value, at))).collect())
        }
    };
    Node { value, at }
}

/// The keys of the outermost object, quoted as they stand, and where their values begin. `json` is known to be valid.
fn keys(json: &str) -> Vec<(&str, usize)> {
    let bytes = json.as_bytes();
    let (mut depth, mut i) = (0usize, 0usize);
    let mut last = "";
    let mut found = Vec::new();
    while i < bytes.len() {
        match bytes[i] {
            b'"' => {
                let start = i;
                i += 1;
                while i < bytes.len() && bytes[i] != b'"' {
                    i += if bytes[i] == b'\\' { 2 } else { 1 };
                }
                last = json.get(start..=i).unwrap_or_default();
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 1 => {
                let blank = bytes[i + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                found.push((last, i + 1 + blank));
            }
            _ => {}
        }
        i += 1;
    }
    found
}
