//! The head of the report: its fields, by name.
//!
//! Next: `model::HeadField`.

use crate::base::words::{Words, words};
use crate::model::HeadField;

/// The fields as the page lists them, with their names.
pub(in crate::tui) const FIELDS: [(HeadField, Words); 7] = [
    (HeadField::Body, words("机关名称", "Body")),
    (HeadField::Year, words("报告年度", "Year")),
    (HeadField::Title, words("标题", "Title")),
    (HeadField::Period, words("统计期限", "Period")),
    (HeadField::Contact, words("联系方式", "Contact")),
    (HeadField::Published, words("公布日期", "Published")),
    (HeadField::Basis, words("编写依据", "Legal basis")),
];

/// The name of a field.
pub(in crate::tui) fn field_name(field: HeadField) -> Words {
    FIELDS
        .iter()
        .find(|(candidate, _)| *candidate == field)
        .map_or(words("报头", "Head"), |(_, name)| *name)
}
