//! Everything a user can do, declared once.
//!
//! The palette, the key line, the help and the README are derived from
//! [`COMMANDS`] and the keymap.
//!
//! **Never:** a command with a payload; a title written anywhere else.
//! Next: `keymap` for the keys, `update` for the bodies.

use crate::base::words::{Words, words};

/// Something a user can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Show all keys.
    Help,
    /// Edit the cell as a line.
    EditCell,
    /// Find and go to sections, rows, cells, text; replace.
    Find,
    /// Go to the next match.
    FindNext,
    /// Go to the previous match.
    FindPrevious,
    /// Show the head of the report.
    HeadForm,
    /// The text before the tables of a section, or its tables.
    OtherPart,
    /// Go to the fact list under a text, or back.
    OtherPane,
    /// Begin a new paragraph.
    Paragraph,
    /// List all problems.
    CheckAll,
    /// List what mends problems.
    Fix,
    /// Tell what a place means and rests on.
    Basis,
    /// Write why a problem may stand.
    Explain,
    /// Remove explanations whose problems are gone.
    DropRemarks,
    /// List what changed since the report was opened.
    Changes,
    /// Fill the tables shown with 0.
    ZeroTable,
    /// Type the totals of the paper against the computed ones.
    CheckTotals,
    /// Choose a theme.
    SwitchTheme,
    /// Go to the next problem.
    NextProblem,
    /// Go to the previous problem.
    PreviousProblem,
    /// Keep a question for the return note.
    Question,
    /// List all commands.
    Palette,
    /// Save the report.
    Save,
    /// Save the report under another name.
    SaveAs,
    /// Write what is published, the check sheet, the return note.
    Export,
    /// Write the check sheet.
    CheckSheet,
    /// Copy the return note and show it.
    ReturnNote,
    /// Open a file.
    Open,
    /// Start an empty report.
    New,
    /// Open the sample.
    Sample,
    /// Leave.
    Quit,
    /// Hand the terminal back.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Switch the language.
    SwitchLanguage,
    /// Switch a table between checking and keying.
    ToggleKeying,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Copy cells.
    Copy,
    /// Copy cells and blank them.
    Cut,
    /// Paste copied cells.
    Paste,
    /// Set or drop the selection's anchor.
    Anchor,
    /// Blank cells.
    Clear,
    /// Fill the rest of the row with 0 and go on.
    FillRow,
    /// Leave the cell for the next entry cell, keeping it.
    Commit,
    /// The next entry cell, writing nothing.
    NextEntry,
    /// The previous entry cell, writing nothing.
    PreviousEntry,
    /// One cell or line up.
    Up,
    /// One cell or line down.
    Down,
    /// One cell left.
    Left,
    /// One cell right.
    Right,
    /// Extend the selection up.
    SelectUp,
    /// Extend the selection down.
    SelectDown,
    /// Extend the selection left.
    SelectLeft,
    /// Extend the selection right.
    SelectRight,
    /// Start of the row or line.
    RowStart,
    /// End of the row or line.
    RowEnd,
    /// First cell or line.
    First,
    /// Last cell or line.
    Last,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// The next section.
    NextSection,
    /// The previous section.
    PreviousSection,
    /// Remove the character before the caret, or the last digit.
    Backspace,
    /// Choose.
    Choose,
    /// Complete the path.
    Complete,
    /// Clear the line being typed.
    ClearLine,
    /// In a paste, write blanks as 0 or keep them.
    PasteBlanks,
    /// In a paste, lay numbers that stand one a line along rows or down.
    PasteTurn,
    /// Close what is open; then the menu.
    Close,
}

/// Commands that belong together in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Files and the program.
    File,
    /// Problems.
    Check,
    /// Numbers and cells.
    Edit,
    /// Moving about.
    Move,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Group; 4] = [Group::Check, Group::Edit, Group::File, Group::Move];

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> Words {
        match self {
            Group::File => words("文件和程序", "Files and the program"),
            Group::Check => words("核对", "Checking"),
            Group::Edit => words("填数", "Numbers"),
            Group::Move => words("移动", "Moving"),
        }
    }
}

/// How a command is called and found.
#[derive(Debug)]
pub struct CommandInfo {
    /// The command.
    pub command: Command,
    /// Its name in configuration: `place.verb`.
    pub name: &'static str,
    /// Where it stands in the help.
    pub group: Group,
    /// What it does.
    pub title: Words,
    /// What the key line calls it; empty where it never stands there.
    pub brief: Words,
    /// Initials of the Chinese title, to filter the palette by.
    pub initials: &'static str,
    /// Its digit in the palette.
    pub digit: Option<char>,
    /// Whether the palette lists it.
    pub listed: bool,
}

const fn info(
    command: Command,
    name: &'static str,
    group: Group,
    zh: &'static str,
    en: &'static str,
    initials: &'static str,
) -> CommandInfo {
    CommandInfo {
        command,
        name,
        group,
        title: words(zh, en),
        brief: words("", ""),
        initials,
        digit: None,
        listed: !initials.is_empty(),
    }
}

