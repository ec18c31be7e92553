//! `gouji check`: reads reports, judges them, prints their problems.
//!
//! Files are read side by side and printed in the order of the arguments; only
//! a bounded number of results ever waits, so memory stays flat.
//!
//! **Never:** lets one file stop the others, or repeats a problem as a note.
//! Next: `paper` for what is printed, `source` for reading.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use crate::base::failure::{Blame, Failure};
use crate::base::words::{Message, words};
use crate::check::readings::{Hints, Suspects, suspects};
use crate::check::{Blanks, Findings, Problem, Profile, Severity, check_under};
use crate::form::{FORMS, Form};
use crate::paper::{Checked, OUTPUTS, Output, Style, output};

use super::progress::{Progress, TICK};
use super::settings;
use super::source::{self, How, Source, Trouble};
use super::walk::{Input, Walk};
use super::{Exit, Given, Io, args};

/// Results that may wait on each reading thread.
const WAITING: usize = 64;

/// Checks the files named, or says how to name some.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    if !given.has(&args::SAMPLE) && given.operand("FILE").is_none() {
        let what = words("没有写要核对的文件", "no file to check is named");
        let hint = words(
            "例如：gouji check 报告.json，或 gouji check --sample",
            "such as: gouji check report.json, or gouji check --sample",
        );
        return io.fail(&Failure::user(what.into()).hint(hint), given.lang);
    }
    let known = |path: &String| FORMS.iter().any(|form| form.cell(path).is_some());
    if let Some(unknown) = given.edited().iter().find(|path| !known(path)) {
        let what = words("没有这一格：{path}", "no such cell: {path}");
        let hint = words(
            "格的路径见 gouji schema",
            "gouji schema lists the paths of cells",
        );
        let failure = Failure::user(what.with(vec![("path", unknown.as_str().into())]));
        return io.fail(&failure.hint(hint), given.lang);
    }
    let asked = given.value(&args::OUTPUT).and_then(output);
    files(given, asked.unwrap_or(&OUTPUTS[0]), given.fail_on(), io)
}

