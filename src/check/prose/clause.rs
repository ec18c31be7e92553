//! Whether a number is tied for certain: every word of its clause is known.
//!
//! An office may count anything, but there are few ways to state a total of the tables.
//! A clause is therefore read closed-world: if one word in it, or in what leads to it, is
//! unknown, its numbers are about something else. The object that an earlier clause named
//! holds until another object is named.
//!
//! **Never:** knows a cell; decides which phrase a number takes.
//! Next: `bind`, which asks for every number.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::number::Unit;
use super::phrase::{Key, filler};
use super::{Paragraph, What, says};

/// The body and the year that a text speaks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Own {
    /// The year of the report.
    pub(in crate::check) year: Option<u16>,
    /// The name of the body, without blanks.
    pub(in crate::check) body: Vec<char>,
}

impl Own {
    /// The body and the year of a report's head.
    pub(in crate::check) fn of(body: &str, year: Option<u16>) -> Self {
        Own {
            year,
            body: body.chars().filter(|c| !c.is_whitespace()).collect(),
        }
    }

    /// Whether a word is part of the own name.
    pub(super) fn is_called(&self, word: &str) -> bool {
        let government = word.ends_with("政府") && super::find(&self.body, "政府").is_some();
        government || super::find(&self.body, word).is_some()
    }

    /// How much of a text is the end of the own name: 区民政局.
    fn named(&self, text: &[char]) -> usize {
        const LEAST: usize = 2;
        if text.first().is_none_or(|first| !self.body.contains(first)) {
            return 0;
        }
        let longest = self.body.len().min(text.len());
        (LEAST..=longest)
            .rev()
            .find(|len| self.body.ends_with(&text[..*len]))
            .unwrap_or(0)
    }
}

/// Words that say nothing of what is counted: time, the own body, manner.
const KNOWN: &[((), &str)] = &[(
    (),
    "全年 年内 年度内 本年 本年度 当年 今年 年末 年底 年初 截至 截止 截至目前 目前 期间 12月底 底 \
     我局 我委 我厅 我市 我县 我区 我镇 我乡 我街道 我办 我院 我校 我处 我所 我中心 我单位 我省 我州 我旗 \
     我署 我行 我站 我队 我部 我机关 我盟 我馆 我会 我社 我司 我分局 我支队 我管委会 \
     本局 本委 本厅 本市 本县 本区 本镇 本乡 本街道 本办 本院 本校 本处 本所 本中心 本单位 本省 本州 本旗 \
     本署 本行 本站 本队 本部 本机关 本部门 本行政机关 本馆 \
     全市 全区 全县 全省 全州 全旗 全镇 全乡 全街道 全局 全委 全厅 全校 全系统 系统 全院 各级 行政机关 各级行政机关 \
     政府机关 机关 单位 各单位 各部门 各级各部门 各有关单位 政府部门 各级政府 及其部门 \
     人民政府 市 县 区 镇 街道 局 \
     共 一共 总共 合计 累计 依法 依规 依法依规 按时 按期 如期 及时 均 已 全部 都 也 又 其 其中 并 现 现已 已经 \
     实际 还 另外 此外 同时 按规定 按照规定 按要求 规定 法定 期限 时限 在 内 之内 以内 中 对 经 与 以 和 及 或 \
     件 宗 条 起 项 个 例 办件 来件 收件 方面 工作 类型 类别 方式 看 来看 从 而言 情况 数据 总体 结果 \
     进行 作出 做出 给予 开展 完成 得到 获得 产生 发生 引发 引起 因 而 提起 提交 递交 提出 公民 群众 社会公众 \
     当事人 申请人 向 量 度 获 获得 书面 各类 各种 各渠道 渠道 途径 形式 通过 多种 不同 政务 办 办理工作 答复工作 \
     统计 登记 报告期 报告期内 时间 年度 财政年度 一年 一年来 期末 期初 年 月 日 至 到 号 ~ - 0 1 2 3 4 5 6 7 8 9 \
     不含 加上 连同 剩余 其余 余 剩 尚有 尚 仍有 仍 留 待 还有 除 外 之外 以外 因 故 所 即 之 者 于 被 \
     法院 人民法院 复议机关 复议机构 复议机关作出 机构 均为 全都 无一 \
     年均 新增 增加 分 分类 各项 各 具体 包括 涉及 事项 公开类 类 性质 相关 有关 上述 该 这 些 这些 此类 本 全 大 \
     完毕 审结 结案 判决 裁定 裁决 决定 原 原行政行为 行政行为 裁判 请求 诉讼请求 驳回 以及 要求 依据 依照 \
     〈 〉 ' \" / \u{1}",
)];

