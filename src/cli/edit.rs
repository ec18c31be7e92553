//! `gouji`, `gouji FILE`, `gouji --sample`: the editor, or what it would show.
//!
//! **Never:** draws; this is the one place where `cli` and `tui` meet.
//! Next: `check` for what is printed without a terminal.

use std::path::Path;

use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::check::Severity;
use crate::format::{self, NATIVE, Options};
use crate::paper::OUTPUTS;
use crate::store::{Codec, Store};

use super::{Exit, Given, Io, args, check};

const NO_TERMINAL: Words = words(
    "输出不是终端，打不开编辑器；下面是 gouji check 的结果",
    "the output is no terminal, so there is no editor; this is what gouji check prints",
);
const NOTHING_NAMED: Words = words(
    "输出不是终端，打不开编辑器；也没有写要核对的文件",
    "the output is no terminal, so there is no editor; and no file to check is named",
);

/// Opens the editor, or checks where there is no terminal to edit on.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    let file = given
        .operand("FILE")
        .filter(|file| !Path::new(file).exists());
    if let Some(failure) = file.and_then(|file| args::mistyped(&file.to_string_lossy())) {
        return io.fail(&failure, given.lang);
    }
    if io.is_terminal {
        open(given, io)
    } else {
        without_terminal(given, io)
    }
}

/// Says that there is no terminal, then does what `gouji check` does.
fn without_terminal(given: &Given, io: &mut Io) -> Exit {
    if !given.has(&args::SAMPLE) && given.operand("FILE").is_none() {
        io.tell(NOTHING_NAMED.get(given.lang));
        io.tell(&args::usage_line(given.lang));
        return Exit::Failed;
    }
    io.tell(NO_TERMINAL.get(given.lang));
    check::files(given, &OUTPUTS[0], Some(Severity::Error), io)
}

/// Opens the editor on what the arguments name.
fn open(given: &Given, io: &mut Io) -> Exit {
    let what = words("编辑器还没有做好", "the editor is not built yet");
    let hint = words("先用 gouji check 核对", "use gouji check meanwhile");
    io.fail(&Failure::user(what.into()).hint(hint), given.lang)
}

/// The disk of this user, with the native format as what it keeps.
pub(super) fn store() -> Store {
    Store::here(Codec {
        write: |report| {
            let bytes = format::write(report, &NATIVE).expect("the native format is written");
            String::from_utf8(bytes).expect("the native format is text")
        },
        read: |text| {
            let options = Options {
                format: Some(&NATIVE),
                ..Options::default()
            };
            let draft = format::read(text.as_bytes(), None, &options).ok()?;
            Some(draft.into_report())
        },
    })
}
