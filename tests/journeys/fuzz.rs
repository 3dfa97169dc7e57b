//! Every command with requests that nobody would write: a typed error or success, never a panic.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tillproof_api::dispatch::Command;
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::chance::Chance;
use tillproof_tests::shop::{Shop, assert_sound};

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";
/// The ids that the test host gives first; one of them is an evidence, one a task.
const IDS: u128 = 0x0199_0000_0000_7000_8000_0000_0000_0000;

/// A request that each command understands. A new command does not compile until it has one.
pub(crate) fn samples(shop: &Shop) -> Vec<(Command, Value)> {
    let path = |name: &str| shop.path(name);
    let evidence = "01990000-0000-7000-8000-000000000005";
    let task = "01990000-0000-7000-8000-000000000006";
    Command::ALL.iter().map(|command| (*command, sample(*command, &path, evidence, task))).collect()
}

fn sample(command: Command, path: &dyn Fn(&str) -> String, evidence: &str, task: &str) -> Value {
    match command {
        Command::create_workspace => {
            json!({ "path": path("made"), "name": "New", "locale": "de", "country": "DE", "unencrypted": true })
        }
        Command::probe_workspace | Command::open_workspace => json!({ "path": path("shop.tillproof") }),
        Command::close_workspace
        | Command::workspace_info
        | Command::verify_workspace
        | Command::list_frameworks
        | Command::finder_questions
        | Command::processing_starter
        | Command::overview => json!({}),
        Command::set_profile => json!({ "name": "Other", "staff": 3, "channels": ["e-commerce"], "locale": "en" }),
        Command::change_passphrase => json!({ "current": "a", "new": "b" }),
        Command::backup_workspace => json!({ "path": path("backup") }),
        Command::auto_backup => json!({ "folder": path("backups"), "keep": 2, "every_hours": 1, "force": true }),
        Command::list_backups => json!({ "folder": path("backups") }),
        Command::changed_since => json!({ "seq": 3, "version": 1 }),
        Command::restore_workspace => json!({ "backup": path("shop.tillproof"), "path": path("restored") }),
        Command::history => json!({ "before": 5, "limit": 3, "subject": REQUIREMENT }),
        Command::make_demo => json!({ "directory": path("shop.tillproof") }),
        Command::find_saq => json!({ "answers": { "service-provider": "no" } }),
        Command::find_saq_together => json!({ "channels": [{ "service-provider": "no" }, { "web-shop": "no" }] }),
        Command::import_checklist => json!({ "path": path("checklist") }),
        Command::change_scope => json!({ "framework": "pci-dss-4.0.1", "scope": "A-EP+B" }),
        Command::carry_over => {
            json!({ "from": "01990000-0000-7000-8000-000000000002", "framework": "gdpr", "dry_run": true })
        }
        Command::start_assessment => json!({ "framework": "gdpr", "period_start": "2026-01-01" }),
        Command::confirm_criterion => json!({ "criterion": "paper-only", "confirmed": true, "rev": 0 }),
        Command::list_requirements => json!({ "framework": "gdpr", "theme": "tls", "search": "tls" }),
        Command::show_requirement => json!({ "requirement": REQUIREMENT }),
        Command::answer_requirement => json!({
            "requirement": REQUIREMENT, "verdict": "in-place", "progress": "done", "note": "n", "parts": { "a": "in-place" },
            "worksheet": { "risk": "r" }, "rev": 1
        }),
        Command::answer_many => json!({ "requirements": [REQUIREMENT], "verdict": "in-place" }),
        Command::list_worksheets => json!({ "open": true }),
        Command::attach_evidence => json!({ "requirements": [REQUIREMENT], "paths": [path("scan.txt")] }),
        Command::paste_evidence => json!({ "requirements": [REQUIREMENT], "name": "a.txt", "base64": "aGk=" }),
        Command::add_note => json!({ "requirements": [REQUIREMENT], "title": "Call", "text": "asked" }),
        Command::add_link => json!({ "requirements": [REQUIREMENT], "url": "https://example.org/" }),
        Command::prepare_attachment => json!({ "requirements": [REQUIREMENT], "paths": [path("scan.txt")] }),
        Command::link_evidence => json!({ "evidence": evidence, "requirements": [REQUIREMENT] }),
        Command::list_evidence => json!({ "requirement": REQUIREMENT, "all": true, "state": "fresh", "limit": 2 }),
        Command::show_evidence => json!({ "evidence": evidence }),
        Command::export_evidence => json!({ "evidence": evidence, "path": path("exported") }),
        Command::replace_evidence => json!({ "evidence": evidence, "path": path("scan.txt") }),
        Command::set_evidence => json!({ "evidence": evidence, "valid_until": "2027-01-01", "rev": 1 }),
        Command::remove_evidence => json!({ "evidence": evidence, "reason": "old" }),
        Command::add_provider => json!({ "name": "Host", "handles": ["systems"], "country": "DE" }),
        Command::set_provider => {
            json!({ "provider": task, "aoc_on": "2026-10-01", "responsibilities": { "pci-dss-4.0.1:6.3.3": "provider" } })
        }
        Command::export_bundle => {
            json!({ "path": path("bundle.zip"), "overwrite": true, "all_versions": true, "keep_going": true })
        }
        Command::verify_bundle => json!({ "path": path("bundle.zip") }),
        Command::import_reply => json!({ "path": path("reply.csv"), "allow_card_data": "a test" }),
        Command::list_replies => json!({}),
        Command::export_oscal => json!({ "path": path("results.json"), "overwrite": true, "locale": "en" }),
        Command::export_spreadsheet => json!({ "path": path("results.xlsx"), "overwrite": true, "locale": "de" }),
        Command::list_providers => json!({ "lacking": true }),
        Command::provider_letter => json!({ "provider": task, "locale": "de" }),
        Command::export_providers => json!({ "path": path("providers.csv"), "overwrite": true }),
        Command::undo => json!({ "seq": 5 }),
        Command::look_back => json!({ "day": "2026-11-22", "seq": 3 }),
        Command::list_assessments | Command::look_now => json!({}),
        Command::data_quality => json!({ "kind": "no-proof", "limit": 3 }),
        Command::sign_off => json!({ "framework": "gdpr", "name": "K", "role": "owner", "signed_on": "2026-11-22" }),
        Command::next_assessment => json!({ "framework": "gdpr", "period_start": "2027-01-01" }),
        Command::compare_assessments => json!({ "from": task, "to": task }),
        Command::add_task => json!({
            "title": "t", "due": "2027-01-01", "priority": "low", "effort_minutes": 30, "recurrence": "FREQ=MONTHLY",
            "cost": { "amount": "1.50", "currency": "EUR" }, "links": ["https://example.org"]
        }),
        Command::set_task => {
            json!({ "task": task, "status": "done", "recurrence": "FREQ=DAILY", "evidence": [evidence] })
        }
        Command::add_processing => {
            json!({ "name": "Orders", "purposes": "p", "legal_bases": ["contract"], "special_categories": false })
        }
        Command::set_processing => json!({ "processing": task, "erasure": "after ten years", "ended": "x" }),
        Command::list_processing => json!({ "all": true, "lacking": true }),
        Command::start_processing => json!({ "templates": ["newsletter"] }),
        Command::add_person_request => json!({ "right": "access", "reference": "4711", "received_on": "2026-11-20" }),
        Command::set_person_request => json!({ "request": task, "answered_on": "2026-11-22", "outcome": "granted" }),
        Command::list_person_requests | Command::list_breaches => json!({ "open": true }),
        Command::add_breach => {
            json!({ "title": "Lost", "aware_at": "2026-11-22T09:00:00Z", "kinds": ["availability"], "risk": "risk" })
        }
        Command::set_breach => json!({ "breach": task, "notified_at": "2026-11-22T09:30:00Z", "person_count": 3 }),
        Command::export_processing => json!({ "path": path("processing.csv"), "overwrite": true }),
        Command::export_person_requests => json!({ "path": path("requests.csv"), "overwrite": true }),
        Command::export_breaches => json!({ "path": path("breaches.csv"), "overwrite": true }),
        Command::comment_task => json!({ "task": task, "text": "c" }),
        Command::list_tasks => {
            json!({ "overdue": true, "upcoming": true, "status": "open", "owner": "x", "limit": 3, "offset": 1 })
        }
        Command::task_from_gap => json!({ "requirement": "pci-dss-4.0.1:2.2.2", "owner": "x", "due": "2027-01-01" }),
        Command::plan_duties => json!({ "preview": true }),
        Command::export_tasks => {
            json!({ "path": path("tasks.ics"), "format": "ics", "entries": "todo", "overwrite": true })
        }
        Command::signing_key => json!({}),
        Command::make_signing_key => json!({ "name": "New" }),
        Command::remove_signing_key => json!({ "reason": "lost", "rev": 1 }),
        Command::export_certificate => json!({ "path": path("key.pem"), "overwrite": true }),
        Command::verify_report => json!({ "path": path("scan.txt") }),
        // Made again and again, a report would take most of the time; the folder is refused early.
        Command::export_report => json!({ "path": path("none/report.pdf"), "overwrite": true }),
    }
}

