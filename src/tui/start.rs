//! The start page: what can be gone on with, made new or opened.
//!
//! ```text
//!    最近
//!    > 1  民政局2025.json    01-24 16:31    错误 2    未保存 37 处
//!      2  民政局2024.json    01-12 09:05    相符
//!    开始
//!      3  空白新建（2021 年格式）
//! ```
//!
//! **Never:** opens anything itself; looks at a file.
//! Next: `update`, which does what is chosen.

use crate::base::number::narrow;
use crate::base::width::shown;
use crate::base::words::{Lang, Message, Words, words};

use super::canvas::Canvas;
use super::command::Command;
use super::input::{Recent, StartFacts, Target};
use super::theme::Role;
use super::turn::Look;

/// Most reports to go on with; the others are offered where a file is opened.
pub(super) const MOST: usize = 2;

/// The start page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start {
    /// The chosen entry.
    pub chosen: usize,
}

/// What is chosen on the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Something to open.
    Target(Target),
    /// A command.
    Run(Command),
    /// The menu.
    Menu,
    /// Nothing yet.
    Nothing,
}

impl Start {
    /// A command.
    pub(crate) fn command(&mut self, command: Command, facts: &StartFacts) -> Chosen {
        let len = entries(facts).len();
        match command {
            Command::Up => self.chosen = self.chosen.checked_sub(1).unwrap_or(len - 1),
            Command::Down => self.chosen = (self.chosen + 1) % len,
            Command::Choose => return self.choose(self.chosen, facts),
            Command::Close => return Chosen::Menu,
            _ => {}
        }
        Chosen::Nothing
    }

    /// A character that is no command.
    pub(crate) fn typed(&mut self, c: char, facts: &StartFacts, look: &mut Look) -> Chosen {
        match narrow(c).to_digit(10) {
            Some(0) => return Chosen::Run(Command::Quit),
            Some(8) => return Chosen::Run(Command::SwitchLanguage),
            Some(9) => look.ruler.wide_ambiguous = !look.ruler.wide_ambiguous,
            Some(number) => return self.choose(number as usize - 1, facts),
            None => {}
        }
        Chosen::Nothing
    }

    fn choose(&mut self, at: usize, facts: &StartFacts) -> Chosen {
        let Some(entry) = entries(facts).get(at).copied() else {
            return Chosen::Nothing;
        };
        self.chosen = at;
        match entry {
            Entry::Recent(index) => Chosen::Target(facts.recent[index].target.clone()),
            Entry::Run(command) => Chosen::Run(command),
        }
    }
}

/// An entry of the start page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// A report to go on with.
    Recent(usize),
    /// Something to begin.
    Run(Command),
}

/// What can be begun.
const BEGIN: [Command; 5] = [
    Command::New,
    Command::NewFrom,
    Command::Open,
    Command::Folder,
    Command::Sample,
];

fn entries(facts: &StartFacts) -> Vec<Entry> {
    let recent = (0..facts.recent.len().min(MOST)).map(Entry::Recent);
    recent.chain(BEGIN.map(Entry::Run)).collect()
}

/// A row of the page.
enum Row {
    Blank,
    Heading(Words),
    /// An entry, by its place.
    Entry(usize, Entry),
    /// Pieces of a key and what it does.
    Keys(Vec<(&'static str, &'static str)>),
}

/// The rows between the title and the keys: headings and blanks where there is room.
fn rows(facts: &StartFacts, look: Look) -> Vec<Row> {
    let entries: Vec<Entry> = entries(facts);
    let entry = |(at, entry): (usize, &Entry)| Row::Entry(at, *entry);
    let (recent, begin): (Vec<_>, Vec<_>) = entries
        .iter()
        .enumerate()
        .partition(|(_, entry)| matches!(entry, Entry::Recent(_)));
    let keys = keys(look);
    let room = usize::from(look.size.1).saturating_sub(2);
    let heads = if recent.is_empty() { 1 } else { 2 };
    let bare = entries.len() + keys.len();
    let (has_heads, has_blanks) = (bare + heads <= room, bare + heads + 2 <= room);
    let mut rows = Vec::new();
    let blank = || has_blanks.then_some(Row::Blank);
    let heading = |words| has_heads.then_some(Row::Heading(words));
    rows.extend(blank());
    if !recent.is_empty() {
        rows.extend(heading(words("最近", "Lately")));
        rows.extend(recent.into_iter().map(entry));
    }
    rows.extend(heading(words("开始", "Begin")));
    rows.extend(begin.into_iter().map(entry));
    rows.extend(blank());
    rows.extend(keys.into_iter().map(Row::Keys));
    rows
}

