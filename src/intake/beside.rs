//! What lies beside an article's file and goes with it by its name (a sidecar, pictures with captions, sound) → what the
//! file's drafts say and which picture goes to which of them. Knows no catalogue; [`super::companions`] is its record.

use super::file_reader::FileReader;
use super::likeness::{Likeness, headline_key};
use crate::article::{Caption, Draft, Kind};
use crate::clean;
use crate::dropped::{InboxPath, numbered};
use crate::inbox::{self, Part};
use crate::parse::sidecar::Item;
use crate::parse::{self, Markup};

/// The longest caption file that is read, in bytes: more is an article.
const MAX_CAPTION_BYTES: u64 = 16 * 1024;

/// Shorter headlines, in characters, are not found by their beginning: too many begin so.
const MIN_BEGINNING: usize = 5;

/// What goes with one article's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// The sidecar, and what it said when it could last be read.
    pub sidecar: Option<(InboxPath, String)>,
    /// More sidecars of the same stem, which do not count.
    pub surplus: Vec<InboxPath>,
    /// Pictures, sound, film and papers with their numbers, in their order.
    pub media: Vec<(u32, InboxPath)>,
    /// Captions of those.
    pub captions: Vec<InboxPath>,
}

/// A picture, sound, film or paper that goes to one article.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) source: InboxPath,
    pub(super) caption: Option<Caption>,
}

impl Beside {
    /// Sorts what may go with an article's file. `is_article` says of a stem like `story-2` whether it has an article of
    /// its own, which then has the pictures of that stem. The text of the sidecar is asked for where there is one.
    pub fn of<E>(
        article: &InboxPath,
        candidates: Vec<InboxPath>,
        mut is_article: impl FnMut(&InboxPath) -> Result<bool, E>,
        text: impl FnOnce(&InboxPath) -> Result<Option<String>, E>,
    ) -> Result<Self, E> {
        let mut beside = Self::default();
        let mut sidecars = Vec::new();
        for file in candidates {
            match inbox::part(&file, article) {
                Some(Part::Sidecar(rank)) => sidecars.push((rank, file)),
                Some(Part::Medium(number)) if number == 0 || !is_article(&file)? => beside.media.push((number, file)),
                Some(Part::Caption) => beside.captions.push(file),
                Some(Part::Medium(_)) | None => {}
            }
        }
        // A picture without a number is the first.
        beside.media.sort_by(|(a, one), (b, other)| (a.max(&1), a, one).cmp(&(b.max(&1), b, other)));
        beside.captions.sort();
        sidecars.sort();
        let mut sidecars = sidecars.into_iter().map(|(_, file)| file);
        if let Some(first) = sidecars.next() {
            beside.sidecar = text(&first)?.map(|text| (first, text));
            beside.surplus = sidecars.collect();
        }
        Ok(beside)
    }
}

/// Whether an article lies beside a file that it goes with by its name: `story.txt` beside `story.mp3` and `story-2.mp3`.
#[must_use]
pub fn goes_with_article(file: &InboxPath, is_there: impl Fn(&InboxPath) -> bool) -> bool {
    let stem = file.stem();
    let base = numbered(&stem).map(|(base, _)| file.folder().join(format!("{base}.{}", file.extension()).as_ref()));
    has_article(file, &is_there) || base.is_some_and(|base| has_article(&base, &is_there))
}

/// Whether an article of this very stem lies beside a file.
#[must_use]
pub fn has_article(file: &InboxPath, is_there: impl Fn(&InboxPath) -> bool) -> bool {
    inbox::articles_of(file).any(|article| is_there(&article))
}

/// What a sidecar states of single articles goes to those that it means.
pub(super) fn apply(items: Vec<Item>, drafts: &mut [Draft], doubts: &mut Vec<String>) {
    let titles: Vec<String> = drafts.iter().map(clean::title).collect();
    let mut taken = vec![false; drafts.len()];
    let mut rest = Vec::new();
    // Those named exactly first, so that no likeness takes them away.
    for item in items {
        let wanted = headline_key(&item.printed);
        let exact = titles.iter().enumerate().position(|(at, title)| !taken[at] && headline_key(title) == wanted);
        match exact {
            Some(at) => {
                taken[at] = true;
                parse::overlay(&mut drafts[at], item.stated);
            }
            None => rest.push(item),
        }
    }
    for item in rest {
        match likest(&item.printed, drafts, &titles, &taken) {
            Some(at) => {
                taken[at] = true;
                parse::overlay(&mut drafts[at], item.stated);
            }
            None => doubts.push(format!("the sidecar speaks of {:?}, and no article here is headed so", item.printed)),
        }
    }
}

