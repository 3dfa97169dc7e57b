//! Keys and signatures: what is refused, what is noticed, what stays the same.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod keys;
mod make;
mod signatures;
