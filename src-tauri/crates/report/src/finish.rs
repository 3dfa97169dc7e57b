//! What makes the painted pages a document: outline, language, title, dates and a fixed identity,
//! all from the input. Deliberately absent: structure tags, PDF/A and signatures.

use crate::ReportError;
use crate::document::Properties;
use crate::layout::{Laid, PAGE_HEIGHT, PlacedHeading};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};
use tillproof_domain::locale::Locale;

/// Finishes the document and writes it.
///
/// # Errors
/// The document has no catalogue, or cannot be written.
pub(crate) fn finish(mut document: Document, laid: &Laid, properties: &Properties) -> Result<Vec<u8>, ReportError> {
    document.version = "1.7".to_owned();
    let failed = |error: lopdf::Error| ReportError::Pdf(error.to_string());
    let outline = outline(&mut document, &laid.headings);
    let metadata = document.add_object(xmp(properties));
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Lang", text(language(properties.locale)));
    catalog.set("Metadata", metadata);
    catalog.set("PageLayout", Object::Name(b"SinglePage".to_vec()));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    slim(&mut document);
    let info = document.add_object(info(properties));
    document.trailer.set("Info", info);
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    let identity = identity(&document);
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identity.clone(), identity]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|error| ReportError::Pdf(error.to_string()))?;
    Ok(bytes)
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

const fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "en",
        Locale::De => "de",
    }
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

/// A text of the PDF: plain where it is ASCII, UTF-16 with its mark otherwise.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// An id that is the same for the same content.
fn identity(document: &Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for ((number, generation), object) in &document.objects {
        hash.update(number.to_be_bytes());
        hash.update(generation.to_be_bytes());
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        } else {
            hash.update(format!("{object:?}"));
        }
    }
    hash.finalize().iter().copied().take(16).collect()
}

fn info(properties: &Properties) -> Dictionary {
    let made = properties.made_at.to_utc().format("D:%Y%m%d%H%M%SZ").to_string();
    dictionary([
        ("Title", text(&properties.title)),
        ("Author", text(&properties.author)),
        ("Subject", text(&properties.subject)),
        ("Keywords", text(&properties.keywords)),
        ("Creator", text(&properties.creator)),
        ("Producer", text("Tillproof")),
        ("CreationDate", text(&made)),
        ("ModDate", text(&made)),
    ])
}

fn xmp(properties: &Properties) -> Stream {
    let made = properties.made_at.to_rfc3339();
    let language = language(properties.locale);
    let [title, author, subject, keywords, creator] =
        [&properties.title, &properties.author, &properties.subject, &properties.keywords, &properties.creator]
            .map(|value| escaped(value));
    let xml = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>Tillproof</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:MetadataDate>{made}</xmp:MetadataDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}',
    );
    let entries =
        dictionary([("Type", Object::Name(b"Metadata".to_vec())), ("Subtype", Object::Name(b"XML".to_vec()))]);
    Stream::new(entries, xml.into_bytes()).with_compression(false)
}

/// Text for XML, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A node of the outline, and where it hangs.
struct Node {
    id: ObjectId,
    level: u8,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// The bookmarks, nested as the headings are. Answers `None` if there are no headings.
fn outline(document: &mut Document, headings: &[PlacedHeading]) -> Option<ObjectId> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let nodes = nest(document, headings);
    let top: Vec<usize> =
        (0..nodes.len()).filter(|index| nodes.get(*index).is_some_and(|node| node.parent.is_none())).collect();
    let id_of = |index: usize| nodes.get(index).map(|node| node.id);
    let (first, last) = (id_of(*top.first()?)?, id_of(*top.last()?)?);
    let root = document.new_object_id();
    for (index, (node, heading)) in nodes.iter().zip(headings).enumerate() {
        let siblings = node.parent.and_then(|parent| nodes.get(parent)).map_or(&top, |parent| &parent.children);
        let place = siblings.iter().position(|sibling| *sibling == index)?;
        let page = pages.get(heading.page).copied()?;
        let destination = vec![
            Object::Reference(page),
            Object::Name(b"XYZ".to_vec()),
            Object::Integer(0),
            Object::Real((PAGE_HEIGHT - heading.y + 12.0).round()),
            Object::Null,
        ];
        let mut entry = dictionary([
            ("Title", text(&heading.text.split_whitespace().collect::<Vec<_>>().join(" "))),
            ("Parent", node.parent.and_then(id_of).unwrap_or(root).into()),
            ("Dest", destination.into()),
        ]);
        let before = place.checked_sub(1).and_then(|before| siblings.get(before));
        for (key, sibling) in [("Prev", before), ("Next", siblings.get(place + 1))] {
            if let Some(id) = sibling.and_then(|sibling| id_of(*sibling)) {
                entry.set(key, id);
            }
        }
        if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
            entry.set("First", id_of(*first)?);
            entry.set("Last", id_of(*last)?);
            // Closed: a reader opens what is wanted.
            entry.set("Count", -i64::try_from(node.children.len()).unwrap_or(i64::MAX));
        }
        document.set_object(node.id, entry);
    }
    let count = i64::try_from(top.len()).unwrap_or(i64::MAX);
    let entry = dictionary([
        ("Type", Object::Name(b"Outlines".to_vec())),
        ("First", first.into()),
        ("Last", last.into()),
        ("Count", Object::Integer(count)),
    ]);
    document.set_object(root, entry);
    Some(root)
}

fn nest(document: &mut Document, headings: &[PlacedHeading]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(headings.len());
    let mut open: Vec<usize> = Vec::new();
    for heading in headings {
        while open.last().and_then(|last| nodes.get(*last)).is_some_and(|node| node.level >= heading.level) {
            open.pop();
        }
        let parent = open.last().copied();
        let index = nodes.len();
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.children.push(index);
        }
        nodes.push(Node { id: document.new_object_id(), level: heading.level, parent, children: Vec::new() });
        open.push(index);
    }
    nodes
}
