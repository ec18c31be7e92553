//! Values placed by their count behind the label, where no heads tell their columns.
//!
//! **Never:** places a row with a value too many or too few.
//! Next: `by_heads`, which is asked first.

use super::{COMMA, Data, Filler, Heads, is_value};
use crate::base::words::{Arg, Words, words};
use crate::format::rectangle::Slot;

pub(super) const COUNT: Words = words(
    "{table}【{row}】有 {found} 个数，应有 {wanted} 个，分不清是哪一格多了或少了，没有放入",
    "{table} \"{row}\" has {found} values instead of {wanted}; which is too many or missing is not clear: not placed",
);
const CUT_SHORT: Words = words(
    "{table}【{row}】只有 {found} 格，应有 {wanted} 格，按列的位置放入，请核对",
    "{table} \"{row}\" has {found} of {wanted} boxes; placed by their columns: please check",
);
const EXTRA_COLUMN: Words = words(
    "{table}在第 {at} 个数的位置多出一个空列，已略过（{count} 行）",
    "{table} has an extra blank column at value {at}, left out ({count} rows)",
);
pub(super) const SHIFTED: Words = words(
    "{table}【{row}】第一格空着，后面各格都有数，可能整行右移了一格，请核对",
    "{table} \"{row}\" begins with a blank box and is full behind it; perhaps it slipped by one column: please check",
);
pub(super) const MOVED_COLUMNS: Words = words(
    "{table}的列不是官方顺序，按列名放入",
    "the columns of {table} stand in another order; placed by their heads",
);
pub(super) const FEWER_COLUMNS: Words = words(
    "{table}缺了列【{cols}】，其余按列名放入",
    "{table} lacks the columns {cols}; the others were placed by their heads",
);
const ODD_HEADS: Words = words(
    "{table}的列名不认识（如【{head}】），按官方顺序放入，请核对",
    "heads of {table} are not known (such as \"{head}\"); columns taken in the form's order: please check",
);
const NO_HEADS: Words = words(
    "{table}有的列没有列名，按官方顺序放入，请核对",
    "some columns of {table} have no heads; taken in the form's order: please check",
);
const LOST_HEADS: Words = words(
    "{table}的列不是官方顺序，有的列又没有列名，分不清是哪一列，没有放入",
    "the columns of {table} stand in another order and some have no heads; which is which is not clear: nothing was placed",
);

/// Where the values of a table's rows begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Right behind the label.
    Behind,
    /// In this column of the rectangle.
    Column(usize),
    /// All whole rows agree with both; the length of a row must decide.
    Either(usize),
}

