//! A question with a few answers.
//!
//! **Never:** acts on the answer; who asked does.
//! Next: `turn::Question` for what is asked.

use std::path::Path;

use super::changes::unsaved;
use crate::base::facts::ReadOnly;
use crate::base::path::shown_path;
use crate::base::width::shown;
use crate::base::words::{Message, Words, words};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::counted;
use crate::tui::panel::Panel;
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next, Question};

/// A question on the screen.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked.
    pub question: Question,
    picker: Picker,
}

impl Ask {
    /// With its first answer chosen.
    pub(crate) fn new(question: Question) -> Self {
        let picker = Picker::default();
        Ask { question, picker }
    }

    /// What is asked and what it may be answered with, wrapped.
    fn rows(&self, report: Option<&ReportScreen>, look: Look) -> (Vec<String>, Vec<Row>) {
        let title = title(&self.question, report).text(look.lang);
        let cols = usize::from(look.size.0).saturating_sub(1);
        let asked = look.ruler.wrap(&title, cols).into_iter();
        let asked = asked.map(|range| title[range].to_owned()).collect();
        let line = |(index, answer): (usize, Message)| {
            Line::new("", format!("{}  {}", index + 1, answer.text(look.lang)))
        };
        let lines = answers(&self.question).into_iter().enumerate().map(line);
        (asked, wrapped(lines.collect(), 0, 2, look))
    }

    fn picked(&self, picked: Picked) -> Next {
        match picked {
            Picked::Chosen(at) => Next::Answered(self.question.clone(), Some(at)),
            Picked::Moved | Picked::No => Next::Stay,
        }
    }
}

impl Panel for Ask {
    fn place(&self, report: Option<&ReportScreen>, look: Look) -> Place {
        const WIDTH: u16 = 64;
        let inside = Look {
            size: (WIDTH.min(look.size.0), look.size.1),
            ..look
        };
        let (asked, answers) = self.rows(report, inside);
        let rows = asked.len() + 1 + answers.len();
        Place::Window(WIDTH, u16::try_from(rows).unwrap_or(u16::MAX))
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if command == Command::Close {
            return Next::Answered(self.question.clone(), None);
        }
        let len = answers(&self.question).len();
        let picked = self.picker.command(command, len, cx.look);
        self.picked(picked)
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        self.picked(self.picker.typed(c, answers(&self.question).len()))
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        match &self.question {
            Question::Report { text: before, .. } => Next::Pasted(format!("{before}{text}")),
            _ => Next::Stay,
        }
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let (asked, rows) = self.rows(report, canvas.look());
        // The answers are seen whole, whatever is asked.
        let room = usize::from(canvas.rows())
            .saturating_sub(rows.len() + 1)
            .max(1);
        let mut y = 0;
        for row in asked.iter().take(room) {
            canvas.text(0, y, row, Role::Here);
            y += 1;
        }
        canvas.foot(words(
            "数字 选定  回车 选定  Esc 返回",
            "digit chooses  Enter chooses  Esc goes back",
        ));
        self.picker.draw_rows(y + 1, &rows, 0, canvas)
    }
}

