//! Parts of a zip, unpacked within limits.
//!
//! **Never:** unpacks to disk; believes a size that the zip declares.
//! Next: `read::docx`, `read::odt`.

use std::io::{Cursor, Read, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::guard::ASK_AGAIN;

/// Most bytes of all parts together.
pub(super) const MAX_UNPACKED: usize = 64 << 20;
/// Most parts; an office document has some dozens.
const MAX_ENTRIES: usize = 5000;
/// Bytes from which a part may not be packed more tightly than `MAX_RATIO`.
const RATIO_FROM: usize = 4 << 20;
/// Markup is packed about 50 to 1 at most; a bomb 1000 to 1.
const MAX_RATIO: usize = 200;

/// A zip and what may still be unpacked of it.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
}

impl<'a> Archive<'a> {
    /// Opens a zip.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| if is_cut(bytes) { cut() } else { damaged() })?;
        if zip.len() > MAX_ENTRIES {
            return Err(too_large());
        }
        Ok(Archive {
            zip,
            left: MAX_UNPACKED,
        })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.zip.file_names().flatten();
        names.map(|name| name.to_string()).collect()
    }

    /// The same zip with parts written anew, or added behind the others; what is not
    /// named stays as it was packed.
    pub(super) fn with(mut self, parts: &[(String, String)]) -> Result<Vec<u8>, Failure> {
        let options = SimpleFileOptions::default()
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut all = || {
            let mut added: Vec<&(String, String)> = parts.iter().collect();
            for index in 0..self.zip.len() {
                let part = self.zip.by_index_raw(index)?;
                let name = part.name()?.to_string();
                let new = added
                    .iter()
                    .position(|(new, _)| new.eq_ignore_ascii_case(&name));
                let Some(new) = new.map(|at| added.remove(at)) else {
                    zip.raw_copy_file(part)?;
                    continue;
                };
                zip.start_file(name, options)?;
                zip.write_all(new.1.as_bytes())?;
            }
            for (name, text) in added {
                zip.start_file(name.as_str(), options)?;
                zip.write_all(text.as_bytes())?;
            }
            Ok::<(), ZipError>(())
        };
        all().map_err(|_| damaged())?;
        let bytes = zip.finish().map_err(|_| damaged())?;
        Ok(bytes.into_inner())
    }

    /// The bytes of a part; None if there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        // Some programs write their names in other letters.
        let known = {
            let mut names = self.zip.file_names().flatten();
            let known = names.find(|known| known.eq_ignore_ascii_case(name));
            known.map_or_else(|| name.to_owned(), |known| known.to_string())
        };
        let part = match self.zip.by_name(&known) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(_)) => return Err(locked()),
            Err(_) => return Err(damaged()),
        };
        let packed = usize::try_from(part.compressed_size()).unwrap_or(usize::MAX);
        let tight = packed.saturating_mul(MAX_RATIO).max(RATIO_FROM);
        let most = self.left.min(tight);
        let mut bytes = Vec::new();
        part.take(most as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged())?;
        if bytes.len() > most {
            return Err(too_large());
        }
        self.left -= bytes.len();
        Ok(Some(bytes))
    }
}

/// Whether a zip lacks its end, where it lists its parts.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    /// A comment of the longest kind may stand behind it.
    const WITHIN: usize = 66_000;
    let end = &bytes[bytes.len().saturating_sub(WITHIN)..];
    memchr::memmem::find(end, b"PK\x05\x06").is_none()
}

/// The failure of a file whose end is missing.
pub(super) fn cut() -> Failure {
    let what = words(
        "文件不完整，后面的一段没有了（可能没有下载完或没有复制完）",
        "the file is not complete: its end is missing (perhaps not fully downloaded or copied)",
    );
    Failure::file(what.into()).hint(ASK_AGAIN)
}

/// The failure of a file that is cut or overwritten.
pub(super) fn damaged() -> Failure {
    Failure::file(
        words(
            "文件已损坏（可能没有下载完整）",
            "the file is damaged (perhaps not fully downloaded)",
        )
        .into(),
    )
    .hint(ASK_AGAIN)
}

/// What an open document (text or spreadsheet) holds, unless a password locks it.
pub(super) fn content(document: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut archive = Archive::open(document)?;
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(locked());
    }
    archive.part("content.xml")?.ok_or_else(damaged)
}

/// The failure of a document that only opens with a password.
pub(super) fn locked() -> Failure {
    Failure::file(
        words(
            "文件设了密码，读不了",
            "the file is protected by a password",
        )
        .into(),
    )
    .hint(words(
        "用原来的程序打开，取消密码，另存一份再打开",
        "open it in its own program, take the password off, and save it again",
    ))
}

/// The failure of a document that unpacks to more than a report ever is.
pub(super) fn too_large() -> Failure {
    let what = words(
        "文件解开后太大（超过 {max} MiB 或部件过多），不像一份年报",
        "unpacked, the file is too large for an annual report (over {max} MiB or too many parts)",
    );
    Failure::file(what.with(vec![("max", (MAX_UNPACKED >> 20).into())])).hint(words(
        "请确认选对了文件；图片很多的，删去图片另存一份再打开",
        "is it the right file? Take large pictures out and save it again",
    ))
}
