//! What an archive and somebody who does not see the page need: tags, colours, attachment. Named
//! assertions in the place of a validator, by the rules of PDF/A-3 level A (ISO 19005-3, "A3") and
//! of the tags (ISO 32000-1, 14.7 and 14.8).

use crate::fixture::{empty, hard, shop};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::locale::Locale;
use tillproof_domain::report::ReportKind;
use tillproof_report::input::{Logo, Report};
use tillproof_report::machine;
use tillproof_report::redact::redacted;
use tillproof_report::render;

struct File {
    bytes: Vec<u8>,
    document: Document,
}

fn file(report: &Report) -> File {
    let bytes = render(report, &mut |_, _| true).expect("a report").pdf;
    let document = Document::load_mem(&bytes).expect("a PDF");
    File { bytes, document }
}

fn with_logo() -> Report {
    let mut report = shop(Locale::De);
    report.logo = Some(Logo { width: 2, height: 1, rgb: vec![200, 30, 30, 30, 30, 200] });
    report
}

fn all() -> Vec<(&'static str, Report)> {
    let kind = |kind| {
        let mut report = shop(Locale::De);
        report.choice.kind = kind;
        report
    };
    vec![
        ("shop", shop(Locale::En)),
        ("logo", with_logo()),
        ("hard", hard(Locale::De)),
        ("empty", empty(Locale::En)),
        ("executive", kind(ReportKind::Executive)),
        ("action plan", kind(ReportKind::ActionPlan)),
    ]
}

impl File {
    fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("a catalogue")
    }

    fn follow<'a>(&'a self, object: &'a Object) -> &'a Object {
        match object {
            Object::Reference(id) => self.document.get_object(*id).expect("an object"),
            other => other,
        }
    }

    fn entry<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a Object {
        let found = dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key} in {dictionary:?}"));
        self.follow(found)
    }

    fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a Dictionary {
        match self.entry(dictionary, key) {
            Object::Dictionary(found) => found,
            Object::Stream(stream) => &stream.dict,
            other => panic!("{key} is {other:?}"),
        }
    }
}

#[test]
fn a3_6_1_the_file_has_its_header_identity_and_no_lock() {
    for (name, report) in all() {
        let file = file(&report);
        let second = file.bytes.split(|byte| *byte == b'\n').nth(1).expect("a line");
        assert!(second.len() > 4 && second[0] == b'%', "{name}: the second line is no comment");
        assert!(
            second[1..5].iter().all(|byte| *byte > 127),
            "{name}: the comment does not say that the file is binary"
        );
        let trailer = &file.document.trailer;
        let identity = trailer.get(b"ID").and_then(Object::as_array).expect("an identity");
        let said = identity[0].as_str().expect("a text");
        assert!(said.len() == 16 && said.iter().any(|byte| *byte != 0), "{name}: no identity");
        assert!(trailer.get(b"Encrypt").is_err(), "{name}: locked");
    }
}

#[test]
fn a3_6_2_colours_are_tied_to_a_profile_and_nothing_is_transparent() {
    for (name, report) in all() {
        let file = file(&report);
        let intents = file.entry(file.catalog(), "OutputIntents").as_array().expect("intents");
        assert_eq!(intents.len(), 1, "{name}");
        let intent = file.follow(&intents[0]).as_dict().expect("an intent");
        assert_eq!(intent.get(b"S").and_then(Object::as_name).ok(), Some(&b"GTS_PDFA1"[..]), "{name}");
        let profile = file.entry(intent, "DestOutputProfile").as_stream().expect("a profile");
        let bytes = profile.get_plain_content().expect("bytes");
        assert_eq!(&bytes[36..40], b"acsp", "{name}: no ICC profile");
        assert_eq!(&bytes[16..20], b"RGB ", "{name}: not for RGB");
        for (id, object) in &file.document.objects {
            let Ok(dictionary) = dictionary_of(object) else { continue };
            for key in ["SMask", "Group", "TR", "TR2", "HTP", "OPI", "Ref", "Alternates", "PS"] {
                assert!(!dictionary.has(key.as_bytes()), "{name}: {id:?} has {key}");
            }
            for key in [&b"ca"[..], b"CA"] {
                let Ok(value) = dictionary.get(key).and_then(Object::as_float) else { continue };
                assert!((value - 1.0).abs() < f32::EPSILON, "{name}: {id:?} is transparent");
            }
        }
    }
}

