//! One truth: the screen, the list, the papers and the command line count the same.

#[path = "support/reports.rs"]
mod reports;

use gouji::base::facts::FileFacts;
use gouji::base::words::Lang;
use gouji::base::words::words;
use gouji::check::readings::Suspects;
use gouji::check::{Beside, Blanks, Counts, Input, ProblemId, Profile, Texts, Verdict, check};
use gouji::form::current;
use gouji::format::{self, Options};
use gouji::model::{Document, HeadField, Report, Transaction};
use gouji::paper::return_note::note;
use gouji::paper::signoff::sheet;
use gouji::paper::{Checked, Style, output};
use gouji::tui::input::{Last, Opened, Reply, StartFacts};
use serde_json::Value;
use support::journey::Journey;

mod support {
    #![allow(dead_code, reason = "each test uses a part")]
    pub(crate) mod frame;
    pub(crate) mod journey;
}

/// Every face of one report: the screen's title, F5 and F12, and what the command line
/// prints and writes.
struct Faces {
    counts: Counts,
    title: String,
    list: String,
    export: String,
    full: String,
    json: Value,
    sheet: String,
    note: String,
}

/// The faces of a report, as the screen has it open and as its file is checked.
fn faces(journey: &mut Journey, last: Option<&Report>) -> Faces {
    let title = journey.rows()[0].clone();
    let on_screen = journey.screen().findings.counts();
    journey.input(gouji::tui::input::Input::Resize(100, 80));
    journey.keys("F5");
    let mut problems = journey.rows().join("\n");
    // A list that is longer than its sheet is read to its end.
    journey.keys("End");
    problems += &journey.rows().join("\n");
    journey.keys("Esc F12");
    let export = journey.rows().join("\n");
    journey.keys("Esc");
    // The command line reads what was saved.
    let bytes = format::native(journey.screen().report()).into_bytes();
    let read = format::read(&bytes, Some("r.json"), &Options::default()).expect("our own file");
    let report = read.into_report();
    let texts = Texts::of(&report);
    let findings = check(&Input {
        blanks: Blanks::of(&report, true),
        beside: Beside { last, parts: &[] },
        ..Input::of(&report, &texts)
    });
    let profile = Profile::default();
    let checked = Checked {
        file: "r.json",
        format: "json",
        report: &report,
        origins: &[],
        findings: &findings,
        suspects: &Suspects::default(),
        notes: &[],
        profile: &profile,
    };
    let written = |name: &str| {
        let mut out = String::new();
        (output(name).expect("an output").write)(&checked, Style::default(), &mut out);
        out
    };
    assert_eq!(on_screen, findings.counts());
    Faces {
        counts: findings.counts(),
        title,
        list: problems,
        export,
        full: written("full"),
        json: serde_json::from_str(&written("json")).expect("JSON"),
        sheet: format!("{:?}", sheet(&checked, Lang::Zh)),
        note: note(&checked, Lang::Zh),
    }
}

impl Faces {
    /// All of them say these counts.
    fn say(&self) {
        let Counts {
            errors,
            warnings,
            infos,
            settled,
            implied,
            beside,
            missing,
        } = self.counts;
        let said = |face: &str, words: &str| assert!(face.contains(words), "{words}: {face}");
        said(&self.title, &format!("错误 {errors}  提醒 {warnings}"));
        let three = format!("错误 {errors}，提醒 {warnings}，提示 {infos}");
        // Where nothing was found it says so in words.
        if errors + warnings + infos + implied + beside + settled > 0 {
            said(&self.full, &three);
        }
        said(&self.sheet, &three);
        let list = format!("错误 {errors}  提醒 {warnings}  提示 {infos}");
        said(&self.list, &list);
        let three = format!("提醒 {warnings} 处，提示 {infos} 处");
        said(&self.export, &three);
        if errors + warnings > 0 {
            said(&self.note, &format!("错误 {errors} 处，提醒 {warnings} 处"));
        }
        let apart = [
            (missing, format!("缺 {missing} 格")),
            (implied, format!("另有 {implied} 处由此引起")),
            (settled, format!("另有 {settled} 处已说明")),
            (beside, format!("另与去年不符 {beside} 处")),
        ];
        for (count, words) in &apart {
            let papers = [&self.full, &self.sheet, &self.note];
            for face in papers {
                assert_eq!(face.contains(words.as_str()), *count > 0, "{words}: {face}");
            }
            if *count > 0 {
                said(&self.list, words);
            }
        }
        for (count, words) in [&apart[0], &apart[1], &apart[3]] {
            assert_eq!(
                self.export.contains(words.as_str()),
                *count > 0,
                "{}",
                self.export
            );
        }
        let counts = &self.json["counts"];
        let keys = [
            ("errors", errors),
            ("warnings", warnings),
            ("infos", infos),
            ("explained", settled),
            ("implied", implied),
            ("last_year", beside),
            ("missing", missing),
        ];
        for (key, count) in keys {
            assert_eq!(counts[key], count, "{key}");
        }
        let clean = "没有发现";
        for face in [&self.full, &self.sheet, &self.note] {
            assert!(self.counts.is_clean() || !face.contains(clean), "{face}");
        }
        let list = &self.list;
        assert!(self.counts.is_clean() || !list.contains(clean), "{list}");
    }

