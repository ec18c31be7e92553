//! `gouji schema --config`: the settings in effect, as JSON.
//!
//! **Never:** prints a setting that the program does not obey.
//! Next: `settings`, which reads them.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::check::profile::{OFF, THRESHOLDS};
use crate::check::{RULES, Severity};
use crate::tui::command::COMMANDS;
use crate::tui::keymap::Context;

use super::super::{Exit, Given, Io, settings};
use super::pretty;

#[derive(Serialize)]
struct Effective {
    folder: Option<String>,
    language: &'static str,
    theme: &'static str,
    wide_ambiguous: Option<bool>,
    mouse: bool,
    clipboard: bool,
    keys: Map<String, Value>,
    profile: Profile,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Profile {
    file: Option<String>,
    rules: Map<String, Value>,
    limits: Map<String, Value>,
}

/// Prints them.
pub(super) fn print(given: &Given, io: &mut Io) -> Exit {
    let read = match given.settings.profile(given.profile_file()) {
        Ok(read) => read,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let set = &given.settings;
    let shown = |path: &std::path::PathBuf| path.to_string_lossy().into_owned();
    let rules = RULES.iter().map(|rule| {
        let level = read.profile.level(rule);
        let severity = level.map_or(Some(rule.severity), |level| level.severity);
        let mut entry = json!({"level": severity.map_or(OFF, Severity::key)});
        if let Some(level) = level {
            entry["since"] = json!(level.since);
            entry["reason"] = json!(level.reason);
        }
        (rule.code.to_owned(), entry)
    });
    let limits = THRESHOLDS.iter().map(|threshold| {
        let mut entry = json!({"value": read.profile.limit(threshold)});
        let set = &read.profile.limits;
        if let Some(limit) = set
            .iter()
            .find(|limit| limit.threshold.key == threshold.key)
        {
            entry["since"] = json!(limit.since);
            entry["reason"] = json!(limit.reason);
        }
        (threshold.key.to_owned(), entry)
    });
    let effective = Effective {
        folder: set.folder.as_ref().map(shown),
        language: given.lang.key(),
        theme: set.theme(io).info().key,
        wide_ambiguous: set.wide_ambiguous,
        mouse: set.mouse,
        clipboard: settings::takes_copies(io),
        keys: keys(given),
        profile: Profile {
            file: read.file.as_ref().map(shown),
            rules: rules.collect(),
            limits: limits.collect(),
        },
        notes: set
            .notes
            .iter()
            .chain(&read.notes)
            .map(|note| note.text(given.lang))
            .collect(),
    };
    io.print(pretty(&effective));
    Exit::Clean
}

/// Keys by context and command, as `config.json` writes them.
fn keys(given: &Given) -> Map<String, Value> {
    let of = |context: Context| {
        let commands = COMMANDS.iter().filter_map(|info| {
            let keys: Vec<&str> = given
                .settings
                .keymap
                .keys_in(context, info.command)
                .collect();
            (!keys.is_empty()).then(|| (info.name.to_owned(), json!(keys.join(" "))))
        });
        (context.key().to_owned(), Value::Object(commands.collect()))
    };
    Context::ALL.into_iter().map(of).collect()
}
