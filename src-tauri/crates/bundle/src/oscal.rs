//! The results as OSCAL assessment results (NIST OSCAL 1.1.3, JSON), for programs that read those.
//!
//! What OSCAL has no place for stands in properties under a name space of ours. A requirement that
//! is unanswered or not tested is not satisfied, with the reason `other`: OSCAL knows no third state.
//! Findings lead to their observations by links: the JSON schema of 1.1.3 has `related-observations`
//! in a form that no document can meet. There is no assessment plan; what a plan would say is said of the report.

use crate::page::label;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use tillproof_domain::answer::Verdict;
use tillproof_report::input::{AssessmentPart, EvidencePart, Report, RequirementPart};
use uuid::Uuid;

/// The version of OSCAL.
const VERSION: &str = "1.1.3";
/// Whose words the properties are.
const OURS: &str = "urn:tillproof:oscal";

/// The results. The same report gives the same bytes: every id follows from the workspace and what
/// it names (RFC 4122, version 5).
#[must_use]
pub fn json(report: &Report) -> Vec<u8> {
    let ids = Ids(Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:uuid:{}", report.workspace_id).as_bytes()));
    let party = ids.of("merchant");
    let plan = ids.of("plan");
    let mut resources = vec![json!({
        "uuid": plan,
        "title": "Plan of the assessment",
        "description": "There is no assessment plan in OSCAL. What was assessed, and how, stands in the report.",
        "rlinks": [{ "href": crate::write::file::REPORT, "media-type": "application/pdf" }],
    })];
    resources.extend(report.evidence.iter().map(|evidence| resource(&ids, evidence)));
    let results: Vec<Value> = report.assessments.iter().map(|one| result(&ids, report, one)).collect();
    let value = json!({ "assessment-results": {
        "uuid": ids.of(&format!("results {}", report.journal_seq)),
        "metadata": {
            "title": line(&format!("Tillproof: {}", report.merchant.name)),
            "last-modified": report.made_at.to_rfc3339(),
            "version": format!("journal entry {}", report.journal_seq),
            "oscal-version": VERSION,
            "props": [property("journal-head", &report.journal_head), property("tillproof-version", &report.app_version)],
            "roles": [{ "id": "assessor", "title": "Self-assessment by the merchant" }],
            "parties": [{ "uuid": party, "type": "organization", "name": line(&report.merchant.name) }],
            "responsible-parties": [{ "role-id": "assessor", "party-uuids": [party] }],
        },
        "import-ap": { "href": format!("#{plan}") },
        "results": results,
        "back-matter": { "resources": resources },
    }});
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}

struct Ids(Uuid);

impl Ids {
    fn of(&self, what: &str) -> String {
        Uuid::new_v5(&self.0, what.as_bytes()).to_string()
    }
}

/// A text in one line without white space around it; OSCAL has no empty ones.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { "-".to_owned() } else { words.join(" ") }
}

/// An id as OSCAL writes it: letters, digits, points, hyphens and low lines, a letter first.
fn token(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    if plain.starts_with(char::is_alphabetic) { plain } else { format!("_{plain}") }
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "ns": OURS, "value": line(value) })
}

fn day(day: NaiveDate) -> String {
    format!("{}T00:00:00Z", day.format("%Y-%m-%d"))
}

fn resource(ids: &Ids, evidence: &EvidencePart) -> Value {
    json!({
        "uuid": ids.of(&format!("resource {} {}", evidence.number, evidence.sha256)),
        "title": line(&format!("{} {}", evidence.number, evidence.name)),
        "props": [property("number", &evidence.number), property("version", &evidence.version.to_string())],
        "rlinks": [{
            "href": format!("{}#{}", crate::write::file::INDEX, token(&evidence.number)),
            "media-type": line(&evidence.media_type),
            "hashes": [{ "algorithm": "SHA-256", "value": evidence.sha256 }],
        }],
    })
}