impl Filler<'_> {
    /// The rows of one table in one rectangle.
    pub(super) fn rows<'b>(&mut self, table: usize, data: &[&Data<'b>], heads: &Heads<'b>) {
        if self.by_heads(table, data, heads) {
            return;
        }
        let heads = heads.slots.as_slice();
        let wanted = self.labels.form.tables[table].cols.len();
        // Heads on lines of their own stand in no columns.
        let in_columns = !are_scattered(heads);
        let start = self.start(table, data, if in_columns { heads } else { &[] });
        let mut rows: Vec<(&Data, Vec<Slot>)> = data
            .iter()
            .map(|data| {
                let printed = data.at.and_then(|at| self.labels.first_cell(at));
                (*data, values(data, start, wanted, printed))
            })
            .collect();
        self.drop_extra_column(table, &mut rows);
        let Some(columns) = self.columns(table, &rows, heads) else {
            for data in data {
                self.lose(data);
            }
            return;
        };
        let fixed = matches!(start, Start::Column(_));
        let is_full = |slots: &[Slot]| slots.iter().all(|slot| !slot.text.is_empty());
        let full = rows.iter().filter(|(_, slots)| is_full(slots)).count();
        let is_short = |slots: &[Slot]| slots.len() != columns.len();
        let short = rows.iter().filter(|(_, slots)| is_short(slots)).count();
        // Where many rows of boxes on lines of their own have too few or too many
        // values, the others have theirs by chance.
        let by_chance = |slots: &[&Slot]| short * 4 > rows.len() && are_scattered(slots);
        for (data, slots) in &rows {
            let at = data.at.expect("rows of a table are known");
            let slots: Vec<&Slot> = slots.iter().collect();
            let blank = slots.iter().all(|slot| slot.text.is_empty());
            let fits = (slots.len() == columns.len() || blank && slots.len() < columns.len())
                && !by_chance(&slots);
            let cut = fixed && slots.len() < columns.len() && is_cut(data, &slots);
            let mut args = vec![
                ("table", self.table_name(table)),
                ("row", self.row_name(at)),
            ];
            if full * 2 > rows.len() && slots.len() == columns.len() && is_slipped(&slots) {
                self.draft
                    .note(data.row.place(), SHIFTED.with(args.clone()));
            }
            if !fits {
                args.push(("found", slots.len().into()));
                args.push(("wanted", columns.len().into()));
                let words = if cut { CUT_SHORT } else { COUNT };
                self.draft.note(data.row.place(), words.with(args));
            }
            if fits || cut {
                self.write(at, &slots, &columns, &data.row.place());
            } else {
                self.lose(data);
            }
        }
    }

    /// Where the values begin, told by the rows that are whole and by the heads.
    fn start(&self, table: usize, data: &[&Data], heads: &[&Slot]) -> Start {
        let wanted = self.labels.form.tables[table].cols.len();
        let labels = || {
            data.iter()
                .filter_map(|data| data.label.map(|label| (data, label)))
        };
        // Of each whole row: the column of its first value, and whether that
        // stands right behind the label.
        let whole: Vec<(usize, bool)> = labels()
            .filter_map(|(data, label)| {
                let slots = trimmed(&data.row.slots, label + 1);
                let full = slots.len() == wanted && slots.iter().all(|slot| !slot.text.is_empty());
                let first = slots.first().filter(|_| full)?.col;
                Some((first, data.row.slots[label + 1].col == first))
            })
            .collect();
        let head = heads
            .iter()
            .find(|head| self.labels.col(&head.text, table) == Some(0))
            .map(|head| head.col)
            .filter(|col| labels().all(|(data, label)| data.row.slots[label].col < *col));
        let Some((first, _)) = whole.first().copied() else {
            return head.map_or(Start::Behind, Start::Column);
        };
        let same = whole.iter().filter(|(col, _)| *col == first).count();
        let behind = whole.iter().filter(|(_, behind)| *behind).count();
        if same == whole.len() && (behind < same || head == Some(first)) {
            Start::Column(first)
        } else if same == whole.len() {
            Start::Either(first)
        } else if same * 2 <= whole.len() {
            Start::Behind
        } else if behind * 2 < whole.len() {
            Start::Column(first)
        } else {
            Start::Either(first)
        }
    }

    /// Takes out a column that is blank in every row that has one value too many.
    fn drop_extra_column(&mut self, table: usize, rows: &mut [(&Data, Vec<Slot>)]) {
        let wanted = self.labels.form.tables[table].cols.len();
        let long: Vec<usize> = (0..rows.len())
            .filter(|row| rows[*row].1.len() == wanted + 1)
            .collect();
        if long.len() < 2 {
            return;
        }
        let blank: Vec<usize> = (0..=wanted)
            .filter(|col| long.iter().all(|row| rows[*row].1[*col].text.is_empty()))
            .collect();
        // Of blank columns side by side any may be the one too many.
        let beside = blank.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let Some(col) = blank.last().copied().filter(|_| beside) else {
            return;
        };
        let args = vec![
            ("table", self.table_name(table)),
            ("at", (col + 1).into()),
            ("count", long.len().into()),
        ];
        self.draft
            .note(rows[long[0]].0.row.place(), EXTRA_COLUMN.with(args));
        for row in long {
            rows[row].1.remove(col);
        }
    }

    /// The columns of the form in the order of the values.
    fn columns(
        &mut self,
        table: usize,
        rows: &[(&Data, Vec<Slot>)],
        heads: &[&Slot],
    ) -> Option<Vec<usize>> {
        let cols = self.labels.form.tables[table].cols;
        let official: Vec<usize> = (0..cols.len()).collect();
        let named = self.named(table, rows, heads);
        let found: Vec<usize> = named.iter().map(|(_, col)| *col).collect();
        let Some((first, _)) = rows.first() else {
            return Some(official);
        };
        let place = first.row.place();
        let name = self.table_name(table);
        if found.len() == cols.len() {
            if found != official {
                self.draft
                    .note(place, MOVED_COLUMNS.with(vec![("table", name)]));
            }
            return Some(found);
        }
        let as_many = rows.iter().all(|(_, slots)| slots.len() == found.len());
        // A few rows with as many values may lack them by chance.
        let many = rows.len() * 2 >= self.labels.form.tables[table].rows.len();
        if found.len() > 1 && as_many && many {
            let lacking = official
                .iter()
                .filter(|col| !found.contains(col))
                .map(|col| cols[*col].name.into())
                .collect();
            let args = vec![("table", name), ("cols", Arg::List(COMMA, lacking))];
            self.draft.note(place, FEWER_COLUMNS.with(args));
            return Some(found);
        }
        self.is_official(table, rows, heads, &named)
            .then_some(official)
    }

    /// The columns that heads name, each with its place, in the order of the values.
    fn named(
        &self,
        table: usize,
        rows: &[(&Data, Vec<Slot>)],
        heads: &[&Slot],
    ) -> Vec<(usize, usize)> {
        let cols = self.labels.form.tables[table].cols;
        let mut named: Vec<(usize, usize)> = Vec::new();
        for head in heads {
            let col = self.labels.col(&head.text, table);
            let new = col.filter(|col| named.iter().all(|(_, known)| known != col));
            named.extend(new.map(|col| (head.col, col)));
        }
        // Where the columns of heads and values are known and the same, they tell.
        let mut places: Vec<usize> = named.iter().map(|(place, _)| *place).collect();
        places.sort_unstable();
        let under = rows.iter().filter(|(_, slots)| {
            let cols = slots.iter().map(|slot| slot.col);
            cols.eq(places.iter().copied())
        });
        if under.count() * 2 > rows.len() && !are_scattered(heads) {
            named.sort_by_key(|(place, _)| *place);
        } else {
            // The total is printed on the right, although its head may come early.
            named.sort_by_key(|(_, col)| cols[*col].class == "total");
        }
        named
    }

    /// Whether the values stand in the form's order, as far as the heads that are known
    /// tell; says where they do not.
    fn is_official(
        &mut self,
        table: usize,
        rows: &[(&Data, Vec<Slot>)],
        heads: &[&Slot],
        named: &[(usize, usize)],
    ) -> bool {
        let cols = self.labels.form.tables[table].cols;
        let name = self.table_name(table);
        let place = rows
            .first()
            .map_or_else(Default::default, |(first, _)| first.row.place());
        // Heads that are known must stand where the form's order has them.
        let whole = rows.iter().filter(|(_, slots)| slots.len() == cols.len());
        let stands = |place: usize, slots: &[Slot]| slots.iter().position(|slot| slot.col == place);
        let over: Vec<(usize, usize)> = whole
            .flat_map(|(_, slots)| {
                let over = |(place, col): &(usize, usize)| Some((stands(*place, slots)?, *col));
                named.iter().filter_map(over).collect::<Vec<_>>()
            })
            .collect();
        let is_moved = over.iter().filter(|(at, col)| at != col).count() * 2 > over.len();
        let in_columns = heads.iter().any(|head| head.place.has_column());
        if cols.len() > 1 && in_columns && named.len() > 1 {
            let all_over = over.len() == named.len() * rows.len();
            if is_moved && all_over {
                self.draft
                    .note(place, LOST_HEADS.with(vec![("table", name)]));
                return false;
            }
        }
        let odd = heads
            .iter()
            .find(|head| !self.labels.is_printed(&head.text))
            .filter(|_| cols.len() > 1 && !named.is_empty());
        if let Some(head) = odd {
            let args = vec![("table", name), ("head", head.text.as_str().into())];
            self.draft.note(head.place.clone(), ODD_HEADS.with(args));
        } else if in_columns && named.len() > 1 && over.len() == named.len() * rows.len() {
            self.draft.note(place, NO_HEADS.with(vec![("table", name)]));
        }
        true
    }
}

