//! `gouji`, `gouji FILE`, `gouji --sample`: the editor, or what it would show.
//!
//! **Never:** draws; this is the one place where `cli` and `tui` meet.
//! Next: `check` for what is printed without a terminal.

use std::path::{Path, PathBuf};

use crate::base::words::{Words, words};
use crate::check::Severity;
use crate::paper::OUTPUTS;
use crate::store::{Name, Store};
use crate::tui::input::Target;
use crate::tui::prefs::Prefs;
use crate::tui::terminal::parser::{HOLD, HOLD_REMOTE};
use crate::tui::terminal::{self, Setup};

use super::{Exit, Given, Io, check, options, parse, progress, settings};

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
    // A report can be opened although its file is gone, if its journal or a version is
    // left.
    let is_left = |file: &Path| {
        let (store, name) = (Store::here(), Name::of(file));
        io.is_terminal
            && (store.kept(&name).is_some()
                || store.recover(&name, None).is_ok_and(|left| left.is_some()))
    };
    let file = given
        .operand("FILE")
        .filter(|file| !Path::new(file).exists() && !is_left(Path::new(file)));
    if let Some(failure) = file.and_then(|file| parse::mistyped(&file.to_string_lossy())) {
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
    if !given.has(&options::SAMPLE) && given.operand("FILE").is_none() {
        io.tell(NOTHING_NAMED.get(given.lang));
        io.tell(&parse::usage_line(given.lang));
        return Exit::Failed;
    }
    io.tell(NO_TERMINAL.get(given.lang));
    check::files(given, &OUTPUTS[0], Some(Severity::Error), io)
}

/// Opens the editor on what the arguments name.
fn open(given: &Given, io: &mut Io) -> Exit {
    let file = given.operand("FILE").map(PathBuf::from);
    let target = if given.has(&options::SAMPLE) {
        Some(Target::Sample)
    } else {
        let target = |file: PathBuf| {
            if file.is_dir() {
                Target::Folder(file)
            } else {
                Target::File(file)
            }
        };
        file.map(target)
    };
    let set_up = match given.settings.profile(given.profile_file()) {
        Ok(set_up) => set_up,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let form = given.form();
    let encoding = given.value(&options::ENCODING);
    // Read before the terminal is taken: Ctrl+C ends the program as ever.
    let read = match &target {
        Some(Target::File(path)) => {
            let read = || terminal::import(path, form, encoding);
            Some(progress::meanwhile(io, given.lang, path, read))
        }
        _ => None,
    };
    let store = Store::here();
    let set = &given.settings;
    let setup = Setup {
        lang: given.lang,
        theme: set.theme(io),
        prefs: Prefs {
            keymap: set.keymap.clone(),
            profile: set_up.profile,
            roster: given.asked(&options::ROSTER).map(PathBuf::from),
            wide_ambiguous: set.wide_ambiguous,
            mouse: set.mouse,
            config: set.path(settings::CONFIG),
            user: store.who.user.clone(),
            clipboard: settings::takes_copies(io),
            ascii: settings::draws_ascii(io),
            notes: set.notes.iter().cloned().chain(set_up.notes).collect(),
        },
        store,
        target,
        read,
        form,
        encoding: encoding.map(str::to_owned),
        hold: if io.is_set("SSH_CONNECTION") {
            HOLD_REMOTE
        } else {
            HOLD
        },
        relayed: is_relayed(io),
        utf8: settings::is_utf8(io),
        tells_background: settings::tells_background(io),
    };
    match terminal::run(setup) {
        Ok(0) => Exit::Clean,
        Ok(code) => Exit::Ended(code),
        Err(failure) => io.fail(&failure, given.lang),
    }
}

/// Whether tmux or screen runs between us and the terminal: here, or at the other end
/// of a line, which only `TERM` tells.
fn is_relayed(io: &Io) -> bool {
    let term = (io.env)("TERM").unwrap_or_default();
    io.is_set("TMUX") || io.is_set("STY") || ["tmux", "screen"].iter().any(|t| term.starts_with(t))
}
