//! The trial form of 国办公开办函〔2019〕60号, for reports on 2019 and 2020.
//!
//! What it shares with the form of 2021 is taken from there: texts, the rows
//! of table 三 but for （六）, table 四. Table 二 is its own.
//!
//! **Never:** a label that is not the one printed, byte for byte.
//! Next: `y2021`.

use std::sync::OnceLock;

use super::y2021::{
    DENIED, DISPUTES, GRANTED, PROBLEMS, REQUESTS, ROWS_FROM_SEVEN, ROWS_TO_FIVE, SECTIONS, UNABLE,
    UNPROCESSED, col2, group, item, join, row2,
};
use super::{Form, Group, Kind, Layout, Line, Section, Table};
use crate::base::words::words;

/// The trial form.
pub(super) static FORM: Form = Form {
    key: "2019",
    name: words("2019年格式", "form of 2019"),
    source: "国办公开办函〔2019〕60号",
    years: (2019, 2020),
    tables: TABLES,
    sections: &[
        SECTIONS[0],
        SECTIONS[1],
        SECTIONS[2],
        SECTIONS[3],
        SECTIONS[4],
        Section {
            title: "政府信息公开工作存在的主要问题及改进情况",
            also: PROBLEMS,
            ..SECTIONS[5]
        },
        SECTIONS[6],
    ],
    blank_title: "政府信息公开工作年度报告格式",
    letters: OnceLock::new(),
    derived: OnceLock::new(),
};

const TABLES: &[Table] = &[
    DOCUMENTS,
    of_items("第二十条第（五）项", LICENSING, ITEMS, 6),
    of_items("第二十条第（六）项", SANCTIONS, ITEMS, 12),
    Table {
        layout: TWO,
        cols: ITEMS.split_at(2).0,
        ..of_items("第二十条第（八）项", FEES, ITEMS, 18)
    },
    PROCUREMENT,
    Table {
        rows: &ROWS,
        groups: GROUPS,
        first: 22,
        ..REQUESTS
    },
    Table {
        first: 183,
        ..DISPUTES
    },
];

const DOCUMENTS: Table = Table {
    prefix: "t2",
    title: "第二十条第（一）项",
    corner: "",
    rows: &[
        row2("rules", "规章", words("规章", "Rules")),
        row2(
            "normative_documents",
            "规范性文件",
            words("规范性文件", "Norm. documents"),
        )
        .also(&["行政规范性文件"]),
    ],
    cols: &[
        col2("created", "本年新制作数量", words("制作", "Made")),
        col2("published", "本年新公开数量", words("公开", "Publ.")),
        col2("public_total", "对外公开总数量", words("总数", "Public")),
    ],
    groups: &[],
    layout: Layout::Block(&[1, 1, 2, 1]),
    printed: &["信息内容"],
    grid: &[3247, 2031, 400, 2031, 2031],
    sums: &[],
    first: 0,
};

/// The columns of the blocks that count items; charges have only the first two.
const ITEMS: &[Line] = &[
    col2("prev_items", "上一年项目数量", words("上年", "Prev.")),
    col2("change", "本年增/减", words("增减", "Change"))
        .kind(Kind::Signed)
        .counting("增加写正数，减少写负数", "more is positive, less negative"),
    col2("decisions", "处理决定数量", words("决定", "Decis.")),
];

/// A block of table 二 with two columns of numbers.
const TWO: Layout = Layout::Block(&[1, 2, 2]);

/// A block of table 二 that counts items.
const fn of_items(
    title: &'static str,
    rows: &'static [Line],
    cols: &'static [Line],
    first: u16,
) -> Table {
    Table {
        layout: Layout::Block(&[1, 2, 1, 1]),
        title,
        rows,
        cols,
        first,
        ..DOCUMENTS
    }
}

const LICENSING: &[Line] = &[
    row2("licensing", "行政许可", words("行政许可", "Licences")),
    row2(
        "other_services",
        "其他对外管理服务事项",
        words("其他服务事项", "Other services"),
    ),
];

const SANCTIONS: &[Line] = &[
    row2("penalty", "行政处罚", words("行政处罚", "Penalties")),
    row2("coercion", "行政强制", words("行政强制", "Coercion")),
];

const FEES: &[Line] = &[row2(
    "admin_fees",
    "行政事业性收费",
    words("事业性收费", "Charges"),
)];

const PROCUREMENT: Table = Table {
    title: "第二十条第（九）项",
    rows: &[row2(
        "central_procurement",
        "政府集中采购",
        words("集中采购", "Procurement"),
    )],
    cols: &[
        col2("projects", "采购项目数量", words("项目", "Proj.")),
        col2("amount", "采购总金额", words("金额", "Amount"))
            .kind(Kind::Money)
            .counting("单位写在数的后面", "the unit stands behind the number"),
    ],
    layout: TWO,
    first: 20,
    ..DOCUMENTS
};

const ROWS: [Line; 23] = join([
    ROWS_TO_FIVE,
    &[item(
        "other_all",
        "（六）其他处理",
        "other",
        260,
        words("(六)其他处理", "(6) Otherwise closed"),
    )],
    ROWS_FROM_SEVEN,
]);

const GROUPS: &[Group] = &[
    GRANTED,
    DENIED,
    UNABLE,
    UNPROCESSED,
    group("other", "", words("其他处理", "otherwise closed")),
];
