//! Signatures on finished PDF files, and looking at them again: PAdES baseline B-B (ETSI EN 319 142-1).
//!
//! A signature is added behind the finished bytes, which stay as they are. Deliberately absent: time
//! stamps and revocation, which ask somebody on the network; trust in an issuer, which only a person
//! can give; and where a key is kept.

mod der_tree;
mod error;
mod key;
mod message;
mod place;
mod verify;

pub use error::SignError;
pub use key::{Certificate, MadeKey, RANDOM_BYTES, SigningKey};
pub use place::{SignatureInfo, sign};
pub use verify::{Fault, Signature, is_pdf, verify};
