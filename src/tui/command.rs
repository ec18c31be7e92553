//! Everything a user can do, declared once.
//!
//! The palette, the key line, the help and the manual are derived from
//! [`COMMANDS`] and the keymap.
//!
//! A command is one row below, a line in `keymap`, an arm where it is run, and its body.
//!
//! **Never:** a command with a payload; a title written anywhere else.
//! Next: `keymap` for the keys, `update` and `report` for the bodies.

use crate::base::words::{Words, words};

/// Commands that belong to one task: a part of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Numbers and cells.
    Keying,
    /// Problems and what helps.
    Check,
    /// Texts: find, replace, facts.
    Text,
    /// Files and what is made of them.
    File,
    /// Moving about, the screen, the program.
    Window,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Group; 5] = [
        Group::Keying,
        Group::Check,
        Group::Text,
        Group::File,
        Group::Window,
    ];

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> Words {
        match self {
            Group::Keying => words("录入", "Keying"),
            Group::Check => words("核对", "Checking"),
            Group::Text => words("文字", "Text"),
            Group::File => words("文件", "Files"),
            Group::Window => words("窗口", "Window"),
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
    /// When it can be used.
    pub when: When,
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

/// When a command can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At any time.
    Always,
    /// A report is on the screen.
    Report,
    /// Its matrix is shown.
    Matrix,
    /// A text of it is shown.
    Text,
    /// Its head or its matrix is shown.
    NoText,
    /// Its matrix or a text of it is shown.
    Body,
    /// The section shown has a text and tables.
    TwoParts,
    /// The tables shown have totals.
    Totals,
    /// Something was found in it.
    Problems,
    /// It holds explanations.
    Remarks,
    /// Last year's report is known.
    Last,
    /// There is a step to undo.
    Done,
    /// There is a step to redo.
    Undone,
    /// Somebody else has the report open.
    Held,
    /// A roll-up is on the screen.
    Rolled,
    /// Something was copied, and can be pasted here.
    Copied,
    /// The preview of a paste is open.
    Preview,
}

/// Declares every command: its row of [`COMMANDS`] and its variant of [`Command`].
///
/// A row is `Variant "name" Group When, "中文", "English", "initials"`, and where there is
/// one what the key line calls it and its digit in the palette.
macro_rules! commands {
    ($($variant:ident $name:literal $group:ident $when:ident, $zh:literal, $en:literal,
        $initials:literal $(, brief $brief_zh:literal $brief_en:literal)?
        $(, digit $digit:literal)?;)*) => {
        /// Something a user can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $en] $variant,)*
        }

        /// All commands; the palette lists them in this order.
        pub static COMMANDS: &[CommandInfo] = &[
            $(CommandInfo {
                command: Command::$variant,
                name: $name,
                group: Group::$group,
                when: When::$when,
                title: words($zh, $en),
                brief: commands!(@brief $($brief_zh $brief_en)?),
                initials: $initials,
                digit: commands!(@digit $($digit)?),
                listed: !$initials.is_empty(),
            },)*
        ];
    };
    (@brief) => { words("", "") };
    (@brief $zh:literal $en:literal) => { words($zh, $en) };
    (@digit) => { None };
    (@digit $digit:literal) => { Some($digit) };
}

