//! What an archive asks for (PDF/A-3, ISO 19005-3): the colours that are meant, and the report as
//! data for programs, attached.

use super::{Attachment, dictionary, name, text};
use crate::document::Properties;
use lopdf::{Dictionary, Document, Object, Stream};

/// The colours of a screen (sRGB). Compact ICC Profiles, CC0.
static SRGB: &[u8] = include_bytes!("../../colour/sRGB-v2-magic.icc");

/// What the catalogue says of it.
pub(super) fn archive(document: &mut Document, properties: &Properties, attachment: Attachment) -> Dictionary {
    let mut catalog = Dictionary::new();
    let profile = document.add_object(Stream::new(dictionary([("N", Object::Integer(3))]), SRGB.to_vec()));
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB IEC61966-2.1")),
        ("RegistryName", text("http://www.color.org")),
        ("DestOutputProfile", profile.into()),
    ]);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    let made = properties.made_at.to_utc().format("D:%Y%m%d%H%M%SZ").to_string();
    let size = i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX);
    let parameters = dictionary([("Size", Object::Integer(size)), ("ModDate", text(&made))]);
    let entries = dictionary([
        ("Type", name("EmbeddedFile")),
        ("Subtype", name(attachment.media_type)),
        ("Params", parameters.into()),
    ]);
    let stream = document.add_object(Stream::new(entries, attachment.bytes));
    let file = document.add_object(dictionary([
        ("Type", name("Filespec")),
        ("F", text(attachment.name)),
        ("UF", text(attachment.name)),
        ("Desc", text(&attachment.description)),
        ("AFRelationship", name("Data")),
        ("EF", dictionary([("F", stream.into()), ("UF", stream.into())]).into()),
    ]));
    let names = dictionary([("Names", vec![text(attachment.name), file.into()].into())]);
    catalog.set("Names", dictionary([("EmbeddedFiles", names.into())]));
    catalog.set("AF", vec![Object::Reference(file)]);
    catalog
}
