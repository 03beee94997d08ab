//! Word to editors that a story must not run (`EDITORS: Kill the story slugged FERRY. The ferry did not sail.`) → whether a text
//! is that and nothing else. What tells readers of such a story is none.

use super::dateline::dateline;

/// Whom a text addresses that is for no reader, in lower case.
#[rustfmt::skip]
const EDITORS: [&str; 16] = [
    "eds", "editors", "attention editors", "note to editors", "redaktionen", "achtung redaktionen",
    "an die redaktionen", "attention rédactions", "atención, editores", "atención editores", "alle redazioni",
    "attenzione redazioni", "вниманию редакторов", "各用户", "各媒体", "各采用单位",
];
/// What tells nobody but editors what to do, in lower case.
const BIDDINGS: [&str; 3] = ["veuillez annuler", "attention, veuillez annuler", "bitte verwenden sie die meldung"];
/// What it says of what was sent before and must not run, in lower case.
#[rustfmt::skip]
const KILLS: [&str; 37] = [
    "kill the story", "kill story", "kill our story", "please kill", "kill is mandatory", "mandatory kill",
    "bulletin kill", "withdraw the story", "withdraw our story", "story is withdrawn", "story has been withdrawn",
    "story is being withdrawn", "do not use the story", "do not publish the story", "meldung ist zurückgezogen",
    "meldung wird zurückgezogen", "meldung nicht verwenden", "meldung nicht zu verwenden",
    "meldung bitte nicht verwenden", "sie wird zurückgezogen", "bitte nicht verwenden", "dépêche est annulée",
    "annuler la dépêche", "annuler notre dépêche", "ne pas utiliser la dépêche", "noticia queda anulada",
    "anulen la noticia", "noticia anulada", "annullare la notizia", "notizia è annullata", "аннулировать сообщение",
    "сообщение аннулируется", "撤稿", "请勿采用", "請勿採用", "停止采用", "停止採用",
];
/// So many headings may stand above it, none of them longer, in characters.
const MAX_HEADS: usize = 3;
const MAX_HEAD: usize = 80;
/// Whom it addresses is told in so many characters.
const MAX_ADDRESS: usize = 40;
/// A text that says so and nothing else has no more letters.
const MAX_LETTERS: usize = 1000;

/// Whether a text does nothing but tell editors, maybe below headings, that a story must not run. Of any other no more
/// `paragraphs` are asked for than headings, and not the `whole`.
pub(in crate::parse) fn is_kill<L: AsRef<str>>(
    paragraphs: impl Iterator<Item = L>,
    whole: impl FnOnce() -> String,
) -> bool {
    let is_heading = |text: &str| text.chars().nth(MAX_HEAD).is_none() && !text.ends_with(['.', '。']);
    let mut left = paragraphs.filter(|text| !text.as_ref().is_empty());
    let first =
        left.by_ref().take(MAX_HEADS + 1).find(|text| !is_heading(text.as_ref()) || is_addressed(text.as_ref()));
    // `Eds: ADDS that a second story is withdrawn` stands above a story.
    if first.is_none_or(|first| !is_addressed(first.as_ref())) || left.any(|text| dateline(text.as_ref()).is_some()) {
        return false;
    }
    let whole = whole().to_lowercase();
    whole.chars().nth(MAX_LETTERS).is_none() && KILLS.iter().any(|order| whole.contains(order))
}

/// Whether a paragraph speaks to editors: `ATTENTION EDITORS -`, `PARIS (AFP) - Veuillez annuler`
fn is_addressed(text: &str) -> bool {
    let text = dateline(text).map_or(text, |dateline| &text[dateline.end..]);
    let bare = text.trim_start_matches(['*', '(', '[', ' ']);
    let beginning: String = bare.chars().take(MAX_ADDRESS).flat_map(char::to_lowercase).collect();
    // `Editors and readers`, `Editors, reporters` begin a story.
    BIDDINGS.iter().any(|bidding| beginning.starts_with(bidding))
        || EDITORS.iter().filter_map(|whom| beginning.strip_prefix(whom)).any(|rest| {
            rest.trim_start().starts_with([':', '：', '-', '–', '—', '!', '请', '注', '請'])
                || rest.starts_with(", please")
        })
}
