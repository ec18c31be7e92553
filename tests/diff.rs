//! `gouji diff`: two reports side by side, as a person and a script see them.

#![allow(
    clippy::disallowed_methods,
    reason = "a test of whole runs touches the world"
)]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use std::path::Path;

use gouji::cli::Exit;
use home::{Home, home};
use reports::{changed, clean, native, old, years};
use serde_json::Value;

/// Two versions of the clean report.
fn pair(before: &[&str], now: &[&str]) -> Home {
    let home = home();
    home.put("old.json", native(changed(before).report()));
    home.put("new.json", native(changed(now).report()));
    home
}

fn lines(home: &Home, lang: &str) -> Vec<String> {
    let ran = home.run(&["diff", "old.json", "new.json", "--lang", lang]);
    let ran = ran.expect_code(Exit::Problems);
    assert_eq!(ran.err, "");
    ran.out.lines().map(str::to_owned).collect()
}

fn object(home: &Home) -> Value {
    let ran = home.run(&["diff", "old.json", "new.json", "--output", "json"]);
    let ran = ran.expect(Exit::Problems, 1);
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn a_cell_a_sentence_a_heading_and_the_head_are_told_with_both_values() {
    let home = pair(
        &[
            "head.year=2023",
            "t2.licensing.decisions=550",
            "text.s6=收费0元。不变。",
        ],
        &[
            "t2.licensing.decisions=9487",
            "t4.review.upheld=1",
            "text.s6=收费3元。不变。",
            "headings=s1 一、总体情况;s2 二、别的",
        ],
    );
    let zh = lines(&home, "zh");
    for line in [
        "head.year 年度: 2023 -> 2024",
        "t2.licensing.decisions 表二 行政许可/决定: 550 -> 9487（+8937，变化大）",
        "t4.review.upheld 表四 行政复议/结果维持: 0 -> 1（+1）",
        "s6 - 收费0元。",
        "s6 + 收费3元。",
        "heading.s2 标题 主动公开: 二、主动公开政府信息情况 -> 二、别的",
        "heading.s6 标题 其他事项: 六、其他需要报告的事项 -> (空)",
        "s6 其他事项：37% 与前一份逐字相同",
        "s5 问题改进：100% 与前一份逐字相同",
    ] {
        assert!(zh.contains(&line.to_owned()), "{line}\n{zh:#?}");
    }
    assert!(!zh.iter().any(|line| line.contains("不变")), "{zh:#?}");
    assert_eq!(
        zh.last().map(String::as_str),
        Some("不同：2 格（变化大 1），1 句，其他 6 处；没有比 0 处；正文 95% 逐字相同")
    );
    let en = lines(&home, "en");
    assert!(
        en.contains(&"t4.review.upheld Table 4 Review/Upheld: 0 -> 1 (+1)".to_owned()),
        "{en:#?}"
    );
    assert!(
        en.last()
            .is_some_and(|line| line.starts_with("different: 2 cells (1 far), 1 sentences")),
        "{en:#?}"
    );
}

#[test]
fn equal_reports_print_nothing_and_exit_with_0() {
    let home = pair(&[], &[]);
    home.run(&["diff", "old.json", "new.json"])
        .expect(Exit::Clean, 0)
        .quietly();
    let ran = home.run(&["diff", "old.json", "new.json", "--output", "json"]);
    let object: Value = serde_json::from_str(&ran.expect(Exit::Clean, 1).out).expect("JSON");
    assert_eq!(object["equal"], true);
    assert_eq!(object["same_percent"], 100);
    // Another format of the same report is no other report.
    for name in ["new.docx", "new.html", "new.xlsx", "new.txt"] {
        home.run(&["convert", "new.json", name])
            .expect(Exit::Clean, 0);
        home.run(&["diff", "old.json", name]).expect(Exit::Clean, 0);
    }
}

#[test]
fn the_object_holds_everything_for_scripts() {
    let home = pair(
        &[
            "head.year=2023",
            "t2.admin_fees.amount_wan_yuan=2.50",
            "text.s6=收费0元。",
        ],
        &[
            "t2.admin_fees.amount_wan_yuan=2.75",
            "t4.review.upheld=一件",
            "text.s6=收费3元。",
        ],
    );
    let object = object(&home);
    assert_eq!(object["equal"], false);
    assert_eq!(object["old"]["year"], 2023);
    assert_eq!(object["new"]["file"], "new.json");
    assert_eq!(
        object["cells"],
        serde_json::json!([
            {"site": "t2.admin_fees.amount_wan_yuan", "old": "2.50", "new": "2.75", "gap": 0.25, "far": false},
            {"site": "t4.review.upheld", "old": "0", "new": "一件", "gap": null, "far": false},
        ])
    );
    assert_eq!(
        object["sentences"],
        serde_json::json!([{"section": "s6", "at": 0, "old": "收费0元。", "new": "收费3元。"}])
    );
    assert_eq!(object["others"][0]["site"], "head.year");
    assert_eq!(object["not_compared"], serde_json::json!([]));
    let keys: Vec<&String> = object.as_object().expect("an object").keys().collect();
    let known = [
        "old",
        "new",
        "form",
        "equal",
        "cells",
        "sentences",
        "others",
        "not_compared",
        "same",
        "same_percent",
    ];
    assert_eq!(keys, known);
    let manuals = [
        include_str!("../src/manual/zh.md"),
        include_str!("../src/manual/en.md"),
    ];
    for (key, manual) in known
        .iter()
        .flat_map(|key| manuals.map(|manual| (key, manual)))
    {
        assert!(
            manual.contains(&format!("`{key}`")),
            "{key} is not in the manual"
        );
    }
}

#[test]
fn what_is_far_is_said_by_the_limits_of_the_profile() {
    let home = pair(
        &["t2.licensing.decisions=100"],
        &["t2.licensing.decisions=150"],
    );
    assert_eq!(object(&home)["cells"][0]["far"], false);
    let profile = r#"{"limits":{
        "jump_times":{"value":1,"since":"2025-01-01","reason":"x"},
        "jump_least":{"value":50,"since":"2025-01-01","reason":"x"}}}"#;
    home.put("profile.json", profile);
    let ran = home.run(&["diff", "old.json", "new.json", "--profile", "profile.json"]);
    let ran = ran.expect_code(Exit::Problems);
    assert!(ran.out.contains("100 -> 150（+50，变化大）"), "{ran:?}");
    // The rule of two years follows the same limits.
    let check = [
        "check",
        "new.json",
        "--last",
        "old.json",
        "--profile",
        "profile.json",
    ];
    let ran = home.run(&check);
    assert!(ran.out.contains("X-JUMP t2.licensing.decisions"), "{ran:?}");
    assert!(!home.run(&check[..4]).out.contains("X-JUMP"));
}

