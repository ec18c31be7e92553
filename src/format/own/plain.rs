//! A native file as it is written here, read in one go.
//!
//! Nearly all native files are: the keys in the order of `own::json::write`, every
//! value of its type, nothing left over. `own::json` reads every other one, value by
//! value, and would make the same draft of these.
//!
//! **Never:** says what is odd about a file, or reads a part of it.
//! Next: `own::json`.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::base::number::MAX_DIGITS;
use crate::form::{self, Kind};
use crate::format::own::json::{Key, VERSION};
use crate::model::{Cell, Draft, HeadField};

/// The least count of too many digits.
const TOO_LONG: i64 = {
    let (mut count, mut digits) = (1, 0);
    while digits < MAX_DIGITS {
        count *= 10;
        digits += 1;
    }
    count
};

/// The draft of a file in which nothing is odd.
pub(in crate::format) fn read(source: &str) -> Option<Draft> {
    let mut json = serde_json::Deserializer::from_str(source);
    let draft = json.deserialize_map(File).ok()?;
    json.end().ok()?;
    Some(draft)
}

/// What ends the reading; nobody is told.
fn odd<E: Error>() -> E {
    E::invalid_value(Unexpected::Other("odd"), &"a file as written")
}

/// Goes on to the value of a key, which must be the next.
fn enter<'de, A: MapAccess<'de>>(map: &mut A, key: &str) -> Result<(), A::Error> {
    let is_next = map.next_key::<&str>()? == Some(key);
    is_next.then_some(()).ok_or_else(odd)
}

fn value<'de, A: MapAccess<'de>, S: DeserializeSeed<'de>>(
    map: &mut A,
    key: &str,
    seed: S,
) -> Result<S::Value, A::Error> {
    enter(map, key)?;
    map.next_value_seed(seed)
}

/// The end of an object.
fn end<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    let left = map.next_key::<IgnoredAny>()?;
    left.map_or(Ok(()), |_| Err(odd()))
}

struct File;

impl<'de> Visitor<'de> for File {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a native file")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        enter(&mut map, "gouji")?;
        if map.next_value::<u64>()? != VERSION {
            return Err(odd());
        }
        enter(&mut map, "form")?;
        let form = form::by_key(map.next_value()?).ok_or_else(odd)?;
        let mut draft = Draft::new(form);
        draft.recognised = 1;
        value(&mut map, "head", Head(&mut draft))?;
        enter(&mut map, "headings")?;
        for (section, Key(text)) in map.next_value::<Vec<(Option<Key>, Key)>>()? {
            let section = section.map(|Key(key)| form.text(&key).ok_or_else(odd));
            draft.push_heading(section.transpose()?, &text);
        }
        for prefix in form.prefixes() {
            value(&mut map, prefix, Rows(&mut draft, prefix))?;
        }
        value(&mut map, "texts", Texts(&mut draft))?;
        for list in ["unplaced", "remarks", "questions"] {
            enter(&mut map, list)?;
            let _: [IgnoredAny; 0] = map.next_value()?;
        }
        end(&mut map)?;
        Ok(draft)
    }
}

/// Implements a seed that takes a value of one kind apart and fills a draft.
macro_rules! seed {
    ($seed:ident<$life:lifetime>, $kind:ident, $value:ty) => {
        impl<'de> DeserializeSeed<'de> for $seed<$life> {
            type Value = $value;
            fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<$value, D::Error> {
                json.$kind(self)
            }
        }
    };
}

struct Head<'a>(&'a mut Draft);
seed!(Head<'_>, deserialize_map, ());

impl<'de> Visitor<'de> for Head<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the head")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        for field in HeadField::ALL {
            enter(&mut map, field.key())?;
            if field == HeadField::Year {
                if let Some(year) = map.next_value::<Option<u64>>()? {
                    self.0.set_head(field, &year.to_string());
                    self.0.report().head().year.ok_or_else(odd)?;
                }
            } else if let Some(Key(text)) = map.next_value()? {
                self.0.set_head(field, &text);
            }
        }
        end(&mut map)
    }
}

struct Texts<'a>(&'a mut Draft);
seed!(Texts<'_>, deserialize_map, ());

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let form = self.0.report().form();
        for id in form.texts() {
            enter(&mut map, form.section(id).key)?;
            let Key(text) = map.next_value()?;
            self.0.set_text(id, &text);
        }
        end(&mut map)
    }
}

/// The tables of a prefix.
struct Rows<'a>(&'a mut Draft, &'static str);
seed!(Rows<'_>, deserialize_map, ());

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let form = self.0.report().form();
        for table in form.tables_of(self.1) {
            for (row, line) in form.tables[table].rows.iter().enumerate() {
                value(&mut map, line.key, Row(self.0, table, row))?;
            }
        }
        end(&mut map)
    }
}

/// A row of a table.
struct Row<'a>(&'a mut Draft, usize, usize);
seed!(Row<'_>, deserialize_seq, ());

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut cells: A) -> Result<(), A::Error> {
        let Row(draft, table, row) = self;
        let form = draft.report().form();
        let table = &form.tables[table];
        for col in 0..table.cols.len() {
            let id = table.cell(row, col);
            let cell = cells.next_element_seed(CellOf(table.kind(row, col)))?;
            draft.set_cell(id, cell.ok_or_else(odd)?, None);
        }
        let left = cells.next_element::<IgnoredAny>()?;
        left.map_or(Ok(()), |_| Err(odd()))
    }
}

/// A cell of a kind.
struct CellOf(Kind);

impl<'de> DeserializeSeed<'de> for CellOf {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cell, D::Error> {
        json.deserialize_any(self)
    }
}

impl Visitor<'_> for CellOf {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a cell")
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Ok(Cell::Blank)
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Cell, E> {
        let count = i64::try_from(count).ok().filter(|count| *count < TOO_LONG);
        count.map(|count| Cell::of(count, self.0)).ok_or_else(odd)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::read(text, self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::FORMS;
    use crate::format::own::json::{by_values, write};
    use crate::format::{Options, sample};
    use crate::model::Report;

    #[test]
    fn what_is_written_is_read_in_one_go() {
        let blank = FORMS.iter().map(|form| Report::new(form));
        for report in blank.chain([sample()]) {
            let draft = read(&write(&report)).expect("nothing is odd");
            assert_eq!(*draft.report(), report);
        }
    }

    /// What stands in the place of a sign or a digit.
    const PIECES: &[&str] = &[
        "",
        "0",
        "-1",
        "1.0",
        "1e3",
        "7",
        "null",
        "true",
        "\"7件\"",
        "\"\\u4ef6\"",
        "\\u4ef6",
        "\\ud800",
        "999999999999",
        "1000000000000",
        "[",
        "]",
        "{}",
        ",",
        " ,\n",
        "\"",
        ":",
        "1,",
        "\"s1\":\"\",",
        "\"gouji\":1,",
        "[1]",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn invariant_read_in_one_go_is_read_as_value_by_value(
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len()), 1..3),
        ) {
            let mut source = write(&sample());
            for (place, piece) in changes {
                let is_sign = |c: char| c.is_ascii_digit() || "[]{},:\"n".contains(c);
                let places: Vec<_> = source.match_indices(is_sign).map(|(at, _)| at).collect();
                let at = *place.get(&places);
                source.replace_range(at..=at, PIECES[piece]);
            }
            if let Some(draft) = read(&source) {
                let other = by_values(&source, Vec::new(), &Options::default());
                prop_assert_eq!(format!("{draft:?}"), format!("{:?}", other.expect("a report")));
            }
        }
    }
}
