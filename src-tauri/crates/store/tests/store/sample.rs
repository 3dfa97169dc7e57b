//! A workspace with something in every table.

use std::collections::BTreeMap;
use std::path::Path;
use tillproof_domain::answer::{Answer, Progress, Verdict};
use tillproof_domain::assessment::{Assessment, CriterionAnswer, SignOff};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::{Confidentiality, Evidence, EvidenceKind};
use tillproof_domain::id::{
    AssessmentId, BreachId, CommentId, CriterionId, EvidenceId, PersonRequestId, ProcessingId, ProviderId, ReplyId,
    SigningKeyId, TaskId, WorkspaceId,
};
use tillproof_domain::locale::Locale;
use tillproof_domain::money::Money;
use tillproof_domain::profile::{Channel, Profile, ScopeFacts};
use tillproof_domain::provider::{Dated, Handling, Provider, Responsibility};
use tillproof_domain::register::breach::{Breach, BreachKind, BreachRisk};
use tillproof_domain::register::person_request::{Extension, PersonRequest, PersonRight, RequestOutcome};
use tillproof_domain::register::processing::{LegalBasis, Processing};
use tillproof_domain::reply::{AuditorReply, ReplyItem, Said as AuditorSaid};
use tillproof_domain::score::{Outcome, Tally};
use tillproof_domain::signing_key::SigningKey;
use tillproof_domain::task::{Priority, Task, TaskComment, TaskStatus};
use tillproof_domain::time::Timestamp;
use tillproof_domain::worksheet::WorksheetField;
use tillproof_store::{Change, Found, NewEntry, Reads, SqliteStore, Store, StoreError};
use uuid::Uuid;

/// The one assessment.
pub(crate) const ASSESSMENT: AssessmentId = AssessmentId(Uuid::from_u128(2));
/// The answered requirements, each with its own journal entry: 4, 5 and 6.
pub(crate) const ANSWERED: [&str; 3] = ["pci-dss-4.0.1:2.2.2", "pci-dss-4.0.1:6.3.3", "pci-dss-4.0.1:8.3.6"];
/// The journal entries of a sample.
pub(crate) const ENTRIES: u64 = 12;

const NOW: Timestamp = Timestamp(1_795_341_600_000_000);

fn write(store: &mut SqliteStore, command: &'static str, changes: Vec<Change>) {
    let entry = NewEntry { at: NOW, actor: "Test".to_owned(), command, changes };
    store.begin().expect("a transaction").commit(entry).expect("an entry is written");
}

/// Makes the sample at `path`; closed, so that everything is in the one file.
pub(crate) fn make(path: &Path, passphrase: Option<&str>) {
    let first = NewEntry { at: NOW, actor: "Test".to_owned(), command: "create_workspace", changes: vec![profile()] };
    let mut store = SqliteStore::create(path, passphrase, first).expect("a workspace is made");
    write(&mut store, "start_assessment", vec![assessment()]);
    let criterion = CriterionId::from("paper-only");
    let criterion = CriterionAnswer { assessment: ASSESSMENT, criterion, confirmed: Some(true), rev: 1 };
    write(&mut store, "confirm_criterion", vec![Change::Criterion(criterion)]);
    for requirement in ANSWERED {
        write(&mut store, "answer_requirement", vec![Change::Answer(answer(requirement))]);
    }
    // Three chunks, a small one, and an empty one.
    let large: Vec<u8> = (0_u32..600_000).flat_map(u32::to_le_bytes).collect();
    for (number, name, bytes) in [(10, "scan.pdf", large.as_slice()), (11, "list.txt", b"a, b"), (12, "none", b"")] {
        attach(&mut store, number, name, bytes);
    }
    let comment = TaskComment {
        id: CommentId(Uuid::from_u128(31)),
        task: TaskId(Uuid::from_u128(30)),
        at: NOW,
        author: "Test".to_owned(),
        text: "asked the agency".to_owned(),
        card_data_reason: Some("a test number".to_owned()),
    };
    write(&mut store, "add_task", vec![task(), Change::Comment(comment)]);
    make_key(&mut store);
    write(
        &mut store,
        "import_checklist",
        vec![checklist(), provider(), processing(), person_request(), breach(), reply()],
    );
    assert_eq!(store.head().expect("a head").seq, ENTRIES, "the sample has so many entries");
    drop(store);
    assert!(!path.with_extension("tillproof-wal").exists(), "closed, the workspace is one file");
}

