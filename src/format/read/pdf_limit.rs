//! How large the streams of a PDF are, unpacked, before a parser unpacks them.
//!
//! The file is not parsed: whatever follows the word `stream` is measured, by
//! the filters that the text before it names. What unpacks to more than a report
//! ever holds is refused; nothing is kept.
//!
//! **Never:** holds more than one stream at a time.
//! Next: `read::pdf`, which reads the file.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use crate::base::failure::Failure;
use crate::format::archive::too_large;

/// Most bytes of one stream; whole Chinese fonts have some twenty million.
const MAX_STREAM: usize = 32 << 20;
/// Most bytes of one picture; pictures are not unpacked.
const MAX_PICTURE: usize = 64 << 20;
/// Most bytes of all tables of objects, each of whose bytes may be an object.
const MAX_OBJECTS: usize = 1 << 20;
/// Most bytes of all streams but pictures.
const MAX_TOTAL: usize = 96 << 20;
/// Most times that the bytes of a file are gone through.
const MAX_PASSES: usize = 8;
/// Bytes before a stream in which its filters are named.
const HEAD: usize = 2048;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Ascii85,
    Hex,
    Flate,
    Lzw,
    RunLength,
}

/// Filters by their names, those that are the beginning of another one last.
const FILTERS: [(&[u8], Filter); 10] = [
    (b"/ASCII85Decode", Filter::Ascii85),
    (b"/A85", Filter::Ascii85),
    (b"/ASCIIHexDecode", Filter::Hex),
    (b"/AHx", Filter::Hex),
    (b"/FlateDecode", Filter::Flate),
    (b"/Fl", Filter::Flate),
    (b"/LZWDecode", Filter::Lzw),
    (b"/LZW", Filter::Lzw),
    (b"/RunLengthDecode", Filter::RunLength),
    (b"/RL", Filter::RunLength),
];

/// Refuses a PDF whose streams unpack to too much.
pub(super) fn measure(file: &[u8]) -> Result<(), Failure> {
    const WORD: &[u8] = b"stream";
    let mut total = 0_usize;
    let mut objects = 0_usize;
    let mut read = 0_usize;
    let mut at = 0;
    while let Some(found) = memmem::find(&file[at..], WORD) {
        let start = at + found + WORD.len();
        let before = &file[..at + found];
        at = start;
        if before.ends_with(b"end") {
            continue;
        }
        let data = &file[start..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let head = &before[before.len().saturating_sub(HEAD)..];
        let head = head_of(head);
        let has = |name: &[u8]| memmem::find(head, name).is_some();
        let is_picture = has(b"/Image") && has(b"/Width") && !has(b"/ObjStm") && !has(b"/XRef");
        let may_list = lists_objects(head);
        let most = match (is_picture, may_list) {
            (_, true) => MAX_OBJECTS - objects,
            (true, _) => MAX_PICTURE,
            (false, _) => MAX_STREAM,
        };
        let (unpacked, consumed) = unpacked(&filters(head, data), data, most);
        read = read.saturating_add(consumed);
        if unpacked > most {
            return Err(too_large());
        }
        if may_list {
            objects += unpacked;
        }
        if !is_picture {
            total = total.saturating_add(unpacked);
        }
        if total > MAX_TOTAL || read > file.len().saturating_mul(MAX_PASSES) {
            return Err(too_large());
        }
    }
    Ok(())
}

/// Whether a stream may be a table of objects: it says how wide their fields are,
/// or its names can't be read from here.
fn lists_objects(head: &[u8]) -> bool {
    let mut rest = head;
    while let Some(at) = memmem::find(rest, b"/W") {
        rest = &rest[at + 2..];
        if rest.trim_ascii_start().starts_with(b"[") {
            return true;
        }
    }
    let is_whole = memmem::find(head, b"obj").is_some();
    !is_whole || memmem::find(head, b"/#57").is_some()
}

/// The object that ends here, without the ones before it.
fn head_of(before: &[u8]) -> &[u8] {
    let mut head = before;
    while let Some(at) = memmem::find(head, b"endobj") {
        head = &head[at + 6..];
    }
    head
}

/// The filters that a stream names in their order; none named, what it looks like.
fn filters(head: &[u8], data: &[u8]) -> Vec<Filter> {
    let mut found = Vec::new();
    let mut rest = head;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = &rest[at..];
        let named = FILTERS.iter().find(|(name, _)| {
            let next = rest.strip_prefix(*name).map(|rest| rest.first());
            next.is_some_and(|next| !next.is_some_and(u8::is_ascii_alphanumeric))
        });
        found.extend(named.map(|(_, filter)| *filter));
        rest = &rest[1..];
    }
    let zlib = |data: &[u8]| matches!(data, [a, b, ..] if a & 15 == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0);
    if found.is_empty() && zlib(data) {
        found.push(Filter::Flate);
    }
    found
}

