//! Everything about one file, for a person to read.
//!
//! ```text
//! xicheng.json
//! 西城区民政局 2024  2021年格式
//!
//!  错误 表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1  (T3-COLSUM t3.natural_person)
//!      下一步  核对本列各项结果或（七）；F6 看建议
//!      依据    国办公开办函〔2021〕30号
//!      两边    左 8，右 7，差 1
//!
//!  已说明：
//!      提醒 第二部分标题少了序号【二、】  (S-HEADING s2)
//!      说明    原稿如此，明年改  (wang)
//!
//!  已核对：表三 39 项，平 37，不平 2，未定 0；表四 3 项，平 3，不平 0，未定 0；正文 11 处，一致 6，不符 0，未对照 5
//!  结论：错误 2，提醒 1，提示 0
//! ```
//!
//! **Never:** says more than the problems and notes do.
//! Next: `lines` and `json`, the same for scripts.

use crate::base::width::Ruler;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::Problem;
use crate::check::problem::table_words;
use crate::check::readings::{Group, certainty_words, fill_words};

use super::{Checked, Style, counted, judged, note_line, painted, piece_lines, place, push_line};

const NEXT: Words = words("下一步", "next");
const SOURCE: Words = words("依据", "source");
const SIDES: Words = words("两边", "sides");
const ORIGIN: Words = words("原文", "read from");
const IMPLIED: Words = words("由上面几处带出：", "following from those above:");
const EXPLAINED: Words = words("已说明：", "explained:");
const SILENCED: Words = words("按配置不再提醒：", "silenced by the profile:");
const REASON: Words = words("说明", "explained");
const REOPENED: Words = words("原说明", "before");
const PROFILE: Words = words("配置", "profile");
const NOTES: Words = words("读入时不确定的 {n} 处：", "{n} notes of the reader:");
const LABEL_WIDTH: usize = 10;

/// Appends the whole account of a file.
pub(super) fn write(checked: &Checked, style: Style, out: &mut String) {
    let form = checked.report.form();
    let lang = style.lang;
    push_line(out, checked.file);
    push_line(out, &title(checked, lang));
    out.push('\n');
    let mut implied = false;
    let (settled, open): (Vec<_>, Vec<_>) = checked
        .findings
        .problems
        .iter()
        .partition(|problem| problem.is_settled());
    for problem in &open {
        if problem.implied && !implied {
            push_line(out, &format!("     {}", IMPLIED.get(lang)));
        }
        implied = problem.implied;
        explain(checked, problem, style, out);
    }
    if !open.is_empty() {
        out.push('\n');
    }
    if !settled.is_empty() {
        push_line(out, &format!(" {}", EXPLAINED.get(lang)));
        for problem in &settled {
            explain(checked, problem, style, out);
        }
        out.push('\n');
    }
    if !checked.findings.silenced.is_empty() {
        push_line(out, &format!(" {}", SILENCED.get(lang)));
        for problem in &checked.findings.silenced {
            silenced(checked, problem, lang, out);
        }
        out.push('\n');
    }
    suspect(checked, lang, out);
    if !checked.notes.is_empty() {
        let heading = NOTES.with(vec![("n", checked.notes.len().into())]);
        push_line(out, &format!(" {}", heading.text(lang)));
        for note in checked.notes {
            push_line(out, &format!("     {}", note_line(note, lang)));
        }
    }
    push_line(
        out,
        &format!(" {}", judged::line(form, checked.findings, lang)),
    );
    push_line(out, &format!(" {}", verdict(checked).text(lang)));
}

/// The best three readings of each finding, and the blanks that are forced.
fn suspect(checked: &Checked, lang: Lang, out: &mut String) {
    const BEST: usize = 3;
    let form = checked.report.form();
    for broken in &checked.suspects.findings {
        let heading = words(
            "哪一格错了（{table}，{sure}）：",
            "which cell is wrong ({table}, {sure}):",
        )
        .with(vec![
            (
                "table",
                table_words(form, form.tables[broken.table].prefix).into(),
            ),
            ("sure", certainty_words(broken.certainty).into()),
        ]);
        push_line(out, &format!(" {}", heading.text(lang)));
        let said = broken.groups.first().map(Group::whole);
        for sentence in said.into_iter().chain(broken.reach.clone()) {
            push_line(out, &format!("     {}", sentence.text(lang)));
        }
        for (index, suspect) in broken.suspects.iter().take(BEST).enumerate() {
            push_line(
                out,
                &format!("     {}  {}", index + 1, suspect.text.text(lang)),
            );
        }
        if let Some(aside) = &broken.aside {
            let said = words(
                "还有一种读法要改 {n} 格：{what}",
                "another reading changes {n} cells: {what}",
            )
            .with(vec![
                ("n", aside.edits.len().into()),
                ("what", aside.change.clone().into()),
            ]);
            push_line(out, &format!("     {}", said.text(lang)));
        }
    }
    for (cell, to) in &checked.suspects.fills {
        push_line(
            out,
            &format!(" {}", fill_words(form, *cell, *to).text(lang)),
        );
    }
    if !(checked.suspects.findings.is_empty() && checked.suspects.fills.is_empty()) {
        out.push('\n');
    }
}

