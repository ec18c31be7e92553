//! `gouji convert`: one report in another format.
//!
//! **Never:** writes over a file without `--force`; loses what the reader was
//! unsure of without a word.
//! Next: `source` for the one side, `target` for the other.

use std::path::Path;

use crate::base::failure::Failure;

use super::progress::meanwhile;
use super::source::{self, How, Source, shown_path};
use super::target::Target;
use super::{Exit, Given, Io, args};

/// Reads, tells the notes, writes.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    match convert(given, io) {
        Ok(()) => Exit::Clean,
        Err(failure) => io.fail(&failure, given.lang),
    }
}

fn convert(given: &Given, io: &mut Io) -> Result<(), Failure> {
    let out = given.operand("OUT").expect("the parser asks for it");
    let target = Target::of(out, given.format(), given.has(&args::FORCE))?;
    let source = read(given, io)?;
    for note in source.note_lines(given.lang) {
        io.tell(&note);
    }
    target.write(&source.report, io)
}

fn read(given: &Given, io: &mut Io) -> Result<Source, Failure> {
    let path = Path::new(given.operand("IN").expect("the parser asks for it"));
    let (how, name) = (How::of(given), shown_path(path));
    let read = if name == "-" {
        source::of_bytes(&source::read_stream(io.stdin)?, name, &how)
    } else {
        let shown = name.clone();
        meanwhile(io, given.lang, &shown, || source::of_file(path, name, &how))
    };
    read.map_err(source::Trouble::into_failure)
}
