//! Made-up tables and made-up slips: what the accuracy of suspects is measured on.
//!
//! Tables are drawn around the row and column shares of four published ones, in
//! three sizes; slips are of the kinds of LOCALIZATION 5.1. Everything follows
//! from a seed.
//!
//! **Never:** lets the code under test say what is right.
//! Next: `tests/suspect_accuracy.rs` holds the floors, `benches/suspect.rs` the time.

use gouji::check::suspect::{Cell, ColClass, Evidence, Layout, RowClass, System, Value, find};

/// A generator of random numbers that is the same everywhere.
pub(crate) struct Rng(u64);

impl Rng {
    /// Starts from a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// From 0 up to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0
    }

    /// True this often.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.below(all.len())])
    }

    fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut at = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            at -= weight;
            if at < 0.0 {
                return index;
            }
        }
        weights.len() - 1
    }
}

/// How big a body is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    /// 1 to 50 requests.
    Bureau,
    /// 50 to 2,000.
    District,
    /// 2,000 to 100,000.
    City,
}

/// All families.
pub(crate) const FAMILIES: [Family; 3] = [Family::Bureau, Family::District, Family::City];

/// What went wrong, as in LOCALIZATION 5.1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// One keying error.
    S1,
    /// The same in a total.
    S1t,
    /// Two independent ones.
    D2,
    /// Three.
    T3,
    /// Four.
    Q4,
    /// Neighbours in a row exchanged.
    Swh,
    /// Neighbours in a column exchanged.
    Swv,
    /// One unit counted one column off.
    Mis,
    /// A segment of a column one row low.
    Shv,
    /// A row one column right.
    Shh,
    /// A part changed, five totals not.
    Stale,
    /// The same, and we saw the part being changed.
    StaleSeen,
    /// Totals never computed.
    Tots,
    /// Table 四.
    Lit,
    /// Nothing.
    Clean,
    /// What no identity can see.
    Mute,
    /// Blanks that the identities force.
    Blank,
}

/// The kinds that are errors, in the order of the specification.
pub(crate) const ERRORS: [Kind; 14] = [
    Kind::S1,
    Kind::S1t,
    Kind::D2,
    Kind::T3,
    Kind::Q4,
    Kind::Swh,
    Kind::Swv,
    Kind::Mis,
    Kind::Shv,
    Kind::Shh,
    Kind::Stale,
    Kind::StaleSeen,
    Kind::Tots,
    Kind::Lit,
];

/// One made-up table with what is wrong in it.
pub(crate) struct Case {
    /// The table as found.
    pub(crate) system: System,
    /// What else is known.
    pub(crate) evidence: Evidence,
    /// The changes that restore it, in the order of the cells.
    pub(crate) truth: Vec<(Cell, i64)>,
}

const KINDS: usize = 6;
const COLS: usize = KINDS + 1;

/// Outcomes of one published table, items then 四, and of its applicants.
struct Shares {
    rows: [f64; 22],
    cols: [f64; 6],
}

/// Four published tables of 2019 and 2024.
const PUBLISHED: [Shares; 4] = [
    Shares {
        rows: [
            1362., 454., 2., 31., 5., 6., 8., 12., 9., 105., 769., 11., 1., 62., 25., 0., 0., 1.,
            71., 6., 110., 103.,
        ],
        cols: [3001., 53., 0., 0., 61., 4.],
    },
    Shares {
        rows: [
            50., 9., 0., 0., 1., 0., 0., 1., 1., 0., 31., 1., 0., 1., 0., 0., 0., 0., 0., 0., 0.,
            0.,
        ],
        cols: [95., 0., 0., 0., 0., 0.],
    },
    Shares {
        rows: [
            272., 3., 14., 0., 0., 0., 5., 4., 0., 12., 265., 47., 25., 149., 9., 0., 0., 0., 0.,
            0., 0., 72.,
        ],
        cols: [821., 35., 0., 0., 2., 1.],
    },
    Shares {
        rows: [
            1., 1., 0., 1., 0., 0., 2., 0., 0., 1., 2., 0., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0.,
        ],
        cols: [7., 1., 0., 0., 0., 1.],
    },
];

