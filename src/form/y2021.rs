//! The form of 国办公开办函〔2021〕30号, for reports on 2021 and later.
//!
//! **Never:** a label that is not the official one byte for byte; spellings met
//! elsewhere belong into `also`.
//! Next: `form` for the types.

use std::sync::OnceLock;

use super::{Along, Form, Group, Kind, Layout, Line, Part, Section, Side, Sum, Table};
use crate::base::words::{Words, words};

/// The form in force.
pub(super) static FORM: Form = Form {
    key: "2021",
    name: words("2021年格式", "form of 2021"),
    source: "国办公开办函〔2021〕30号",
    years: (2021, u16::MAX),
    tables: TABLES,
    sections: &SECTIONS,
    blank_title: "政府信息公开工作年度报告格式模板",
    letters: OnceLock::new(),
    derived: OnceLock::new(),
};

const TABLES: &[Table] = &[DOCUMENTS, LICENSING, SANCTIONS, FEES, REQUESTS, DISPUTES];

pub(super) const SECTIONS: [Section; 7] = [
    Section {
        key: "preamble",
        ordinal: "",
        title: "",
        name: words("前言", "Preamble"),
        short: words("前言", "Preamble"),
        tables: "",
        placeholder: "",
        also: &[],
    },
    Section {
        key: "s1",
        ordinal: "一",
        title: "总体情况",
        name: words("总体情况", "Overview"),
        short: words("总体", "Overview"),
        tables: "",
        placeholder: "（文字描述）",
        also: &[
            "概述",
            "总体概况",
            "基本情况",
            "政府信息公开工作总体情况",
            "工作总体情况",
        ],
    },
    Section {
        key: "s2",
        ordinal: "二",
        title: "主动公开政府信息情况",
        name: words("主动公开", "Proactive"),
        short: words("公开", "Proact."),
        tables: "t2",
        placeholder: "",
        also: &[
            "行政机关主动公开政府信息情况",
            "主动公开情况",
            "行政机关主动公开政府信息的情况",
            "主动公开政府信息的情况",
        ],
    },
    Section {
        key: "s3",
        ordinal: "三",
        title: "收到和处理政府信息公开申请情况",
        name: words("申请办理", "Requests"),
        short: words("申请", "Requests"),
        tables: "t3",
        placeholder: "",
        also: &[
            "行政机关收到和处理政府信息公开申请情况",
            "收到和处理政府信息公开申请的情况",
            "收到和办理政府信息公开申请情况",
            "依申请公开情况",
        ],
    },
    Section {
        key: "s4",
        ordinal: "四",
        title: "政府信息公开行政复议、行政诉讼情况",
        name: words("复议诉讼", "Disputes"),
        short: words("复议", "Disputes"),
        tables: "t4",
        placeholder: "",
        also: &[
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议提起行政诉讼情况",
            "政府信息公开行政复议和行政诉讼情况",
            "行政复议、行政诉讼情况",
        ],
    },
    Section {
        key: "s5",
        ordinal: "五",
        title: "存在的主要问题及改进情况",
        name: words("问题改进", "Problems"),
        short: words("问题", "Problems"),
        tables: "",
        placeholder: "（文字描述）",
        also: PROBLEMS,
    },
    Section {
        key: "s6",
        ordinal: "六",
        title: "其他需要报告的事项",
        name: words("其他事项", "Other matters"),
        short: words("其他", "Other"),
        tables: "",
        placeholder: "（文字描述，收取信息处理费情况在此处报告。）",
        also: &[
            "其他需要报告事项",
            "需要报告的其他事项",
            "其它需要报告的事项",
            "其他报告事项",
        ],
    },
];

/// Headings of section 五 as the two forms and published reports print them.
pub(super) const PROBLEMS: &[&str] = &[
    "存在的主要问题及改进情况",
    "政府信息公开工作存在的主要问题及改进情况",
    "存在问题及改进情况",
    "存在的问题及改进情况",
    "存在的主要问题及改进措施",
    "存在的主要问题和改进情况",
    "存在主要问题及改进情况",
    "主要问题及改进情况",
    "整改措施",
];

