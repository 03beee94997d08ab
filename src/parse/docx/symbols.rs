//! Characters of Word's symbol fonts → Unicode: `w:sym` names a glyph of a font that no reader has.

/// Glyphs of Symbol from 0x41 and 0x61 on: the Greek letters.
const GREEK: [(u32, &str); 2] = [(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"), (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")];

const SYMBOL: [(u32, char); 14] = [
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
];

const WINGDINGS: [(u32, char); 20] = [
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// The character of a glyph, by the font's name and the code in hexadecimal; none where nothing like it is known.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let glyph = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let font = font.to_ascii_lowercase();
    let found = |table: &[(u32, char)]| table.iter().find(|(known, _)| *known == glyph).map(|(_, c)| *c);
    match font.as_str() {
        "symbol" => {
            let greek = |(first, row): &(u32, &str)| row.chars().nth(usize::try_from(glyph.checked_sub(*first)?).ok()?);
            found(&SYMBOL).or_else(|| GREEK.iter().rev().find_map(greek)).or_else(|| char::from_u32(glyph))
        }
        "wingdings" => found(&WINGDINGS),
        _ => char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)),
    }
}