fn title(checked: &Checked, lang: Lang) -> String {
    let head = checked.report.head();
    let mut parts = vec![head.body.clone()];
    parts.extend(head.year.map(|year| year.to_string()));
    parts.push(format!(" {}", checked.report.form().name.get(lang)));
    parts.join(" ").trim().to_owned()
}

/// A problem with its next step, source, sides and place in the file read.
fn explain(checked: &Checked, problem: &Problem, style: Style, out: &mut String) {
    let (form, lang) = (checked.report.form(), style.lang);
    let severity = problem.severity();
    let apart = problem.implied || problem.is_settled();
    let indent = if apart { "     " } else { " " };
    out.push_str(indent);
    out.push_str(&painted(severity, severity.name().get(lang), style));
    let message = problem.message().text(lang);
    let site = problem.site.path(form);
    push_line(out, &format!(" {message}  ({} {site})", problem.rule.code));
    let mut line = |label: Words, text: &str| {
        let label = Ruler::default().fit(label.get(lang), LABEL_WIDTH);
        push_line(out, &format!("{indent}    {label}{text}"));
    };
    if let Some(remark) = problem.remark(checked.report) {
        if problem.is_explained() {
            line(REASON, &format!("{}  ({})", remark.text, remark.by));
        } else {
            let changed = words(
                "数变了，请再看：{text}  ({by})",
                "its numbers changed, look again: {text}  ({by})",
            );
            let args = vec![
                ("text", remark.text.as_str().into()),
                ("by", remark.by.as_str().into()),
            ];
            line(REOPENED, &changed.with(args).text(lang));
        }
    }
    if !problem.implied && !problem.is_settled() {
        line(NEXT, problem.rule.next.get(lang));
        line(SOURCE, problem.rule.source);
    }
    if problem.severity() != problem.rule.severity
        && let Some(level) = checked.profile.level(problem.rule)
    {
        let changed = words(
            "{from} 改为 {to}，{since} 起：{reason}",
            "{from} taken as {to} since {since}: {reason}",
        );
        let args = vec![
            ("from", problem.rule.severity.name().into()),
            ("to", problem.severity().name().into()),
            ("since", level.since.as_str().into()),
            ("reason", level.reason.as_str().into()),
        ];
        line(PROFILE, &changed.with(args).text(lang));
    }
    if let Some((left, right)) = problem.sides {
        let sides = words("左 {l}，右 {r}，差 {d}", "left {l}, right {r}, gap {d}");
        let args = vec![
            ("l", left.into()),
            ("r", right.into()),
            ("d", (left - right).into()),
        ];
        line(SIDES, &sides.with(args).text(lang));
    }
    let origin = problem
        .cell
        .and_then(|cell| checked.origins.get(cell.index())?.as_ref());
    if let Some(origin) = origin {
        let place = place(&origin.place, lang);
        line(ORIGIN, &format!("{place}: {}", origin.raw));
    }
    for piece in piece_lines(problem, checked.report, lang) {
        line(ORIGIN, &piece);
    }
}

/// A problem that the profile silences, with the reason given there.
fn silenced(checked: &Checked, problem: &Problem, lang: Lang, out: &mut String) {
    let message = problem.message().text(lang);
    let site = problem.site.path(checked.report.form());
    push_line(
        out,
        &format!("     {message}  ({} {site})", problem.rule.code),
    );
    if let Some(level) = checked.profile.level(problem.rule) {
        let label = Ruler::default().fit(PROFILE.get(lang), LABEL_WIDTH);
        push_line(
            out,
            &format!("         {label}{}  {}", level.since, level.reason),
        );
    }
}

/// The last line: how many of each, or that all is well.
fn verdict(checked: &Checked) -> Message {
    let missing = checked.findings.missing;
    if checked.findings.problems.is_empty() && missing > 0 {
        let said = words(
            "结论：还没有填完，缺 {n} 格",
            "verdict: not finished, {n} cells missing",
        );
        return said.with(vec![("n", missing.into())]);
    }
    if checked.findings.problems.is_empty() {
        return words("结论：没有发现问题", "verdict: no problem found").into();
    }
    words("结论：{counts}", "verdict: {counts}").with(vec![("counts", counted(checked).into())])
}
