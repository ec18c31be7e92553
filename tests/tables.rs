//! Every declared table walked: both languages, unique names, references that resolve.

use std::collections::{BTreeMap, BTreeSet};

use gouji::base::words::{Lang, Words};
use gouji::check::{RULES, rules::Test};
use gouji::cli::{EDITOR, Exit, SUBCOMMANDS};
use gouji::form::{FORMS, Form, Line, current};
use gouji::format::FORMATS;
use gouji::paper::OUTPUTS;

/// Invariant: both languages say something and ask for the same placeholders.
fn assert_both(words: Words, of: &str) {
    for lang in Lang::ALL {
        assert!(
            !words.get(lang).trim().is_empty(),
            "{of} says nothing in {}",
            lang.key()
        );
    }
    let names = |lang| {
        words
            .placeholders(lang)
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(names(Lang::Zh), names(Lang::En), "placeholders of {of}");
}

fn assert_unique<T: Ord + std::fmt::Debug>(names: impl IntoIterator<Item = T>, of: &str) {
    let mut seen = BTreeSet::new();
    for name in names {
        let text = format!("{name:?}");
        assert!(seen.insert(name), "{text} stands twice in {of}");
    }
}

#[test]
fn rules_are_whole_in_both_languages() {
    assert_unique(RULES.iter().map(|rule| rule.code), "RULES");
    for rule in RULES {
        for words in [rule.title, rule.next, rule.doc, rule.severity.name()] {
            assert_both(words, rule.code);
            assert!(
                words.placeholders(Lang::Zh).is_empty(),
                "{} in fixed words",
                rule.code
            );
        }
        assert!(
            !rule.says.is_empty() && !rule.source.is_empty(),
            "{}",
            rule.code
        );
        for says in rule.says {
            assert_both(*says, rule.code);
        }
        // Facts are N and a number, as PROSE counts them; the others PLACE-FLAW.
        let (place, flaw) = rule.code.split_once('-').unwrap_or((rule.code, "N"));
        let is_code = |part: &str| {
            part.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        assert!(
            is_code(place) && is_code(&flaw.replace('-', "")),
            "{}",
            rule.code
        );
    }
}

#[test]
fn every_sum_names_a_rule_and_every_rule_of_identities_has_a_sum() {
    let summed: BTreeSet<&str> = FORMS
        .iter()
        .flat_map(|form| form.tables)
        .flat_map(|table| table.sums)
        .map(|sum| sum.rule)
        .collect();
    let declared: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| matches!(rule.test, Test::Identities))
        .map(|rule| rule.code)
        .collect();
    assert_eq!(summed, declared);
}

#[test]
fn outputs_have_names_and_words() {
    assert_unique(OUTPUTS.iter().map(|output| output.key), "OUTPUTS");
    for output in OUTPUTS {
        assert_both(output.about, output.key);
    }
}

#[test]
fn subcommands_options_and_exits_have_names_and_words() {
    let all = || SUBCOMMANDS.iter().chain([&EDITOR]);
    assert_unique(all().map(|subcommand| subcommand.name), "SUBCOMMANDS");
    assert_unique(Exit::ALL.map(Exit::code), "Exit");
    for exit in Exit::ALL {
        assert_both(exit.meaning(), "Exit");
    }
    for subcommand in all() {
        let name = subcommand.name;
        assert_both(subcommand.about, name);
        assert_unique(subcommand.operands.iter().map(|operand| operand.key), name);
        assert_unique(subcommand.options.iter().map(|opt| opt.name), name);
        for operand in subcommand.operands {
            assert_both(operand.about, operand.key);
        }
        for opt in subcommand.options {
            assert_both(opt.about, opt.name);
            let choices = opt.choices.map(|choices| choices()).unwrap_or_default();
            assert!(
                choices.is_empty() || !opt.value.is_empty(),
                "--{} is a switch",
                opt.name
            );
            assert_unique(choices, opt.name);
        }
        let has_lang = subcommand.options.iter().any(|opt| opt.name == "lang");
        assert!(has_lang, "{name} can't be asked in a language");
    }
}

#[test]
fn formats_have_names_words_and_endings() {
    assert_unique(FORMATS.iter().map(|format| format.key), "FORMATS");
    assert_unique(
        FORMATS.iter().flat_map(|format| format.extensions),
        "endings of FORMATS",
    );
    for format in FORMATS {
        assert_both(format.name, format.key);
        assert_both(format.carries, format.key);
        assert!(!format.extensions.is_empty(), "{}", format.key);
        assert!(format.can_read() || format.can_write(), "{}", format.key);
    }
}

#[test]
fn forms_number_their_cells_and_name_their_lines() {
    assert_unique(FORMS.iter().map(|form| form.key), "FORMS");
    for form in FORMS {
        assert_both(form.name, form.key);
        assert_unique(form.cells().map(|cell| form.path(cell)), form.key);
        let mut next = 0;
        for table in form.tables {
            assert_eq!(
                usize::from(table.first),
                next,
                "first cell of {}",
                table.prefix
            );
            next += table.len();
            for line in table.rows.iter().chain(table.cols) {
                assert_both(line.name, line.key);
                assert_both(line.short, line.key);
                let grouped = line.group.is_empty()
                    || table.groups.iter().any(|group| group.key == line.group);
                assert!(grouped, "{} is in no group of {}", line.key, table.prefix);
                if line.counting != Words::default() {
                    assert_both(line.counting, line.key);
                }
            }
            for group in table.groups {
                assert_both(group.name, group.key);
            }
        }
        for section in form.sections {
            assert_both(section.name, section.key);
        }
        for cell in form.cells() {
            assert_eq!(form.cell(&form.path(cell)), Some(cell));
        }
    }
}

/// The lines and headings of the form of 2021 as its notice prints them.
const OFFICIAL_2021: &[(&str, &str)] = &[
    ("t2.rules", "规章"),
    ("t2.normative_documents", "行政规范性文件"),
    ("t2.licensing", "行政许可"),
    ("t2.penalty", "行政处罚"),
    ("t2.coercion", "行政强制"),
    ("t2.admin_fees", "行政事业性收费"),
    ("t3.new_received", "一、本年新收政府信息公开申请数量"),
    ("t3.carried_in", "二、上年结转政府信息公开申请数量"),
    ("t3.granted_full", "（一）予以公开"),
    (
        "t3.granted_partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ),
    ("t3.denied_state_secret", "1.属于国家秘密"),
    ("t3.denied_other_law", "2.其他法律行政法规禁止公开"),
    ("t3.denied_security_stability", "3.危及“三安全一稳定”"),
    ("t3.denied_third_party", "4.保护第三方合法权益"),
    ("t3.denied_internal_affairs", "5.属于三类内部事务信息"),
    ("t3.denied_deliberative", "6.属于四类过程性信息"),
    ("t3.denied_enforcement_file", "7.属于行政执法案卷"),
    ("t3.denied_admin_query", "8.属于行政查询事项"),
    ("t3.unable_not_held", "1.本机关不掌握相关政府信息"),
    ("t3.unable_must_create", "2.没有现成信息需要另行制作"),
    ("t3.unable_unclear", "3.补正后申请内容仍不明确"),
    ("t3.unprocessed_petition", "1.信访举报投诉类申请"),
    ("t3.unprocessed_duplicate", "2.重复申请"),
    ("t3.unprocessed_publication", "3.要求提供公开出版物"),
    ("t3.unprocessed_excessive", "4.无正当理由大量反复申请"),
    (
        "t3.unprocessed_reconfirm",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    (
        "t3.other_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "t3.other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("t3.other_misc", "3.其他"),
    ("t3.processed_total", "（七）总计"),
    ("t3.carried_out", "四、结转下年度继续办理"),
    ("t2.issued", "本年制发件数"),
    ("t2.repealed", "本年废止件数"),
    ("t2.in_force", "现行有效件数"),
    ("t2.decisions", "本年处理决定数量"),
    ("t2.amount_wan_yuan", "本年收费金额（单位：万元）"),
    ("t3.natural_person", "自然人"),
    ("t3.org_business", "商业企业"),
    ("t3.org_research", "科研机构"),
    ("t3.org_public_welfare", "社会公益组织"),
    ("t3.org_legal_service", "法律服务机构"),
    ("t3.org_other", "其他"),
    ("t3.total", "总计"),
    ("t4.review", "行政复议"),
    ("t4.suit_direct", "未经复议直接起诉"),
    ("t4.suit_after_review", "复议后起诉"),
    ("t4.upheld", "结果维持"),
    ("t4.corrected", "结果纠正"),
    ("t4.other", "其他结果"),
    ("t4.pending", "尚未审结"),
    ("t4.total", "总计"),
];

fn labels(form: &Form) -> BTreeMap<String, &'static str> {
    let mut labels = BTreeMap::new();
    for table in form.tables {
        let mut put =
            |line: &Line| labels.insert(format!("{}.{}", table.prefix, line.key), line.label);
        table.rows.iter().chain(table.cols).for_each(|line| {
            put(line);
        });
    }
    labels
}

#[test]
fn labels_are_the_official_ones_byte_for_byte() {
    let ours = labels(current());
    let theirs: BTreeMap<String, &str> = OFFICIAL_2021
        .iter()
        .map(|(path, label)| ((*path).to_owned(), *label))
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn headings_titles_and_the_corner_note_are_the_official_ones() {
    let form = current();
    let headings: Vec<String> = form
        .sections
        .iter()
        .skip(1)
        .map(gouji::form::Section::heading)
        .collect();
    assert_eq!(
        headings,
        [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ]
    );
    let titles: Vec<&str> = form.tables.iter().map(|table| table.title).collect();
    assert_eq!(
        titles,
        [
            "第二十条第（一）项",
            "第二十条第（五）项",
            "第二十条第（六）项",
            "第二十条第（八）项",
            "",
            "",
        ]
    );
    let t3 = form
        .tables
        .iter()
        .find(|table| table.prefix == "t3")
        .expect("table of requests");
    assert_eq!(
        t3.corner,
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    );
    let groups: Vec<&str> = t3.groups.iter().map(|group| group.label).collect();
    assert_eq!(
        groups,
        [
            "",
            "（三）不予公开",
            "（四）无法提供",
            "（五）不予处理",
            "（六）其他处理"
        ]
    );
}

/// Invariant: a row, column or group that a check names is one of some form; a wrong
/// key would only never match.
#[test]
#[allow(clippy::disallowed_methods, reason = "reads the sources of check")]
fn every_key_that_a_check_names_is_a_line_or_a_group_of_a_form() {
    /// Names of limits, sites and slips that look like keys.
    const OTHERS: [&str; 6] = [
        "overview_length",
        "jump_times",
        "jump_least",
        "last_year",
        "totals_stale",
        "totals_not_filled",
    ];
    let tables = || FORMS.iter().flat_map(|form| form.tables);
    let lines = tables().flat_map(|table| table.rows.iter().chain(table.cols));
    let groups = tables().flat_map(|table| table.groups);
    let mut known: BTreeSet<&str> = lines.map(|line| line.key).collect();
    known.extend(groups.map(|group| group.key));
    known.extend(OTHERS);
    let is_key = |word: &&str| {
        word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    let mut named = 0;
    for folder in ["src/check", "src/check/prose"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in std::fs::read_dir(folder).expect("a folder").flatten() {
            let Ok(text) = std::fs::read_to_string(file.path()) else {
                continue;
            };
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for key in text
                .lines()
                .flat_map(|line| line.split('"').skip(1).step_by(2))
            {
                if is_key(&key) {
                    assert!(known.contains(key), "{}: {key}", file.path().display());
                    named += 1;
                }
            }
        }
    }
    assert!(named > 50, "{named} keys were found");
}
