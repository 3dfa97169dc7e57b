//! The record of processing activities: what a shop does with personal data (GDPR Art. 30(1)).

use crate::id::{ProcessingId, ProviderId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// Why processing is allowed (GDPR Art. 6(1)).
    LegalBasis {
        /// The person has agreed (a).
        Consent = "consent",
        /// A contract with the person needs it (b).
        Contract = "contract",
        /// A law demands it (c).
        LegalObligation = "legal-obligation",
        /// Somebody's life depends on it (d).
        VitalInterests = "vital-interests",
        /// A task in the public interest needs it (e).
        PublicTask = "public-task",
        /// We or others have a legitimate interest that weighs more (f).
        LegitimateInterests = "legitimate-interests",
    }
}

impl LegalBasis {
    /// The letter of Art. 6(1).
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Consent => 'a',
            Self::Contract => 'b',
            Self::LegalObligation => 'c',
            Self::VitalInterests => 'd',
            Self::PublicTask => 'e',
            Self::LegitimateInterests => 'f',
        }
    }

    /// The one that a paragraph such as `6.1.b` names.
    #[must_use]
    pub fn of_paragraph(paragraph: &str) -> Option<Self> {
        let letter = paragraph.strip_prefix("6.1.")?;
        Self::ALL.iter().copied().find(|basis| letter.chars().eq([basis.letter()]))
    }
}

crate::word_enum! {
    /// What the record says about an activity.
    ProcessingPart {
        /// Name and contact details of the controller (Art. 30(1)(a)); they are in the profile.
        Controller = "controller",
        /// The purposes (b).
        Purposes = "purposes",
        /// The categories of persons (c).
        Persons = "persons",
        /// The categories of data (c).
        Data = "data",
        /// The categories of recipients (d).
        Recipients = "recipients",
        /// Transfers to third countries, and what keeps the data safe there (e).
        Transfers = "transfers",
        /// The periods for erasure (f).
        Erasure = "erasure",
        /// The security measures (g; Art. 32(1)).
        Security = "security",
        /// Why it is allowed (Art. 6(1)). Art. 30 does not ask for it, Art. 5(2) does.
        LegalBasis = "legal-basis",
        /// Whether special categories are among the data (Art. 9).
        SpecialCategories = "special-categories",
    }
}

/// One activity of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Processing {
    /// Its id.
    pub id: ProcessingId,
    /// Its name. Never empty.
    pub name: String,
    /// What for.
    pub purposes: String,
    /// Why it is allowed, sorted.
    pub legal_bases: Vec<LegalBasis>,
    /// The same in words: which contract, which law, which interest.
    pub legal_basis: String,
    /// Whose data.
    pub persons: String,
    /// Which data.
    pub data: String,
    /// Whether special categories are among them (Art. 9(1)); none until somebody has said.
    pub special_categories: Option<bool>,
    /// Who gets them, in words.
    pub recipients: String,
    /// The third parties among them, sorted.
    pub providers: Vec<ProviderId>,
    /// Whether data goes to a third country; none until somebody has said.
    pub third_countries: Option<bool>,
    /// To which ones, and to whom there.
    pub transfers: String,
    /// What keeps the data safe there: adequacy decision, standard clauses (Art. 45, 46, 49).
    pub transfer_safeguard: String,
    /// When the data is erased.
    pub erasure: String,
    /// How it is kept safe (Art. 32(1)).
    pub security: String,
    /// Who inside answers for it.
    pub responsible: String,
    /// More about it.
    pub note: String,
    /// The template it was begun with.
    pub template: Option<String>,
    /// Why it is not done any more; none while it is. Kept for the record.
    pub ended: Option<String>,
    /// Why its texts are kept although card data or a secret was found in them.
    pub card_data_reason: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub rev: i64,
}

impl Processing {
    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let texts: [&str; 12] = [
            &self.name,
            &self.purposes,
            &self.legal_basis,
            &self.persons,
            &self.data,
            &self.recipients,
            &self.transfers,
            &self.transfer_safeguard,
            &self.erasure,
            &self.security,
            &self.responsible,
            &self.note,
        ];
        texts.into_iter().chain(self.ended.as_deref()).collect()
    }

    /// An activity of which only the name is known.
    #[must_use]
    pub fn new(id: ProcessingId, name: String, created_at: Timestamp) -> Self {
        Self {
            id,
            name,
            purposes: String::new(),
            legal_bases: Vec::new(),
            legal_basis: String::new(),
            persons: String::new(),
            data: String::new(),
            special_categories: None,
            recipients: String::new(),
            providers: Vec::new(),
            third_countries: None,
            transfers: String::new(),
            transfer_safeguard: String::new(),
            erasure: String::new(),
            security: String::new(),
            responsible: String::new(),
            note: String::new(),
            template: None,
            ended: None,
            card_data_reason: None,
            created_at,
            rev: 1,
        }
    }

    /// What the record does not say yet; nothing for an activity of the past. A text that is there
    /// counts as said, whatever it says. The controller is known if the profile has name and contact
    /// details.
    #[must_use]
    pub fn lacks(&self, controller_known: bool) -> Vec<ProcessingPart> {
        if self.ended.is_some() {
            return Vec::new();
        }
        let empty = |text: &str| text.trim().is_empty();
        let transfers = match self.third_countries {
            None => true,
            Some(false) => false,
            Some(true) => empty(&self.transfers) || empty(&self.transfer_safeguard),
        };
        let lacking = |part: &ProcessingPart| match part {
            ProcessingPart::Controller => !controller_known,
            ProcessingPart::Purposes => empty(&self.purposes),
            ProcessingPart::Persons => empty(&self.persons),
            ProcessingPart::Data => empty(&self.data),
            ProcessingPart::Recipients => empty(&self.recipients) && self.providers.is_empty(),
            ProcessingPart::Transfers => transfers,
            ProcessingPart::Erasure => empty(&self.erasure),
            ProcessingPart::Security => empty(&self.security),
            ProcessingPart::LegalBasis => self.legal_bases.is_empty(),
            ProcessingPart::SpecialCategories => self.special_categories.is_none(),
        };
        ProcessingPart::ALL.iter().copied().filter(lacking).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_lacks_what_nobody_has_said() {
        let mut activity = Processing::new(ProcessingId(uuid::Uuid::nil()), "Orders".to_owned(), Timestamp(0));
        assert_eq!(activity.lacks(false), ProcessingPart::ALL, "only a name");
        let said = || "said".to_owned();
        activity = Processing {
            purposes: said(),
            legal_bases: vec![LegalBasis::Contract],
            persons: said(),
            data: said(),
            special_categories: Some(false),
            recipients: said(),
            third_countries: Some(true),
            transfers: said(),
            erasure: said(),
            security: said(),
            ..activity
        };
        assert_eq!(activity.lacks(true), [ProcessingPart::Transfers], "no safeguard in a third country");
        activity.third_countries = Some(false);
        assert_eq!(activity.lacks(true), [], "nothing leaves the EEA");
        activity.third_countries = None;
        activity.ended = Some("no newsletter any more".to_owned());
        assert_eq!(activity.lacks(false), [], "an activity of the past");
    }

    #[test]
    fn a_paragraph_names_its_legal_basis() {
        assert_eq!(LegalBasis::of_paragraph("6.1.f"), Some(LegalBasis::LegitimateInterests), "f");
        for none in ["6.1.g", "6.1.", "9.2.a", "6.1.ab"] {
            assert_eq!(LegalBasis::of_paragraph(none), None, "{none}");
        }
    }
}
