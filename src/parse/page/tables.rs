//! Short lines that count or date something, one below the other → a list with the heads of its parts.

use super::blocks::Block;
use super::kinds::Kind;
use super::letters::{Words, month_day};
use super::shapes::is_field;

/// So many short lines that count or date something are a list.
const ROWS: usize = 3;
/// No head has so many parts: `名次 球队 胜 平 负 积分`.
const CELLS: usize = 5;
/// What a table's columns are called stands over so many of them.
const COLUMNS: usize = 3;

/// `11月21日19:35 江城—北控`: short lines that count or date something, in a row, are a list, with the heads of its parts.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    let mut at = 0;
    while at < kinds.len() {
        let run = kinds[at..].iter().take_while(|kind| matches!(kind, Kind::Head)).count();
        let rows: Vec<usize> = (at..at + run).filter(|row| is_row(&blocks[*row].words)).collect();
        if let (Some(first), Some(last)) = (rows.first(), rows.last())
            && rows.len() >= ROWS
            && rows.windows(2).all(|two| two[1] - two[0] <= 2)
        {
            // Where one part has a head, so has the first.
            let parted = last - first + 1 > rows.len() && first - at >= 2;
            // `品名 单位 均价 涨跌` stands over as many columns.
            let headed = *first > at
                && cells(&blocks[*first].words) >= COLUMNS
                && cells(&blocks[*first].words) == cells(&blocks[*first - 1].words);
            // `本期奖池：8.76亿元` right below the list is of it.
            let stuck = |row: &usize| {
                blocks[row - 1].lines.1 + 1 == blocks[*row].lines.0
                    && is_field(&blocks[*row].words)
                    && blocks[*row].words.folded.iter().any(char::is_ascii_digit)
            };
            let last = (*last + 1..at + run).take_while(stuck).last().unwrap_or(*last);
            kinds[*first - usize::from(parted || headed)..=last].fill(Kind::Verse);
        }
        at += run.max(1);
    }
}

fn cells(words: &Words) -> usize {
    words.folded.split(|c| *c == ' ').filter(|cell| !cell.is_empty()).count()
}

/// Whether a line has several cells and counts something, or dates it.
fn is_row(words: &Words) -> bool {
    let cells = cells(words);
    let counted = words.folded.iter().filter(|c| c.is_ascii_digit()).count();
    cells >= CELLS || (cells >= 2 && counted >= 2) || (counted > 0 && month_day(&words.folded).is_some())
}
