//! The journal is the whole truth: replayed into an empty workspace it gives the same rows.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tillproof_api::dispatch::Command;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Entry, Reads, SqliteStore, StoredEntry};
use tillproof_tests::chance::Chance;
use tillproof_tests::checklist::Checklist;
use tillproof_tests::shop::{KEY, Shop};

#[test]
fn the_journal_gives_the_same_rows() {
    let commands = tillproof_tests::size(1_000, 10_000);
    // Only an encrypted workspace keeps a key.
    let mut shop = Shop::new(Locale::En, Some(KEY));
    shop.start_assessments();
    let mut merchant = Merchant::new(&mut shop);
    let mut done = BTreeMap::<&str, usize>::new();
    let mut moments = Vec::new();
    let watcher = shop.store();
    while done.values().sum::<usize>() < commands {
        let before = watcher.head().unwrap().seq;
        let (command, request) = merchant.next(&mut shop);
        let response = shop.dispatch(command.name(), request.clone());
        let response = response.unwrap_or_else(|error| panic!("{} for {request}: {error}", command.name()));
        merchant.remember(command, &response);
        *done.entry(command.name()).or_default() += 1;
        // A command that changed nothing left no entry to take back.
        let wrote = watcher.head().unwrap().seq > before;
        if wrote && merchant.regrets(command) {
            shop.call("undo", json!({}));
            *done.entry("undo").or_default() += 1;
        }
        if done.values().sum::<usize>() % (commands / 4) == 0 {
            moments.push(shop.state());
        }
    }
    println!("{done:?}");
    let kinds = ["create_workspace", "start_assessment"].len() + done.len();
    assert_eq!(kinds, 36, "every command that writes the journal: {done:?}");
    shop.assert_sound();
    let store = shop.store();
    let mut replayed = SqliteStore::empty_in_memory().unwrap();
    for stored in whole_journal(&store) {
        replayed.replay(&stored.entry.changes).unwrap_or_else(|error| panic!("entry {}: {error}", stored.entry.seq));
    }
    let rows = store.rows().unwrap();
    assert!(rows.len() > commands / 10, "the merchant left something: {}", rows.len());
    assert_eq!(replayed.rows().unwrap(), rows, "the journal gives the same rows");
    assert!(moments.len() >= 3, "copies were taken on the way");
    for moment in moments {
        let mut within = |entry: &Entry| entry.seq <= moment.head.seq;
        let then = store.rows_until(&mut within, &mut |_, _| true).unwrap();
        assert_eq!(then.head, moment.head, "as of entry {}", moment.head.seq);
        assert_eq!(sorted(then.all()), sorted(moment.rows), "as of entry {}: as it was", moment.head.seq);
    }
    // What a session keeps in memory followed every change.
    let kept = shop.call("list_requirements", json!({}));
    shop.call("open_workspace", json!({ "path": shop.file, "passphrase": KEY }));
    assert_eq!(shop.call("list_requirements", json!({})), kept, "kept and read anew are the same");
}

fn sorted(mut rows: Vec<Change>) -> Vec<Change> {
    rows.sort_by_key(Change::key);
    rows
}