pub(super) const fn row2(key: &'static str, label: &'static str, name: Words) -> Line {
    Line::new(key, label, "row", name, name)
}

pub(super) const fn col2(key: &'static str, label: &'static str, name: Words) -> Line {
    Line::new(key, label, "column", name, name)
}

const DECISIONS: Line = col2("decisions", "本年处理决定数量", words("决定", "Decis."));

/// The grid of table 二.
const GRID: &[u16] = &[2435, 2435, 2435, 2435];

const DOCUMENTS: Table = Table {
    prefix: "t2",
    title: "第二十条第（一）项",
    corner: "",
    rows: &[
        row2("rules", "规章", words("规章", "Rules")).counting(
            "县级以下机关一般没有规章制定权",
            "bodies below the prefecture normally make no rules",
        ),
        row2(
            "normative_documents",
            "行政规范性文件",
            words("规范性文件", "Norm. documents"),
        )
        .also(&["规范性文件"]),
    ],
    cols: &[
        col2("issued", "本年制发件数", words("制发", "Issued"))
            .also(&["本年制发数量", "本年制发数"]),
        col2("repealed", "本年废止件数", words("废止", "Repeal."))
            .also(&["本年废止数量", "本年废止数"]),
        col2("in_force", "现行有效件数", words("有效", "In force")).also(&[
            "现行有效数量",
            "现行有效数",
            "现行有效件数（历史累计）",
        ]),
    ],
    groups: &[],
    layout: Layout::Block(&[1, 1, 1, 1]),
    printed: &["信息内容"],
    grid: GRID,
    sums: &[],
    first: 0,
};

const LICENSING: Table = Table {
    prefix: "t2",
    title: "第二十条第（五）项",
    corner: "",
    rows: &[row2("licensing", "行政许可", words("行政许可", "Licences"))],
    cols: &[DECISIONS],
    groups: &[],
    layout: Layout::Block(&[1, 3]),
    printed: &["信息内容"],
    grid: GRID,
    sums: &[],
    first: 6,
};

const SANCTIONS: Table = Table {
    prefix: "t2",
    title: "第二十条第（六）项",
    corner: "",
    rows: &[
        row2("penalty", "行政处罚", words("行政处罚", "Penalties")),
        row2("coercion", "行政强制", words("行政强制", "Coercion")),
    ],
    cols: &[DECISIONS],
    groups: &[],
    layout: Layout::Block(&[1, 3]),
    printed: &["信息内容"],
    grid: GRID,
    sums: &[],
    first: 7,
};

const FEES: Table = Table {
    prefix: "t2",
    title: "第二十条第（八）项",
    corner: "",
    rows: &[row2(
        "admin_fees",
        "行政事业性收费",
        words("事业性收费", "Charges"),
    )
    .counting("单位是万元", "in units of 10,000 yuan")],
    cols: &[col2(
        "amount_wan_yuan",
        "本年收费金额（单位：万元）",
        words("万元", "10k yuan"),
    )
    .kind(Kind::Amount)
    .also(&["本年收费金额", "本年收费金额（万元）"])],
    groups: &[],
    layout: Layout::Block(&[1, 3]),
    printed: &["信息内容"],
    grid: GRID,
    sums: &[],
    first: 9,
};

/// The note printed in the corner of table 三.
const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

const fn kind3(key: &'static str, label: &'static str, en: &'static str, short: Words) -> Line {
    Line::new(key, label, "kind", words(label, en), short)
}

pub(super) const fn item(
    key: &'static str,
    label: &'static str,
    group: &'static str,
    usual: u32,
    name: Words,
) -> Line {
    Line::new(key, label, "item", name, name)
        .group(group)
        .usual(usual)
}

const fn flow(key: &'static str, label: &'static str, name: Words) -> Line {
    Line::new(key, label, "flow", name, name)
}

