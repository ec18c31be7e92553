//! The steps that touch the disk, each named, so that a test can let it fail.
//!
//! **Never:** a write, sync or rename of this module's users past [`Disk`].
//! Next: `file` and `journal`, which are made of these steps.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::Path;

use rustix::fs::OFlags;
use tempfile::{NamedTempFile, PersistError};

/// A step that touches the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A file is looked at or opened for reading.
    Open,
    /// It is asked whether a file may be written.
    Permit,
    /// A folder is made.
    MakeFolder,
    /// A temporary file is made in the target's folder.
    CreateTemp,
    /// Owner and mode are carried over.
    Mode,
    /// A new file's bytes are written.
    Write,
    /// A file is opened to be written in place.
    OpenInPlace,
    /// Bytes behind the old end are written in place.
    WriteTail,
    /// Bytes before the old end are written in place.
    WriteHead,
    /// The file's end is set.
    Cut,
    /// A line is added to a journal.
    Append,
    /// A file's bytes are waited for.
    Sync,
    /// A temporary file takes its name.
    Rename,
    /// A folder's names are waited for.
    SyncFolder,
    /// A lock is asked for, on a file that is open.
    Lock,
    /// A file is removed.
    Remove,
}

/// The disk as a test may disturb it. The real work is done by this module.
pub trait Disk: Send {
    /// Comes before each step; an error becomes the step's answer.
    ///
    /// # Errors
    /// What the step is to fail with.
    fn step(&self, step: Step, path: &Path) -> io::Result<()>;

    /// How many of the bytes to be written find room; fewer means a full disk.
    fn room(&self, _step: Step, _path: &Path, bytes: usize) -> usize {
        bytes
    }
}

/// The disk undisturbed.
#[derive(Clone, Copy, Debug)]
pub struct Real;

impl Disk for Real {
    fn step(&self, _step: Step, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a regular file for reading; never waits for a pipe or device.
pub(super) fn open(disk: &dyn Disk, path: &Path) -> io::Result<File> {
    disk.step(Step::Open, path)?;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags(OFlags::NONBLOCK | OFlags::NOCTTY))
        .open(path)
}

/// Open flags as std wants them.
pub(super) fn flags(flags: OFlags) -> i32 {
    i32::try_from(flags.bits()).expect("open flags are small")
}

/// Seconds after which a temporary file without a lock was left by a crash.
const LEFT: u64 = 3600;
const TEMP: (&str, &str) = (".gouji-", ".tmp");

/// A temporary file beside its target, to be renamed over it.
///
/// A crash leaves it behind under a name that nothing reads, until another one is
/// made in the folder.
pub(super) fn create_temp(
    disk: &dyn Disk,
    folder: &Path,
    mode: u32,
    append: bool,
) -> io::Result<NamedTempFile> {
    disk.step(Step::CreateTemp, folder)?;
    let temp = tempfile::Builder::new()
        .prefix(TEMP.0)
        .suffix(TEMP.1)
        .permissions(Permissions::from_mode(mode))
        .append(append)
        .tempfile_in(folder)?;
    // Held, it is no left-over, however long it takes.
    let _ = temp.as_file().try_lock();
    remove_left(disk, folder);
    Ok(temp)
}

/// Removes temporary files of ours that a crash left in a folder.
fn remove_left(disk: &dyn Disk, folder: &Path) {
    let is_ours = |name: &str| {
        let rest = name.strip_prefix(TEMP.0);
        let random = rest.and_then(|rest| rest.strip_suffix(TEMP.1));
        random.is_some_and(|random| {
            random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    let is_left = |path: &Path| {
        let Ok(meta) = std::fs::symlink_metadata(path) else {
            return false;
        };
        let age = meta.modified().map(|modified| modified.elapsed());
        meta.is_file()
            && meta.uid() == rustix::process::geteuid().as_raw()
            // A clock set back makes it look young, and it stays.
            && matches!(age, Ok(Ok(age)) if age.as_secs() > LEFT)
            && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        if entry.file_name().to_str().is_some_and(is_ours) && is_left(&entry.path()) {
            // One that stays is no harm.
            let _ = remove(disk, &entry.path());
        }
    }
}

/// Writes bytes at the place of the file's cursor.
pub(super) fn write(
    disk: &dyn Disk,
    step: Step,
    mut file: &File,
    path: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    disk.step(step, path)?;
    let room = disk.room(step, path, bytes.len());
    file.write_all(&bytes[..room.min(bytes.len())])?;
    if room < bytes.len() {
        return Err(ErrorKind::StorageFull.into());
    }
    Ok(())
}

/// Waits until a file's bytes are on the disk.
pub(super) fn sync(disk: &dyn Disk, file: &File, path: &Path) -> io::Result<()> {
    disk.step(Step::Sync, path)?;
    file.sync_all()
}

/// Gives a temporary file its name, replacing what has it; refused, it is given back.
///
/// A crash leaves the old or the new file under the name, whole.
pub(super) fn rename(
    disk: &dyn Disk,
    temp: NamedTempFile,
    target: &Path,
) -> Result<File, PersistError> {
    match disk.step(Step::Rename, target) {
        Ok(()) => temp.persist(target),
        Err(error) => Err(PersistError { error, file: temp }),
    }
}

/// Gives a temporary file its name unless something has it already.
pub(super) fn rename_new(disk: &dyn Disk, temp: NamedTempFile, target: &Path) -> io::Result<File> {
    disk.step(Step::Rename, target)?;
    temp.persist_noclobber(target).map_err(|error| error.error)
}

/// Waits until a folder's names are on the disk, where its system can say so.
pub(super) fn sync_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.step(Step::SyncFolder, folder)?;
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Makes a folder that only its owner may enter, and those above it.
pub(super) fn make_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.step(Step::MakeFolder, folder)?;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Removes a file; one that is not there is removed already.
pub(super) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.step(Step::Remove, path)?;
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// The folder of a file; the working folder for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
