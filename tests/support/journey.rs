//! Journeys: keys in, cells and problems out, without a terminal.
//!
//! Keys are written as the keymap writes them, separated by spaces; a run of
//! digits is typed digit by digit, and `⏎` is Enter.

use gouji::base::facts::FileFacts;
use gouji::base::words::Lang;
use gouji::check::Severity;
use gouji::form::current;
use gouji::format;
use gouji::model::{Document, Report};
use gouji::tui::app::App;
use gouji::tui::input::{Effect, Input, Opened, Reply, StartFacts};
use gouji::tui::keymap::key;
use gouji::tui::report::ReportScreen;
use gouji::tui::theme::Theme;
use gouji::tui::update::update;
use gouji::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A user at the screen.
pub(crate) struct Journey {
    /// The screen.
    pub(crate) app: App,
    /// Everything it asked the shell to do.
    pub(crate) effects: Vec<Effect>,
}

impl Journey {
    /// On the embedded sample, as `gouji --sample` opens it.
    pub(crate) fn sample() -> Self {
        Journey::on(Document::unsaved(format::sample()), false)
    }

    /// On an empty report.
    pub(crate) fn new_report() -> Self {
        Journey::on(Document::unsaved(Report::new(current())), true)
    }

    /// On a document; `native` as after opening our own file.
    pub(crate) fn on(document: Document, native: bool) -> Self {
        let mut journey = Journey::start(StartFacts::default());
        journey.reply(Reply::Opened(Box::new(Opened::of(
            document,
            FileFacts::default(),
            native,
        ))));
        journey
    }

    /// On the start page.
    pub(crate) fn start(facts: StartFacts) -> Self {
        let mut journey = Journey {
            app: App::new(Lang::Zh, Theme::default(), facts),
            effects: Vec::new(),
        };
        journey.input(Input::Resize(80, 23));
        journey
    }

    /// One input.
    pub(crate) fn input(&mut self, input: Input) {
        self.effects.extend(update(&mut self.app, input));
    }

    /// What came of an effect.
    pub(crate) fn reply(&mut self, reply: Reply) {
        self.input(Input::Reply(reply));
    }

    /// Keys, separated by spaces.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in keys.split_whitespace() {
            match key(chord) {
                Some(event) => self.input(Input::Key(event)),
                None => self.typed(chord),
            }
        }
        self
    }

    /// Characters, each a key; `⏎` is Enter.
    pub(crate) fn typed(&mut self, text: &str) {
        for c in text.chars() {
            let chord = match c {
                '⏎' => "Enter".to_owned(),
                ' ' => "Space".to_owned(),
                c => c.to_string(),
            };
            self.input(Input::Key(key(&chord).expect("a key")));
        }
    }

    /// Pasted text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.input(Input::Paste(text.to_owned()));
        self
    }

    /// The report screen.
    pub(crate) fn screen(&self) -> &ReportScreen {
        self.app.report().expect("a report is open")
    }

    /// The text of a cell.
    pub(crate) fn cell(&self, path: &str) -> String {
        let id = current().cell(path).expect("path of the form");
        self.screen().report().cell(id).text().into_owned()
    }

    /// The path of the cell under the cursor.
    pub(crate) fn cursor(&self) -> String {
        current().path(self.screen().cursor().expect("a matrix is shown"))
    }

    /// Problems of a severity as `CODE site`.
    pub(crate) fn problems(&self, severity: Severity) -> Vec<String> {
        self.screen()
            .findings
            .problems
            .iter()
            .filter(|problem| problem.severity() == severity)
            .map(|problem| format!("{} {}", problem.rule.code, problem.site.path(current())))
            .collect()
    }

    /// Errors as `CODE site`.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.problems(Severity::Error)
    }

    /// The notice in the message line.
    pub(crate) fn notice(&self) -> String {
        self.app
            .notice
            .as_ref()
            .map(|notice| notice.text(self.app.look.lang))
            .unwrap_or_default()
    }

    /// Whether a command is offered now.
    pub(crate) fn is_possible(&self, command: gouji::tui::command::Command) -> bool {
        let has_copied = self.app.clipboard.is_some();
        gouji::tui::report::is_possible(command, self.app.report(), has_copied)
    }

    /// The frame as it would be drawn, with the place of the cursor.
    pub(crate) fn frame(&self) -> (Buffer, (u16, u16)) {
        let (cols, rows) = self.app.look.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let cursor = view(&self.app, &mut buffer);
        (buffer, cursor.into())
    }

    /// Whether words stand on the screen; a sentence may go on in the next row.
    pub(crate) fn shows(&self, said: &str) -> bool {
        let bare = |text: &str| text.replace([' ', '|', '│'], "");
        self.rows().iter().any(|row| row.contains(said))
            || bare(&self.rows().concat()).contains(&bare(said))
    }

    /// The rows of the frame as text.
    pub(crate) fn rows(&self) -> Vec<String> {
        super::frame::rows(&self.frame().0)
    }
}