fn dictionary_of(object: &Object) -> Result<&Dictionary, lopdf::Error> {
    match object {
        Object::Stream(stream) => Ok(&stream.dict),
        other => other.as_dict(),
    }
}

#[test]
fn a3_6_2_11_every_font_is_inside_and_can_be_read_back() {
    for (name, report) in all() {
        let file = file(&report);
        let mut fonts = 0;
        for object in file.document.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if font.get(b"Type").and_then(Object::as_name).ok() != Some(b"Font") {
                continue;
            }
            match font.get(b"Subtype").and_then(Object::as_name).expect("a subtype") {
                b"Type0" => {
                    fonts += 1;
                    assert!(font.has(b"ToUnicode"), "{name}: what a font draws cannot be read back");
                    assert_eq!(font.get(b"Encoding").and_then(Object::as_name).ok(), Some(&b"Identity-H"[..]));
                }
                b"CIDFontType2" => {
                    let map = font.get(b"CIDToGIDMap").and_then(Object::as_name).expect("a map");
                    assert_eq!(map, b"Identity", "{name}");
                    let descriptor = file.dictionary(font, "FontDescriptor");
                    assert!(descriptor.has(b"FontFile2"), "{name}: a font is not inside");
                }
                other => panic!("{name}: a font of the kind {:?}", String::from_utf8_lossy(other)),
            }
        }
        assert!(fonts > 0, "{name}: no fonts");
    }
}

#[test]
fn a3_6_3_links_are_printed_and_say_where_they_lead() {
    let file = file(&shop(Locale::En));
    let links: Vec<&Dictionary> = file
        .document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|one| one.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Link"))
        .collect();
    assert!(links.len() > 100, "{} links", links.len());
    for link in links {
        assert_eq!(link.get(b"F").and_then(Object::as_i64).ok(), Some(4), "a link that is not printed: {link:?}");
        assert!(link.has(b"StructParent"), "a link outside the tree: {link:?}");
        let words = link.get(b"Contents").and_then(Object::as_str).expect("words");
        assert!(!words.is_empty(), "a link without words");
    }
}

#[test]
fn a3_6_6_the_metadata_says_what_the_file_says() {
    for (name, report) in all() {
        let file = file(&report);
        let metadata = file.entry(file.catalog(), "Metadata").as_stream().expect("metadata");
        assert!(!metadata.dict.has(b"Filter"), "{name}: the metadata is packed");
        let xmp = String::from_utf8(metadata.content.clone()).expect("UTF-8");
        for said in ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"] {
            assert!(xmp.contains(said), "{name}: {said} is missing");
        }
        let info = file.dictionary(&file.document.trailer, "Info");
        for key in ["Title", "Author", "Subject", "Keywords", "Creator", "Producer"] {
            let text = lopdf::decode_text_string(file.entry(info, key)).expect("a text");
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let plain = escaped.replace(['\n', '\t', '\r'], " ");
            assert!(xmp.contains(&format!(">{plain}<")), "{name}: the metadata does not have {key} {plain:?}: {xmp}");
        }
    }
}

#[test]
fn a3_6_8_the_report_is_attached_as_data() {
    let report = shop(Locale::De);
    let file = file(&report);
    let associated = file.entry(file.catalog(), "AF").as_array().expect("associated files");
    assert_eq!(associated.len(), 1);
    let attached = file.follow(&associated[0]).as_dict().expect("a file");
    assert_eq!(attached.get(b"AFRelationship").and_then(Object::as_name).ok(), Some(&b"Data"[..]));
    for key in ["F", "UF"] {
        assert_eq!(file.entry(attached, key).as_str().ok(), Some(&b"report.json"[..]), "{key}");
    }
    let inside = file.entry(file.dictionary(attached, "EF"), "F").as_stream().expect("a stream");
    assert_eq!(inside.dict.get(b"Subtype").and_then(Object::as_name).ok(), Some(&b"application/json"[..]));
    assert_eq!(inside.get_plain_content().expect("bytes"), machine::json(&report));
    let names = file.dictionary(file.dictionary(file.catalog(), "Names"), "EmbeddedFiles");
    assert_eq!(file.entry(names, "Names").as_array().map(Vec::len).ok(), Some(2));
}

/// The tree as a person would write it down: the types, each with its children.
struct Tree<'a> {
    file: &'a File,
    /// Pieces by page: the number on the page, and the element it belongs to.
    pieces: BTreeMap<ObjectId, BTreeMap<i64, ObjectId>>,
    types: Vec<(usize, String)>,
}

