//! What an auditor replied: from the spreadsheet in a bundle to tasks, once and whole.

use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use tillproof_domain::locale::Locale;
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::Shop;

/// The cells of the first sheet of a workbook.
fn cells(bytes: &[u8], sheet: usize) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(sheet).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn reply_of(shop: &mut Shop) -> Vec<u8> {
    let path = shop.path("bundle.zip");
    shop.call("export_bundle", json!({ "path": path, "overwrite": true }));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut bytes = Vec::new();
    zip.by_name("reply.xlsx").unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The reply as an auditor sends it back: what is said of each requirement, comment and day.
fn filled(bytes: &[u8], auditor: &str, said: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut row_of = std::collections::BTreeMap::new();
    for (row, line) in (0_u32..).zip(cells(bytes, 0)) {
        for (column, cell) in (0_u16..).zip(&line) {
            if let Data::String(text) = cell {
                sheet.write_string(row, column, text).unwrap();
                if column == 0 {
                    row_of.insert(text.clone(), row);
                }
            }
        }
    }
    sheet.write_string(1, 1, auditor).unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (requirement, word, comment, due) in said {
        let row = row_of[*requirement];
        sheet.write_string(row, 6, *word).unwrap();
        if let Some(formula) = comment.strip_prefix("FORMULA ") {
            sheet.write_formula(row, 7, formula).unwrap();
        } else {
            sheet.write_string(row, 7, *comment).unwrap();
        }
        if !due.is_empty() {
            let at = rust_xlsxwriter::ExcelDateTime::parse_from_str(due).unwrap();
            sheet.write_datetime_with_format(row, 8, &at, &day).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const SAID: [(&str, &str, &str, &str); 3] = [
    ("pci-dss-4.0.1:8.3.6", "angenommen", "", ""),
    ("pci-dss-4.0.1:6.3.3", "Feststellung", "Zwei Updates fehlen.\nBitte nachreichen.", "2026-12-24"),
    ("gdpr:5.2", "Frage", "=Wer ist zuständig?", ""),
];

#[test]
fn a_reply_becomes_tasks_in_one_entry_and_only_once() {
    let mut shop = Shop::busy(Locale::De, None);
    let empty = reply_of(&mut shop);
    let head: Vec<String> = cells(&empty, 0)[7].iter().map(ToString::to_string).collect();
    assert_eq!(
        head,
        ["Id", "Regelwerk", "Nummer", "Titel", "Urteil", "Nachweise", "Antwort", "Kommentar", "Bis wann"],
        "in the report's language"
    );
    let lines = cells(&empty, 0).len() - 8;
    let asked = shop.call("list_requirements", json!({}))["requirements"].as_array().unwrap().len();
    assert_eq!(lines, asked, "one row a requirement");
    let path = shop.write("Antwort.xlsx", &filled(&empty, "Prüf GmbH", &SAID));
    let before = shop.state();
    let made = shop.call("import_reply", json!({ "path": path }));
    assert_eq!((&made["accepted"], &made["questions"], &made["findings"]), (&json!(1), &json!(1), &json!(1)), "{made}");
    assert_eq!(made["journal"]["seq"], before.head.seq + 1, "one entry");
    let task = &made["tasks"][0];
    assert_eq!((&task["priority"], &task["due"]), (&json!("high"), &json!("2026-12-24")), "a finding: {task}");
    assert_eq!(task["title"], "Feststellung der Prüfstelle: PCI DSS 6.3.3");
    assert_eq!(
        task["description"], "Zwei Updates fehlen.\nBitte nachreichen.\n\nVon: Prüf GmbH",
        "in the auditor's words"
    );
    assert_eq!(made["tasks"][1]["priority"], "normal", "a question");
    let shown = shop.call("show_requirement", json!({ "requirement": "pci-dss-4.0.1:8.3.6" }));
    assert_eq!(shown["history"][0]["summary"], "Antwort der Prüfstelle übernommen: Prüf GmbH, Feststellung der Prüfstelle: PCI DSS 6.3.3, Frage der Prüfstelle: DSGVO Art. 5(2)".replace("DSGVO Art. 5(2)", shop_label(&made)), "what is accepted stands in its history");
    let listed = shop.call("list_replies", json!({}));
    assert_eq!(listed["replies"][0]["items"][1]["said"], "accept", "and in the reply: {listed}");
    assert_eq!(listed["replies"][0]["items"][0]["task"], task["id"], "a finding leads to its task");
    let after = shop.state();
    assert_eq!(shop.refused("import_reply", json!({ "path": path })).code, "reply-known", "once");
    assert_eq!(shop.state(), after, "what is refused leaves nothing");
    assert_eq!(shop.refused("undo", json!({ "seq": after.head.seq })).code, "cannot-undo", "it was said");
    shop.assert_sound();
}

fn shop_label(made: &Value) -> &str {
    made["tasks"][1]["title"].as_str().unwrap().strip_prefix("Frage der Prüfstelle: ").unwrap()
}

#[test]
fn a_reply_that_is_not_in_order_is_refused_by_its_row() {
    let mut shop = Shop::busy(Locale::En, None);
    let empty = reply_of(&mut shop);
    let before = shop.state();
    let row = 9; // The first requirement stands under eight rows of head.
    let first = cells(&empty, 0)[8][0].to_string();
    let mut check = |what: &str, bytes: &[u8], code: &str, says: &str| {
        let path = shop.write("reply.xlsx", bytes);
        let refused = shop.refused("import_reply", json!({ "path": path }));
        assert_eq!(refused.code, code, "{what}: {refused:?}");
        assert!(refused.message.contains(says), "{what}: {refused:?}");
        assert_eq!(shop.state(), before, "{what}: nothing was stored");
    };
    let one = |word: &str, comment: &str| filled(&empty, "Auditor", &[(&first, word, comment, "")]);
    let at = format!("Row {row} ");
    check("no name", &filled(&empty, "", &[(&first, "accept", "", "")]), "reply-nameless", "");
    check("nothing said", &filled(&empty, "Auditor", &[]), "reply-empty", "");
    check("a word that is none", &one("okay", "x"), "reply-row", &at);
    check("a finding without words", &one("finding", ""), "reply-row", &at);
    check("words without a reply", &one("", "what about this"), "reply-row", &at);
    check("a formula", &one("finding", "FORMULA =1+1"), "reply-row", &at);
    check("a card number", &one("finding", &format!("it says {}", crate::guard::card())), "card-data-found", "");
    check("no spreadsheet", b"hello", "not-a-reply", "");
    check("a broken one", &empty[..empty.len() / 2], "not-a-reply", "");
    let csv = |text: &str| text.replace("ID", &first);
    let workspace = cells(&empty, 0)[3][1].to_string();
    let head = format!("Auditor's name,A\nWorkspace,{workspace}\nId,Reply,Comment,Due\n");
    check("a day that is none", csv(&format!("{head}ID,finding,x,soon\n")).as_bytes(), "reply-row", "Row 4 ");
    check("an empty line before", csv(&format!("\n{head}\nID,finding,x,soon\n")).as_bytes(), "reply-row", "Row 6 ");
    check("no requirement", format!("{head}pci-dss-4.0.1:99.9,accept,,\n").as_bytes(), "reply-row", "Row 4 ");
    check("a formula", csv(&format!("{head}ID,finding,=1+1,\n")).as_bytes(), "reply-row", "Row 4 ");
    let elsewhere = head.replace(&workspace, "01990000-0000-7000-8000-00000000ffff");
    check("another workspace", csv(&format!("{elsewhere}ID,accept,,\n")).as_bytes(), "reply-elsewhere", "");
    check("too large", &vec![b'a'; 9 << 20], "reply-too-large", "");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, &vec![b' '; 80 << 20]).unwrap();
    check("a bomb", &zip.finish().unwrap().into_inner(), "reply-too-large", "");
    let text = csv(&format!(
        "\u{feff}Auditor's name;A;\nDay;20.11.2026;\nWorkspace;{workspace};\nId;Reply;Comment;Due\nID;Finding;\"two; and \"\"three\"\"\";24.12.2026\n"
    ));
    let path = shop.write("reply.csv", text.as_bytes());
    let made = shop.call("import_reply", json!({ "path": path }));
    assert_eq!((&made["said_on"], &made["tasks"][0]["due"]), (&json!("2026-11-20"), &json!("2026-12-24")), "{made}");
    assert!(made["tasks"][0]["description"].as_str().unwrap().starts_with("two; and \"three\""), "{made}");
    let kept = shop.write("kept.xlsx", &one("finding", &format!("it says {}", crate::guard::card())));
    let made = shop.call("import_reply", json!({ "path": kept, "allow_card_data": "a test number of the scheme" }));
    assert_eq!(made["findings"], 1, "kept for a reason");
    shop.assert_sound();
}

#[test]
fn the_spreadsheet_holds_texts_days_and_numbers_and_no_formula() {
    let mut shop = Shop::busy(Locale::De, None);
    shop.call("add_task", json!({ "title": "=HYPERLINK(\"http://x\")", "description": "+1", "due": "2026-12-31" }));
    let path = shop.path("results.xlsx");
    shop.call("export_spreadsheet", json!({ "path": path }));
    assert_eq!(shop.refused("export_spreadsheet", json!({ "path": path })).code, "file-exists", "never over a file");
    let bytes = std::fs::read(&path).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["Ergebnisse", "Maßnahmenplan", "Nachweisverzeichnis"]);
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty), "no formula in {name}");
    }
    let asked = shop.call("list_requirements", json!({}))["requirements"].as_array().unwrap().len();
    let results = cells(&bytes, 0);
    assert_eq!(results.len(), asked + 1, "one row a requirement");
    let answered = results.iter().find(|row| row[2].get_string() == Some("8.3.6")).unwrap();
    assert_eq!(
        (&answered[6], &answered[11]),
        (&Data::String("own words".into()), &Data::String("E-1".into())),
        "{answered:?}"
    );
    assert!(matches!(answered[8], Data::DateTime(_)), "a day is a day: {answered:?}");
    let plan = cells(&bytes, 1);
    assert!(plan.iter().any(|row| row[1] == Data::String("=HYPERLINK(\"http://x\")".into())), "a text: {plan:?}");
    let index = cells(&bytes, 2);
    assert_eq!(index[1][3], Data::Float(12.0), "bytes are a number: {index:?}");
}