/// Rows of table 三 down to （五）, the same in both forms.
pub(super) const ROWS_TO_FIVE: &[Line] = &[
    flow(
        "new_received",
        "一、本年新收政府信息公开申请数量",
        words("一 本年新收", "1 Received"),
    )
    .also(&["本年新收政府信息公开申请数量"])
    .counting(
        "1 月 1 日至 12 月 31 日收到的",
        "those received from 1 January to 31 December",
    ),
    flow(
        "carried_in",
        "二、上年结转政府信息公开申请数量",
        words("二 上年结转", "2 From last year"),
    )
    .also(&["上年结转政府信息公开申请数量"])
    .counting(
        "应等于去年报告的结转下年，七列都是",
        "equals what last year's report carried out, in all seven columns",
    ),
    item(
        "granted_full",
        "（一）予以公开",
        "granted",
        3400,
        words("(一)予以公开", "(1) Granted in full"),
    ),
    item(
        "granted_partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "granted",
        800,
        words("(二)部分公开", "(2) Granted in part"),
    )
    .also(&[
        "部分公开（区分处理的，只计这一情况，不计其他情形）",
        "部分公开",
    ])
    .counting(
        "区分处理的，只计这一情形，不计其他情形",
        "where parts were separated, only this outcome is counted",
    ),
    item(
        "denied_state_secret",
        "1.属于国家秘密",
        "denied",
        60,
        words("(三)1 国家秘密", "(3)1 State secret"),
    ),
    item(
        "denied_other_law",
        "2.其他法律行政法规禁止公开",
        "denied",
        250,
        words("(三)2 法律法规禁止", "(3)2 Barred by law"),
    )
    .also(&["其他法律行政止公开", "其他法律、行政法规禁止公开"]),
    item(
        "denied_security_stability",
        "3.危及“三安全一稳定”",
        "denied",
        40,
        words("(三)3 三安全一稳定", "(3)3 Security, stability"),
    ),
    item(
        "denied_third_party",
        "4.保护第三方合法权益",
        "denied",
        30,
        words("(三)4 第三方权益", "(3)4 Third-party rights"),
    ),
    item(
        "denied_internal_affairs",
        "5.属于三类内部事务信息",
        "denied",
        400,
        words("(三)5 三类内部事务", "(3)5 Internal affairs"),
    )
    .also(&["属于三类内容事务信息"]),
    item(
        "denied_deliberative",
        "6.属于四类过程性信息",
        "denied",
        60,
        words("(三)6 四类过程性", "(3)6 Deliberative"),
    ),
    item(
        "denied_enforcement_file",
        "7.属于行政执法案卷",
        "denied",
        40,
        words("(三)7 行政执法案卷", "(3)7 Enforcement file"),
    ),
    item(
        "denied_admin_query",
        "8.属于行政查询事项",
        "denied",
        350,
        words("(三)8 行政查询事项", "(3)8 Administrative query"),
    ),
    item(
        "unable_not_held",
        "1.本机关不掌握相关政府信息",
        "unable",
        2600,
        words("(四)1 本机关不掌握", "(4)1 Not held"),
    ),
    item(
        "unable_must_create",
        "2.没有现成信息需要另行制作",
        "unable",
        250,
        words("(四)2 需另行制作", "(4)2 Would have to be made"),
    ),
    item(
        "unable_unclear",
        "3.补正后申请内容仍不明确",
        "unable",
        90,
        words("(四)3 补正后仍不明确", "(4)3 Still unclear"),
    ),
    item(
        "unprocessed_petition",
        "1.信访举报投诉类申请",
        "unprocessed",
        550,
        words("(五)1 信访举报投诉", "(5)1 Petition, complaint"),
    ),
    item(
        "unprocessed_duplicate",
        "2.重复申请",
        "unprocessed",
        60,
        words("(五)2 重复申请", "(5)2 Repeated"),
    ),
    item(
        "unprocessed_publication",
        "3.要求提供公开出版物",
        "unprocessed",
        10,
        words("(五)3 公开出版物", "(5)3 Published material"),
    ),
    item(
        "unprocessed_excessive",
        "4.无正当理由大量反复申请",
        "unprocessed",
        10,
        words("(五)4 大量反复申请", "(5)4 Excessive"),
    ),
    item(
        "unprocessed_reconfirm",
        "5.要求行政机关确认或重新出具已获取信息",
        "unprocessed",
        200,
        words("(五)5 确认或重新出具", "(5)5 Reconfirmation"),
    ),
];