#[rustfmt::skip]
commands! {
    Save "file.save" File Report, "保存", "save", "bc", digit '1';
    Export "file.export" File Report, "导出：公布的文件、核验单、退回意见", "export: what is published, check sheet, note", "dc", digit '2';
    Open "file.open" File Always, "打开", "open a file", "dk", digit '3';
    SaveAs "file.save_as" File Report, "另存为", "save as", "lcw", digit '4';
    CheckAll "problem.list" Check Report, "全审：列出所有问题", "check all: list the problems", "qs", brief "全审" "check", digit '5';
    Fix "problem.fix" Check Report, "修复：补上、改正的建议", "fix: fills and suggestions", "xf", brief "修复" "fix", digit '6';
    ToggleKeying "table.keying" Keying Matrix, "录入和核对之间切换", "switch between keying and checking", "lrhd", digit '7';
    Question "problem.question" Check Report, "记为待核实，写进退回意见", "keep as a question for the return note", "jwdhsxjthyj", brief "存疑" "question";
    ReturnNote "problem.return_note" Check Report, "退回意见：显示并复制", "return note: show and copy it", "thyj";
    CheckSheet "file.check_sheet" File Report, "核验单：签字用的一页", "check sheet: the page to sign", "hyd";
    NextProblem "problem.next" Check Report, "到下一处问题", "go to the next problem", "xyc", brief "下一处" "next", digit '8';
    PreviousProblem "problem.previous" Check Report, "到上一处问题", "go to the previous problem", "syc", digit '9';
    Explain "problem.explain" Check Problems, "出错说明：写为什么可以这样", "explain why a problem may stand", "ccsm", brief "说明" "why";
    Basis "help.basis" Check Report, "依据：这一格是什么、怎么算", "basis: what this is, how it is counted", "yj", brief "依据" "basis";
    CheckTotals "table.recount" Check Totals, "核对总计：照原稿再打一遍", "check the totals: type those of the paper", "hdzj";
    Changes "edit.changes" Check Report, "打开以来的改动", "my changes since opening", "dkyldgd";
    LastYear "report.last_year" Check Report, "去年的报告：选一份来比", "last year's report: choose one to compare with", "qndbg";
    Compare "file.compare" Check Report, "对比：去年的、以前的版本、别的文件", "compare with last year, a version, a file", "db";
    Versions "file.versions" File Report, "以前的版本：列出、对比、取回", "earlier versions: list, compare, bring back", "yqdbb";
    DropRemarks "problem.drop_remarks" Check Remarks, "删去用不着的说明", "remove explanations of what is gone", "sqybzdsm";
    ZeroTable "table.zero" Keying Matrix, "整表填 0", "fill the whole table with 0", "zbt";
    Folder "file.folder" File Always, "打开一个文件夹：逐份核对", "open a folder: look through its reports", "dkygwjj";
    PassUnit "folder.pass" File Always, "文件夹里：判合格，或收回", "in a folder: pass a report, or take that back", "", brief "合格" "pass";
    Quit "app.quit" Window Always, "退出", "quit", "tc", digit '0';
    New "file.new" File Always, "新建空白报告", "new empty report", "xjkbbg";
    NewFrom "file.new_from" File Always, "从去年的报告新建", "new report from last year's", "cqndbgxj";
    LetGo "file.let_go" File Held, "请正在编辑的人让出", "ask who is editing it to let go", "qzzbjdrrc";
    RollUp "folder.rollup" File Always, "文件夹里：汇总各单位", "in a folder: roll up its units", "", brief "汇总" "roll up";
    OwnReport "folder.own" File Always, "文件夹里：这是本级机关自己的报告，或不是", "in a folder: this is the government's own report, or not", "", brief "本级" "own";
    RollPolicy "folder.policy" File Rolled, "规章和现行有效：各单位相加，或取自本级", "rules, in force: the sum or the own report's", "gzhxxyx";
    Rewrite "text.rewrite" Text Last, "要重写的句子：还是去年的", "sentences to write anew: still last year's", "ycxdjz";
    Undo "edit.undo" Keying Done, "撤销", "undo", "cx";
    Redo "edit.redo" Keying Undone, "重做", "redo", "cz";
    EditCell "cell.edit" Keying NoText, "改格：整行编辑，任何内容", "edit the cell as a line, any text", "gg", brief "改格" "edit";
    Clear "cell.clear" Keying Report, "清空（选中的都清空）；文字里删后一字", "blank cells; in a text delete ahead", "qk";
    FillRow "row.fill" Keying Matrix, "本行余下补 0，到下一行（录入）", "fill the rest of the row with 0 (keying)", "bhyx";
    Anchor "select.anchor" Keying Body, "从这里开始选择", "start selecting here", "xz";
    Copy "edit.copy" Keying Body, "复制", "copy", "fz";
    Cut "edit.cut" Keying Body, "剪切", "cut", "jq";
    Paste "edit.paste" Keying Copied, "粘贴：一个数直接填，几格先看预览", "paste: a block is shown first", "zt";
    NextSection "section.next" Window Report, "下一部分", "next section", "xybf";
    PreviousSection "section.previous" Window Report, "上一部分", "previous section", "sybf";
    NextEntry "entry.next" Keying Matrix, "下一个填数格", "next entry cell", "xygtsg";
    PreviousEntry "entry.previous" Keying Matrix, "上一个填数格", "previous entry cell", "sygtsg";
    First "move.first" Window Report, "到最前", "first cell or line", "dzq";
    Last "move.last" Window Report, "到最后", "last cell or line", "dzh";
    SwitchLanguage "app.language" Window Always, "换成英文界面", "change the screen to Chinese", "hcywjm";
    SwitchTheme "app.theme" Window Always, "换配色", "change the theme", "hps";
    Mouse "app.mouse" Window Always, "打开或关闭鼠标", "turn the mouse on or off", "dkhgbsb";
    Sample "file.sample" File Always, "打开练习用的样例报告", "open the sample report", "dklxybg";
    Redraw "app.redraw" Window Always, "重画屏幕", "draw the screen again", "chpm";
    Suspend "app.suspend" Window Always, "暂停，回到命令行", "suspend to the shell", "zt";
    Help "help.keys" Window Always, "帮助：按任务列出按键", "help: keys by task", "bz", brief "帮助" "help";
    Palette "app.palette" Window Always, "更多：所有命令", "more: all commands", "", brief "更多" "more";
    Find "find.open" Text Report, "查找：部分、行、格、文字；替换", "find rows, cells, text; replace", "cz", brief "查找" "find";
    FindNext "find.next" Text Report, "查找：下一处", "find the next match", "czxyc";
    FindPrevious "find.previous" Text Report, "查找：上一处", "find the previous match", "czsyc";
    HeadForm "head.show" Window Report, "到报头：机关、年度、标题", "go to the head: body, year, title", "dbt";
    OtherPart "text.other" Text TwoParts, "表前文字和数表之间换（写表前文字）", "text before the tables, or back to them", "bqwz";
    OtherPane "text.facts" Text Text, "文字和数字对照之间换", "between a text and its list of numbers", "szdz";
    Paragraph "text.paragraph" Text Text, "文字里另起一段；在对照里去那一格", "new paragraph; in the list: to the cell", "lqyd";
    Commit "cell.commit" Keying Always, "记下，到下一个填数格（录入时空白格记 0）", "keep and go on (a blank becomes 0 in keying)", "";
    Backspace "cell.backspace" Keying Always, "去掉最后一位；空白格则回上一格；文字里删前一字", "remove the last digit or character; go back if empty", "";
    Up "move.up" Window Always, "上", "up", "";
    Down "move.down" Window Always, "下", "down", "";
    Left "move.left" Window Always, "左", "left", "";
    Right "move.right" Window Always, "右", "right", "";
    SelectUp "select.up" Keying Always, "选择：向上", "select upwards", "";
    SelectDown "select.down" Keying Always, "选择：向下", "select downwards", "";
    SelectLeft "select.left" Keying Always, "选择：向左", "select to the left", "";
    SelectRight "select.right" Keying Always, "选择：向右", "select to the right", "";
    RowStart "move.row_start" Window Always, "行首", "start of the row", "";
    RowEnd "move.row_end" Window Always, "行尾", "end of the row", "";
    PageUp "move.page_up" Window Always, "上一屏；到头则上一部分", "a screenful up, then the previous section", "";
    PageDown "move.page_down" Window Always, "下一屏；到底则下一部分", "a screenful down, then the next section", "";
    Choose "list.choose" Window Always, "在列表里选定", "choose in a list", "";
    Complete "path.complete" File Always, "补全路径", "complete the path", "";
    ClearLine "line.clear" Keying Always, "清空正在打的一行", "clear the line being typed", "";
    PasteBlanks "paste.blanks" Keying Preview, "粘贴预览：空白按 0，或保持空白", "in a paste: blanks as 0, or kept", "";
    PasteTurn "paste.turn" Keying Preview, "粘贴预览：一行一个数的，横放或竖放", "in a paste: numbers along rows, or down", "";
    Close "app.close" Window Always, "关闭；没有打开的就显示菜单", "close; then show the menu", "";
}

/// How a command is declared.
#[must_use]
pub fn command_info(command: Command) -> &'static CommandInfo {
    // The rows stand in the order of the variants.
    &COMMANDS[command as usize]
}
