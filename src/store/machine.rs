//! What the machine says: environment, user, clock. Nothing else asks it.
//!
//! **Never:** makes a folder or keeps state besides the time zone.
//! Next: `places` for what lies in the folders.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::base::moment::Moment;

use super::{Places, plain};

/// Puts everything the program keeps into another folder (for tests and for
/// machines whose home is not usable).
pub const STATE_VARIABLE: &str = "GOUJI_STATE_DIR";

/// Who is working, for locks and journals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Name of the user.
    pub user: String,
    /// Name of the machine.
    pub host: String,
    /// Number of the process.
    pub pid: u32,
}

impl Who {
    /// `user@host`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }
}

/// The user of this process on this machine.
#[must_use]
pub fn who() -> Who {
    let named = |variable| std::env::var(variable).ok().filter(|name| !name.is_empty());
    let user = named("LOGNAME")
        .or_else(|| named("USER"))
        .unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()));
    let host = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    Who {
        user: plain(&user, 64),
        host: plain(&host, 64),
        pid: std::process::id(),
    }
}

/// The folders of this user; none are made.
#[must_use]
pub fn places() -> Places {
    let folders = directories::ProjectDirs::from("", "", "gouji");
    let given = std::env::var_os(STATE_VARIABLE)
        .filter(|path| !path.is_empty())
        .and_then(|path| std::path::absolute(path).ok());
    Places {
        state: given.or_else(|| {
            let folders = folders.as_ref()?;
            let state = folders.state_dir().unwrap_or(folders.data_local_dir());
            Some(state.to_path_buf())
        }),
        config: folders.map(|folders| folders.config_dir().to_path_buf()),
    }
}

/// The clock.
#[must_use]
pub fn now() -> Moment {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |past| i64::try_from(past.as_secs()).unwrap_or(0));
    local(seconds)
}

/// A point in time on this machine's wall.
///
/// A zone that changes its clocks is shown by its winter time; China's has none.
#[must_use]
pub fn local(seconds: i64) -> Moment {
    static OFFSET: OnceLock<i32> = OnceLock::new();
    Moment {
        seconds,
        offset: *OFFSET.get_or_init(|| zone().unwrap_or(0)),
    }
}

fn zone() -> Option<i32> {
    let file = match std::env::var("TZ") {
        Ok(zone) if !zone.is_empty() => {
            let zone = zone.trim_start_matches(':');
            if let Some(offset) = posix(zone) {
                return Some(offset);
            }
            Path::new("/usr/share/zoneinfo").join(zone)
        }
        _ => PathBuf::from("/etc/localtime"),
    };
    let mut bytes = Vec::new();
    std::fs::metadata(&file)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    std::fs::File::open(file)
        .ok()?
        .take(64 * 1024)
        .read_to_end(&mut bytes)
        .ok()?;
    // The last line of a zone file says in words which rule is in force.
    let footer = bytes
        .strip_suffix(b"\n")?
        .rsplit(|byte| *byte == b'\n')
        .next()?;
    posix(std::str::from_utf8(footer).ok()?)
}

/// Seconds ahead of UTC of a zone such as `CST-8` or `<+0530>-5:30`.
fn posix(zone: &str) -> Option<i32> {
    let rest = match zone.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>')?.1,
        None => zone.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    if rest.len() == zone.len() {
        return None;
    }
    let (sign, digits) = match rest.strip_prefix('-') {
        Some(digits) => (1, digits),
        None => (-1, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || c == ':'))
        .unwrap_or(digits.len());
    let mut seconds = 0;
    for (part, unit) in digits[..end].split(':').zip([3600, 60, 1]) {
        let part: i32 = part.parse().ok().filter(|part| *part < 168)?;
        seconds += part * unit;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_from_their_rule() {
        assert_eq!(posix("CST-8"), Some(28_800));
        assert_eq!(posix("UTC0"), Some(0));
        assert_eq!(posix("<+0530>-5:30"), Some(19_800));
        assert_eq!(posix("EST5EDT,M3.2.0,M11.1.0"), Some(-18_000));
        assert_eq!(posix("Asia/Shanghai"), None);
        assert_eq!(posix(""), None);
        assert_eq!(posix("8"), None);
    }
}