#[test]
fn a_report_on_the_form_of_2019_is_compared_after_remapping_and_the_rest_is_named() {
    let home = home();
    let (before, now) = (years("office-2020.json"), years("office-2021.json"));
    let (before, now) = (before.to_string_lossy(), now.to_string_lossy());
    for (one, other) in [(&before, &now), (&now, &before)] {
        let ran = home.run(&["diff", one, other, "--output", "json"]);
        let object: Value = serde_json::from_str(&ran.expect(Exit::Problems, 1).out).expect("JSON");
        assert_eq!(object["form"], "2021");
        let all = |list: &str| object[list].as_array().expect("a list").clone();
        let sites = |list: &str| -> Vec<String> {
            let sites = all(list).into_iter();
            sites
                .map(|entry| entry["site"].as_str().expect("a site").to_owned())
                .collect()
        };
        assert!(sites("cells").contains(&"t3.carried_in.natural_person".to_owned()));
        let alone = sites("not_compared");
        for site in ["t2.rules.public_total", "t2.central_procurement.amount"] {
            assert!(alone.contains(&site.to_owned()), "{site} {alone:?}");
        }
    }
    let ran = home.run(&["diff", &before, &now]);
    ran.expect_code(Exit::Problems).quietly();
}

#[test]
fn what_was_not_read_is_named_and_never_equal() {
    let home = pair(
        &["lost=t3.denied_admin_query", "t3.denied_admin_query.*="],
        &[],
    );
    let object = object(&home);
    assert_eq!(object["cells"], serde_json::json!([]));
    assert_eq!(object["not_compared"][0]["site"], "t3.denied_admin_query");
    assert_eq!(object["not_compared"][0]["side"], "old");
    let lost = native(changed(&["unread=t4:picture", "t4.*="]).report());
    home.put("a.json", &lost);
    home.put("b.json", &lost);
    let ran = home
        .run(&["diff", "a.json", "b.json"])
        .expect_code(Exit::Problems);
    assert!(
        ran.out.contains("t4 【复议诉讼】没有读出来，没有比"),
        "{ran:?}"
    );
    let stray = native(changed(&["unplaced=line 9:甲乙丙"]).report());
    home.put("c.json", stray);
    let ran = home
        .run(&["diff", "old.json", "c.json"])
        .expect_code(Exit::Problems);
    assert!(ran.out.contains("甲乙丙"), "{ran:?}");
}