static WORDS: Lexicon<()> = Lexicon::of(KNOWN);

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    /// Nothing was named.
    None,
    /// Requests, by the heading or the paragraph alone.
    Heading,
    /// The same, by another sentence of the paragraph.
    Gate,
    /// Requests, named in words, all of them.
    Requests,
    /// Something else, or a part that no table counts.
    Other,
}

/// What is certain of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub(in crate::check) struct Standing {
    /// Every word of its own piece is known.
    pub(in crate::check) known: bool,
    /// It is about requests.
    pub(in crate::check) requests: bool,
    /// What it goes on with was named in the same sentence, or under the heading.
    pub(in crate::check) continues: bool,
    /// Disputes of its sentence are about disclosure.
    pub(in crate::check) disclosed: bool,
    /// A number before it in the sentence is about something else.
    pub(in crate::check) after_other: bool,
}

/// What is certain of every number of a paragraph.
pub(in crate::check) struct Gate {
    standings: Vec<Standing>,
}

impl Gate {
    /// Reads a paragraph.
    pub(in crate::check) fn of(paragraph: &Paragraph, own: &Own) -> Self {
        let mut reader = Reader {
            paragraph,
            own,
            standings: vec![Standing::default(); paragraph.tokens.len()],
            topic: Topic::None,
            disclosed: false,
        };
        let sentences = paragraph.sentences();
        let mut before = Topic::None;
        for sentence in sentences {
            reader.topic = if before == Topic::Requests {
                Topic::Requests
            } else if paragraph.under.are_of_requests() || paragraph.in_requests {
                Topic::Heading
            } else if paragraph.gate {
                Topic::Gate
            } else {
                Topic::None
            };
            reader.sentence(&sentence);
            before = reader.topic;
        }
        Gate {
            standings: reader.standings,
        }
    }

    /// What is certain of the piece that a token stands in.
    pub(in crate::check) fn at(&self, token: usize) -> Standing {
        self.standings[token]
    }
}

