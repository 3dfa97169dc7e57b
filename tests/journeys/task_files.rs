//! Tasks in a spreadsheet and in a calendar, and what a hostile text can do there: nothing.

use icalendar::{Calendar, CalendarComponent, Component, EventLike};
use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

fn export(shop: &mut Shop, mut request: Value) -> String {
    let path = shop.path("tasks.out");
    request["path"] = path.as_str().into();
    request["overwrite"] = true.into();
    let written = shop.call("export_tasks", request);
    assert_eq!(written["path"], path.as_str(), "where it is");
    std::fs::read_to_string(path).unwrap()
}

fn read(text: &str) -> Calendar {
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "no line is longer than 75 bytes (RFC 5545, 3.1): {line:?}");
        assert!(!line.contains(['\n', '\r']), "no bare line break: {line:?}");
        let control = line.chars().find(|c| c.is_control() && *c != '\t');
        assert_eq!(control, None, "no control characters: {line:?}");
    }
    text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn event(component: &CalendarComponent) -> &icalendar::Event {
    component.as_event().expect("an event")
}

#[test]
fn a_calendar_shows_open_tasks_as_days_with_a_reminder() {
    let mut shop = Shop::new(Locale::De, None);
    shop.start_assessments();
    let task = shop.call(
        "add_task",
        json!({
            "title": "ASV-Scan, viermal; im Jahr", "description": "Zeile 1\r\nZeile 2\\", "owner": "Katrin", "due": "2026-11-30",
            "priority": "urgent", "requirements": ["pci-dss-4.0.1:11.3.2"], "recurrence": "FREQ=MONTHLY;INTERVAL=3",
            "links": ["https://asv.example/?a=1,2;b"]
        }),
    );
    shop.call("add_task", json!({ "title": "no day" }));
    let done = shop.call("add_task", json!({ "title": "done", "due": "2026-12-01" }));
    shop.call("set_task", json!({ "task": done["id"], "status": "done" }));
    let text = export(&mut shop, json!({ "format": "ics" }));
    let calendar = read(&text);
    assert_eq!(calendar.components.len(), 1, "the open one with a day:\n{text}");
    let event = event(&calendar.components[0]);
    assert_eq!(event.get_summary(), Some("ASV-Scan, viermal; im Jahr"), "as it was written");
    let description = event.get_description().unwrap();
    assert!(description.starts_with("Zeile 1\nZeile 2\\"), "with its lines: {description:?}");
    for word in ["Wer: Katrin", "11.3.2", "alle 3 Monate", "https://asv.example/?a=1,2;b"] {
        assert!(description.contains(word), "{word} is not in {description:?}");
    }
    for (key, value) in [
        ("DTSTART", "20261130"),
        ("DTEND", "20261201"),
        ("PRIORITY", "1"),
        ("URL", "https://asv.example/?a=1,2;b"),
        ("TRANSP", "TRANSPARENT"),
        // November has no 31st, February no 30th: the last day of the month, in every calendar.
        ("RRULE", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    ] {
        assert_eq!(event.property_value(key), Some(value), "{key}");
    }
    assert_eq!(event.properties()["DTSTART"].params()["VALUE"].value(), "DATE", "a day, not a time");
    assert_eq!(event.get_categories().unwrap(), ["Tillproof", "PCI DSS"], "to tell them apart");
    let alarm = &event.components()[0];
    assert_eq!(
        (alarm.component_kind().as_str(), alarm.property_value("TRIGGER")),
        ("VALARM", Some("-P7D")),
        "a week before"
    );
    let uid = event.get_uid().unwrap().to_owned();
    assert!(uid.contains(task["id"].as_str().unwrap()) && uid.contains('@'), "the task at the workspace: {uid}");
    // The next of the series takes over the entry.
    let next = shop.call("set_task", json!({ "task": task["id"], "status": "done" }))["followed_by"].clone();
    assert!(next.is_string(), "there is a next one");
    let calendar = read(&export(&mut shop, json!({ "format": "ics" })));
    assert_eq!(calendar.components[0].as_event().unwrap().get_uid(), Some(uid.as_str()), "the same entry");
    assert_eq!(
        calendar.components[0].as_event().unwrap().property_value("DTSTART"),
        Some("20270228"),
        "on its new day"
    );
    // Said explicitly, closed ones are there, under names of their own.
    let calendar = read(&export(&mut shop, json!({ "format": "ics", "status": "done" })));
    let mut uids: Vec<_> =
        calendar.components.iter().filter_map(|c| c.as_event()?.get_uid().map(str::to_owned)).collect();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), 2, "two closed ones");
    assert!(!uids.contains(&uid), "and not the entry of the series");
}

