//! A row as a change leaves it: the one form in which rows are written, journalled and replayed.

use serde::{Deserialize, Serialize};
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::EvidenceId;
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::register::person_request::PersonRequest;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::task::{Task, TaskComment};

/// The full new values of one row. Frozen: the journals of all workspaces hold it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "table", content = "row", rename_all = "kebab-case")]
pub enum Change {
    /// The merchant.
    Profile(Profile),
    /// An assessment.
    Assessment(Assessment),
    /// What is said about a criterion.
    Criterion(CriterionAnswer),
    /// An answer.
    Answer(Answer),
    /// An evidence.
    Evidence(Evidence),
    /// A task.
    Task(Task),
    /// A comment on a task.
    Comment(TaskComment),
    /// A checklist that was brought in.
    Checklist(ImportedChecklist),
    /// A third party.
    Provider(Provider),
    /// An activity of the record of processing.
    Processing(Processing),
    /// A request of a person.
    PersonRequest(PersonRequest),
    /// A personal data breach.
    Breach(Breach),
}

impl Change {
    /// Names the row for people and for comparing: `answer pci-dss-4.0.1:8.3.6 of ...`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Profile(row) => format!("profile {}", row.id),
            Self::Assessment(row) => format!("assessment {}", row.id),
            Self::Criterion(row) => format!("criterion {} of assessment {}", row.criterion, row.assessment),
            Self::Answer(row) => format!("answer {} of assessment {}", row.requirement, row.assessment),
            Self::Evidence(row) => format!("evidence {} ({})", row.id, row.name),
            Self::Task(row) => format!("task {} ({})", row.id, row.title),
            Self::Comment(row) => format!("comment {}", row.id),
            Self::Checklist(row) => format!("checklist {}", row.framework),
            Self::Provider(row) => format!("provider {} ({})", row.id, row.name),
            Self::Processing(row) => format!("processing {} ({})", row.id, row.name),
            Self::PersonRequest(row) => format!("person-request {} ({})", row.id, row.reference),
            Self::Breach(row) => format!("breach {} ({})", row.id, row.title),
        }
    }

    /// Identifies the row among all rows.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Evidence(row) => format!("evidence {}", row.id),
            Self::Task(row) => format!("task {}", row.id),
            Self::Provider(row) => format!("provider {}", row.id),
            Self::Processing(row) => format!("processing {}", row.id),
            Self::PersonRequest(row) => format!("person-request {}", row.id),
            Self::Breach(row) => format!("breach {}", row.id),
            other => other.name(),
        }
    }

    /// What a person would look the change up by: requirement, evidence and task ids.
    #[must_use]
    pub fn subjects(&self) -> Vec<String> {
        let texts =
            |ids: &[tillproof_domain::id::RequirementId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let evidence = |ids: &[EvidenceId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        match self {
            Self::Profile(_) => Vec::new(),
            Self::Assessment(row) => vec![row.id.to_string()],
            Self::Criterion(row) => vec![row.criterion.to_string()],
            Self::Answer(row) => vec![row.requirement.to_string()],
            Self::Evidence(row) => [vec![row.id.to_string()], texts(&row.requirements)].concat(),
            Self::Task(row) => [vec![row.id.to_string()], texts(&row.requirements)].concat(),
            Self::Comment(row) => vec![row.task.to_string()],
            Self::Checklist(row) => vec![row.framework.to_string()],
            Self::Provider(row) => vec![row.id.to_string()],
            Self::Processing(row) => vec![row.id.to_string()],
            Self::PersonRequest(row) => [vec![row.id.to_string()], evidence(&row.evidence)].concat(),
            Self::Breach(row) => [vec![row.id.to_string()], evidence(&row.evidence)].concat(),
        }
    }
}