impl Tree<'_> {
    fn walk(&mut self, id: ObjectId, above: ObjectId, depth: usize) {
        let file = self.file;
        let element = file.document.get_dictionary(id).expect("an element");
        let said = element.get(b"P").and_then(Object::as_reference).expect("a parent");
        assert_eq!(said, above, "an element has another parent than the one it stands in: {element:?}");
        let kind = element.get(b"S").and_then(Object::as_name).expect("a type");
        let kind = String::from_utf8_lossy(kind).into_owned();
        if kind == "Figure" {
            let words = element.get(b"Alt").and_then(Object::as_str).expect("words for a figure");
            assert!(words.len() > 4, "a figure without words");
        }
        self.types.push((depth, kind.clone()));
        let Ok(kids) = element.get(b"K") else {
            assert!(["TD", "TH"].contains(&kind.as_str()), "{kind} with nothing in it");
            return;
        };
        let kids = kids.as_array().cloned().unwrap_or_else(|_| vec![kids.clone()]);
        for kid in kids {
            match kid {
                Object::Integer(number) => {
                    let page = element.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    self.piece(page, number, id);
                }
                Object::Dictionary(kid) if kid.has(b"MCID") => {
                    let page = kid.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    self.piece(page, kid.get(b"MCID").and_then(Object::as_i64).expect("a number"), id);
                }
                Object::Dictionary(kid) => {
                    assert_eq!(kind, "Link", "a link's area in something else");
                    assert!(kid.has(b"Obj"), "{kid:?}");
                }
                Object::Reference(kid) => self.walk(kid, id, depth + 1),
                other => panic!("{other:?} in {kind}"),
            }
        }
    }

    fn piece(&mut self, page: ObjectId, number: i64, element: ObjectId) {
        let before = self.pieces.entry(page).or_default().insert(number, element);
        assert_eq!(before, None, "a piece of a page is in the tree twice");
    }
}

fn tree(file: &File) -> Tree<'_> {
    let id = file.catalog().get(b"StructTreeRoot").and_then(Object::as_reference).expect("a tree");
    let root = file.document.get_dictionary(id).expect("a root");
    let top = file.entry(root, "K").as_array().expect("kids")[0].as_reference().expect("the document");
    let mut tree = Tree { file, pieces: BTreeMap::new(), types: Vec::new() };
    tree.walk(top, id, 0);
    tree
}

/// What a page marks: the numbers of its pieces, in order. Everything drawn must be marked.
fn marked(file: &File, page: ObjectId) -> Vec<i64> {
    let content = file.document.get_and_decode_page_content(page).expect("content");
    let mut open: Vec<bool> = Vec::new();
    let mut numbers = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BMC" => open.push(false),
            "BDC" => {
                let properties = operation.operands[1].as_dict().expect("properties");
                if let Ok(number) = properties.get(b"MCID").and_then(Object::as_i64) {
                    assert!(open.is_empty(), "a piece in a piece");
                    numbers.push(number);
                }
                open.push(true);
            }
            "EMC" => assert!(open.pop().is_some(), "an end without a beginning"),
            "Tj" | "TJ" | "f" | "S" | "B" | "re" | "Do" => {
                assert!(!open.is_empty(), "{} is neither in the tree nor decoration", operation.operator);
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "a beginning without an end");
    numbers
}

#[test]
fn tags_every_piece_of_every_page_is_in_the_tree_once() {
    for (name, report) in all() {
        let file = file(&report);
        let mark_info = file.dictionary(file.catalog(), "MarkInfo");
        assert_eq!(mark_info.get(b"Marked").and_then(Object::as_bool).ok(), Some(true), "{name}");
        let tree = tree(&file);
        let root = file.dictionary(file.catalog(), "StructTreeRoot");
        let numbers = file.entry(file.dictionary(root, "ParentTree"), "Nums").as_array().expect("numbers").clone();
        let parents: BTreeMap<i64, &Object> =
            numbers.chunks(2).map(|pair| (pair[0].as_i64().expect("a key"), file.follow(&pair[1]))).collect();
        for page in file.document.get_pages().into_values() {
            let numbers = marked(&file, page);
            let expected: Vec<i64> = (0..).take(numbers.len()).collect();
            assert_eq!(numbers, expected, "{name}: the pieces of a page are not counted up");
            let empty = BTreeMap::new();
            let known = tree.pieces.get(&page).unwrap_or(&empty);
            assert_eq!(known.keys().copied().collect::<Vec<_>>(), expected, "{name}: a piece is not in the tree");
            let key = file.document.get_dictionary(page).and_then(|page| page.get(b"StructParents")).expect("a key");
            let owners = parents[&key.as_i64().expect("a number")].as_array().expect("owners");
            for (number, owner) in owners.iter().enumerate() {
                let owner = owner.as_reference().expect("an element");
                assert_eq!(known[&(number as i64)], owner, "{name}: the way back leads elsewhere");
            }
        }
    }
}