    /// All of them name a problem by these words.
    fn name(&self, code: &str, words: &str) {
        for face in [&self.list, &self.full, &self.sheet] {
            let face = face.replace(['\n', ' '], "");
            assert!(face.contains(&words.replace(' ', "")), "{words}: {face}");
        }
        let problems = self.json["problems"].as_array().expect("problems");
        assert!(problems.iter().any(|problem| problem["code"] == code));
    }
}

/// The faces of a clean report with changes.
fn faces_of(changes: &[&str]) -> Faces {
    let report = reports::changed(changes).into_report();
    faces(&mut Journey::on(Document::new(report), true), None)
}

const BALANCED: [&str; 4] = [
    "t3.granted_full.natural_person=3",
    "t3.granted_full.total=3",
    "t3.processed_total.natural_person=3",
    "t3.processed_total.total=3",
];

#[test]
fn a_finished_report_is_counted_alike_on_every_face() {
    faces_of(&[]).say();
    // Errors, what follows from them, warnings and infos.
    let mut changes = BALANCED.to_vec();
    changes.extend([
        "t3.new_received.natural_person=4",
        "t3.new_received.total=4",
        "t2.licensing.decisions=",
        "text.s6=无。",
    ]);
    let faces = faces_of(&changes);
    let Counts {
        errors,
        warnings,
        infos,
        implied,
        ..
    } = faces.counts;
    assert_eq!((errors, warnings, infos, implied), (1, 1, 1, 1));
    faces.say();
    faces.name("T2-BLANK", "表二有 1 格空着");
}

#[test]
fn explained_reminders_are_counted_apart_and_explained_errors_still_count() {
    let mut changes = BALANCED.to_vec();
    changes.extend([
        "t3.new_received.natural_person=4",
        "t2.licensing.decisions=",
    ]);
    let report = reports::changed(&changes).into_report();
    let problems = gouji::check::alone(&report, Blanks::ZERO).problems;
    let mut document = Document::new(report);
    for code in ["T2-BLANK", "T3-BALANCE"] {
        let problem = problems.iter().find(|problem| problem.rule.code == code);
        let id = ProblemId::of(document.report(), problem.expect(code));
        let at = document.report().remarks().len();
        let step = Transaction::new(words("说明", "explain"));
        let step = step.remark(at, None, Some(id.explained("原稿如此", "wang")));
        document.apply(step).expect("made for this report");
    }
    let faces = faces(&mut Journey::on(document, true), None);
    assert_eq!(faces.counts.settled, 1);
    assert!(faces.counts.errors >= 1);
    faces.say();
}

#[test]
fn what_differs_from_last_year_is_counted_apart_on_every_face() {
    let last = reports::changed(&[
        "head.year=2023",
        "t3.new_received.natural_person=2",
        "t3.new_received.total=2",
        "t3.carried_out.natural_person=2",
        "t3.carried_out.total=2",
    ])
    .into_report();
    let report = reports::changed(&[]).into_report();
    let mut journey = Journey::start(StartFacts::default());
    journey.reply(Reply::Opened(Box::new(Opened {
        last: Some(Last {
            path: "民政局2023.json".into(),
            stamp: None,
            report: last.clone(),
        }),
        ..Opened::of(Document::new(report), FileFacts::default(), true)
    })));
    let faces = faces(&mut journey, Some(&last));
    assert_eq!(faces.counts.beside, 2);
    assert_eq!(faces.counts.warnings, 0);
    faces.say();
    let said = &faces.list;
    assert!(
        said.contains("去年：2023 民政局2023.json，与去年不符 2 处"),
        "{said}"
    );
}

#[test]
fn a_blank_report_is_undecided_and_unfilled_on_every_face() {
    let mut journey = Journey::new_report();
    let faces = faces(&mut journey, None);
    let Counts {
        errors,
        warnings,
        missing,
        ..
    } = faces.counts;
    // No body, no year; the rest is still being keyed.
    assert_eq!((errors, warnings, missing), (0, 2, 166));
    assert!(faces.title.contains("缺 166 格"), "{}", faces.title);
    assert!(
        faces.full.contains("表三 39 项，平 0，不平 0，未定 39"),
        "{}",
        faces.full
    );
    assert!(
        faces.list.contains("表三 39 项，平 0，不平 0，未定 39"),
        "{}",
        faces.list
    );
    assert!(!faces.sheet.contains('✓') && !faces.sheet.contains("39 项，平 39"));
    faces.say();
}

