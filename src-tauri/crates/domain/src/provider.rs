//! Third parties: service providers in the sense of PCI DSS 12.8, processors in that of GDPR Art. 28.

use crate::framework::Freshness;
use crate::freshness::{ProofState, state_on};
use crate::id::{EvidenceId, ProviderId, RequirementId};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::word_enum! {
    /// What a provider does with data of ours: the three questions of SAQ Part 2f, and GDPR Art. 28.
    Handling {
        /// Stores, processes or transmits card data for us.
        CardData = "card-data",
        /// Manages systems that belong to the scope: host, agency, firewall.
        Systems = "systems",
        /// Could affect the safety of card data in another way.
        Safety = "safety",
        /// Processes personal data on our behalf (GDPR Art. 28).
        PersonalData = "personal-data",
    }
}

crate::word_enum! {
    /// Who meets a requirement (PCI DSS 12.8.5).
    Responsibility {
        /// The provider.
        Provider = "provider",
        /// We ourselves.
        Merchant = "merchant",
        /// Both, each a part.
        Shared = "shared",
    }
}

crate::word_enum! {
    /// A paper that a provider owes us, or a look that we owe the record.
    Paper {
        /// The Attestation of Compliance (12.8.4); renewed every 12 months.
        Aoc = "aoc",
        /// The written agreement in which it acknowledges its responsibility (12.8.2).
        Agreement = "agreement",
        /// The processor contract (Art. 28(3)).
        ProcessorContract = "processor-contract",
        /// Our own look at its PCI DSS status, at least every 12 months (12.8.4).
        StatusCheck = "status-check",
        /// Who meets which requirement (12.8.5).
        Responsibilities = "responsibilities",
    }
}

/// When a paper was made, and where it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day on the paper.
    pub on: Option<NaiveDate>,
    /// The evidence that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceId>,
}

/// A third party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// Its name. Never empty.
    pub name: String,
    /// What it does for us. May be empty.
    pub service: String,
    /// What it does with data of ours, sorted.
    pub handles: Vec<Handling>,
    /// Country, ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// Whom to write to. May be empty.
    pub contact: String,
    /// The Attestation of Compliance.
    pub aoc: Dated,
    /// The written agreement.
    pub agreement: Dated,
    /// The processor contract.
    pub processor_contract: Dated,
    /// The last look at its PCI DSS status.
    pub checked_on: Option<NaiveDate>,
    /// Who meets which requirement.
    pub responsibilities: BTreeMap<RequirementId, Responsibility>,
    /// More about it. May be empty.
    pub note: String,
    /// Why it is no provider of ours any more; none while it is. Kept for the record.
    pub ended: Option<String>,
    /// Why its texts are kept although card data or a secret was found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub rev: i64,
}

/// How one of the papers of a provider stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which paper.
    pub paper: Paper,
    /// The day on it; none if it is missing, or has no day of its own.
    pub on: Option<NaiveDate>,
    /// Missing, fresh, due soon or expired.
    pub state: ProofState,
    /// The last day on which it counts; none if it is missing or has no end.
    pub until: Option<NaiveDate>,
}

/// Something about a provider that is missing or has become old.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// What.
    pub paper: Paper,
    /// Missing, due soon or expired.
    pub state: ProofState,
    /// The last day on which it counts; none if it is missing.
    pub until: Option<NaiveDate>,
}

/// What a requirement asks about third parties: whom, and which papers of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Whether it is about processors (GDPR Art. 28); otherwise it is about service providers.
    pub processors: bool,
    /// The papers that it asks for; none where it asks for the list or for a way of choosing.
    pub papers: &'static [Paper],
}

/// What a requirement asks about third parties; none if it is about something else. Source: PCI DSS
/// v4.0.1, 12.8.1 to 12.8.5; GDPR Art. 28.
#[must_use]
pub fn asked_by(requirement: &RequirementId) -> Option<Asked> {
    let framework = requirement.framework.as_str();
    let of_service_providers = |papers| Some(Asked { processors: false, papers });
    match requirement.number.as_str() {
        number if framework == "gdpr" && number.split('.').next() == Some("28") => {
            Some(Asked { processors: true, papers: &[Paper::ProcessorContract] })
        }
        _ if !framework.starts_with("pci-dss") => None,
        "12.8.1" | "12.8.3" => of_service_providers(&[]),
        "12.8.2" => of_service_providers(&[Paper::Agreement]),
        "12.8.4" => of_service_providers(&[Paper::Aoc, Paper::StatusCheck]),
        "12.8.5" => of_service_providers(&[Paper::Responsibilities]),
        _ => None,
    }
}

