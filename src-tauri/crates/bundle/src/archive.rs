//! Reading a ZIP that somebody else may have made to do harm.
//!
//! The libraries at hand read the whole directory of a ZIP before anybody can refuse it, and look
//! for another one where the first does not fit, so that two programs can see two different
//! archives in one file. Here there is one directory, at the very end, and it is refused by its own
//! count before it is read. Packed bytes are unpacked by `flate2`, never beyond the size that was
//! announced.

use flate2::bufread::DeflateDecoder;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// The most files of an archive that is read.
pub const ENTRIES: u64 = 100_000;
/// The most bytes of its directory.
const DIRECTORY: u64 = 32 << 20;

/// Why an archive is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is none, or one that Tillproof would not write.
    #[error("no archive of this form: {0}")]
    NotAnArchive(&'static str),
    /// It has too many files, or unpacks to too much.
    #[error("too much in it: {0}")]
    TooMuch(&'static str),
    /// The disk said no.
    #[error("{0}")]
    Io(String),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::NotAnArchive("cut off"),
            _ => Self::Io(error.to_string()),
        }
    }
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub name: String,
    /// Bytes, as announced.
    pub size: u64,
    /// Bytes in the archive, as announced.
    pub packed_size: u64,
    /// Whether it is packed.
    pub packed: bool,
    offset: u64,
}

/// An archive and its directory.
pub struct Archive<R> {
    reader: R,
    /// Its files, in the order of the directory.
    pub entries: Vec<Entry>,
    directory: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, |b| u64::from(u16::from_le_bytes(b)))
}

fn u32_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, |b| u64::from(u32::from_le_bytes(b)))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// Where the directory is, how long it is, and how many files it names (APPNOTE 4.3.14 to 4.3.16).
fn directory<R: Read + Seek>(reader: &mut R) -> Result<(u64, u64, u64), Refused> {
    let not = Refused::NotAnArchive;
    let length = reader.seek(SeekFrom::End(0))?;
    let end = length.checked_sub(22).ok_or(not("too short"))?;
    let mut bytes = [0; 22];
    reader.seek(SeekFrom::Start(end))?;
    reader.read_exact(&mut bytes)?;
    if !bytes.starts_with(b"PK\x05\x06") || u16_at(&bytes, 20) != 0 {
        return Err(not("no directory at its end"));
    }
    let (mut count, mut size, mut start) = (u16_at(&bytes, 10), u32_at(&bytes, 12), u32_at(&bytes, 16));
    let mut behind = end;
    if count == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff {
        // 20 bytes that say where the larger numbers are, and before them the 56 bytes that say them.
        let large = end.checked_sub(76).ok_or(not("too short"))?;
        let mut bytes = [0; 76];
        reader.seek(SeekFrom::Start(large))?;
        reader.read_exact(&mut bytes)?;
        if !bytes.starts_with(b"PK\x06\x06") || bytes.get(56..60) != Some(b"PK\x06\x07") || u64_at(&bytes, 64) != large
        {
            return Err(not("no directory at its end"));
        }
        (count, size, start) = (u64_at(&bytes, 32), u64_at(&bytes, 40), u64_at(&bytes, 48));
        behind = large;
    }
    if count > ENTRIES || size > DIRECTORY {
        return Err(Refused::TooMuch("files"));
    }
    if start.checked_add(size) != Some(behind) {
        return Err(not("directory and end do not fit"));
    }
    Ok((start, size, count))
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the directory.
    ///
    /// # Errors
    /// It is none of the form that Tillproof writes, or names too much.
    pub fn open(mut reader: R) -> Result<Self, Refused> {
        let not = Refused::NotAnArchive;
        let (start, size, count) = directory(&mut reader)?;
        reader.seek(SeekFrom::Start(start))?;
        let mut bytes = BufReader::new((&mut reader).take(size));
        let mut entries: Vec<Entry> = Vec::new();
        let mut packed_sum = 0_u64;
        for _ in 0..count {
            let entry = entry(&mut bytes)?;
            packed_sum = packed_sum.saturating_add(entry.packed_size);
            // Files that share bytes would unpack to more than any archive holds.
            if entry.offset >= start || packed_sum > start {
                return Err(not("files overlap"));
            }
            entries.push(entry);
        }
        if !bytes.fill_buf()?.is_empty() {
            return Err(not("directory and count do not fit"));
        }
        let mut names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(not("one name twice"));
        }
        Ok(Self { reader, entries, directory: start })
    }

    /// The file with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The bytes of a file: at most one more than were announced, so that who reads them sees a lie.
    ///
    /// # Errors
    /// The file is not where the directory says.
    pub fn read(&mut self, entry: &Entry) -> Result<impl BufRead + '_, Refused> {
        let not = Refused::NotAnArchive;
        let mut head = [0; 30];
        self.reader.seek(SeekFrom::Start(entry.offset))?;
        self.reader.read_exact(&mut head)?;
        let mut name = vec![0; usize::try_from(u16_at(&head, 26)).unwrap_or_default()];
        self.reader.read_exact(&mut name)?;
        let data = entry.offset + 30 + name.len() as u64 + u16_at(&head, 28);
        let method = if entry.packed { 8 } else { 0 };
        if !head.starts_with(b"PK\x03\x04")
            || name != entry.name.as_bytes()
            || u16_at(&head, 8) != method
            || data.saturating_add(entry.packed_size) > self.directory
        {
            return Err(not("a file and the directory do not fit"));
        }
        self.reader.seek(SeekFrom::Start(data))?;
        let bytes = BufReader::with_capacity(1 << 16, (&mut self.reader).take(entry.packed_size));
        let limit = entry.size.saturating_add(1);
        let bytes: Box<dyn Read + '_> =
            if entry.packed { Box::new(DeflateDecoder::new(bytes)) } else { Box::new(bytes) };
        Ok(BufReader::with_capacity(1 << 16, bytes.take(limit)))
    }

    /// A whole file, if it has at most `limit` bytes.
    ///
    /// # Errors
    /// It is larger, cannot be unpacked, or has another size than was announced.
    pub fn whole(&mut self, entry: &Entry, limit: u64) -> Result<Vec<u8>, Refused> {
        if entry.size > limit {
            return Err(Refused::TooMuch("bytes"));
        }
        let mut bytes = Vec::new();
        self.read(entry)?.read_to_end(&mut bytes).map_err(|_| Refused::NotAnArchive("a file cannot be unpacked"))?;
        if bytes.len() as u64 == entry.size { Ok(bytes) } else { Err(Refused::NotAnArchive("a size is a lie")) }
    }

    /// Unpacks everything, to make sure that it is no more than `limit` bytes: for readers that
    /// trust what an archive announces.
    ///
    /// # Errors
    /// It is more, or cannot be unpacked.
    pub fn assert_small(&mut self, limit: u64) -> Result<(), Refused> {
        let announced = self.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
        if announced > limit {
            return Err(Refused::TooMuch("bytes"));
        }
        for entry in self.entries.clone() {
            let read = io::copy(&mut self.read(&entry)?, &mut io::sink());
            if read.map_err(|_| Refused::NotAnArchive("a file cannot be unpacked"))? != entry.size {
                return Err(Refused::NotAnArchive("a size is a lie"));
            }
        }
        Ok(())
    }
}