/// A consistent table of section 三 with 21 or 19 items.
struct Table {
    items: usize,
    cells: Vec<[i64; COLS]>,
}

impl Table {
    fn draw(rng: &mut Rng, family: Family) -> Self {
        let items = if rng.chance(0.15) { 19 } else { 21 };
        let shares = &PUBLISHED[rng.below(PUBLISHED.len())];
        let mut around = |shares: &[f64], floor: f64| {
            let sum: f64 = shares.iter().sum();
            let blur =
                |&share: &f64| (share / sum + floor * rng.unit()) * (0.7 * rng.normal()).exp();
            shares.iter().map(blur).collect::<Vec<f64>>()
        };
        let mut rows = around(&shares.rows, 0.01);
        let cols = around(&shares.cols, 0.01);
        if items == 19 {
            rows[18] += rows[19] + rows[20];
            rows.drain(19..21);
        }
        let (low, high): (f64, f64) = match family {
            Family::Bureau => (1.0, 50.0),
            Family::District => (50.0, 2_000.0),
            Family::City => (2_000.0, 100_000.0),
        };
        let requests = (low.ln() + rng.unit() * (high / low).ln()).exp().round();
        let mut ends = vec![[0i64; KINDS]; items + 1];
        if requests < 3_000.0 {
            for _ in 0..count(requests) {
                ends[rng.weighted(&rows)][rng.weighted(&cols)] += 1;
            }
        } else {
            let (all_rows, all_cols) = (rows.iter().sum::<f64>(), cols.iter().sum::<f64>());
            for (row, row_share) in rows.iter().enumerate() {
                for (col, col_share) in cols.iter().enumerate() {
                    let mean = requests * row_share / all_rows * col_share / all_cols;
                    let drawn = mean + mean.sqrt() * rng.normal();
                    ends[row][col] = count(drawn.max(0.0));
                }
            }
        }
        let carried = 0.06 * rng.unit();
        let mut cells = vec![[0i64; COLS]; items + 4];
        for col in 0..KINDS {
            let out = ends[items][col];
            let processed: i64 = ends[..items].iter().map(|row| row[col]).sum();
            let before = match processed + out {
                few @ ..3_000 => (0..few).map(|_| i64::from(rng.chance(carried))).sum(),
                many => many / 30,
            };
            cells[0][col] = processed + out - before;
            cells[1][col] = before;
            for row in 0..items {
                cells[row + 2][col] = ends[row][col];
            }
            cells[items + 2][col] = processed;
            cells[items + 3][col] = out;
        }
        for row in &mut cells {
            row[KINDS] = row[..KINDS].iter().sum();
        }
        Self { items, cells }
    }

    fn total_row(&self) -> usize {
        self.items + 2
    }

    fn is_total(&self, (row, col): Cell) -> bool {
        row == self.total_row() || col == KINDS
    }

    fn all(&self) -> impl Iterator<Item = Cell> + use<> {
        (0..self.items + 4).flat_map(|row| (0..COLS).map(move |col| (row, col)))
    }

    fn at(&self, (row, col): Cell) -> i64 {
        self.cells[row][col]
    }

    fn holds(&self) -> bool {
        let items = 2..self.total_row();
        self.cells
            .iter()
            .all(|row| row[..KINDS].iter().sum::<i64>() == row[KINDS])
            && (0..COLS).all(|col| {
                let total = self.cells[self.total_row()][col];
                self.cells[0][col] + self.cells[1][col] == total + self.cells[self.items + 3][col]
                    && items.clone().map(|row| self.cells[row][col]).sum::<i64>() == total
            })
    }
}

