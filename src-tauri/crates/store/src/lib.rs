//! One workspace, kept: its tables, its journal, the bytes of its evidence.
//!
//! Everything above talks to the traits [`Reads`], [`Store`] and [`Transaction`]; the embedded
//! SQLCipher file is the one implementation so far. Deliberately absent: rules about what the rows
//! mean, the clock, and the making of ids.

mod aged;
mod backup;
mod change;
mod compare;
mod connection;
mod content;
mod error;
mod journal;
mod large;
mod migration;
mod open_files;
mod past;
mod place;
mod reading;
mod recognise;
mod rows;
mod sqlite;
mod table;
mod verify;

pub use backup::{BackedUp, CopyOf};
pub use change::Change;
pub use compare::Compared;
pub use connection::assert_library;
pub use content::Source;
pub use error::StoreError;
pub use journal::{Entry, Head, NewEntry, StoredEntry, by};
pub use migration::FORMAT;
pub use open_files::is_open;
pub use past::Past;
pub use place::{Network, Place, place_of};
pub use recognise::{FileKind, recognise};
pub use rows::{Answers, Criteria, Rows};
pub use sqlite::SqliteStore;
pub use verify::{Counted, Found, Kind};

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
use uuid::Uuid;
use zeroize::Zeroizing;

/// What every operation of the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Reading a workspace.
pub trait Reads {
    /// The rows in memory, as true as the last journal entry; cheap when little has changed.
    fn rows(&self) -> Result<Arc<Rows>>;
    /// The merchant.
    fn profile(&self) -> Result<Profile>;
    /// All assessments, the newest first.
    fn assessments(&self) -> Result<Vec<Assessment>>;
    /// What was said about the criteria of one assessment.
    fn criteria(&self, assessment: AssessmentId) -> Result<Vec<CriterionAnswer>>;
    /// All answers of one assessment.
    fn answers(&self, assessment: AssessmentId) -> Result<Vec<Answer>>;
    /// One answer.
    fn answer(&self, assessment: AssessmentId, requirement: &RequirementId) -> Result<Option<Answer>>;
    /// All evidence, the newest first, with what was replaced or removed.
    fn evidence_list(&self) -> Result<Vec<Evidence>>;
    /// One evidence.
    fn evidence(&self, id: EvidenceId) -> Result<Option<Evidence>>;
    /// All evidence with these bytes, the newest first, with what was replaced or removed.
    fn evidence_with_content(&self, sha256: &str) -> Result<Vec<Evidence>>;
    /// Whether the bytes of any evidence are so many.
    fn has_content_of(&self, size: u64) -> Result<bool>;
    /// All tasks, the oldest first.
    fn tasks(&self) -> Result<Vec<Task>>;
    /// One task.
    fn task(&self, id: TaskId) -> Result<Option<Task>>;
    /// All comments on tasks, the oldest first.
    fn comments(&self) -> Result<Vec<TaskComment>>;
    /// The checklists that were brought in, the oldest first.
    fn checklists(&self) -> Result<Vec<ImportedChecklist>>;
    /// The SHA-256 of each of them, the oldest first, without reading their files.
    fn checklist_hashes(&self) -> Result<Vec<String>>;
    /// All third parties, by name.
    fn providers(&self) -> Result<Vec<Provider>>;
    /// One third party.
    fn provider(&self, id: ProviderId) -> Result<Option<Provider>>;
    /// The record of processing activities, by name.
    fn processing_list(&self) -> Result<Vec<Processing>>;
    /// One activity.
    fn processing(&self, id: ProcessingId) -> Result<Option<Processing>>;
    /// All requests of persons, the newest first.
    fn person_requests(&self) -> Result<Vec<PersonRequest>>;
    /// One request.
    fn person_request(&self, id: PersonRequestId) -> Result<Option<PersonRequest>>;
    /// All breaches, the newest first.
    fn breaches(&self) -> Result<Vec<Breach>>;
    /// What auditors replied, the oldest first.
    fn replies(&self) -> Result<Vec<AuditorReply>>;
    /// One breach.
    fn breach(&self, id: BreachId) -> Result<Option<Breach>>;
    /// All keys that sign reports, the newest first, with those that were removed.
    fn signing_keys(&self) -> Result<Vec<SigningKey>>;
    /// The private half of a key that signs reports, by its SHA-256.
    fn private_key(&self, sha256: &str) -> Result<Zeroizing<Vec<u8>>>;
    /// The last entry of the journal.
    fn head(&self) -> Result<Head>;
    /// Entries of the journal, the newest first: before a number, at most so many, touching a subject.
    fn journal(&self, before: Option<u64>, limit: u32, subject: Option<&str>) -> Result<Vec<StoredEntry>>;
    /// Hands the bytes of a content to `sink`, chunk by chunk. `sink` answers whether to go on.
    fn read_content(&self, sha256: &str, sink: &mut dyn FnMut(&[u8]) -> std::io::Result<bool>) -> Result<()>;
}

/// One workspace.
pub trait Store: Reads {
    /// Begins a change. Waits for another writer; drops without trace unless committed.
    fn begin(&mut self) -> Result<Box<dyn Transaction + '_>>;
    /// Begins a change that brings about so many bytes of evidence. The same as `begin`, but a store
    /// may write many bytes in a way that suits them.
    fn begin_with(&mut self, bytes: u64) -> Result<Box<dyn Transaction + '_>>;
}

/// A change under way: what is read in it is what it will be written against.
pub trait Transaction: Reads {
    /// Stores bytes under their SHA-256, once. `id` names the content if it is new; `progress` is
    /// told the bytes so far and answers whether to go on. Answers the hash and the size.
    fn put_content(
        &mut self,
        id: Uuid,
        source: &mut dyn Source,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(String, u64)>;
    /// Keeps the private half of a key that signs reports; answers its SHA-256. It goes with the row that
    /// says that the key was removed.
    fn put_private_key(&mut self, bytes: &[u8]) -> Result<String>;
    /// Writes the rows, appends the one journal entry that says so, and makes both durable.
    fn commit(self: Box<Self>, entry: NewEntry) -> Result<Head>;
}
