//! What can go wrong with keys and signatures. No error holds a password or a key.

use tillproof_domain::time::Timestamp;

/// What can go wrong with keys and signatures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The file is no PKCS#12 file (RFC 7292).
    #[error("this is no PKCS#12 file")]
    NotPkcs12,
    /// The password does not open the PKCS#12 file.
    #[error("the password does not open the PKCS#12 file")]
    WrongPassword,
    /// The PKCS#12 file has no private key.
    #[error("there is no private key")]
    KeyMissing,
    /// There is a private key, but no certificate for it.
    #[error("there is no certificate for the private key")]
    CertificateMissing,
    /// Readers of PDF do not check signatures of such a key.
    #[error("keys of the type {0} cannot sign a PDF")]
    KeyNotSupported(String),
    /// The certificate is not valid yet.
    #[error("the certificate of {name} is valid from {}", .from.to_rfc3339())]
    NotYetValid {
        /// Whose certificate.
        name: String,
        /// From when it is valid.
        from: Timestamp,
    },
    /// The certificate is not valid any more.
    #[error("the certificate of {name} was valid until {}", .until.to_rfc3339())]
    Expired {
        /// Whose certificate.
        name: String,
        /// Until when it was valid.
        until: Timestamp,
    },
    /// The file is no PDF, or one that cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(String),
    /// The file has a form already, to which no signature is added.
    #[error("the PDF has a form already")]
    HasForm,
    /// The library that signs failed.
    #[error("signing failed: {0}")]
    Failed(String),
}

impl From<openssl::error::ErrorStack> for SignError {
    fn from(errors: openssl::error::ErrorStack) -> Self {
        Self::Failed(errors.to_string())
    }
}

impl From<der::Error> for SignError {
    fn from(error: der::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<lopdf::Error> for SignError {
    fn from(error: lopdf::Error) -> Self {
        Self::Pdf(error.to_string())
    }
}
