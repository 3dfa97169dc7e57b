//! What an evidence has to do with others: who has the same bytes, and which requirements of other
//! frameworks it proves as well.
//!
//! Both are looked up, never searched for: a list of many thousands stays quick.

use crate::types::evidence::{EvidenceName, EvidenceView};
use crate::view::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::evidence::Evidence;
use tillproof_domain::framework::LinkKind;
use tillproof_domain::id::RequirementId;

/// The most evidences that one names as having its bytes.
const NAMED: usize = 20;

/// What the cross-map says about the requirements that apply.
pub(crate) struct Relations<'a> {
    snapshot: &'a Snapshot,
    also: BTreeMap<&'a RequirementId, Vec<&'a RequirementId>>,
}

impl<'a> Relations<'a> {
    /// Follows the links of the catalogue that say that one and the same document proves both, as
    /// far as an open assessment asks the other one.
    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        let asked: BTreeSet<&RequirementId> = snapshot
            .open_assessments()
            .flat_map(|assessment| snapshot.requirements_of(assessment))
            .map(|placed| &placed.requirement.id)
            .collect();
        let mut also: BTreeMap<&RequirementId, Vec<&RequirementId>> = BTreeMap::new();
        for link in snapshot.catalog.links.iter().filter(|link| link.kind == LinkKind::SameEvidence) {
            for (from, to) in [(&link.from, &link.to), (&link.to, &link.from)] {
                if asked.contains(to) {
                    also.entry(from).or_default().push(to);
                }
            }
        }
        Self { snapshot, also }
    }

    /// What a proof of these requirements proves as well, sorted, without them.
    pub(crate) fn also_counts_for(&self, requirements: &[RequirementId]) -> Vec<RequirementId> {
        let mut also: Vec<&RequirementId> =
            requirements.iter().filter_map(|id| self.also.get(id)).flatten().copied().collect();
        also.retain(|id| !requirements.contains(id));
        also.sort_unstable();
        also.dedup();
        also.into_iter().cloned().collect()
    }

    /// The view of an evidence with its relations.
    pub(crate) fn view(&self, evidence: &Evidence) -> EvidenceView {
        let also = if evidence.is_current() { self.also_counts_for(&evidence.requirements) } else { Vec::new() };
        let same = self.snapshot.evidence_with(&evidence.sha256);
        EvidenceView {
            same_as: names(same.filter(|other| other.id != evidence.id)),
            also_counts_for: also.iter().map(|id| self.snapshot.reference(id)).collect(),
            ..self.snapshot.evidence_view(evidence)
        }
    }
}

/// Names what counts among them.
pub(crate) fn names<'e>(evidence: impl Iterator<Item = &'e Evidence>) -> Vec<EvidenceName> {
    evidence
        .filter(|evidence| evidence.is_current())
        .take(NAMED)
        .map(|evidence| EvidenceName { id: evidence.id.to_string(), name: evidence.called().to_owned() })
        .collect()
}