/// Whether boxes stand on lines of their own, blank ones left out.
pub(super) fn are_scattered(slots: &[&Slot]) -> bool {
    let on_line = |slot: &&Slot| !slot.place.has_column() && !slot.text.is_empty();
    slots.iter().all(on_line) && slots.windows(2).all(|pair| pair[0].place != pair[1].place)
}

/// Whether an editor may have cut blank boxes at the end of a line: where other boxes
/// stand between label and values, the columns are fixed.
fn is_cut(data: &Data, slots: &[&Slot]) -> bool {
    let apart = slots.first().is_some_and(|slot| {
        let next = data.label.and_then(|label| data.row.slots.get(label + 1));
        next.is_some_and(|next| next.col < slot.col)
    });
    let even = slots.windows(2).all(|pair| pair[1].col == pair[0].col + 1);
    let on_lines = slots.len() > 1 && are_scattered(slots);
    apart && even && !on_lines
}

/// Whether only the first of some boxes is blank.
pub(super) fn is_slipped(slots: &[&Slot]) -> bool {
    let mut blank = slots.iter().map(|slot| slot.text.is_empty());
    slots.len() > 2 && blank.next() == Some(true) && blank.all(|blank| !blank)
}

/// The boxes from an index on, without blank ones at both ends.
pub(super) fn trimmed(slots: &[Slot], from: usize) -> &[Slot] {
    let slots = &slots[from.min(slots.len())..];
    let written = |slot: &Slot| !slot.text.is_empty();
    match (
        slots.iter().position(written),
        slots.iter().rposition(written),
    ) {
        (Some(first), Some(last)) => &slots[first..=last],
        _ => &[],
    }
}