#[test]
fn a_file_of_gouji_new_is_counted_as_the_screen_counts_it() {
    let mut empty = Document::new(Report::new(current()));
    let head = Transaction::new(words("新建", "new"))
        .head(empty.report(), HeadField::Body, "某县水利局")
        .head(empty.report(), HeadField::Year, "2025");
    empty.apply(head).expect("made for this report");
    let faces = faces(&mut Journey::on(empty, true), None);
    assert_eq!((faces.counts.warnings, faces.counts.missing), (0, 166));
    assert!(
        faces.note.contains("还没有填完，缺 166 格"),
        "{}",
        faces.note
    );
    faces.say();
}

#[test]
fn a_blank_form_of_others_is_not_filled_in_on_every_face() {
    // In a file that is not ours nothing is being keyed.
    let report = Report::new(current());
    let mut journey = Journey::on(Document::new(report.clone()), false);
    let findings = gouji::check::alone(&report, Blanks::of(&report, false));
    assert_eq!(journey.screen().findings.counts(), findings.counts());
    let (title, list, _) = screens(&mut journey);
    assert!(title.contains("提醒 6"), "{title}");
    assert!(
        list.contains("表三还没有填") && list.contains("第一部分没有内容"),
        "{list}"
    );
    assert_eq!(findings.counts().missing, 0);
}

#[test]
fn keying_is_kept_in_the_file_and_judged_by_everyone() {
    let mut journey = Journey::new_report();
    journey.keys("9 Enter");
    let faces = faces(&mut journey, None);
    let report = journey.screen().report().clone();
    assert!(report.keying().contains(&"t3"));
    let native = format::native(&report);
    assert!(
        native.contains("\"keying\":[\"t2\",\"t3\",\"t4\"]"),
        "{native}"
    );
    assert_eq!(faces.counts.missing, 165);
    faces.say();
    // Toggled off, the file says nothing of it; that alone is no change.
    let mut journey = Journey::on(Document::new(report), true);
    journey.keys("C-u");
    let screen = journey.app.report().expect("a report");
    assert!(!screen.document.is_modified());
    assert!(!format::native(screen.report()).contains("\"t3\"]"));
}

#[test]
fn texts_that_say_nothing_are_named_on_every_face() {
    for (text, said) in [
        ("", "第一部分没有内容"),
        ("略。", "第一部分只写了【略。】"),
        ("同上", "第一部分只写了【同上】"),
    ] {
        let faces = faces_of(&[&format!("text.s1={text}")]);
        assert_eq!(faces.counts.warnings, 1, "{text}");
        faces.say();
        faces.name("S-EMPTY", said);
    }
    for key in ["s5", "s6"] {
        let faces = faces_of(&[&format!("text.{key}=无")]);
        assert_eq!(
            (faces.counts.warnings, faces.counts.infos > 0),
            (0, true),
            "{key}"
        );
        faces.say();
    }
    let faces = faces_of(&["text.s5=全年培训XX人次，还要改进工作。"]);
    faces.say();
    faces.name("R-BLANK", "【XX人】像是没有填的模板");
    let faces = faces_of(&["text.s5=行政机关主动公开政府信息的情况还要核对。"]);
    faces.say();
    faces.name("R-2019", "正文还有 2019 年格式的说法");
}

#[test]
fn the_length_of_section_one_is_a_custom_that_2019_did_not_know() {
    let long = "text.s1*60=主动公开、依申请公开、信息管理、平台、监督。";
    let faces = faces_of(&[long]);
    faces.say();
    faces.name("S-LENGTH", "字，通行要求不超过 1000 字");
    let old = reports::old(&[long]).into_report();
    let faces = faces_of_report(old);
    faces.say();
    let problems = faces.json["problems"].as_array().expect("problems");
    assert!(problems.iter().all(|problem| problem["code"] != "S-LENGTH"));
    assert!(!faces.list.contains("字，通行要求"), "{}", faces.list);
}

/// The faces of a report of our own file.
fn faces_of_report(report: Report) -> Faces {
    faces(&mut Journey::on(Document::new(report), true), None)
}

/// The screen, after F5.
fn screens(journey: &mut Journey) -> (String, String, Counts) {
    let title = journey.rows().join("\n");
    let counts = journey.app.report().expect("a report").findings.counts();
    // High enough for the whole list.
    journey.input(gouji::tui::input::Input::Resize(100, 80));
    journey.keys("F5");
    let list = journey.rows().join("\n");
    journey.keys("Esc");
    (title, list, counts)
}

