//! The container of old office documents: which streams are in it, and one of them.
//!
//! Only as much as tells a workbook from a letter and lets a workbook be looked
//! at before a parser sees it.
//!
//! **Never:** follows a chain further than the file is long.
//! Next: `sheet_in`.

/// What every such file begins with.
pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const HEADER: usize = 512;
const ENTRY: usize = 128;
/// Streams shorter than this lie in the container's small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// Where the header goes on with the first sectors of the table.
const TABLE_AT: usize = 76;

/// A container.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    len: usize,
    is_root: bool,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Opens a container; None if its tables cannot be followed.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = bytes.starts_with(MAGIC).then(|| u16_at(bytes, 30))??;
        let sector = matches!(shift, 9 | 12).then(|| 1 << shift)?;
        let mut this = Compound {
            bytes,
            sector,
            table: Vec::new(),
            entries: Vec::new(),
        };
        this.read_table()?;
        let directory = Self::chain(u32_at(bytes, 48)?, &this.table)?;
        let mut entries = Vec::new();
        for sector in directory {
            entries.extend(
                this.sector_at(sector)?
                    .chunks_exact(ENTRY)
                    .filter_map(entry),
            );
        }
        this.entries = entries;
        Some(this)
    }

    /// The table of sectors, whose own sectors the header lists.
    fn read_table(&mut self) -> Option<()> {
        let most = self.bytes.len() / self.sector + 1;
        let mut sectors = Vec::new();
        let listed = self.bytes.get(TABLE_AT..HEADER)?.chunks_exact(4);
        sectors.extend(listed.filter_map(|id| u32_at(id, 0)));
        let mut next = u32_at(self.bytes, 68)?;
        while let Some(more) = self.sector_at(next) {
            let (ids, last) = more.split_at(self.sector - 4);
            sectors.extend(ids.chunks_exact(4).filter_map(|id| u32_at(id, 0)));
            next = u32_at(last, 0)?;
            if sectors.len() > most + HEADER {
                return None;
            }
        }
        for sector in sectors {
            if let Some(ids) = self.sector_at(sector) {
                let ids: Vec<u32> = ids.chunks_exact(4).filter_map(|id| u32_at(id, 0)).collect();
                self.table.extend(ids);
            }
        }
        Some(())
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id)
            .ok()?
            .checked_add(1)?
            .checked_mul(self.sector)?;
        // The last sector of a file may be cut.
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(start: u32, table: &[u32]) -> Option<Vec<u32>> {
        let mut chain = Vec::new();
        let mut next = start;
        while let Some(after) = usize::try_from(next).ok().and_then(|at| table.get(at)) {
            chain.push(next);
            next = *after;
            if chain.len() > table.len() {
                return None;
            }
        }
        Some(chain)
    }

    /// The bytes of a stream; None if it is not there or cannot be followed.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        if entry.len >= SMALL {
            return self.bytes_of(entry.start, entry.len);
        }
        let root = self.entries.iter().find(|entry| entry.is_root)?;
        let store = self.bytes_of(root.start, root.len)?;
        let ids = self.bytes_of(u32_at(self.bytes, 60)?, usize::MAX)?;
        let table: Vec<u32> = ids.chunks_exact(4).filter_map(|id| u32_at(id, 0)).collect();
        let mut bytes = Vec::new();
        for id in Self::chain(entry.start, &table)? {
            let start = usize::try_from(id).ok()? * SMALL_SECTOR;
            let end = (start + SMALL_SECTOR).min(store.len());
            bytes.extend_from_slice(store.get(start..end)?);
        }
        bytes.truncate(entry.len);
        Some(bytes)
    }

    fn bytes_of(&self, start: u32, len: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for sector in Self::chain(start, &self.table)? {
            bytes.extend_from_slice(self.sector_at(sector)?);
        }
        bytes.truncate(len);
        Some(bytes)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let kind = *bytes.get(66)?;
    let chars = usize::from(u16_at(bytes, 64)?).min(64) / 2;
    let units: Vec<u16> = (0..chars.saturating_sub(1))
        .filter_map(|at| u16_at(bytes, at * 2))
        .collect();
    (kind != 0).then_some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        len: usize::try_from(u32_at(bytes, 120)?).ok()?,
        is_root: kind == 5,
    })
}
