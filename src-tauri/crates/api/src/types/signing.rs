//! Keys that sign reports, and signatures on reports.

use super::wire;

wire! {
    /// What to sign a report with: the key of the workspace, or one in a PKCS#12 file.
    pub struct SignReport {
        /// `workspace`.
        #[serde(default)] #[ts(optional)] pub with: Option<String>,
        /// The PKCS#12 file (`.p12`, `.pfx`).
        #[serde(default)] #[ts(optional)] pub pkcs12_path: Option<String>,
        /// Its password; empty if not given.
        #[serde(default)] #[ts(optional)] pub password: Option<String>,
    }

    /// Makes a key for the workspace.
    pub struct MakeSigningKey {
        /// The name in its certificate; that of the merchant if not given.
        #[serde(default)] #[ts(optional)] pub name: Option<String>,
    }

    /// Deletes the key of the workspace. Its certificate stays in the history.
    pub struct RemoveSigningKey {
        /// Why.
        pub reason: String,
        /// The `rev` that was seen.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// The key of the workspace, if it has one.
    pub struct SigningKeyState {
        /// The key.
        pub key: Option<SigningKeyView>,
        /// Whether a key can be kept: only an encrypted workspace keeps one.
        pub can_keep: bool,
    }

    /// A key that signs reports.
    pub struct SigningKeyView {
        /// Its id.
        pub id: String,
        /// The name in its certificate.
        pub name: String,
        /// SHA-256 of its certificate, 64 hex digits.
        pub fingerprint: String,
        /// From when the certificate is valid.
        pub valid_from: String,
        /// Until when.
        pub valid_until: String,
        /// Whether it is not valid any more.
        pub expired: bool,
        /// When it was made.
        pub made_at: String,
        /// Who made it.
        pub made_by: String,
        /// Counts its changes.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// Writes the certificate of the workspace's key, for those who check its signatures.
    pub struct ExportCertificate {
        /// Where to (PEM).
        pub path: String,
        /// Whether an existing file may be overwritten.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overwrite: bool,
    }

    /// A signature that was made.
    pub struct SignatureView {
        /// Who signed, as the certificate says.
        pub name: String,
        /// Who issued the certificate.
        pub issuer: String,
        /// Whether the certificate is self-made: nobody else vouches for the name.
        pub self_made: bool,
        /// SHA-256 of the certificate, 64 hex digits.
        pub fingerprint: String,
        /// Until when the certificate is valid.
        pub valid_until: String,
        /// When it was signed, by the clock of this machine.
        pub signed_at: String,
    }

    /// Checks the signatures of a PDF. No workspace is needed.
    pub struct VerifyReport {
        /// The PDF.
        pub path: String,
    }

    /// What the signatures of a PDF say.
    pub struct ReportVerified {
        /// Whether the file is signed, and is just what was signed.
        pub ok: bool,
        /// In words.
        pub summary: String,
        /// The PDF, in full.
        pub path: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
        /// The signatures, in the order of the file.
        pub signatures: Vec<SignatureCheck>,
        /// What this check cannot say.
        pub not_proven: Vec<String>,
    }

    /// One signature of a PDF.
    pub struct SignatureCheck {
        /// Whether nothing is wrong with it.
        pub ok: bool,
        /// Who signed, as the certificate says; empty if it cannot be read.
        pub name: String,
        /// Who issued the certificate.
        pub issuer: String,
        /// Whether the certificate is self-made: nobody else vouches for the name.
        pub self_made: bool,
        /// SHA-256 of the certificate, 64 hex digits.
        pub fingerprint: String,
        /// From when the certificate is valid.
        pub valid_from: String,
        /// Until when.
        pub valid_until: String,
        /// When it was signed, by the clock of who signed.
        pub signed_at: Option<String>,
        /// Why, as it says.
        pub reason: String,
        /// What is wrong, in words.
        pub problems: Vec<SignatureProblem>,
    }

    /// Something that is wrong with a signature.
    pub struct SignatureProblem {
        /// For programs: `changed`, `added-after`, `not-whole`, `unreadable`, `other-certificate`, `outside-validity`.
        pub code: String,
        /// For people.
        pub message: String,
    }
}