/// The values of a row, without blank boxes behind the wanted number; the form
/// prints the first one `printed` columns behind the label.
fn values(data: &Data, start: Start, wanted: usize, printed: Option<usize>) -> Vec<Slot> {
    let slots = &data.row.slots;
    let behind = data.behind();
    let column = |col: usize| slots.partition_point(|slot| slot.col < col).max(behind);
    // A row that moved as a whole: as many values as there are columns, as far
    // from the label as they are printed, and nothing else.
    let written = trimmed(slots, behind);
    let whole = written.len() == wanted && written.iter().all(|slot| !slot.text.is_empty());
    let far = written.first().zip(data.label);
    let far = far.map(|(first, label)| first.col - slots[label].col);
    if whole && far.is_some() && far == printed {
        return written.to_vec();
    }
    let from = match start {
        // A value left of the columns: not to be dropped, so the count will not fit.
        Start::Column(col)
            if slots[behind..column(col)]
                .iter()
                .any(|slot| !slot.text.is_empty() && (behind > 0 || is_value(&slot.text))) =>
        {
            behind
        }
        Start::Column(col) => column(col),
        // Without a label, boxes without a value are its place and its group's.
        _ if data.label.is_none() => {
            let is_free = |slot: &&Slot| slot.text.is_empty() || !is_value(&slot.text);
            let leading = slots.iter().take_while(is_free);
            leading.count().min(slots.len().saturating_sub(wanted))
        }
        Start::Either(col)
            if slots.len() - behind != wanted && slots.len() - column(col) == wanted =>
        {
            column(col)
        }
        _ => behind,
    };
    let mut values = slots[from..].to_vec();
    while values.len() > wanted && values.last().is_some_and(|slot| slot.text.is_empty()) {
        values.pop();
    }
    values
}
