//! The preview of a paste: what was received, where it would go, what would
//! change, what must be asked first.
//!
//! **Never:** changes a report; decides what is asked.
//! Next: `format::paste` for how a text finds its cells, `view` for the picture.

mod view;

use crate::base::number::narrow;
use crate::base::words::words;
use crate::check::{Input, Texts, check};
use crate::form::CellId;
use crate::format::paste::{self, Block, Choice, Pasted as Read};
use crate::model::{Cell, Document, Op, Origin, Transaction};
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::Panel;
use crate::tui::picker::Picker;
use crate::tui::report::ReportScreen;
use crate::tui::report::pasting::{Run, pasted, question, too_long};
use crate::tui::turn::{Cx, Next};

/// A paste that is shown and not written yet.
#[derive(Debug)]
pub struct Preview {
    /// What was pasted: a slow line may bring the rest of it later.
    pub text: String,
    /// The cell it was pasted at.
    pub at: CellId,
    /// What was made of it.
    pub block: Block,
    /// What was chosen.
    pub choice: Choice,
    picker: Picker,
    /// No key was pressed since.
    pub untouched: bool,
    /// Nobody asked for it: its keys, which may have been typed.
    pub run: Option<Run>,
    /// Errors before and after.
    pub errors: (usize, usize),
    /// Cells that would change in each row.
    pub changes: Vec<usize>,
    /// Cells of the tables met that would stay.
    pub kept: usize,
}

/// A line of the preview that a cursor can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row of the block.
    Row(usize),
    /// A doubt of a row.
    Doubt(usize, usize),
    /// A piece that found no cell.
    Unplaced(usize),
}

impl Preview {
    /// A preview on its first open question, or its first row.
    #[must_use]
    pub fn new(report: &ReportScreen, text: String, at: CellId, block: Block) -> Self {
        let choice = Choice::of(&block);
        let mut this = Preview {
            text,
            at,
            block,
            choice,
            picker: Picker::default(),
            untouched: true,
            run: None,
            errors: (0, 0),
            changes: Vec::new(),
            kept: 0,
        };
        this.seek_open();
        this.weigh(report);
        this
    }

    /// Its lines, from top to bottom.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let rows = self.block.rows.iter().enumerate().flat_map(|(row, found)| {
            let doubts = (0..found.doubts.len()).map(move |doubt| Line::Doubt(row, doubt));
            std::iter::once(Line::Row(row)).chain(doubts)
        });
        let unplaced = (0..self.block.unplaced.len()).map(Line::Unplaced);
        rows.chain(unplaced).collect()
    }

    /// The place of the chosen line.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.picker.chosen
    }

    /// The chosen line.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        self.lines().get(self.picker.chosen).copied()
    }

    /// Puts the cursor on the first question that is open; false without one.
    pub fn seek_open(&mut self) -> bool {
        let Some((row, doubt)) = self.choice.open() else {
            return false;
        };
        let lines = self.lines();
        let at = lines
            .iter()
            .position(|line| *line == Line::Doubt(row, doubt));
        self.picker = Picker::at(at.unwrap_or(0));
        true
    }

    /// The step that it is, and where each of its cells came from.
    #[must_use]
    pub fn step(&self, report: &ReportScreen) -> (Transaction, Vec<(CellId, Origin)>) {
        let mut step = Transaction::new(words("粘贴", "paste"));
        let mut origins = Vec::new();
        for (cell, content, origin) in self.block.cells(report.form(), &self.choice) {
            step = step.cell(report.report(), cell, content);
            origins.push((cell, origin));
        }
        (step, origins)
    }

    /// Counts what would change and what would break.
    pub fn weigh(&mut self, report: &ReportScreen) {
        let form = report.form();
        let (step, _) = self.step(report);
        let written = step.ops.iter().filter_map(|op| match op {
            Op::SetCell { cell, .. } => Some(*cell),
            _ => None,
        });
        let changed: Vec<CellId> = written.collect();
        let of_row = |row: &crate::format::paste::BlockRow| {
            let cells = row.values.iter();
            cells.filter(|value| changed.contains(&value.cell)).count()
        };
        let rows = self.block.rows.iter().enumerate();
        self.changes = rows
            .map(|(index, row)| {
                if self.choice.taken[index] {
                    of_row(row)
                } else {
                    0
                }
            })
            .collect();
        let tables = self.block.found();
        let cells: usize = tables
            .iter()
            .map(|(table, _)| form.tables[*table].len())
            .sum();
        self.kept = cells.saturating_sub(changed.len());
        let mut after = Document::new(report.report().clone());
        let fits = after.apply(step).is_ok();
        debug_assert!(fits, "a step made from the report fits it");
        let after = check(&Input {
            blanks: report.blanks(),
            beside: report.beside(),
            profile: &report.profile,
            ..Input::of(after.report(), &Texts::of(after.report()))
        });
        self.errors = (report.findings.counts().errors, after.counts().errors);
    }

    /// Cells that would change.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.changes.iter().sum()
    }
}

impl Preview {
    /// Another reading of the doubt under the cursor.
    fn next_reading(&mut self, forward: bool) {
        let Some(Line::Doubt(row, doubt)) = self.line() else {
            return;
        };
        let count = self.block.rows[row].doubts[doubt].readings.len() + 1;
        let answer = &mut self.choice.answers[row][doubt];
        *answer = Some(match (*answer, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        });
    }