#[test]
fn oscal_is_of_the_form_that_nist_published() {
    let mut shop = Shop::busy(Locale::De, None);
    shop.call("add_note", json!({ "requirements": ["gdpr:5.2"], "title": "  two\nlines ", "text": "x" }));
    let schema = include_str!("../../src-tauri/crates/bundle/tests/oscal/oscal_assessment-results_schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let instant = "2026-12-01T09:00:00Z".parse().unwrap();
    let mut made = [1, 2].map(|number| {
        shop.host.set(instant);
        let path = shop.path(&format!("{number}.json"));
        shop.call("export_oscal", json!({ "path": path }));
        std::fs::read_to_string(path).unwrap()
    });
    assert_eq!(made[0], made[1], "the same every time");
    let value: Value = serde_json::from_str(&std::mem::take(&mut made[0])).unwrap();
    let faults: Vec<String> =
        schema.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let results = value["assessment-results"]["results"].as_array().unwrap();
    assert_eq!(results.len(), 3, "one a list");
    let findings = results.iter().flat_map(|result| result["findings"].as_array().unwrap());
    let state = |id: &str| {
        let mut found = findings.clone().filter(|finding| finding["target"]["target-id"] == id);
        found.next().unwrap()["target"]["status"].clone()
    };
    assert_eq!(state("pci-dss-4.0.1_8.3.6"), json!({ "state": "satisfied", "reason": "pass" }));
    assert_eq!(state("pci-dss-4.0.1_6.3.3"), json!({ "state": "not-satisfied", "reason": "fail" }));
    assert_eq!(
        state("pci-dss-4.0.1_2.2.2"),
        json!({ "state": "not-satisfied", "reason": "other" }),
        "never met unanswered"
    );
    let mut wrong = value.clone();
    wrong["assessment-results"]["results"][0]["start"] = "yesterday".into();
    assert!(!schema.is_valid(&wrong), "the schema is not a formality");
}

#[test]
fn the_command_line_brings_a_reply_in() {
    let mut shop = Shop::busy(Locale::En, None);
    let empty = reply_of(&mut shop);
    let reply = shop.write("reply.xlsx", &filled(&empty, "Auditor", &[("gdpr:5.2", "question", "Who?", "")]));
    let (file, out) = (shop.path("shop.tillproof"), shop.path("out.xlsx"));
    shop.call("close_workspace", json!({}));
    let ran = tillproof(&["--json", "import-reply", &file, &reply]);
    assert_eq!((ran.code, ran.json()["questions"].clone()), (0, json!(1)), "{ran:?}");
    let ran = tillproof(&["--json", "import-reply", &file, &reply]);
    assert_eq!((ran.code, ran.error_code()), (1, "reply-known".to_owned()), "{ran:?}");
    let ran = tillproof(&["replies", &file]);
    assert!(ran.code == 0 && ran.out.contains("Auditor"), "{ran:?}");
    let ran = tillproof(&["spreadsheet", &file, "-o", &out]);
    let (json, ran_oscal) = (shop.path("out.json"), tillproof(&["oscal", &file, "-o", &shop.path("out.json")]));
    assert!(ran_oscal.code == 0 && std::fs::read_to_string(json).unwrap().contains("oscal-version"), "{ran_oscal:?}");
    assert!(ran.code == 0 && std::fs::read(&out).unwrap().starts_with(b"PK"), "{ran:?}");
}
