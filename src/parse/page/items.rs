//! Blocks with their kinds → items: where a piece begins, and what goes on. Where nothing says that a new piece begins, the
//! text stays with the one above.

use super::blocks::Block;
use super::boxes;
use super::byline::Byline;
use super::closing::{self, Closing};
use super::folio::Folio;
use super::heads;
use super::jumps;
use super::kinds::{Kind, Rest};
use super::lead::Lead;
use super::letters::MARKS;
use super::offices;
use super::openings::{Ending, Opening, ending, is_by_others, is_note, is_section_of_others, is_step, opener, opening};
use super::pictures::{self, Credit, captions_follow};
use super::pieces::{Item, Part, Pieces, Sort};
use super::shapes;
use super::splitter::{MAX_BYLINES, Splitter};

/// Takes a page apart, or, if it is not to be split, keeps all of it in one piece.
pub(crate) fn of(blocks: Vec<Block>, kinds: Vec<Kind>, split: bool) -> Pieces {
    let mut splitter = Splitter { split, ..Splitter::default() };
    let mut rest: Rest = blocks.into_iter().zip(kinds).collect();
    while let Some((block, kind)) = rest.pop_front() {
        match kind {
            // An announcement says where to call or write.
            Kind::Furniture(folio) if folio.is_contact && splitter.announces() => splitter.add(Part::Verse(block)),
            Kind::Furniture(folio) if folio.is_of_article && splitter.holds_contact(&rest) => splitter.contact(block),
            // A code is printed into its article.
            Kind::Furniture(_) if boxes::is_scan(&block.words) => {
                splitter.pieces.furniture.extend(block.lines.0..=block.lines.1);
            }
            Kind::Furniture(folio) => splitter.furniture(&block, folio),
            Kind::Lead(lead) if splitter.is_sign_off(&block, &lead, &rest) => {
                if let Some(item) = splitter.item_mut() {
                    item.source = lead.source.or(item.source.take());
                    if !lead.authors.is_empty() && item.bylines.len() < MAX_BYLINES {
                        item.bylines.push(Byline { authors: lead.authors, has_role: true, ..Byline::default() });
                    }
                    item.push(Part::People(block));
                    item.closed = true;
                }
            }
            Kind::Lead(lead) => splitter.lead(block, *lead),
            Kind::Byline(byline) if byline.has_photo && splitter.pending.is_empty() && captions_follow(&rest) => {
                // The credit stands above its caption.
                if let Some((caption, _)) = rest.pop_front() {
                    rest.push_front((block, Kind::Byline(byline)));
                    splitter.picture(caption, Credit::Below, &mut rest);
                }
            }
            Kind::Byline(byline) => match splitter.heads_signed_above(&byline, &rest) {
                0 => splitter.byline(block, byline, rest.front().map(|next| &next.1)),
                heads => {
                    splitter.pieces.doubts.push(format!(
                        "the people on line {} stand over a headline that nobody else signs; they were read as its authors",
                        block.lines.0
                    ));
                    rest.insert(heads, (block, Kind::Byline(byline)));
                }
            },
            Kind::Jump => match jumps::heads_below(&splitter, &block, &rest) {
                0 => splitter.jump(block),
                heads => rest.insert(heads, (block, Kind::Jump)),
            },
            Kind::Dated => splitter.dated(block),
            Kind::Source(house, whole, by) => {
                let part = if whole { Part::People(block) } else { Part::Verse(block) };
                splitter.source(part, house, rest.front().map(|next| &next.1));
                if let Some(item) = splitter.item_mut() {
                    item.bylines.extend(by.filter(|_| item.bylines.len() < MAX_BYLINES));
                }
            }
            // Behind a signature, and over a headline that somebody signs, the same word is the standing head of what comes.
            Kind::Label
                if splitter.pending.is_empty()
                    && !signed_below(&rest)
                    && !splitter.item().is_some_and(|item| is_section_of_others(&rest, item))
                    && splitter
                        .item()
                        .is_some_and(|item| !item.closed || !matches!(rest.front(), Some((_, Kind::Head)))) =>
            {
                splitter.add(Part::Crosshead(block))
            }
            Kind::Head | Kind::Label | Kind::Notice => {
                if let Some(credit) = splitter.head_credit(&block) {
                    splitter.picture(block, credit, &mut rest);
                } else if splitter.is_attribution(&block) || splitter.is_field(&block, &rest) {
                    splitter.add(Part::Verse(block));
                } else if splitter.is_origin(&block) {
                    splitter.add(Part::Verse(block));
                    if let Some(item) = splitter.item_mut() {
                        item.closed = true;
                    }
                } else if splitter.is_announcer(&block, &rest) {
                    splitter.dated(block);
                } else if splitter.is_stanza(&block, rest.front().map(|next| &next.1)) {
                    splitter.crossheads();
                    splitter.add(Part::Verse(block));
                } else {
                    splitter.head(block, matches!(kind, Kind::Notice));
                }
            }
            Kind::Text | Kind::Verse => {
                let block = if split { pictures::whole_caption(block, &mut rest) } else { block };
                match splitter.picture_credit(&block, &rest) {
                    Some(credit) => splitter.picture(block, credit, &mut rest),
                    None => splitter.text(block, matches!(kind, Kind::Verse), &rest),
                }
            }
        }
    }
    splitter.finish()
}