/// The one article whose headline is likest, or whose text begins so; none where there is none or more than one.
fn likest(printed: &str, drafts: &[Draft], titles: &[String], taken: &[bool]) -> Option<usize> {
    let likeness = Likeness::of_title(printed);
    let free = || (0..drafts.len()).filter(|at| !taken[*at]);
    let mut ranked: Vec<(u32, usize)> =
        free().filter_map(|at| Some((likeness.rank(&Likeness::of_title(&titles[at]))?, at))).collect();
    ranked.sort_unstable();
    match ranked.as_slice() {
        [.., (second, _), (first, at)] if first > second => return Some(*at),
        [(_, at)] => return Some(*at),
        [] => {}
        _ => return None,
    }
    let key = headline_key(printed);
    if key.chars().count() < MIN_BEGINNING {
        return None;
    }
    let begins = |at: &usize| {
        let draft = &drafts[*at];
        let captions = draft.captions.iter().map(|caption| caption.text.clone());
        captions
            .chain([titles[*at].clone(), clean::text(&draft.body)])
            .any(|text| headline_key(&text.chars().take(key.chars().count() * 2).collect::<String>()).starts_with(&key))
    };
    let mut found = free().filter(begins);
    found.next().filter(|_| found.next().is_none())
}

/// Which media go to which draft, in their order: all to an article, the N-th picture of a page to its N-th caption.
pub(super) fn place(
    reader: &FileReader,
    beside: &Beside,
    markup: Markup,
    drafts: &[Draft],
    doubts: &mut Vec<String>,
) -> Vec<Vec<Placed>> {
    let mut placed: Vec<Vec<Placed>> = drafts.iter().map(|_| Vec::new()).collect();
    // One that is being written, or has gone within `grace`, is nothing yet.
    let is_there =
        |(_, source): &&(u32, InboxPath)| matches!(inbox::look(&reader.inbox, source), Ok(Some(look)) if look.size > 0);
    let media: Vec<&(u32, InboxPath)> = beside.media.iter().filter(is_there).collect();
    let captions: Vec<(usize, &Caption)> =
        drafts.iter().enumerate().flat_map(|(at, draft)| draft.captions.iter().map(move |c| (at, c))).collect();
    let is_one = drafts.len() == 1;
    let mut pictures = 0;
    for (number, source) in media {
        let is_picture = inbox::media_type(&source.extension()).is_some_and(|kind| kind.starts_with("image/"));
        let own = caption(reader, beside, source, doubts);
        if is_one {
            // Captions printed with the text are those of its pictures, in their order.
            let printed = captions.get(pictures).filter(|_| is_picture).map(|(_, caption)| (*caption).clone());
            pictures += usize::from(is_picture);
            placed[0].push(Placed { source: source.clone(), caption: own.or(printed) });
            continue;
        }
        let name = source.name();
        let nth = usize::try_from(*number).ok().and_then(|number| number.checked_sub(1)).filter(|_| is_picture);
        match nth.and_then(|nth| captions.get(nth)) {
            Some((at, printed)) => {
                let caption = own.or_else(|| Some((*printed).clone()));
                placed[*at].push(Placed { source: source.clone(), caption });
            }
            // The page as it was printed, which a paper keeps beside its text.
            None if source.extension() == "pdf" => {}
            None if markup == Markup::Page && is_picture && *number > 0 => {
                let count = captions.len();
                doubts.push(format!("{name} was left out: the page has {count} pictures with captions"));
            }
            None => doubts.push(format!(
                "{name} was left out: nobody knows which of {} articles it belongs to; the N-th picture of a page is named \
                 with -N behind the page's name",
                drafts.len()
            )),
        }
    }
    placed
}

/// What a file of its own says of a medium.
fn caption(reader: &FileReader, beside: &Beside, medium: &InboxPath, doubts: &mut Vec<String>) -> Option<Caption> {
    let file = beside.captions.iter().find(|file| inbox::captioned(file).as_ref() == Some(medium))?;
    let name = file.name();
    match inbox::read(&reader.inbox, file, MAX_CAPTION_BYTES) {
        Ok(inbox::Reading::Whole { bytes, .. }) => {
            match parse::caption(&bytes, reader.encoding, reader.language_of(medium)) {
                Ok(caption) => Some(caption).filter(|caption| !caption.text.is_empty() || caption.credit.is_some()),
                Err(rejection) => {
                    doubts.push(format!("the caption {name} cannot be read: {rejection}"));
                    None
                }
            }
        }
        Ok(inbox::Reading::TooLarge { size }) => {
            doubts.push(format!("the caption {name} was left out: it has {size} bytes"));
            None
        }
        // Gone, or being written: its own arrival brings the article here again.
        Ok(inbox::Reading::Changed) | Err(_) => None,
    }
}

/// Whether the body of a picture's own item shows the words of its caption already.
pub(super) fn shows_words(draft: &Draft, caption: &Caption) -> bool {
    draft.kind == Kind::Photo && draft.captions.iter().any(|printed| printed.text == caption.text)
}
