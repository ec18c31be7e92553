//! Bytes of strangers to text: UTF-8, UTF-16, GB18030, whatever is declared.
//!
//! **Never:** loses a byte without a note that names its line.
//! Next: `read::text`, `own::json`.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::base::place::Place;
use crate::base::words::{Message, words};
use crate::model::Note;

/// Text, and what was lost or doubtful in reading it.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) notes: Vec<Note>,
}

/// Most lines with unreadable bytes that are named one by one.
const NAMED_LINES: usize = 20;
/// Share of bytes beyond ASCII, in percent, that must be sound in damaged UTF-8.
const NEARLY: usize = 95;

/// The encoding with this name; GBK and gb2312 mean GB18030.
pub(super) fn by_name(name: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(name.trim().as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// Decodes bytes; `forced` overrides what they look like.
pub(super) fn decode<'a>(bytes: &'a [u8], forced: Option<&'static Encoding>) -> Decoded<'a> {
    let encoding = forced.unwrap_or_else(|| detect(bytes));
    // Honours a mark of byte order, and takes it off.
    let (text, used, _) = encoding.decode(bytes);
    let mut notes = Vec::new();
    if !text.contains(|c| c == '\u{FFFD}' || is_private(c)) {
        return Decoded { text, notes };
    }
    let name = || used.name();
    // A replacement character that stands in sound UTF-8 was written by someone else;
    // it is as unreadable as ours.
    let lines: Vec<usize> = lines_with(&text, |c| c == '\u{FFFD}');
    for line in lines.iter().take(NAMED_LINES) {
        notes.push(note(
            *line,
            words(
                "有无法识别的字节（按 {encoding} 读），显示为 \u{FFFD}，请对照原稿",
                "unreadable bytes (read as {encoding}), shown as \u{FFFD}: compare with the source",
            )
            .with(vec![("encoding", name().into())]),
        ));
    }
    if lines.len() > NAMED_LINES {
        notes.push(note(
            lines[NAMED_LINES],
            words(
                "从这里起还有 {count} 行有无法识别的字节，可能编码不对，可用 --encoding 指定",
                "{count} more lines from here have unreadable bytes; the encoding may be wrong: name it with --encoding",
            )
            .with(vec![("count", (lines.len() - NAMED_LINES).into())]),
        ));
    }
    let private = lines_with(&text, is_private);
    if let Some(line) = private.first() {
        notes.push(note(
            *line,
            words(
                "有 {count} 行含自造字，可能编码不对（按 {encoding} 读），可用 --encoding 指定",
                "{count} lines hold private characters; the encoding may be wrong (read as {encoding}): name it with --encoding",
            )
            .with(vec![
                ("count", private.len().into()),
                ("encoding", name().into()),
            ]),
        ));
    }
    Decoded { text, notes }
}

/// The text of a part of an office document, which says itself what it is.
pub(super) fn xml(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = declared(bytes).unwrap_or(UTF_8);
    encoding.decode(bytes).0
}

/// The encoding that a page or an XML file names in its first lines.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const WITHIN: usize = 4096;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(WITHIN)]).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|word| {
        let mut places = start.match_indices(word);
        places.find_map(|(at, _)| {
            let value = start[at + word.len()..].trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)))?;
            by_name(&value[..end])
        })
    })
}

fn note(line: usize, message: Message) -> Note {
    Note {
        place: Place::Line(line),
        message,
    }
}

/// Whether a character means what some one has agreed upon.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

fn lines_with(text: &str, is_bad: impl Fn(char) -> bool) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.contains(&is_bad))
        .map(|(index, _)| index + 1)
        .collect()
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    if let Some(encoding) = utf_16(bytes) {
        return encoding;
    }
    if is_nearly_utf_8(bytes) {
        return UTF_8;
    }
    let sound = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        text.is_some().then_some(encoding)
    };
    if let Some(encoding) = declared(bytes).and_then(sound) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

/// UTF-8 with a byte or two damaged, or cut inside a character.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0x80).count();
        bad += chunk.invalid().len();
    }
    sound * 100 > (sound + bad) * NEARLY
}

/// UTF-16 without a mark: an even length, and half the bytes say Chinese or ASCII.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let likely = |high: usize| {
        let pairs = bytes.chunks_exact(2);
        let good = pairs
            .clone()
            .filter(|pair| {
                let (high, low) = (pair[high], pair[1 - high]);
                matches!(high, 0x4E..=0x9F | 0x30)
                    || high == 0xFF && low <= 0x65
                    || high == 0 && matches!(low, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xA0)
            })
            .count();
        let ascii = pairs
            .clone()
            .filter(|pair| pair[high] == 0 && pair[1 - high] < 0x80)
            .count();
        // Two-byte Chinese encodings have no zero bytes; some ASCII must show them.
        good * 10 > pairs.len() * 9 && ascii > 0
    };
    [(1, UTF_16LE), (0, UTF_16BE)]
        .into_iter()
        .find(|(high, _)| likely(*high))
        .map(|(_, encoding)| encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、总体情况\n2024年共受理政府信息公开申请9件。\n";

    fn utf_16_bytes(little: bool) -> Vec<u8> {
        TEXT.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_met_is_told_from_the_bytes() {
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend(TEXT.as_bytes());
        let mut little = b"\xFF\xFE".to_vec();
        little.extend(utf_16_bytes(true));
        let all = [
            TEXT.as_bytes().to_vec(),
            marked,
            little,
            utf_16_bytes(true),
            utf_16_bytes(false),
            GB18030.encode(TEXT).0.into_owned(),
        ];
        for bytes in all {
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.text, TEXT);
            assert!(decoded.notes.is_empty(), "{:?}", decoded.notes);
        }
    }

    #[test]
    fn damaged_bytes_are_named_by_their_line() {
        let mut bytes = TEXT.repeat(5).into_bytes();
        let at = TEXT.find("受理").expect("the text holds the word");
        bytes[at] = 0xFF;
        let decoded = decode(&bytes, None);
        assert!(decoded.text.contains('\u{FFFD}'));
        assert!(decoded.text.starts_with("一、总体情况"));
        assert_eq!(decoded.notes[0].place, "line 2");
    }

    #[test]
    fn a_named_encoding_overrides_the_look() {
        let bytes = GB18030.encode("总").0.into_owned();
        assert_eq!(decode(&bytes, by_name("gb2312")).text, "总");
        assert!(by_name("klingon").is_none());
    }
}
