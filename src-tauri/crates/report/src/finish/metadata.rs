//! What the file says about itself, twice: for readers, and as XMP for archives. Both say the same.

use super::{dictionary, language, text};
use crate::document::Properties;
use lopdf::{Dictionary, Object, Stream};

pub(crate) fn info(properties: &Properties) -> Dictionary {
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

pub(crate) fn xmp(properties: &Properties) -> Stream {
    let made = properties.made_at.to_rfc3339();
    let language = language(properties.locale);
    let [title, author, subject, keywords, creator] =
        [&properties.title, &properties.author, &properties.subject, &properties.keywords, &properties.creator]
            .map(|value| escaped(value));
    let xml = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
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