impl Provider {
    /// Whether a requirement is about it.
    #[must_use]
    pub fn is_asked_by(&self, asked: Asked) -> bool {
        if asked.processors { self.is_processor() } else { self.is_service_provider() }
    }

    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let always = [&self.name, &self.service, &self.contact, &self.note];
        always.into_iter().chain(&self.ended).map(String::as_str).collect()
    }

    /// Whether PCI DSS 12.8 is about it.
    #[must_use]
    pub fn is_service_provider(&self) -> bool {
        self.handles.iter().any(|handling| *handling != Handling::PersonalData)
    }

    /// Whether GDPR Art. 28 is about it.
    #[must_use]
    pub fn is_processor(&self) -> bool {
        self.handles.contains(&Handling::PersonalData)
    }

    /// The papers it owes, with the day on each.
    fn owed(&self) -> Vec<(Paper, Option<NaiveDate>)> {
        let mut owed = Vec::new();
        if self.is_service_provider() {
            owed.extend([
                (Paper::Aoc, self.aoc.on),
                (Paper::Agreement, self.agreement.on),
                (Paper::StatusCheck, self.checked_on),
            ]);
        }
        if self.is_processor() {
            owed.push((Paper::ProcessorContract, self.processor_contract.on));
        }
        owed
    }

    /// How the papers that it owes stand on `today`. `yearly` is the rule of PCI DSS 12.8.4 for the AOC
    /// and the look at the status.
    #[must_use]
    pub fn standings(&self, yearly: &Freshness, today: NaiveDate) -> Vec<Standing> {
        let standing = |(paper, on): (Paper, Option<NaiveDate>)| {
            let Some(day) = on else { return Standing { paper, on, state: ProofState::Missing, until: None } };
            let renewed = matches!(paper, Paper::Aoc | Paper::StatusCheck);
            let until = renewed.then(|| yearly.every.after(day));
            Standing { paper, on, state: state_on(day, until, today), until }
        };
        let mut standings: Vec<Standing> = self.owed().into_iter().map(standing).collect();
        if self.is_service_provider() {
            let state = if self.responsibilities.is_empty() { ProofState::Missing } else { ProofState::Fresh };
            standings.push(Standing { paper: Paper::Responsibilities, on: None, state, until: None });
        }
        standings
    }

    /// What is missing, due soon or expired on `today`; nothing for a provider of the past.
    #[must_use]
    pub fn lacks(&self, yearly: &Freshness, today: NaiveDate) -> Vec<Lack> {
        if self.ended.is_some() {
            return Vec::new();
        }
        let lacking = self.standings(yearly, today).into_iter().filter(|standing| standing.state != ProofState::Fresh);
        lacking.map(|Standing { paper, state, until, .. }| Lack { paper, state, until }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn provider(handles: &[Handling]) -> Provider {
        Provider {
            id: ProviderId(uuid::Uuid::nil()),
            name: "Host".to_owned(),
            service: String::new(),
            handles: handles.to_vec(),
            country: String::new(),
            contact: String::new(),
            aoc: Dated::default(),
            agreement: Dated::default(),
            processor_contract: Dated::default(),
            checked_on: None,
            responsibilities: BTreeMap::new(),
            note: String::new(),
            ended: None,
            card_data_reason: None,
            created_at: Timestamp(0),
            rev: 1,
        }
    }

    fn lacks(provider: &Provider, today: &str) -> Vec<(Paper, ProofState)> {
        let yearly = Freshness { every: "P12M".to_owned().try_into().expect("a span"), source: "12.8.4".to_owned() };
        provider.lacks(&yearly, day(today)).into_iter().map(|lack| (lack.paper, lack.state)).collect()
    }

    #[test]
    fn each_kind_of_provider_owes_its_papers() {
        use Paper::{Agreement, Aoc, ProcessorContract, Responsibilities, StatusCheck};
        let missing = |papers: &[Paper]| papers.iter().map(|paper| (*paper, ProofState::Missing)).collect::<Vec<_>>();
        assert_eq!(lacks(&provider(&[]), "2026-11-22"), [], "who handles nothing owes nothing");
        assert_eq!(
            lacks(&provider(&[Handling::PersonalData]), "2026-11-22"),
            missing(&[ProcessorContract]),
            "a processor"
        );
        let host = provider(&[Handling::Systems, Handling::PersonalData]);
        let all = missing(&[Aoc, Agreement, StatusCheck, ProcessorContract, Responsibilities]);
        assert_eq!(lacks(&host, "2026-11-22"), all, "a host is both");
        let past = Provider { ended: Some("moved".to_owned()), ..host };
        assert_eq!(lacks(&past, "2026-11-22"), [], "a provider of the past owes nothing");
    }

    #[test]
    fn a_requirement_asks_for_its_own_papers() {
        let papers = |id: &str| asked_by(&id.parse().expect("an id")).map(|asked| (asked.processors, asked.papers));
        assert_eq!(papers("pci-dss-4.0.1:12.8.4"), Some((false, &[Paper::Aoc, Paper::StatusCheck][..])));
        assert_eq!(papers("pci-dss-4.0.1:12.8.1"), Some((false, &[][..])), "the list itself");
        assert_eq!(papers("gdpr:28.3"), Some((true, &[Paper::ProcessorContract][..])));
        for other in ["pci-dss-4.0.1:12.9.1", "gdpr:2.8", "gdpr:280.1", "shop-security:12.8.4"] {
            assert_eq!(papers(other), None, "{other} is about something else");
        }
    }

    #[test]
    fn an_aoc_is_renewed_every_year_and_a_contract_is_not() {
        let mut host = provider(&[Handling::CardData]);
        let papers = Dated { on: Some(day("2025-12-01")), evidence: None };
        (host.aoc, host.agreement, host.checked_on) = (papers.clone(), papers.clone(), papers.on);
        host.responsibilities.insert("pci-dss-4.0.1:6.3.3".parse().expect("an id"), Responsibility::Provider);
        assert_eq!(lacks(&host, "2026-06-01"), [], "fresh");
        let soon = [(Paper::Aoc, ProofState::DueSoon), (Paper::StatusCheck, ProofState::DueSoon)];
        assert_eq!(lacks(&host, "2026-11-22"), soon, "due soon");
        let expired = [(Paper::Aoc, ProofState::Expired), (Paper::StatusCheck, ProofState::Expired)];
        assert_eq!(lacks(&host, "2027-01-01"), expired, "expired; the agreement stays");
    }
}