/// Whether a headline comes next, and who wrote what stands below it.
fn signed_below(rest: &Rest) -> bool {
    let mut kinds = rest.iter().map(|(_, kind)| kind).skip_while(|kind| matches!(kind, Kind::Head));
    let headed = matches!(rest.front(), Some((_, Kind::Head)));
    headed && matches!(kinds.next(), Some(Kind::Byline(byline)) if !byline.has_photo)
}

impl Splitter {
    fn furniture(&mut self, block: &Block, folio: Folio) {
        self.pieces.furniture.extend(block.lines.0..=block.lines.1);
        let known = &mut self.pieces.folio;
        known.date = known.date.or(folio.date);
        known.page = known.page.or(folio.page);
        known.is_page |= folio.is_page;
        known.section = known.section.take().or(folio.section);
        self.broken = true;
        self.briefs = folio.heads_briefs || (self.briefs && !folio.is_page);
    }

    /// Whether two short lines are a stanza: behind verse, or first under a byline, and nobody's byline below.
    fn is_stanza(&self, block: &Block, next: Option<&Kind>) -> bool {
        let under_byline = |item: &Item| !item.has_text() && !item.bylines.is_empty();
        let heads = self.pending.len();
        block.rows.len() == 2
            && (heads == 0 || (heads == 1 && self.item().is_some_and(Item::is_verse)))
            && !matches!(next, Some(Kind::Byline(_) | Kind::Lead(_)))
            && self.item().is_some_and(|item| item.sort == Sort::Article && (item.is_verse() || under_byline(item)))
    }

    /// `——某旅中士 佟大为` under what he said, `海城 周先生` under what he asks.
    fn is_attribution(&self, block: &Block) -> bool {
        let said = block.words.starts(0, "——") || offices::is_courteous(&block.words);
        self.pending.is_empty() && said && self.item().is_some_and(Item::has_text)
    }

    /// `数据来源：交易所` under a table.
    fn is_origin(&self, block: &Block) -> bool {
        const ORIGINS: [&str; 3] = ["数据来源:", "资料来源:", "数据提供:"];
        self.pending.is_empty()
            && ORIGINS.iter().any(|word| block.words.starts(0, word))
            && self.item().is_some_and(Item::has_text)
    }

    /// Whether a forecast stands at the end of an article that has not spoken of the weather, in its heads or lately.
    fn tells_weather_aside(&self, block: &Block, rest: &Rest) -> bool {
        /// So many blocks above are asked: a page may hold any number of forecasts.
        const LATELY: usize = 12;
        let speaks = |block: &Block| {
            let text: String = block.words.folded.iter().collect();
            ["天气", "气象", "气温", "℃"].iter().any(|word| text.contains(word))
        };
        boxes::is_forecast(&block.words)
            && !matches!(rest.front(), Some((_, Kind::Text | Kind::Verse)))
            && self.item().is_some_and(|item| {
                let lately = item.parts.iter().rev().take(LATELY).map(Part::block);
                item.has_text() && !item.heads.iter().chain(lately).any(speaks)
            })
    }

    fn head(&mut self, block: Block, notice: bool) {
        self.pending_notice |= notice;
        self.pending.push(block);
    }

    /// `□本报记者 马远 报道` with `本报讯` below it: the first line is the byline of the report that the second begins.
    fn lead_to_byline(&mut self) {
        let waiting = self.pending.is_empty();
        let Some(item) = self.item_mut().filter(|item| waiting && !item.has_text() && !item.heads.is_empty()) else {
            return;
        };
        if let Some(lead) = item.lead.take_if(|lead| !lead.authors.is_empty() && lead.headline.is_none()) {
            item.bylines.push(Byline { authors: lead.authors, has_role: true, ..Byline::default() });
            item.lead_ins_to_people();
        }
    }