/// The other language, and the line that shows how wide characters are drawn: on one row
/// if there is room.
fn keys(look: Look) -> Vec<Vec<(&'static str, &'static str)>> {
    const TEST: [Words; 2] = [
        words(
            "这一行没有对齐请按 9：|一二三|123456|“二”|",
            "Press 9 if this is not aligned: |一二三|123456|“二”|",
        ),
        words(
            "没对齐按 9：|一二三|123456|“二”|",
            "Crooked? 9: |一二三|123456|“二”|",
        ),
    ];
    // Whoever needs it reads no other language.
    let language = match look.lang {
        Lang::Zh => ("8", "English"),
        Lang::En => ("8", "中文界面"),
    };
    let room = room(look);
    let test = |words: Words| ("9", words.get(look.lang));
    let width = |(key, what): (&str, &str)| look.ruler.width(key) + 2 + look.ruler.width(what);
    let long = test(TEST[0]);
    if width(language) + GAP + width(long) <= room + BEFORE {
        return vec![vec![language, long]];
    }
    let fits = TEST
        .into_iter()
        .map(test)
        .find(|test| width(*test) < room + 3);
    vec![vec![language], vec![fits.unwrap_or(test(TEST[1]))]]
}

/// The first of some texts that has room, else the last: each says the same shorter.
fn fitting(texts: &[Message], room: usize, look: Look) -> String {
    let mut texts = texts.iter().map(|text| text.text(look.lang)).peekable();
    let mut last = String::new();
    while let Some(text) = texts.next() {
        if look.ruler.width(&text) <= room || texts.peek().is_none() {
            return text;
        }
        last = text;
    }
    last
}

/// Columns before an entry's sign.
fn indent(look: Look) -> usize {
    if look.size.0 < 60 { 0 } else { INDENT }
}

/// Columns of an entry's text.
fn room(look: Look) -> usize {
    usize::from(look.size.0).saturating_sub(indent(look) + BEFORE + 1)
}

/// Columns before an entry's sign.
const INDENT: usize = 3;
/// Columns between an entry's sign and its text: the sign, the digit.
const BEFORE: usize = 5;
/// Columns between two pieces of a row.
const GAP: usize = 4;

/// Draws the page; answers with the place of the cursor.
pub(super) fn draw(start: Start, facts: &StartFacts, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let look = canvas.look();
    let titles = [
        words(
            "gouji 勾稽    政府信息公开工作年度报告：录入、核对、公布",
            "gouji    annual reports on open government information: key, check, publish",
        ),
        words(
            "gouji 勾稽    政府信息公开年度报告",
            "gouji    annual reports on open government",
        ),
        words("gouji 勾稽", "gouji"),
    ];
    let cols = usize::from(look.size.0).saturating_sub(3);
    canvas.heading(&fitting(&titles.map(Message::from), cols, look), "");
    let rows = rows(facts, look);
    let room = usize::from(look.size.1).saturating_sub(2).max(1);
    let is_here = |row: &Row| matches!(row, Row::Entry(at, _) if *at == start.chosen);
    let here = rows.iter().position(is_here).unwrap_or(0);
    let first = (here + 1).saturating_sub(room);
    let indent = indent(look);
    let columns = Columns::of(facts, look);
    let mut cursor = (0, 1);
    canvas.note_list(start.chosen, entries(facts).len());
    for (y, row) in (1..).zip(rows.iter().skip(first).take(room)) {
        if is_here(row) {
            cursor = (narrow_to(indent), y);
        }
        draw_row(row, (indent, y), (start.chosen, facts, &columns), canvas);
    }
    canvas.foot(if canvas.frame().menu {
        words("1 帮助  0 更多  Esc 关闭", "1 help  0 more  Esc closes")
    } else {
        words(
            "上下键或数字 选  回车 确定  0 退出  没有F键按Esc  F1 帮助",
            "arrows or digit choose  Enter takes it  0 quits  F1 help",
        )
    });
    cursor
}