struct Reader<'a> {
    paragraph: &'a Paragraph,
    own: &'a Own,
    standings: Vec<Standing>,
    topic: Topic,
    disclosed: bool,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Range<usize>) {
        let p = self.paragraph;
        let covered = p.covered(sentence);
        let text = &p.normalized[covered.clone()];
        self.disclosed = p.in_disputes
            || says(text, &["信息公开", "依申请"])
            || p.under.has(super::Topics::DISCLOSURE)
            || p.under.are_of_requests()
            || p.about_disputes;
        let mut start = covered.start;
        let mut piece = sentence.start;
        for index in sentence.clone() {
            let token = &p.tokens[index];
            if !token.aside && matches!(token.what, What::Stop(c) if c != '、') {
                self.piece(piece..index, start..token.start);
                start = token.after;
                piece = index + 1;
            }
        }
        self.piece(piece..sentence.end, start..covered.end);
    }

    /// A piece between two signs.
    fn piece(&mut self, tokens: Range<usize>, chars: Range<usize>) {
        let p = self.paragraph;
        let numbers: Vec<usize> = tokens
            .clone()
            .filter(|at| matches!(p.tokens[*at].what, What::Number(_)))
            .collect();
        if numbers.is_empty() {
            self.words(tokens, chars);
            return;
        }
        let other = self.topic == Topic::Other;
        let mut from = chars.start;
        for (place, index) in numbers.iter().enumerate() {
            let token = &p.tokens[*index];
            let (lead, after) = (from..token.start, token.after);
            let tail = after..self.tail_end(after, numbers.get(place + 1), chars.end);
            from = after;
            let own = lead.start..tail.end;
            let known = self.is_known(lead) && self.is_known(tail);
            let share = matches!(token.what, What::Number(number) if number.unit == Unit::Percent);
            let named =
                self.asks(&tokens, &own, true) && !(other && self.is_attribute(&tokens, &own));
            if known && (named || self.topic == Topic::Gate && self.asks(&tokens, &own, false)) {
                self.topic = Topic::Requests;
            } else if !known && !share {
                // A rate between them leaves counts what they are.
                self.topic = Topic::Other;
            }
            let standing = self.standing(known, other);
            for at in tokens.clone() {
                if own.contains(&p.tokens[at].start) {
                    self.standings[at] = standing;
                }
            }
        }
    }

    /// A piece without numbers: it only says what the next is about.
    fn words(&mut self, tokens: Range<usize>, chars: Range<usize>) {
        let known = unknown(self.paragraph, self.own, chars.clone(), true).is_none();
        let opens = chars.start..chars.end.min(chars.start + 6);
        if known && self.asks(&tokens, &chars, true) || self.asks(&tokens, &opens, true) {
            self.topic = Topic::Requests;
        } else if !known && self.leaves_topic(&tokens) {
            self.topic = Topic::Other;
        }
        let standing = self.standing(known, false);
        self.standings[tokens].fill(standing);
    }

    /// Whether unknown words end what the sentence was about.
    fn leaves_topic(&self, tokens: &Range<usize>) -> bool {
        match self.topic {
            Topic::Requests => false,
            Topic::Heading => self.names_other(tokens),
            _ => true,
        }
    }

    /// Whether tokens within these characters name requests; by the full name, if it
    /// must be a strong one.
    fn asks(&self, tokens: &Range<usize>, chars: &Range<usize>, strong: bool) -> bool {
        let mut own = self.paragraph.tokens[tokens.clone()].iter();
        own.any(|token| {
            let is_request = match token.what {
                What::Key(Key::Request(full)) => full || !strong,
                _ => false,
            };
            is_request && !token.aside && chars.contains(&token.start)
        })
    }

    /// Where the words behind a number end: at the next one, or at a 、 before it.
    fn tail_end(&self, after: usize, next: Option<&usize>, end: usize) -> usize {
        let p = self.paragraph;
        let Some(next) = next.map(|next| p.tokens[*next].start) else {
            return end;
        };
        let comma = p.normalized[after..end].iter().position(|c| *c == '、');
        comma.map_or(next, |at| (after + at).min(next))
    }

    fn standing(&self, known: bool, after_other: bool) -> Standing {
        Standing {
            known,
            requests: known && matches!(self.topic, Topic::Requests | Topic::Heading),
            continues: known && self.topic != Topic::Other,
            disclosed: known && self.disclosed,
            after_other,
        }
    }

    /// "依申请公开的96件" beside other documents is how those are disclosed.
    fn is_attribute(&self, tokens: &Range<usize>, chars: &Range<usize>) -> bool {
        let p = self.paragraph;
        let mut inside = tokens
            .clone()
            .filter(|at| chars.contains(&p.tokens[*at].start));
        inside.all(|at| match p.tokens[at].what {
            What::Key(Key::Request(_)) => {
                let word = &p.normalized[p.tokens[at].start..p.tokens[at].after];
                !says(word, &["申请公开申请", "件", "事项"]) && word.len() <= 5
            }
            What::Key(Key::Receive | Key::New | Key::Handle | Key::Done) => false,
            _ => true,
        })
    }

    fn names_other(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| {
            matches!(
                self.paragraph.tokens[at].what,
                What::Key(Key::Alien | Key::Dispute(_) | Key::Document(_) | Key::Power(_))
            )
        })
    }

    /// Whether every word of a stretch is known.
    fn is_known(&self, chars: Range<usize>) -> bool {
        is_known(self.paragraph, self.own, chars)
    }
}

