//! `gouji check --watch`: a file that changed is judged again, until Ctrl+C.
//!
//! Polling is enough: a look at the stamps of a folder costs less than a key.
//!
//! **Never:** judges a file that is still being written: its stamp must stand still
//! between two looks.
//! Next: `check`, which judges one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::store::file::look;
use crate::store::machine;
use crate::store::walk::Input;

use super::check::Job;
use super::{Exit, Given, Io, options};

/// Between two looks, in steps so short that Ctrl+C is heard at once.
const STEPS: usize = 5;
const STEP: Duration = Duration::from_millis(100);

/// Judges what the arguments name, then whatever of it changes.
pub(super) fn run(job: &Job, given: &Given, io: &mut Io) -> Exit {
    let refused = [&options::SIGNOFF, &options::RETURN];
    let refused = refused.into_iter().find(|opt| given.asked(opt).is_some());
    let is_piped = given.operands("FILE").any(|path| path == "-");
    if let Some(with) = refused.map(|opt| opt.name).or(is_piped.then_some("-")) {
        let what = words(
            "--watch 不能和 {with} 一起用",
            "--watch can't go with {with}",
        );
        return io.fail(
            &Failure::user(what.with(vec![("with", with.into())])),
            given.lang,
        );
    }
    let stop = (io.interrupts)();
    let mut known: BTreeMap<PathBuf, Stamp> = BTreeMap::new();
    // What changed at the last look, and is judged once it stands still.
    let mut moving: BTreeMap<PathBuf, Stamp> = BTreeMap::new();
    let mut is_first = true;
    let mut worst = Exit::Clean;
    if given.has(&options::SAMPLE) {
        worst = worst.max(print(job, Input::Sample, io));
    }
    loop {
        let mut there = BTreeMap::new();
        for input in job.inputs(given, false) {
            match input {
                Input::Named(ref path) | Input::Found(ref path) => {
                    let path = path.clone();
                    if let Some(stamp) = look(&path) {
                        let is_known = known.get(&path) == Some(&stamp);
                        let stands = is_first || moving.get(&path) == Some(&stamp);
                        if !is_known && stands {
                            if !is_first {
                                let when = machine::now().full();
                                io.tell(&format!("-- {when} {}", shown_path(&path)));
                            }
                            worst = worst.max(print(job, input, io));
                            known.insert(path.clone(), stamp);
                        }
                        there.insert(path, stamp);
                    } else if is_first {
                        worst = worst.max(print(job, input, io));
                    }
                }
                other if is_first => worst = worst.max(print(job, other, io)),
                _ => {}
            }
            if stop.load(Ordering::Relaxed) || io.is_closed() {
                return worst;
            }
        }
        let gone = |path: &&PathBuf| !there.contains_key(*path);
        let gone: Vec<PathBuf> = known.keys().filter(gone).cloned().collect();
        for path in gone {
            let said = words("{file}：不见了", "{file}: gone");
            io.tell(
                &said
                    .with(vec![("file", shown_path(&path).into())])
                    .text(given.lang),
            );
            known.remove(&path);
        }
        moving = there;
        if std::mem::take(&mut is_first) {
            io.tell(
                words(
                    "等文件变化，Ctrl+C 结束",
                    "waiting for changes, Ctrl+C ends",
                )
                .get(given.lang),
            );
        }
        io.flush();
        for _ in 0..STEPS {
            thread::sleep(STEP);
            if stop.load(Ordering::Relaxed) || io.is_closed() {
                return worst;
            }
        }
    }
}

fn print(job: &Job, input: Input, io: &mut Io) -> Exit {
    let done = job.guarded(input);
    job.tell(&done, io);
    io.print(&done.results);
    io.flush();
    done.exit
}
