//! gouji (勾稽): a terminal editor and checker for annual reports on open
//! government information (政府信息公开工作年度报告).
//!
//! This page is the map. Read it, then the first lines of the module you need.
//!
//! # The idea
//!
//! 1. An official [`form`] is constant data: tables, lines, labels, sums.
//! 2. A [`model::Report`] is content under a form; only a transaction applied to
//!    a [`model::Document`] changes it.
//! 3. [`check`] is a function: report in, problems out, all of it at every key.
//! 4. Rules, commands, keys, formats and subcommands are tables of literals;
//!    help, documentation, output and tests are derived from them.
//! 5. Readers of foreign bytes never fail on what they find: they return a
//!    [`model::Draft`] with notes.
//! 6. The screen is `update(&mut App, Input) -> Vec<Effect>` and
//!    `view(&App, &mut Buffer) -> Position`; only the shell executes effects.
//! 7. Only [`store`], [`cli`] and [`tui::terminal`] touch the world.
//!
//! # Where does my line belong?
//!
//! | I want to | file | and else only |
//! | --- | --- | --- |
//! | fix a label, row or column; accept one more spelling | `form/y2021.rs` (`also` of that line) | - |
//! | add a form of a later year | `form/y20xx.rs` | a line in `form/mod.rs: FORMS` |
//! | add a sum that must hold | `form/y20xx.rs: sums` | a `Rule` in `check/tables.rs` if it is a new kind |
//! | add a check that needs code | `check/<section>.rs`: its `Rule` beside its function | a line in `check/rules.rs: RULES` |
//! | change what a rule says | its `Rule` literal | - |
//! | change how suspects are found or priced | `check/suspect/` | - |
//! | say a suspect differently | `check/readings.rs` | - |
//! | change what two reports are compared by | `check/diff.rs` | `paper/diff.rs`, which prints it |
//! | change what the page of two reports tells, or how it looks | `tui/panels/compare/` | `tui/update/compare.rs`: what is told before |
//! | change what a new report takes from last year's | `model/carry.rs` | - |
//! | change how two versions of a report are merged | `model/merge.rs` | `tui/panels/merge.rs`, which asks |
//! | change what a roll-up sums, or who is named for a broken sum | `check/rollup.rs` | `paper/rollup.rs`, its lists and sheets |
//! | change which files of a folder a roll-up counts | `folder/summed.rs` | `folder/rolling.rs`, what is remembered of it |
//! | change the roll-up page | `tui/report/rolled.rs` | `tui/panels/sources.rs`, its panel; `tui/update/rolled.rs`, the way there and back |
//! | change what a window shows of the other person's work | `tui/update/others.rs` | `tui/terminal/session/others.rs`, the disk |
//! | change what the screen tells of last year's report: marks, what is due, sentences to write anew | `tui/report/from_last.rs` | `tui/panels/rewrite.rs`, their list |
//! | move the year in one more phrase; call one more sentence stale | `base/year.rs`; `base/sentence.rs` | `base/fixed.rs`: numbers that are the same every year |
//! | change which report is last year's of another | `model/last.rs` | - |
//! | change where last year's report is looked for | `store/last.rs` | - |
//! | change how last year's report is chosen, or when it is taken | `tui/update/last.rs` | `tui/panels/last_year.rs`, the choice |
//! | say something of last year's report on the screen | `tui/report/last.rs` | - |
//! | add a limit that a profile may set | `check/profile.rs: THRESHOLDS` | - |
//! | add a command | `tui/command.rs` (a row), its body beside its feature | a line in `tui/keymap.rs`, an arm where it is run |
//! | add a panel | `tui/panels/<name>.rs`: state, keys, picture | its variant and two lines in `tui/app.rs`, an arm in `tui/update/mod.rs` |
//! | change what a page of a report does with a key | `tui/report/{matrix,text,head}.rs` | - |
//! | change how a page looks | `tui/report/{grid,text_view,head_view,status}.rs` | - |
//! | change where the bars, the table and a panel stand | `tui/areas.rs` | - |
//! | say when a command is possible, and why not | `tui/report/possible.rs` | - |
//! | change what a fix on show is | `tui/report/mending.rs` | `tui/panels/fixes.rs`, its list |
//! | change which keys a mode shows, or the next step of a problem | `tui/report/status.rs` | - |
//! | change how a path is typed and its folder listed | `tui/path_line.rs` | - |
//! | change what the start page offers | `tui/start.rs` | - |
//! | change what the practice says | `tui/report/practice.rs` | - |
//! | change what the folder page does or shows | `tui/folder/` | `tui/terminal/folder.rs`, which reads for it |
//! | change whose file it is, how a unit stands, what is remembered of it | `folder/{matching,standing,list}.rs` | - |
//! | change what is said of a unit beside its state | `folder/said.rs` | `paper/listing.rs`, its columns |
//! | read or keep what belongs to a folder of reports | `store/folder.rs` | - |
//! | change how lists move, scroll and look | `tui/picker.rs` | - |
//! | say what comes after a turn | a variant of `Next` in `tui/turn.rs` | its arm in `tui/update/follow.rs` |
//! | change how something looks in a theme, add a role | `tui/theme.rs`: a row | - |
//! | ask the shell for something | a variant of `Effect` in `tui/input.rs` | its arm in `tui/terminal/session/mod.rs` (files) or `tui/terminal/shell.rs` (all else) |
//! | open, save or bring back a report from the screen | `tui/terminal/session/` | - |
//! | read one more key sequence | a row in `tui/terminal/dialects.rs` | - |
//! | read one more format | `format/read/<name>.rs`: its `Format` beside its reader | a line in `format/read/mod.rs`, one in `format/mod.rs: FORMATS` |
//! | write one more format | `format/write/<name>.rs` | `write` in its `Format` |
//! | name a kind of file that is not read | `format/kind.rs` | - |
//! | change how a text is cut into boxes | `format/split.rs` | - |
//! | change how a grid is found on a page | `format/read/grid/` | - |
//! | change how a document becomes a draft | `format/assemble.rs` | - |
//! | change a layout of our own that is read back | `format/own/<name>.rs` | - |
//! | print something made of report and problems | `paper/<name>.rs` | - |
//! | change what a comment in the sender's file says, or what it is about | `paper/comments.rs` | - |
//! | change where such a comment goes, or what is refused | `format/annotate/{docx,xlsx}.rs` | `format/annotate/markup.rs`, which edits a part |
//! | change how a paste finds its cells, or what is asked of it | `format/paste/` | `tui/panels/paste/`, its preview |
//! | touch the disk | `store/` | a `Step` in `store/disk.rs` if it writes |
//! | change how a file is saved, or how its versions are kept | `store/save.rs`, `store/versions.rs` | `tui/panels/versions.rs`, their list |
//! | change which steps behind a save are kept | `store/history.rs` | `Document::deepen`, which tries them |
//! | change how a file becomes a draft with its facts | `store/import.rs` | - |
//! | change which files a folder holds, or how many are read side by side | `store/walk.rs`, `store/parallel.rs` | - |
//! | say what the disk refuses | `store/failure.rs` | - |
//! | add a subcommand | `cli/<name>.rs` | a line in `cli/mod.rs: SUBCOMMANDS` |
//! | add an option | `cli/options.rs` | its name in `options` of its subcommand |
//! | add a setting | `cli/settings.rs` | `cli/list/effective.rs`, which prints it |
//! | write a file beside the results | `cli/outputs.rs` | - |
//! | say something in the manual | `manual/zh.md`, `manual/en.md` | its tables make themselves (`tests/readme.rs`) |
//! | show one more long text by `gouji help` | `cli/help.rs: TOPICS` | `cli/help/plain.rs`, how Markdown is set |
//! | change a shape of JSON that others read | where it is written, and its schema beside it | `cli/list.rs: SHAPES` for one more |
//! | take in a library | `Cargo.toml`, with what it does for us | `tests/licences.rs` lists and judges its licence |
//! | change what is packed | `Cargo.toml: package.metadata.deb` | `.ci/package`, which makes it |
//! | parse a number as officials type it, measure Chinese text | `base/` | - |
//! | name a new file, show a path | `base/path.rs` | - |
//! | show how fast or how right something is | `benches/` | - |
//!
//! # Floors
//!
//! Names go down only. `base` < `form` < `model` < `check`, `format` < `folder` <
//! `paper`, `store` < `tui`, `cli`. `check` and `format` do not see each other, nor do
//! `paper` and `store`; `tui` and `cli` meet only in `cli/edit.rs`. Inside
//! `tui` a report names no panel. The targets in `tests/floors` prove it: each
//! compiles only what its floor may name.
//! `clippy.toml` keeps the outside world out of the rest.
//!
//! # Invariants
//!
//! 1. Only `Document::apply`, `undo`, `redo` and `take_back` change a report.
//! 2. Apply then undo restores report and problems exactly; not modified means
//!    equal to what was saved.
//! 3. A reader answers any bytes within its limits, without a panic that escapes.
//! 4. Blank, zero, Nil and unreadable are four things, in memory and in files.
//! 5. A change is in the journal before the frame that shows it.
//! 6. A save leaves the old or the new file, whole.
//! 7. No control or direction character of a file reaches the terminal.
//! 8. The terminal is given back before anything is printed.
//! 9. The cursor is set in every frame; no state is carried by colour alone.
//! 10. Equal input gives equal bytes.
//!
//! # Why it is so
//!
//! What a reader may wonder at, each with its reason.
//!
//! - `Input::Key` carries crossterm's key event and `update` looks it up: the
//!   context of a key is part of the state, so the keymap is asked there.
//! - `Document::take_back` undoes a step for good: Esc while typing leaves no
//!   step behind.
//! - `Effect::Journal` carries the ops that ran beside the change: undo may go
//!   back behind the save at which a journal begins.
//! - The journal's file comes with the first change, not with opening; its first line is
//!   made after the first frame, because it costs more than all the rest of a key.
//! - The sequences that take the terminal are queued before the first frame and go out in
//!   the same write (`terminal/modes.rs`): nobody sees a blank screen between them.
//! - No thread reads the keyboard: one `poll` waits for keys, signals and tasks
//!   (`terminal/events.rs`), and slow work goes to a thread instead. A key wakes only
//!   who answers it, and keys are still read one by one while a disk is slow.
//! - A journal is checked by replaying it, so line 1 holds the report as text.
//! - `check::readings` stands between `suspect`, which knows no form, and those
//!   who show readings.
//! - The two strategies of `format/read/grid` share the grid, not its edges: rows of
//!   text stand in the columns of several tables at once, and only a form tells which.
//! - F3 in the preview of a paste writes blanks as 0: lists have nothing to find.
//! - A file is read before the terminal is taken, or on a thread: progress is
//!   the seconds it takes, for no reader knows how far it is.
//! - Our own writer stands below ratatui's `Buffer`, without its `Backend` and
//!   `Terminal`: it moves rows that scrolled and writes half the bytes.
//! - `check` keeps nothing, but its caller may keep what the texts say
//!   ([`check::Texts`]): reading a sentence costs more than judging it.
//! - Tidy data has two states that no cell has: `noted:TEXT`, a number that
//!   came with words, and `lost`, a cell whose row was not found in its source.
//! - A row whose numbers a reader did not find leaves its sums open, on the
//!   screen as in `check`: blank is zero only where the source says blank.
//! - Keys of an unmarked paste are given out as they come and taken back once the run
//!   shows what it is (`update/unmarked.rs`): no key waits 30 ms for its neighbour.
//! - A digit too many does not end the typing: it is refused, and so is every digit
//!   behind it, until the cell is left. Every other refused key ends it.
//! - F2 selects nothing: what stands there is the value, no suggestion.
//! - The pass over the totals (核对总计) is a mode of the report, asked before its pages:
//!   as a panel it would close when a list opens over it.
//! - A panel answers with `Next` and names no other panel; only `tui/update/follow.rs`
//!   knows them all. `tui/app.rs` lists them, so that tests can match on what is open.
//! - A fix that is shown in the matrix lies in the report (`ReportScreen::preview`): the
//!   grid draws it, and it goes with its list.
//! - The size in `Look` is that of the piece that has the turn: a panel counts its own
//!   rows, and does not know whether it stands beside the table or over it.
//! - A panel that only tells (F4) has no keys: it follows the cursor. Asked for again it
//!   stays at its place, and the arrows scroll it.
//! - Of ratatui we use `Layout`, `Rect`, `Block`, `Scrollbar`, `Buffer`; text goes through
//!   `canvas`, for its own widgets do not know what a terminal draws two columns wide.
//! - What came from last year is marked nowhere in a file: whatever holds last year's
//!   number, or repeats its sentence, is told from last year's report whenever it is known.
//! - Sentences of last year mark an export until a person says they were looked at, each
//!   time anew: an answer that was kept could outlive the sentences.
//! - Last year's report is read once this one is on the screen, and is taken once nothing
//!   lies over the page: its disk may be gone, and an explanation being typed names its
//!   problem by its place in the list.
//! - What a window is wider than 120 columns is last year's column first, and the column is
//!   drawn when it is whole: no label shrinks as the window grows.
//! - Steps of an earlier session are read at the first undo that finds nothing, not at
//!   opening; they are tried backwards and forwards before they count. The session keeps
//!   them, for a document that did not ask knows only its own.
//! - The page of two reports stands aside (`App::aside`) while one is at a place of the
//!   report: as a panel it would be gone, and Esc has nowhere else to lead back from.
//! - A unit's state is not kept: it follows from its files and from what was done, so that
//!   a file that changes never stands as passed.
//! - Esc in a report that the folder page opened shows the menu first and goes back with
//!   the second: `Esc 8` is F8 there too.
//! - A comment in somebody's file is an edit of bytes: what an XML library writes anew is
//!   no longer the sender's, and what need not change stays as it is packed.
//! - A comment finds its sentence by its characters: the readers keep a place for each
//!   cell, and for paragraphs only a count.
//! - The start page shows what was kept when a report was left, and looks at no report:
//!   its disk may not answer, and the first frame waits for nothing.

pub mod base;
pub mod check;
pub mod cli;
pub mod folder;
pub mod form;
pub mod format;
pub mod model;
pub mod paper;
pub mod store;
pub mod tui;