#[test]
fn the_share_counts_sentences_that_moved() {
    let home = pair(
        &["text.s5=一二三四。五六七八。", "text.s6=甲乙丙丁。"],
        &[
            "text.s5=甲乙丙丁。新的一句。",
            "text.s6=五六七八。\\五六七八。",
        ],
    );
    let object = object(&home);
    let of = |key: &str| {
        let same = object["same"].as_array().expect("a list").iter();
        let mut found = same.filter(|entry| entry["section"] == key);
        found
            .next()
            .map(|entry| (entry["same"].as_u64(), entry["all"].as_u64()))
    };
    assert_eq!(of("s5"), Some((Some(5), Some(10))));
    // The same sentence twice was there once.
    assert_eq!(of("s6"), Some((Some(5), Some(10))));
}

#[test]
fn bad_input_is_one_sentence_and_the_way_out() {
    let home = pair(&[], &["head.body=某市财政局"]);
    home.run(&["diff", "old.json", "old.json"])
        .expect(Exit::Failed, 0)
        .says("两边是同一个文件：old.json\n 办法  写两个文件");
    home.run(&["diff", "old.json", "./old.json"])
        .expect(Exit::Failed, 0);
    home.run(&["diff", "old.json", "new.json"])
        .expect_code(Exit::Problems)
        .says("两份报告不是同一个机关的：【某县民政局】和【某市财政局】");
    home.run(&["diff", "old.json", "none.json"])
        .expect(Exit::Failed, 0)
        .says("none.json");
    home.put("junk.pdf", b"%PDF-1.4 junk");
    home.run(&["diff", "junk.pdf", "old.json"])
        .expect(Exit::Failed, 0)
        .says("junk.pdf");
    home.run(&["diff", "old.json"])
        .expect(Exit::Failed, 0)
        .says("NEW");
    home.put("2019.json", native(old(&[]).report()));
    home.run(&["diff", "old.json", "2019.json"])
        .expect_code(Exit::Problems)
        .says("把两份换个次序");
    let ran = home.pipe(&["diff", "-", "old.json"], &native(clean().report()));
    ran.expect(Exit::Clean, 0);
}

#[test]
fn nothing_of_a_file_steers_the_terminal() {
    let home = pair(
        &[],
        &[
            "text.s6=\u{1b}[31m红。\u{202e}反。",
            "head.title=\u{1b}]0;x\u{7}",
        ],
    );
    for output in ["lines", "json"] {
        let ran = home.run(&["diff", "old.json", "new.json", "--output", output]);
        let ran = ran.expect_code(Exit::Problems);
        let steers = |c: char| c != '\n' && gouji::base::width::is_unsafe(c);
        assert!(!ran.out.contains(steers), "{ran:?}");
    }
}

#[test]
fn help_names_the_older_report_first() {
    let ran = home().run(&["diff", "--help"]).expect_code(Exit::Clean);
    let at = |text: &str| ran.out.find(text).expect("a line of help");
    assert!(at("<OLD>") < at("<NEW>"), "{}", ran.out);
}

/// Where the two years of the samples are present.
#[test]
fn the_two_years_of_the_samples_are_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/years");
    if !folder.is_dir() {
        return;
    }
    let file = |year: u16| folder.join(format!("hongze-district-{year}.json"));
    let (before, now) = (file(2023), file(2024));
    let ran = home().run(&["diff", &before.to_string_lossy(), &now.to_string_lossy()]);
    let ran = ran.expect_code(Exit::Problems);
    for line in [
        "t2.licensing.decisions 表二 行政许可/决定: 550 -> 9487（+8937，变化大）",
        "t2.normative_documents.in_force 表二 规范性文件/有效: 5 -> 8（+3）",
        "s1 - 2023年全区受理政府信息公开申请21件，均在法定期限答复。",
        "不同：30 格（变化大 2），19 句，其他 3 处；没有比 0 处；正文 12% 逐字相同",
    ] {
        assert!(
            ran.out.lines().any(|found| found == line),
            "{line}\n{}",
            ran.out
        );
    }
}
