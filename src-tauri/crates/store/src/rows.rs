//! The rows of a workspace in memory, with the look-ups that every screen needs.
//!
//! Kept between commands and brought up to date by the journal, so that a command costs what has
//! changed and not what there is. Also what a journal is replayed into to see an earlier day.

use crate::aged::Aged;
use crate::{Change, Head, Result, StoredEntry};
use std::collections::{BTreeMap, HashMap};
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{
    AssessmentId, BreachId, CommentId, CriterionId, EvidenceId, PersonRequestId, ProcessingId, ProviderId,
    RequirementId, SigningKeyId, TaskId,
};
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::register::person_request::PersonRequest;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::reply::AuditorReply;
use tillproof_domain::signing_key::SigningKey;
use tillproof_domain::task::{Task, TaskComment};

/// The answers of one assessment.
pub type Answers = BTreeMap<RequirementId, Answer>;

/// What is said about the criteria of one assessment.
pub type Criteria = BTreeMap<CriterionId, CriterionAnswer>;

/// The rows of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The journal entry up to which they are true.
    pub head: Head,
    /// The merchant; none before the first entry.
    pub profile: Option<Profile>,
    /// The newest first.
    pub assessments: Vec<Assessment>,
    /// Of the open assessments at least.
    pub answers: BTreeMap<AssessmentId, Answers>,
    /// Of the open assessments at least.
    pub criteria: BTreeMap<AssessmentId, Criteria>,
    /// The oldest first.
    pub comments: BTreeMap<TaskId, Vec<TaskComment>>,
    /// Third parties.
    pub providers: BTreeMap<ProviderId, Provider>,
    /// Processing activities.
    pub processing: BTreeMap<ProcessingId, Processing>,
    /// Requests of persons.
    pub person_requests: BTreeMap<PersonRequestId, PersonRequest>,
    /// Breaches.
    pub breaches: BTreeMap<BreachId, Breach>,
    /// Keys that sign reports.
    pub signing_keys: BTreeMap<SigningKeyId, SigningKey>,
    /// What auditors replied, the oldest first.
    pub replies: Vec<AuditorReply>,
    /// Checklists that were brought in, the oldest first. Only in a replay: their files are large.
    pub checklists: Vec<ImportedChecklist>,
    evidence: Aged<Evidence>,
    /// The oldest first, by the first digits of the SHA-256 of its bytes.
    contents: HashMap<u64, Vec<EvidenceId>>,
    tasks: Aged<Task>,
    /// The task of a series after another.
    followers: HashMap<TaskId, TaskId>,
}

impl Rows {
    /// Takes in journal entries, the oldest first.
    pub fn follow(&mut self, entries: impl IntoIterator<Item = StoredEntry>) {
        let mut assessments = false;
        for StoredEntry { entry, hash } in entries {
            self.head = Head { seq: entry.seq, hash };
            for change in entry.changes {
                assessments |= matches!(change, Change::Assessment(_));
                self.put(change);
            }
        }
        self.settle(assessments);
    }

    /// Rows as the tables have them: `fill` hands them over.
    pub(crate) fn filled(head: Head, fill: impl FnOnce(&mut dyn FnMut(Change)) -> Result<()>) -> Result<Self> {
        let mut rows = Self { head, ..Self::default() };
        fill(&mut |change| rows.put(change))?;
        rows.settle(true);
        Ok(rows)
    }

    fn put(&mut self, change: Change) {
        match change {
            Change::Profile(row) => self.profile = Some(row),
            Change::Assessment(row) => match self.assessments.iter_mut().find(|known| known.id == row.id) {
                Some(known) => *known = row,
                None => self.assessments.push(row),
            },
            Change::Criterion(row) => {
                drop(self.criteria.entry(row.assessment).or_default().insert(row.criterion.clone(), row));
            }
            Change::Answer(row) => {
                drop(self.answers.entry(row.assessment).or_default().insert(row.requirement.clone(), row));
            }
            Change::Evidence(row) => {
                if self.evidence.get(row.id).is_none() {
                    self.contents.entry(first_digits(&row.sha256)).or_default().push(row.id);
                }
                self.evidence.put(row);
            }
            Change::Task(row) => {
                if let Some(before) = row.follows {
                    self.followers.entry(before).or_insert(row.id);
                }
                self.tasks.put(row);
            }
            Change::Comment(row) => {
                let comments = self.comments.entry(row.task).or_default();
                let key = |comment: &TaskComment| -> (_, CommentId) { (comment.at, comment.id) };
                if let Err(at) = comments.binary_search_by_key(&key(&row), key) {
                    comments.insert(at, row);
                }
            }
            Change::Checklist(row) => {
                self.checklists.retain(|known| known.framework != row.framework);
                self.checklists.push(row);
                self.checklists.sort_by(|a, b| (a.imported_at, &a.framework).cmp(&(b.imported_at, &b.framework)));
            }
            Change::Provider(row) => drop(self.providers.insert(row.id, row)),
            Change::Processing(row) => drop(self.processing.insert(row.id, row)),
            Change::PersonRequest(row) => drop(self.person_requests.insert(row.id, row)),
            Change::Breach(row) => drop(self.breaches.insert(row.id, row)),
            Change::SigningKey(row) => drop(self.signing_keys.insert(row.id, row)),
            Change::Reply(row) => {
                let key = |reply: &AuditorReply| (reply.received_at, reply.id);
                if let Err(at) = self.replies.binary_search_by_key(&key(&row), key) {
                    self.replies.insert(at, row);
                }
            }
        }
    }