fn count(number: f64) -> i64 {
    format!("{number:.0}").parse().unwrap()
}

/// The layout of section 三 with so many items.
pub(crate) fn table3(items: usize) -> Layout {
    let mut rows = vec![RowClass::In, RowClass::In];
    rows.extend(vec![RowClass::Item; items]);
    rows.extend([RowClass::Total, RowClass::Out]);
    let mut cols = vec![ColClass::Kind; KINDS];
    cols.push(ColClass::Total);
    Layout::new(rows, cols).unwrap()
}

/// The layout of section 四.
pub(crate) fn table4() -> Layout {
    let mut cols = vec![ColClass::Kind; 4];
    cols.push(ColClass::Total);
    Layout::new(vec![RowClass::Alone; 3], cols).unwrap()
}

/// One mistyped version of a number, or nothing when the slip does not apply.
fn mistype(rng: &mut Rng, truth: i64) -> Option<i64> {
    let mut digits = truth.to_string().into_bytes();
    let at = rng.below(digits.len());
    match rng.weighted(&[22., 14., 12., 14., 5., 6., 6., 10., 8., 3.]) {
        0 => {
            const NEAR: [&str; 10] = [
                "912", "024", "0135", "246", "1357", "2468", "3579", "468", "579", "068",
            ];
            let near = NEAR[usize::from(digits[at] - b'0')].as_bytes();
            digits[at] = rng.pick(near)?;
        }
        1 => {
            digits.remove(at);
        }
        2 => digits.insert(at, digits[at]),
        3 => {
            if at + 1 == digits.len() {
                return None;
            }
            digits.swap(at, at + 1);
        }
        4 => digits.insert(at, b'0' + u8::try_from(rng.below(10)).unwrap()),
        5 => {
            const ALIKE: [&str; 10] = ["68", "7", "", "8", "9", "6", "058", "1", "036", "4"];
            digits[at] = rng.pick(ALIKE[usize::from(digits[at] - b'0')].as_bytes())?;
        }
        6 => digits[at] = b'0' + u8::try_from(rng.below(10)).unwrap(),
        7 => return Some(0),
        8 => {
            let by = i64::try_from(1 + rng.below(3)).unwrap();
            return Some(if rng.chance(0.5) {
                truth + by
            } else {
                truth - by
            });
        }
        _ => return Some(i64::try_from(rng.below(1_000)).unwrap()),
    }
    String::from_utf8(digits).unwrap().parse().ok()
}

fn mistyped(rng: &mut Rng, truth: i64) -> i64 {
    loop {
        if let Some(seen) = mistype(rng, truth)
            && seen != truth
            && seen >= 0
        {
            return seen;
        }
    }
}

/// 80 in 100 fall on a cell that is not zero.
fn keyed_cell(rng: &mut Rng, table: &Table, wanted: impl Fn(Cell) -> bool) -> Option<Cell> {
    let nonzero = rng.chance(0.8);
    let cells: Vec<_> = table
        .all()
        .filter(|&cell| wanted(cell) && (table.at(cell) != 0) == nonzero)
        .collect();
    rng.pick(&cells)
}

/// Draws one case; a table on which the slip cannot happen is drawn anew.
pub(crate) fn case(rng: &mut Rng, kind: Kind, family: Family) -> Case {
    loop {
        let drawn = match kind {
            Kind::Lit => Some(litigation(rng, family)),
            Kind::Blank => Some(blanks(rng, family)),
            _ => slip(rng, kind, family),
        };
        if let Some(case) = drawn {
            return case;
        }
    }
}

