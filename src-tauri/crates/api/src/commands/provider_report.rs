//! Third parties as the report prints them.

use super::provider::{current, view};
use crate::messages;
use crate::view::Snapshot;
use std::collections::BTreeMap;
use tillproof_domain::id::{EvidenceId, RequirementId};
use tillproof_domain::provider::{Dated, Paper, Provider};
use tillproof_report::input;

/// The providers of today, by name, and who meets what, by requirement. `evidence` says where each
/// evidence stands in the index.
pub(super) fn part(
    snapshot: &Snapshot,
    providers: &[Provider],
    evidence: &BTreeMap<EvidenceId, usize>,
) -> input::ProvidersPart {
    let providers: Vec<&Provider> = providers.iter().filter(|provider| provider.ended.is_none()).collect();
    let mut met: Vec<(&RequirementId, &Provider)> = providers
        .iter()
        .flat_map(|provider| provider.responsibilities.keys().map(|requirement| (requirement, *provider)))
        .collect();
    let place = |id: &RequirementId| {
        let requirements = snapshot.catalog.framework(&id.framework).into_iter().flat_map(|one| one.requirements());
        requirements.map(|(_, requirement)| &requirement.id).position(|known| known == id)
    };
    met.sort_by_cached_key(|(id, provider)| (id.framework.clone(), place(id), provider.name.clone()));
    let responsibility = |(id, provider): (&RequirementId, &Provider)| {
        let requirement = snapshot.reference(id);
        let who = provider.responsibilities.get(id).map(|who| say(snapshot, "responsibility", who.as_str()));
        (format!("{}  {}", requirement.label, requirement.title), provider.name.clone(), who.unwrap_or_default())
    };
    input::ProvidersPart {
        providers: providers.iter().map(|provider| provider_part(snapshot, provider, evidence)).collect(),
        responsibilities: met.into_iter().map(responsibility).collect(),
    }
}

fn say(snapshot: &Snapshot, group: &str, key: &str) -> String {
    messages::text(snapshot.locale, group, key, &[])
}

fn provider_part(
    snapshot: &Snapshot,
    provider: &Provider,
    evidence: &BTreeMap<EvidenceId, usize>,
) -> input::ProviderPart {
    let looked_at = Dated { on: provider.checked_on, evidence: None };
    let papers = [
        (Paper::Aoc, &provider.aoc),
        (Paper::Agreement, &provider.agreement),
        (Paper::StatusCheck, &looked_at),
        (Paper::ProcessorContract, &provider.processor_contract),
    ];
    let paper = |(paper, dated): (Paper, &Dated)| {
        Some(input::PaperPart {
            name: say(snapshot, "paper", paper.as_str()),
            on: dated.on?,
            evidence: dated.evidence.and_then(|id| evidence.get(&current(snapshot, id)?.id).copied()),
        })
    };
    let view = view(snapshot, provider);
    input::ProviderPart {
        name: view.name,
        service: view.service,
        country: view.country,
        contact: view.contact,
        handles: view.handles.iter().map(|handling| say(snapshot, "handling", handling.as_str())).collect(),
        papers: papers.into_iter().filter_map(paper).collect(),
        lacks: view.lacks.into_iter().map(|lack| (lack.state, lack.text, lack.rule)).collect(),
        note: view.note,
    }
}
