//! Bytes of a terminal to events: keys, pastes, the mouse, focus, reports.
//!
//! A sequence that no dialect knows is swallowed whole, because its tail would otherwise
//! be typed into a cell.
//!
//! Never: reads, sleeps, or looks at a clock; the caller says what time it is.
//! Next: `dialects` for what key a sequence is, `events`, which feeds the parser,
//! `unmarked_paste`, which joins what it gives out.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::dialects::{
    Chord, KEYPAD, LETTERS, NUMBERS, SMALL_ARROWS, coded, control, find, modifiers,
};

/// What the terminal tells the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key. A character carries its own shift: `A` comes without SHIFT.
    Key(KeyEvent),
    /// A pasted text, newlines as `\n`, no control character but `\n` and `\t`.
    Paste(String),
    /// Follows a `Paste` whose end was dropped because it was too long.
    PasteCut,
    /// A paste of a terminal that does not mark them, as keys: Enter as `\r`, Ctrl+J as
    /// `\n`. Made by `unmarked_paste`, not by the parser.
    Unmarked {
        /// All of it.
        text: String,
        /// Characters at its start that were handed on as keys already.
        given: usize,
    },
    /// Keys in a run that is too long to be typed one by one, as `Unmarked` has them.
    Typed(String),
    /// A button or the wheel of the mouse.
    Mouse(MouseEvent),
    /// The terminal window gained (true) or lost focus.
    Focus(bool),
    /// An answer of the terminal, never something a person typed.
    Report(TerminalReport),
    /// The terminal is gone; nothing follows.
    Closed,
}

/// An answer of the terminal, asked for or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminalReport {
    /// Where the cursor is, counted from 1.
    Cursor {
        /// The row.
        row: u16,
        /// The column.
        col: u16,
    },
    /// It marks its pastes: what was answered to `ESC[?2004$p`.
    MarksPastes,
    /// Its background, as red, green and blue: what was answered to `ESC]11;?`.
    Background([u8; 3]),
    /// Any other reply or unknown sequence, swallowed.
    Other,
}

/// How long a lone ESC waits for the rest of its sequence on a local terminal.
pub const HOLD: Duration = Duration::from_millis(50);
/// The same when the terminal is at the other end of a network.
pub const HOLD_REMOTE: Duration = Duration::from_millis(100);
/// The longest paste kept, in bytes.
pub const PASTE_MAX: usize = 8 << 20;

/// How long a sequence that no key can have begun waits for its end.
const HOLD_SEQUENCE: Duration = Duration::from_secs(1);
/// An Esc that comes so soon after the background was asked for may begin the answer.
const ANSWER: Duration = Duration::from_secs(1);
/// How long such an Esc waits for the rest.
const HOLD_ANSWER: Duration = Duration::from_millis(200);
/// After this silence a paste whose end mark got lost is over.
const HOLD_PASTE: Duration = Duration::from_secs(10);
/// Esc and Ctrl+Q end a paste that is older: its end mark may be lost.
const LEAVE_PASTE: Duration = Duration::from_secs(1);
/// Bytes without a final byte that are no sequence.
const SEQUENCE_MAX: usize = 128;

const ESC: u8 = 0x1b;
const CTRL_Q: u8 = 0x11;
/// What the answer about the background begins with, behind its Esc.
const BACKGROUND: &[u8] = b"]11;";
/// Bytes of a control string that are kept: more than that answer has.
const BODY_MAX: usize = 40;
const PASTE_END: &[u8] = b"\x1b[201~";

/// A sequence's middle, final byte and length; or how many bytes to skip.
type Cut<'a> = Result<(&'a [u8], u8, usize), usize>;

/// Turns bytes into events, however a slow line cuts them.
///
/// Invariant: any cut of the same bytes gives the same events while no time runs out.
#[derive(Debug)]
pub struct Parser {
    hold: Duration,
    reports: usize,
    /// When the background was asked for, until it is answered.
    asked: Option<Duration>,
    /// The beginning of its answer was given out as a key, for the rest was late: this
    /// is what would come next.
    torn: &'static [u8],
    state: State,
    held: Vec<u8>,
    since: Duration,
    events: Vec<Event>,
}

