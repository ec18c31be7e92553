//! A path being typed, over the list of what stands in its folder.
//!
//! The list is an answer of the shell and may come late or never; meanwhile the line
//! takes keys. It is asked for when the folder changes, or with every key where a folder
//! holds more than is listed.
//!
//! **Never:** looks at a disk; says what becomes of the path.
//! Next: `prompt` and `panels::export`, which have one; `line_edit` for the line.

use super::canvas::Canvas;
use super::command::Command;
use super::input::{Effect, EntryKind, Listing, Recent, Target};
use super::line_edit::{LineEdit, first_line};
use super::picker::{Picker, Row, page};
use super::start;
use super::theme::Role;
use super::turn::{Cx, Look};
use crate::base::width::shown;
use crate::base::words::{Lang, words};

/// A path being typed.
#[derive(Debug)]
pub struct PathLine {
    /// The line.
    pub line: LineEdit,
    /// Something was typed: the list shows what fits it.
    is_typed: bool,
    /// Only folders are meant.
    folders: bool,
    /// Offered before anything is typed.
    recent: Vec<Recent>,
    /// The chosen line of the list; None while the line itself is meant.
    chosen: Option<usize>,
    /// What was asked for last.
    asked: Option<String>,
    /// The answer to it.
    listing: Option<Listing>,
    /// The name is to be completed once the answer is there.
    completes: bool,
}

/// What a key meant.
pub(crate) enum Meant {
    /// Nothing more.
    Stay,
    /// This path.
    Path(String),
    /// This report.
    Target(Target),
    /// It is no key of such a line.
    Other,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum Item {
    Recent(usize),
    Entry(usize),
}

/// A path as folder and name: the folder ends with its slash or is empty.
fn split(path: &str) -> (&str, &str) {
    path.rfind('/')
        .map_or(("", path), |at| path.split_at(at + 1))
}

impl PathLine {
    /// A line for a file, with a suggestion that is selected.
    pub(crate) fn file(suggestion: &str, recent: Vec<Recent>) -> Self {
        PathLine {
            line: LineEdit::suggested(suggestion),
            is_typed: false,
            folders: false,
            recent,
            chosen: None,
            asked: None,
            listing: None,
            completes: false,
        }
    }

    /// A line for a folder.
    pub(crate) fn folder(suggestion: &str) -> Self {
        PathLine {
            folders: true,
            ..PathLine::file(suggestion, Vec::new())
        }
    }

    /// Asks for the list that belongs to what is typed, unless it is there.
    pub(crate) fn ask(&mut self, effects: &mut Vec<Effect>) {
        let text = self.line.text();
        let (folder, name) = split(text);
        let wanted = if self.is_typed { text } else { folder };
        let holds_all = self.listing.as_ref().is_some_and(|list| !list.is_cut);
        let is_there = self.asked.as_deref().is_some_and(|asked| {
            let (asked_folder, part) = split(asked);
            // All names that hold a part of what is typed are there.
            let holds = holds_all && name.to_lowercase().contains(&part.to_lowercase());
            asked == wanted || (asked_folder == folder && holds)
        });
        if !is_there {
            // A whole folder is listed once; only of a large one what fits is asked for.
            let is_large = self
                .listing
                .as_ref()
                .is_some_and(|list| list.is_cut && split(&list.typed).0 == folder);
            let wanted = if is_large { wanted } else { folder }.to_owned();
            if self.asked.as_ref() != Some(&wanted) {
                if !is_large {
                    self.listing = None;
                }
                self.asked = Some(wanted.clone());
                effects.push(Effect::List(wanted));
            }
        }
    }

    /// Takes a list that was asked for.
    pub(crate) fn listed(&mut self, listing: Listing, effects: &mut Vec<Effect>) {
        if self.asked.as_ref() == Some(&listing.typed) {
            self.listing = Some(listing);
            if std::mem::take(&mut self.completes) {
                self.complete(effects);
            }
            self.ask(effects);
        }
    }

    /// Types text.
    pub(crate) fn insert(&mut self, text: &str, cx: &mut Cx<'_>) {
        cx.insert(&mut self.line, first_line(text));
        self.changed(cx.effects);
    }

    fn changed(&mut self, effects: &mut Vec<Effect>) {
        self.is_typed = true;
        self.chosen = None;
        self.completes = false;
        self.ask(effects);
    }