    /// Puts what came out of order in its place; assessments only if one of them changed.
    fn settle(&mut self, assessments: bool) {
        if assessments {
            self.assessments.sort_by_key(|row| std::cmp::Reverse((row.started_at, row.id)));
        }
        self.evidence.settle();
        self.tasks.settle();
    }

    /// The assessments that can still be worked on, the newest first.
    pub fn open_assessments(&self) -> impl Iterator<Item = &Assessment> {
        self.assessments.iter().filter(|assessment| assessment.is_open())
    }

    /// One assessment.
    #[must_use]
    pub fn assessment(&self, id: AssessmentId) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.id == id)
    }

    /// All evidence, the newest first, with what was replaced or removed.
    #[must_use]
    pub fn evidence_list(&self) -> impl ExactSizeIterator<Item = &Evidence> + DoubleEndedIterator {
        self.evidence.rows().iter().rev()
    }

    /// One evidence, also one that was replaced or removed.
    #[must_use]
    pub fn evidence_by_id(&self, id: EvidenceId) -> Option<&Evidence> {
        self.evidence.get(id)
    }

    /// All evidence with these bytes, the newest first, with what was replaced or removed.
    pub fn evidence_with(&self, sha256: &str) -> impl Iterator<Item = &Evidence> {
        let ids = self.contents.get(&first_digits(sha256)).into_iter().flatten().rev();
        ids.filter_map(|id| self.evidence.get(*id)).filter(move |row| row.sha256 == sha256)
    }

    /// The evidence of a requirement that counts, the newest first.
    pub fn evidence_for(&self, requirement: &RequirementId) -> impl Iterator<Item = &Evidence> + use<'_> {
        self.evidence.of(requirement).rev()
    }

    /// All tasks, the oldest first.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        self.tasks.rows()
    }

    /// One task.
    #[must_use]
    pub fn task_by_id(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// The tasks of a requirement, the oldest first.
    pub fn tasks_for(&self, requirement: &RequirementId) -> impl Iterator<Item = &Task> + use<'_> {
        self.tasks.of(requirement)
    }

    /// The task of the same series after another.
    #[must_use]
    pub fn task_after(&self, id: TaskId) -> Option<TaskId> {
        self.followers.get(&id).copied()
    }

    /// The comments on a task, the oldest first.
    #[must_use]
    pub fn comments_on(&self, task: TaskId) -> &[TaskComment] {
        self.comments.get(&task).map_or(&[], Vec::as_slice)
    }

    /// Third parties, by name.
    #[must_use]
    pub fn providers_by_name(&self) -> Vec<&Provider> {
        let mut list: Vec<&Provider> = self.providers.values().collect();
        list.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        list
    }

    /// Every row, in the form of the journal, in no particular order.
    #[must_use]
    pub fn all(&self) -> Vec<Change> {
        let mut rows: Vec<Change> = self.profile.iter().cloned().map(Change::Profile).collect();
        rows.extend(self.assessments.iter().cloned().map(Change::Assessment));
        rows.extend(self.criteria.values().flat_map(BTreeMap::values).cloned().map(Change::Criterion));
        rows.extend(self.answers.values().flat_map(BTreeMap::values).cloned().map(Change::Answer));
        rows.extend(self.evidence.rows().iter().cloned().map(Change::Evidence));
        rows.extend(self.tasks.rows().iter().cloned().map(Change::Task));
        rows.extend(self.comments.values().flatten().cloned().map(Change::Comment));
        rows.extend(self.checklists.iter().cloned().map(Change::Checklist));
        rows.extend(self.providers.values().cloned().map(Change::Provider));
        rows.extend(self.processing.values().cloned().map(Change::Processing));
        rows.extend(self.person_requests.values().cloned().map(Change::PersonRequest));
        rows.extend(self.breaches.values().cloned().map(Change::Breach));
        rows.extend(self.signing_keys.values().cloned().map(Change::SigningKey));
        rows.extend(self.replies.iter().cloned().map(Change::Reply));
        rows
    }
}

/// Enough of a SHA-256 in hex digits to look it up by; whatever is none is looked through.
fn first_digits(sha256: &str) -> u64 {
    sha256.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}
