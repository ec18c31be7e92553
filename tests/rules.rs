//! Every rule, hit and missed: a small change to a clean report and what is found.

#[path = "support/reports.rs"]
mod reports;

use std::collections::BTreeSet;

use gouji::base::words::Lang;
use gouji::check::{About, Blanks, Findings, RULES, alone};
use reports::changed;

/// A change to the clean report, and all that is found then.
struct Row {
    /// The rule it is about.
    code: &'static str,
    /// Changes that several rows begin with.
    upon: &'static [&'static str],
    changes: &'static [&'static str],
    finds: &'static [&'static str],
}

const fn row(
    code: &'static str,
    changes: &'static [&'static str],
    finds: &'static [&'static str],
) -> Row {
    upon(code, &[], changes, finds)
}

const fn upon(
    code: &'static str,
    upon: &'static [&'static str],
    changes: &'static [&'static str],
    finds: &'static [&'static str],
) -> Row {
    Row {
        code,
        upon,
        changes,
        finds,
    }
}

/// Nine requests of persons, all carried over.
const NINE: &[&str] = &[
    "t3.new_received.natural_person=9",
    "t3.new_received.total=9",
    "t3.carried_out.natural_person=9",
    "t3.carried_out.total=9",
];
/// Nine requests of persons, all closed.
const RESULTS: &[&str] = &[
    "t3.new_received.natural_person=9",
    "t3.new_received.total=9",
    "t3.granted_full.natural_person=1",
    "t3.granted_full.total=1",
    "t3.granted_partial.natural_person=2",
    "t3.granted_partial.total=2",
    "t3.denied_state_secret.natural_person=2",
    "t3.denied_state_secret.total=2",
    "t3.denied_third_party.natural_person=1",
    "t3.denied_third_party.total=1",
    "t3.unable_not_held.natural_person=2",
    "t3.unable_not_held.total=2",
    "t3.unable_unclear.natural_person=1",
    "t3.unable_unclear.total=1",
    "t3.processed_total.natural_person=9",
    "t3.processed_total.total=9",
];
/// Seven requests of this year and two of the last; eight closed, one carried over.
const LEFT_OVER: &[&str] = &[
    "t3.new_received.natural_person=7",
    "t3.new_received.total=7",
    "t3.carried_in.natural_person=2",
    "t3.carried_in.total=2",
    "t3.granted_full.natural_person=8",
    "t3.granted_full.total=8",
    "t3.processed_total.natural_person=8",
    "t3.processed_total.total=8",
    "t3.carried_out.natural_person=1",
    "t3.carried_out.total=1",
];
/// Two reviews, two suits at once, one after a review.
const REVIEW: &[&str] = &[
    "t4.review.upheld=1",
    "t4.review.pending=1",
    "t4.review.total=2",
    "t4.suit_direct.upheld=2",
    "t4.suit_direct.total=2",
    "t4.suit_after_review.corrected=1",
    "t4.suit_after_review.total=1",
];
/// One request closed because its fee was not paid.
const UNPAID: &[&str] = &[
    "t3.new_received.natural_person=1",
    "t3.new_received.total=1",
    "t3.other_fee_unpaid.natural_person=1",
    "t3.other_fee_unpaid.total=1",
    "t3.processed_total.natural_person=1",
    "t3.processed_total.total=1",
];

const HEADINGS_WITHOUT_TWO: &str = "headings=s1 一、总体情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADINGS_SWAPPED: &str = "headings=s2 二、主动公开政府信息情况;s1 一、总体情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADING_FIRST: &str = "headings=s5 五、存在的主要问题及改进情况;s1 一、总体情况;s2 二、主动公开政府信息情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s6 六、其他需要报告的事项";
const HEADING_LAST: &str = "headings=s1 一、总体情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项;s2 二、主动公开政府信息情况";
const HEADING_BARE: &str = "headings=s1 一、总体情况;s2 主动公开政府信息情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADING_RENUMBERED: &str = "headings=s1 一、总体情况;s2 二、主动公开政府信息情况;s3 四、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADINGS_OTHER_WORDS: &str = "headings=s1 一、总体概况;s2 第二部分 主动公开情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、整改措施;s6 六、其他需要报告的事项;- 七、附件";

