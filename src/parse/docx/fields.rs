//! Fields: what Word computes. Their instructions are never text; their results are, and a `HYPERLINK` makes a link of its own.

/// Fields within fields: Word's own are three deep.
const MAX_OPEN: usize = 32;
/// More of an instruction is not read, in bytes.
const MAX_INSTRUCTION: usize = 4096;

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    shows: bool,
    link: Option<usize>,
}

/// The fields that are open where the document is being read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many more were opened than are kept.
    beyond: usize,
}

impl Fields {
    /// Whether text stands here rather than an instruction.
    pub(super) fn show(&self) -> bool {
        self.open.iter().all(|field| field.shows)
    }

    /// The link that the innermost field with one makes.
    pub(super) fn link(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|field| field.link)
    }

    pub(super) fn begin(&mut self) {
        if self.open.len() < MAX_OPEN { self.open.push(Field::default()) } else { self.beyond += 1 }
    }

    pub(super) fn instruct(&mut self, more: &str) {
        if let Some(field) = self.open.last_mut()
            && field.instruction.len() + more.len() <= MAX_INSTRUCTION
        {
            field.instruction.push_str(more);
        }
    }

    /// The result begins; gives the instruction, of which the caller may make a link.
    pub(super) fn separate(&mut self) -> Option<&str> {
        let field = self.open.last_mut()?;
        field.shows = true;
        Some(&field.instruction)
    }

    /// The innermost field links here.
    pub(super) fn lead(&mut self, link: Option<usize>) {
        if let Some(field) = self.open.last_mut() {
            field.link = link;
        }
    }

    pub(super) fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.open.pop();
        }
    }

    /// At the end of a paragraph: an instruction never goes on beyond it, so that one left open hides no text.
    pub(super) fn end_paragraph(&mut self) {
        self.open.retain(|field| field.shows);
    }
}

/// The address of a `HYPERLINK` instruction.
pub(super) fn address(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start();
    let name = rest.get(..9).filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))?;
    let rest = rest[name.len()..].trim_start();
    // `\l "bookmark"` leads to a place in the document.
    if rest.starts_with('\\') {
        return None;
    }
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => rest.split_whitespace().next().unwrap_or_default(),
    };
    Some(address.trim().to_owned()).filter(|address| !address.is_empty())
}
