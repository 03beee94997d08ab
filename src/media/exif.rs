//! EXIF (CIPA DC-008, a TIFF 6.0 file in small) → orientation and copyright; and an EXIF that says these two and nothing else.

/// `Orientation`, 1 to 8.
const ORIENTATION: u16 = 0x0112;
/// `Copyright`.
const COPYRIGHT: u16 = 0x8298;

/// The longest copyright that is kept, in bytes: it names people, it is no place to hide other things.
const MAX_COPYRIGHT: usize = 1000;

/// What an EXIF block says that stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) orientation: Option<u8>,
    pub(super) copyright: Option<String>,
    /// Who made the picture, and for whom: told beside it, and not kept in it.
    pub(super) credit: Option<String>,
}

impl Said {
    /// What is said here, and where nothing is what the other says.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            orientation: self.orientation.or(other.orientation),
            copyright: self.copyright.or(other.copyright),
            credit: self.credit.or(other.credit),
        }
    }

    /// As a TIFF block; none if there is nothing to say.
    pub(super) fn block(&self) -> Option<Vec<u8>> {
        let orientation = self.orientation.filter(|turn| *turn != 1);
        let copyright = self.copyright.as_deref().filter(|text| !text.is_empty());
        let entries = u16::from(orientation.is_some()) + u16::from(copyright.is_some());
        if entries == 0 {
            return None;
        }
        let mut block = b"MM\0\x2A\0\0\0\x08".to_vec();
        block.extend(entries.to_be_bytes());
        if let Some(turn) = orientation {
            block.extend(ORIENTATION.to_be_bytes());
            block.extend([0, 3, 0, 0, 0, 1, 0, turn, 0, 0]);
        }
        if let Some(text) = copyright {
            let text = [text.as_bytes(), b"\0"].concat();
            let length = u32::try_from(text.len()).unwrap_or_default();
            block.extend(COPYRIGHT.to_be_bytes());
            block.extend([0, 2]);
            block.extend(length.to_be_bytes());
            // Four bytes at most stand in the entry itself, more behind all entries and the four zeros that end them.
            let behind = 8 + 2 + 12 * u32::from(entries) + 4;
            if text.len() <= 4 {
                let mut within = text;
                within.resize(4, 0);
                block.extend(within);
                block.extend([0; 4]);
            } else {
                block.extend(behind.to_be_bytes());
                block.extend([0; 4]);
                block.extend(text);
            }
        } else {
            block.extend([0; 4]);
        }
        Some(block)
    }
}

/// What a TIFF block says. Blocks that cannot be followed say nothing.
pub(super) fn said(block: &[u8]) -> Said {
    read(block).unwrap_or_default()
}

fn read(block: &[u8]) -> Option<Said> {
    let little = match block.get(..4)? {
        b"II\x2A\0" => true,
        b"MM\0\x2A" => false,
        _ => return None,
    };
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = block.get(at..at.checked_add(length)?)?;
        let fold = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) })
    };
    let first = number(4, 4)?;
    let mut said = Said::default();
    for entry in 0..number(first, 2)? {
        let at = first.checked_add(2 + 12 * entry)?;
        let (Some(tag), Some(kind), Some(count)) = (number(at, 2), number(at + 2, 2), number(at + 4, 4)) else { break };
        if tag == usize::from(ORIENTATION) && kind == 3 {
            let turn = number(at + 8, 2).and_then(|turn| u8::try_from(turn).ok());
            said.orientation = turn.filter(|turn| (1..=8).contains(turn));
        } else if tag == usize::from(COPYRIGHT) && kind == 2 {
            let text = if count <= 4 { Some(at + 8) } else { number(at + 8, 4) };
            said.copyright = text.and_then(|at| block.get(at..at.checked_add(count)?)).and_then(copyright);
        }
    }
    Some(said)
}

/// A copyright as it is kept: one line of text, whatever encoding it was in.
pub(super) fn copyright(raw: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        // What is no UTF-8 is nearly always one of the Windows encodings, of which this one holds `©`.
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned(),
    };
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut line = words.collect::<Vec<_>>().join(" ");
    while line.len() > MAX_COPYRIGHT {
        line.pop();
    }
    (!line.is_empty()).then_some(line)
}
