//! What a screen waits for: every query that one makes, the search, saving, and, apart from them,
//! what may take its time. Each line says what was wanted and what was measured.

use crate::large::{ENTRIES, NOW};
use crate::memory;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tillproof_api::dispatch::dispatch;
use tillproof_api::session::Session;
use tillproof_domain::locale::Locale;
use tillproof_store::{Reads, SqliteStore};
use tillproof_tests::host::TestHost;
use tillproof_tests::shop::KEY;

/// Milliseconds within which a workspace is open, without the derivation of its key.
const OPEN: f64 = 300.0;
/// Milliseconds within which a screen has what it shows.
const SCREEN: f64 = 100.0;
/// Milliseconds within which a search has found.
const SEARCH: f64 = 20.0;
/// Milliseconds within which an answer is saved.
const SAVE: f64 = 10.0;
/// Megabytes of memory.
const MEMORY: f64 = 300.0;

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";

/// A session under measurement, and what it was found to miss.
struct Bench<'h> {
    session: Session,
    host: &'h TestHost,
    missed: Vec<String>,
}

impl Bench<'_> {
    fn call(&mut self, command: &str, request: Value) -> Value {
        dispatch(&mut self.session, self.host, command, request.clone())
            .unwrap_or_else(|error| panic!("{command} for {request}: {error}"))
    }

    /// Runs a command several times; the slowest hundredth must be within the target.
    fn time(&mut self, name: &str, target: f64, turns: usize, command: &str, request: impl Fn(usize) -> Value) {
        let mut size = 0;
        let mut took = |turn: usize| {
            let request = request(turn);
            let start = Instant::now();
            let response = self.call(command, request);
            let took = start.elapsed();
            size = response.to_string().len();
            took
        };
        let before = memory::at_work();
        let (middle, worst) = spread((0..turns).map(&mut took).collect());
        let at_work = (memory::at_work() - before) / turns as f64;
        let over = self.judge(name, target, worst);
        println!("{name:<36}{target:7.0} ms{middle:9.2}{worst:9.2} ms{at_work:9.2}{:8} kB{over}", size / 1024);
    }

    fn memory(&mut self, name: &str) {
        let peak = memory::peak();
        let name = format!("memory, {name}");
        let over = self.judge(&name, MEMORY, peak as f64);
        println!("{name:<36}{MEMORY:7.0} MiB{peak:17} MiB{over}");
    }

    fn judge(&mut self, name: &str, target: f64, measured: f64) -> &'static str {
        if measured <= target {
            return "";
        }
        self.missed.push(name.to_owned());
        "  OVER"
    }

    /// What has no target.
    fn once(&mut self, name: &str, command: &str, request: Value) {
        memory::reset();
        let start = Instant::now();
        self.call(command, request);
        println!("{name:<36}{:28.2} s {:6} MiB", start.elapsed().as_secs_f64(), memory::peak());
    }
}

/// The middle and the 99th percentile, in milliseconds.
fn spread(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    (at(50), at(99))
}

