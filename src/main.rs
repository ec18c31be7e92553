//! The program `gouji`: hands its arguments to the library and exits with its code.
use gouji::format::{self, NATIVE, Options};
use gouji::store::{Codec, Store};
use gouji::tui::input::Target;
fn main() {
    let arg = std::env::args().nth(1);
    let target = match arg.as_deref() {
        None => None,
        Some("--sample") => Some(Target::Sample),
        Some(p) => Some(Target::File(p.into())),
    };
    let store = Store::here(Codec {
        write: |report| String::from_utf8(format::write(report, &NATIVE).expect("x")).expect("x"),
        read: |text| {
            Some(
                format::read(
                    text.as_bytes(),
                    None,
                    &Options {
                        format: Some(&NATIVE),
                        ..Options::default()
                    },
                )
                .ok()?
                .into_report(),
            )
        },
    });
    let theme = if std::env::var_os("NO_COLOR").is_some() {
        gouji::tui::theme::Theme::Mono
    } else {
        gouji::tui::theme::Theme::Named
    };
    let lang = if std::env::var("GL").is_ok() {
        gouji::base::words::Lang::En
    } else {
        gouji::base::words::Lang::Zh
    };
    match gouji::tui::terminal::run(gouji::tui::terminal::Setup {
        lang,
        theme,
        store,
        target,
        form: None,
        encoding: None,
        remote: false,
        utf8: true,
    }) {
        Ok(c) => std::process::exit(i32::from(c)),
        Err(f) => {
            eprintln!("{}", f.text(lang));
            std::process::exit(2)
        }
    }
}