/// All entries, the oldest first, read page by page as a host does.
fn whole_journal(store: &SqliteStore) -> Vec<StoredEntry> {
    let mut entries: Vec<StoredEntry> = Vec::new();
    loop {
        let before = entries.last().map(|stored| stored.entry.seq);
        let page = store.journal(before, 300, None).unwrap();
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    entries.reverse();
    let numbers: Vec<u64> = entries.iter().map(|stored| stored.entry.seq).collect();
    assert_eq!(numbers, (1..=store.head().unwrap().seq).collect::<Vec<_>>(), "pages leave no entry out");
    entries
}

/// A merchant who does one thing after the other.
struct Merchant {
    chance: Chance,
    requirements: Vec<String>,
    /// Requirements that are never answered.
    gaps: Vec<String>,
    criteria: Vec<String>,
    evidence: Vec<String>,
    tasks: Vec<String>,
    providers: Vec<String>,
    files: usize,
    signed_off: bool,
    has_key: bool,
    processing: Vec<String>,
    requests: Vec<String>,
    breaches: Vec<String>,
}

impl Merchant {
    fn new(shop: &mut Shop) -> Self {
        let listed = shop.call("list_requirements", json!({}));
        let info = shop.call("workspace_info", json!({}));
        let ids = |list: &Value| {
            list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut requirements = ids(&listed["requirements"]);
        Self {
            chance: Chance::new(17),
            gaps: requirements.split_off(requirements.len() - 60),
            requirements,
            criteria: ids(&info["assessments"][0]["criteria"]),
            evidence: Vec::new(),
            tasks: Vec::new(),
            providers: Vec::new(),
            files: 0,
            signed_off: false,
            has_key: false,
            processing: Vec::new(),
            requests: Vec::new(),
            breaches: Vec::new(),
        }
    }

    fn some_requirements(&mut self) -> Vec<String> {
        (0..=self.chance.below(3)).map(|_| self.chance.pick(&self.requirements).clone()).collect()
    }

    fn day(&mut self) -> String {
        format!("2026-{:02}-{:02}", 1 + self.chance.below(12), 1 + self.chance.below(28))
    }

    fn words(&mut self) -> String {
        format!("{} {}", self.chance.pick(&["note", "Umlaute äöü", "🧾", "a\nb"]), self.chance.below(1_000))
    }

    fn file(&mut self, shop: &Shop) -> String {
        self.files += 1;
        // Some files have the same bytes.
        let size = self.chance.below(40) * 100;
        shop.write(&format!("file-{}.txt", self.files % 50), &vec![7; size])
    }

    fn next(&mut self, shop: &mut Shop) -> (Command, Value) {
        let evidence = if self.evidence.is_empty() { None } else { Some(self.chance.below(self.evidence.len())) };
        let task = if self.tasks.is_empty() { None } else { Some(self.chance.pick(&self.tasks).clone()) };
        if std::mem::take(&mut self.signed_off) {
            return (Command::next_assessment, json!({ "framework": "shop-security" }));
        }
        if self.chance.once_in(4) {
            return self.registers();
        }
        if self.chance.once_in(60) {
            self.has_key = !self.has_key;
            if self.has_key {
                return (Command::make_signing_key, json!({ "name": self.words() }));
            }
            return (Command::remove_signing_key, json!({ "reason": self.words() }));
        }
        if self.chance.once_in(100) {
            return (Command::plan_duties, json!({}));
        }
        if self.chance.once_in(60) {
            return (Command::import_reply, self.reply(shop));
        }
        if self.chance.once_in(50)
            && let Some(gap) = self.gaps.pop()
        {
            return (Command::task_from_gap, json!({ "requirement": gap, "owner": self.words(), "due": self.day() }));
        }
        let verdict = *self.chance.pick(&["in-place", "not-in-place", "not-applicable", "unanswered"]);
        match (self.chance.below(22), evidence, task) {
            (19, ..) => {
                self.signed_off = true;
                let request = json!({ "framework": "shop-security", "name": self.words(), "role": "owner" });
                (Command::sign_off, request)
            }
            (0, ..) => {
                let staff = self.chance.below(100);
                (Command::set_profile, json!({ "staff": staff, "address": self.words() }))
            }
            (1, ..) => {
                let confirmed = self.chance.pick(&[Some(true), Some(false), None]);
                (
                    Command::confirm_criterion,
                    json!({ "criterion": self.chance.pick(&self.criteria), "confirmed": confirmed }),
                )
            }
            (2, ..) => {
                let request = json!({ "requirements": self.some_requirements(), "verdict": verdict, "justification": self.words() });
                (Command::answer_many, request)
            }
            (3, ..) => (
                Command::attach_evidence,
                json!({ "requirements": self.some_requirements(), "paths": [self.file(shop), self.file(shop)] }),
            ),
            (4, ..) => (
                Command::paste_evidence,
                json!({ "requirements": self.some_requirements(), "name": self.words(), "base64": "aGk=" }),
            ),
            (5, Some(at), _) => (
                Command::replace_evidence,
                json!({ "evidence": self.evidence.swap_remove(at), "path": self.file(shop), "collected_on": self.day() }),
            ),
            (6, Some(at), _) => {
                let request = json!({
                    "evidence": self.evidence[at], "requirements": self.some_requirements(), "valid_until": self.day(),
                    "title": self.words(), "source": self.words(), "confidentiality": "public"
                });
                (Command::set_evidence, request)
            }
            (7, Some(at), _) => {
                (Command::remove_evidence, json!({ "evidence": self.evidence.swap_remove(at), "reason": self.words() }))
            }
            (8, ..) => {
                let rule = *self.chance.pick(&["", "FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO"]);
                let minutes = self.chance.below(20) * 15;
                let request = json!({
                    "title": self.words(), "due": self.day(), "requirements": self.some_requirements(), "recurrence": rule,
                    "effort_minutes": minutes, "cost": { "amount": minutes.to_string(), "currency": "EUR" },
                    "links": ["https://example.org/a"]
                });
                (Command::add_task, request)
            }
            (9, _, Some(task)) => {
                let status = *self.chance.pick(&["open", "in-progress", "waiting", "done", "dropped"]);
                let due = if self.chance.once_in(2) { String::new() } else { self.day() };
                let proof = evidence.map(|at| vec![self.evidence[at].clone()]).unwrap_or_default();
                (Command::set_task, json!({ "task": task, "status": status, "due": due, "evidence": proof }))
            }
            // Every scope asks what is answered here, so that it always applies.
            (14, ..) => {
                let scope = self.chance.pick(&["A", "A+B", "A+C-VT"]);
                (Command::change_scope, json!({ "framework": "pci-dss-4.0.1", "scope": scope }))
            }
            (15, ..) => {
                let (id, version) = (format!("own-{}", self.chance.below(3)), self.words());
                let path = Checklist::new(&id, version.trim()).write(&shop.folder().join(&id));
                (Command::import_checklist, json!({ "path": path }))
            }
            (16, ..) => {
                let request = json!({
                    "requirements": self.some_requirements(), "title": self.words(), "text": self.words(),
                    "period_end": self.day(), "confidentiality": "confidential"
                });
                (Command::add_note, request)
            }
            (17, ..) => {
                let url = format!("https://example.org/{}", self.chance.below(20));
                (Command::add_link, json!({ "requirements": self.some_requirements(), "url": url }))
            }
            (18, Some(at), _) => {
                let request = json!({ "evidence": self.evidence[at], "requirements": self.some_requirements() });
                (Command::link_evidence, request)
            }
            (10, _, Some(task)) => (Command::comment_task, json!({ "task": task, "text": self.words() })),
            (20, ..) => (
                Command::add_provider,
                json!({ "name": self.words(), "handles": ["systems", "personal-data"], "country": "DE" }),
            ),
            (21, ..) if !self.providers.is_empty() => {
                let met = json!({ (self.chance.pick(&self.requirements).as_str()): "shared" });
                let provider = self.chance.pick(&self.providers).clone();
                (
                    Command::set_provider,
                    json!({ "provider": provider, "aoc_on": self.day(), "responsibilities": met, "ended": self.words() }),
                )
            }
            _ => {
                let requirement = self.chance.pick(&self.requirements).clone();
                let mut request = json!({
                    "requirement": requirement, "verdict": verdict, "note": self.words(),
                    "justification": self.words(), "progress": "in-review", "target_date": self.day()
                });
                if requirement.starts_with("pci-dss") {
                    request["worksheet"] = json!({ "checked": self.words(), "law": "" });
                }
                (Command::answer_requirement, request)
            }
        }
    }

    /// What an auditor replied, as a table.
    fn reply(&mut self, shop: &Shop) -> Value {
        let workspace = shop.store().profile().unwrap().id;
        self.files += 1;
        let mut table = format!("Auditor's name,Auditor {}\nWorkspace,{workspace}\nId,Reply,Comment,Due\n", self.files);
        for requirement in self.some_requirements() {
            let said = *self.chance.pick(&["accept", "question", "Feststellung"]);
            table.push_str(&format!("{requirement},{said},\"{}\",{}\n", self.words(), self.day()));
        }
        json!({ "path": shop.write("reply.csv", table.as_bytes()) })
    }

    /// Whether the last command is taken back at once.
    fn regrets(&mut self, command: Command) -> bool {
        let possible = [
            Command::answer_requirement,
            Command::answer_many,
            Command::set_profile,
            Command::confirm_criterion,
            Command::set_evidence,
            Command::set_task,
            Command::change_scope,
        ];
        possible.contains(&command) && self.chance.once_in(5)
    }

    /// Something about processing activities, requests of persons, or breaches.
    fn registers(&mut self) -> (Command, Value) {
        let pick = |chance: &mut Chance, list: &Vec<String>| {
            if list.is_empty() { None } else { Some(chance.pick(list).clone()) }
        };
        let processing = pick(&mut self.chance, &self.processing);
        let request = pick(&mut self.chance, &self.requests);
        let breach = pick(&mut self.chance, &self.breaches);
        let evidence: Vec<String> = pick(&mut self.chance, &self.evidence).into_iter().collect();
        match (self.chance.below(7), processing, request, breach) {
            (0, ..) => {
                let template = *self.chance.pick(&["newsletter", "orders", "staff", "payment", "delivery"]);
                (Command::start_processing, json!({ "templates": [template] }))
            }
            (1, Some(processing), ..) => {
                let ended = if self.chance.once_in(2) { String::new() } else { self.words() };
                let request = json!({
                    "processing": processing, "purposes": self.words(), "legal_bases": ["contract", "consent"],
                    "special_categories": self.chance.once_in(2), "ended": ended
                });
                (Command::set_processing, request)
            }
            (2, ..) => (Command::add_processing, json!({ "name": self.words(), "data": self.words() })),
            (3, _, Some(request), _) => {
                let request = json!({
                    "request": request, "answered_on": "2026-11-20", "outcome": "partly", "evidence": evidence,
                    "outcome_reason": self.words(), "extension_reason": self.words(), "extension_told_on": "2026-10-20"
                });
                (Command::set_person_request, request)
            }
            (4, ..) => {
                let received = format!("2026-10-{:02}", 1 + self.chance.below(20));
                let request = json!({ "right": "erasure", "reference": self.words(), "received_on": received });
                (Command::add_person_request, request)
            }
            (5, _, _, Some(breach)) => {
                let risk = *self.chance.pick(&["no-risk", "risk", "high-risk", ""]);
                let request = json!({
                    "breach": breach, "risk": risk, "person_count": self.chance.below(500), "measures": self.words(),
                    "kinds": ["integrity"], "notified_at": "2026-11-22T10:00:00Z", "evidence": evidence
                });
                (Command::set_breach, request)
            }
            _ => {
                let aware = format!("2026-11-{:02}T08:30:00+01:00", 1 + self.chance.below(21));
                (Command::add_breach, json!({ "title": self.words(), "aware_at": aware }))
            }
        }
    }

    fn remember(&mut self, command: Command, response: &Value) {
        let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
        match command {
            Command::attach_evidence | Command::paste_evidence | Command::add_note | Command::add_link => {
                self.evidence.extend(response["evidence"].as_array().expect("a list").iter().map(id));
            }
            Command::replace_evidence => self.evidence.push(id(response)),
            Command::add_task => self.tasks.push(id(response)),
            Command::add_processing => self.processing.push(id(response)),
            Command::add_person_request => self.requests.push(id(response)),
            Command::add_breach => self.breaches.push(id(response)),
            Command::add_provider => self.providers.push(id(response)),
            _ => {}
        }
    }
}
