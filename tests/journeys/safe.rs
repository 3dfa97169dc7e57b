//! A workspace is kept safe: dated copies that are read back, restored ones that say the same, changes
//! of others that are noticed.

use serde_json::{Value, json};
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_store::SqliteStore;
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::{KEY, Shop, assert_sound, file_names, state};

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";

/// The names of the dated copies, the oldest first.
fn copies(shop: &Shop) -> Vec<String> {
    let folder = shop.folder().join("shop backups");
    if folder.exists() { file_names(&folder) } else { Vec::new() }
}

fn change(shop: &mut Shop, note: &str) {
    shop.call("answer_requirement", json!({ "requirement": REQUIREMENT, "note": note }));
}

#[test]
fn a_dated_copy_is_made_when_it_is_time_and_something_was_changed() {
    for passphrase in [None, Some(KEY)] {
        let mut shop = Shop::busy(Locale::En, passphrase);
        let first = shop.call("auto_backup", json!({}));
        assert_eq!(first["outcome"], "made", "there was none");
        assert_eq!(copies(&shop), ["shop.2026-11-22-100019.tillproof"], "named by its moment, beside the file");
        assert_eq!(first["journal"], shop.call("workspace_info", json!({}))["journal"], "it has the whole journal");
        let checked = &first["checked"];
        assert_eq!((&checked["evidence"], &checked["evidence_left"]), (&json!(1), &json!(0)), "all was read back");
        assert!(checked["rows"].as_u64() > Some(20), "rows were compared: {checked}");

        let again = shop.call("auto_backup", json!({ "every_hours": 0 }));
        assert_eq!((&again["outcome"], &again["path"]), (&json!("unchanged"), &first["path"]), "nothing was changed");
        change(&mut shop, "later");
        assert_eq!(shop.call("auto_backup", json!({}))["outcome"], "recent", "twenty hours have not passed");
        shop.host.wait_days(1);
        let next = shop.call("auto_backup", json!({}));
        assert_eq!(next["outcome"], "made", "a day has");
        assert_eq!(copies(&shop).len(), 2, "both are there");
        assert_eq!(shop.call("auto_backup", json!({ "force": true }))["outcome"], "made", "on the person's word");
        assert_sound(&SqliteStore::open(Path::new(next["path"].as_str().unwrap()), passphrase).unwrap());
    }
}