fn slip(rng: &mut Rng, kind: Kind, family: Family) -> Option<Case> {
    let mut truth = Table::draw(rng, family);
    let mut seen = Table {
        items: truth.items,
        cells: truth.cells.clone(),
    };
    let mut evidence = Evidence {
        usual: usual(truth.items),
        ..Evidence::default()
    };
    match kind {
        Kind::S1 => spoil(rng, &truth, &mut seen, 1, |cell| !truth.is_total(cell))?,
        Kind::S1t => spoil(rng, &truth, &mut seen, 1, |cell| truth.is_total(cell))?,
        Kind::D2 => spoil(rng, &truth, &mut seen, 2, |_| true)?,
        Kind::T3 => spoil(rng, &truth, &mut seen, 3, |_| true)?,
        Kind::Q4 => spoil(rng, &truth, &mut seen, 4, |_| true)?,
        Kind::Swh => exchange(rng, &mut seen, (0, 1))?,
        Kind::Swv => exchange(rng, &mut seen, (1, 0))?,
        Kind::Mis => misfile(rng, &mut seen)?,
        Kind::Shv => {
            shift_down(rng, &mut seen);
            (differences(&truth, &seen).len() >= 3).then_some(())?;
        }
        Kind::Shh => {
            let row = rng.below(truth.items + 4);
            let width = if rng.chance(0.5) { COLS } else { KINDS };
            seen.cells[row][..width].rotate_right(1);
        }
        Kind::Stale => drop(stale(rng, &mut truth, &mut seen)?),
        Kind::StaleSeen => evidence.edited.push(stale(rng, &mut truth, &mut seen)?),
        Kind::Tots => {
            for cell in truth.all().filter(|&cell| truth.is_total(cell)) {
                seen.cells[cell.0][cell.1] = 0;
            }
            (differences(&truth, &seen).len() >= 3).then_some(())?;
        }
        Kind::Mute => mute(rng, &mut seen)?,
        Kind::Clean => {}
        Kind::Lit | Kind::Blank => return None,
    }
    assert!(truth.holds());
    let mut differs = differences(&truth, &seen);
    match kind {
        Kind::Clean => {}
        Kind::Mute => differs.clear(),
        // What no identity can see is not an error of the other kinds.
        _ if seen.holds() => return None,
        _ => {}
    }
    let values: Vec<_> = seen
        .cells
        .iter()
        .flatten()
        .map(|&value| Value::Count(value))
        .collect();
    let system = System::new(table3(truth.items), &values).unwrap();
    Some(Case {
        system,
        evidence,
        truth: differs,
    })
}

/// Exchanges two different neighbours, one step apart; items only when down a column.
fn exchange(rng: &mut Rng, seen: &mut Table, (down, right): Cell) -> Option<()> {
    let rows = if down > 0 {
        2..seen.total_row() - 1
    } else {
        0..seen.items + 4
    };
    let pairs: Vec<_> = (seen.all())
        .filter(|&(row, col)| rows.contains(&row) && col + right < COLS)
        .filter(|&(row, col)| seen.at((row, col)) != seen.at((row + down, col + right)))
        .collect();
    let (row, col) = rng.pick(&pairs)?;
    let value = seen.at((row, col));
    seen.cells[row][col] = seen.at((row + down, col + right));
    seen.cells[row + down][col + right] = value;
    Some(())
}

/// Counts one request, any of them, one column off.
fn misfile(rng: &mut Rng, seen: &mut Table) -> Option<()> {
    let items = 2..seen.total_row();
    let parts: Vec<_> = seen
        .all()
        .filter(|&(row, col)| items.contains(&row) && col < KINDS)
        .collect();
    let weight = |&cell: &Cell| seen.at(cell).to_string().parse::<f64>().unwrap();
    let weights: Vec<_> = parts.iter().map(weight).collect();
    if weights.iter().all(|&weight| weight == 0.0) {
        return None;
    }
    let (row, col) = parts[rng.weighted(&weights)];
    let to_the_right = col == 0 || (col + 1 < KINDS && rng.chance(0.5));
    seen.cells[row][col] -= 1;
    seen.cells[row][if to_the_right { col + 1 } else { col - 1 }] += 1;
    Some(())
}

