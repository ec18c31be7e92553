//! A workbook opened as a spreadsheet would: values, formulas, and their results
//! computed anew by a small evaluator of what our formulas use.

#![allow(dead_code, reason = "every target uses its own part")]

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

type Place = (u32, u32);

/// What a box holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Held {
    Blank,
    Number(f64),
    Text(String),
    Truth(bool),
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) values: BTreeMap<Place, Held>,
    pub(crate) formulas: BTreeMap<Place, String>,
}

pub(crate) fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

pub(crate) fn grid(bytes: &[u8], name: &str) -> Grid {
    let mut book = open(bytes);
    let values = book.worksheet_range(name).expect("a sheet");
    let formulas = book.worksheet_formula(name).expect("a sheet");
    let mut grid = Grid::default();
    let start = values.start().unwrap_or_default();
    for (row, col, data) in values.used_cells() {
        let held = match data {
            Data::Float(number) => Held::Number(*number),
            Data::Int(number) => Held::Number(f64::from(i32::try_from(*number).expect("small"))),
            Data::Bool(truth) => Held::Truth(*truth),
            other => Held::Text(other.to_string()),
        };
        grid.values.insert(place(start, row, col), held);
    }
    let start = formulas.start().unwrap_or_default();
    for (row, col, formula) in formulas.used_cells() {
        if !formula.is_empty() {
            grid.formulas
                .insert(place(start, row, col), formula.clone());
        }
    }
    grid
}

fn place((top, left): Place, row: usize, col: usize) -> Place {
    let add = |start: u32, by: usize| start + u32::try_from(by).expect("small");
    (add(top, row), add(left, col))
}

impl Grid {
    /// The value of a box, computed if it is a formula.
    pub(crate) fn value(&self, at: Place) -> Held {
        match self.formulas.get(&at) {
            Some(formula) => {
                let mut parser = Parser {
                    grid: self,
                    rest: formula,
                };
                let value = parser.compared();
                assert_eq!(parser.rest, "", "the end of {formula}");
                value
            }
            None => self.values.get(&at).cloned().unwrap_or(Held::Blank),
        }
    }
}

struct Parser<'a> {
    grid: &'a Grid,
    rest: &'a str,
}

impl Parser<'_> {
    fn takes(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn needs(&mut self, text: &str) {
        assert!(self.takes(text), "{text} before {}", self.rest);
    }

    fn compared(&mut self) -> Held {
        let left = self.sum();
        if self.takes("<>") {
            let right = self.sum();
            return Held::Truth(left != right);
        }
        left
    }

    fn sum(&mut self) -> Held {
        let mut value = self.term();
        loop {
            let sign = if self.takes("+") {
                1.0
            } else if self.takes("-") {
                -1.0
            } else {
                return value;
            };
            let right = self.term();
            value = Held::Number(number(&value) + sign * number(&right));
        }
    }

    fn term(&mut self) -> Held {
        if self.takes("(") {
            let value = self.sum();
            self.needs(")");
            return value;
        }
        if self.takes("-") {
            return Held::Number(-number(&self.term()));
        }
        if let Some(rest) = self.rest.strip_prefix('"') {
            let (text, rest) = rest.split_once('"').expect("closed");
            self.rest = rest;
            return Held::Text(text.to_owned());
        }
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if let Ok(number) = word.parse() {
            self.rest = rest;
            return Held::Number(number);
        }
        if let Some(inside) = rest.strip_prefix('(') {
            self.rest = inside;
            let value = self.call(word);
            self.needs(")");
            return value;
        }
        let range = self.range();
        self.grid.value(range[0])
    }

    fn call(&mut self, name: &str) -> Held {
        match name {
            "SUM" => {
                let mut sum = 0.0;
                loop {
                    for place in self.range() {
                        // As spreadsheets do: texts and blanks in a range are passed over.
                        if let Held::Number(number) = self.grid.value(place) {
                            sum += number;
                        }
                    }
                    if !self.takes(",") {
                        return Held::Number(sum);
                    }
                }
            }
            "IF" => {
                let truth = is_true(&self.compared());
                self.needs(",");
                let yes = self.compared();
                self.needs(",");
                let no = self.compared();
                if truth { yes } else { no }
            }
            "OR" | "AND" => {
                let mut all = vec![is_true(&self.compared())];
                while self.takes(",") {
                    all.push(is_true(&self.compared()));
                }
                Held::Truth(if name == "OR" {
                    all.contains(&true)
                } else {
                    !all.contains(&false)
                })
            }
            "ISBLANK" => {
                let at = self.range()[0];
                let formula = self.grid.formulas.contains_key(&at);
                Held::Truth(!formula && self.grid.value(at) == Held::Blank)
            }
            "ISTEXT" => Held::Truth(matches!(self.compared(), Held::Text(_))),
            "ISNUMBER" => Held::Truth(matches!(self.compared(), Held::Number(_))),
            "INT" => match self.compared() {
                Held::Number(number) => Held::Number(number.floor()),
                other => other,
            },
            other => panic!("{other} is none of our functions"),
        }
    }

    fn range(&mut self) -> Vec<Place> {
        let first = self.address();
        let last = if self.takes(":") {
            self.address()
        } else {
            first
        };
        let rows = first.0..=last.0;
        rows.flat_map(|row| (first.1..=last.1).map(move |col| (row, col)))
            .collect()
    }

    fn address(&mut self) -> Place {
        let letters = self
            .rest
            .find(|c: char| !c.is_ascii_uppercase())
            .expect("digits");
        let (name, rest) = self.rest.split_at(letters);
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (row, rest) = rest.split_at(digits);
        self.rest = rest;
        let col = name
            .bytes()
            .fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
        (row.parse::<u32>().expect("a row") - 1, col - 1)
    }
}

fn number(held: &Held) -> f64 {
    match held {
        Held::Number(number) => *number,
        Held::Blank => 0.0,
        other => panic!("{other:?} is added"),
    }
}

fn is_true(held: &Held) -> bool {
    *held == Held::Truth(true)
}