fn narrow_to(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

fn draw_row(
    row: &Row,
    (indent, y): (usize, u16),
    (chosen, facts, columns): (usize, &StartFacts, &Columns),
    canvas: &mut Canvas<'_>,
) {
    let (look, lang) = (canvas.look(), canvas.lang());
    let x = narrow_to(indent);
    match row {
        Row::Blank => {}
        Row::Heading(words) => _ = canvas.text(x, y, words.get(lang), Role::Here),
        Row::Keys(pieces) => {
            let mut x = narrow_to(indent + 2);
            for (key, what) in pieces {
                x = canvas.text(x, y, key, Role::Key);
                x = canvas.text(x + 2, y, what, Role::Plain) + narrow_to(GAP);
            }
        }
        Row::Entry(at, entry) => {
            let here = *at == chosen;
            canvas.note_line(y, *at, chosen);
            let role = |role: Role| if here { Role::Selected } else { role };
            if here {
                let style = canvas.style(Role::Selected);
                let cols = usize::from(canvas.cols()).saturating_sub(2 * indent);
                canvas.fitted(x, y, "", cols, style);
            }
            let sign = if here { "> " } else { "  " };
            let x = canvas.text(x, y, sign, role(Role::Plain));
            let x = canvas.text(x, y, &(at + 1).to_string(), role(Role::Key)) + 2;
            match entry {
                Entry::Run(command) => {
                    canvas.text(x, y, &begins(*command, look), role(Role::Plain));
                }
                Entry::Recent(index) => columns.draw(&facts.recent[*index], (x, y), role, canvas),
            }
        }
    }
}

/// What an entry begins.
fn begins(command: Command, look: Look) -> String {
    let form = || vec![("form", crate::form::current().name.into())];
    let said: [Message; 2] = match command {
        Command::New => [
            words("空白新建（{form}）", "New, empty report ({form})").with(form()),
            words("空白新建", "New, empty report").into(),
        ],
        Command::NewFrom => {
            let said = words("从去年的报告新建", "New, from last year's report").into();
            [said, words("从去年的新建", "New, from last year's").into()]
        }
        Command::Open => [
            words(
                "打开一份：Word、网页、表格、PDF、文本",
                "Open one: Word, web page, spreadsheet, PDF, text",
            )
            .into(),
            words(
                "打开一份：Word、网页、PDF 等",
                "Open: Word, web page, PDF ...",
            )
            .into(),
        ],
        Command::Folder => [
            words(
                "打开一个文件夹：逐份核对、汇总",
                "Open a folder: check its reports one by one",
            )
            .into(),
            words("打开文件夹：逐份核对", "Open a folder of reports").into(),
        ],
        _ => [
            words(
                "练习：样例报告里有 2 处不平，四步改好",
                "Practice: a sample with 2 broken sums, four steps",
            )
            .into(),
            words(
                "练习：改好样例里的 2 处",
                "Practice: a sample in four steps",
            )
            .into(),
        ],
    };
    fitting(&said, room(look), look)
}

/// The columns of the reports to go on with.
struct Columns {
    /// Width of the names.
    name: usize,
    /// Widths of date, state, what is not saved; None where there is no room.
    others: [Option<usize>; 3],
}

impl Columns {
    fn of(facts: &StartFacts, look: Look) -> Self {
        const LEAST: usize = 14;
        const MOST_NAME: usize = 30;
        let recent = || facts.recent.iter().take(MOST);
        let width = |at: usize| {
            let widths = recent().map(|one| look.ruler.width(&pieces(one, look.lang)[at].0));
            widths.max().filter(|width| *width > 0)
        };
        let mut others = [width(0), width(1), width(2)];
        let room = room(look);
        let taken = |others: &[Option<usize>; 3]| -> usize {
            others.iter().flatten().map(|width| width + GAP).sum()
        };
        // The date goes first, then how it was left; what is not saved stays longest.
        for at in 0..others.len() {
            if room < taken(&others) + LEAST {
                others[at] = None;
            }
        }
        let longest = recent()
            .map(|one| look.ruler.width(&name(one, look.lang)))
            .max();
        let name = room.saturating_sub(taken(&others)).min(MOST_NAME);
        Columns {
            name: name.min(longest.unwrap_or(0)),
            others,
        }
    }

    fn draw(
        &self,
        recent: &Recent,
        (x, y): (u16, u16),
        role: impl Fn(Role) -> Role,
        canvas: &mut Canvas<'_>,
    ) {
        let (ruler, lang) = (canvas.ruler(), canvas.lang());
        let name = ruler.cut_front(&name(recent, lang), self.name);
        canvas.text(x, y, &name, role(Role::Plain));
        let mut x = x + narrow_to(self.name + GAP);
        for ((text, piece), width) in pieces(recent, lang).iter().zip(self.others) {
            if let Some(width) = width {
                canvas.text(x, y, text, role(*piece));
                x += narrow_to(width + GAP);
            }
        }
    }
}

/// What a report to go on with is called.
pub(super) fn name(recent: &Recent, lang: Lang) -> String {
    match recent.name.as_str() {
        "" => words("(没有名称)", "(no name)").get(lang).to_owned(),
        name => shown(name).into_owned(),
    }
}

/// When it was last touched, how it was left, what of it is not saved.
pub(super) fn pieces(recent: &Recent, lang: Lang) -> [(String, Role); 3] {
    let state = recent.left.as_ref().map(|left| {
        let (said, role) = match (left.errors, left.missing) {
            (0, 0) => (words("相符", "adds up").into(), Role::Right),
            (0, n) => (
                words("缺 {n} 格", "{n} missing").with(vec![("n", n.into())]),
                Role::Plain,
            ),
            (1, _) => (words("错误 1", "1 error").into(), Role::ErrorText),
            (n, _) => (
                words("错误 {n}", "{n} errors").with(vec![("n", n.into())]),
                Role::ErrorText,
            ),
        };
        (said.text(lang), role)
    });
    let unsaved = recent.unsaved.map(|places| {
        let said = match places {
            0 => words("未保存", "unsaved").into(),
            n => words("未保存 {n} 处", "{n} unsaved").with(vec![("n", n.into())]),
        };
        (said.text(lang), Role::ReminderText)
    });
    let none = || (String::new(), Role::Plain);
    [
        (shown(&recent.when).into_owned(), Role::Plain),
        state.unwrap_or_else(none),
        unsaved.unwrap_or_else(none),
    ]
}
