//! Line after line of a Markdown text → whether it is part of a block of code between fences (CommonMark, section 4.5).

/// The block that is open.
#[derive(Debug, Default)]
pub(super) struct Fences(Option<(char, usize)>);

impl Fences {
    /// Whether the next line is code, or a fence of it.
    pub(super) fn is_code(&mut self, line: &str) -> bool {
        let begun = line.trim_start();
        let sign = begun.chars().next().filter(|c| matches!(c, '`' | '~')).unwrap_or_default();
        let length = begun.chars().take_while(|c| *c == sign).count();
        match self.0 {
            Some((open, least)) => {
                if sign == open && length >= least && begun[length..].trim().is_empty() {
                    self.0 = None;
                }
                true
            }
            None if length >= 3 && sign != '\0' => {
                self.0 = Some((sign, length));
                true
            }
            None => false,
        }
    }
}