    fn lead(&mut self, block: Block, lead: Lead) {
        self.lead_to_byline();
        // A byline, a source or an editor's note may stand between the heads and the lead-in.
        let awaited = self.pending.is_empty()
            && self.item().is_some_and(|item| item.lead.is_none() && (!item.has_text() || is_note(item)));
        if !awaited {
            self.begin(Sort::Article);
        }
        let empty = lead.end >= block.words.len();
        let stated = self.item().is_some_and(|item| item.lead.is_some());
        let part = if empty && !stated { Part::LeadIn(block) } else { Part::Text(block) };
        if let Some(item) = self.item_mut()
            && item.lead.is_none()
        {
            item.lead = Some(lead);
        }
        let closing = closing::read(&part.block().words);
        self.add(part);
        self.close(closing);
    }

    fn byline(&mut self, block: Block, byline: Byline, next: Option<&Kind>) {
        // Under a head a mark or bare names are a byline whatever follows: a stanza of two lines looks like a head.
        let titles = !byline.has_photo && (byline.marked || !byline.has_role) && next.is_some();
        // Under a headline a feature may begin with a crosshead; under a stanza the same line signs it.
        let stanza = self.pending.iter().any(|head| head.rows.len() > 1);
        let feature = byline.has_role && !byline.has_photo && matches!(next, Some(Kind::Head | Kind::Label)) && !stanza;
        let followed = titles || feature || matches!(next, Some(Kind::Text | Kind::Verse | Kind::Lead(_)));
        if !self.pending.is_empty() {
            if byline.has_photo && !followed {
                // A caption too short for text, its credit below.
                let caption = self.pending.pop();
                let running = self.current;
                self.begin(Sort::Picture);
                if let Some(caption) = caption {
                    self.add(Part::Caption(caption, None));
                }
                self.sign(block, byline);
                self.current = running.or(self.current.filter(|_| !self.split));
                self.broken = true;
                return;
            }
            if followed || !self.item().is_some_and(Item::has_text) {
                self.begin(Sort::Article);
                // Short pieces are signed at their end.
                self.briefs &= !byline.has_role;
            } else {
                self.crossheads();
            }
        } else if self.current.is_none() {
            self.begin(Sort::Article);
        }
        // Under a headline a quotation may stand over the byline.
        let opens = matches!(next, Some(Kind::Text)) && self.item().is_some_and(Item::is_quotation);
        let signature = !opens && self.item().is_some_and(Item::has_text);
        self.sign(block, byline);
        if signature && let Some(item) = self.item_mut() {
            item.closed = true;
        }
    }

    /// `来源：云州日报` under a headline or behind a text.
    fn source(&mut self, part: Part, house: String, next: Option<&Kind>) {
        let behind = self.item().is_some_and(Item::has_text) && self.pending.is_empty();
        if !behind && (!self.pending.is_empty() || self.current.is_none()) {
            let followed = matches!(next, Some(Kind::Text | Kind::Verse | Kind::Lead(_) | Kind::Byline(_)));
            if followed || self.current.is_none() { self.begin(Sort::Article) } else { self.crossheads() }
        }
        let known = self.item().is_some_and(|item| item.stated_source.is_some());
        self.add(match part {
            Part::People(block) if known => Part::Verse(block),
            part => part,
        });
        if let Some(item) = self.item_mut() {
            item.stated_source.get_or_insert(house);
            item.closed |= behind;
        }
    }

