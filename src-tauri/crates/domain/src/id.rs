//! Identifiers. Each is a type of its own, so that a task can never be taken for an evidence.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    )+ };
}

uuid_id! {
    /// One workspace file.
    WorkspaceId,
    /// One pass over one framework and scope.
    AssessmentId,
    /// One version of one piece of evidence.
    EvidenceId,
    /// One remediation task.
    TaskId,
    /// One comment on a task.
    CommentId,
}

macro_rules! text_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
    )+ };
}

text_id! {
    /// A framework: `pci-dss-4.0.1`, `gdpr`, `shop-security`.
    FrameworkId,
    /// A scope of a framework: an SAQ type such as `A`, or `shop`.
    ScopeId,
    /// A theme across frameworks: `tls`, `mfa`, ...
    ThemeId,
    /// One criterion of eligibility for a scope.
    CriterionId,
}

/// One requirement: `FRAMEWORK:NUMBER`, such as `pci-dss-4.0.1:8.3.6`. Frozen form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequirementId {
    /// The framework that numbers it.
    pub framework: FrameworkId,
    /// Its number there, such as `8.3.6` or `32.1.b`.
    pub number: String,
}

/// A text that is no requirement id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not of the form FRAMEWORK:NUMBER")]
pub struct NotARequirementId(pub String);

impl FromStr for RequirementId {
    type Err = NotARequirementId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some((framework, number)) if !framework.is_empty() && !number.is_empty() => {
                Ok(Self { framework: FrameworkId(framework.to_owned()), number: number.to_owned() })
            }
            _ => Err(NotARequirementId(text.to_owned())),
        }
    }
}

impl TryFrom<String> for RequirementId {
    type Error = NotARequirementId;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RequirementId> for String {
    fn from(id: RequirementId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.framework, self.number)
    }
}