#[derive(Debug)]
enum State {
    Ground,
    /// Inside OSC, DCS, APC, PM or SOS; its first bytes are kept.
    ControlString {
        introducer: u8,
        body: Vec<u8>,
    },
    Paste {
        bytes: Vec<u8>,
        cut: bool,
        began: Duration,
    },
}

impl Parser {
    /// A parser that holds nothing; `hold` is `HOLD` or `HOLD_REMOTE`.
    #[must_use]
    pub fn new(hold: Duration) -> Self {
        Self {
            hold,
            reports: 0,
            asked: None,
            torn: b"",
            state: State::Ground,
            held: Vec::new(),
            since: Duration::ZERO,
            events: Vec::new(),
        }
    }

    /// Announces that `count` cursor positions were asked for.
    ///
    /// Until they came `ESC[1;2R` is such a position, afterwards it is Shift+F3.
    pub fn expect_reports(&mut self, count: usize) {
        self.reports = count;
    }

    /// Announces that the background was asked for at `now`.
    ///
    /// However late and in whatever pieces the answer comes, nothing of it is a key but
    /// an Esc whose rest keeps the user waiting.
    pub fn expect_background(&mut self, now: Duration) {
        self.asked = Some(now);
    }

    /// Takes bytes that arrived at `now`, a time since any fixed moment.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) {
        if bytes.is_empty() {
            return;
        }
        self.since = now;
        // Alone in a read, so that nothing inside a pasted text can be it.
        if bytes == [CTRL_Q] && self.is_old_paste(now) {
            self.held.clear();
            self.end_paste();
        }
        self.held.extend_from_slice(bytes);
        self.consume();
    }

    /// Takes the whole tokens out of what is held.
    fn consume(&mut self) {
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        while !rest.is_empty() {
            let taken = match self.state {
                State::Ground => self.ground(rest),
                State::ControlString { .. } => self.control_string(rest),
                State::Paste { .. } => self.paste(rest),
            };
            let Some(taken) = taken else { break };
            rest = &rest[taken..];
        }
        self.held = rest.to_vec();
    }

    /// Returns the complete events, in order.
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// When `flush_timeout` has something to do; None is never.
    ///
    /// Half a UTF-8 character waits for ever: its rest is on the way, and it is no key.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let patience = match (&self.state, self.held.as_slice()) {
            (State::Paste { .. }, [ESC]) if self.is_old_paste(self.since) => self.hold,
            (State::Paste { .. }, _) => HOLD_PASTE,
            (State::Ground, [ESC]) if self.is_soon() => self.hold.max(HOLD_ANSWER),
            (State::ControlString { body, .. }, []) if body.is_empty() && self.is_soon() => {
                self.hold.max(HOLD_ANSWER)
            }
            (State::ControlString { body, .. }, []) if body.is_empty() => self.hold,
            (State::ControlString { introducer, body }, _) if self.is_answer(*introducer, body) => {
                HOLD_PASTE
            }
            (State::Ground, [ESC] | [ESC, b'[' | b'O']) => self.hold,
            (State::Ground, [first, ..]) if self.torn.first() == Some(first) => self.hold,
            (State::ControlString { .. }, _) | (State::Ground, [ESC, b'[' | b'O', ..]) => {
                HOLD_SEQUENCE
            }
            (State::Ground, _) => return None,
        };
        Some(self.since + patience)
    }

    /// Gives up waiting for what is overdue at `now`.
    pub fn flush_timeout(&mut self, now: Duration) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        let held = std::mem::take(&mut self.held);
        match self.state {
            State::Paste { .. } => self.end_paste(),
            State::ControlString { .. } => {
                self.end_control_string(false);
                if held == [ESC] {
                    self.press(KeyCode::Esc, KeyModifiers::NONE);
                }
            }
            State::Ground if held.first() != Some(&ESC) => {
                // A bracket behind an Esc: more likely the answer's than a key.
                self.torn = self.torn.get(held.len()..).unwrap_or_default();
                self.swallow();
            }
            State::Ground => match held.as_slice() {
                [ESC] => {
                    self.press(KeyCode::Esc, KeyModifiers::NONE);
                    self.tear(BACKGROUND);
                }
                [ESC, byte] => self.press(KeyCode::Char(char::from(*byte)), KeyModifiers::ALT),
                _ => self.events.push(Event::Report(TerminalReport::Other)),
            },
        }
    }

    /// Whether a paste has been without its end mark for so long that keys may be meant.
    fn is_old_paste(&self, now: Duration) -> bool {
        matches!(self.state, State::Paste { began, .. } if now >= began + LEAVE_PASTE)
    }

    /// Whether the background was asked for just before what is held came.
    fn is_soon(&self) -> bool {
        self.asked.is_some_and(|asked| self.since < asked + ANSWER)
    }

    /// Whether a control string is the answer about the background, so far.
    fn is_answer(&self, introducer: u8, body: &[u8]) -> bool {
        let begun = &BACKGROUND[1..];
        let both = body.len().min(begun.len());
        self.asked.is_some() && introducer == BACKGROUND[0] && body[..both] == begun[..both]
    }

    /// Remembers what would come next, if the key just given out began an answer.
    fn tear(&mut self, next: &'static [u8]) {
        self.torn = if self.asked.is_some() { next } else { b"" };
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        self.events.push(Event::Key(KeyEvent::new(code, modifiers)));
    }

    fn swallow(&mut self) {
        self.events.push(Event::Report(TerminalReport::Other));
    }

    /// The next token outside pastes and control strings: bytes taken, None if it is not whole.
    fn ground(&mut self, bytes: &[u8]) -> Option<usize> {
        let torn = self.torn;
        if !torn.is_empty() {
            if bytes.len() < torn.len() && torn.starts_with(bytes) {
                return None;
            }
            self.torn = b"";
            if bytes.starts_with(torn) {
                self.state = State::ControlString {
                    introducer: BACKGROUND[0],
                    body: BACKGROUND[1..].to_vec(),
                };
                return Some(torn.len());
            }
        }
        if bytes[0] != ESC {
            let (key, taken) = character(bytes)?;
            if let Some((code, modifiers)) = key {
                self.press(code, modifiers);
            }
            return Some(taken);
        }
        match *bytes.get(1)? {
            b'[' => self.sequence(bytes),
            b'O' => self.single_shift(bytes),
            introducer @ (b'P' | b'X' | b'^' | b'_' | b']') => {
                self.state = State::ControlString {
                    introducer,
                    body: Vec::new(),
                };
                Some(2)
            }
            ESC => {
                self.press(KeyCode::Esc, KeyModifiers::NONE);
                Some(1)
            }
            // The Linux console sends Shift+Tab so.
            b'\t' => {
                self.press(KeyCode::BackTab, KeyModifiers::NONE);
                Some(2)
            }
            _ => {
                let (key, taken) = character(&bytes[1..])?;
                match key {
                    Some((code, modifiers)) => self.press(code, modifiers | KeyModifiers::ALT),
                    None => self.press(KeyCode::Esc, KeyModifiers::NONE),
                }
                Some(1 + taken)
            }
        }
    }

    /// `ESC [ ... final`.
    fn sequence(&mut self, bytes: &[u8]) -> Option<usize> {
        if *bytes.get(2)? == b'[' {
            let last = *bytes.get(3)?;
            if !(0x20..0x7f).contains(&last) {
                self.swallow();
                return Some(3);
            }
            match last {
                b'A'..=b'E' => self.press(KeyCode::F(last - b'A' + 1), KeyModifiers::NONE),
                _ => self.swallow(),
            }
            return Some(4);
        }
        if bytes[2] == b'M' {
            return self.old_mouse(bytes);
        }
        // rxvt ends Shift+Home with `$`, which elsewhere comes before the final byte.
        let private = matches!(bytes[2], b'<'..=b'?');
        let is_final = |byte: &u8| !matches!(byte, 0x20..=0x3f) || (*byte == b'$' && !private);
        let (middle, last, taken) = match self.split(bytes, '[', is_final)? {
            Ok(parts) => parts,
            Err(taken) => return Some(taken),
        };
        if let (Some(numbers), b'M' | b'm') = (middle.strip_prefix(b"<"), last) {
            let [bits, x, y] = Numbers::of(numbers).at;
            self.mouse(bits, (x, y), last == b'm');
            return Some(taken);
        }
        if private || middle.iter().any(|byte| *byte < b'0') {
            // Set by us just before, or always on.
            let marks = matches!(middle, b"?2004;1$" | b"?2004;3$") && last == b'y';
            let report = if marks {
                TerminalReport::MarksPastes
            } else {
                TerminalReport::Other
            };
            self.events.push(Event::Report(report));
            return Some(taken);
        }
        let numbers = Numbers::of(middle);
        let modifiers = modifiers(numbers.at[1]);
        let key = match (last, numbers.at[0]) {
            _ if numbers.is_release => None,
            (b'I' | b'O', _) if middle.is_empty() => {
                self.events.push(Event::Focus(last == b'I'));
                return Some(taken);
            }
            (b'~', 200) => {
                self.state = State::Paste {
                    bytes: Vec::new(),
                    cut: false,
                    began: self.since,
                };
                return Some(taken);
            }
            (b'R', row) if numbers.at[1] > 0 && (self.reports > 0 || row > 1) => {
                self.reports = self.reports.saturating_sub(1);
                let [row, col, _] = numbers
                    .at
                    .map(|number| u16::try_from(number).unwrap_or(u16::MAX));
                self.events
                    .push(Event::Report(TerminalReport::Cursor { row, col }));
                return Some(taken);
            }
            (b'~', 27) => coded(numbers.at[2], modifiers),
            (b'u', code) => coded(code, modifiers),
            (b'Z', _) => Some((KeyCode::BackTab, modifiers - KeyModifiers::SHIFT)),
            (b'~', number) => find(NUMBERS, number).map(|code| (code, modifiers)),
            (b'$', number) => find(NUMBERS, number).map(|code| (code, KeyModifiers::SHIFT)),
            (b'^', number) => find(NUMBERS, number).map(|code| (code, KeyModifiers::CONTROL)),
            (b'@', number) => find(NUMBERS, number)
                .map(|code| (code, KeyModifiers::CONTROL | KeyModifiers::SHIFT)),
            (b'a'..=b'd', _) => find(SMALL_ARROWS, last).map(|code| (code, KeyModifiers::SHIFT)),
            _ => find(LETTERS, last).map(|code| (code, numbers.modifiers())),
        };
        match key {
            Some((code, modifiers)) => self.press(code, modifiers),
            None => self.swallow(),
        }
        Some(taken)
    }

    /// `ESC [ M` and three bytes: the mouse of terminals that know no numbers for it.
    fn old_mouse(&mut self, bytes: &[u8]) -> Option<usize> {
        let [bits, x, y] = *bytes.get(3..6)? else {
            return None;
        };
        if [bits, x, y].iter().any(|byte| *byte < 0x20) {
            self.swallow();
            return Some(3);
        }
        let place = |byte: u8| u32::from(byte - 0x20);
        let is_up = place(bits) & 0b100_0011 == 3;
        self.mouse(place(bits), (place(x), place(y)), is_up);
        Some(6)
    }

    /// The mouse: what moved as bits, where, counted from 1, and whether it was let go.
    fn mouse(&mut self, bits: u32, (x, y): (u32, u32), is_up: bool) {
        let button = match bits & 3 {
            0 => MouseButton::Left,
            1 => MouseButton::Middle,
            _ => MouseButton::Right,
        };
        let kind = match bits {
            _ if bits & 64 != 0 => match bits & 3 {
                0 => MouseEventKind::ScrollUp,
                1 => MouseEventKind::ScrollDown,
                2 => MouseEventKind::ScrollLeft,
                _ => MouseEventKind::ScrollRight,
            },
            _ if bits & 32 != 0 && bits & 3 == 3 => MouseEventKind::Moved,
            _ if bits & 32 != 0 => MouseEventKind::Drag(button),
            _ if is_up => MouseEventKind::Up(button),
            _ => MouseEventKind::Down(button),
        };
        let place = |at: u32| u16::try_from(at.checked_sub(1)?).ok();
        let (Some(column), Some(row)) = (place(x), place(y)) else {
            return self.swallow();
        };
        let held = [
            (4, KeyModifiers::SHIFT),
            (8, KeyModifiers::ALT),
            (16, KeyModifiers::CONTROL),
        ];
        let held = held.into_iter().filter(|(bit, _)| bits & bit != 0);
        self.events.push(Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: held.fold(KeyModifiers::NONE, |all, (_, one)| all | one),
        }));
    }

    /// `ESC O ... final`.
    fn single_shift(&mut self, bytes: &[u8]) -> Option<usize> {
        let is_final = |byte: &u8| !matches!(byte, b'0'..=b'9' | b';');
        let (middle, last, taken) = match self.split(bytes, 'O', is_final)? {
            Ok(parts) => parts,
            Err(taken) => return Some(taken),
        };
        let modifiers = Numbers::of(middle).modifiers();
        let plain = find(KEYPAD, last).or_else(|| find(LETTERS, last));
        let ctrl = || find(SMALL_ARROWS, last).map(|code| (code, KeyModifiers::CONTROL));
        match plain.map(|code| (code, modifiers)).or_else(ctrl) {
            Some((code, modifiers)) => self.press(code, modifiers),
            None => self.swallow(),
        }
        Some(taken)
    }

    /// Cuts a sequence at its final byte: what is before it, itself, the length.
    ///
    /// Err is a length to skip: a control byte, or no end in sight, broke the sequence.
    fn split<'a>(
        &mut self,
        bytes: &'a [u8],
        introducer: char,
        is_final: impl Fn(&u8) -> bool,
    ) -> Option<Cut<'a>> {
        let window = &bytes[2..bytes.len().min(SEQUENCE_MAX)];
        let Some(length) = window.iter().position(is_final) else {
            if bytes.len() < SEQUENCE_MAX {
                return None;
            }
            self.swallow();
            return Some(Err(SEQUENCE_MAX));
        };
        let last = window[length];
        if !(0x20..0x7f).contains(&last) {
            match length {
                0 => self.press(KeyCode::Char(introducer), KeyModifiers::ALT),
                _ => self.swallow(),
            }
            return Some(Err(2 + length));
        }
        Some(Ok((&window[..length], last, 3 + length)))
    }

    /// Inside a control string everything is dropped up to BEL or `ESC \`; a key breaks it off.
    fn control_string(&mut self, bytes: &[u8]) -> Option<usize> {
        let more = bytes.iter().take_while(|byte| **byte >= 0x20).count();
        if more > 0 {
            if let State::ControlString { body, .. } = &mut self.state {
                let room = BODY_MAX.saturating_sub(body.len());
                body.extend_from_slice(&bytes[..more.min(room)]);
            }
            return Some(more);
        }
        if bytes[0] == 0x07 {
            self.end_control_string(true);
            return Some(1);
        }
        if bytes[0] == ESC && *bytes.get(1)? == b'\\' {
            self.end_control_string(true);
            return Some(2);
        }
        self.end_control_string(false);
        Some(0)
    }

    /// Ends a control string, whole or broken off; a broken one without a body was a key.
    fn end_control_string(&mut self, is_whole: bool) {
        let State::ControlString { introducer, body } =
            std::mem::replace(&mut self.state, State::Ground)
        else {
            return;
        };
        if body.is_empty() && !is_whole {
            self.press(KeyCode::Char(char::from(introducer)), KeyModifiers::ALT);
            if introducer == BACKGROUND[0] {
                self.tear(&BACKGROUND[1..]);
            }
            return;
        }
        let told = if is_whole && self.is_answer(introducer, &body) {
            body.get(BACKGROUND.len() - 1..).and_then(colour)
        } else {
            None
        };
        match told {
            Some(colour) => {
                self.asked = None;
                let report = TerminalReport::Background(colour);
                self.events.push(Event::Report(report));
            }
            None => self.swallow(),
        }
    }

    /// Inside a bracketed paste only its end mark is a sequence.
    fn paste(&mut self, more: &[u8]) -> Option<usize> {
        let State::Paste { bytes, cut, .. } = &mut self.state else {
            return None;
        };
        let plain = more
            .iter()
            .position(|byte| *byte == ESC)
            .unwrap_or(more.len());
        let room = PASTE_MAX - bytes.len();
        *cut |= plain > room;
        bytes.extend_from_slice(&more[..plain.min(room)]);
        if plain > 0 {
            return Some(plain);
        }
        if more.starts_with(PASTE_END) {
            self.end_paste();
            return Some(PASTE_END.len());
        }
        if PASTE_END.starts_with(more) {
            return None;
        }
        // An ESC of the text itself: dropped, as every control character is.
        Some(1)
    }

    fn end_paste(&mut self) {
        if let State::Paste { bytes, cut, .. } = std::mem::replace(&mut self.state, State::Ground) {
            self.events.push(Event::Paste(clean(&bytes)));
            if cut {
                self.events.push(Event::PasteCut);
            }
        }
    }
}

