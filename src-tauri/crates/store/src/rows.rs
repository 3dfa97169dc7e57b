//! The rows of a workspace in memory, with the look-ups that every screen needs.
//!
//! Kept between commands and brought up to date by the journal, so that a command costs what has
//! changed and not what there is. Also what a journal is replayed into to see an earlier day.

use crate::{Change, Head, StoredEntry};
use std::collections::{BTreeMap, HashMap};
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{
    AssessmentId, BreachId, CommentId, CriterionId, EvidenceId, PersonRequestId, ProcessingId, ProviderId,
    RequirementId, TaskId,
};
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::register::person_request::PersonRequest;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::reply::AuditorReply;
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
    /// The newest first, with what was replaced or removed.
    pub evidence: Vec<Evidence>,
    /// The oldest first.
    pub tasks: Vec<Task>,
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
    /// What auditors replied, the oldest first.
    pub replies: Vec<AuditorReply>,
    /// Checklists that were brought in, the oldest first. Only in a replay: their files are large.
    pub checklists: Vec<ImportedChecklist>,
    evidence_at: HashMap<EvidenceId, usize>,
    evidence_of: HashMap<RequirementId, Vec<usize>>,
    task_at: HashMap<TaskId, usize>,
    tasks_of: HashMap<RequirementId, Vec<usize>>,
}

impl Rows {
    /// Takes in journal entries, the oldest first.
    pub fn follow(&mut self, entries: impl IntoIterator<Item = StoredEntry>) {
        let mut moved = Moved::default();
        for StoredEntry { entry, hash } in entries {
            self.head = Head { seq: entry.seq, hash };
            for change in entry.changes {
                self.put(change, &mut moved);
            }
        }
        self.settle(&moved);
    }

    /// Rows as the tables have them.
    pub(crate) fn filled(head: Head, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut rows = Self { head, ..Self::default() };
        let mut moved = Moved::default();
        for change in changes {
            rows.put(change, &mut moved);
        }
        rows.settle(&moved);
        rows
    }

    fn put(&mut self, change: Change, moved: &mut Moved) {
        match change {
            Change::Profile(row) => self.profile = Some(row),
            Change::Assessment(row) => {
                moved.assessments = true;
                match self.assessments.iter_mut().find(|known| known.id == row.id) {
                    Some(known) => *known = row,
                    None => self.assessments.push(row),
                }
            }
            Change::Criterion(row) => {
                drop(self.criteria.entry(row.assessment).or_default().insert(row.criterion.clone(), row));
            }
            Change::Answer(row) => {
                drop(self.answers.entry(row.assessment).or_default().insert(row.requirement.clone(), row));
            }
            Change::Evidence(row) => {
                moved.evidence = true;
                put(&mut self.evidence, &mut self.evidence_at, row.id, row);
            }
            Change::Task(row) => {
                moved.tasks = true;
                put(&mut self.tasks, &mut self.task_at, row.id, row);
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
            Change::Reply(row) => {
                let key = |reply: &AuditorReply| (reply.received_at, reply.id);
                if let Err(at) = self.replies.binary_search_by_key(&key(&row), key) {
                    self.replies.insert(at, row);
                }
            }
        }
    }

    /// Puts what was added in its order and makes the look-ups anew.
    fn settle(&mut self, moved: &Moved) {
        if moved.assessments {
            self.assessments.sort_by_key(|row| std::cmp::Reverse((row.started_at, row.id)));
        }
        if moved.evidence {
            self.evidence.sort_by_key(|row| std::cmp::Reverse((row.added_at, row.id)));
            self.evidence_at = places(self.evidence.iter().map(|row| row.id));
            let current = |(i, row): (usize, &Evidence)| row.is_current().then_some(i);
            self.evidence_of = by_requirement(self.evidence.iter().enumerate().filter_map(current), |i| {
                self.evidence.get(i).map_or(&[], |row| row.requirements.as_slice())
            });
        }
        if moved.tasks {
            self.tasks.sort_by_key(|row| (row.created_at, row.id));
            self.task_at = places(self.tasks.iter().map(|row| row.id));
            self.tasks_of = by_requirement(0..self.tasks.len(), |i| {
                self.tasks.get(i).map_or(&[], |row| row.requirements.as_slice())
            });
        }
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

    /// One evidence, also one that was replaced or removed.
    #[must_use]
    pub fn evidence_by_id(&self, id: EvidenceId) -> Option<&Evidence> {
        self.evidence.get(*self.evidence_at.get(&id)?)
    }

    /// The evidence of a requirement that counts, the newest first.
    pub fn evidence_for(&self, requirement: &RequirementId) -> impl Iterator<Item = &Evidence> + use<'_> {
        self.evidence_of.get(requirement).into_iter().flatten().filter_map(|i| self.evidence.get(*i))
    }

    /// One task.
    #[must_use]
    pub fn task_by_id(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(*self.task_at.get(&id)?)
    }

    /// The tasks of a requirement, the oldest first.
    pub fn tasks_for(&self, requirement: &RequirementId) -> impl Iterator<Item = &Task> + use<'_> {
        self.tasks_of.get(requirement).into_iter().flatten().filter_map(|i| self.tasks.get(*i))
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
        rows.extend(self.evidence.iter().cloned().map(Change::Evidence));
        rows.extend(self.tasks.iter().cloned().map(Change::Task));
        rows.extend(self.comments.values().flatten().cloned().map(Change::Comment));
        rows.extend(self.checklists.iter().cloned().map(Change::Checklist));
        rows.extend(self.providers.values().cloned().map(Change::Provider));
        rows.extend(self.processing.values().cloned().map(Change::Processing));
        rows.extend(self.person_requests.values().cloned().map(Change::PersonRequest));
        rows.extend(self.breaches.values().cloned().map(Change::Breach));
        rows.extend(self.replies.iter().cloned().map(Change::Reply));
        rows
    }
}

/// Which lists have to be put in order again.
#[derive(Default)]
struct Moved {
    assessments: bool,
    evidence: bool,
    tasks: bool,
}

/// Replaces a row, or adds it at the end.
fn put<I: Copy + Eq + std::hash::Hash, T>(rows: &mut Vec<T>, at: &mut HashMap<I, usize>, id: I, row: T) {
    match at.get(&id).and_then(|i| rows.get_mut(*i)) {
        Some(known) => *known = row,
        None => {
            at.insert(id, rows.len());
            rows.push(row);
        }
    }
}

fn places<I: Eq + std::hash::Hash>(ids: impl Iterator<Item = I>) -> HashMap<I, usize> {
    ids.enumerate().map(|(i, id)| (id, i)).collect()
}

fn by_requirement<'r>(
    rows: impl Iterator<Item = usize>,
    requirements: impl Fn(usize) -> &'r [RequirementId],
) -> HashMap<RequirementId, Vec<usize>> {
    let mut found: HashMap<RequirementId, Vec<usize>> = HashMap::new();
    for i in rows {
        for requirement in requirements(i) {
            match found.get_mut(requirement) {
                Some(known) => known.push(i),
                None => drop(found.insert(requirement.clone(), vec![i])),
            }
        }
    }
    found
}
