//! What can be wrong in a checklist folder, with its place.

/// Something wrong in a checklist folder: what, in which file, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to the folder.
    pub file: String,
    /// The id and field in it, separated by commas; may be empty.
    pub place: String,
    /// What is wrong.
    pub kind: FaultKind,
    /// The word or value it is about; may be empty.
    pub value: String,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $member:ident = $code:literal, $words:literal;)+) => {
        /// What can be wrong. The codes are keys of the messages in each language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FaultKind { $($(#[$meta])* $member),+ }

        impl FaultKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// In words, for developers.
            const fn words(self) -> &'static str {
                match self { $(Self::$member => $words),+ }
            }
        }
    };
}

kinds! {
    /// A file is missing.
    Missing = "missing", "the file is missing";
    /// A file is not text in UTF-8.
    NotUtf8 = "not-utf-8", "the file is not UTF-8, from byte";
    /// A file is not JSON.
    NotJson = "not-json", "the file is not JSON, at";
    /// A value is of the wrong type.
    WrongType = "wrong-type", "the value is of the wrong type:";
    /// A field is missing.
    FieldMissing = "field-missing", "there is no field";
    /// A field is not known.
    FieldUnknown = "field-unknown", "nobody knows the field";
    /// A word is none of those known here.
    WordUnknown = "word-unknown", "not a word known here:";
    /// An id stands there twice.
    Twice = "twice", "stands there twice:";
    /// An id is not known.
    Unknown = "unknown", "not known:";
    /// An id has a character that ids do not have, or is too long.
    BadId = "bad-id", "not an id (letters, digits, points and hyphens, at most 80):";
    /// The id of a framework is not the name of its folder.
    NotTheFolder = "not-the-folder", "not the name of its folder:";
    /// A framework with this id is there already.
    Taken = "taken", "there is such a framework already:";
    /// A text is missing.
    NoText = "no-text", "there is no text for";
    /// A text is empty, or has white space around it.
    Padded = "padded", "a text is empty or padded";
    /// A text is longer than any reader bears.
    TooLong = "too-long", "a text is too long; characters:";
    /// A list must not be empty.
    Empty = "empty", "there is none";
    /// The languages do not have the same parts.
    NotAlike = "not-alike", "does not have the parts that the other language has";
    /// A number is out of its range.
    OutOfRange = "out-of-range", "out of range:";
    /// A thing leads back to itself.
    Circle = "circle", "leads back to itself:";
    /// An answer of the finder leads nowhere.
    Nowhere = "nowhere", "leads nowhere:";
    /// A question or result is never reached.
    NeverReached = "never-reached", "never reached:";
    /// There are too many requirements.
    TooMany = "too-many", "too many requirements:";
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, place, kind, value } = self;
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "{file}: {place}{colon}{}", kind.words())?;
        if value.is_empty() { Ok(()) } else { write!(f, " {value}") }
    }
}

impl std::error::Error for Fault {}
