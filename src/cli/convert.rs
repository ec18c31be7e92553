//! `gouji convert`: a report in another format, or many in one table.
//!
//! **Never:** writes over a file without `--force`; loses what the reader was
//! unsure of without a word.
//! Next: `source` for the one side, `target` for the other, `outputs` for what
//! is settled between them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::format::own;
use crate::model::Report;
use crate::store::file::is_same;
use crate::store::import::How;
use crate::store::parallel;
use crate::store::walk::{Input, Walk};

use super::progress::{meanwhile, through};
use super::source::{self, Source, Trouble};
use super::target::{Stream, Target};
use super::{Exit, Given, Io, options, outputs};

/// Reads, tells the notes, writes.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    let done = target(given).and_then(|target| {
        if target.takes_many() {
            return Table::write(given, &target, io);
        }
        convert(given, target, io).map(|()| Exit::Clean)
    });
    done.unwrap_or_else(|failure| io.fail(&failure, given.lang))
}

fn target(given: &Given) -> Result<Target<'_>, Failure> {
    let out = given.operand("OUT").expect("the parser asks for it");
    let target = Target::of(out, given.format(), given.has(&options::FORCE))?;
    outputs::fits(given, target.format())?;
    if given.has(&options::BOM) && !target.takes_many() {
        let what = words("--bom 只用于 csv", "--bom is for csv only");
        return Err(Failure::user(what.into()));
    }
    if given.operands("IN").count() > 1 && !target.takes_many() {
        let what = words(
            "只有 csv 能把许多份报告写进一个文件",
            "only csv takes many reports in one file",
        );
        let hint = words(
            "写成 csv：--to csv；别的格式一份一份转换",
            "write csv with --to csv, or convert one report at a time",
        );
        return Err(Failure::user(what.into()).hint(hint));
    }
    Ok(target)
}

fn convert(given: &Given, target: Target, io: &mut Io) -> Result<(), Failure> {
    let source = read(given, io)?;
    for note in source.note_lines(given.lang) {
        io.tell(&note);
    }
    if source.is_newer && is_same_file(given, &target) {
        let what = words(
            "没有写：文件里有这个版本不认识的内容，写回去就丢了",
            "not written: the file holds what this version does not know and would lose",
        );
        let hint = words("写到另一个文件", "write to another file");
        return Err(Failure::file(what.into()).hint(hint));
    }
    if let Some(left) = outputs::left_behind(&source.report, target.format()) {
        io.tell(&left.text(given.lang));
    }
    let (report, how) = outputs::prepared(given, &source, target.format(), io)?;
    target.written(how).write(&report, io, given.lang)
}

/// Whether a report is to be written over the file it was read from.
fn is_same_file(given: &Given, target: &Target) -> bool {
    let input = given.operand("IN").filter(|path| *path != "-");
    input.is_some_and(|path| is_same(Path::new(path), target.path()))
}

fn read(given: &Given, io: &mut Io) -> Result<Source, Failure> {
    let path = Path::new(given.operand("IN").expect("the parser asks for it"));
    let (how, name) = (given.how().carrying_over(), shown_path(path));
    let read = if name == "-" {
        source::of_bytes(&source::read_stream(io.stdin)?, name, &how)
    } else {
        meanwhile(io, given.lang, path, || source::of_file(path, name, &how))
    };
    read.map_err(source::Trouble::into_failure)
}

/// Many reports on their way into one table.
struct Table<'a> {
    given: &'a Given,
    stream: Stream,
    /// Reports written.
    count: usize,
    /// Digests of body, year and form of those.
    known: HashSet<u64>,
    exit: Exit,
    /// What kept the table from being written.
    trouble: Option<Failure>,
}

/// The result of one input.
enum Done {
    Rows {
        rows: Vec<u8>,
        notes: Vec<String>,
        who: Who,
    },
    LeftOut(Message),
    Failed(Failure),
}

/// Which report a row is of.
struct Who {
    name: String,
    body: String,
    digest: u64,
}

impl Who {
    fn of(name: &str, report: &Report) -> Self {
        let head = report.head();
        let mut hasher = DefaultHasher::new();
        (&head.body, head.year, report.form().key).hash(&mut hasher);
        Who {
            name: name.to_owned(),
            body: head.body.clone(),
            digest: hasher.finish(),
        }
    }
}