    fn set(&mut self, text: &str, effects: &mut Vec<Effect>) {
        self.line = LineEdit::new(text);
        self.changed(effects);
    }

    /// A command.
    pub(crate) fn command(&mut self, command: Command, cx: &mut Cx<'_>) -> Meant {
        let len = self.items().len();
        match command {
            Command::Up => {
                self.chosen = self
                    .chosen
                    .map_or(len.checked_sub(1), |at| at.checked_sub(1));
            }
            Command::Down => {
                self.chosen = Some(self.chosen.map_or(0, |at| at + 1)).filter(|at| *at < len);
            }
            Command::PageUp | Command::PageDown => {
                let page = page(cx.look.size.1).saturating_sub(1).max(1);
                let at = self.chosen.unwrap_or(0);
                let to = match command {
                    Command::PageUp => at.saturating_sub(page),
                    _ => (at + page).min(len.saturating_sub(1)),
                };
                self.chosen = (len > 0).then_some(to);
            }
            Command::Choose => return self.choose(cx),
            Command::Complete => self.complete(cx.effects),
            Command::Close => return Meant::Other,
            command => {
                let before = self.line.text().to_owned();
                cx.edit(&mut self.line, command);
                if self.line.text() != before {
                    self.changed(cx.effects);
                }
            }
        }
        Meant::Stay
    }

    /// Enter: the chosen line, else what is typed; a folder is gone into.
    fn choose(&mut self, cx: &mut Cx<'_>) -> Meant {
        let text = self.line.text().to_owned();
        let (folder, typed) = split(&text);
        let entries = self.listing.as_ref().map(|list| list.entries.as_slice());
        let entries = entries.unwrap_or_default();
        let item = self.chosen.and_then(|at| self.items().get(at).copied());
        let entry = match item {
            Some(Item::Recent(at)) => return Meant::Target(self.recent[at].target.clone()),
            Some(Item::Entry(at)) => entries.get(at),
            // A folder whose name was typed whole is meant to be seen, not to be opened.
            None if !self.folders && self.is_typed => entries
                .iter()
                .find(|entry| entry.kind == EntryKind::Folder && entry.name == typed),
            None => None,
        };
        match entry {
            Some(entry) if entry.kind == EntryKind::Folder => {
                let inside = format!("{folder}{}/", entry.name);
                self.set(&inside, cx.effects);
                Meant::Stay
            }
            Some(entry) => Meant::Path(format!("{folder}{}", entry.name)),
            None => Meant::Path(text),
        }
    }

    /// Tab: as far as the names that begin so are alike.
    fn complete(&mut self, effects: &mut Vec<Effect>) {
        let text = self.line.text().to_owned();
        let (folder, typed) = split(&text);
        let Some(listing) = &self.listing else {
            self.completes = true;
            return;
        };
        let names = listing
            .entries
            .iter()
            .filter(|entry| entry.name.starts_with(typed))
            .filter(|entry| !self.folders || entry.kind == EntryKind::Folder)
            .map(|entry| match entry.kind {
                EntryKind::Folder => format!("{folder}{}/", entry.name),
                EntryKind::File(_) => format!("{folder}{}", entry.name),
            });
        let names: Vec<String> = names.collect();
        if let Some(common) = common_start(&names)
            && common.len() > text.len()
        {
            self.set(&common, effects);
        }
    }

    /// The lines of the list: what was open lately before anything is typed, then what
    /// of the folder fits what is typed.
    fn items(&self) -> Vec<Item> {
        let text = self.line.text();
        let (_, typed) = split(text);
        let typed = if self.is_typed {
            typed.to_lowercase()
        } else {
            String::new()
        };
        let recent = if text.is_empty() {
            self.recent.len()
        } else {
            0
        };
        let fits = |entry: &super::input::Entry| {
            let is_shown = typed.starts_with('.') || !entry.name.starts_with('.');
            let is_meant = !self.folders || entry.kind == EntryKind::Folder;
            is_shown && is_meant && entry.name.to_lowercase().contains(&typed)
        };
        let entries = self.listing.iter().flat_map(|list| &list.entries);
        let entries = entries.enumerate().filter(|(_, entry)| fits(entry));
        (0..recent)
            .map(Item::Recent)
            .chain(entries.map(|(at, _)| Item::Entry(at)))
            .collect()
    }