#[test]
fn whatever_is_asked_is_answered_or_refused_by_code() {
    let mut shop = Shop::busy(Locale::En, None);
    let samples = samples(&shop);
    let fields: Vec<String> = samples.iter().flat_map(|(_, request)| names(request)).collect();
    let (scan, base) = (shop.path("scan.txt"), shop.path("shop.tillproof"));
    let mut codes = BTreeMap::<&str, usize>::new();
    let watcher = shop.store();
    for (command, sample) in samples {
        let mut wild = Wild { chance: Chance::new(command as u64), fields: &fields, folder: shop.folder().to_owned() };
        // A report takes half a second.
        let costly = [Command::export_report, Command::make_demo].contains(&command);
        for turn in 0..if costly { 40 } else { tillproof_tests::size(200, 5_000) } {
            let request = if turn % 2 == 0 { wild.value(3) } else { wild.changed(&sample) };
            let before = watcher.head().expect("a head");
            match shop.dispatch(command.name(), request.clone()) {
                Ok(_) => *codes.entry("ok").or_default() += 1,
                Err(error) => {
                    let view = error.view(Locale::De);
                    let after = watcher.head().expect("a head");
                    assert_eq!(after, before, "{} was refused and wrote: {request}", command.name());
                    assert_ne!(view.code, "internal", "{}: {view:?} for {request}", command.name());
                    assert!(!view.message.contains("error."), "{view:?} has words");
                    *codes.entry(error.code).or_default() += 1;
                }
            }
            if leaves(command) {
                shop.call("open_workspace", json!({ "path": base }));
            }
        }
    }
    println!("{codes:?}");
    assert!(codes["ok"] > 500 && codes["invalid-request"] > 1000 && codes.len() > 15, "of every kind: {codes:?}");
    assert_sound(&watcher);
    assert!(std::fs::exists(&scan).unwrap(), "the merchant's own file is still there");
}

