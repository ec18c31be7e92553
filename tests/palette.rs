//! The initials that the palette is filtered by are those of the Chinese titles.

use gouji::tui::command::COMMANDS;
use pinyin::ToPinyinMulti as _;

/// Whether the letters stand in order among the readings of the characters.
fn is_read(initials: &str, title: &str) -> bool {
    let mut readings = title.chars().filter_map(|c| c.to_pinyin_multi());
    initials.chars().all(|letter| {
        readings.any(|readings| {
            readings
                .into_iter()
                .any(|reading| reading.plain().starts_with(letter))
        })
    })
}

#[test]
fn initials_are_those_of_the_title() {
    for info in COMMANDS {
        let title = info.title.zh;
        assert!(
            is_read(info.initials, title),
            "{} of {title}",
            info.initials
        );
    }
}

#[test]
fn no_two_commands_have_the_same_initials_and_nothing_else_to_tell_them_apart() {
    for (at, info) in COMMANDS.iter().enumerate() {
        let twin = COMMANDS[..at].iter().find(|other| {
            !info.initials.is_empty()
                && other.initials == info.initials
                && (other.title.zh == info.title.zh || other.title.en == info.title.en)
        });
        assert!(
            twin.is_none(),
            "{} and {}",
            info.name,
            twin.map_or("", |o| o.name)
        );
    }
}

#[test]
fn every_title_of_the_palette_is_shown_whole() {
    use unicode_width::UnicodeWidthStr as _;
    for info in COMMANDS.iter().filter(|info| info.listed) {
        for lang in gouji::base::words::Lang::ALL {
            let title = info.title.get(lang);
            assert!(title.width() <= 48, "{title}");
        }
    }
}