/// Moves a segment of items one row down; the last comes first.
fn shift_down(rng: &mut Rng, seen: &mut Table) {
    let col = rng.below(COLS);
    let length = 3 + rng.below(6);
    let first = 2 + rng.below(seen.items - length);
    let segment: Vec<_> = (first..first + length)
        .map(|row| seen.at((row, col)))
        .collect();
    for (offset, &value) in segment.iter().enumerate() {
        seen.cells[first + (offset + 1) % length][col] = value;
    }
}

/// Changes a part; what depends on it follows in `truth` only.
fn stale(rng: &mut Rng, truth: &mut Table, seen: &mut Table) -> Option<Cell> {
    let total = truth.total_row();
    let cell = keyed_cell(rng, truth, |(row, col)| {
        (2..total).contains(&row) && col < KINDS
    })?;
    let by = mistyped(rng, truth.at(cell)) - truth.at(cell);
    let follow = [
        (0, cell.1),
        (0, KINDS),
        (cell.0, KINDS),
        (total, cell.1),
        (total, KINDS),
    ];
    for (row, col) in [cell].into_iter().chain(follow) {
        truth.cells[row][col] += by;
    }
    seen.cells[cell.0][cell.1] += by;
    truth
        .cells
        .iter()
        .flatten()
        .all(|&value| value >= 0)
        .then_some(cell)
}

fn spoil(
    rng: &mut Rng,
    truth: &Table,
    seen: &mut Table,
    cells: usize,
    wanted: impl Fn(Cell) -> bool,
) -> Option<()> {
    let mut done = Vec::new();
    while done.len() < cells {
        let cell = keyed_cell(rng, truth, |cell| wanted(cell) && !done.contains(&cell))?;
        seen.cells[cell.0][cell.1] = mistyped(rng, truth.at(cell));
        done.push(cell);
    }
    Some(())
}

fn differences(truth: &Table, seen: &Table) -> Vec<(Cell, i64)> {
    let differs = truth.all().filter(|&cell| truth.at(cell) != seen.at(cell));
    differs.map(|cell| (cell, truth.at(cell))).collect()
}

/// Two item rows exchanged whole, a rectangle of ones, or a case misfiled all along.
fn mute(rng: &mut Rng, seen: &mut Table) -> Option<()> {
    let first = 2 + rng.below(seen.items);
    let second = 2 + rng.below(seen.items);
    let (left, right) = (rng.below(KINDS), rng.below(KINDS));
    match rng.below(3) {
        0 => seen.cells.swap(first, second),
        1 => {
            for (row, col, by) in [
                (first, left, 1),
                (second, right, 1),
                (first, right, -1),
                (second, left, -1),
            ] {
                seen.cells[row][col] += by;
            }
        }
        _ => {
            let total_row = seen.total_row();
            for row in [0, first, total_row] {
                seen.cells[row][left] += 1;
                seen.cells[row][right] -= 1;
            }
        }
    }
    seen.cells
        .iter()
        .flatten()
        .all(|&value| value >= 0)
        .then_some(())
}