fn make_key(store: &mut SqliteStore) {
    let mut transaction = store.begin().expect("a transaction");
    let private_sha256 = transaction.put_private_key(b"the private key").expect("a key is kept");
    let key = Change::SigningKey(SigningKey {
        id: SigningKeyId(Uuid::from_u128(60)),
        name: "Muster-Shop".to_owned(),
        certificate: "-----BEGIN CERTIFICATE-----".to_owned(),
        private_sha256,
        made_at: NOW,
        made_by: "Test".to_owned(),
        removed: None,
        rev: 1,
    });
    let entry = NewEntry { at: NOW, actor: "Test".to_owned(), command: "make_signing_key", changes: vec![key] };
    transaction.commit(entry).expect("an entry is written");
}

fn profile() -> Change {
    Change::Profile(Profile {
        id: WorkspaceId(Uuid::from_u128(1)),
        name: "Muster-Shop".to_owned(),
        trading_name: "Kaffeeladen".to_owned(),
        address: "Am Markt 1".to_owned(),
        country: "DE".to_owned(),
        locale: Locale::De,
        website: "https://shop.example".to_owned(),
        platform: "Shopware".to_owned(),
        payment_provider: "Provider".to_owned(),
        contact_name: "Katrin".to_owned(),
        contact_role: "Owner".to_owned(),
        contact_email: "katrin@shop.example".to_owned(),
        staff: Some(6),
        channels: vec![Channel::ECommerce],
        payment_description: "On the provider's page".to_owned(),
        scope_facts: ScopeFacts {
            locations: "One shop, Freiburg".to_owned(),
            segmented: Some(true),
            ..ScopeFacts::default()
        },
        finder_answers: BTreeMap::from([("web-shop".to_owned(), "yes".to_owned())]),
        more_finder_answers: vec![BTreeMap::from([("web-shop".to_owned(), "no".to_owned())])],
        card_data_reason: Some("a test number".to_owned()),
        created_at: NOW,
        rev: 1,
    })
}

fn checklist() -> Change {
    Change::Checklist(ImportedChecklist {
        framework: "acme".into(),
        version: "1".to_owned(),
        files: BTreeMap::from([("framework.json".to_owned(), "{}".to_owned())]),
        sha256: "00".repeat(32),
        imported_at: NOW,
        imported_by: "Test".to_owned(),
        rev: 1,
    })
}

fn reply() -> Change {
    let item = ReplyItem {
        requirement: ANSWERED[0].parse().expect("a requirement"),
        said: AuditorSaid::Finding,
        comment: "The password is on a note".to_owned(),
        due: Some("2026-12-24".parse().expect("a day")),
        task: Some(TaskId(Uuid::from_u128(30))),
    };
    Change::Reply(AuditorReply {
        id: ReplyId(Uuid::from_u128(60)),
        auditor: "Pruef GmbH".to_owned(),
        said_on: "2026-11-20".parse().expect("a day"),
        file: "reply.xlsx".to_owned(),
        sha256: "11".repeat(32),
        head: "22".repeat(32),
        items: vec![item],
        card_data_reason: Some("a test number".to_owned()),
        received_at: NOW,
    })
}