/// （六）其他处理, in three rows.
const ROWS_OF_SIX: &[Line] = &[
    item(
        "other_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "other",
        80,
        words("(六)1 逾期不补正", "(6)1 Not corrected in time"),
    ),
    item(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "other",
        30,
        words("(六)2 逾期不缴费", "(6)2 Fee unpaid"),
    )
    .counting(
        "收到收费通知后 20 个工作日内未缴费，视为放弃申请的",
        "not paid within 20 working days of the notice: the request counts as dropped",
    ),
    item(
        "other_misc",
        "3.其他",
        "other",
        150,
        words("(六)3 其他", "(6)3 Other"),
    )
    .counting(
        "申请人撤回的，实践中计入这一行",
        "requests withdrawn by the applicant are counted here in practice",
    ),
];

/// The last rows of table 三, the same in both forms.
pub(super) const ROWS_FROM_SEVEN: &[Line] = &[
    flow(
        "processed_total",
        "（七）总计",
        words("(七)总计", "(7) Total"),
    )
    .also(&["（七）合计"]),
    flow(
        "carried_out",
        "四、结转下年度继续办理",
        words("四 结转下年", "4 Carried over"),
    )
    .also(&["结转下年度继续办理"]),
];

const ROWS: [Line; 25] = join([ROWS_TO_FIVE, ROWS_OF_SIX, ROWS_FROM_SEVEN]);

/// Lines one behind the other.
pub(super) const fn join<const LEN: usize>(parts: [&[Line]; 3]) -> [Line; LEN] {
    let mut all = [parts[0][0]; LEN];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut line = 0;
        while line < parts[part].len() {
            all[at] = parts[part][line];
            line += 1;
            at += 1;
        }
        part += 1;
    }
    assert!(at == LEN);
    all
}

const KINDS: &[Line] = &[
    kind3(
        "natural_person",
        "自然人",
        "Natural person",
        words("自然人", "Pers."),
    ),
    kind3(
        "org_business",
        "商业企业",
        "Business",
        words("企业", "Busi."),
    ),
    kind3(
        "org_research",
        "科研机构",
        "Research body",
        words("科研", "Rsch."),
    ),
    kind3(
        "org_public_welfare",
        "社会公益组织",
        "Public-welfare body",
        words("公益", "Welf."),
    ),
    kind3(
        "org_legal_service",
        "法律服务机构",
        "Legal-service body",
        words("法律", "Legal"),
    ),
    kind3("org_other", "其他", "Other body", words("其他", "Other")),
    Line::new(
        "total",
        "总计",
        "total",
        words("总计", "Total"),
        words("总计", "Total"),
    )
    .also(&["合计"]),
];

const REQUEST_SUMS: &[Sum] = &[
    Sum {
        rule: "T3-COLSUM",
        along: Along::Columns,
        left: &[Part::Class("item")],
        right: &[Part::Line("processed_total")],
        total: Some(Side::Right),
        running: words("各项之和", "Sum of results"),
    },
    Sum {
        rule: "T3-BALANCE",
        along: Along::Columns,
        left: &[Part::Line("new_received"), Part::Line("carried_in")],
        right: &[Part::Line("processed_total"), Part::Line("carried_out")],
        total: None,
        running: words("一+二-(七)-四", "1+2-(7)-4"),
    },
    Sum {
        rule: "T3-ROWSUM",
        along: Along::Rows,
        left: &[Part::Class("kind")],
        right: &[Part::Line("total")],
        total: Some(Side::Right),
        running: words("相加", "Sum"),
    },
];