#[test]
fn a_table_that_is_not_filled_holds_nothing() {
    let report = Report::new(current());
    let texts = Texts::of(&report);
    let findings = check(&Input::of(&report, &texts));
    let open = |verdict: &Verdict| matches!(verdict, Verdict::Open { .. });
    assert!(findings.judged.verdicts().iter().all(open));
    let codes: Vec<&str> = findings
        .problems
        .iter()
        .map(|problem| problem.rule.code)
        .collect();
    for code in ["T2-EMPTY", "T3-EMPTY", "T4-EMPTY", "S-EMPTY"] {
        assert!(codes.contains(&code), "{code} {codes:?}");
    }
}

#[test]
fn a_number_that_agrees_with_its_cell_is_never_offered_to_be_changed() {
    let text = "text.s5=政府信息公开申请办结9件，结果为：予以公开5件、部分公开3件。";
    let closed = [
        "granted_full",
        "granted_partial",
        "unable_not_held",
        "new_received",
        "processed_total",
    ];
    let values = [5, 3, 1, 9, 9];
    let mut changes = vec![text.to_owned()];
    for (row, value) in closed.iter().zip(values) {
        changes.push(format!("t3.{row}.natural_person={value}"));
        changes.push(format!("t3.{row}.total={value}"));
    }
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let report = reports::changed(&changes).into_report();
    let texts = Texts::of(&report);
    let findings = check(&Input::of(&report, &texts));
    let sum = findings
        .problems
        .iter()
        .find(|problem| problem.rule.code == "N-SUM");
    let sum = sum.expect("the list of results lacks one");
    assert!(sum.fixes(&report, Blanks::ZERO).is_empty());
    // On the screen F6 offers nothing that writes into the text.
    let mut journey = Journey::on(Document::new(report.clone()), true);
    journey.keys("F8 F6");
    let rows = journey.rows().join("\n");
    assert!(
        rows.contains("N-SUM") || rows.contains("各项结果相加"),
        "{rows}"
    );
    assert!(!rows.contains("把正文里的"), "{rows}");
    // A number that differs from its cell is offered to be changed.
    let changes: Vec<&str> = changes[1..]
        .iter()
        .copied()
        .chain(["text.s5=政府信息公开申请办结8件，还要改进工作。"])
        .collect();
    let report = reports::changed(&changes).into_report();
    let mut journey = Journey::on(Document::new(report), true);
    journey.keys("F8 F6");
    let rows = journey.rows().join("\n");
    assert!(rows.contains("把正文里的 8 改成 9"), "{rows}");
}

const PROSE: &str = "text.s1=全年收到政府信息公开申请3件，予以公开3件，不予公开2件，部分公开2件。\
     通过网站发布信息40条。";

#[test]
fn the_command_line_prints_the_identity_that_explanations_and_questions_keep() {
    let report = reports::changed(&[&BALANCED[..], &[PROSE]].concat()).into_report();
    let faces = faces_of_report(report.clone());
    let findings = gouji::check::alone(&report, Blanks::of(&report, true));
    let printed = faces.json["problems"].as_array().expect("a list");
    assert_eq!(printed.len(), findings.problems.len());
    assert!(!printed.is_empty());
    for (problem, printed) in findings.problems.iter().zip(printed) {
        let id = ProblemId::of(&report, problem);
        assert_eq!(printed["code"], id.rule);
        assert_eq!(printed["site"], id.site);
        assert_eq!(printed["numbers"], Value::from(id.numbers.clone()));
        let question = id.asked(String::new());
        let fault = question.fault.expect("it names its problem");
        assert_eq!(printed["numbers"], Value::from(fault.numbers));
    }
}

#[test]
fn numbers_of_sentences_are_counted_alike_on_every_face() {
    let faces = faces_of(&[&BALANCED[..], &[PROSE]].concat());
    let all = faces.json["facts"].as_array().expect("a list");
    let count = |agrees: Value| all.iter().filter(|fact| fact["agrees"] == agrees).count();
    let (agree, differ, open) = (count(true.into()), count(false.into()), count(Value::Null));
    assert!(agree > 0 && differ > 1 && open > 0, "{all:?}");
    assert_eq!(agree + differ + open, all.len());
    let said = format!(
        "正文 {} 处，一致 {agree}，不符 {differ}，未对照 {open}",
        all.len()
    );
    let bare = |text: &str| text.replace(char::is_whitespace, "");
    for face in [&faces.list, &faces.full] {
        assert!(bare(face).contains(&bare(&said)), "{said}\n{face}");
    }
    // On the page of the text: those of that text, and it has all but the three of the fee.
    let report = reports::changed(&[&BALANCED[..], &[PROSE]].concat()).into_report();
    let mut journey = Journey::on(Document::new(report), true);
    journey.keys("F3 1 Enter");
    let page = journey.rows().join("\n");
    let said = format!("一致{} 不符{differ} 未对照{open}", agree - 3);
    assert!(page.contains(&said), "{said}\n{page}");
}
