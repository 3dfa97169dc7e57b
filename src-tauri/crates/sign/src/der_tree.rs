//! The few forms of DER (ITU-T X.690) that a signature is put together from. What comes from a
//! certificate goes in as it is, byte for byte.

use der::asn1::Any;
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber};

/// A SEQUENCE of these.
pub(crate) fn sequence(items: &[Any]) -> der::Result<Any> {
    Any::new(Tag::Sequence, joined(items)?)
}

/// A SET OF these, in the order that DER asks for.
pub(crate) fn set(items: &[Any]) -> der::Result<Any> {
    let mut encoded = items.iter().map(Encode::to_der).collect::<der::Result<Vec<_>>>()?;
    encoded.sort();
    Any::new(Tag::Set, encoded.concat())
}

/// The contents of a value under a number of the context: `[number] IMPLICIT` of what it was.
pub(crate) fn implicit(number: u32, value: &Any) -> der::Result<Any> {
    Any::new(context(number), value.value())
}

/// A whole value under a number of the context: `[number] EXPLICIT`.
pub(crate) fn explicit(number: u32, value: &Any) -> der::Result<Any> {
    Any::new(context(number), value.to_der()?)
}

const fn context(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

fn joined(items: &[Any]) -> der::Result<Vec<u8>> {
    Ok(items.iter().map(Encode::to_der).collect::<der::Result<Vec<_>>>()?.concat())
}

/// What a constructed value is made of.
pub(crate) fn children(value: &Any) -> der::Result<Vec<Any>> {
    let mut reader = SliceReader::new(value.value())?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(Any::decode(&mut reader)?);
    }
    Ok(found)
}

/// The value at the start of some bytes, and how many bytes it takes.
pub(crate) fn first(bytes: &[u8]) -> der::Result<(Any, usize)> {
    let mut reader = SliceReader::new(bytes)?;
    let value = Any::decode(&mut reader)?;
    let length = usize::try_from(value.encoded_len()?)?;
    Ok((value, length))
}

/// Whether a value stands under this number of the context.
pub(crate) fn is_context(value: &Any, wanted: u32) -> bool {
    matches!(value.header().tag(), Tag::ContextSpecific { number, .. } if number == TagNumber(wanted))
}
