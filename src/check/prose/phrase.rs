//! The words that say what a number counts, declared once.
//!
//! A phrase of the table names lines and groups of the form by their keys; what
//! they add up to is the form's to say.
//!
//! **Never:** a phrase written anywhere else.
//! Next: `bind`, which gives each number its phrase.

use super::lexicon::Lexicon;

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Key {
    /// Taking requests in.
    Receive,
    /// Taken in this year, without what was carried in.
    New,
    /// A request; true where its full name stands.
    Request(bool),
    /// Answering, closing.
    Done,
    /// Received or closed: either reading.
    Handle,
    /// Carrying over: last year's, or on to the next; the words around decide.
    Carry,
    /// Not closed yet.
    Open,
    /// Lines or groups of the table of requests; added up if several.
    Items(&'static [&'static str]),
    /// The same, of which a part of the line may be meant.
    Vague(&'static [&'static str]),
    /// A kind of applicant; the empty key is all organisations.
    Kind(&'static str),
    /// Rows of the table of disputes.
    Dispute(&'static [&'static str]),
    /// Outcome of a dispute: its column, and whether the words are the form's.
    Outcome(&'static str, bool),
    /// A way a request came in.
    Channel,
    /// A row of the documents in table 二.
    Document(&'static str),
    /// What was done with documents: a column of table 二.
    Make(&'static str),
    /// A row of the decisions in table 二.
    Power(&'static str),
    /// 收费 in table 二.
    Charges,
    /// More or less than another year.
    Change,
    /// Another year than the report's.
    LastYear,
    /// What follows are parts.
    Of,
    /// What follows are parts, but not all of them.
    Among,
    /// The numbers that follow belong to the phrases before, in order.
    Each,
    /// All of them.
    All,
    /// Has a topic of its own that no table counts.
    Alien,
    /// Looks like another phrase and is none.
    Nothing,
}

const SUITS: &[&str] = &["suit_direct", "suit_after_review"];

/// Every phrase, a space between two; the longest that fits at a place counts.
pub(in crate::check) const PHRASES: &[(Key, &str)] = &[
    (
        Key::Receive,
        "受理 收到 接到 接收 收办 收悉 收取到 收件 接受 登记 受理量 收件量",
    ),
    (
        Key::New,
        "新收 本年新收 本年度新收 当年新收 新收到 新增受理 新受理",
    ),
    (
        Key::Request(true),
        "依申请公开 信息公开申请 依申请信息 申请数 公开申请 依申请 信息申请 依申请公开申请 \
         依申请公开政府信息申请 申请公开政府信息 依申请公开事项 依申请公开政府信息 \
         依申请公开信息 申请总数 申请总量 申请量 依申请件 依申请公开件 公开申请件 申请公开",
    ),
    (Key::Request(false), "申请"),
    (
        Key::Nothing,
        "申请人 申请表 申请书 申请渠道 申请条件 申请流程 申请事由 申请内容 申请材料 申请办理 \
         答复率 办结率 答复书 答复函 答复意见 受理率 受理点 受理机构 受理平台 受理渠道 \
         受理窗口 答复质量 公开申请渠道 办结时限 答复时限 答复期限 延期答复 延长答复 \
         申请行政复议决定书 行政复议决定书 复议决定书 行政复议决定 行政复议机关 复议机关 \
         行政复议法 行政诉讼法 行政复议体制 无正当理由 符合申请 再次申请 申请工作 应答复 应办结 \
         公民、法人或其他组织 公民、法人和其他组织 公民、法人或者其他组织 \
         公民、法人及其他组织 公民、法人以及其他组织 公民和法人 公民法人 \
         自然人、法人或其他组织 自然人、法人和其他组织 自然人、法人或者其他组织 公民、企业 \
         个人和企业 办理结果 办理情况 处理情况 信息处理费 处理费 处理决定 办理程序 办理流程 \
         办理工作 处理工作 其他有关 其他需要 其他组织 其他相关 其他部门 其他单位 其他信息 \
         申请办理工作 第三方不同意公开 第三方不同意 第三方同意公开 第三方同意",
    ),
    (
        Key::Done,
        "办结 答复 办复 予以答复 作出答复 给予答复 依法答复 按期答复 按时答复 办理完毕 \
         办理完结 完成答复 审结答复 书面答复 回复 按期办结 按时办结 处理完毕",
    ),
    (Key::Handle, "办理 处理"),
    (
        Key::Carry,
        "结转 转结 顺延 转下年 转下一年 转至下年 转至下一年 转到下年 转入下年 转入下一年 \
         转到下一年 延至下年 延续至下年 跨年度办理 转入 转至 转到 延期至 延至 延续至 推迟至 延期到 \
         顺延至 顺延到 结转至 结转到 留至 留待 带入",
    ),
    (
        Key::Open,
        "正在办理 尚在办理 办理中 在办 尚未办结 未办结 待答复 尚未到期 尚未答复 未到答复期限 \
         未到期 正在处理 处理中",
    ),
    (
        Key::Items(&["granted"]),
        "予以公开及部分公开 予以公开或部分公开 予以公开和部分公开 予以公开与部分公开 \
         予以公开以及部分公开 公开和部分公开 公开及部分公开 公开或部分公开 公开或者部分公开 \
         予以公开或者部分公开 同意公开和部分公开 同意公开及部分公开 予以公开(含部分公开)",
    ),
    (
        Key::Items(&["granted_full"]),
        "予以公开 予公开 同意公开 全部公开 完全公开 给予公开 予以全部公开 准予公开",
    ),
    (
        Key::Items(&["granted_partial"]),
        "部分公开 予以部分公开 部分予以公开 区分处理 同意部分公开",
    ),
    (
        Key::Items(&["denied"]),
        "不予公开 不同意公开 不予以公开 不予公开答复",
    ),
    (Key::Items(&["unable"]), "无法提供 不能提供 无法公开"),
    (Key::Items(&["unprocessed"]), "不予处理 不予以处理"),
    (Key::Vague(&["unprocessed", "other"]), "不再处理 不予受理"),
    (
        Key::Items(&["other"]),
        "其他处理 其它处理 作其他处理 其他方式处理 其他处理情况",
    ),
    (Key::Vague(&["other"]), "其他情形 其它情形 其他情况 其他"),
    (Key::Items(&["denied_state_secret"]), "国家秘密"),
    (
        Key::Items(&["denied_other_law"]),
        "禁止公开 法律行政法规禁止公开 法律、行政法规禁止公开 其他法律行政法规禁止公开",
    ),
    (
        Key::Items(&["denied_security_stability"]),
        "危及 三安全一稳定",
    ),
    (
        Key::Items(&["denied_third_party"]),
        "第三方合法权益 第三方权益 保护第三方 侵害第三方",
    ),
    (
        Key::Items(&["denied_internal_affairs"]),
        "内部事务 内部事务信息 三类内部事务 三类内部事务信息",
    ),
    (
        Key::Items(&["denied_deliberative"]),
        "过程性信息 四类过程性信息 四类过程性 过程性",
    ),
    (
        Key::Items(&["denied_enforcement_file"]),
        "行政执法案卷 执法案卷 行政执法案卷信息",
    ),
    (Key::Items(&["denied_admin_query"]), "行政查询事项 行政查询"),
    (
        Key::Items(&["unable_not_held"]),
        "不掌握 本机关不掌握 本机关不掌握相关政府信息 不掌握相关政府信息 不掌握相关信息 \
         我局不掌握 未掌握",
    ),
    (
        Key::Items(&["unable_must_create"]),
        "另行制作 需要另行制作 没有现成信息 没有现成信息需要另行制作 需另行制作",
    ),
    (
        Key::Items(&["unable_unclear"]),
        "补正后申请内容仍不明确 补正后仍不明确 补正后申请内容不明确 补正后内容仍不明确 \
         内容仍不明确 仍不明确",
    ),
    (
        Key::Vague(&["unable_not_held", "unable_must_create"]),
        "信息不存在 不存在",
    ),
    (
        Key::Items(&["unprocessed_petition"]),
        "信访举报投诉类申请 信访举报投诉 信访举报投诉类 信访投诉举报 信访、举报、投诉 \
         信访、投诉、举报 信访类申请 信访、举报、投诉类申请 信访举报投诉等",
    ),
    (Key::Items(&["unprocessed_duplicate"]), "重复申请"),
    (
        Key::Items(&["unprocessed_publication"]),
        "公开出版物 要求提供公开出版物",
    ),
    (
        Key::Items(&["unprocessed_excessive"]),
        "大量反复申请 无正当理由大量反复申请 反复申请 大量、反复申请",
    ),
    (
        Key::Items(&["unprocessed_reconfirm"]),
        "重新出具 确认或重新出具 重新出具已获取信息 确认或重新出具已获取信息 \
         要求行政机关确认或重新出具已获取信息 要求确认或重新出具",
    ),
    (
        Key::Items(&["other_not_corrected"]),
        "逾期不补正 逾期未补正 未按期补正 未补正 不补正 无正当理由逾期不补正 \
         申请人无正当理由逾期不补正 申请人逾期未补正 申请人逾期不补正",
    ),
    (
        Key::Items(&["other_fee_unpaid"]),
        "逾期未缴费 逾期不缴费 未缴费 逾期未按收费通知要求缴纳费用 未按要求缴纳费用 \
         申请人逾期未按收费通知要求缴纳费用 逾期未缴纳费用 未缴纳费用",
    ),
    (
        Key::Vague(&["other_misc"]),
        "撤回 申请人撤回 主动撤回 自行撤回 撤回申请 撤销申请 申请人主动撤回",
    ),
    (
        Key::Kind("natural_person"),
        "自然人 个人申请 公民申请 自然人申请",
    ),
    (
        Key::Kind("org_business"),
        "商业企业 企业申请 商业企业申请 企业",
    ),
    (Key::Kind("org_research"), "科研机构"),
    (Key::Kind("org_public_welfare"), "社会公益组织 公益组织"),
    (Key::Kind("org_legal_service"), "法律服务机构 法律服务组织"),
    (
        Key::Kind(""),
        "法人或其他组织 法人和其他组织 法人及其他组织 法人或者其他组织 法人、其他组织 \
         法人和非法人组织 法人或非法人组织 法人或其它组织 法人",
    ),
    (
        Key::Dispute(&["review"]),
        "行政复议 复议 申请行政复议 被申请行政复议 被行政复议 行政复议案件 提起行政复议 \
         行政复议申请 行政复议案",
    ),
    (
        Key::Dispute(SUITS),
        "行政诉讼 诉讼 提起行政诉讼 被提起行政诉讼 行政诉讼案件 行政应诉 行政诉讼案 被诉 \
         应诉案件 行政应诉案件 诉讼案件",
    ),
    (
        Key::Dispute(&["review", "suit_direct", "suit_after_review"]),
        "复议诉讼 行政复议诉讼 行政复议和行政诉讼 行政复议及行政诉讼 复议和诉讼 \
         行政复议、诉讼 行政复议、行政诉讼 行政复议或行政诉讼 行政复议与行政诉讼 \
         行政复议以及行政诉讼 行政复议或者行政诉讼 行政复议和诉讼 复议、诉讼 \
         行政复议案件和行政诉讼案件 行政复议、行政诉讼案件",
    ),
    (
        Key::Dispute(&["suit_direct"]),
        "未经复议直接起诉 未经行政复议直接起诉 未经复议直接提起行政诉讼 直接起诉 \
         未经复议直接提起诉讼",
    ),
    (
        Key::Dispute(&["suit_after_review"]),
        "复议后起诉 经复议后起诉 行政复议后起诉 复议后提起行政诉讼 复议后提起诉讼",
    ),
    (
        Key::Outcome("upheld", true),
        "维持 结果维持 维持原行政行为 获维持 被维持 予以维持",
    ),
    (Key::Outcome("upheld", false), "驳回 胜诉"),
    (
        Key::Outcome("corrected", true),
        "纠正 结果纠正 被纠正 予以纠正",
    ),
    (
        Key::Outcome("corrected", false),
        "撤销 败诉 确认违法 责令履行",
    ),
    (Key::Outcome("other", true), "其他结果 其它结果"),
    (Key::Outcome("other", false), "终止 撤诉"),
    (
        Key::Outcome("pending", true),
        "尚未审结 未审结 尚未审理完结 尚未结案",
    ),
    (Key::Outcome("pending", false), "正在审理 未结案 审理中"),
    (
        Key::Channel,
        "网上申请 网络申请 网站 网上 在线申请 线上 线下 网络 信函 邮寄 信件 当面 现场 窗口 \
         电子邮件 邮件 邮箱 传真 快递 当面申请 在线平台 平台 平台申请 公开平台 来信 来人 在线 \
         系统 书面申请 其他方式 其他渠道 电话申请 邮政 邮递 寄送 挂号信 \
         纸质 电子 公众号申请 小程序 政务服务大厅 网页 门户网站 政府网站 互联网",
    ),
    (
        Key::Document("normative_documents"),
        "规范性文件 行政规范性文件",
    ),
    (Key::Document("rules"), "政府规章 规章"),
    (
        Key::Make("issued"),
        "制发 制定 印发 出台 新制发 新制定 制定出台 本年制发 制定印发 制发件数 新出台",
    ),
    (Key::Make("repealed"), "废止 本年废止 废止件数"),
    (
        Key::Make("in_force"),
        "现行有效 现行有效件数 有效件数 现有效",
    ),
    (
        Key::Power("licensing"),
        "行政许可 行政许可决定 行政许可处理决定 行政许可事项 行政许可案件 许可决定 行政许可决定书",
    ),
    (
        Key::Power("penalty"),
        "行政处罚 行政处罚决定 行政处罚案件 行政处罚处理决定 处罚决定 行政处罚决定书 处罚决定书",
    ),
    (
        Key::Power("coercion"),
        "行政强制 行政强制措施 行政强制决定 行政强制案件 行政强制处理决定 行政强制决定书",
    ),
    (
        Key::Charges,
        "行政事业性收费 行政事业性收费金额 行政事业性收费收入",
    ),
    (
        Key::Change,
        "增加 增长 减少 下降 上升 同比 环比 回落 多出 少于 多于 比上年 较上年 比去年 较去年 \
         相比 提高 翻 增幅 降幅 持平 净增",
    ),
    (
        Key::LastYear,
        "上年 去年 上一年 上年度 上一年度 去年同期 上年同期 同期 历年 近年 上半年 下半年 季度 \
         以来 往年",
    ),
    (Key::Of, "其中 包括 分别是 具体为 具体包括 具体是"),
    (Key::Among, "其中含 含 其中包含 包含"),
    (Key::Each, "分别为 分别 依次为"),
    (Key::All, "均 都 全部 全 均为 均已"),
    (
        Key::Alien,
        "留言 信箱 来电 咨询 投诉 举报 热线 工单 提案 议案 建议 解读 新闻 会议 培训 宣传 微信 \
         微博 公众号 问卷 满意 好评 差评 公报 栏目 专栏 稿件 动态 公告 视频 刊登 转载 意见 \
         线索 信访 信访件 调解 仲裁 公证 合同 督办 检查 问题 项目 资金 道路 占用 救助 低保 \
         证照 证书 公示 备案 审查 政策 诉求 民生 办件 好差评 市长 书记 网友 网民 群众来 \
         访问 浏览 阅读 台账 指南 目录 示范 文书 业务 服务 公开课 人民调解 通报 整改 案例 \
         法律援助 执法检查 纠纷 职称 补贴 保障性 资助 入户 许可证 食品 不动产 注册 收费通知 \
         公开栏 营业执照 专利 商标 户籍 公积金",
    ),
];

/// Words that may stand between a phrase and its number without another meaning.
const FILLERS: &[((), &str)] = &[(
    (),
    "政府信息公开申请 政府信息 信息公开 申请 公开 信息 数量 总数 总量 件数 案件 事项 情况 \
    情形 共计 累计 合计 总计 一共 共 计 为 的 了 是 达到 达 有 等 类 件 数 案 于 至 到 \
    已 各 约 近 : , 予以 依法 继续 办理 处理 答复 下一年度 下一年 下年度 下年 次年 年度 \
    告知 决定 原因 因 由于 由 属于 属 系 或 和 及 与 并 本年度 本年 当年 今年 全年 该 仅 \
    只有 总 审理 另 尚 未 正在 按照 按 规定 申请人 ( ) 网上 提供 相关 超过 逾 未办结 而 \
    需 要求 内容 公民 、 法人 其他组织 组织 者 提出 收到 受理 条例 延期 主动 自行 信件 \
    书 表 政府 本 群众 社会公众 公众 有效 各类 各种 书面 网络 以及 各项 有关 来自 \u{1}",
)];

static FILLING: Lexicon<()> = Lexicon::of(FILLERS);

/// The length of the filling word at the start of a text; 0 if there is none.
pub(super) fn filler(text: &[char]) -> usize {
    FILLING.longest(text).map_or(0, |((), len)| len)
}

/// Whether a stretch of text says nothing of its own.
pub(in crate::check) fn is_filler(text: &[char]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        match filler(rest) {
            0 => return false,
            len => rest = &rest[len..],
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::FORMS;

    /// Invariant: every key of a phrase is a line or a group of some form.
    #[test]
    fn invariant_every_key_of_a_phrase_is_a_line_or_a_group_of_a_form() {
        let known = |key: &str| {
            FORMS.iter().flat_map(|form| form.tables).any(|table| {
                let lines = table.rows.iter().chain(table.cols).map(|line| line.key);
                let groups = table.groups.iter().map(|group| group.key);
                lines.chain(groups).any(|found| found == key)
            })
        };
        for (key, _) in PHRASES {
            let keys: &[&str] = match key {
                Key::Items(keys) | Key::Vague(keys) | Key::Dispute(keys) => keys,
                Key::Kind("") => &[],
                Key::Kind(key)
                | Key::Outcome(key, _)
                | Key::Document(key)
                | Key::Make(key)
                | Key::Power(key) => &[*key],
                _ => &[],
            };
            assert!(keys.iter().all(|key| known(key)), "{key:?}");
        }
    }

    #[test]
    fn no_phrase_means_two_things() {
        let mut seen = std::collections::BTreeSet::new();
        for phrase in PHRASES
            .iter()
            .flat_map(|(_, phrases)| phrases.split_whitespace())
        {
            assert!(seen.insert(phrase), "{phrase}");
        }
    }

    #[test]
    fn the_longest_phrase_counts() {
        static LEXICON: Lexicon<Key> = Lexicon::of(PHRASES);
        let key = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            LEXICON.longest(&chars).map(|(key, _)| key)
        };
        assert_eq!(key("予以公开及部分公开258"), Some(Key::Items(&["granted"])));
        assert_eq!(key("不同意公开的6件"), Some(Key::Items(&["denied"])));
        assert_eq!(key("申请人"), Some(Key::Nothing));
        assert_eq!(key("天气"), None);
    }
}