#[expect(clippy::too_many_lines, reason = "an arm a question")]
fn title(question: &Question, report: Option<&ReportScreen>) -> Message {
    match question {
        Question::Unsaved(_) => {
            let unsaved = report.map(|report| unsaved(&report.document));
            words("没有保存：{changes}", "not saved: {changes}").with(vec![(
                "changes",
                unsaved.unwrap_or_else(|| counted(0, 0, 0)).into(),
            )])
        }
        Question::Exists(file) => {
            words("已经有这个文件：{path}", "the file exists already: {path}")
                .with(vec![("path", shown_path(file).into())])
        }
        Question::ZeroTable(filled) => words(
            "整表填 0：这张表已有 {n} 格填了",
            "Whole table 0: {n} cells of this table are filled",
        )
        .with(vec![("n", (*filled).into())]),
        Question::LeaveTotals(differ) => words(
            "核对总计：打的总计有 {n} 个与算出来的不同",
            "Totals: {n} of those typed differ from what was computed",
        )
        .with(vec![("n", (*differ).into())]),
        Question::Report { said, .. } => said.clone(),
        Question::LastYear { path, said } => words(
            "{file} 不像去年的报告：{said}",
            "{file} looks unlike last year's report: {said}",
        )
        .with(vec![
            ("file", file_of(path).into()),
            ("said", said.clone().into()),
        ]),
        Question::Whose { file, body, .. } => words(
            "{file} 写的是【{body}】：是哪家的？记下以后不再问",
            "{file} says \"{body}\": whose is it? You are asked only once",
        )
        .with(vec![
            ("file", shown(file).as_ref().into()),
            ("body", shown(body).as_ref().into()),
        ]),
        Question::Which { unit, files } => words(
            "{unit}有 {n} 份，用哪一份？两份都留着",
            "{unit} has {n} files: which one counts? All of them stay",
        )
        .with(vec![
            ("unit", shown(unit).as_ref().into()),
            ("n", files.len().into()),
        ]),
        Question::SendBack { unit, .. } => words(
            "{unit}的退回意见发出了吗？",
            "has the note been sent to {unit}?",
        )
        .with(vec![("unit", shown(unit).as_ref().into())]),
        Question::ChangedOutside(file) => words(
            "这个文件在别处被改过了：{path}",
            "the file was changed by somebody else: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
        Question::Vanished(file) => words(
            "这个文件不见了，可能被移走或删掉了：{path}",
            "the file is gone, moved or removed: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
        Question::NoFolder(file) => {
            let folder = file.parent().unwrap_or(file);
            words("没有这个文件夹：{path}", "there is no such folder: {path}")
                .with(vec![("path", shown_path(folder).into())])
        }
        Question::TakeOver(_) => take_over(report),
        Question::LastBroken { last, counts } => {
            let [errors, warnings, unsure] = *counts;
            let said = if unsure == 0 {
                words(
                    "去年的报告有 {e} 处错误、{w} 处提醒：{path}",
                    "last year's report: errors {e}, warnings {w}: {path}",
                )
            } else {
                words(
                    "去年的报告有 {e} 处错误、{w} 处提醒，读入时 {u} 处不确定：{path}",
                    "last year's report: errors {e}, warnings {w}, unsure places in reading {u}: {path}",
                )
            };
            said.with(vec![
                ("e", errors.into()),
                ("w", warnings.into()),
                ("u", unsure.into()),
                ("path", shown_path(&last.path).into()),
            ])
        }
        Question::LastChanged(file) => words(
            "去年的报告读入以后改过了：{path}",
            "last year's report was changed since it was read: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
        Question::LastUnread(file, why) => words(
            "去年的报告现在读不出来：{path}。{why}",
            "last year's report can't be read now: {path}. {why}",
        )
        .with(vec![
            ("path", shown_path(file).into()),
            ("why", why.clone().into()),
        ]),
        Question::DiskChanged(file) => words(
            "这个文件打开以后在别处被改过了：{path}",
            "the file was changed by somebody else since it was opened: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
    }
}

/// The name of a file, without its folder.
fn file_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    shown(&name).into_owned()
}

/// Who had the report open, and what is known of that.
fn take_over(report: Option<&ReportScreen>) -> Message {
    let reason = report.and_then(|report| report.file.read_only.as_ref());
    let (said, by, since) = match reason {
        Some(ReadOnly::Claimed { by, since }) => (
            words(
                "{by} 从 {since} 起打开着它；从这台机器看不出他还在不在",
                "{by} has had it open since {since}; from here it can't be seen whether that is still so",
            ),
            by.as_str(),
            since.as_str(),
        ),
        Some(ReadOnly::Locked { by, since }) if !by.is_empty() => (
            words(
                "{by} 不再编辑它了（{since} 起的），可以接管",
                "{by} (since {since}) does not edit it any more; it can be taken over",
            ),
            by.as_str(),
            since.as_str(),
        ),
        _ => (
            words(
                "现在没有别人在编辑它了，可以接管",
                "nobody else edits it any more; it can be taken over",
            ),
            "",
            "",
        ),
    };
    said.with(vec![
        ("by", shown(by).as_ref().into()),
        ("since", shown(since).as_ref().into()),
    ])
}

/// What a question may be answered with.
fn answers(question: &Question) -> Vec<Message> {
    let given = |words: &'static [Words]| words.iter().map(|words| (*words).into());
    match question {
        Question::Whose { units, .. } => {
            const REST: &[Words] = &[
                words("都不是，不在名单上", "none of them, it is on no list"),
                words("先打开看看", "look at it first"),
                words("返回", "back"),
            ];
            let of = |unit: &String| {
                words("{unit}", "{unit}").with(vec![("unit", shown(unit).as_ref().into())])
            };
            units.iter().map(of).chain(given(REST)).collect()
        }
        Question::Which { files, .. } => {
            let take = words("用 {file}", "{file} counts");
            let look = words("先看 {file}", "look at {file} first");
            let of = |words: Words| {
                let file =
                    move |file: &String| words.with(vec![("file", shown(file).as_ref().into())]);
                files.iter().map(file)
            };
            let back: Message = words("返回", "back").into();
            of(take).chain(of(look)).chain([back]).collect()
        }
        Question::SendBack { times, .. } => {
            let said = words("记为已退回（第 {n} 次）", "note it as returned ({n} times)");
            let back = words("返回，不记", "back, note nothing").into();
            vec![said.with(vec![("n", (*times).into())]), back]
        }
        _ => given(fixed_answers(question)).collect(),
    }
}

/// Answers that are the same whatever it is about.
#[expect(clippy::too_many_lines, reason = "an arm a question")]
fn fixed_answers(question: &Question) -> &'static [Words] {
    const UNSAVED: &[Words] = &[
        words("保存", "save"),
        words(
            "留着下次继续，不写文件",
            "keep for later, without writing the file",
        ),
        words("放弃改动", "discard the changes"),
        words("返回", "back"),
    ];
    const EXISTS: &[Words] = &[
        words("换一个名字", "choose another name"),
        words("打开它", "open it"),
        words("替换它", "replace it"),
        words("返回", "back"),
    ];
    const CHANGED: &[Words] = &[
        words(
            "合并两边的改动；同一处都改了的会问",
            "merge both sides' changes; what both changed is asked",
        ),
        words("另存到别处", "save elsewhere"),
        words("用这里的替换它", "replace it with what is here"),
        words("返回", "back"),
    ];
    const VANISHED: &[Words] = &[
        words("再写一份到那里", "write it there again"),
        words("另存到别处", "save elsewhere"),
        words("返回", "back"),
    ];
    const FOLDER: &[Words] = &[
        words("建这个文件夹，存在里面", "make the folder and save there"),
        words("换一个地方", "save elsewhere"),
        words("返回", "back"),
    ];
    const TAKE_OVER: &[Words] = &[
        words("只看，不改", "only read it"),
        words(
            "他确实不在了：接管来编辑，现在的文件先留一份旧版",
            "nobody is there any more: take it over, keeping the file as a version first",
        ),
        words("另存为别的名字", "save under another name"),
    ];
    const ZERO: &[Words] = &[
        words("只给空白格填 0", "write 0 into blank cells only"),
        words("全部改成 0", "make all of them 0"),
        words("返回", "back"),
    ];
    const TOTALS: &[Words] = &[
        words(
            "留着打的数：不平的地方标红，可以定位",
            "keep the typed totals: what breaks is marked",
        ),
        words(
            "恢复算出来的数（可以撤销）",
            "bring the computed ones back (undo reverts)",
        ),
        words("返回，接着核对", "back to the pass"),
    ];
    const LAST_YEAR: &[Words] = &[
        words("不用它", "leave it"),
        words("还是和它比", "compare with it all the same"),
    ];
    const REPORT: &[Words] = &[
        words(
            "换掉这一份的全部内容（Ctrl+Z 一次撤销）",
            "put it in the place of this one (one undo reverts)",
        ),
        words(
            "作为一份新的报告打开，这一份不动",
            "open it as a new report, leaving this one alone",
        ),
        words("返回，不粘贴", "back, paste nothing"),
    ];
    const BROKEN: &[Words] = &[
        words("照样带入", "take from it all the same"),
        words("先看一看它", "look at it first"),
        words("返回，不新建", "back, make no new report"),
    ];
    const LAST: &[Words] = &[
        words("与它现在的内容对比", "compare with what it holds now"),
        words("与原来读到的对比", "compare with what was read"),
        words("返回", "back"),
    ];
    const DISK: &[Words] = &[
        words("与它现在的内容对比", "compare with what it holds now"),
        words("返回", "back"),
    ];
    match question {
        Question::LastBroken { .. } => BROKEN,
        Question::LastChanged(_) => LAST,
        Question::LastUnread(..) => &LAST[1..],
        Question::DiskChanged(_) => DISK,
        Question::ZeroTable(_) => ZERO,
        Question::LeaveTotals(_) => TOTALS,
        Question::Report { fits: true, .. } => REPORT,
        Question::Report { fits: false, .. } => &REPORT[1..],
        Question::LastYear { .. } => LAST_YEAR,
        Question::Unsaved(_) => UNSAVED,
        Question::Exists(_) => EXISTS,
        Question::ChangedOutside(_) => CHANGED,
        Question::Vanished(_) => VANISHED,
        Question::NoFolder(_) => FOLDER,
        Question::TakeOver(_) => TAKE_OVER,
        Question::Whose { .. } | Question::Which { .. } | Question::SendBack { .. } => &[],
    }
}