impl CommandInfo {
    const fn brief(self, zh: &'static str, en: &'static str) -> Self {
        CommandInfo {
            brief: words(zh, en),
            ..self
        }
    }

    const fn digit(self, digit: char) -> Self {
        CommandInfo {
            digit: Some(digit),
            ..self
        }
    }
}

/// All commands; the palette lists them in this order.
#[rustfmt::skip]
pub static COMMANDS: &[CommandInfo] = &[
    info(Command::Save, "file.save", Group::File, "保存", "save", "bc").digit('1'),
    info(Command::Export, "file.export", Group::File, "导出：公布的文件、核验单、退回意见", "export: what is published, check sheet, note", "dc").digit('2'),
    info(Command::Open, "file.open", Group::File, "打开", "open a file", "dk").digit('3'),
    info(Command::SaveAs, "file.save_as", Group::File, "另存为", "save as", "lcw").digit('4'),
    info(Command::CheckAll, "problem.list", Group::Check, "全审：列出所有问题", "check all: list the problems", "qs").brief("全审", "check").digit('5'),
    info(Command::Fix, "problem.fix", Group::Check, "修复：补上、改正的建议", "fix: fills and suggestions", "xf").brief("修复", "fix").digit('6'),
    info(Command::ToggleKeying, "table.keying", Group::Edit, "录入和核对之间切换", "switch between keying and checking", "lrhd").digit('7'),
    info(Command::Question, "problem.question", Group::Check, "记为待核实，写进退回意见", "keep as a question for the return note", "jwdhsxjthyj").brief("退回", "return"),
    info(Command::ReturnNote, "problem.return_note", Group::Check, "退回意见：显示并复制", "return note: show and copy it", "thyj"),
    info(Command::CheckSheet, "file.check_sheet", Group::File, "核验单：签字用的一页", "check sheet: the page to sign", "hyd"),
    info(Command::NextProblem, "problem.next", Group::Check, "到下一处问题", "go to the next problem", "xyc").brief("下处", "next").digit('8'),
    info(Command::PreviousProblem, "problem.previous", Group::Check, "到上一处问题", "go to the previous problem", "syc").digit('9'),
    info(Command::Explain, "problem.explain", Group::Check, "出错说明：写为什么可以这样", "explain why a problem may stand", "ccsm").brief("说明", "why"),
    info(Command::Basis, "help.basis", Group::Check, "依据：这一格是什么、怎么算", "basis: what this is, how it is counted", "yj").brief("依据", "basis"),
    info(Command::CheckTotals, "table.recount", Group::Check, "核对总计：照原稿再打一遍", "check the totals: type those of the paper", "hdzj"),
    info(Command::Changes, "edit.changes", Group::Check, "打开以来的改动", "my changes since opening", "dkyldgd"),
    info(Command::DropRemarks, "problem.drop_remarks", Group::Check, "删去用不着的说明", "remove explanations of what is gone", "sqybzdsm"),
    info(Command::ZeroTable, "table.zero", Group::Edit, "整表填 0", "fill the whole table with 0", "zbt"),
    info(Command::Quit, "app.quit", Group::File, "退出", "quit", "tc").digit('0'),
    info(Command::New, "file.new", Group::File, "新建空白报告", "new empty report", "xjkbbg"),
    info(Command::Undo, "edit.undo", Group::Edit, "撤销", "undo", "cx"),
    info(Command::Redo, "edit.redo", Group::Edit, "重做", "redo", "cz"),
    info(Command::EditCell, "cell.edit", Group::Edit, "改格：整行编辑，任何内容", "edit the cell as a line, any text", "gg").brief("改格", "edit"),
    info(Command::Clear, "cell.clear", Group::Edit, "清空（选中的都清空）；文字里删后一字", "blank cells; in a text delete ahead", "qk"),
    info(Command::FillRow, "row.fill", Group::Edit, "本行余下补 0，到下一行（录入）", "fill the rest of the row with 0 (keying)", "bhyx"),
    info(Command::Anchor, "select.anchor", Group::Edit, "从这里开始选择", "start selecting here", "xz"),
    info(Command::Copy, "edit.copy", Group::Edit, "复制", "copy", "fz"),
    info(Command::Cut, "edit.cut", Group::Edit, "剪切", "cut", "jq"),
    info(Command::Paste, "edit.paste", Group::Edit, "粘贴：一个数直接填，几格先看预览", "paste: a block is shown first", "zt"),
    info(Command::NextSection, "section.next", Group::Move, "下一部分", "next section", "xybf"),
    info(Command::PreviousSection, "section.previous", Group::Move, "上一部分", "previous section", "sybf"),
    info(Command::NextEntry, "entry.next", Group::Move, "下一个填数格", "next entry cell", "xygtsg"),
    info(Command::PreviousEntry, "entry.previous", Group::Move, "上一个填数格", "previous entry cell", "sygtsg"),
    info(Command::First, "move.first", Group::Move, "到最前", "first cell or line", "dzq"),
    info(Command::Last, "move.last", Group::Move, "到最后", "last cell or line", "dzh"),
    info(Command::SwitchLanguage, "app.language", Group::File, "换成英文界面", "change the screen to Chinese", "hcywjm"),
    info(Command::SwitchTheme, "app.theme", Group::File, "换配色", "change the theme", "hps"),
    info(Command::Sample, "file.sample", Group::File, "打开练习用的样例报告", "open the sample report", "dklxybg"),
    info(Command::Redraw, "app.redraw", Group::File, "重画屏幕", "draw the screen again", "chpm"),
    info(Command::Suspend, "app.suspend", Group::File, "暂停，回到命令行", "suspend to the shell", "zt"),
    info(Command::Help, "help.keys", Group::File, "帮助：所有按键", "help: all keys", "bz").brief("帮助", "help"),
    info(Command::Palette, "app.palette", Group::File, "更多：所有命令", "more: all commands", "").brief("更多", "more"),
    info(Command::Find, "find.open", Group::Move, "查找：部分、行、格、文字；替换", "find rows, cells, text; replace", "cz").brief("查找", "find"),
    info(Command::FindNext, "find.next", Group::Move, "查找：下一处", "find the next match", "czxyc"),
    info(Command::FindPrevious, "find.previous", Group::Move, "查找：上一处", "find the previous match", "czsyc"),
    info(Command::HeadForm, "head.show", Group::Move, "到报头：机关、年度、标题", "go to the head: body, year, title", "dbt"),
    info(Command::OtherPart, "text.other", Group::Move, "表前文字和数表之间换（写表前文字）", "text before the tables, or back to them", "bqwz"),
    info(Command::OtherPane, "text.facts", Group::Check, "文字和数字对照之间换", "between a text and its list of numbers", "szdz"),
    info(Command::Paragraph, "text.paragraph", Group::Edit, "文字里另起一段；在对照里去那一格", "new paragraph; in the list: to the cell", "lqyd"),
    info(Command::Commit, "cell.commit", Group::Edit, "记下，到下一个填数格（录入时空格记 0）", "keep and go on (a blank becomes 0 in keying)", ""),
    info(Command::Backspace, "cell.backspace", Group::Edit, "去掉最后一位；空格则回上一格；文字里删前一字", "remove the last digit or character; go back if empty", ""),
    info(Command::Up, "move.up", Group::Move, "上", "up", ""),
    info(Command::Down, "move.down", Group::Move, "下", "down", ""),
    info(Command::Left, "move.left", Group::Move, "左", "left", ""),
    info(Command::Right, "move.right", Group::Move, "右", "right", ""),
    info(Command::SelectUp, "select.up", Group::Edit, "选择：向上", "select upwards", ""),
    info(Command::SelectDown, "select.down", Group::Edit, "选择：向下", "select downwards", ""),
    info(Command::SelectLeft, "select.left", Group::Edit, "选择：向左", "select to the left", ""),
    info(Command::SelectRight, "select.right", Group::Edit, "选择：向右", "select to the right", ""),
    info(Command::RowStart, "move.row_start", Group::Move, "行首", "start of the row", ""),
    info(Command::RowEnd, "move.row_end", Group::Move, "行尾", "end of the row", ""),
    info(Command::PageUp, "move.page_up", Group::Move, "上一屏；到头则上一部分", "a screenful up, then the previous section", ""),
    info(Command::PageDown, "move.page_down", Group::Move, "下一屏；到底则下一部分", "a screenful down, then the next section", ""),
    info(Command::Choose, "list.choose", Group::Move, "在列表里选定", "choose in a list", ""),
    info(Command::Complete, "path.complete", Group::File, "补全路径", "complete the path", ""),
    info(Command::ClearLine, "line.clear", Group::Edit, "清空正在打的一行", "clear the line being typed", ""),
    info(Command::PasteBlanks, "paste.blanks", Group::Edit, "粘贴预览：空白按 0，或保持空白", "in a paste: blanks as 0, or kept", ""),
    info(Command::PasteTurn, "paste.turn", Group::Edit, "粘贴预览：一行一个数的，横放或竖放", "in a paste: numbers along rows, or down", ""),
    info(Command::Close, "app.close", Group::Move, "关闭；没有打开的就显示菜单", "close; then show the menu", ""),
];

/// How a command is declared.
///
/// # Panics
/// Never: a test holds that every command is declared.
#[must_use]
pub fn command_info(command: Command) -> &'static CommandInfo {
    COMMANDS
        .iter()
        .find(|info| info.command == command)
        .expect("every command is declared in COMMANDS")
}
