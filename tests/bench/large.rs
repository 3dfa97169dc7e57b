//! A workspace after many years: 1,000 assessments of 250 requirements, 50,000 evidence, a journal
//! of a million entries. Made by [`SqliteStore::write_many`], which writes rows and entries as the
//! commands do, many in one transaction.

use crate::screens::measure;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;
use std::time::Instant;
use tillproof_api::dispatch::dispatch;
use tillproof_api::session::Session;
use tillproof_catalog::Catalog;
use tillproof_domain::answer::{Answer, Progress, Verdict};
use tillproof_domain::assessment::{Assessment, SignOff};
use tillproof_domain::evidence::{Confidentiality, Evidence, EvidenceKind};
use tillproof_domain::id::{AssessmentId, EvidenceId, RequirementId, Scopes, TaskId};
use tillproof_domain::locale::Locale;
use tillproof_domain::score::{Outcome, Tally};
use tillproof_domain::task::{Priority, Task, TaskStatus};
use tillproof_domain::time::Timestamp;
use tillproof_store::{Change, NewEntry, SqliteStore, Transaction};
use tillproof_tests::chance::Chance;
use tillproof_tests::host::TestHost;
use tillproof_tests::shop::KEY;
use uuid::Uuid;

const ASSESSMENTS: usize = 1_000;
const EVIDENCE: usize = 50_000;
pub(crate) const ENTRIES: u64 = 1_000_000;
const TASKS: usize = 2_000;
/// Entries in one transaction.
const STRETCH: u64 = 25_000;
/// The scope with about 250 requirements.
const SCOPE: &str = "D-ServiceProvider";
pub(crate) const NOW: &str = "2026-11-22T10:00:00Z";

#[test]
#[ignore = "a measurement: make bench"]
fn bench_large_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("TILLPROOF_BENCH_FILE").map(std::path::PathBuf::from);
    let file = kept.clone().unwrap_or_else(|| folder.path().join("large.tillproof"));
    if !file.exists() {
        let start = Instant::now();
        make(&file);
        println!("made in {:.0} s", start.elapsed().as_secs_f64());
    }
    let size = std::fs::metadata(&file).unwrap().len() >> 20;
    println!("{ASSESSMENTS} assessments, {EVIDENCE} evidence, {ENTRIES} journal entries, {size} MiB, encrypted");
    measure(&file, folder.path());
}

fn make(file: &Path) {
    let now: Timestamp = NOW.parse::<DateTime<Utc>>().unwrap().into();
    let catalog = Catalog::embedded().expect("a catalogue");
    let host = TestHost::still(Locale::En, file.parent().unwrap(), NOW);
    let mut session = Session::new();
    let mut call = |command: &str, request: Value| dispatch(&mut session, &host, command, request).unwrap();
    call("create_workspace", json!({ "path": file, "name": "Large", "locale": "en", "passphrase": KEY }));
    call("close_workspace", json!({}));
    let mut store = SqliteStore::open(file, Some(KEY)).unwrap();
    let framework = catalog.framework(&"pci-dss-4.0.1".into()).unwrap();
    let scopes: Scopes = SCOPE.parse().unwrap();
    let asked: Vec<RequirementId> =
        framework.requirements_of(&scopes, "").map(|(_, requirement)| requirement.id.clone()).take(250).collect();
    assert_eq!(asked.len(), 250, "as many requirements as are to be answered");
    let mut maker = Maker { chance: Chance::new(7), now, asked, scopes, version: framework.version.clone(), ids: 0 };
    let mut steps = maker.steps();
    loop {
        let mut left = STRETCH;
        let head = store
            .write_many(|transaction| {
                if left == 0 {
                    return Ok(None);
                }
                left -= 1;
                steps.next().map(|step| maker.entry(step, transaction)).transpose()
            })
            .unwrap();
        if left > 0 {
            println!("journal: {} entries", head.seq);
            break;
        }
    }
}

/// One entry to be.
enum Step {
    Start(usize),
    Answer { assessment: usize, requirement: usize, rev: i64 },
    SignOff(usize),
    Attach(usize),
    Task(usize),
}

struct Maker {
    chance: Chance,
    now: Timestamp,
    asked: Vec<RequirementId>,
    scopes: Scopes,
    version: String,
    ids: u128,
}

impl Maker {
    /// Every entry: each assessment with all its answers, each given several times, so that the
    /// journal has its length; evidence and tasks spread over the years.
    fn steps(&self) -> Box<dyn Iterator<Item = Step>> {
        let requirements = self.asked.len();
        let fixed = (ASSESSMENTS * 2 + EVIDENCE + TASKS) as u64;
        let answers = (ENTRIES - fixed - 1) as usize;
        let rounds = answers.div_ceil(ASSESSMENTS * requirements);
        let mut over = rounds * ASSESSMENTS * requirements - answers;
        let attach = EVIDENCE / ASSESSMENTS;
        let tasks = TASKS / ASSESSMENTS;
        Box::new((0..ASSESSMENTS).flat_map(move |assessment| {
            let mut steps = vec![Step::Start(assessment)];
            for requirement in 0..requirements {
                let skip = usize::from(over > 0);
                over -= skip;
                steps.extend((1..=rounds - skip).map(|rev| {
                    let rev = i64::try_from(rev).unwrap();
                    Step::Answer { assessment, requirement, rev }
                }));
            }
            steps.extend((0..attach).map(|i| Step::Attach(assessment * attach + i)));
            steps.extend((0..tasks).map(|i| Step::Task(assessment * tasks + i)));
            // The last one is what the merchant works on.
            steps.extend((assessment + 1 < ASSESSMENTS).then_some(Step::SignOff(assessment)));
            steps
        }))
    }

    fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + self.ids)
    }

    fn assessment(number: usize) -> AssessmentId {
        AssessmentId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number as u128))
    }

    /// The instant of a step: the years before now, in order.
    fn at(&self, number: usize, of: usize) -> Timestamp {
        let before = (of - number) as i64 * (3 * 365 * 86_400 / of as i64);
        Timestamp(self.now.0 - before * 1_000_000)
    }

    fn row(&self, number: usize, signed_off: Option<SignOff>) -> Change {
        let at = self.at(number, ASSESSMENTS);
        let day = at.to_utc().date_naive();
        Change::Assessment(Assessment {
            id: Self::assessment(number),
            framework: "pci-dss-4.0.1".into(),
            framework_version: self.version.clone(),
            scopes: self.scopes.clone(),
            period_start: day,
            period_end: day + Days::new(364),
            started_at: at,
            follows: number.checked_sub(1).map(Self::assessment),
            rev: if signed_off.is_some() { 2 } else { 1 },
            signed_off,
        })
    }

    fn requirements(&mut self) -> Vec<RequirementId> {
        let mut ids: Vec<RequirementId> =
            (0..=self.chance.below(2)).map(|_| self.chance.pick(&self.asked).clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn entry(&mut self, step: Step, transaction: &mut dyn Transaction) -> tillproof_store::Result<NewEntry> {
        let (command, at, change) = match step {
            Step::Start(number) => ("start_assessment", self.at(number, ASSESSMENTS), self.row(number, None)),
            Step::SignOff(number) => {
                let at = self.at(number, ASSESSMENTS);
                let head = transaction.head()?;
                let signed = SignOff {
                    at,
                    signed_on: at.to_utc().date_naive(),
                    name: "Katrin Lindner".to_owned(),
                    role: "owner".to_owned(),
                    seq: head.seq,
                    head: head.hash,
                    tally: Tally { in_place: 200, not_in_place: 50, ..Tally::default() },
                    outcome: Outcome::Open,
                };
                ("sign_off", at, self.row(number, Some(signed)))
            }
            Step::Answer { assessment, requirement, rev } => {
                let at = self.at(assessment, ASSESSMENTS);
                let verdict = if self.chance.once_in(5) { Verdict::NotInPlace } else { Verdict::InPlace };
                let answer = Answer {
                    verdict,
                    progress: Progress::Done,
                    note: format!("As agreed with the agency, ticket {}", self.chance.below(100_000)),
                    answered_at: at,
                    answered_by: "Katrin Lindner".to_owned(),
                    rev,
                    ..Answer::unanswered(Self::assessment(assessment), self.asked[requirement].clone())
                };
                ("answer_requirement", at, Change::Answer(answer))
            }
            Step::Attach(number) => {
                let bytes = format!("Scan {number}: nothing open.").into_bytes();
                let (sha256, size) = transaction.put_content(self.id(), &mut Cursor::new(bytes), &mut |_| true)?;
                let at = self.at(number, EVIDENCE);
                let collected_on: NaiveDate = at.to_utc().date_naive();
                let evidence = Evidence {
                    id: EvidenceId(self.id()),
                    name: format!("scan-{number}.txt"),
                    media_type: "text/plain".to_owned(),
                    size,
                    sha256,
                    collected_on,
                    valid_until: None,
                    added_at: at,
                    added_by: "Katrin Lindner".to_owned(),
                    version: 1,
                    replaces: None,
                    replaced_by: None,
                    requirements: self.requirements(),
                    kind: EvidenceKind::File,
                    title: String::new(),
                    source: "Host".to_owned(),
                    period_start: None,
                    period_end: None,
                    confidentiality: Confidentiality::Internal,
                    card_data_reason: None,
                    removed: None,
                    rev: 1,
                };
                ("attach_evidence", at, Change::Evidence(evidence))
            }
            Step::Task(number) => {
                let at = self.at(number, TASKS);
                let task = Task {
                    id: TaskId(self.id()),
                    title: format!("Close gap {number}"),
                    description: String::new(),
                    owner: "Agency".to_owned(),
                    due: Some(at.to_utc().date_naive() + Days::new(30)),
                    priority: Priority::Normal,
                    status: if self.chance.once_in(10) { TaskStatus::Open } else { TaskStatus::Done },
                    requirements: self.requirements(),
                    effort_minutes: Some(60),
                    cost: None,
                    links: Vec::new(),
                    recurrence: None,
                    proof: Vec::new(),
                    follows: None,
                    card_data_reason: None,
                    created_at: at,
                    closed_at: None,
                    rev: 1,
                };
                ("add_task", at, Change::Task(task))
            }
        };
        Ok(NewEntry { at, actor: "Katrin Lindner".to_owned(), command, changes: vec![change] })
    }
}