/// Whether another workspace, or none, may be open after the command.
fn leaves(command: Command) -> bool {
    use Command::{close_workspace, create_workspace, make_demo, open_workspace, restore_workspace};
    [close_workspace, create_workspace, make_demo, open_workspace, restore_workspace].contains(&command)
}

fn names(request: &Value) -> Vec<String> {
    request.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

/// Makes requests.
struct Wild<'a> {
    chance: Chance,
    fields: &'a [String],
    folder: std::path::PathBuf,
}

impl Wild<'_> {
    fn value(&mut self, depth: usize) -> Value {
        match self.chance.below(if depth == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => self.chance.once_in(2).into(),
            2 => self.number(),
            3 | 4 => self.text().into(),
            5 => (0..self.chance.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let mut fields = Map::new();
                for _ in 0..self.chance.below(5) {
                    let name = self.chance.pick(self.fields).clone();
                    fields.insert(name, self.value(depth - 1));
                }
                fields.into()
            }
        }
    }

    fn number(&mut self) -> Value {
        match self.chance.below(6) {
            0 => json!(0),
            1 => json!(-1),
            2 => json!(u64::MAX),
            3 => json!(i64::MIN),
            4 => json!(1.5e300),
            _ => json!(self.chance.below(10)),
        }
    }

    fn text(&mut self) -> String {
        let words = [
            "",
            " ",
            "yes",
            "in-place",
            "not-applicable",
            "done",
            "urgent",
            "2026-11-22",
            "9999-12-31",
            "0000-01-01",
            REQUIREMENT,
            "gdpr:5.2",
            "gdpr",
            "A",
            "tls",
            "e-commerce",
            "de",
            "DE",
            "paper-only",
            "aGk=",
            "\0",
            "é\u{301}",
            "\u{202e}fdp.exe",
            "<script>alert(1)</script>",
            "'; DROP TABLE answer; --",
            "{name}",
            "../../x",
            "🧾",
        ];
        match self.chance.below(8) {
            0 => self
                .folder
                .join(self.chance.pick(&["scan.txt", "shop.tillproof", "made", "none/x", ""]))
                .display()
                .to_string(),
            1 => uuid(self.chance.below(40) as u128 + IDS),
            2 => self.chance.pick(&words).repeat(self.chance.below(5_000)),
            3 => {
                (0..self.chance.below(30)).filter_map(|_| char::from_u32(self.chance.below(0x1_1000) as u32)).collect()
            }
            _ => (*self.chance.pick(&words)).to_owned(),
        }
    }

    /// A request that would do, but for one thing.
    fn changed(&mut self, sample: &Value) -> Value {
        let mut request = sample.clone();
        let names = names(sample);
        if let Value::Object(fields) = &mut request {
            match self.chance.below(4) {
                0 if !names.is_empty() => drop(fields.remove(self.chance.pick(&names))),
                1 => drop(fields.insert(self.chance.pick(self.fields).clone(), self.value(1))),
                _ if !names.is_empty() => {
                    let value = if self.chance.once_in(3) { self.value(2) } else { self.text().into() };
                    fields.insert(self.chance.pick(&names).clone(), value);
                }
                _ => {}
            }
        }
        request
    }
}

fn uuid(number: u128) -> String {
    let digits = format!("{number:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}
