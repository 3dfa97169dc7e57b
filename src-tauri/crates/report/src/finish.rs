//! What makes the painted pages a document: outline, tags, language, title, dates, an archive's
//! colours and attachment, and a fixed identity, all from the input. Deliberately absent: signatures.

mod archive;
mod metadata;
mod outline;
mod tree;

use crate::ReportError;
use crate::document::Properties;
use crate::layout::Laid;
use crate::paint::Painted;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::Write;
use tillproof_domain::locale::Locale;

/// A file inside the report.
pub(crate) struct Attachment {
    /// Its name.
    pub name: &'static str,
    /// What it is, for people.
    pub description: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Finishes the document and writes it.
///
/// # Errors
/// The document has no catalogue, or cannot be written.
pub(crate) fn finish(
    painted: Painted,
    laid: &Laid,
    properties: &Properties,
    attachment: Attachment,
) -> Result<Vec<u8>, ReportError> {
    let Painted { mut document, pieces, links } = painted;
    document.version = "1.7".to_owned();
    let failed = |error: lopdf::Error| ReportError::Pdf(error.to_string());
    slim(&mut document);
    let outline = outline::outline(&mut document, &laid.headings);
    let tree = tree::tree(&mut document, &laid.structure, &pieces, &links);
    let metadata = document.add_object(metadata::xmp(properties));
    let archive = archive::archive(&mut document, properties, attachment);
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Lang", text(language(properties.locale)));
    catalog.set("Metadata", metadata);
    catalog.set("PageLayout", name("SinglePage"));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalog.set("StructTreeRoot", tree);
    catalog.extend(&archive);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    let info = document.add_object(metadata::info(properties));
    document.trailer.set("Info", info);
    prune(&mut document);
    compress(&mut document)?;
    let blank = Object::String(vec![0; IDENTITY], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![blank.clone(), blank]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|error| ReportError::Pdf(error.to_string()))?;
    identify(&mut bytes);
    Ok(bytes)
}

/// Takes out what nothing leads to. What lopdf has for it goes through all it has found again for each object.
fn prune(document: &mut Document) {
    let mut reached = BTreeSet::new();
    let mut ahead = Vec::new();
    document.trailer.iter().for_each(|(_, object)| references(object, &mut ahead));
    while let Some(id) = ahead.pop() {
        if reached.insert(id)
            && let Some(object) = document.objects.get(&id)
        {
            references(object, &mut ahead);
        }
    }
    document.objects.retain(|id, _| reached.contains(id));
}

fn references(object: &Object, into: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => into.push(*id),
        Object::Array(objects) => objects.iter().for_each(|object| references(object, into)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, object)| references(object, into)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, object)| references(object, into)),
        _ => {}
    }
}

/// Bytes of the document's identity.
const IDENTITY: usize = 16;

/// Writes an identity that is the same for the same content in the place that is kept for it.
fn identify(bytes: &mut [u8]) {
    let hash = Sha256::digest(&*bytes);
    let digits: String = hash.iter().take(IDENTITY).map(|byte| format!("{byte:02X}")).collect();
    let blank = vec![b'0'; IDENTITY * 2];
    // The trailer stands at the end.
    let mut from = bytes.windows(3).rposition(|window| window == b"/ID").unwrap_or(bytes.len());
    while let Some(tail) = bytes.get_mut(from..)
        && let Some(at) = tail.windows(blank.len()).position(|window| window == blank)
        && let Some(place) = tail.get_mut(at..at + blank.len())
    {
        place.copy_from_slice(digits.as_bytes());
        from += at + blank.len();
    }
}

/// Deflates what is not yet small: two halves beside each other, since nothing else takes as long.
fn compress(document: &mut Document) -> Result<(), ReportError> {
    let mut streams: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| match object {
            Object::Stream(stream) if stream.allows_compression && !stream.dict.has(b"Filter") => Some(stream),
            _ => None,
        })
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    let share = streams.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = streams
            .chunks_mut(share)
            .map(|part| scope.spawn(|| part.iter_mut().try_for_each(|one| deflate(one))))
            .collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done.map_err(|error| ReportError::Pdf(error.to_string())),
            Err(_) => Err(ReportError::Pdf("a stream could not be compressed".to_owned())),
        })
    })
}

fn deflate(stream: &mut Stream) -> std::io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 3), Compression::default());
    encoder.write_all(&stream.content)?;
    let small = encoder.finish()?;
    if small.len() + 20 < stream.content.len() {
        stream.dict.set("Filter", name("FlateDecode"));
        stream.set_content(small);
    }
    Ok(())
}

/// Takes out what printpdf says on every page and for every link though it is the default.
fn slim(document: &mut Document) {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let resources = pages.first().and_then(|page| document.get_dictionary(*page).ok()?.get(b"Resources").ok().cloned());
    for page in pages {
        let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) else { continue };
        page.remove(b"TrimBox");
        page.remove(b"CropBox");
        if let Some(resources) = &resources {
            page.set("Resources", resources.clone());
        }
        let Ok(links) = page.get_mut(b"Annots").and_then(Object::as_array_mut) else { continue };
        if links.is_empty() {
            page.remove(b"Annots");
            continue;
        }
        for link in links.iter_mut().filter_map(|link| link.as_dict_mut().ok()) {
            link.remove(b"C");
            link.remove(b"H");
        }
    }
}

pub(crate) const fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "en",
        Locale::De => "de",
    }
}

pub(crate) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

/// A name of the PDF.
pub(crate) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text of the PDF: plain where it is ASCII, UTF-16 with its mark otherwise.
pub(crate) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
