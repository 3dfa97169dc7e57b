//! A workspace as it was: its journal replayed up to an entry. Only to read.

use crate::rows::Rows;
use crate::{Entry, Head, Reads, Result, SqliteStore, StoreError, StoredEntry, journal};
use std::sync::Arc;
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{
    AssessmentId, BreachId, EvidenceId, PersonRequestId, ProcessingId, ProviderId, RequirementId, TaskId,
};
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::register::person_request::PersonRequest;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::reply::AuditorReply;
use tillproof_domain::signing_key::SigningKey;
use tillproof_domain::task::{Task, TaskComment};
use zeroize::Zeroizing;

/// Entries that are taken in at once.
const STRETCH: usize = 10_000;

/// A workspace as it was.
pub struct Past {
    store: SqliteStore,
    rows: Arc<Rows>,
}

impl SqliteStore {
    /// The rows as they were, made of the journal alone: all entries before the first that `within`
    /// refuses. `progress` is told entries done and in all, and answers whether to go on.
    ///
    /// # Errors
    /// The journal cannot be read, has no entry to keep, or whoever waits has cancelled.
    pub fn rows_until(
        &self,
        within: &mut dyn FnMut(&Entry) -> bool,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Rows> {
        let total = self.head()?.seq;
        let mut rows = Rows::default();
        let mut stretch = Vec::new();
        journal::each(&self.connection, 0, &mut |stored| {
            let goes_on = within(&stored.entry);
            if goes_on {
                stretch.push(stored);
            }
            if stretch.len() == STRETCH {
                rows.follow(stretch.drain(..));
                if !progress(rows.head.seq, total) {
                    return Err(StoreError::Cancelled);
                }
            }
            Ok(goes_on)
        })?;
        rows.follow(stretch);
        Ok(rows)
    }
}

impl Past {
    /// Looks at a workspace as these rows have it.
    #[must_use]
    pub fn new(store: SqliteStore, rows: Rows) -> Self {
        Self { store, rows: Arc::new(rows) }
    }

    /// The workspace as it is.
    #[must_use]
    pub const fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// Goes back to the workspace as it is.
    #[must_use]
    pub fn into_store(self) -> SqliteStore {
        self.store
    }
}

impl Reads for Past {
    fn rows(&self) -> Result<Arc<Rows>> {
        Ok(Arc::clone(&self.rows))
    }

    fn profile(&self) -> Result<Profile> {
        self.rows.profile.clone().ok_or_else(|| StoreError::Damaged("the journal has no profile".to_owned()))
    }

    fn assessments(&self) -> Result<Vec<Assessment>> {
        Ok(self.rows.assessments.clone())
    }

    fn criteria(&self, assessment: AssessmentId) -> Result<Vec<CriterionAnswer>> {
        Ok(self.rows.criteria.get(&assessment).map(|rows| rows.values().cloned().collect()).unwrap_or_default())
    }

    fn answers(&self, assessment: AssessmentId) -> Result<Vec<Answer>> {
        Ok(self.rows.answers.get(&assessment).map(|rows| rows.values().cloned().collect()).unwrap_or_default())
    }

    fn answer(&self, assessment: AssessmentId, requirement: &RequirementId) -> Result<Option<Answer>> {
        Ok(self.rows.answers.get(&assessment).and_then(|rows| rows.get(requirement)).cloned())
    }

    fn evidence_list(&self) -> Result<Vec<Evidence>> {
        Ok(self.rows.evidence_list().cloned().collect())
    }

    fn evidence(&self, id: EvidenceId) -> Result<Option<Evidence>> {
        Ok(self.rows.evidence_by_id(id).cloned())
    }

    fn evidence_with_content(&self, sha256: &str) -> Result<Vec<Evidence>> {
        Ok(self.rows.evidence_with(sha256).cloned().collect())
    }

    fn has_content_of(&self, size: u64) -> Result<bool> {
        Ok(self.rows.evidence_list().any(|row| row.size == size))
    }

    fn tasks(&self) -> Result<Vec<Task>> {
        Ok(self.rows.tasks().to_vec())
    }

    fn task(&self, id: TaskId) -> Result<Option<Task>> {
        Ok(self.rows.task_by_id(id).cloned())
    }

    fn comments(&self) -> Result<Vec<TaskComment>> {
        Ok(self.rows.comments.values().flatten().cloned().collect())
    }

    fn checklists(&self) -> Result<Vec<ImportedChecklist>> {
        Ok(self.rows.checklists.clone())
    }

    fn checklist_hashes(&self) -> Result<Vec<String>> {
        Ok(self.rows.checklists.iter().map(|row| row.sha256.clone()).collect())
    }

    fn providers(&self) -> Result<Vec<Provider>> {
        Ok(self.rows.providers_by_name().into_iter().cloned().collect())
    }

    fn provider(&self, id: ProviderId) -> Result<Option<Provider>> {
        Ok(self.rows.providers.get(&id).cloned())
    }

    fn processing_list(&self) -> Result<Vec<Processing>> {
        let mut list: Vec<Processing> = self.rows.processing.values().cloned().collect();
        list.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(list)
    }

    fn processing(&self, id: ProcessingId) -> Result<Option<Processing>> {
        Ok(self.rows.processing.get(&id).cloned())
    }

    fn person_requests(&self) -> Result<Vec<PersonRequest>> {
        let mut list: Vec<PersonRequest> = self.rows.person_requests.values().cloned().collect();
        list.sort_by_key(|row| std::cmp::Reverse((row.received_on, row.id)));
        Ok(list)
    }

    fn person_request(&self, id: PersonRequestId) -> Result<Option<PersonRequest>> {
        Ok(self.rows.person_requests.get(&id).cloned())
    }

    fn breaches(&self) -> Result<Vec<Breach>> {
        let mut list: Vec<Breach> = self.rows.breaches.values().cloned().collect();
        list.sort_by_key(|row| std::cmp::Reverse((row.aware_at, row.id)));
        Ok(list)
    }

    fn breach(&self, id: BreachId) -> Result<Option<Breach>> {
        Ok(self.rows.breaches.get(&id).cloned())
    }

    fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        let mut list: Vec<SigningKey> = self.rows.signing_keys.values().cloned().collect();
        list.sort_by_key(|row| std::cmp::Reverse((row.made_at, row.id)));
        Ok(list)
    }

    fn private_key(&self, sha256: &str) -> Result<Zeroizing<Vec<u8>>> {
        self.store.private_key(sha256)
    }

    fn replies(&self) -> Result<Vec<AuditorReply>> {
        Ok(self.rows.replies.clone())
    }

    fn head(&self) -> Result<Head> {
        Ok(self.rows.head.clone())
    }

    fn journal(&self, before: Option<u64>, limit: u32, subject: Option<&str>) -> Result<Vec<StoredEntry>> {
        let after = self.rows.head.seq + 1;
        self.store.journal(Some(before.map_or(after, |before| before.min(after))), limit, subject)
    }

    fn read_content(&self, sha256: &str, sink: &mut dyn FnMut(&[u8]) -> std::io::Result<bool>) -> Result<()> {
        self.store.read_content(sha256, sink)
    }
}