/// Table 四: a total left at 0, or one number mistyped.
fn litigation(rng: &mut Rng, family: Family) -> Case {
    let scale = match family {
        Family::Bureau => 2.0,
        Family::District => 8.0,
        Family::City => 60.0,
    };
    let mut cells = [[0i64; 5]; 3];
    for (block, share) in cells.iter_mut().zip([1.0, 0.5, 0.4]) {
        let size = scale * share * (0.8 * rng.normal()).exp();
        for (part, share) in [0.55, 0.12, 0.23, 0.10].into_iter().enumerate() {
            let mean: f64 = size * share * (0.5 * rng.normal()).exp();
            // A Poisson draw, which the many zeros of small bodies need.
            let (mut left, mut drawn) = (rng.unit(), -1i64);
            let mut term = (-mean).exp();
            while left >= 0.0 && drawn < 400 {
                drawn += 1;
                left -= term;
                term *= mean / f64::from(i32::try_from(drawn + 1).unwrap());
            }
            block[part] = drawn;
        }
        block[4] = block[..4].iter().sum();
    }
    let mut seen = cells;
    let filled: Vec<_> = (0..3).filter(|&row| cells[row][4] > 0).collect();
    let unfilled = rng.chance(0.4);
    match rng.pick(&filled) {
        Some(row) if unfilled => seen[row][4] = 0,
        _ => {
            let nonzero = rng.chance(0.8) && !filled.is_empty();
            let all = (0..3).flat_map(|row| (0..5).map(move |col| (row, col)));
            let wanted: Vec<_> = all
                .filter(|&(row, col)| (cells[row][col] != 0) == nonzero)
                .collect();
            let (row, col) = rng.pick(&wanted).unwrap_or((0, 0));
            seen[row][col] = mistyped(rng, cells[row][col]);
        }
    }
    let all = (0..3).flat_map(|row| (0..5).map(move |col| (row, col)));
    let truth = all
        .filter(|&(row, col)| cells[row][col] != seen[row][col])
        .map(|(row, col)| ((row, col), cells[row][col]))
        .collect();
    let values: Vec<_> = seen
        .iter()
        .flatten()
        .map(|&value| Value::Count(value))
        .collect();
    let system = System::new(table4(), &values).unwrap();
    let evidence = Evidence {
        usual: vec![60, 8, 22, 10, 0],
        ..Evidence::default()
    };
    Case {
        system,
        evidence,
        truth,
    }
}

/// A correct table with blanks that have only one possible value.
fn blanks(rng: &mut Rng, family: Family) -> Case {
    let table = Table::draw(rng, family);
    let style = rng.below(4);
    let few: Vec<Cell> = {
        let all: Vec<_> = table.all().collect();
        let three = [
            rng.below(all.len()),
            rng.below(all.len()),
            rng.below(all.len()),
        ];
        three.map(|at| all[at]).to_vec()
    };
    let row = rng.below(table.items + 4);
    let is_blank = |cell: Cell| match style {
        // Zeros left blank throughout.
        0 => table.at(cell) == 0,
        // Zeros of the parts left blank.
        1 => table.at(cell) == 0 && !table.is_total(cell),
        // A few cells, too few for a rectangle.
        2 => few.contains(&cell),
        // A whole row lost.
        _ => cell.0 == row,
    };
    let blank: Vec<_> = table.all().filter(|&cell| is_blank(cell)).collect();
    let value = |cell| {
        if blank.contains(&cell) {
            Value::Blank
        } else {
            Value::Count(table.at(cell))
        }
    };
    let values: Vec<_> = table.all().map(value).collect();
    let system = System::new(table3(table.items), &values).unwrap();
    let truth = forced(&table, &blank);
    Case {
        system,
        evidence: Evidence::default(),
        truth,
    }
}