#[test]
fn tags_tables_lists_and_headings_are_whole() {
    for (name, report) in all() {
        let file = file(&report);
        let tree = tree(&file);
        let mut above: Vec<String> = Vec::new();
        let mut levels = 0;
        let mut seen = BTreeSet::new();
        for (depth, kind) in &tree.types {
            above.truncate(*depth);
            let parent = above.last().map(String::as_str);
            let allowed: &[&str] = match kind.as_str() {
                "LI" => &["L"],
                "Lbl" | "LBody" => &["LI"],
                "THead" | "TBody" => &["Table"],
                "TR" => &["THead", "TBody"],
                "TH" => &["TR"],
                "TD" => &["TR"],
                "TOCI" => &["TOC"],
                "H1" | "H2" | "H3" => &["Sect"],
                _ => &[],
            };
            if !allowed.is_empty() {
                assert!(parent.is_some_and(|parent| allowed.contains(&parent)), "{name}: {kind} in {parent:?}");
            }
            if let Some(level) = kind.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
                assert!(level <= levels + 1, "{name}: a heading of level {level} after one of level {levels}");
                levels = level;
            }
            seen.insert(kind.clone());
            above.push(kind.clone());
        }
        if name == "shop" {
            for kind in ["H1", "H2", "H3", "P", "L", "Table", "TH", "TD", "TOCI", "Link", "Figure"] {
                assert!(seen.contains(kind), "no {kind} in the shop's report");
            }
        }
    }
}

#[test]
fn two_pages_are_two_pages() {
    for base in [shop(Locale::De), hard(Locale::De), hard(Locale::En), empty(Locale::De)] {
        let mut report = base;
        report.choice.kind = ReportKind::Executive;
        let rendered = render(&report, &mut |_, _| true).expect("a report");
        assert_eq!(rendered.pages, 2, "{}", report.merchant.name);
        let document = Document::load_mem(&rendered.pdf).expect("a PDF");
        assert_eq!(document.get_pages().len(), 2, "{}", report.merchant.name);
    }
}

#[test]
fn redacted_leaves_out_names_and_notes_and_keeps_hashes() {
    let report = shop(Locale::En);
    let hidden = redacted(report.clone()).expect("words");
    let json = String::from_utf8(machine::json(&hidden)).expect("UTF-8");
    for secret in [
        "Anna Björnsdóttir",
        "Checked on 14 November",
        "Incident plan v3.docx",
        "Order the quarterly scan",
        "We keep no card data",
    ] {
        let before = String::from_utf8(machine::json(&report)).expect("UTF-8");
        assert!(before.contains(secret), "the fixture does not say {secret:?}");
        assert!(!json.contains(secret), "{secret:?} is still there");
    }
    for evidence in &report.evidence {
        assert!(json.contains(&evidence.sha256), "a hash is gone");
    }
    assert!(json.contains(&report.merchant.name), "the merchant is gone");
}

#[test]
fn the_data_of_a_short_report_says_no_more_than_its_pages() {
    let of = |kind| {
        let mut report = shop(Locale::En);
        report.choice.kind = kind;
        report.tasks[0].comments =
            vec![(tillproof_domain::time::Timestamp(1), "Ada".into(), "Asked them twice".into())];
        String::from_utf8(machine::json(&report)).expect("UTF-8")
    };
    let [full, plan, executive] = [ReportKind::Full, ReportKind::ActionPlan, ReportKind::Executive].map(of);
    for (text, in_plan) in [
        ("Checked on 14 November", false),
        ("Incident plan v3.docx", false),
        ("We keep no card data", false),
        ("Asked them twice", true),
        ("nothing proves it.", true),
    ] {
        assert!(full.contains(text), "the full report does not say {text:?}");
        assert_eq!(plan.contains(text), in_plan, "{text:?} in the plan");
        assert!(!executive.contains(text), "{text:?} in the executive report");
    }
    for short in [&plan, &executive] {
        assert!(short.contains("Order the quarterly scan"), "its tasks are gone");
        assert!(short.contains("\"verdict\": \"not-in-place\""), "its verdicts are gone");
    }
}
