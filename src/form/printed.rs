//! The tables as the form prints them: every box with its spans.
//!
//! One printed table is what stands under one prefix; its boxes hold labels or
//! cells. Writers of documents walk this and nothing else, so that a merge is
//! declared once, by `Layout` and the labels of the form.
//!
//! **Never:** knows a number that a report holds, or how a format says a span.
//! Next: `form` for what is printed, `format` for who writes it.

use super::{CellId, Form, Layout, Line, Table};

/// A table as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// First part of the paths of its cells.
    pub prefix: &'static str,
    /// Widths of the columns of its grid, in twips.
    pub grid: &'static [u16],
    /// How many rows at its top are repeated where it runs over a page.
    pub heads: usize,
    /// Its rows of print; what a box above or to the left covers is left out.
    pub rows: Vec<Vec<PrintedBox>>,
}

/// A box of a printed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedBox {
    /// The first column of the grid it takes.
    pub at: usize,
    /// How many columns of the grid it takes.
    pub cols: usize,
    /// How many rows of print it takes.
    pub rows: usize,
    /// Content stands in it.
    pub content: Content,
}

/// Content stands in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The heading of all that stands below, over the whole width.
    Title(&'static str),
    /// The head of the columns below it.
    Head(&'static str),
    /// The label of the rows beside it.
    Label(&'static str),
    /// A number of the report.
    Cell(CellId),
}

/// The printed tables of a form, in order.
#[must_use]
pub fn printed(form: &'static Form) -> Vec<Printed> {
    let prefixes = form.prefixes().into_iter();
    prefixes
        .map(|prefix| {
            let tables: Vec<_> = form.tables_of(prefix).map(|at| &form.tables[at]).collect();
            let (rows, heads) = match tables[0].layout {
                Layout::Block(_) => (tables.iter().flat_map(|table| block(table)).collect(), 0),
                Layout::Matrix => (matrix(tables[0]), 3),
                Layout::OneRow => (one_row(tables[0]), 3),
            };
            Printed {
                prefix,
                grid: tables[0].grid,
                heads,
                rows,
            }
        })
        .collect()
}

/// Boxes of a row, set down from left to right.
struct Row {
    boxes: Vec<PrintedBox>,
    next: usize,
}

impl Row {
    /// A row whose first columns are covered by boxes from above.
    const fn from(next: usize) -> Self {
        Row {
            boxes: Vec::new(),
            next,
        }
    }

    /// One more box, so many columns and rows large.
    fn push(&mut self, cols: usize, rows: usize, content: Content) {
        self.boxes.push(PrintedBox {
            at: self.next,
            cols,
            rows,
            content,
        });
        self.next += cols;
    }

    /// A number for every column of a row of the form.
    fn cells(mut self, table: &Table, row: usize) -> Vec<PrintedBox> {
        for col in 0..table.cols.len() {
            self.push(1, 1, Content::Cell(table.cell(row, col)));
        }
        self.boxes
    }
}

/// ```text
/// |        title          |
/// | printed | col   | col |
/// | row     | _     | _   |
/// ```
fn block(table: &Table) -> Vec<Vec<PrintedBox>> {
    let Layout::Block(spans) = table.layout else {
        return Vec::new();
    };
    let span = |at: usize| usize::from(spans[at]);
    let mut title = Row::from(0);
    title.push(table.grid.len(), 1, Content::Title(table.title));
    let mut heads = Row::from(0);
    heads.push(span(0), 1, Content::Head(table.printed[0]));
    for (col, line) in table.cols.iter().enumerate() {
        heads.push(span(col + 1), 1, Content::Head(line.label));
    }
    let mut rows = vec![title.boxes, heads.boxes];
    for (row, line) in table.rows.iter().enumerate() {
        let mut boxes = Row::from(0);
        boxes.push(span(0), 1, Content::Label(line.label));
        for col in 0..table.cols.len() {
            boxes.push(span(col + 1), 1, Content::Cell(table.cell(row, col)));
        }
        rows.push(boxes.boxes);
    }
    rows
}

/// ```text
/// |                       |       申请人情况       |
/// |        corner         |     | 法人或其他组织 |     |
/// |                       | col | col | col | col | col |
/// | row                   |  _  |  _  |  _  |  _  |  _  |
/// |         | row         |  _  |  _  |  _  |  _  |  _  |
/// | results | group | row |  _  |  _  |  _  |  _  |  _  |
/// |         |       | row |  _  |  _  |  _  |  _  |  _  |
/// |         | total       |  _  |  _  |  _  |  _  |  _  |
/// | row                   |  _  |  _  |  _  |  _  |  _  |
/// ```
fn matrix(table: &Table) -> Vec<Vec<PrintedBox>> {
    let &[corner, over, bodies, results] = table.printed else {
        return Vec::new();
    };
    let labels = table.grid.len() - table.cols.len();
    let last = table.cols.len() - 1;
    let (first_col, last_col) = (&table.cols[0], &table.cols[last]);
    let mut top = Row::from(0);
    top.push(labels, 3, Content::Head(corner));
    top.push(table.cols.len(), 1, Content::Head(over));
    let mut middle = Row::from(labels);
    middle.push(1, 2, Content::Head(first_col.label));
    middle.push(last - 1, 1, Content::Head(bodies));
    middle.push(1, 2, Content::Head(last_col.label));
    let mut bottom = Row::from(labels + 1);
    for col in &table.cols[1..last] {
        bottom.push(1, 1, Content::Head(col.label));
    }
    let is_item = |line: &Line| line.class == "item";
    let first_item = table.rows.iter().position(is_item).unwrap_or(0);
    // The results end with their total.
    let total = table.rows.iter().rposition(is_item).unwrap_or(0) + 1;
    let mut rows = vec![top.boxes, middle.boxes, bottom.boxes];
    for (row, line) in table.rows.iter().enumerate() {
        if row < first_item || row > total {
            let mut boxes = Row::from(0);
            boxes.push(labels, 1, Content::Label(line.label));
            rows.push(boxes.cells(table, row));
            continue;
        }
        let mut boxes = Row::from(1);
        if row == first_item {
            boxes.next = 0;
            boxes.push(1, total - first_item + 1, Content::Label(results));
        }
        let group = table.groups.iter().find(|group| group.key == line.group);
        match group.filter(|group| !group.label.is_empty()) {
            Some(group) => {
                if table.rows[row - 1].group == line.group {
                    boxes.next += 1;
                } else {
                    let lines = table.rows.iter().filter(|of| of.group == line.group);
                    boxes.push(1, lines.count(), Content::Label(group.label));
                }
                boxes.push(labels - 2, 1, Content::Label(line.label));
            }
            None => boxes.push(labels - 1, 1, Content::Label(line.label)),
        }
        rows.push(boxes.cells(table, row));
    }
    rows
}

/// ```text
/// |       row       |           printed             |
/// | col | col | col |     row       |     row       |
/// |     |     |     | col| col | col| col| col | col|
/// |  _  |  _  |  _  | _  |  _  | _  | _  |  _  | _  |
/// ```
fn one_row(table: &Table) -> Vec<Vec<PrintedBox>> {
    let width = table.cols.len();
    let mut rows = [Row::from(0), Row::from(0), Row::from(width), Row::from(0)];
    for (row, line) in table.rows.iter().enumerate() {
        let is_first = row == 0;
        match row {
            0 => rows[0].push(width, 1, Content::Head(line.label)),
            1 => {
                let others = (table.rows.len() - 1) * width;
                rows[0].push(others, 1, Content::Head(table.printed[0]));
            }
            _ => {}
        }
        if !is_first {
            rows[1].push(width, 1, Content::Head(line.label));
        }
        for (col, head) in table.cols.iter().enumerate() {
            let (heads, high) = if is_first { (1, 2) } else { (2, 1) };
            rows[heads].push(1, high, Content::Head(head.label));
            rows[3].push(1, 1, Content::Cell(table.cell(row, col)));
        }
    }
    rows.into_iter().map(|row| row.boxes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::FORMS;

    /// A box as OFFICIAL writes it: the text, then the spans where not 1 x 1.
    fn said(of: &PrintedBox) -> String {
        let text = match of.content {
            Content::Title(text) | Content::Head(text) | Content::Label(text) => text,
            Content::Cell(_) => "_",
        };
        match (of.cols, of.rows) {
            (1, 1) => text.to_owned(),
            (cols, rows) => format!("{text} [{cols} x {rows}]"),
        }
    }

    fn lines(table: &Printed) -> Vec<String> {
        let rows = table.rows.iter();
        rows.map(|row| row.iter().map(said).collect::<Vec<_>>().join(" · "))
            .collect()
    }

    #[test]
    fn every_box_of_every_grid_is_taken_once_and_every_cell_is_printed() {
        for form in FORMS {
            let mut cells: Vec<CellId> = Vec::new();
            for table in printed(form) {
                let mut taken = vec![vec![0; table.grid.len()]; table.rows.len()];
                for (at, row) in table.rows.iter().enumerate() {
                    for piece in row {
                        for line in &mut taken[at..at + piece.rows] {
                            for column in &mut line[piece.at..piece.at + piece.cols] {
                                *column += 1;
                            }
                        }
                        if let Content::Cell(cell) = piece.content {
                            cells.push(cell);
                        }
                    }
                }
                assert!(taken.iter().flatten().all(|times| *times == 1), "{form:?}");
            }
            cells.sort();
            assert_eq!(cells, form.cells().collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_merges_are_those_of_the_official_form() {
        let tables = printed(crate::form::current());
        let t2 = lines(&tables[0]);
        assert_eq!(t2.len(), 14);
        assert_eq!(t2[0], "第二十条第（一）项 [4 x 1]");
        assert_eq!(
            t2[1],
            "信息内容 · 本年制发件数 · 本年废止件数 · 现行有效件数"
        );
        assert_eq!(t2[2], "规章 · _ · _ · _");
        assert_eq!(t2[8], "信息内容 · 本年处理决定数量 [3 x 1]");
        assert_eq!(t2[13], "行政事业性收费 · _ [3 x 1]");
        let t3 = lines(&tables[1]);
        assert_eq!((t3.len(), tables[1].heads), (28, 3));
        assert_eq!(
            t3[0],
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） [3 x 3] · 申请人情况 [7 x 1]"
        );
        assert_eq!(
            t3[1],
            "自然人 [1 x 2] · 法人或其他组织 [5 x 1] · 总计 [1 x 2]"
        );
        assert_eq!(
            t3[2],
            "商业企业 · 科研机构 · 社会公益组织 · 法律服务机构 · 其他"
        );
        let seven = " · _".repeat(7);
        let starts = |line: usize, text: &str| assert_eq!(t3[line - 1], format!("{text}{seven}"));
        starts(4, "一、本年新收政府信息公开申请数量 [3 x 1]");
        starts(6, "三、本年度办理结果 [1 x 22] · （一）予以公开 [2 x 1]");
        starts(8, "（三）不予公开 [1 x 8] · 1.属于国家秘密");
        starts(9, "2.其他法律行政法规禁止公开");
        starts(16, "（四）无法提供 [1 x 3] · 1.本机关不掌握相关政府信息");
        starts(19, "（五）不予处理 [1 x 5] · 1.信访举报投诉类申请");
        starts(
            24,
            "（六）其他处理 [1 x 3] · 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        );
        starts(27, "（七）总计 [2 x 1]");
        starts(28, "四、结转下年度继续办理 [3 x 1]");
        let t4 = lines(&tables[2]);
        assert_eq!((t4.len(), tables[2].heads), (4, 3));
        assert_eq!(t4[0], "行政复议 [5 x 1] · 行政诉讼 [10 x 1]");
        assert_eq!(
            t4[1],
            "结果维持 [1 x 2] · 结果纠正 [1 x 2] · 其他结果 [1 x 2] · 尚未审结 [1 x 2] · 总计 [1 x 2] · 未经复议直接起诉 [5 x 1] · 复议后起诉 [5 x 1]"
        );
        assert_eq!(t4[3], ["_"; 15].join(" · "));
        let total = |table: &Printed| table.grid.iter().copied().sum::<u16>();
        assert_eq!(
            tables.iter().map(total).collect::<Vec<_>>(),
            [9740, 9741, 9743]
        );
    }

    #[test]
    fn the_form_of_2019_prints_six_as_one_row() {
        let tables = printed(crate::form::by_key("2019").expect("a form"));
        let t2 = lines(&tables[0]);
        assert_eq!(t2.len(), 18);
        assert_eq!(t2[2], "规章 · _ · _ [2 x 1] · _");
        assert_eq!(
            t2[5],
            "信息内容 · 上一年项目数量 [2 x 1] · 本年增/减 · 处理决定数量"
        );
        assert_eq!(t2[17], "政府集中采购 · _ [2 x 1] · _ [2 x 1]");
        let t3 = lines(&tables[1]);
        assert_eq!(t3.len(), 26);
        assert!(t3[5].starts_with("三、本年度办理结果 [1 x 20] · （一）予以公开 [2 x 1]"));
        assert!(t3[23].starts_with("（六）其他处理 [2 x 1]"));
    }
}