/// A group without a row of its own.
pub(super) const fn group(key: &'static str, label: &'static str, name: Words) -> Group {
    Group {
        key,
        label,
        name,
        also: &[],
        whole: "",
    }
}

pub(super) const GRANTED: Group = group("granted", "", words("予以公开和部分公开", "granted"));
pub(super) const DENIED: Group = group("denied", "（三）不予公开", words("不予公开", "refused"));
pub(super) const UNABLE: Group = group(
    "unable",
    "（四）无法提供",
    words("无法提供", "unable to provide"),
);
pub(super) const UNPROCESSED: Group = group(
    "unprocessed",
    "（五）不予处理",
    words("不予处理", "not processed"),
);

const GROUPS: &[Group] = &[
    GRANTED,
    DENIED,
    UNABLE,
    UNPROCESSED,
    Group {
        whole: "other_misc",
        ..group(
            "other",
            "（六）其他处理",
            words("其他处理", "otherwise closed"),
        )
    },
];

/// Table 三.
pub(super) const REQUESTS: Table = Table {
    prefix: "t3",
    title: "",
    corner: CORNER,
    rows: &ROWS,
    cols: KINDS,
    groups: GROUPS,
    layout: Layout::Matrix,
    printed: &[CORNER, "申请人情况", "法人或其他组织", "三、本年度办理结果"],
    grid: &[754, 921, 3271, 685, 685, 685, 685, 685, 685, 685],
    sums: REQUEST_SUMS,
    first: 10,
};

const fn outcome(
    key: &'static str,
    label: &'static str,
    usual: u32,
    name: Words,
    short: Words,
) -> Line {
    Line::new(key, label, "outcome", name, short).usual(usual)
}

const fn dispute(key: &'static str, label: &'static str, name: Words) -> Line {
    Line::new(key, label, "dispute", name, name)
}

/// Table 四, the same in both forms.
pub(super) const DISPUTES: Table = Table {
    prefix: "t4",
    title: "",
    corner: "",
    rows: &[
        dispute("review", "行政复议", words("行政复议", "Review")),
        dispute(
            "suit_direct",
            "未经复议直接起诉",
            words("直接起诉", "Direct suit"),
        ),
        dispute(
            "suit_after_review",
            "复议后起诉",
            words("复议后起诉", "Suit after review"),
        ),
    ],
    cols: &[
        outcome(
            "upheld",
            "结果维持",
            6000,
            words("结果维持", "Upheld"),
            words("维持", "Upheld"),
        ),
        outcome(
            "corrected",
            "结果纠正",
            800,
            words("结果纠正", "Corrected"),
            words("纠正", "Corr."),
        ),
        outcome(
            "other",
            "其他结果",
            2200,
            words("其他结果", "Other"),
            words("其他", "Other"),
        ),
        outcome(
            "pending",
            "尚未审结",
            1000,
            words("尚未审结", "Pending"),
            words("未审结", "Pend."),
        ),
        Line::new(
            "total",
            "总计",
            "total",
            words("总计", "Total"),
            words("总计", "Total"),
        )
        .also(&["合计"])
        .counting(
            "四种结果之和；上年的案件今年审结的也计入",
            "the four outcomes; cases of last year decided this year count too",
        ),
    ],
    groups: &[],
    layout: Layout::OneRow,
    printed: &["行政诉讼"],
    grid: &[
        649, 649, 649, 649, 649, 649, 649, 650, 650, 650, 650, 650, 650, 650, 650,
    ],
    sums: &[Sum {
        rule: "T4-SUM",
        along: Along::Rows,
        left: &[Part::Class("outcome")],
        right: &[Part::Line("total")],
        total: Some(Side::Right),
        running: words("相加", "Sum"),
    }],
    first: 185,
};
