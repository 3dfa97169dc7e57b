//! The merchant.

use crate::id::WorkspaceId;
use crate::locale::Locale;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::word_enum! {
    /// A way in which the merchant takes payments (SAQ Part 2a).
    Channel {
        /// The web shop.
        ECommerce = "e-commerce",
        /// Orders by mail or telephone.
        MailTelephone = "mail-telephone",
        /// Over the counter.
        CardPresent = "card-present",
    }
}

/// What the SAQ asks about the assessment beyond the company: Parts 1b, 2a, 2c, 2d and 2e. Each text
/// may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScopeFacts {
    /// Who helps or tests: internal assessor, QSA company (Part 1b).
    pub assessors: String,
    /// Ways of payment that are left out, and why (Part 2a).
    pub left_out: String,
    /// Connections, critical components, what else could affect card data (Part 2c).
    pub environment: String,
    /// Whether segmentation makes the scope smaller (Part 2c).
    pub segmented: Option<bool>,
    /// Kinds of places, how many, and where (Part 2d).
    pub locations: String,
    /// Products and solutions listed by the PCI SSC, with version and expiry (Part 2e).
    pub products: String,
}

impl ScopeFacts {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who the merchant is: SAQ Parts 1a, 2a and 2b in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The workspace.
    pub id: WorkspaceId,
    /// The company. Never empty.
    pub name: String,
    /// The name customers know, where it differs.
    pub trading_name: String,
    /// Postal address, one or more lines.
    pub address: String,
    /// Country, ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// The language the merchant works in.
    pub locale: Locale,
    /// Address of the shop on the web.
    pub website: String,
    /// Shop software or platform.
    pub platform: String,
    /// Payment service provider or providers.
    pub payment_provider: String,
    /// Contact: name.
    pub contact_name: String,
    /// Contact: role in the company.
    pub contact_role: String,
    /// Contact: e-mail.
    pub contact_email: String,
    /// People who work in the company.
    pub staff: Option<u32>,
    /// The ways in which payments are taken, sorted.
    pub channels: Vec<Channel>,
    /// How card data is taken, sent and kept, in the merchant's words (SAQ Part 2b).
    pub payment_description: String,
    /// What the SAQ asks beyond that.
    #[serde(default, skip_serializing_if = "ScopeFacts::is_empty")]
    pub scope_facts: ScopeFacts,
    /// The answers given to the SAQ finder: question to answer.
    pub finder_answers: BTreeMap<String, String>,
    /// The answers given to the finder for further ways of payment, one entry a way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_finder_answers: Vec<BTreeMap<String, String>>,
    /// Why its texts are kept although card data or a secret was found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// When the workspace was made.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub rev: i64,
}

impl Profile {
    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        [
            &self.name,
            &self.trading_name,
            &self.address,
            &self.website,
            &self.platform,
            &self.payment_provider,
            &self.contact_name,
            &self.contact_role,
            &self.contact_email,
            &self.payment_description,
            &self.scope_facts.assessors,
            &self.scope_facts.left_out,
            &self.scope_facts.environment,
            &self.scope_facts.locations,
            &self.scope_facts.products,
        ]
        .map(String::as_str)
        .to_vec()
    }
}