static ROWS: &[Row] = &[
    row("H-YEAR", &["head.year="], &["H-YEAR head.year"]),
    row(
        "H-YEAR",
        &["head.period=2023年1月1日至2023年12月31日"],
        &["H-YEAR head.year"],
    ),
    row("H-YEAR", &["head.year=2023"], &["H-YEAR head.year"]),
    row("H-YEAR", &["head.period=2024年1月1日至2024年12月31日"], &[]),
    row("H-BODY", &["head.body="], &["H-BODY head.body"]),
    row("H-BODY", &["head.body=某县"], &[]),
    row(
        "H-FORM",
        &["head.year=2020"],
        &["H-YEAR head.year", "H-FORM head.year"],
    ),
    row(
        "H-FORM",
        &["t3.other_not_corrected.*=", "t3.other_fee_unpaid.*="],
        &["H-FORM t3.other_misc", "T3-BLANK t3", "T3-TOTALS t3"],
    ),
    row("H-FORM", &["head.title=", "head.year=2021"], &[]),
    row("S-MISSING", &[HEADINGS_WITHOUT_TWO], &["S-MISSING s2"]),
    row("S-MISSING", &[HEADINGS_OTHER_WORDS], &[]),
    row("S-ORDER", &[HEADINGS_SWAPPED], &["S-ORDER s1"]),
    row("S-ORDER", &[HEADING_FIRST], &["S-ORDER s5"]),
    row("S-ORDER", &[HEADING_LAST], &["S-ORDER s2"]),
    row("S-ORDER", &[HEADINGS_OTHER_WORDS], &[]),
    row("S-HEADING", &[HEADING_BARE], &["S-HEADING s2"]),
    row("S-HEADING", &[HEADING_RENUMBERED], &["S-HEADING s3"]),
    row("S-HEADING", &[HEADINGS_OTHER_WORDS], &[]),
    row("T2-BLANK", &["t2.rules.issued="], &["T2-BLANK t2"]),
    row("T2-BLANK", &["t2.licensing.decisions=3"], &[]),
    row("T2-EMPTY", &["t2.*="], &["T2-EMPTY t2"]),
    row(
        "T2-EMPTY",
        &["t2.*=", "t2.licensing.decisions=0"],
        &["T2-BLANK t2"],
    ),
    row(
        "T3-COLSUM",
        &[
            "t3.new_received.natural_person=7",
            "t3.new_received.total=7",
            "t3.granted_full.natural_person=8",
            "t3.granted_full.total=8",
            "t3.processed_total.natural_person=7",
            "t3.processed_total.total=7",
        ],
        &["T3-COLSUM t3.natural_person", "T3-COLSUM t3.total"],
    ),
    row(
        "T3-COLSUM",
        &[
            "t3.new_received.natural_person=7",
            "t3.new_received.total=7",
            "t3.granted_full.natural_person=7",
            "t3.granted_full.total=7",
            "t3.processed_total.natural_person=7",
            "t3.processed_total.total=7",
        ],
        &[],
    ),
    row(
        "T3-BALANCE",
        &["t3.new_received.org_other=1", "t3.new_received.total=1"],
        &["T3-BALANCE t3.org_other", "T3-BALANCE t3.total"],
    ),
    row(
        "T3-BALANCE",
        &[
            "t3.new_received.org_other=1",
            "t3.new_received.total=1",
            "t3.carried_out.org_other=1",
            "t3.carried_out.total=1",
        ],
        &[],
    ),
    row(
        "T3-ROWSUM",
        &[
            "t3.new_received.natural_person=1",
            "t3.carried_out.natural_person=1",
            "t3.carried_out.total=1",
        ],
        &["T3-ROWSUM t3.new_received", "T3-BALANCE t3.total"],
    ),
    row(
        "T3-ROWSUM",
        &[
            "t3.granted_full.total=9件",
            "t3.granted_full.natural_person=9",
            "t3.processed_total.natural_person=9",
            "t3.processed_total.total=9",
            "t3.new_received.natural_person=9",
            "t3.new_received.total=9",
        ],
        &["CELL-WORDS t3.granted_full.total"],
    ),
    row(
        "T3-MISCLASS",
        &[
            "t3.new_received.org_other=2",
            "t3.new_received.total=2",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.org_other=2",
            "t3.processed_total.total=2",
        ],
        &[
            "T3-COLSUM t3.natural_person",
            "T3-COLSUM t3.org_other",
            "T3-MISCLASS t3.natural_person",
        ],
    ),
    row(
        "T3-MISCLASS",
        &[
            "t3.new_received.org_other=3",
            "t3.new_received.total=3",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.org_other=3",
            "t3.processed_total.total=3",
        ],
        &[
            "T3-COLSUM t3.natural_person",
            "T3-COLSUM t3.org_other",
            "T3-COLSUM t3.total",
        ],
    ),
    row("T3-TOTALS", &["t3.granted_full.total="], &["T3-TOTALS t3"]),
    row(
        "T3-TOTALS",
        &["t3.granted_full.natural_person="],
        &["T3-BLANK t3"],
    ),
    row(
        "T3-BLANK",
        &["t3.granted_full.natural_person="],
        &["T3-BLANK t3"],
    ),
    row(
        "T3-BLANK",
        &["t3.processed_total.natural_person="],
        &["T3-TOTALS t3"],
    ),
    row("T3-EMPTY", &["t3.*="], &["T3-EMPTY t3"]),
    row(
        "T3-EMPTY",
        &["t3.*=", "t3.new_received.total=0"],
        &["T3-BLANK t3", "T3-TOTALS t3"],
    ),
    row("T4-SUM", &["t4.review.upheld=1"], &["T4-SUM t4.review"]),
    row("T4-SUM", &["t4.review.upheld=1", "t4.review.total=1"], &[]),
    row("T4-TOTALS", &["t4.suit_direct.total="], &["T4-TOTALS t4"]),
    row("T4-TOTALS", &["t4.suit_direct.pending="], &["T4-BLANK t4"]),
    row("T4-BLANK", &["t4.suit_direct.pending="], &["T4-BLANK t4"]),
    row("T4-BLANK", &["t4.suit_direct.total="], &["T4-TOTALS t4"]),
    row("T4-EMPTY", &["t4.*="], &["T4-EMPTY t4"]),
    row("T4-EMPTY", &["t4.*=/"], FIFTEEN_NILS),
    row(
        "CELL-RAW",
        &["t4.review.other=见附件"],
        &["CELL-RAW t4.review.other"],
    ),
    row("CELL-RAW", &["t4.review.other=0"], &[]),
    row(
        "CELL-NEGATIVE",
        &["t2.rules.issued=-1"],
        &["CELL-NEGATIVE t2.rules.issued"],
    ),
    row(
        "CELL-NEGATIVE",
        &["t2.rules.issued=-"],
        &["CELL-NIL t2.rules.issued"],
    ),
    row(
        "CELL-FRACTION",
        &["t2.penalty.decisions=1.5"],
        &["CELL-FRACTION t2.penalty.decisions"],
    ),
    row("CELL-FRACTION", &["t2.admin_fees.amount_wan_yuan=1.5"], &[]),
    row(
        "CELL-WORDS",
        &["t2.normative_documents.in_force=22（其中修订 16 件）"],
        &["CELL-WORDS t2.normative_documents.in_force"],
    ),
    row(
        "CELL-WORDS",
        &["t2.normative_documents.in_force=2,200"],
        &[],
    ),
    row(
        "CELL-LETTER",
        &["t2.licensing.decisions=1O"],
        &["CELL-LETTER t2.licensing.decisions"],
    ),
    row("CELL-LETTER", &["t2.licensing.decisions=１０"], &[]),
    row(
        "CELL-NIL",
        &["t2.rules.repealed=/"],
        &["CELL-NIL t2.rules.repealed"],
    ),
    row("CELL-NIL", &["t2.rules.repealed="], &["T2-BLANK t2"]),
    row(
        "IN-TABLE",
        &["t4.*=", "unread=t4:picture"],
        &["IN-TABLE t4"],
    ),
    row("IN-TABLE", &["unread=t4:picture"], &[]),
    row(
        "IN-UNPLACED",
        &["unplaced=line 84:合计 3"],
        &["IN-UNPLACED source:84"],
    ),
    row("IN-UNPLACED", &[], &[]),
    // What stood in a table that was not read is told once, with the table.
    row(
        "IN-UNPLACED",
        &["t4.*=", "unread=t4:torn", "unplaced.t4=line 84:合计 3"],
        &["IN-TABLE t4"],
    ),
    row(
        "IN-UNPLACED",
        &["t4.*=", "unread=t4:torn", "unplaced.t3=line 84:合计 3"],
        &["IN-UNPLACED source:84", "IN-TABLE t4"],
    ),
    row(
        "IN-UNPLACED",
        &["unplaced.t4=line 84:合计 3"],
        &["IN-UNPLACED source:84"],
    ),
    upon(
        "S-ITEMS",
        &[],
        &[
            "text.s1=（一）主动公开。及时发布。\\（二）依申请公开。依法办理。\\（三）公众参与。多听意见。",
        ],
        &["S-ITEMS s1"],
    ),
    upon(
        "S-ITEMS",
        &[],
        &["text.s1=主动公开、依申请公开、政府信息管理、平台维护都有专人负责。"],
        &["S-ITEMS s1"],
    ),
    upon(
        "S-ITEMS",
        &[],
        &["text.s1=主动公开、依申请公开、政府信息管理、平台维护都有专人负责，考核到人。"],
        &[],
    ),
    upon(
        "S-PARTS",
        &[],
        &["text.preamble=本报告由总体情况、主动公开、申请办理、复议诉讼、其他事项等六部分组成。"],
        &["S-PARTS preamble:87-96"],
    ),
    upon(
        "S-PARTS",
        &[],
        &[
            "text.preamble=本报告由总体情况、主动公开、申请办理、行政复议、行政诉讼、问题改进、其他事项六部分组成。",
        ],
        &[],
    ),
    // A和B are two, 收到和处理 is one; commas part names as well.
    upon(
        "S-PARTS",
        &[],
        &[
            "text.preamble=本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况和其他需要报告的事项六部分组成。",
        ],
        &[],
    ),
    upon(
        "S-PARTS",
        &[],
        &[
            "text.preamble=本报告由总体情况、主动公开情况、收到和处理申请情况、复议诉讼情况、存在的问题及改进情况、其他事项和附表六部分组成。",
        ],
        &["S-PARTS preamble:153-162"],
    ),
    upon(
        "S-PARTS",
        &[],
        &[
            "text.preamble=本报告包括总体情况，主动公开情况，申请办理情况，复议诉讼情况，问题与改进，以及其他事项六个部分：附表在后。",
        ],
        &[],
    ),
    upon(
        "S-PARTS",
        &[],
        &[
            "text.preamble=本报告由总体情况，主动公开情况，申请办理情况，复议诉讼情况，其他事项六个部分组成。",
        ],
        &["S-PARTS preamble:102-114"],
    ),
    upon(
        "S-PARTS",
        &[],
        &["text.preamble=本报告由7个部分组成。"],
        &["S-PARTS preamble:12-22"],
    ),
    upon(
        "S-LENGTH",
        &[],
        &["text.s1*50=主动公开、依申请公开、信息管理、平台、监督。"],
        &["S-LENGTH s1"],
    ),
    upon(
        "S-LENGTH",
        &[],
        &["text.s1*40=主动公开、依申请公开、信息管理、平台、监督。"],
        &[],
    ),
    upon(
        "S-LONG",
        &[],
        &["text.s5*6000=公开的深度还不够。\\"],
        &["S-LONG s5"],
    ),
    upon("S-LONG", &[], &["text.s5*600=公开的深度还不够。\\"], &[]),
    upon("S-EMPTY", &[], &["text.s6=无。"], &["S-EMPTY s6"]),
    upon("S-EMPTY", &[], &["text.s5="], &["S-EMPTY s5"]),
    upon("S-EMPTY", &[], &["text.s1="], &["S-EMPTY s1"]),
    upon(
        "S-EMPTY",
        &[],
        &["text.s1=同上。"],
        &["S-ITEMS s1", "S-EMPTY s1"],
    ),
    upon("S-EMPTY", &[], &["text.s5=主要问题是公开的深度不够。"], &[]),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=2023年，我局全年加强学习，改进工作。"],
        &["R-YEAR s5:0-7"],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.preamble=现公布2022年政府信息公开工作年度报告。"],
        &["R-YEAR preamble:9-16"],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=比2023年有进步；2025年，我局将加强学习。"],
        &[],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=按时公开2025年预算和2023年决算，落实2019年修订的条例。"],
        &[],
    ),
    upon(
        "R-BODY",
        &[],
        &["text.s5=南山县民政局还要加强学习，改进工作。"],
        &["R-BODY s5:0-18"],
    ),
    upon(
        "R-BODY",
        &[],
        &["text.s5=某县民政局、县民政局、本县民政局和《南山县民政局文件》都不算。"],
        &[],
    ),
    upon(
        "R-SELF",
        &[],
        &["text.s5=我镇还要加强学习，改进工作。"],
        &["R-SELF s5:0-6"],
    ),
    upon(
        "R-SELF",
        &[],
        &["text.s5=我局还要加强学习，我国和我县也一样。"],
        &[],
    ),
    upon(
        "R-2019",
        &[],
        &["text.s5=对外公开总数量还要核对，改进工作。"],
        &["R-2019 s5:0-21"],
    ),
    upon(
        "R-2019",
        &[],
        &["text.s5=政府集中采购的信息还要核对。"],
        &[],
    ),
    upon(
        "R-2019",
        &[],
        &["text.s5=行政机关主动公开政府信息的情况还要核对。"],
        &["R-2019 s5:0-36"],
    ),
    // As a heading, and in the preamble.
    upon(
        "R-2019",
        &[],
        &[
            "headings=s1 一、总体情况;s2 二、行政机关主动公开政府信息情况;s3 三、收到和处理政府信息公开申请情况;s4 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项",
        ],
        &["R-2019 s2"],
    ),
    upon(
        "R-2019",
        &[],
        &[
            "text.preamble=内容包括总体情况、行政机关主动公开政府信息情况、因政府信息公开工作被申请行政复议、提起行政诉讼情况等。",
        ],
        &["R-2019 preamble:27-63"],
    ),
    upon(
        "R-2019",
        &[],
        &["text.s5=没有因政府信息公开工作被申请行政复议、提起行政诉讼情况。"],
        &[],
    ),
    upon(
        "R-BLANK",
        &[],
        &["text.s5=全年培训XX人，检查＿＿次，整改（ ）项，问题    件。请根据实际情况填写。"],
        &[
            "R-BLANK s5:12-17",
            "R-BLANK s5:26-35",
            "R-BLANK s5:44-54",
            "R-BLANK s5:57-70",
            "R-BLANK s5:73-100",
        ],
    ),
    upon(
        "R-BLANK",
        &[],
        &["text.s5=一般按5×8小时接待，X光片和3*4的表格照常公开（略）。"],
        &[],
    ),
    upon(
        "R-GAP",
        &[],
        &["text.s5=全年主动公开信息条，还要改进。"],
        &["R-GAP s5:18-27"],
    ),
    upon(
        "R-GAP",
        &[],
        &["text.s5=学习《政府信息公开条例》，公开条目、受理条件和办理件数。"],
        &[],
    ),
    upon(
        "N1",
        &[],
        &["text.s5=2024年共受理政府信息公开申请9件。"],
        &["N1 s5:40-44"],
    ),
    upon(
        "N1",
        NINE,
        &["text.s5=2024年共受理政府信息公开申请9件。"],
        &[],
    ),
    upon(
        "N1-SCOPE",
        NINE,
        &["text.s5=县政府办代表县政府受理政府信息公开申请5件。"],
        &["N1-SCOPE s5:57-61"],
    ),
    upon(
        "N1-SCOPE",
        NINE,
        &["text.s5=县政府办代表县政府受理政府信息公开申请9件。"],
        &[],
    ),
    upon(
        "N2",
        &[],
        &["text.s5=上年结转的政府信息公开申请有3件。"],
        &["N2 s5:42-46"],
    ),
    upon(
        "N2",
        &[],
        &["text.s5=上年结转的政府信息公开申请有0件。"],
        &[],
    ),
    upon(
        "N3",
        &[],
        &["text.s5=全年答复政府信息公开申请3件。"],
        &["N3 s5:36-40"],
    ),
    upon(
        "N3",
        &[],
        &["text.s5=全年答复政府信息公开申请0件，都在法定期限内答复。"],
        &[],
    ),
    upon(
        "N4",
        NINE,
        &["text.s5=有8件政府信息公开申请结转下年度。"],
        &["N4 s5:3-7"],
    ),
    upon(
        "N4",
        NINE,
        &["text.s5=有9件政府信息公开申请按照《条例》顺延。"],
        &[],
    ),
    upon(
        "N5",
        &[],
        &["text.s5=政府信息公开申请中，予以公开3件。"],
        &["N5 s5:42-46"],
    ),
    upon(
        "N5",
        RESULTS,
        &["text.s5=政府信息公开申请中，予以公开和部分公开2件。"],
        &["N5 s5:57-61"],
    ),
    upon(
        "N5",
        RESULTS,
        &["text.s5=政府信息公开申请中，予以公开和部分公开3件。"],
        &[],
    ),
    upon(
        "N6",
        &[],
        &["text.s5=政府信息公开申请中，不同意公开的3件。"],
        &["N6 s5:48-52"],
    ),
    upon(
        "N6",
        RESULTS,
        &["text.s5=政府信息公开申请中，不予公开2件。"],
        &["N6 s5:42-46"],
    ),
    upon(
        "N6",
        RESULTS,
        &["text.s5=政府信息公开申请中，不予公开3件。"],
        &[],
    ),
    upon(
        "N7",
        &[],
        &["text.s5=政府信息公开申请中，无法提供3件。"],
        &["N7 s5:42-46"],
    ),
    upon(
        "N7",
        RESULTS,
        &["text.s5=政府信息公开申请中，无法提供2件。"],
        &["N7 s5:42-46"],
    ),
    upon(
        "N7",
        RESULTS,
        &["text.s5=政府信息公开申请中，3件无法提供。"],
        &[],
    ),
    upon(
        "N8",
        &[],
        &["text.s5=政府信息公开申请中，属于国家秘密3件。"],
        &["N8 s5:48-52"],
    ),
    upon(
        "N8",
        RESULTS,
        &["text.s5=政府信息公开申请中，属于国家秘密2件。"],
        &[],
    ),
    upon(
        "N9",
        NINE,
        &["text.s5=政府信息公开申请中，自然人8件。"],
        &["N9 s5:39-43"],
    ),
    upon(
        "N9",
        NINE,
        &["text.s5=收到政府信息公开申请9件，申请人均为自然人。"],
        &[],
    ),
    upon(
        "N10",
        NINE,
        &["text.s5=政府信息公开申请中，网上申请5件，信函申请3件。"],
        &["N10 s5:42-65"],
    ),
    upon(
        "N10",
        NINE,
        &["text.s5=政府信息公开申请中，网上申请5件，信函申请4件。"],
        &[],
    ),
    upon(
        "N11",
        REVIEW,
        &["text.s5=因政府信息公开被申请行政复议2件，均获维持。"],
        &["N11 s5:52-61"],
    ),
    upon(
        "N11",
        REVIEW,
        &["text.s5=因政府信息公开被申请行政复议2件，维持1件，尚未审结1件。"],
        &[],
    ),
    upon(
        "N12",
        REVIEW,
        &["text.s5=因政府信息公开被提起行政诉讼4件。"],
        &["N12 s5:42-46"],
    ),
    upon(
        "N12",
        REVIEW,
        &["text.s5=因政府信息公开被提起行政诉讼3件，其中复议后起诉1件，结果纠正。"],
        &[],
    ),
    upon(
        "N13",
        REVIEW,
        &["text.s5=没有发生因政府信息公开引起的行政诉讼。"],
        &["N13 s5:0-54"],
    ),
    upon(
        "N13",
        &[],
        &["text.s5=没有发生因政府信息公开引起的行政复议、行政诉讼。"],
        &[],
    ),
    upon(
        "N14",
        NINE,
        &["text.s5=全年没有收到政府信息公开申请。"],
        &["N14 s5:6-42"],
    ),
    upon(
        "N14",
        NINE,
        &["text.s5=全年没有收到无正当理由大量反复申请，政府信息公开有序。"],
        &[],
    ),
    upon(
        "N15",
        &[],
        &["text.s5=全年制发行政规范性文件3件。"],
        &["N15 s5:33-37"],
    ),
    upon(
        "N15",
        &[],
        &["text.s5=解读规范性文件3件，备案规范性文件2件，公报刊登规范性文件112件。"],
        &[],
    ),
    upon(
        "N16",
        &[],
        &["text.s5=全年作出行政处罚决定3件。"],
        &["N16 s5:30-34"],
    ),
    upon(
        "N16",
        &[],
        &["text.s5=公示行政处罚信息3件，公开行政许可3件。"],
        &[],
    ),
    upon(
        "N17",
        &[],
        &[
            "text.s6=发出收费通知2件，总金额0元，实际收取信息处理费0元。",
            "t2.admin_fees.amount_wan_yuan=1",
        ],
        &[],
    ),
    upon(
        "N17",
        &[],
        &["text.s6=发出收费通知0件，总金额200元，实际收取信息处理费0元。"],
        &["N17 s6:34-40"],
    ),
    upon(
        "N18",
        NINE,
        &["text.s5=收到政府信息公开申请9件，其中自然人9件，占99.0%。"],
        &["N18 s5:62-67"],
    ),
    upon(
        "N18",
        NINE,
        &["text.s5=收到政府信息公开申请9件，其中自然人9件，占100%，满意率99.58%。"],
        &[],
    ),
    upon(
        "N-SUM",
        RESULTS,
        &[
            "text.s5=答复政府信息公开申请9件，其中予以公开1件，部分公开2件，不予公开3件，无法提供2件。",
        ],
        &["N-SUM s5:30-34", "N7 s5:112-116"],
    ),
    upon(
        "N-SUM",
        RESULTS,
        &[
            "text.s5=答复政府信息公开申请9件，其中予以公开1件，部分公开2件，不予公开3件，无法提供3件。",
        ],
        &[],
    ),
    // Each number agrees with a cell under some reading; none fits all four.
    upon(
        "N-SUM",
        LEFT_OVER,
        &["text.s5=收到政府信息公开申请9件，上年结转2件，办结6件，结转下年度1件。"],
        &["N-SUM s5:62-66"],
    ),
    upon(
        "N-SUM",
        LEFT_OVER,
        &["text.s5=收到政府信息公开申请9件，上年结转2件，办结8件，结转下年度1件。"],
        &[],
    ),
    upon(
        "N-PARTS",
        &[],
        &["text.s5=办理建议提案35件，其中主办14件，会办20件。"],
        &["N-PARTS s5:18-23"],
    ),
    upon(
        "N-PARTS",
        &[],
        &["text.s5=办理建议提案35件，其中主办14件，会办21件，发布动态92条，其中含重点65条。"],
        &[],
    ),
    upon(
        "N22",
        NINE,
        &["text.s5=收到的政府信息公开申请均已办结。"],
        &["N22 s5:33-45"],
    ),
    upon(
        "N22",
        NINE,
        &["text.s5=收到的政府信息公开申请均在法定期限内予以答复。"],
        &[],
    ),
    upon(
        "X-NORMDOC-MIN",
        &[],
        &["t2.normative_documents.issued=2"],
        &["X-NORMDOC-MIN t2.normative_documents"],
    ),
    upon(
        "X-NORMDOC-MIN",
        &[],
        &[
            "t2.normative_documents.issued=2",
            "t2.normative_documents.repealed=1",
            "t2.normative_documents.in_force=1",
        ],
        &[],
    ),
    upon(
        "C-RULES",
        &[],
        &["t2.rules.in_force=1"],
        &["C-RULES t2.rules"],
    ),
    upon(
        "C-RULES",
        &[],
        &["t2.rules.in_force=1", "head.body=某市人民政府"],
        &[],
    ),
    upon(
        "C-RULES",
        &[],
        &["t2.rules.in_force=1", "head.body=海关总署"],
        &[],
    ),
    upon(
        "C-RULES",
        &[],
        &["t2.rules.in_force=1", "head.body=中国人民银行"],
        &[],
    ),
    upon(
        "C-RULES",
        &[],
        &["t2.rules.in_force=1", "head.body=审计署"],
        &[],
    ),
    upon(
        "R-BODY",
        &[],
        &["text.s5=学习南山县民政局经验，与北山县民政局交流，改进工作。"],
        &[],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=2022年，我局搬迁新址办公，今后改进工作。"],
        &[],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=2022年中止的行政诉讼1件，本年恢复审理，改进工作。"],
        &[],
    ),
    upon(
        "R-YEAR",
        &[],
        &["text.s5=截至2023年12月31日，还要改进工作。"],
        &["R-YEAR s5:6-13"],
    ),
    upon(
        "C-YUAN",
        &[],
        &[
            "t2.admin_fees.amount_wan_yuan=300",
            "text.s6=发出收费通知1件，总金额300元，实际收取信息处理费300元。",
        ],
        &["C-YUAN t2.admin_fees.amount_wan_yuan"],
    ),
    upon(
        "C-YUAN",
        &[],
        &[
            "t2.admin_fees.amount_wan_yuan=0.03",
            "text.s6=发出收费通知1件，总金额300元，实际收取信息处理费300元。",
        ],
        &[],
    ),
    upon(
        "C-ZERO",
        &[],
        &[
            "t3.granted_full.org_other=1",
            "t3.granted_full.total=1",
            "t3.processed_total.org_other=1",
            "t3.processed_total.total=1",
        ],
        &[
            "T3-BALANCE t3.org_other",
            "C-ZERO t3.org_other",
            "T3-BALANCE t3.total",
            "C-ZERO t3.total",
        ],
    ),
    upon("C-ZERO", RESULTS, &[], &[]),
    upon(
        "S-FEE",
        &[],
        &["text.s6=全年工作平稳，没有其他需要报告的事项。"],
        &["S-FEE s6"],
    ),
    upon(
        "S-FEE",
        &[],
        &["text.s6=全年收取信息处理费0元，发出收费通知0件。"],
        &[],
    ),
    upon(
        "S-FEE",
        &[],
        &["text.s6=没有发出收费通知，没有收取信息处理费。"],
        &[],
    ),
    upon(
        "C-FEE-1",
        &[],
        &["text.s6=发出收费通知1件，总金额300元，实际收取信息处理费300元。"],
        &["C-FEE-1 s6:70-76"],
    ),
    upon(
        "C-FEE-1",
        &[],
        &[
            "t2.admin_fees.amount_wan_yuan=0.03",
            "text.s6=发出收费通知1件，总金额300元，实际收取信息处理费300元。",
        ],
        &[],
    ),
    upon("C-FEE-2", UNPAID, &[], &["C-FEE-2 s6:66-67"]),
    upon(
        "C-FEE-2",
        UNPAID,
        &["text.s6=发出收费通知1件，总金额300元，实际收取信息处理费0元。"],
        &[],
    ),
    upon(
        "C-FEE-3",
        UNPAID,
        &["text.s6=实际收取信息处理费0元。"],
        &["S-FEE s6", "C-FEE-3 s6"],
    ),
    upon(
        "C-FEE-3",
        UNPAID,
        &["text.s6=发出收费通知1件，总金额300元，实际收取信息处理费0元。"],
        &[],
    ),
];

