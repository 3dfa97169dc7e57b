//! One way to write an enumeration whose members are words in a file or on the command line.
//!
//! The words are frozen: they stand in journals and in scripts.

/// A text that is none of the words an enumeration knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not one of: {known}")]
pub struct UnknownWord {
    /// The text that was given.
    pub word: String,
    /// The words that would have been understood, separated by commas.
    pub known: String,
}

/// Declares an enumeration together with its words: `ALL`, `as_str`, `FromStr`, `Display`, serde and
/// TypeScript all follow from the one list.
#[macro_export]
macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$member_meta:meta])* $member:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[ts(export_to = "api.ts")]
        pub enum $name { $($(#[$member_meta])* #[serde(rename = $word)] $member),+ }

        impl $name {
            /// Every member, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The word that stands for this member in files and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|member| member.as_str() == word).ok_or_else(|| {
                    $crate::words::UnknownWord {
                        word: word.to_owned(),
                        known: Self::ALL.iter().map(|member| member.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
