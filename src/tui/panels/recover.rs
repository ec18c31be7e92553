//! What can come back: changes of a session that did not end well, or a kept version.
//!
//! **Never:** closes without an answer: what came back stays in its journal.
//! Next: `store::recovery` for where it comes from.

use crate::base::width::shown;
use crate::base::words::{Lang, Message, Words, words};
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{Effect, Recovery, Standing};
use crate::tui::panel::Panel;
use crate::tui::picker::{Picked, Picker};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Next};

/// The page of what can come back.
#[derive(Clone, Debug)]
pub struct Recover {
    recovery: Box<Recovery>,
    picker: Picker,
    /// The first change in view.
    scroll: usize,
}

impl Recover {
    /// With bringing it back chosen.
    pub(crate) fn new(recovery: Recovery) -> Self {
        Recover {
            recovery: Box::new(recovery),
            picker: Picker::default(),
            scroll: 0,
        }
    }

    fn picked(&self, picked: Picked, cx: &mut Cx<'_>) -> Next {
        let Picked::Chosen(at) = picked else {
            return Next::Stay;
        };
        match answers(&self.recovery).get(at) {
            Some(Answer::Recover) => return Next::Recovered(self.recovery.clone()),
            Some(Answer::KeepElsewhere) => cx.effects.push(Effect::DropRecovery),
            // A kept version has no changes that could be kept.
            Some(Answer::Quit) => cx.effects.push(Effect::Quit {
                keep: !self.recovery.is_version,
            }),
            None => return Next::Stay,
        }
        Next::Close
    }
}

impl Panel for Recover {
    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        // The pages are of the changes; the arrows are for the answers.
        let room = room_of(&self.recovery, cx.look.size.1);
        match command {
            Command::PageDown => {
                let last = self.recovery.changes().saturating_sub(room);
                self.scroll = (self.scroll + room).min(last);
                return Next::Stay;
            }
            Command::PageUp => {
                self.scroll = self.scroll.saturating_sub(room);
                return Next::Stay;
            }
            _ => {}
        }
        let len = answers(&self.recovery).len();
        let picked = self.picker.command(command, len, cx.look);
        self.picked(picked, cx)
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let picked = self.picker.typed(c, answers(&self.recovery).len());
        self.picked(picked, cx)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let lang = canvas.lang();
        let (recovery, chosen, scroll) = (&self.recovery, self.picker.chosen, self.scroll);
        let title = if recovery.is_version {
            words("这份报告打不开", "This report cannot be opened")
        } else if recovery.left {
            words(
                "上次留着以后继续的改动",
                "Unsaved changes that were left for later",
            )
        } else {
            words(
                "发现上次没有正常结束的编辑",
                "Unsaved changes from a session that ended unexpectedly",
            )
        };
        let mut title = title.get(lang).to_owned();
        let file = recovery
            .file
            .path
            .as_ref()
            .or(recovery.file.source.as_ref());
        if let Some(name) = file.and_then(|path| path.file_name()) {
            title = format!("{title}  {}", shown(&name.to_string_lossy()));
        }
        canvas.heading(&title, "");
        let facts = if recovery.is_version {
            words(
                "  留有一份旧版：{since} 保存之前的内容",
                "  An earlier version was kept: its content before the save of {since}",
            )
        } else {
            words(
                "  没有保存：{changes}；上次保存或读入 {since}",
                "  not saved: {changes}; last saved or read {since}",
            )
        }
        .with(vec![
            ("since", shown(&recovery.since).as_ref().into()),
            ("changes", recovery.counted().into()),
        ]);
        canvas.text(0, 2, &facts.text(lang), Role::Plain);
        let (ruler, room) = (
            canvas.ruler(),
            usize::from(canvas.cols()).saturating_sub(16),
        );
        let remarks = recovery_remarks(recovery, |path| ruler.cut_front(path, room));
        for (y, (remark, role)) in (3..).zip(&remarks) {
            let text = remark.text(lang);
            canvas.text(0, y, &text, *role);
        }
        let answers_at = answers_at(recovery);
        let mut y = answers_at;
        canvas.note_list(chosen, answers(recovery).len());
        for (index, answer) in answers(recovery).iter().enumerate() {
            let here = index == chosen;
            canvas.note_line(y, index, chosen);
            let role = if here { Role::Selected } else { Role::Plain };
            let sign = if here { "  > " } else { "    " };
            let line = format!("{sign}{}  {}", index + 1, answer.words(recovery).get(lang));
            if here {
                let style = canvas.style(role);
                canvas.fitted(0, y, "", usize::from(canvas.cols()), style);
            }
            canvas.text(0, y, &line, role);
            y += 1;
        }
        y += 1;
        let room = room_of(recovery, canvas.rows());
        let changes = recovery_lines(recovery, lang);
        for line in changes.iter().skip(scroll).take(room) {
            canvas.text(0, y, line, Role::Plain);
            y += 1;
        }
        let foot = if changes.len() <= room {
            words("数字或回车 选定", "a digit or Enter chooses")
        } else {
            words(
                "数字或回车 选定    PgUp PgDn 翻看改动",
                "a digit or Enter chooses    PgUp PgDn show more changes",
            )
        };
        canvas.foot(foot);
        (0, answers_at + u16::try_from(chosen).unwrap_or(0))
    }
}

