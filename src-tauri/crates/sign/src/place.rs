//! Where a signature stands in a PDF (ISO 32000-2, 12.8): behind the finished bytes, as an update
//! that adds one field nobody sees. The bytes before stay as they are.

use crate::SignError;
use crate::key::SigningKey;
use crate::message;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};
use std::ops::Range;
use tillproof_domain::time::Timestamp;

/// Takes the place of a number until it is known; as wide as any.
const LATER: i64 = 9_999_999_999;

/// Print, and locked (ISO 32000-2, 12.5.3). PDF/A asks for the former.
const FLAGS: i64 = 4 + 128;

/// What a signature says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureInfo {
    /// Why it was signed. May be empty.
    pub reason: String,
    /// Where. May be empty.
    pub place: String,
    /// When, by the clock of who signs.
    pub at: Timestamp,
}

/// Signs a finished PDF. The same file, key and info give the same bytes but for the signature.
///
/// # Errors
/// The certificate is not valid at that instant, the file is no PDF or has a form already, or the
/// library fails.
pub fn sign(pdf: Vec<u8>, key: &SigningKey, info: &SignatureInfo) -> Result<Vec<u8>, SignError> {
    let certificate = key.certificate()?;
    certificate.valid_at(info.at)?;
    let room = message::room(key)?;
    let before = pdf.len();
    let mut signed = with_field(pdf, &certificate.name, info, room)?;
    let places = Places::in_update(&signed, before, room)?;
    let numbers = [0, places.gap.start, places.gap.end, signed.len() - places.gap.end];
    let width = places.numbers.len();
    let text = format!("{} {} {} {}", numbers[0], numbers[1], numbers[2], numbers[3]);
    let text = format!("{text:<width$}");
    fill(&mut signed, places.numbers, text.as_bytes())?;

    let mut digest = Sha256::new();
    for part in [signed.get(..places.gap.start), signed.get(places.gap.end..)] {
        digest.update(part.unwrap_or_default());
    }
    let message = message::signed(key, &digest.finalize())?;
    let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
    let start = places.gap.start + 1;
    if hex.len() > 2 * room {
        return Err(SignError::Failed("the signature does not fit".to_owned()));
    }
    fill(&mut signed, start..start + hex.len(), hex.as_bytes())?;
    Ok(signed)
}

fn fill(bytes: &mut [u8], at: Range<usize>, with: &[u8]) -> Result<(), SignError> {
    let place = bytes.get_mut(at).filter(|place| place.len() == with.len());
    place.ok_or_else(|| SignError::Failed("the place of the signature".to_owned()))?.copy_from_slice(with);
    Ok(())
}

/// Adds the field, with room for the numbers and the signature.
fn with_field(pdf: Vec<u8>, name: &str, info: &SignatureInfo, room: usize) -> Result<Vec<u8>, SignError> {
    let document = Document::load_mem(&pdf)?;
    let page = document.page_iter().next().ok_or_else(|| SignError::Pdf("there is no page".to_owned()))?;
    let catalog = document.trailer.get(b"Root")?.as_reference()?;
    if document.catalog()?.has(b"AcroForm") {
        return Err(SignError::HasForm);
    }
    let identity = Sha256::digest(&pdf).iter().copied().take(16).collect::<Vec<u8>>();
    let version = document.version.clone();
    let mut update = IncrementalDocument::create_from(pdf, document);
    update.new_document.version = version;
    update.opt_clone_object_to_new_document(catalog)?;
    update.opt_clone_object_to_new_document(page)?;
    let mut annotations = annotations(&update, page)?;

    let document = &mut update.new_document;
    let signature = document.add_object(signature(name, info, room));
    let field = document.add_object(dictionary([
        ("Type", name_of("Annot")),
        ("Subtype", name_of("Widget")),
        ("FT", name_of("Sig")),
        ("T", text("Signature1")),
        ("TU", text(name)),
        ("V", signature.into()),
        ("F", FLAGS.into()),
        ("Rect", vec![0.into(), 0.into(), 0.into(), 0.into()].into()),
        ("P", page.into()),
    ]));
    annotations.push(field.into());
    document.get_object_mut(page)?.as_dict_mut()?.set("Annots", annotations);
    // Signed, and only to be added to (ISO 32000-2, table 225).
    let form = dictionary([("Fields", vec![field.into()].into()), ("SigFlags", 3.into())]);
    document.get_object_mut(catalog)?.as_dict_mut()?.set("AcroForm", form);
    if let Ok(ids) = document.trailer.get_mut(b"ID").and_then(Object::as_array_mut)
        && let Some(second) = ids.get_mut(1)
    {
        *second = Object::String(identity, StringFormat::Hexadecimal);
    }
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).map_err(|error| SignError::Pdf(error.to_string()))?;
    Ok(bytes)
}

/// What stands on a page already.
fn annotations(update: &IncrementalDocument, page: ObjectId) -> Result<Vec<Object>, SignError> {
    let document = update.get_prev_documents();
    Ok(match document.get_dictionary(page)?.get(b"Annots") {
        Ok(kept) => document.dereference(kept)?.1.as_array()?.clone(),
        Err(_) => Vec::new(),
    })
}

fn signature(name: &str, info: &SignatureInfo, room: usize) -> Dictionary {
    let numbers: Vec<Object> = vec![LATER.into(); 4];
    let mut signature = dictionary([
        ("Type", name_of("Sig")),
        ("Filter", name_of("Adobe.PPKLite")),
        ("SubFilter", name_of("ETSI.CAdES.detached")),
        ("ByteRange", numbers.into()),
        ("Contents", Object::String(vec![0; room], StringFormat::Hexadecimal)),
        ("M", text(&info.at.to_utc().format("D:%Y%m%d%H%M%SZ").to_string())),
        ("Name", text(name)),
    ]);
    for (key, value) in [("Reason", &info.reason), ("Location", &info.place)] {
        if !value.is_empty() {
            signature.set(key, text(value));
        }
    }
    let program = dictionary([("Name", name_of("Tillproof"))]);
    signature.set("Prop_Build", dictionary([("App", program.into())]));
    signature
}

/// Where numbers and signature go.
struct Places {
    numbers: Range<usize>,
    /// The signature with the signs around it.
    gap: Range<usize>,
}

impl Places {
    fn in_update(bytes: &[u8], before: usize, room: usize) -> Result<Self, SignError> {
        let numbers = find(bytes, before, &vec![LATER.to_string(); 4].join(" "))?;
        let gap = find(bytes, before, &format!("<{}>", "0".repeat(2 * room)))?;
        Ok(Self { numbers, gap })
    }
}

/// The one place behind the finished bytes where a text stands.
fn find(bytes: &[u8], from: usize, wanted: &str) -> Result<Range<usize>, SignError> {
    let update = bytes.get(from..).unwrap_or_default();
    let mut found = update.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted.as_bytes());
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(from + at..from + at + wanted.len()),
        _ => Err(SignError::Failed("the place of the signature".to_owned())),
    }
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

fn name_of(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text of the PDF: plain where it is ASCII, UTF-16 with its mark otherwise.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