/// Checks what the arguments name; the worst exit of all files is the run's.
pub(super) fn files(
    given: &Given,
    output: &'static Output,
    fail_on: Option<Severity>,
    io: &mut Io,
) -> Exit {
    let profile = match settings::profile(given, io) {
        Ok(profile) => profile,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let is_piped = given.operands("FILE").any(|path| path == "-");
    let job = Job {
        how: How::of(given),
        piped: is_piped.then(|| source::read_stream(io.stdin)),
        output,
        style: Style {
            lang: given.lang,
            colour: io.colour(),
        },
        fail_on,
        profile,
        remarks: !given.asks(&args::NO_REMARKS),
        edited: given.edited(),
    };
    let names = RefCell::new(VecDeque::new());
    let inputs = Walk::over(given.has(&args::SAMPLE), given.operands("FILE"));
    let inputs = inputs.inspect(|input| names.borrow_mut().push_back(input.name()));
    let stop = (io.interrupts)();
    let mut progress = Progress::begin();
    let mut worst = Exit::Clean;
    let mut checked = 0;
    in_order(
        inputs,
        move |input| job.guarded(input),
        |turn| {
            match turn {
                Turn::Waiting => {
                    let names = names.borrow();
                    progress.say(io, given.lang, || waiting(checked, &names));
                }
                Turn::Done(done) => {
                    progress.clear(io);
                    names.borrow_mut().pop_front();
                    for aside in done.asides {
                        io.tell(&aside);
                    }
                    io.print(&done.results);
                    if io.is_terminal {
                        io.flush();
                    }
                    worst = worst.max(done.exit);
                    checked += 1;
                }
            }
            !io.is_closed() && !stop.load(Ordering::Relaxed)
        },
    );
    progress.clear(io);
    if !stop.load(Ordering::Relaxed) {
        return worst;
    }
    let what = words(
        "停止了（Ctrl+C）：核对了 {n} 份，其余没有看",
        "stopped (Ctrl+C): {n} checked, the others were not looked at",
    );
    io.tell(&what.with(vec![("n", checked.into())]).text(given.lang));
    Exit::Stopped
}

/// How far a run has come: files done, files met, the one that is waited for.
fn waiting(checked: usize, names: &VecDeque<String>) -> Message {
    words(
        "核对了 {n}/{all} 份（Ctrl+C 停止），正在读 {file}",
        "{n} of {all} checked (Ctrl+C stops), reading {file}",
    )
    .with(vec![
        ("n", checked.into()),
        ("all", (checked + names.len()).into()),
        ("file", names.front().map_or("", String::as_str).into()),
    ])
}

/// What a run asks of every file.
struct Job {
    how: How,
    piped: Option<Result<Vec<u8>, Failure>>,
    output: &'static Output,
    style: Style,
    fail_on: Option<Severity>,
    profile: Profile,
    remarks: bool,
    edited: Vec<String>,
}

/// What came of one file.
struct Done {
    results: String,
    asides: Vec<String>,
    exit: Exit,
}

impl Job {
    /// One file; a panic on it is told like a failure and stops nothing else.
    fn guarded(&self, input: Input) -> Done {
        let name = input.name();
        catch_unwind(AssertUnwindSafe(|| self.one(input))).unwrap_or_else(|_| {
            let what = words(
                "{file}：程序在读这份文件时出错了",
                "{file}: the program failed on this file",
            );
            self.failed(&Failure {
                blame: Blame::Bug,
                ..Failure::file(what.with(vec![("file", name.into())]))
            })
        })
    }

    fn one(&self, input: Input) -> Done {
        let name = input.name();
        let read = match input {
            Input::Sample => Ok(source::sample()),
            Input::Stdin => match self.piped.clone().expect("read before the walk began") {
                Ok(bytes) => source::of_bytes(&bytes, name, &self.how),
                Err(failure) => Err(Trouble::Failure(failure)),
            },
            Input::Named(path) => source::of_file(&path, name, &self.how),
            Input::Found(path) => match source::of_file(&path, name, &self.how) {
                Err(Trouble::Stranger(name, why)) => return self.stranger(&name, why.what),
                read => read,
            },
            Input::Stranger(_) => {
                let why = words(
                    "不是文件，或是文件夹的链接",
                    "no file, or a link to a folder",
                );
                return self.stranger(&name, why.into());
            }
            Input::Closed(path, error) => Err(Trouble::Failure(source::closed(&path, &error))),
        };
        match read {
            Ok(source) => self.judge(&source),
            Err(trouble) => self.failed(&trouble.into_failure()),
        }
    }

    /// What is known beside the cells of a report.
    fn hints(&self, form: &Form, findings: &Findings) -> Hints {
        let edited = self.edited.iter().filter_map(|path| form.cell(path));
        Hints::of(findings, edited.collect())
    }

    fn judge(&self, source: &Source) -> Done {
        let report = &source.report;
        let mut findings = check_under(report, Blanks::ZERO, None, &self.profile);
        if !self.remarks {
            findings.ignore_remarks();
        }
        let open = findings.problems.iter().filter(|p| !p.is_settled());
        let worst = open.map(Problem::severity).max();
        let fails = self.fail_on.is_some_and(|level| worst >= Some(level));
        let mut results = String::new();
        let suspects = if self.output.is_whole {
            suspects(report, &self.hints(report.form(), &findings))
        } else {
            Suspects::default()
        };
        let checked = Checked {
            file: &source.name,
            format: source.format.key,
            report,
            origins: &source.origins,
            findings: &findings,
            suspects: &suspects,
            notes: &source.notes,
            profile: &self.profile,
        };
        (self.output.write)(&checked, self.style, &mut results);
        let asides = if self.output.is_whole {
            Vec::new()
        } else {
            source.note_lines(self.style.lang)
        };
        Done {
            results,
            asides,
            exit: if fails { Exit::Problems } else { Exit::Clean },
        }
    }

    fn failed(&self, failure: &Failure) -> Done {
        Done {
            results: String::new(),
            asides: failure
                .text(self.style.lang)
                .lines()
                .map(str::to_owned)
                .collect(),
            exit: Exit::Failed,
        }
    }

    /// Something in a folder that is no report: told, and no error of the run.
    fn stranger(&self, name: &str, why: Message) -> Done {
        let what = words("{file}：略过，{why}", "{file}: left out, {why}")
            .with(vec![("file", name.into()), ("why", why.into())]);
        Done {
            results: String::new(),
            asides: vec![what.text(self.style.lang)],
            exit: Exit::Clean,
        }
    }
}

/// What a run is told while it lasts.
enum Turn<R> {
    /// The next result in the items' order.
    Done(R),
    /// It takes its time.
    Waiting,
}

/// Works on items side by side and takes the results in the items' order.
///
/// Every thread has its own lane, and item n runs on lane n modulo their
/// number: the oldest result is always the next of a known lane. No more than
/// [`WAITING`] items are on a lane, so nothing blocks and nothing grows.
/// Stops early when `take` answers false: then what is done already is still
/// taken, and threads at work are left alone.
fn in_order<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut take: impl FnMut(Turn<R>) -> bool,
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let work = Arc::new(work);
    let (lanes, results): (Vec<_>, Vec<_>) = (0..threads)
        .map(|_| {
            let (lane, items) = sync_channel(WAITING);
            let (done, results) = sync_channel(WAITING);
            let work = Arc::clone(&work);
            thread::spawn(move || items.into_iter().all(|item| done.send(work(item)).is_ok()));
            (lane, results)
        })
        .unzip();
    let (mut sent, mut taken) = (0, 0);
    let mut next = |taken: &mut usize| loop {
        match results[*taken % threads].recv_timeout(TICK) {
            Ok(result) => {
                *taken += 1;
                return take(Turn::Done(result));
            }
            Err(RecvTimeoutError::Timeout) if take(Turn::Waiting) => {}
            // Without an answer the lane is gone: nothing more comes of it.
            Err(_) => return false,
        }
    };
    let mut goes_on = true;
    for item in items {
        goes_on = sent - taken < WAITING * threads || next(&mut taken);
        if !goes_on || lanes[sent % threads].send(item).is_err() {
            break;
        }
        sent += 1;
    }
    drop(lanes);
    while goes_on && taken < sent {
        goes_on = next(&mut taken);
    }
    if !goes_on {
        for at in taken..sent {
            if let Ok(result) = results[at % threads].try_recv() {
                take(Turn::Done(result));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_false_answer_stops_the_work() {
        let mut seen = Vec::new();
        in_order(
            0..1000,
            |n: u64| n * n,
            |turn| {
                if let Turn::Done(square) = turn {
                    seen.push(square);
                }
                true
            },
        );
        assert_eq!(seen, (0..1000).map(|n| n * n).collect::<Vec<_>>());
        let mut count = 0;
        in_order(
            0..1_000_000,
            |n: u64| n,
            |turn| {
                count += usize::from(matches!(turn, Turn::Done(_)));
                count < 10
            },
        );
        let most = 10 + 2 * WAITING * thread::available_parallelism().map_or(1, NonZero::get);
        assert!((10..=most).contains(&count), "{count}");
    }
}