/// The numbers of a sequence; an absent one is 0.
struct Numbers {
    at: [u32; 3],
    is_release: bool,
}

impl Numbers {
    fn of(bytes: &[u8]) -> Self {
        let mut numbers = Self {
            at: [0; 3],
            is_release: false,
        };
        for (index, field) in bytes.split(|byte| *byte == b';').enumerate().take(3) {
            let mut parts = field.split(|byte| *byte == b':');
            numbers.at[index] = parts.next().map_or(0, decimal);
            // `ESC[97;1:3u` is a key let go.
            numbers.is_release |= index == 1 && parts.next().map_or(0, decimal) == 3;
        }
        numbers
    }

    /// The modifiers of a sequence that ends with a letter: `1;5`, old xterms `5`.
    fn modifiers(&self) -> KeyModifiers {
        modifiers(self.at[0].max(self.at[1]))
    }
}

/// The colour that an answer names: `rgb:RRRR/GGGG/BBBB`, of one to four digits each.
fn colour(answer: &[u8]) -> Option<[u8; 3]> {
    let answer = str::from_utf8(answer).ok()?;
    let parts = answer
        .strip_prefix("rgb:")
        .or_else(|| answer.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(|digits| {
        let most = match digits.len() {
            1 => 0xf,
            2 => 0xff,
            3 => 0xfff,
            4 => 0xffff,
            _ => return None,
        };
        let value = u32::from_str_radix(digits, 16).ok()?;
        u8::try_from(value * 255 / most).ok()
    });
    let mut next = || parts.next()?;
    Some([next()?, next()?, next()?])
}

fn decimal(digits: &[u8]) -> u32 {
    let digits = digits.iter().filter(|byte| byte.is_ascii_digit());
    digits.fold(0, |sum, digit| {
        sum.saturating_mul(10)
            .saturating_add(u32::from(digit - b'0'))
    })
}

/// The first character of the bytes and its length; no chord if it is to be dropped.
fn character(bytes: &[u8]) -> Option<(Option<Chord>, usize)> {
    if let Some(chord) = control(bytes[0]) {
        return Some((Some(chord), 1));
    }
    let head = &bytes[..bytes.len().min(4)];
    let (valid, broken) = match str::from_utf8(head) {
        Ok(text) => (text, None),
        Err(error) => {
            let (valid, _) = head.split_at(error.valid_up_to());
            (str::from_utf8(valid).unwrap_or(""), error.error_len())
        }
    };
    match (valid.chars().next(), broken) {
        // C1 controls, written as UTF-8.
        (Some(letter), _) if letter.is_control() => Some((None, letter.len_utf8())),
        (Some(letter), _) => Some((
            Some((KeyCode::Char(letter), KeyModifiers::NONE)),
            letter.len_utf8(),
        )),
        (None, Some(length)) => Some((None, length)),
        (None, None) => None,
    }
}

/// The text of a paste: one kind of newline, no other control character but Tab.
///
/// Bytes that are no UTF-8 show as U+FFFD: a hole in pasted figures must be seen.
fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.chars()
        .map(|letter| if letter == '\r' { '\n' } else { letter })
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect()
}
