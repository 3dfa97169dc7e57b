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
use tillproof_domain::reply::AuditorReply;
use tillproof_domain::signing_key::SigningKey;
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
    /// A key that signs reports; never its private half.
    SigningKey(SigningKey),
    /// A reply of an auditor.
    Reply(AuditorReply),
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
            Self::SigningKey(row) => format!("signing-key {} ({})", row.id, row.name),
            Self::Reply(row) => format!("reply {} ({})", row.id, row.auditor),
        }
    }

    /// How often the row has changed, from 1; none for what never changes.
    #[must_use]
    pub const fn rev(&self) -> Option<i64> {
        Some(match self {
            Self::Profile(row) => row.rev,
            Self::Assessment(row) => row.rev,
            Self::Criterion(row) => row.rev,
            Self::Answer(row) => row.rev,
            Self::Evidence(row) => row.rev,
            Self::Task(row) => row.rev,
            Self::Checklist(row) => row.rev,
            Self::Provider(row) => row.rev,
            Self::Processing(row) => row.rev,
            Self::PersonRequest(row) => row.rev,
            Self::Breach(row) => row.rev,
            Self::SigningKey(row) => row.rev,
            Self::Comment(_) | Self::Reply(_) => return None,
        })
    }

    /// The row, as the change with this number.
    #[must_use]
    pub fn with_rev(mut self, rev: i64) -> Self {
        match &mut self {
            Self::Profile(row) => row.rev = rev,
            Self::Assessment(row) => row.rev = rev,
            Self::Criterion(row) => row.rev = rev,
            Self::Answer(row) => row.rev = rev,
            Self::Evidence(row) => row.rev = rev,
            Self::Task(row) => row.rev = rev,
            Self::Checklist(row) => row.rev = rev,
            Self::Provider(row) => row.rev = rev,
            Self::Processing(row) => row.rev = rev,
            Self::PersonRequest(row) => row.rev = rev,
            Self::Breach(row) => row.rev = rev,
            Self::SigningKey(row) => row.rev = rev,
            Self::Comment(_) | Self::Reply(_) => {}
        }
        self
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
            Self::SigningKey(row) => format!("signing-key {}", row.id),
            Self::Reply(row) => format!("reply {}", row.id),
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
            Self::Profile(row) => vec![row.id.to_string()],
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
            Self::SigningKey(row) => vec![row.id.to_string()],
            Self::Reply(row) => {
                let requirements = row.items.iter().map(|item| item.requirement.to_string());
                std::iter::once(row.id.to_string()).chain(requirements).collect()
            }
        }
    }

    /// The texts that people write in the row; ids, dates and words of an enumeration are none.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Profile(row) => row.texts(),
            Self::Answer(row) => row.texts(),
            Self::Evidence(row) => {
                let reason = row.removed.as_ref().map(|removed| removed.reason.as_str());
                [row.name.as_str(), &row.title, &row.source].into_iter().chain(reason).collect()
            }
            Self::Task(row) => row.texts(),
            Self::Comment(row) => vec![&row.text],
            Self::Provider(row) => row.texts(),
            Self::Processing(row) => row.texts(),
            Self::PersonRequest(row) => row.texts(),
            Self::Breach(row) => row.texts(),
            Self::SigningKey(row) => row.texts(),
            Self::Reply(row) => row.texts(),
            Self::Checklist(row) => row.files.iter().flat_map(|(path, text)| [path.as_str(), text]).collect(),
            Self::Assessment(row) => {
                row.signed_off.iter().flat_map(|signed| [signed.name.as_str(), &signed.role]).collect()
            }
            // Its id is that of the catalogue.
            Self::Criterion(_) => Vec::new(),
        }
    }

    /// Why the row is kept although card data or a secret was found in it.
    #[must_use]
    pub fn card_data_reason(&self) -> Option<&str> {
        match self {
            Self::Profile(row) => row.card_data_reason.as_deref(),
            Self::Answer(row) => row.card_data_reason.as_deref(),
            Self::Evidence(row) => row.card_data_reason.as_deref(),
            Self::Task(row) => row.card_data_reason.as_deref(),
            Self::Comment(row) => row.card_data_reason.as_deref(),
            Self::Provider(row) => row.card_data_reason.as_deref(),
            Self::Processing(row) => row.card_data_reason.as_deref(),
            Self::PersonRequest(row) => row.card_data_reason.as_deref(),
            Self::Breach(row) => row.card_data_reason.as_deref(),
            Self::Reply(row) => row.card_data_reason.as_deref(),
            Self::Assessment(_) | Self::Criterion(_) | Self::Checklist(_) | Self::SigningKey(_) => None,
        }
    }
}