const FIFTEEN_NILS: &[&str] = &[
    "CELL-NIL t4.review.upheld",
    "CELL-NIL t4.review.corrected",
    "CELL-NIL t4.review.other",
    "CELL-NIL t4.review.pending",
    "CELL-NIL t4.review.total",
    "CELL-NIL t4.suit_direct.upheld",
    "CELL-NIL t4.suit_direct.corrected",
    "CELL-NIL t4.suit_direct.other",
    "CELL-NIL t4.suit_direct.pending",
    "CELL-NIL t4.suit_direct.total",
    "CELL-NIL t4.suit_after_review.upheld",
    "CELL-NIL t4.suit_after_review.corrected",
    "CELL-NIL t4.suit_after_review.other",
    "CELL-NIL t4.suit_after_review.pending",
    "CELL-NIL t4.suit_after_review.total",
];

fn judge(row: &Row) -> Findings {
    alone(
        changed(&[row.upon, row.changes].concat()).report(),
        Blanks::ZERO,
    )
}

fn found(findings: &Findings) -> Vec<String> {
    let form = gouji::form::current();
    let line = |problem: &gouji::check::Problem| {
        format!("{} {}", problem.rule.code, problem.site.path(form))
    };
    findings.problems.iter().map(line).collect()
}

#[test]
fn every_row_finds_exactly_what_it_lists() {
    for row in ROWS {
        assert_eq!(
            found(&judge(row)),
            row.finds,
            "{} {:?}",
            row.code,
            row.changes
        );
    }
}