#[test]
fn the_oldest_go_and_nothing_else_does() {
    let mut shop = Shop::busy(Locale::En, Some(KEY));
    let folder = shop.folder().join("shop backups");
    shop.call("auto_backup", json!({}));
    // Names that only look alike, another workspace under such a name, and a damaged one, all older.
    let mut other = Shop::new(Locale::En, None);
    let second = json!({ "path": other.path("second.tillproof"), "name": "Other", "locale": "en", "passphrase": KEY });
    other.call("create_workspace", second);
    let foreign = folder.join("shop.2020-01-01-000000.tillproof");
    other.call("backup_workspace", json!({ "path": other.path("copy.tillproof") }));
    std::fs::copy(other.path("copy.tillproof"), &foreign).unwrap();
    std::fs::write(folder.join("shop.2020-01-02-000000.tillproof"), vec![5; 2 * 16_384]).unwrap();
    for name in ["shop.2020-01-03.tillproof", "shop.2020-01-03-000000.tillproof.part", "notes.txt"] {
        std::fs::write(folder.join(name), "mine").unwrap();
    }
    std::fs::create_dir(folder.join("shop.2020-01-04-000000.tillproof")).unwrap();
    let strange = file_names(&folder).len() - 1;
    for day in 0..5 {
        shop.host.wait_days(1);
        change(&mut shop, &format!("day {day}"));
        let done = shop.call("auto_backup", json!({ "keep": 3 }));
        assert_eq!(done["outcome"], "made", "day {day}");
        assert_eq!(done["removed"].as_array().unwrap().len(), usize::from(day >= 2), "day {day}: {done}");
        assert_eq!(done["left"].as_array().unwrap().len(), 1, "the damaged one stays: {done}");
    }
    assert_eq!(
        file_names(&folder).len(),
        strange + 3,
        "three are kept, and what is not ours: {:?}",
        file_names(&folder)
    );
    let listed = shop.call("list_backups", json!({}));
    let listed: Vec<(&str, &str)> = listed["backups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["state"].as_str().unwrap()))
        .collect();
    assert_eq!(listed.len(), 4, "three and the damaged one: {listed:?}");
    assert!(listed[0].0 > listed[1].0 && listed[1].0 > listed[2].0, "the newest first: {listed:?}");
    // Without its passphrase a damaged page cannot be told from another passphrase.
    assert_eq!(listed[3].1, "other-passphrase", "{listed:?}");
}

#[test]
fn after_a_new_passphrase_the_old_copies_stay_and_say_so() {
    let mut shop = Shop::busy(Locale::En, Some("before"));
    shop.call("auto_backup", json!({}));
    shop.call("change_passphrase", json!({ "current": "before", "new": "after" }));
    let done = shop.call("auto_backup", json!({ "keep": 1 }));
    assert_eq!(
        done["outcome"], "made",
        "the old one does not count: nobody could open it with the passphrase of today"
    );
    assert_eq!(done["left"].as_array().unwrap().len(), 1, "{done}");
    let listed = shop.call("list_backups", json!({}));
    assert_eq!(listed["backups"][0]["state"], "readable");
    assert_eq!(listed["backups"][1]["state"], "other-passphrase");
    assert_eq!(copies(&shop).len(), 2, "nothing was removed that could not be opened");
}

#[test]
fn what_is_restored_says_the_same_to_the_last_byte_of_evidence() {
    for passphrase in [None, Some(KEY)] {
        let mut shop = Shop::busy(Locale::De, passphrase);
        let large = shop.write("large.bin", &vec![3; 5 << 20]);
        shop.call("attach_evidence", json!({ "requirements": ["gdpr:5.2"], "paths": [large] }));
        let dated = shop.call("auto_backup", json!({}))["path"].clone();
        let by_hand = shop.path("copy.tillproof");
        let written = shop.call("backup_workspace", json!({ "path": by_hand }));
        assert_eq!(written["checked"]["evidence"], 2, "every content was hashed: {written}");
        assert_eq!(written["checked"]["evidence_bytes"], (5 << 20) + 12, "{written}");
        let before = shop.state();
        change(&mut shop, "a change that is lost");
        for (number, backup) in [dated, json!(by_hand)].into_iter().enumerate() {
            let path = shop.path(&format!("restored {number}.tillproof"));
            shop.call("restore_workspace", json!({ "backup": backup, "path": path, "passphrase": passphrase }));
            change(&mut shop, "work goes on");
            shop.call("close_workspace", json!({}));
            let restored = SqliteStore::open(path.as_ref(), passphrase).unwrap();
            assert_sound(&restored);
            assert_eq!(state(&restored).head.seq, before.head.seq + 1, "all that was there, and one change");
            drop(restored);
            let again = shop.path(&format!("again {number}.tillproof"));
            shop.call("restore_workspace", json!({ "backup": backup, "path": again, "passphrase": passphrase }));
            assert_eq!(state(&SqliteStore::open(again.as_ref(), passphrase).unwrap()), before, "an equal dump");
        }
    }
}

#[test]
fn a_change_of_somebody_else_is_noticed() {
    let mut shop = Shop::busy(Locale::En, None);
    let seq = shop.call("workspace_info", json!({}))["journal"]["seq"].clone();
    let quiet = shop.call("changed_since", json!({ "seq": seq }));
    assert_eq!((&quiet["changed"], &quiet["subjects"]), (&json!(false), &json!([])), "nobody wrote");
    let since = json!({ "seq": seq, "version": quiet["version"] });
    change(&mut shop, "in this window");
    assert_eq!(shop.call("changed_since", since.clone())["changed"], false, "this window's own changes do not count");
    let mut other = tillproof_api::session::Session::new();
    let mut call = |command: &str, request: Value| {
        tillproof_api::dispatch::dispatch(&mut other, &shop.host, command, request).expect("the other window works")
    };
    call("open_workspace", json!({ "path": shop.file }));
    call("answer_requirement", json!({ "requirement": REQUIREMENT, "note": "from the other window" }));
    call("set_profile", json!({ "staff": 9 }));
    let loud = shop.call("changed_since", since);
    assert_eq!((&loud["changed"], &loud["people"]), (&json!(true), &json!(["Test"])), "{loud}");
    let touched = loud["subjects"].as_array().unwrap();
    assert!(touched.contains(&json!(REQUIREMENT)) && touched.len() == 2, "the answer and the profile: {loud}");
    assert_eq!(loud["replaced"], false, "the file is the same");
}

#[test]
fn whoever_saw_an_older_state_is_told_and_nothing_is_overwritten() {
    let mut shop = Shop::busy(Locale::En, None);
    let evidence = shop.call("list_evidence", json!({}))["evidence"][0].clone();
    let (id, rev) = (evidence["id"].clone(), evidence["rev"].as_i64().unwrap());
    let scan = shop.path("scan.txt");
    let overview = shop.call("overview", json!({}));
    let criteria = overview["frameworks"].as_array().into_iter().flatten();
    let criterion = criteria.flat_map(|one| one["criteria"].as_array().cloned().unwrap_or_default()).next();
    let criterion = criterion.or_else(|| find(&overview, "criteria")).expect("SAQ A has criteria");
    let profile = shop.call("workspace_info", json!({}))["profile"]["rev"].as_i64().unwrap();
    let criterion_of = |rev: i64| json!({ "criterion": criterion["id"], "confirmed": true, "rev": rev });
    let before = shop.state();
    for (command, request) in [
        ("set_evidence", json!({ "evidence": id, "valid_until": "2027-01-01", "rev": rev - 1 })),
        ("replace_evidence", json!({ "evidence": id, "path": scan, "rev": rev + 1 })),
        ("remove_evidence", json!({ "evidence": id, "reason": "old", "rev": rev - 1 })),
        ("confirm_criterion", criterion_of(1)),
        ("set_profile", json!({ "staff": 3, "rev": profile - 1 })),
    ] {
        assert_eq!(shop.refused(command, request).code, "conflict", "{command}");
    }
    assert_eq!(shop.state(), before, "nothing was overwritten");
    assert_eq!(criterion["rev"], 0, "nobody has said anything yet");
    shop.call("confirm_criterion", criterion_of(0));
    assert_eq!(shop.refused("confirm_criterion", criterion_of(0)).code, "conflict", "somebody has, now");
    shop.call("set_evidence", json!({ "evidence": id, "valid_until": "2027-01-01", "rev": rev }));
    shop.call("set_profile", json!({ "staff": 3, "rev": profile }));
}

/// The first entry of the first list with this name.
fn find(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Object(fields) => fields
            .get(name)
            .and_then(|list| list.get(0).cloned())
            .or_else(|| fields.values().find_map(|field| find(field, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_was_replaced_is_not_written() {
    for opened_again in [false, true] {
        let mut shop = Shop::busy(Locale::En, None);
        if opened_again {
            let file = shop.file.display().to_string();
            shop.call("close_workspace", json!({}));
            shop.call("open_workspace", json!({ "path": file }));
        }
        shop.call("backup_workspace", json!({ "path": shop.path("newer.tillproof") }));
        let before = std::fs::read(shop.path("newer.tillproof")).unwrap();
        std::fs::rename(shop.path("newer.tillproof"), &shop.file).unwrap();
        let note = json!({ "requirement": REQUIREMENT, "note": "into the void" });
        let refused = shop.refused("answer_requirement", note);
        assert_eq!(refused.code, "workspace-replaced", "opened again: {opened_again}: {refused:?}");
        assert_eq!(shop.call("changed_since", json!({ "seq": 1 }))["replaced"], true, "and it can be noticed before");
        assert_eq!(std::fs::read(&shop.file).unwrap(), before, "the other file is as it came");
    }
}

#[test]
fn the_place_of_a_file_is_said_with_advice() {
    let mut shop = Shop::new(Locale::De, None);
    let info = shop.call("workspace_info", json!({}));
    assert_eq!(info["place"], json!({ "kind": "local", "name": "", "advice": "" }), "a folder like any other");
    std::fs::create_dir(shop.path("Nextcloud")).unwrap();
    let path = shop.path("Nextcloud/laden.tillproof");
    let made = json!({ "path": path, "name": "Laden", "locale": "de", "unencrypted": true });
    let made = shop.call("create_workspace", made);
    assert_eq!((&made["place"]["kind"], &made["place"]["name"]), (&json!("synced"), &json!("Nextcloud")), "{made}");
    let advice = made["place"]["advice"].as_str().unwrap();
    assert!(advice.contains("Nextcloud mit anderen Geräten abgleicht"), "{advice}");
    assert_eq!(shop.call("open_workspace", json!({ "path": path }))["place"]["kind"], "synced", "also when opened");
}

#[test]
fn the_command_line_makes_and_lists_dated_copies() {
    let mut shop = Shop::busy(Locale::En, None);
    shop.call("close_workspace", json!({}));
    let file = shop.file.display().to_string();
    let folder = shop.path("elsewhere");
    let at = |day: &str, more: &[&str]| {
        let now = format!("2026-11-{day}T08:00:00+01:00");
        let mut arguments = vec!["--json", "--now", &now, "backup", &file, "--auto", "--folder", &folder];
        arguments.extend(more);
        let ran = tillproof(&arguments);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.json()
    };
    assert_eq!(at("23", &[])["outcome"], "made");
    assert_eq!(at("24", &[])["outcome"], "unchanged");
    assert_eq!(at("24", &["--force"])["outcome"], "made");
    assert_eq!(at("25", &["--force", "--keep", "2"])["removed"].as_array().unwrap().len(), 1);
    assert_eq!(file_names(folder.as_ref()), ["shop.2026-11-24-070000.tillproof", "shop.2026-11-25-070000.tillproof"]);
    let listed = tillproof(&["backups", &file, "--folder", &folder]);
    assert!(listed.out.contains("2026-11-25T07:00:00Z  readable") && listed.out.contains("backups: 2"), "{listed:?}");
    let by_hand = tillproof(&["backup", &file, &shop.path("copy.tillproof")]);
    assert!(by_hand.code == 0 && by_hand.out.contains("checked:") && by_hand.out.contains("rows:"), "{by_hand:?}");
    for wrong in
        [vec!["backup", &file], vec!["backup", &file, "x", "--auto"], vec!["backup", &file, "x", "--keep", "2"]]
    {
        assert_eq!(tillproof(&wrong).code, 2, "{wrong:?} is wrong use");
    }
    let info = tillproof(&["info", &file]);
    assert!(info.out.contains("place:") && info.out.contains("kind: local"), "{info:?}");
}

#[test]
fn a_cancelled_copy_leaves_nothing_behind() {
    let shop = Shop::busy(Locale::En, None);
    let store = shop.store();
    for stop in [1, 2, 3] {
        let mut asked = 0;
        let stopped = store.back_up(shop.path("copy.tillproof").as_ref(), u64::MAX, &mut |_, _| {
            asked += 1;
            asked < stop
        });
        if stopped.is_ok() {
            assert!(asked < stop, "it was over before");
            std::fs::remove_file(shop.path("copy.tillproof")).unwrap();
        }
        assert_eq!(file_names(shop.folder()).iter().filter(|name| name.starts_with("copy")).count(), 0, "{stop}");
    }
}