impl<'a> Table<'a> {
    /// Reads files side by side and writes their rows in the order of the
    /// arguments; a file that can't be read leaves the others standing.
    fn write(given: &'a Given, target: &Target, io: &mut Io) -> Result<Exit, Failure> {
        let is_piped = given.operands("IN").any(|path| path == "-");
        let piped = is_piped.then(|| source::read_stream(io.stdin));
        let how = given.how().carrying_over();
        let mut table = Table {
            given,
            stream: target.begin()?,
            count: 0,
            known: HashSet::new(),
            exit: Exit::Clean,
            trouble: None,
        };
        let inputs = Walk::over(false, given.operands("IN"));
        let args = given.clone();
        let stopped = through(
            inputs.filter(|input| !input.is_found_as(target.path())),
            move |input| {
                let name = input.name();
                parallel::guarded(&name, || one(input, piped.as_ref(), &how, &args))
                    .unwrap_or_else(Done::Failed)
            },
            io,
            given.lang,
            |done, io| {
                table.take(done, io);
                table.trouble.is_none()
            },
        );
        if stopped.is_some() {
            return Ok(Exit::Stopped);
        }
        table.end(io)
    }

    fn take(&mut self, done: Done, io: &mut Io) {
        let lang = self.given.lang;
        match done {
            Done::Rows { rows, notes, who } => {
                for note in notes {
                    io.tell(&note);
                }
                if !self.known.insert(who.digest) {
                    let what = words(
                        "{file}：和前面一份机关、年度、格式都相同（{body}），表里分不开",
                        "{file}: body, year and form are those of one before ({body}); the table can't tell them apart",
                    );
                    let args = vec![("file", who.name.into()), ("body", who.body.into())];
                    io.tell(&what.with(args).text(lang));
                }
                let head = if self.count == 0 {
                    own::csv::header(self.given.has(&options::BOM))
                } else {
                    Vec::new()
                };
                let mut pieces = [head, rows].into_iter();
                self.count += 1;
                self.trouble = pieces.find_map(|piece| self.stream.add(&piece, io).err());
            }
            Done::LeftOut(message) => io.tell(&message.text(lang)),
            Done::Failed(failure) => self.exit = io.fail(&failure, lang),
        }
    }

    /// Gives the table its name, if there is a report in it.
    fn end(self, io: &mut Io) -> Result<Exit, Failure> {
        if let Some(failure) = self.trouble {
            return Err(failure);
        }
        if self.count > 0 {
            self.stream.end(io, self.given.lang)?;
            return Ok(self.exit);
        }
        if self.exit == Exit::Clean && !io.is_closed() {
            let what = words(
                "里面没有一份报告，没有写",
                "there is no report in it; nothing was written",
            );
            return Err(Failure::user(what.into()));
        }
        Ok(self.exit)
    }
}

fn one(input: Input, piped: Option<&Result<Vec<u8>, Failure>>, how: &How, given: &Given) -> Done {
    match source::of_input(input, piped, how) {
        Ok(source) => {
            let mut notes = source.note_lines(given.lang);
            let filled = outputs::filled(given, &source);
            let report = filled.as_ref().map_or(&source.report, |(report, said)| {
                notes.push(format!("{}: {}", source.name, said.text(given.lang)));
                report
            });
            let steering = outputs::steering(report);
            notes
                .extend(steering.map(|said| format!("{}: {}", source.name, said.text(given.lang))));
            let who = Who::of(&source.name, report);
            let stem = Path::new(&source.name).file_stem().unwrap_or_default();
            let stem = stem.to_string_lossy();
            let from = own::csv::From {
                file: &source.name,
                unit: if who.body.is_empty() {
                    &stem
                } else {
                    &who.body
                },
            };
            Done::Rows {
                rows: own::csv::rows(report, from),
                notes,
                who,
            }
        }
        Err(Trouble::Stranger(name, why)) => Done::LeftOut(source::left_out(&name, why)),
        Err(Trouble::Failure(failure)) => Done::Failed(failure),
    }
}