#[test]
fn every_rule_has_a_hit_and_a_miss() {
    // What needs another report is tried in tests/beside.rs.
    for rule in RULES.iter().filter(|rule| rule.about != About::Other) {
        let hits = |row: &Row| {
            row.finds
                .iter()
                .any(|line| line.split(' ').next() == Some(rule.code))
        };
        let rows: Vec<&Row> = ROWS.iter().filter(|row| row.code == rule.code).collect();
        assert!(rows.iter().any(|row| hits(row)), "{} has no hit", rule.code);
        assert!(
            rows.iter().any(|row| !hits(row)),
            "{} has no miss",
            rule.code
        );
    }
    for row in ROWS {
        assert!(
            RULES.iter().any(|rule| rule.code == row.code),
            "{} is no rule",
            row.code
        );
    }
}

#[test]
fn every_sentence_of_a_rule_is_said_with_all_its_placeholders() {
    let mut said = BTreeSet::new();
    for problem in ROWS.iter().flat_map(|row| judge(row).problems) {
        said.insert((problem.rule.code, problem.says));
        for lang in Lang::ALL {
            let text = problem.message().text(lang);
            assert!(!text.contains(['{', '}']), "{}: {text}", problem.rule.code);
        }
    }
    for rule in RULES.iter().filter(|rule| rule.about != About::Other) {
        for says in 0..rule.says.len() {
            assert!(
                said.contains(&(rule.code, says)),
                "{} says {says} is never said",
                rule.code
            );
        }
    }
}

#[test]
fn every_fix_mends_its_problem_and_can_be_undone() {
    for row in ROWS {
        let report = changed(&[row.upon, row.changes].concat()).into_report();
        for problem in alone(&report, Blanks::ZERO).problems {
            for fix in problem.fixes(&report, Blanks::ZERO) {
                let mut document = gouji::model::Document::new(report.clone());
                document
                    .apply(fix.transaction)
                    .expect("a fix fits the report it was made for");
                let after = alone(document.report(), Blanks::ZERO).problems;
                let stands = after
                    .iter()
                    .any(|p| p.rule.code == problem.rule.code && p.site == problem.site);
                assert!(!stands, "{} still stands after its fix", problem.rule.code);
                document.undo();
                assert_eq!(document.report(), &report);
            }
        }
    }
}