/// The blanks with one possible value: intervals narrowed line by line.
fn forced(table: &Table, blank: &[Cell]) -> Vec<(Cell, i64)> {
    let all: i64 = 2 * table.cells.iter().flatten().sum::<i64>() + 2;
    let mut low = table.cells.clone();
    let mut high = table.cells.clone();
    for &(row, col) in blank {
        (low[row][col], high[row][col]) = (0, all);
    }
    // Every line as cells with signs whose sum is 0.
    let mut lines: Vec<Vec<(Cell, i64)>> = Vec::new();
    for row in 0..table.items + 4 {
        lines.push(
            (0..COLS)
                .map(|col| ((row, col), if col == KINDS { -1 } else { 1 }))
                .collect(),
        );
    }
    let total = table.total_row();
    for col in 0..COLS {
        lines.push(
            [(0, 1), (1, 1), (total, -1), (total + 1, -1)]
                .map(|(row, by)| ((row, col), by))
                .to_vec(),
        );
        lines.push(
            (2..=total)
                .map(|row| ((row, col), if row == total { -1 } else { 1 }))
                .collect(),
        );
    }
    let mut narrowed = true;
    while narrowed {
        narrowed = false;
        for line in &lines {
            for &(cell, sign) in line {
                let others = || line.iter().filter(|(other, _)| *other != cell);
                let end = |&((row, col), by): &(Cell, i64), upper: bool| {
                    by * if upper == (by > 0) {
                        high[row][col]
                    } else {
                        low[row][col]
                    }
                };
                let most: i64 = -others().map(|other| end(other, false)).sum::<i64>();
                let least: i64 = -others().map(|other| end(other, true)).sum::<i64>();
                let (least, most) = if sign > 0 {
                    (least, most)
                } else {
                    (-most, -least)
                };
                let (row, col) = cell;
                narrowed |= least > low[row][col] || most < high[row][col];
                low[row][col] = low[row][col].max(least);
                high[row][col] = high[row][col].min(most);
            }
        }
    }
    let single = blank
        .iter()
        .filter(|&&(row, col)| low[row][col] == high[row][col]);
    single.map(|&cell| (cell, table.at(cell))).collect()
}

/// How common each row of section 三 is, per 10,000 requests in published tables.
fn usual(items: usize) -> Vec<u32> {
    let rows = PUBLISHED_USUAL;
    let mut usual = vec![0, 0];
    if items == 19 {
        usual.extend(&rows[..18]);
        usual.push(rows[18..].iter().sum());
    } else {
        usual.extend(rows);
    }
    usual
}

/// The mean of the shares of the published tables, smoothed.
const PUBLISHED_USUAL: [u32; 21] = [
    3400, 800, 60, 250, 40, 30, 400, 60, 40, 350, 2600, 250, 90, 550, 60, 10, 10, 200, 80, 30, 150,
];

/// The kinds of the held-out file in a likely split: 713 errors of 795 cases.
pub(crate) const HELD_OUT: [(Kind, usize); 14] = [
    (Kind::S1, 101),
    (Kind::S1t, 50),
    (Kind::D2, 60),
    (Kind::T3, 60),
    (Kind::Q4, 15),
    (Kind::Swh, 60),
    (Kind::Swv, 60),
    (Kind::Mis, 45),
    (Kind::Shv, 60),
    (Kind::Shh, 60),
    (Kind::Stale, 30),
    (Kind::StaleSeen, 37),
    (Kind::Tots, 30),
    (Kind::Lit, 45),
];

/// The place of the true repair in the list, from 0.
pub(crate) fn place(case: &Case) -> Option<usize> {
    let findings = find(&case.system, &case.evidence);
    let [finding] = &findings.findings[..] else {
        return None;
    };
    finding.readings.iter().position(|reading| {
        let edits: Vec<(Cell, i64)> = reading
            .edits
            .iter()
            .map(|edit| (edit.cell, edit.to))
            .collect();
        edits == case.truth
    })
}

/// How many true repairs stand among the first ones of their lists.
pub(crate) fn within(places: &[(Kind, Option<usize>)], most: usize) -> usize {
    let found = places
        .iter()
        .filter(|(_, place)| place.is_some_and(|at| at < most));
    found.count()
}

/// Cases of these kinds, a third of each family.
pub(crate) fn places(seed: u64, mix: &[(Kind, usize)]) -> Vec<(Kind, Option<usize>)> {
    let mut rng = Rng::new(seed);
    let kinds = mix
        .iter()
        .flat_map(|&(kind, cases)| std::iter::repeat_n(kind, cases));
    let drawn = kinds
        .enumerate()
        .map(|(at, kind)| (kind, place(&case(&mut rng, kind, FAMILIES[at % 3]))));
    drawn.collect()
}