fn provider() -> Change {
    let paper =
        Dated { on: Some("2026-10-01".parse().expect("a day")), evidence: Some(EvidenceId(Uuid::from_u128(10))) };
    Change::Provider(Provider {
        id: ProviderId(Uuid::from_u128(40)),
        name: "Zahlwerk".to_owned(),
        service: "Payment page".to_owned(),
        handles: vec![Handling::CardData, Handling::PersonalData],
        country: "DE".to_owned(),
        contact: "security@zahlwerk.example".to_owned(),
        aoc: paper.clone(),
        agreement: paper.clone(),
        processor_contract: paper,
        checked_on: Some("2026-11-01".parse().expect("a day")),
        responsibilities: BTreeMap::from([(ANSWERED[1].parse().expect("an id"), Responsibility::Shared)]),
        note: "by phone".to_owned(),
        ended: None,
        card_data_reason: Some("a test number".to_owned()),
        created_at: NOW,
        rev: 1,
    })
}

fn processing() -> Change {
    let id = ProcessingId(Uuid::from_u128(50));
    Change::Processing(Processing {
        purposes: "Take orders".to_owned(),
        legal_bases: vec![LegalBasis::Contract, LegalBasis::LegalObligation],
        special_categories: Some(false),
        providers: vec![ProviderId(Uuid::from_u128(40))],
        third_countries: Some(true),
        template: Some("orders".to_owned()),
        ..Processing::new(id, "Orders".to_owned(), NOW)
    })
}

fn person_request() -> Change {
    let day = |text: &str| text.parse().expect("a day");
    Change::PersonRequest(PersonRequest {
        id: PersonRequestId(Uuid::from_u128(51)),
        received_on: day("2026-10-05"),
        right: PersonRight::Erasure,
        reference: "customer 4711".to_owned(),
        identity_checked_on: Some(day("2026-10-06")),
        extension: Some(Extension { reason: "many at once".to_owned(), told_on: day("2026-11-02") }),
        answered_on: Some(day("2026-11-20")),
        outcome: Some(RequestOutcome::Partly),
        outcome_reason: "invoices stay".to_owned(),
        evidence: vec![EvidenceId(Uuid::from_u128(11))],
        note: String::new(),
        card_data_reason: None,
        created_at: NOW,
        rev: 1,
    })
}

fn breach() -> Change {
    let title = "Wrong recipient".to_owned();
    Change::Breach(Breach {
        happened_at: Some(Timestamp(NOW.0 - 9_000_000)),
        kinds: vec![BreachKind::Confidentiality],
        person_count: Some(40),
        risk: Some(BreachRisk::Risk),
        notified_at: Some(NOW),
        notification_reference: "LfD 12/34".to_owned(),
        persons_informed_on: Some("2026-11-22".parse().expect("a day")),
        closed_on: Some("2026-11-22".parse().expect("a day")),
        evidence: vec![EvidenceId(Uuid::from_u128(12))],
        ..Breach::new(BreachId(Uuid::from_u128(52)), title, Timestamp(NOW.0 - 5_000_000), NOW)
    })
}

fn assessment() -> Change {
    Change::Assessment(Assessment {
        id: ASSESSMENT,
        framework: "pci-dss-4.0.1".into(),
        framework_version: "4.0.1".to_owned(),
        scopes: "A+B-IP".parse().expect("scopes"),
        period_start: "2026-11-22".parse().expect("a day"),
        period_end: "2027-11-21".parse().expect("a day"),
        started_at: NOW,
        follows: Some(AssessmentId(Uuid::from_u128(11))),
        signed_off: Some(SignOff {
            at: NOW,
            signed_on: "2026-11-22".parse().expect("a day"),
            name: "Katrin".to_owned(),
            role: "owner".to_owned(),
            seq: 3,
            head: "00".repeat(32),
            tally: Tally { in_place: 1, ..Tally::default() },
            outcome: Outcome::Open,
        }),
        rev: 1,
    })
}