/// Bytes of a stream unpacked by all its filters, at its largest, and how many
/// bytes of the file were gone through.
fn unpacked(filters: &[Filter], data: &[u8], most: usize) -> (usize, usize) {
    let mut largest = 0;
    let mut consumed = 0;
    let mut held: Option<Vec<u8>> = None;
    for (index, filter) in filters.iter().enumerate() {
        let last = index + 1 == filters.len();
        let from = held.as_deref().unwrap_or(data);
        let mut out = Out {
            bytes: Vec::new(),
            kept: !last,
            len: 0,
            most,
        };
        let read = match filter {
            Filter::Ascii85 => ascii85(from, &mut out),
            Filter::Hex => hex(from, &mut out),
            Filter::Flate => flate(from, &mut out),
            Filter::Lzw => lzw(from, &mut out),
            Filter::RunLength => run_length(from, &mut out),
        };
        if index == 0 {
            consumed = read;
        }
        largest = largest.max(out.len);
        if out.len > most {
            break;
        }
        // What a filter makes of lengths alone cannot be unpacked further.
        if !last && out.bytes.len() < out.len {
            return (most + 1, consumed);
        }
        held = Some(out.bytes);
    }
    (largest, consumed)
}

/// What comes out of a filter: kept for the next one, or only counted.
struct Out {
    bytes: Vec<u8>,
    kept: bool,
    len: usize,
    most: usize,
}

impl Out {
    /// Takes bytes; false once they are too many.
    fn push(&mut self, bytes: &[u8]) -> bool {
        self.len = self.len.saturating_add(bytes.len());
        let fits = self.len <= self.most;
        if self.kept && fits {
            self.bytes.extend_from_slice(bytes);
        }
        fits
    }

    /// Counts bytes; false once they are too many.
    fn count(&mut self, bytes: usize) -> bool {
        self.len = self.len.saturating_add(bytes);
        self.len <= self.most
    }
}

fn ascii85(data: &[u8], out: &mut Out) -> usize {
    let mut group = 0_u32;
    let mut digits = 0;
    for (index, byte) in data.iter().enumerate() {
        let fits = match byte {
            b'z' if digits == 0 => out.push(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
                let full = digits == 5;
                digits %= 5;
                !full || out.push(&std::mem::take(&mut group).to_be_bytes())
            }
            byte if byte.is_ascii_whitespace() => true,
            _ => {
                // What a short last group says is part of its bytes.
                for _ in digits..5 {
                    group = group.wrapping_mul(85).wrapping_add(84);
                }
                let last = group.to_be_bytes();
                out.push(&last[..usize::from(digits > 1) * (digits.max(1) - 1)]);
                return index;
            }
        };
        if !fits {
            return index;
        }
    }
    data.len()
}

fn hex(data: &[u8], out: &mut Out) -> usize {
    let mut high: Option<u8> = None;
    for (index, byte) in data.iter().enumerate() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            byte if byte.is_ascii_whitespace() => continue,
            _ => return index,
        };
        match high.take() {
            Some(high) if !out.push(&[high << 4 | digit]) => return index,
            Some(_) => {}
            None => high = Some(digit),
        }
    }
    data.len()
}

fn flate(data: &[u8], out: &mut Out) -> usize {
    let mut buffer = vec![0; 64 << 10];
    let spaces = data.iter().take_while(|byte| byte.is_ascii_whitespace());
    let skipped = spaces.count();
    let has_header = |data: &[u8]| matches!(data, [a, ..] if a & 15 == 8);
    let data = if has_header(data) {
        data
    } else {
        &data[skipped..]
    };
    let mut read = 0;
    // Some write the data without its header.
    for header in [has_header(data), !has_header(data)] {
        let mut inflater = Decompress::new(header);
        let mut at = 0;
        let before = out.len;
        loop {
            let (input, output) = (inflater.total_in(), inflater.total_out());
            let status = inflater.decompress(&data[at..], &mut buffer, FlushDecompress::None);
            let taken = usize::try_from(inflater.total_in() - input).unwrap_or(usize::MAX);
            let made = usize::try_from(inflater.total_out() - output).unwrap_or(usize::MAX);
            at += taken;
            let fits = out.push(&buffer[..made]);
            let ends = !matches!(status, Ok(Status::Ok | Status::BufError));
            if !fits || ends || taken + made == 0 {
                break;
            }
        }
        read += at;
        if out.len > before {
            break;
        }
    }
    read
}

