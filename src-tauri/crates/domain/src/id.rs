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
    /// One third party.
    ProviderId,
    /// One activity of the record of processing.
    ProcessingId,
    /// One request of a person.
    PersonRequestId,
    /// One personal data breach.
    BreachId,
    /// One key that signs reports.
    SigningKeyId,
    /// One reply of an auditor.
    ReplyId,
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

/// The scopes of one assessment: usually one; several where a merchant takes payments in several
/// ways. Never empty. Frozen form: the ids joined by `+`, such as `A+B-IP`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scopes(Vec<ScopeId>);

/// A text that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no scope")]
pub struct NoScope(pub String);

impl Scopes {
    /// One scope alone.
    #[must_use]
    pub fn one(scope: ScopeId) -> Self {
        Self(vec![scope])
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &ScopeId> {
        self.0.iter()
    }

    /// The same scopes in another order, if `order` names them all.
    #[must_use]
    pub fn ordered_as<'a>(&self, order: impl Iterator<Item = &'a ScopeId>) -> Self {
        let ordered: Vec<ScopeId> = order.filter(|id| self.0.contains(id)).cloned().collect();
        if ordered.len() == self.0.len() { Self(ordered) } else { self.clone() }
    }

    /// How many there are, at least one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl FromStr for Scopes {
    type Err = NoScope;

    /// Reads ids joined by `+`; each counts once.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut ids: Vec<ScopeId> = Vec::new();
        for id in text.split('+').map(str::trim) {
            if id.is_empty() {
                return Err(NoScope(text.to_owned()));
            }
            if ids.iter().all(|known| known.as_str() != id) {
                ids.push(ScopeId(id.to_owned()));
            }
        }
        Ok(Self(ids))
    }
}

impl TryFrom<String> for Scopes {
    type Error = NoScope;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, id) in self.0.iter().enumerate() {
            write!(f, "{}{id}", if i == 0 { "" } else { "+" })?;
        }
        Ok(())
    }
}
