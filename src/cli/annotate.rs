//! `gouji annotate`: the problems of a report as comments in a copy of its file.
//!
//! **Never:** changes the file that was sent; hands over a copy that reads otherwise.
//! Next: `paper::comments` for what they say, `format::annotate` for where they go.

use std::ffi::OsStr;
use std::path::Path;

use crate::base::comment::Comment;
use crate::base::failure::{Blame, Failure};
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::check::readings::{Hints, suspects};
use crate::check::{Beside, Blanks, Input, Texts, check};
use crate::format::{self, Format, MAX_FILE, NATIVE, Options};
use crate::paper::{Checked, comments};
use crate::store::file::{self, is_same};
use crate::store::last::Last;

use super::progress::meanwhile;
use super::source::{self, Source, Trouble};
use super::target::{paper, put};
use super::{Exit, Given, Io, options};

/// Reads, judges, writes the copy.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    match annotate(given, io) {
        Ok(()) => Exit::Clean,
        Err(failure) => io.fail(&failure, given.lang),
    }
}

fn annotate(given: &Given, io: &mut Io) -> Result<(), Failure> {
    let [input, out] = ["IN", "OUT"].map(|key| given.operand(key).expect("the parser asks for it"));
    let (input, out) = (Path::new(input), Path::new(out));
    if input.as_os_str() != "-" && is_same(input, out) {
        let what = words(
            "没有写：{file} 是送来的文件本身",
            "not written: {file} is the very file that was sent",
        );
        let hint = words("写到另一个文件", "write to another file");
        return Err(Failure::user(what.with(vec![("file", shown_path(out).into())])).hint(hint));
    }
    let bytes = if input.as_os_str() == "-" {
        source::read_stream(io.stdin)?
    } else {
        file::bytes(input, MAX_FILE as u64)?
    };
    let source = read(&bytes, input, given, io)?;
    fits(&source, input, out)?;
    let comments = found(&source, given, io)?;
    let how = given.how();
    let read_as = Options {
        form: how.form,
        encoding: how.encoding.as_deref(),
        format: Some(source.format),
    };
    let made = format::annotate(&bytes, source.format, &read_as, &comments)?;
    let again = read(&made.bytes, input, given, io)?;
    if again.report != source.report || again.origins != source.origins {
        let what = words(
            "没有写：带批注的一份读出来和原件不一样",
            "not written: the copy with comments reads otherwise than the file",
        );
        return Err(Failure {
            blame: Blame::Bug,
            ..Failure::file(what.into())
        });
    }
    put(
        out,
        &made.bytes,
        paper(given.has(&options::FORCE)),
        io,
        given.lang,
    )?;
    let said = words(
        "{file}：写了 {n} 条批注，其中 {m} 条不属于某一处，写在{end}",
        "{file}: {n} comments, {m} of them about no one place, at {end}",
    );
    let end = if source.format == &format::DOCX {
        words("文末", "the end")
    } else {
        words("第一格", "the first cell")
    };
    let args = vec![
        ("file", shown_path(out).into()),
        ("n", (made.placed + made.apart).into()),
        ("m", made.apart.into()),
        ("end", end.into()),
    ];
    io.tell(&said.with(args).text(given.lang));
    Ok(())
}

fn read(bytes: &[u8], input: &Path, given: &Given, io: &mut Io) -> Result<Source, Failure> {
    let (how, name) = (given.how(), shown_path(input));
    let read = meanwhile(io, given.lang, input, || {
        source::of_bytes(bytes, name, &how)
    });
    read.map_err(Trouble::into_failure)
}

/// Whether the copy can be of the kind that its name says: it is of the same as the file.
fn fits(source: &Source, input: &Path, out: &Path) -> Result<(), Failure> {
    let format: &'static Format = source.format;
    if out.as_os_str() == "-" || !format::takes_comments(format) {
        return Ok(());
    }
    let ending = |path: &Path| {
        let ending = path
            .extension()
            .and_then(OsStr::to_str)?
            .to_ascii_lowercase();
        format
            .extensions
            .contains(&ending.as_str())
            .then_some(ending)
    };
    let wanted = ending(input).unwrap_or_else(|| format.extensions[0].to_owned());
    if ending(out).as_ref() == Some(&wanted) {
        return Ok(());
    }
    let what = words(
        "{file} 和送来的文件不是同一种，写出来打不开",
        "{file} is not named as the kind of file that was sent: it would not open",
    );
    let hint = words("扩展名写成 .{ending}", "end its name in .{ending}");
    Err(
        Failure::user(what.with(vec![("file", shown_path(out).into())]))
            .hint(hint.with(vec![("ending", wanted.into())])),
    )
}

/// What is to be said of a report.
fn found(source: &Source, given: &Given, io: &mut Io) -> Result<Vec<Comment>, Failure> {
    let profile = given.profile(io)?;
    let report = &source.report;
    let last = given.asked(&options::LAST);
    let last = last.map(|path| Last::read(Path::new(path), &given.how()));
    let last = last.transpose()?;
    let (last, doubt) = match &last {
        Some(last) => last.of(report)?,
        None => Default::default(),
    };
    let findings = check(&Input {
        blanks: Blanks::of(report, source.format == &NATIVE),
        beside: Beside {
            last: last.map(|last| &last.report),
            parts: &[],
        },
        profile: &profile,
        ..Input::of(report, &Texts::of(report))
    });
    for said in doubt.iter().chain(&findings.asides) {
        io.tell(&format!("{}: {}", source.name, said.text(given.lang)));
    }
    for note in source.note_lines(given.lang) {
        io.tell(&note);
    }
    let suspects = suspects(report, &Hints::of(&findings, Vec::new()));
    Ok(comments(
        &Checked {
            file: &source.name,
            format: source.format.key,
            report,
            origins: &source.origins,
            findings: &findings,
            suspects: &suspects,
            notes: &source.notes,
            profile: &profile,
        },
        given.lang,
    ))
}