/// Whether every word of a stretch of a paragraph is known.
pub(super) fn is_known(paragraph: &Paragraph, own: &Own, chars: Range<usize>) -> bool {
    unknown(paragraph, own, chars, false).is_none()
}

/// Words of a stretch that denies.
static NONE: Lexicon<()> = Lexicon::of(&[(
    (),
    "未 没有 没 无 零 过 存在 出现 任何 个人 单位和个人 情形 现象 新 制发 \
     发生过 尚 不存在 有过 我",
)]);

/// Where the first unknown word of a stretch begins; `none` lets it deny.
fn unknown(paragraph: &Paragraph, own: &Own, chars: Range<usize>, none: bool) -> Option<usize> {
    let text = &paragraph.normalized;
    let mut at = chars.start;
    let first = paragraph.tokens.partition_point(|token| token.after <= at);
    let mut tokens = paragraph.tokens[first..].iter().peekable();
    while at < chars.end {
        while tokens.next_if(|token| token.start < at).is_some() {}
        let rest = &text[at..chars.end];
        let named = own.named(rest);
        if let Some(token) = tokens.peek().filter(|token| token.start == at) {
            let word = match token.what {
                What::Key(Key::Alien) => 0,
                What::Key(Key::Nothing) => harmless(rest),
                _ => token.after - token.start,
            };
            let len = word.max(named);
            if len == 0 {
                return Some(at);
            }
            at += len;
            continue;
        }
        let len = filler(rest)
            .max(named)
            .max(of_scope(rest))
            .max(length(&WORDS, rest))
            .max(if none { length(&NONE, rest) } else { 0 });
        if len == 0 {
            return Some(at);
        }
        at += len;
    }
    None
}

/// Words for a part of the body, or for one that is not it.
pub(super) const PART: &str = "代表 市政府 县政府 区政府 镇政府 乡政府 省政府 州政府 本级 局机关 委机关 \
    厅机关 机关本部 政府办 办公室 办公厅 市级部门 区级部门 县级部门 直属 下属 \
    镇街 各镇 各街道 乡镇 部门";
/// Words for all of a place or of a system.
pub(super) const WHOLE: &str = "全市 全区 全县 全省 全州 全系统 系统";

/// A word that says whose part it is; `bind` tells such numbers apart.
fn of_scope(text: &[char]) -> usize {
    static SCOPES: Lexicon<()> = Lexicon::of(&[((), PART), ((), WHOLE)]);
    length(&SCOPES, text)
}

/// The length of the longest word at the start of a text; 0 if there is none.
fn length(words: &Lexicon<()>, text: &[char]) -> usize {
    words.longest(text).map_or(0, |((), len)| len)
}

/// Words that look like a phrase, are none, and change nothing.
static HARMLESS: Lexicon<()> = Lexicon::of(&[(
    (),
    "公民、法人或其他组织 公民、法人和其他组织 公民、法人或者其他组织 \
     公民、法人及其他组织 公民、法人以及其他组织 公民和法人 公民法人 公民、企业 \
     个人和企业 办理结果 办理情况 处理情况 申请人 复议机关 行政复议机关 无正当理由 \
     其他组织 申请办理 申请渠道 应答复 办结率 答复率 受理率 答复书 再次申请 \
     申请内容 其他情况 应办结 答复期限 答复时限 办结时限 申请书 申请表",
)]);

/// The length of such a word at the start of a text.
fn harmless(text: &[char]) -> usize {
    length(&HARMLESS, text)
}