fn answer(requirement: &str) -> Answer {
    Answer {
        assessment: ASSESSMENT,
        requirement: requirement.parse().expect("an id"),
        verdict: Verdict::InPlace,
        progress: Progress::Done,
        note: format!("The note of {requirement}"),
        justification: String::new(),
        card_data_reason: None,
        carried_from: Some(AssessmentId(Uuid::from_u128(11))),
        worksheet: BTreeMap::from([(WorksheetField::Risk, format!("The risk of {requirement}"))]),
        parts: BTreeMap::from([("first".to_owned(), Verdict::InPlace)]),
        target_date: None,
        answered_at: NOW,
        answered_by: "Test".to_owned(),
        rev: 1,
    }
}

fn task() -> Change {
    Change::Task(Task {
        id: TaskId(Uuid::from_u128(30)),
        title: "Update the shop".to_owned(),
        description: "In the staging shop first".to_owned(),
        owner: "Jörg".to_owned(),
        due: Some("2026-12-01".parse().expect("a day")),
        priority: Priority::High,
        status: TaskStatus::Open,
        requirements: vec![ANSWERED[1].parse().expect("an id")],
        effort_minutes: Some(90),
        cost: Some(Money { minor: 12_050, currency: "EUR".to_owned() }),
        links: vec!["https://shop.example/update".to_owned()],
        recurrence: Some("FREQ=MONTHLY;INTERVAL=3".to_owned()),
        proof: vec![EvidenceId(Uuid::from_u128(10))],
        follows: Some(TaskId(Uuid::from_u128(29))),
        card_data_reason: Some("a test number".to_owned()),
        created_at: NOW,
        closed_at: None,
        rev: 1,
    })
}

fn attach(store: &mut SqliteStore, number: u128, name: &str, bytes: &[u8]) {
    let mut transaction = store.begin().expect("a transaction");
    let (sha256, size) = transaction
        .put_content(Uuid::from_u128(number + 100), &mut std::io::Cursor::new(bytes), &mut |_| true)
        .expect("bytes are stored");
    let evidence = Evidence {
        id: EvidenceId(Uuid::from_u128(number)),
        name: name.to_owned(),
        kind: EvidenceKind::Note,
        title: "What we looked at".to_owned(),
        source: "scans/of the day".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size,
        sha256,
        collected_on: "2026-11-20".parse().expect("a day"),
        valid_until: None,
        period_start: Some("2026-11-01".parse().expect("a day")),
        period_end: Some("2026-11-19".parse().expect("a day")),
        confidentiality: Confidentiality::Confidential,
        added_at: NOW,
        added_by: "Test".to_owned(),
        version: 1,
        card_data_reason: Some("a test number".to_owned()),
        replaces: None,
        replaced_by: None,
        requirements: vec![ANSWERED[0].parse().expect("an id"), ANSWERED[2].parse().expect("an id")],
        removed: None,
        rev: 1,
    };
    let changes = vec![Change::Evidence(evidence)];
    let entry = NewEntry { at: NOW, actor: "Test".to_owned(), command: "attach_evidence", changes };
    transaction.commit(entry).expect("an entry is written");
}

/// All that a workspace says: rows, journal, and the bytes of its evidence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    rows: Vec<Change>,
    journal: Vec<tillproof_store::StoredEntry>,
    contents: Vec<Vec<u8>>,
}

/// Reads all that a workspace says.
pub(crate) fn said(store: &SqliteStore) -> Result<Said, StoreError> {
    let mut contents = Vec::new();
    for evidence in store.evidence_list()? {
        let mut bytes = Vec::new();
        store.read_content(&evidence.sha256, &mut |chunk| {
            bytes.extend_from_slice(chunk);
            Ok(true)
        })?;
        contents.push(bytes);
    }
    Ok(Said { rows: store.rows()?, journal: store.journal(None, 1000, None)?, contents })
}

/// What verify finds in a file.
pub(crate) fn verify(path: &Path, passphrase: Option<&str>) -> Result<Vec<Found>, StoreError> {
    Ok(SqliteStore::open_unchecked(path, passphrase)?.verify(&mut |_, _| true)?.0)
}