#[test]
fn to_dos_have_their_status() {
    let mut shop = Shop::new(Locale::En, None);
    for (title, status) in [("a", "open"), ("b", "in-progress"), ("c", "waiting"), ("d", "done"), ("e", "dropped")] {
        let task = shop.call("add_task", json!({ "title": title, "due": "2026-12-01", "recurrence": "" }));
        shop.call("set_task", json!({ "task": task["id"], "status": status }));
    }
    shop.call("add_task", json!({ "title": "no day" }));
    let open = read(&export(&mut shop, json!({ "format": "ics", "entries": "todo" })));
    assert_eq!(open.components.len(), 4, "open ones, with and without a day");
    let mut said = Vec::new();
    for status in ["open", "in-progress", "waiting", "done", "dropped"] {
        let calendar = read(&export(&mut shop, json!({ "format": "ics", "entries": "todo", "status": status })));
        let todo = calendar.components[0].as_todo().unwrap();
        assert_eq!(todo.property_value("DUE"), Some("20261201"), "{status}");
        said.push(format!("{} {}", todo.property_value("STATUS").unwrap(), todo.get_completed().is_some()));
    }
    assert_eq!(
        said,
        ["NEEDS-ACTION false", "IN-PROCESS false", "NEEDS-ACTION false", "COMPLETED true", "CANCELLED false"],
        "in the words of RFC 5545"
    );
}

#[test]
fn hostile_texts_are_inert() {
    let mut shop = Shop::new(Locale::En, None);
    let long = format!("{}end", "Ä🧾👩🏽‍💻 ".repeat(600));
    let texts = [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil".to_owned(),
        "END:VCALENDAR\nBEGIN:VCALENDAR".to_owned(),
        "x\u{2028}ATTACH:file:///etc/passwd\u{85}y\u{0}\u{7}\u{1b}[31m".to_owned(),
        "\\n\\,;:\"=^n".to_owned(),
        format!("{}\u{1F9FE}", "x".repeat(66)),
        "       ".repeat(30) + "blank",
        "=cmd|' /C calc'!A0".to_owned(),
        long,
    ];
    for text in &texts {
        let task = json!({ "title": text, "description": text, "owner": text, "due": "2026-12-01", "links": ["https://x.example/%0ABEGIN:VEVENT"] });
        shop.call("add_task", task);
    }
    let todos = read(&export(&mut shop, json!({ "format": "ics", "entries": "todo" })));
    assert_eq!(todos.components.len(), texts.len(), "one to-do a task");
    let calendar = read(&export(&mut shop, json!({ "format": "ics" })));
    assert_eq!(calendar.components.len(), texts.len(), "one entry a task, whatever it says");
    for (text, component) in texts.iter().zip(&calendar.components) {
        let event = event(component);
        let keys: Vec<&str> = event.properties().keys().map(String::as_str).collect();
        assert!(!keys.contains(&"ATTACH"), "no field was smuggled in: {keys:?}");
        let summary = event.get_summary().unwrap();
        let start: String = text.trim().chars().take_while(|c| !c.is_control() && *c != '\u{2028}').take(200).collect();
        assert!(summary.starts_with(&start), "{summary:?} for {text:?}");
        assert!(summary.chars().count() <= 250, "no longer than a title: {summary:?}");
    }
}

#[test]
fn the_same_tasks_give_the_same_bytes() {
    let mut shop = Shop::busy(Locale::En, None);
    shop.host = tillproof_tests::host::TestHost::still(Locale::En, shop.folder(), "2026-11-22T12:00:00Z");
    for request in
        [json!({ "format": "ics" }), json!({ "format": "ics", "entries": "todo" }), json!({ "format": "csv" })]
    {
        let first = export(&mut shop, request.clone());
        assert_eq!(export(&mut shop, request), first, "byte for byte");
    }
}

#[test]
fn a_spreadsheet_gets_every_task() {
    let mut shop = Shop::busy(Locale::De, None);
    let task = json!({
        "title": "=1+1", "effort_minutes": 105, "cost": { "amount": "99.9", "currency": "EUR" }, "due": "2026-11-01",
        "recurrence": "FREQ=YEARLY"
    });
    shop.call("add_task", task);
    let text = export(&mut shop, json!({ "format": "csv" }));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, column: &str| rows[row][head.iter().position(|name| name == column).unwrap()].to_owned();
    assert_eq!(rows.len(), 2, "the overdue one first");
    assert_eq!(
        ["Aufgabe", "Überfällig", "Stunden", "Kosten", "Währung", "Kehrt wieder"].map(|column| cell(0, column)),
        ["'=1+1", "ja", "1.75", "99.90", "EUR", "jedes Jahr"],
        "in words, and no formula"
    );
    assert!(
        cell(1, "Anforderungen").contains("6.3.3") && cell(1, "Kommentare").contains("asked the agency"),
        "{rows:?}"
    );
    let error = shop.refused("export_tasks", json!({ "path": shop.path("tasks.out"), "format": "csv" }));
    assert_eq!(error.code, "file-exists", "never over a file without being told");
    let refused = [
        (json!({ "path": shop.path("x"), "format": "xls" }), "unknown-value"),
        (json!({ "path": shop.path("x"), "format": "ics", "entries": "alarm" }), "unknown-value"),
        (json!({ "path": shop.path("x"), "format": "ics", "owner": "nobody" }), "nothing-to-export"),
        (json!({ "path": shop.path("none/x"), "format": "ics" }), "folder-missing"),
        (json!({ "path": "/elsewhere/x", "format": "csv" }), "path-not-allowed"),
    ];
    for (request, code) in refused {
        assert_eq!(shop.refused("export_tasks", request.clone()).code, code, "{request}");
    }
    assert!(!std::fs::exists(shop.path("x")).unwrap(), "what is refused leaves no file");
}