    fn text(&mut self, block: Block, verse: bool, rest: &Rest) {
        let closing = closing::read(&block.words);
        let sort = if self.pending_notice { Sort::Notice } else { Sort::Article };
        let signed = matches!(closing, Some(Closing::Signed(_)));
        let section = if self.pending.is_empty() { None } else { ending(&block, rest) };
        let torn = self.item().is_some_and(Item::text_ends_torn);
        let by_others = !torn
            && self
                .item()
                .is_some_and(|item| section.as_ref().is_some_and(|end| is_by_others(end, &self.pending, item)));
        // Somebody else signs a later section: it may have begun with an earlier head than the nearest.
        let unsure = self.split && by_others && self.item().is_some_and(|item| !item.closed && item.has_crossheads());
        let continues_elsewhere = matches!(&closing, Some(Closing::Jump(jump)) if jump.start == 0);
        let marked = self.briefs && block.words.folded.first().is_some_and(|c| MARKS.contains(*c));
        let asked = self.split && !self.pending.is_empty();
        if let Some(item) = self.item_mut().filter(|item| asked && !item.closed) {
            item.remember();
        }
        let opening = match self.item() {
            Some(item) if self.split => opening(&self.pending, &block, verse, rest, item),
            _ => Opening::Inside,
        };
        // The head of an announcement is nobody's subheading, nor is one with a quotation and then a byline below it.
        let quoted = matches!(rest.front(), Some((_, Kind::Byline(by))) if by.has_role && !by.has_photo)
            && matches!(rest.get(1), Some((_, Kind::Text)));
        let guessed = opening == Opening::Guessed
            && sort == Sort::Article
            && !(quoted || by_others)
            && self.item().is_some_and(|item| !item.closed && !self.broken);
        let steps = !self.pending.is_empty() && self.pending.iter().all(is_step);
        let begins = match self.item() {
            None => true,
            // `一、项目概况` in an announcement.
            Some(item) if steps && item.sort == Sort::Notice && !item.closed => false,
            Some(_) if marked => true,
            Some(item) if self.briefs && !self.pending.is_empty() && item.is_one_paragraph() => true,
            Some(_) if continues_elsewhere => true,
            // Right below `（上接第一版）` a head is the next crosshead of the article.
            Some(item) if item.jumps && !item.has_text() => false,
            Some(item) if self.pending.is_empty() => item.closed && signed && item.heads.is_empty(),
            Some(item) => {
                let resumes = item.text_ends_torn() || item.has_crossheads();
                item.closed
                    || !matches!(opening, Opening::Inside | Opening::Doubtful)
                    || sort == Sort::Notice
                    || item.sort == Sort::Notice
                    || (self.broken && !resumes)
                    || by_others
            }
        };
        // A sidebar that the reporter of the article above signs again looks like its last section.
        let again = self.split
            && !begins
            && opening == Opening::Inside
            && self.pending.len() == 1
            && self.item().is_some_and(|item| {
                let by = |end: &Ending| matches!(end, Ending::Signed(by) if item.signed_by(by));
                item.is_told() && !item.has_crossheads() && section.as_ref().is_some_and(by)
            });
        if again {
            self.doubt(
                "stand over a section that the people of the article above sign again; it was kept with that article",
            );
        }
        if self.split && !begins && self.pending.is_empty() && self.tells_weather_aside(&block, rest) {
            self.pieces.doubts.push(format!(
                "the forecast on line {} has no headline; it was kept with the article above",
                block.lines.0
            ));
        }
        if begins {
            if guessed {
                self.doubt("have no byline; they were read as the beginning of an article of their own");
            }
            if unsure {
                self.doubt("begin a piece that somebody else signs; it may have begun further up");
            }
            // Without a lead-in or byline, the first line of a single article is its title and the next its first crosshead.
            // Above the title may stand what kind of text it is, or the head of an office's letters and a number.
            let over = self.pending.iter().take_while(|head| heads::stands_over(&head.words)).count() + 1;
            let first = self.pending.iter().skip(over).position(|head| !head.words.starts(0, "—")).map(|at| at + over);
            let first = if self.split { opener(&self.pending, rest) } else { first };
            let crossheads = first.map(|at| self.pending.split_off(at));
            self.begin(sort);
            let brief = self.briefs && self.split;
            if let Some(item) = self.item_mut() {
                item.brief = brief;
                item.unsure = guessed;
            }
            self.pending.extend(crossheads.into_iter().flatten());
            self.crossheads();
        } else {
            if (self.pending.len() > 1 || opening == Opening::Doubtful) && self.split && !steps {
                self.doubt("have no byline; they were kept with the article above as its subheadings");
                if let Some(item) = self.item_mut() {
                    item.unsure = true;
                }
            }
            if self.split && self.pending.is_empty() && self.item().is_some_and(|item| item.closed) {
                let lines = block.lines;
                self.pieces.doubts.push(format!(
                    "{} after a signature and has no headline; it was kept with the article above",
                    lines_word(lines, "comes", "come")
                ));
            }
            self.crossheads();
            self.broken = false;
        }
        let pointing = shapes::points_at_picture(&block.words) && block.words.len() < closing::MAX_CAPTION && !marked;
        let part = if pointing {
            Part::Caption(block, None)
        } else if verse {
            Part::Verse(block)
        } else {
            Part::Text(block)
        };
        self.add(part);
        self.close(closing);
    }
}

/// `line 7 goes`, `lines 7 to 9 go`
fn lines_word((first, last): (u32, u32), one: &str, many: &str) -> String {
    if first == last { format!("line {first} {one}") } else { format!("lines {first} to {last} {many}") }
}