    /// Draws the line after its label, and the list under it down to the foot of the
    /// canvas; answers with the place of the cursor.
    pub(crate) fn draw(&self, label: &str, top: u16, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let x = canvas.text(0, top, &format!("{label}: "), Role::Here);
        let caret = canvas.line_edit((x, top), &self.line);
        let lang = canvas.lang();
        let said = self.state(lang).unwrap_or_default();
        canvas.text(0, top + 1, &said, Role::Dim);
        let rows = self.rows(canvas.look());
        // A row is left between them where there are rows enough.
        let below = top + if canvas.rows() < top + 6 { 1 } else { 2 };
        if rows.is_empty() || canvas.rows() <= below {
            return (caret, top);
        }
        let picker = Picker::at(self.chosen.unwrap_or(usize::MAX));
        let at = picker.draw_rows(below, &rows, 0, canvas);
        if self.chosen.is_some() {
            at
        } else {
            (caret, top)
        }
    }

    /// What is to be said of the list itself.
    fn state(&self, lang: Lang) -> Option<String> {
        let said = match &self.listing {
            None => words("正在列出文件夹 ...", "listing the folder ..."),
            Some(Listing {
                failed: Some(why), ..
            }) => return Some(why.text(lang)),
            Some(_) if self.items().is_empty() && self.folders => {
                words("这里没有别的文件夹", "no folders here")
            }
            Some(_) if self.items().is_empty() => {
                words("这里没有能打开的文件", "nothing here that can be opened")
            }
            Some(list) if list.is_cut => words(
                "文件太多，只列出一部分：打几个字再找",
                "too many files, some are listed: type a few letters",
            ),
            Some(_) => return None,
        };
        Some(said.get(lang).to_owned())
    }

    /// The list: name, kind, date.
    fn rows(&self, look: Look) -> Vec<Row> {
        let (ruler, lang) = (look.ruler, look.lang);
        let lines: Vec<[String; 3]> = self
            .items()
            .into_iter()
            .map(|item| self.line_of(item, lang))
            .collect();
        let widest = |at: usize| {
            lines
                .iter()
                .map(|line| ruler.width(&line[at]))
                .max()
                .unwrap_or(0)
        };
        // The sign, the bar, and the blanks between the columns.
        let room = usize::from(look.size.0).saturating_sub(3);
        let (kind, when) = (widest(1), widest(2));
        let mut name = room.saturating_sub(kind + when + 4);
        let shows_all = name >= 16;
        if !shows_all {
            name = room;
        }
        let row = |(at, [named, kind_said, when_said]): (usize, [String; 3])| {
            let mut text = ruler.fit(&ruler.cut_front(&named, name), name);
            if shows_all {
                text = format!("{text}  {}  {when_said}", ruler.fit(&kind_said, kind));
            }
            Row::new(text, Role::Plain, Some(at))
        };
        lines.into_iter().enumerate().map(row).collect()
    }

    fn line_of(&self, item: Item, lang: Lang) -> [String; 3] {
        match item {
            Item::Recent(at) => {
                let recent = &self.recent[at];
                let [(when, _), (state, _), (unsaved, _)] = start::pieces(recent, lang);
                let said = [unsaved, state].into_iter().find(|said| !said.is_empty());
                let lately = || words("最近", "lately").get(lang).to_owned();
                [start::name(recent, lang), said.unwrap_or_else(lately), when]
            }
            Item::Entry(at) => {
                let entry = self.listing.as_ref().map(|list| &list.entries[at]);
                let Some(entry) = entry else {
                    return Default::default();
                };
                let (slash, kind) = match entry.kind {
                    EntryKind::Folder => ("/", words("文件夹", "folder")),
                    EntryKind::File(format) => ("", format.name),
                };
                let name = format!("{}{slash}", shown(&entry.name));
                [name, kind.get(lang).to_owned(), entry.when.clone()]
            }
        }
    }
}

/// What paths have in common at their start.
fn common_start(paths: &[String]) -> Option<String> {
    let first = paths.first()?;
    let mut common = first.as_str();
    for path in &paths[1..] {
        while !path.starts_with(common) {
            let end = common.char_indices().next_back().map_or(0, |(at, _)| at);
            common = &common[..end];
        }
    }
    Some(common.to_owned())
}