fn lzw(data: &[u8], out: &mut Out) -> usize {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // How many bytes each code stands for.
    let mut lens: Vec<usize> = vec![1; 258];
    let mut last: Option<usize> = None;
    let (mut bits, mut held) = (0_u32, 0_u32);
    for (index, byte) in data.iter().enumerate() {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        let width = match lens.len() {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
        if bits < width {
            continue;
        }
        bits -= width;
        let code = usize::try_from(held >> bits & ((1 << width) - 1)).unwrap_or(END);
        held &= (1 << bits) - 1;
        match code {
            END => return index,
            CLEAR => {
                lens.truncate(258);
                last = None;
                continue;
            }
            _ => {}
        }
        let len = lens.get(code).copied().or(last.map(|last| last + 1));
        let Some(len) = len else { return index };
        if !out.count(len) {
            return index;
        }
        if let (Some(last), true) = (last, lens.len() < 4096) {
            lens.push(last + 1);
        }
        last = Some(len);
    }
    data.len()
}

fn run_length(data: &[u8], out: &mut Out) -> usize {
    let mut at = 0;
    while let Some(byte) = data.get(at).filter(|byte| **byte != 128) {
        let count = usize::from(*byte);
        let (len, step) = if count < 128 {
            (count + 1, count + 2)
        } else {
            (257 - count, 2)
        };
        if !out.count(len) {
            return at;
        }
        at += step;
    }
    at.min(data.len())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn zlib(len: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..len >> 20 {
            encoder.write_all(&zeros).expect("room");
        }
        encoder.finish().expect("room")
    }

    fn file(head: &str, data: &[u8]) -> Vec<u8> {
        let before = format!("%PDF-1.4\n1 0 obj\n<<{head}>>\nstream\n");
        [before.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    fn hexed(data: &[u8]) -> Vec<u8> {
        let digits = data.iter().map(|byte| format!("{byte:02x}"));
        let mut hex = digits.collect::<String>().into_bytes();
        hex.push(b'>');
        hex
    }

    fn ascii85ed(data: &[u8]) -> Vec<u8> {
        let groups = data.chunks(4).flat_map(|chunk| {
            let mut four = [0; 4];
            four[..chunk.len()].copy_from_slice(chunk);
            let group = u32::from_be_bytes(four);
            let digit = move |power: u32| (group / 85_u32.pow(power) % 85) as u8 + b'!';
            let digits: Vec<u8> = (0..5).rev().map(digit).collect();
            digits[..=chunk.len()].to_vec()
        });
        let mut text: Vec<u8> = groups.collect();
        text.extend(b"~>");
        text
    }

    #[test]
    fn streams_that_unpack_to_too_much_are_refused_however_they_are_packed() {
        let (small, large) = (zlib(1 << 20), zlib(MAX_STREAM + (1 << 20)));
        let twice = {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&large).expect("room");
            encoder.finish().expect("room")
        };
        // Runs of 128 equal bytes; codes that each stand for one byte more.
        let runs = [129, b' '].repeat(MAX_STREAM / 128 + 1);
        let codes = |count: u32| {
            let mut bits: Vec<bool> = Vec::new();
            let mut push = |code: u32, width: u32| {
                bits.extend((0..width).rev().map(|bit| code >> bit & 1 == 1));
            };
            for _ in 0..count {
                push(256, 9);
                push(32, 9);
                for code in 258..4090 {
                    let width = match code {
                        ..511 => 9,
                        511..1023 => 10,
                        1023..2047 => 11,
                        _ => 12,
                    };
                    push(code, width);
                }
                push(256, 12);
            }
            let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
            bits.chunks(8).map(byte).collect::<Vec<u8>>()
        };
        let cases: [(&str, Vec<u8>, bool); 14] = [
            ("/Filter/FlateDecode", small.clone(), true),
            ("/Filter /FlateDecode", large.clone(), false),
            ("/Filter[/Fl]", large.clone(), false),
            ("/Length 9", large.clone(), false),
            ("/Filter[/FlateDecode/FlateDecode]", twice, false),
            (
                "/Filter[/ASCII85Decode /FlateDecode]",
                ascii85ed(&small),
                true,
            ),
            (
                "/Filter[/ASCII85Decode /FlateDecode]",
                ascii85ed(&large),
                false,
            ),
            ("/Filter[/AHx/Fl]", hexed(&large), false),
            ("/Filter/RunLengthDecode", runs, false),
            ("/Filter/LZWDecode", codes(1), true),
            ("/Filter/LZWDecode", codes(6), false),
            (
                "/Subtype/Image/Width 9/Filter/FlateDecode",
                large.clone(),
                true,
            ),
            (
                "/Type/ObjStm/Image/Width 9/Filter/FlateDecode",
                large,
                false,
            ),
            ("/Filter/FlateDecode", b"not packed at all".to_vec(), true),
        ];
        for (head, data, fits) in cases {
            assert_eq!(measure(&file(head, &data)).is_ok(), fits, "{head}");
        }
    }

    #[test]
    fn many_streams_are_too_much_together() {
        let half = file("/Filter/FlateDecode", &zlib(MAX_STREAM / 2));
        assert!(measure(&half.repeat(2)).is_ok());
        assert!(measure(&half.repeat(8)).is_err());
    }
}