/// What can be done with what can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Bring it back and go on.
    Recover,
    /// Keep the changes in a file of their own and open what was saved.
    KeepElsewhere,
    /// Quit and leave everything as it is.
    Quit,
}

impl Answer {
    fn words(self, recovery: &Recovery) -> Words {
        match self {
            Answer::Recover if recovery.is_version => {
                words("打开留的旧版", "open the version kept")
            }
            Answer::Recover => words(
                "恢复全部并继续（推荐）",
                "bring them all back and go on (recommended)",
            ),
            Answer::KeepElsewhere => words(
                "不恢复：改动另存一份，打开已保存的",
                "keep them in a file of their own and open what was saved",
            ),
            Answer::Quit => words("退出，什么都不动", "quit and leave everything as it is"),
        }
    }
}

/// The answers there are: where the file can't be read, nothing else can be opened.
fn answers(recovery: &Recovery) -> &'static [Answer] {
    match recovery.standing {
        Standing::Unread(_) => &[Answer::Recover, Answer::Quit],
        _ => &[Answer::Recover, Answer::KeepElsewhere, Answer::Quit],
    }
}

/// What is said below the counts, a row each.
fn recovery_remarks(recovery: &Recovery, fitted: impl Fn(&str) -> String) -> Vec<(Message, Role)> {
    let mut rows = Vec::new();
    if !recovery.by.is_empty() {
        let by = words("  修改人 {by}", "  changed by {by}");
        let by = by.with(vec![("by", shown(&recovery.by).as_ref().into())]);
        rows.push((by, Role::Plain));
    }
    if let Some(said) = standing_words(&recovery.standing) {
        rows.push((said, Role::ReminderText));
        if let Standing::Unread(why) = &recovery.standing {
            let why = vec![("why", why.clone().into())];
            let row = words("  原因    {why}", "  why           {why}").with(why);
            rows.push((row, Role::Plain));
        }
        let file = recovery.file.path.as_ref();
        let file = file.or(recovery.file.source.as_ref());
        let paths = [
            (words("  文件    {path}", "  file          {path}"), file),
            (
                words("  留的旧版 {path}", "  version kept  {path}"),
                recovery.kept.as_ref(),
            ),
        ];
        for (label, path) in paths {
            let Some(path) = path else { continue };
            let path = shown(&path.to_string_lossy()).into_owned();
            let path = fitted(&path).into();
            rows.push((label.with(vec![("path", path)]), Role::Plain));
        }
    }
    if recovery.cut_short {
        let said = words(
            "  注意：恢复日志后面有一段读不出来",
            "  Caution: the end of the recovery journal can't be read",
        );
        rows.push((said.into(), Role::ReminderText));
    }
    rows
}

/// What became of the file, in one sentence; None where it is as it was.
fn standing_words(standing: &Standing) -> Option<Message> {
    Some(match standing {
        Standing::AsItWas => return None,
        Standing::Unread(_) => words(
            "  注意：这个文件现在打不开；恢复不需要它",
            "  Caution: the file can't be opened now; recovery doesn't need it",
        )
        .into(),
        Standing::Another => words(
            "  注意：文件现在是另一份报告，恢复的是原来那一份",
            "  Caution: the file now holds another report; the earlier one will be recovered",
        )
        .into(),
        Standing::Differs { cells: 0, texts: 0 } => words(
            "  注意：文件后来又被改过，标题或说明不同了；恢复的内容里没有那些改动",
            "  Caution: headings or notes in the file have changed since; that is left out",
        )
        .into(),
        Standing::Differs { cells, texts } => words(
            "  注意：文件后来又被改过 {cells} 格、{texts} 段文字；恢复的内容里没有那些改动",
            "  Caution: the file has changed since ({cells} cells, {texts} texts); that is left out",
        )
        .with(vec![("cells", (*cells).into()), ("texts", (*texts).into())]),
    })
}

/// Row of the first answer on the page of what would come back.
fn answers_at(recovery: &Recovery) -> u16 {
    let remarks = recovery_remarks(recovery, str::to_owned).len();
    4 + u16::try_from(remarks).unwrap_or(0)
}

/// How many changes fit on that page, below the answers and above the two lines at
/// the foot.
fn room_of(recovery: &Recovery, rows: u16) -> usize {
    let above = usize::from(answers_at(recovery)) + answers(recovery).len() + 1;
    usize::from(rows).saturating_sub(above).max(1)
}

/// What would come back, a line a cell or text.
fn recovery_lines(recovery: &Recovery, lang: Lang) -> Vec<String> {
    let form = recovery.document.report().form();
    let or_blank = |text: &str| match text {
        "" => words("(空)", "(blank)").get(lang).to_owned(),
        text => shown(text).into_owned(),
    };
    let cells = recovery.cells.iter().map(|(cell, saved, recovered)| {
        let cell = crate::check::problem::cell_words(form, *cell).text(lang);
        format!("  {cell}  {} -> {}", or_blank(saved), or_blank(recovered))
    });
    let texts = recovery.texts.iter().filter_map(|key| {
        let name = form.section(form.text(key)?).name.get(lang);
        let changed = words("文字有改动", "text changed").get(lang);
        Some(format!("  {name}  {changed}"))
    });
    cells.chain(texts).collect()
}