fn result(ids: &Ids, report: &Report, one: &AssessmentPart) -> Value {
    let key = format!("{} {} {} {}", one.framework_name, one.framework_version, one.scope_name, one.period_start);
    let requirements: Vec<&RequirementPart> = one.sections.iter().flat_map(|section| &section.requirements).collect();
    let mut used: Vec<usize> =
        requirements.iter().flat_map(|requirement| requirement.evidence.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let observation =
        |evidence: &EvidencePart| ids.of(&format!("observation {key} {} {}", evidence.number, evidence.sha256));
    let observations: Vec<Value> = used
        .iter()
        .filter_map(|at| report.evidence.get(*at))
        .map(|evidence| {
            let mut value = json!({
                "uuid": observation(evidence),
                "title": line(&format!("{} {}", evidence.number, evidence.name)),
                "description": line(&format!("{}: {}", evidence.number, evidence.name)),
                "methods": ["EXAMINE"],
                "relevant-evidence": [{
                    "href": format!("#{}", ids.of(&format!("resource {} {}", evidence.number, evidence.sha256))),
                    "description": line(&evidence.name),
                }],
                "collected": day(evidence.collected_on),
            });
            if let Some(until) = evidence.counts_until {
                set(&mut value, "expires", day(until).into());
            }
            value
        })
        .collect();
    let findings: Vec<Value> = requirements
        .iter()
        .map(|requirement| {
            let related: Vec<Value> = requirement
                .evidence
                .iter()
                .filter_map(|at| report.evidence.get(*at))
                .map(|evidence| json!({ "href": format!("#{}", observation(evidence)), "rel": "related-observation" }))
                .collect();
            let mut value = finding(ids, &key, one, requirement);
            if !related.is_empty() {
                set(&mut value, "links", related.into());
            }
            value
        })
        .collect();
    let name = line(&format!("{} {}, {}", one.framework_name, one.framework_version, one.scope_name));
    let selection = if requirements.is_empty() {
        json!({ "include-all": {} })
    } else {
        let included = requirements.iter().map(|requirement| json!({ "control-id": token(&requirement.id) }));
        json!({ "include-controls": included.collect::<Vec<_>>() })
    };
    let mut value = json!({
        "uuid": ids.of(&format!("result {key}")),
        "title": name,
        "description": name,
        "start": day(one.period_start),
        "end": day(one.period_end),
        "props": [property("outcome", one.outcome.as_str())],
        "reviewed-controls": { "control-selections": [selection] },
    });
    for (name, list) in [("observations", observations), ("findings", findings)] {
        if !list.is_empty() {
            set(&mut value, name, list.into());
        }
    }
    value
}

fn finding(ids: &Ids, key: &str, one: &AssessmentPart, requirement: &RequirementPart) -> Value {
    let (state, reason) = match requirement.verdict {
        Verdict::InPlace | Verdict::InPlaceCcw => ("satisfied", "pass"),
        Verdict::NotApplicable => ("satisfied", "other"),
        Verdict::Partly | Verdict::NotInPlace => ("not-satisfied", "fail"),
        Verdict::NotTested | Verdict::Unanswered => ("not-satisfied", "other"),
    };
    let verdict = label(one, requirement.verdict);
    let said = [requirement.justification.trim(), requirement.note.trim()];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    let description = if said.is_empty() { verdict.to_owned() } else { format!("{verdict}\n\n{}", said.join("\n\n")) };
    json!({
        "uuid": ids.of(&format!("finding {key} {}", requirement.id)),
        "title": line(&format!("{} {}", requirement.label, requirement.title)),
        "description": description,
        "props": [property("verdict", requirement.verdict.as_str()), property("requirement", &requirement.id)],
        "target": {
            "type": "objective-id",
            "target-id": token(&requirement.id),
            "status": { "state": state, "reason": reason },
        },
    })
}

fn set(value: &mut Value, name: &str, to: Value) {
    value.as_object_mut().unwrap_or(&mut Map::new()).insert(name.to_owned(), to);
}
