//! Turns HTML that somebody dropped into HTML that may stand in a feed and on a page, and into plain text.
//! Knows no base URL: what is ours is written with [`article::BASE`](crate::article::BASE) and resolved at rendering.

mod nesting;
mod plain;
mod policy;
mod references;
mod summary;
mod words;

pub use nesting::{MAX_ATTRIBUTES, MAX_DEPTH};
pub use references::{MAX_CANDIDATES, Target, Use};
pub use summary::{SUMMARY_WIDTH, TITLE_WIDTH, summary, title};
pub use words::{line, text};

/// The body as it may be stored and published, deterministic and linear in the input.
///
/// * Kept: running text, headings, lists, tables, figures, pictures, `audio`, `video`, `details`, ruby.
/// * Removed: scripts, handlers, forms, styles, classes, comments, `svg`; `iframe` becomes a link to what it showed, a box
///   that cannot be ticked a character.
/// * Every reference is what `resolve` says: an unresolvable picture leaves its `alt` text, a link its words, a sound
///   or film what stands in it for readers that cannot play it. Only `http`, `https`, `mailto` and `tel` survive, and
///   what begins with [`BASE`](crate::article::BASE). `mailto:` and `tel:` are kept without asking.
/// * `id` attributes and links to fragments of the same page are removed, for several articles stand on one page in a
///   reader and their footnotes would lead into each other; the words of the link stay.
/// * Elements nest at most [`MAX_DEPTH`] deep; deeper ones are unwrapped, their text stays.
///
/// A reference may be asked for more than once, and must be answered alike.
pub fn body(html: &str, resolve: impl Fn(&str, Use) -> Option<Target>) -> String {
    match plain::body(html, &resolve) {
        Some(body) => {
            debug_assert_eq!(body, treed(html, &resolve), "the short way and the long one differ");
            body
        }
        None => treed(html, &resolve),
    }
}

/// The same by way of trees, whatever it is.
fn treed(html: &str, resolve: &impl Fn(&str, Use) -> Option<Target>) -> String {
    let balanced = nesting::balanced(html);
    if references::refers_to_nothing(&balanced) {
        return policy::sanitised(&balanced);
    }
    policy::sanitised(&references::rewritten(&balanced, resolve))
}