    /// Another text for the same place: the rest of a slow paste, or another paste.
    fn again(&mut self, more: &str, report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
        let mut run = self.run.take();
        let text = match &mut run {
            Some(run) => {
                run.keys.push_str(more);
                pasted(&run.keys)
            }
            None if self.untouched => format!("{}{more}", self.text),
            None => more.to_owned(),
        };
        match (paste::read(&text, report.form(), self.at, None), run) {
            (Read::Block(found), run) => {
                *self = Preview::new(report, text, self.at, found);
                self.run = run;
            }
            (Read::Report(draft), _) => return Next::Ask(question(report, text, &draft)),
            (_, Some(run)) => return play(run, report),
            (Read::TooLong, None) => cx.say(too_long()),
            (Read::One(_) | Read::Nothing, None) => {}
        }
        Next::Stay
    }

    /// A key while nobody said yet that this was pasted; None if somebody did. What is
    /// no answer goes on with what came, for it may be typed.
    fn unasked(
        &mut self,
        key: Option<char>,
        report: &mut ReportScreen,
        cx: &mut Cx<'_>,
    ) -> Option<Next> {
        let run = self.run.as_ref()?;
        match key {
            Some(' ' | '\u{3000}') => self.run = None,
            Some('+' | '＋') => return Some(play(run.clone(), report)),
            Some(key) => return Some(self.again(key.encode_utf8(&mut [0; 4]), report, cx)),
            None => cx.say(words(
                "先定这是不是粘贴的：空格键、Esc 或 +",
                "first say whether this was pasted: Space, Esc or +",
            )),
        }
        Some(Next::Stay)
    }

    /// The values laid the other way.
    fn turn(&mut self, report: &ReportScreen) {
        let across = Some(!self.block.across);
        if let Read::Block(found) = paste::read(&self.text, report.form(), self.at, across) {
            let zeros = self.choice.zeros;
            *self = Preview::new(report, self.text.clone(), self.at, found);
            self.choice.zeros = zeros;
            self.untouched = false;
        }
    }

    /// Enter: writes everything as one step, unless something is still to be asked.
    fn write(&mut self, report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
        if self.seek_open() {
            let said = words(
                "还有 {n} 处要先定读法：空格键换，数字选，不写也可以",
                "{n} numbers to decide first: Space or a digit chooses a reading, or none",
            );
            cx.say(said.with(vec![("n", self.choice.open_count().into())]));
            return Next::Stay;
        }
        let (step, origins) = self.step(report);
        let notes = self.block.notes.clone();
        let unread = self.block.cells(report.form(), &self.choice);
        let unread = unread
            .iter()
            .filter(|(_, cell, _)| matches!(cell, Cell::Raw(_)));
        let unread = unread.count();
        let changed = report.paste_step(step, origins, notes, cx.effects);
        let out = self.block.unplaced.len();
        let counts = vec![
            ("n", changed.into()),
            ("raw", unread.into()),
            ("out", out.into()),
        ];
        cx.say(match (changed, unread + out) {
            (0, 0) => words(
                "粘贴：和原来一样，什么都没有改",
                "pasted: the same as before",
            )
            .into(),
            (_, 0) => words(
                "粘贴：改了 {n} 格；Ctrl+Z 撤销",
                "pasted: {n} cells changed; Ctrl+Z undoes",
            )
            .with(counts),
            _ => words(
                "粘贴：改了 {n} 格，{raw} 处不是数，{out} 处没有用上；Ctrl+Z 撤销",
                "pasted: {n} cells changed, {raw} are no numbers, {out} found no cell; Ctrl+Z undoes",
            )
            .with(counts),
        });
        Next::Close
    }
}

/// The keys of a run that was typed after all.
fn play(run: Run, report: &mut ReportScreen) -> Next {
    report.typing = run.typing;
    Next::Play(run.keys)
}

impl Panel for Preview {
    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        use Command as C;
        let Some(report) = report else {
            return Next::Close;
        };
        let key = match command {
            C::Choose => Some('\r'),
            C::PasteTurn => Some('\t'),
            _ => None,
        };
        if command != C::Close
            && let Some(next) = self.unasked(key, report, cx)
        {
            return next;
        }
        match command {
            C::Quit => {
                cx.say(words(
                    "先定粘贴：回车 写入，Esc 不粘贴；然后退出",
                    "first the paste: Enter writes it, Esc drops it; then quit",
                ));
                return Next::Stay;
            }
            C::Close => {
                cx.say(words(
                    "没有粘贴，什么都没有改",
                    "not pasted; nothing was changed",
                ));
                return Next::Close;
            }
            _ => self.untouched = false,
        }
        match command {
            C::Choose => return self.write(report, cx),
            C::Right => self.next_reading(true),
            C::Left => self.next_reading(false),
            C::PasteBlanks => self.choice.zeros = !self.choice.zeros,
            C::PasteTurn if self.block.turns => self.turn(report),
            command => {
                let len = self.lines().len();
                self.picker.command(command, len, cx.look);
            }
        }
        self.weigh(report);
        Next::Stay
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let Some(report) = report else {
            return Next::Close;
        };
        if let Some(next) = self.unasked(Some(c), report, cx) {
            return next;
        }
        let c = narrow(c);
        let is_space = matches!(c, ' ' | '\u{3000}');
        self.untouched = false;
        match (self.line(), c.to_digit(10)) {
            (Some(Line::Row(row)), _) if is_space => {
                self.choice.taken[row] = !self.choice.taken[row];
            }
            (Some(Line::Doubt(..)), _) if is_space => self.next_reading(true),
            (Some(Line::Doubt(row, doubt)), Some(digit @ 1..)) => {
                let last = self.block.rows[row].doubts[doubt].readings.len();
                let reading = digit as usize - 1;
                if reading <= last {
                    self.choice.answers[row][doubt] = Some(reading);
                }
            }
            _ => {}
        }
        self.weigh(report);
        Next::Stay
    }

    fn pasted(&mut self, text: &str, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        report.map_or(Next::Close, |report| self.again(text, report, cx))
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        report.map_or((0, 0), |report| view::draw(self, report, canvas))
    }
}