pub(crate) fn measure(file: &Path, folder: &Path) {
    let host = TestHost::still(Locale::En, Path::new("/"), NOW);
    let mut bench = Bench { session: Session::new(), host: &host, missed: Vec::new() };
    // In a copy, so that the file can be measured again.
    let copy = folder.join("copy.tillproof");
    std::fs::copy(file, &copy).unwrap();
    let open = json!({ "path": copy, "passphrase": KEY });
    bench.call("open_workspace", open.clone());
    furnish(&mut bench);
    bench.call("close_workspace", json!({}));
    memory::reset();

    println!("{:<36}{:>10}{:>9}{:>9}{:>12}", "what", "target", "p50", "p99", "at work");
    let opened = (0..10).map(|_| {
        // Letting go of what is open would be part of opening.
        bench.session = Session::new();
        let start = Instant::now();
        bench.call("open_workspace", open.clone());
        start.elapsed()
    });
    let (middle, worst) = spread(opened.collect());
    let over = bench.judge("open", OPEN, worst);
    println!("{:<36}{OPEN:7.0} ms{middle:9.2}{worst:9.2} ms{over}", "open, the key at hand");
    bench.memory("after opening");
    let lists = bench.call("list_assessments", json!({}));
    let list = |at: usize| lists["assessments"][at]["id"].clone();
    let evidence = bench.call("list_evidence", json!({ "limit": 1 }))["evidence"][0]["id"].clone();
    let task = bench.call("list_tasks", json!({ "limit": 1 }))["tasks"][0]["id"].clone();
    let seq = bench.call("workspace_info", json!({}))["journal"]["seq"].clone();
    let seq = seq.as_u64().unwrap() - 100;
    for (name, command, request) in [
        ("workspace, beside every screen", "workspace_info", json!({})),
        ("what others changed", "changed_since", json!({ "seq": seq })),
        ("overview", "overview", json!({})),
        ("checklist", "list_requirements", json!({})),
        ("checklist, best order", "list_requirements", json!({ "order": "path" })),
        ("checklist, frameworks", "list_frameworks", json!({})),
        ("requirement", "show_requirement", json!({ "requirement": REQUIREMENT })),
        ("what is chosen from, for a task", "list_evidence", json!({ "limit": 50, "requirement": REQUIREMENT })),
        ("worksheets", "list_worksheets", json!({})),
        ("evidence", "list_evidence", json!({ "limit": 200 })),
        ("evidence, last page", "list_evidence", json!({ "limit": 200, "offset": 49_800 })),
        ("evidence, expired", "list_evidence", json!({ "limit": 200, "state": "expired" })),
        ("evidence, notes", "list_evidence", json!({ "limit": 200, "kind": "note" })),
        ("evidence, removed too", "list_evidence", json!({ "limit": 200, "all": true })),
        ("evidence of one requirement", "list_evidence", json!({ "limit": 200, "requirement": REQUIREMENT })),
        ("one evidence", "show_evidence", json!({ "evidence": evidence })),
        ("tasks", "list_tasks", json!({ "limit": 200 })),
        ("tasks of one owner", "list_tasks", json!({ "limit": 200, "owner": "Agency" })),
        ("one task", "list_tasks", json!({ "task": task })),
        ("duties", "plan_duties", json!({ "preview": true })),
        ("assessments", "list_assessments", json!({})),
        ("two assessments compared", "compare_assessments", json!({ "to": list(0) })),
        ("two earlier ones compared", "compare_assessments", json!({ "from": list(900), "to": list(500) })),
        ("providers", "list_providers", json!({ "all": true })),
        ("processing activities", "list_processing", json!({ "all": true })),
        ("requests of persons", "list_person_requests", json!({})),
        ("breaches", "list_breaches", json!({})),
        ("data quality", "data_quality", json!({ "limit": 100 })),
        ("history", "history", json!({ "limit": 100 })),
        ("history, an earlier page", "history", json!({ "limit": 100, "before": ENTRIES / 2 })),
        ("history of one requirement", "history", json!({ "limit": 100, "subject": REQUIREMENT })),
        ("history of one person", "history", json!({ "limit": 100, "person": "Katrin Lindner" })),
        ("history of a stranger", "history", json!({ "limit": 100, "person": "Nobody" })),
        ("history of one month", "history", json!({ "limit": 100, "from": "2025-03-01", "to": "2025-03-31" })),
        (
            "history of a person in a month",
            "history",
            json!({ "limit": 100, "person": "Katrin Lindner", "from": "2025-03-01", "to": "2025-03-31" }),
        ),
        ("ways of payment", "finder_questions", json!({})),
        ("templates of activities", "processing_starter", json!({})),
    ] {
        bench.time(name, SCREEN, 20, command, |_| request.clone());
    }
    for (name, command, request) in [
        ("search in requirements", "list_requirements", json!({ "search": "password length" })),
        ("search for what is nowhere", "list_requirements", json!({ "search": "zzzz" })),
        ("search in evidence", "list_evidence", json!({ "search": "scan-4999", "limit": 200 })),
        ("search for evidence not there", "list_evidence", json!({ "search": "zzzz", "limit": 200 })),
    ] {
        bench.time(name, SEARCH, 50, command, |_| request.clone());
    }
    bench.memory("after every screen");
    bench.time(
        "saving an answer",
        SAVE,
        2_000,
        "answer_requirement",
        |turn| json!({ "requirement": REQUIREMENT, "verdict": "in-place", "note": format!("Saved {turn}") }),
    );
    bench.time(
        "saving a task",
        SCREEN,
        200,
        "set_task",
        |turn| json!({ "task": task, "description": format!("Saved {turn}") }),
    );
    bench.time("saving a note as evidence", SCREEN, 200, "add_note", |turn| {
        json!({ "requirements": [REQUIREMENT], "title": format!("Note {turn}"), "text": format!("Nothing {turn}") })
    });
    bench.memory("after saving");

    println!("\nwhat may take its time");
    bench.once("as of the middle of the journal", "look_back", json!({ "seq": ENTRIES / 2 }));
    bench.call("look_now", json!({}));
    bench.once("a copy, read back", "backup_workspace", json!({ "path": folder.join("backup.tillproof") }));
    bench.once("verifying everything", "verify_workspace", json!({}));
    bench.once("the report", "export_report", json!({ "path": folder.join("report.pdf") }));
    println!("the journal has {} entries", SqliteStore::open(&copy, Some(KEY)).unwrap().head().unwrap().seq);
    match bench.missed.as_slice() {
        [] => println!("every target is met"),
        missed => println!("{} targets are missed: {}", missed.len(), missed.join("; ")),
    }
}

/// What the other registers of a shop of this age hold.
fn furnish(bench: &mut Bench<'_>) {
    for number in 0..100 {
        let handles = ["systems", "personal-data"];
        bench
            .call("add_provider", json!({ "name": format!("Provider {number}"), "handles": handles, "country": "DE" }));
        bench.call("add_processing", json!({ "name": format!("Activity {number}"), "data": "names, addresses" }));
    }
    for number in 0..300 {
        let day = format!("202{}-{:02}-{:02}", 4 + number % 2, 1 + number % 12, 1 + number % 28);
        let reference = format!("R-{number}");
        bench.call("add_person_request", json!({ "right": "erasure", "reference": reference, "received_on": day }));
    }
    for number in 0..30 {
        let aware = format!("2025-{:02}-01T08:30:00Z", 1 + number % 12);
        bench.call("add_breach", json!({ "title": format!("Mail astray {number}"), "aware_at": aware }));
    }
}