/// One entry of the directory (APPNOTE 4.3.12).
fn entry(bytes: &mut impl Read) -> Result<Entry, Refused> {
    let not = Refused::NotAnArchive;
    let mut head = [0; 46];
    bytes.read_exact(&mut head)?;
    if !head.starts_with(b"PK\x01\x02") {
        return Err(not("a directory that is none"));
    }
    let read = |bytes: &mut dyn Read, length: u64| -> Result<Vec<u8>, Refused> {
        let mut read = vec![0; usize::try_from(length).unwrap_or_default()];
        bytes.read_exact(&mut read)?;
        Ok(read)
    };
    let name = read(bytes, u16_at(&head, 28))?;
    let extra = read(bytes, u16_at(&head, 30))?;
    read(bytes, u16_at(&head, 32))?;
    let name = String::from_utf8(name).map_err(|_| not("a name that is no text"))?;
    // Bit 0: encrypted.
    if u16_at(&head, 8) & 1 != 0 {
        return Err(not("encrypted"));
    }
    let packed = match u16_at(&head, 10) {
        0 => false,
        8 => true,
        _ => return Err(not("packed in another way")),
    };
    let (mut packed_size, mut size, mut offset) = (u32_at(&head, 20), u32_at(&head, 24), u32_at(&head, 42));
    // Larger numbers stand in a field of their own, in this order and only where needed (4.5.3).
    let mut large = zip64(&extra).chunks_exact(8).map(|number| u64_at(number, 0));
    for number in [&mut size, &mut packed_size, &mut offset] {
        if *number == 0xffff_ffff {
            *number = large.next().ok_or(not("a size is missing"))?;
        }
    }
    if !packed && size != packed_size {
        return Err(not("a size is a lie"));
    }
    Ok(Entry { name, size, packed_size, packed, offset })
}

fn zip64(mut extra: &[u8]) -> &[u8] {
    while extra.len() >= 4 {
        let length = usize::try_from(u16_at(extra, 2)).unwrap_or_default();
        let Some(field) = extra.get(4..4 + length) else { break };
        if u16_at(extra, 0) == 1 {
            return field;
        }
        extra = extra.get(4 + length..).unwrap_or_default();
    }
    &[]
}
