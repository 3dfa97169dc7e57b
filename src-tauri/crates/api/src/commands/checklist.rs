//! Checklists that a merchant or a consultant brings, newer versions of a framework, and the starter
//! list of a record of processing.

use super::assessment::{find_assessment, find_framework, refuse_twin};
use super::{commit, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::{Session, shipped};
use crate::types::Empty;
use crate::types::checklist::{
    CarriedOver, CarryOver, ChangedRequirement, ChecklistImported, ImportChecklist, ProcessingActivity,
    ProcessingStarter, VersionChanges,
};
use crate::view::{Snapshot, count};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use tillproof_catalog::{Fault, FaultKind, Files, LIMIT_BYTES, LIMIT_FILES};
use tillproof_domain::answer::{Answer, Progress};
use tillproof_domain::assessment::Assessment;
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::framework::Framework;
use tillproof_domain::id::{AssessmentId, RequirementId};
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Store};

/// Folders in folders that are looked into: framework, section.
const DEPTH: usize = 3;
/// Faults that one error names; an author mends these first.
const FAULTS_NAMED: usize = 10;

/// Brings a checklist into the workspace: the merchant's own, or a consultant's. It is checked as
/// strictly as the shipped ones, and kept with the very files it came in.
///
/// # Errors
/// The folder cannot be read, is too large, or has a fault; each fault is named by file, id and
/// field. Or assessments already use a checklist with this id and other contents.
pub fn import_checklist(
    session: &mut Session,
    host: &dyn Host,
    request: ImportChecklist,
) -> Result<ChecklistImported, Error> {
    session.store()?;
    let locale = host.locale();
    let folder = paths::allowed(host, &request.path)?;
    let files = read_folder(host, &folder)?;
    let texts = as_text(&files).map_err(|fault| faulty(&folder, &[fault], locale))?;
    let transaction = session.store_mut()?.begin()?;
    // Checked against everything but an earlier state of itself.
    let mut known = shipped()?.as_ref().clone();
    let imported = transaction.checklists()?;
    let id = own_id(&files);
    for other in imported.iter().filter(|other| Some(other.framework.as_str()) != id.as_deref()) {
        if let Ok(with) = known.with([&crate::session::files(other)]) {
            known = with;
        }
    }
    let catalog = known.with([&files]).map_err(|faults| faulty(&folder, &faults, locale))?;
    let framework = catalog.frameworks.last().ok_or_else(|| Error::new("internal").with("detail", "no framework"))?;
    let sha256 = hash(&texts);
    let before = imported.into_iter().find(|other| other.framework == framework.id);
    let unchanged = before.as_ref().is_some_and(|before| before.sha256 == sha256);
    if let (Some(_), false) = (&before, unchanged) {
        // Answers refer to the words that were there when they were given.
        if transaction.assessments()?.iter().any(|open| open.framework == framework.id) {
            return Err(Error::new("checklist-in-use").with("framework", &framework.id));
        }
    }
    let old = framework.replaces.as_ref().and_then(|old| catalog.framework(old));
    let response = ChecklistImported {
        framework: framework.id.to_string(),
        name: framework.texts.get(locale).name.clone(),
        version: framework.version.clone(),
        requirements: count(framework.requirements()),
        sha256: sha256.clone(),
        unchanged,
        replaces: framework.replaces.as_ref().map(ToString::to_string),
        changes: old.map(|old| changes(old, framework, &BTreeMap::new(), locale)),
    };
    if unchanged {
        drop(transaction);
    } else {
        let row = ImportedChecklist {
            framework: framework.id.clone(),
            version: framework.version.clone(),
            files: texts,
            sha256,
            imported_at: host.now(),
            imported_by: host.actor(),
            rev: before.map_or(0, |before| before.rev) + 1,
        };
        commit(transaction, host, "import_checklist", vec![Change::Checklist(row)])?;
    }
    Ok(response)
}

/// Reads the files of a folder, within limits. Links to other places are not followed.
fn read_folder(host: &dyn Host, folder: &Path) -> Result<Files, Error> {
    if !folder.is_dir() {
        return Err(Error::new("not-a-folder").with("path", folder.display()));
    }
    if !folder.join("framework.json").is_file() {
        return Err(Error::new("no-checklist").with("path", folder.display()));
    }
    let too_large = |path: &Path| {
        Error::new("checklist-too-large")
            .with("path", folder.display())
            .with("file", path.display())
            .with("files", LIMIT_FILES)
            .with("size", LIMIT_BYTES / 1024 / 1024)
    };
    let mut files = BTreeMap::new();
    let mut bytes = 0;
    let mut open = vec![(folder.to_owned(), String::new(), 1)];
    while let Some((directory, prefix, depth)) = open.pop() {
        let entries = std::fs::read_dir(&directory).map_err(|error| paths::io_error(&directory, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| paths::io_error(&directory, &error))?;
            if host.cancelled() {
                return Err(Error::new("cancelled"));
            }
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let kind = entry.file_type().map_err(|error| paths::io_error(&path, &error))?;
            if kind.is_dir() && depth < DEPTH {
                open.push((path, format!("{prefix}{name}/"), depth + 1));
            } else if kind.is_file() && Path::new(&name).extension().is_some_and(|extension| extension == "json") {
                let size = entry.metadata().map_err(|error| paths::io_error(&path, &error))?.len();
                bytes += size;
                if bytes > LIMIT_BYTES || files.len() >= LIMIT_FILES {
                    return Err(too_large(&path));
                }
                let content = std::fs::read(&path).map_err(|error| paths::io_error(&path, &error))?;
                files.insert(format!("{prefix}{name}"), content);
            }
        }
    }
    Ok(Files(files))
}

/// The files as text, which is how the workspace keeps them.
fn as_text(files: &Files) -> Result<BTreeMap<String, String>, Fault> {
    let text = |(path, bytes): (&String, &Vec<u8>)| match std::str::from_utf8(bytes) {
        Ok(text) => Ok((path.clone(), text.to_owned())),
        Err(error) => Err(Fault {
            file: path.clone(),
            place: String::new(),
            kind: FaultKind::NotUtf8,
            value: error.valid_up_to().to_string(),
        }),
    };
    files.0.iter().map(text).collect()
}

/// The id that a folder gives itself, if it can be read.
fn own_id(files: &Files) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(files.0.get("framework.json")?).ok()?;
    Some(value.get("id")?.as_str()?.to_owned())
}

/// SHA-256 over path and text of every file, each ended by a zero byte, in the order of the paths.
fn hash(files: &BTreeMap<String, String>) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in files {
        for part in [path, text] {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
    }
    paths::hex(hasher)
}

/// All that is wrong, as far as a person can take it in.
fn faulty(folder: &Path, faults: &[Fault], locale: Locale) -> Error {
    let line = |fault: &Fault| {
        let place = [fault.file.as_str(), fault.place.as_str()].into_iter().filter(|part| !part.is_empty());
        let said = messages::text(locale, "fault", fault.kind.code(), &[("value", &fault.value)]);
        format!("{}: {said}", place.collect::<Vec<_>>().join(", "))
    };
    let mut lines: Vec<String> = faults.iter().take(FAULTS_NAMED).map(line).collect();
    if let Some(more) = faults.len().checked_sub(FAULTS_NAMED).filter(|more| *more > 0) {
        lines.push(messages::text(locale, "word", "and-more", &[("count", &more.to_string())]));
    }
    Error::new("checklist-faulty").with("path", folder.display()).with("faults", format!("\n{}", lines.join("\n")))
}

fn changes(
    old: &Framework,
    new: &Framework,
    answers: &BTreeMap<RequirementId, Answer>,
    locale: Locale,
) -> VersionChanges {
    let found = new.changes_since(old);
    let named = |framework: &Framework, numbers: &[String]| -> Vec<ChangedRequirement> {
        let requirements = framework.requirements().map(|(_, requirement)| requirement);
        requirements
            .filter(|requirement| numbers.contains(&requirement.facts.number))
            .map(|requirement| {
                let id = RequirementId { framework: old.id.clone(), number: requirement.facts.number.clone() };
                ChangedRequirement {
                    number: requirement.facts.number.clone(),
                    label: requirement.label(locale).to_owned(),
                    title: requirement.texts.get(locale).title.clone(),
                    answered: answers.contains_key(&id),
                }
            })
            .collect()
    };
    VersionChanges { new: named(new, &found.new), changed: named(new, &found.changed), gone: named(old, &found.gone) }
}

/// Starts an assessment of a newer version of a framework with the answers, evidence and open tasks
/// of an older one, by number. The older assessment stays as it is.
///
/// # Errors
/// The assessment, the framework or the scope is unknown, the framework does not replace that of
/// the assessment, or such an assessment is open already.
pub fn carry_over(session: &mut Session, host: &dyn Host, request: CarryOver) -> Result<CarriedOver, Error> {
    let locale = host.locale();
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let from = find_assessment(transaction.as_ref(), Some(&request.from), None)?;
    let old = find_framework(&catalog, from.framework.as_str())?;
    let new = find_framework(&catalog, &request.framework)?;
    if new.replaces.as_ref() != Some(&old.id) {
        return Err(Error::new("not-a-newer-version").with("old", &old.id).with("new", &new.id));
    }
    let scopes = parse::scopes(new, Some(request.scope.as_deref().unwrap_or(&from.scopes.to_string())))?;
    refuse_twin(transaction.as_ref(), new, &scopes)?;
    let answers: BTreeMap<RequirementId, Answer> =
        transaction.answers(from.id)?.into_iter().map(|answer| (answer.requirement.clone(), answer)).collect();
    let changes = changes(old, new, &answers, locale);
    let moved = |id: &RequirementId| RequirementId { framework: new.id.clone(), number: id.number.clone() };
    let lives = |id: &RequirementId| id.framework == old.id && catalog.requirement(&moved(id)).is_some();
    let assessment = Assessment {
        id: AssessmentId(host.new_uuid()),
        framework: new.id.clone(),
        framework_version: new.version.clone(),
        scopes,
        period_start: from.period_start,
        period_end: from.period_end,
        started_at: host.now(),
        follows: Some(from.id),
        signed_off: None,
        rev: 1,
    };
    let mut rows = vec![Change::Assessment(assessment.clone())];
    for answer in answers.into_values().filter(|answer| lives(&answer.requirement)) {
        let requirement = moved(&answer.requirement);
        let differs = changes.changed.iter().any(|changed| changed.number == requirement.number);
        // What a changed requirement was answered with is a start, and needs another look.
        let progress = if differs { Progress::InReview } else { answer.progress };
        let known = catalog.requirement(&requirement).map(|(_, _, requirement)| &requirement.facts.parts);
        let mut parts = answer.parts;
        parts.retain(|part, _| known.is_some_and(|known| known.contains(part)));
        rows.push(Change::Answer(Answer {
            assessment: assessment.id,
            requirement,
            progress,
            parts,
            carried_from: differs.then_some(from.id),
            rev: 1,
            ..answer
        }));
    }
    let answered = count(rows.iter().skip(1));
    // Adds the newer requirements to the links of a row; answers whether that changed anything.
    let link = |links: &mut Vec<RequirementId>| {
        let added: Vec<RequirementId> = links.iter().filter(|id| lives(id)).map(moved).collect();
        let before = links.len();
        links.extend(added);
        links.sort();
        links.dedup();
        links.len() > before
    };
    for mut evidence in transaction.evidence_list()?.into_iter().filter(|evidence| evidence.is_current()) {
        if link(&mut evidence.requirements) {
            evidence.rev += 1;
            rows.push(Change::Evidence(evidence));
        }
    }
    for mut task in transaction.tasks()?.into_iter().filter(|task| task.status.is_open()) {
        if link(&mut task.requirements) {
            task.rev += 1;
            rows.push(Change::Task(task));
        }
    }
    let links = count(rows.iter().skip(1)) - answered;
    if request.dry_run {
        drop(transaction);
        return Ok(CarriedOver { assessment: None, answers: answered, links, changes });
    }
    commit(transaction, host, "carry_over", rows)?;
    let summary = Snapshot::read(session.store()?, host)?.summary(&assessment);
    Ok(CarriedOver { assessment: Some(summary), answers: answered, links, changes })
}

/// What a usual web shop does with personal data (GDPR Art. 30), to start a record from.
///
/// # Errors
/// The workspace cannot be read.
pub fn processing_starter(session: &mut Session, host: &dyn Host, _: Empty) -> Result<ProcessingStarter, Error> {
    let catalog = session.catalog()?;
    let country =
        session.store().map_or_else(|_| Ok(String::new()), |store| Ok::<_, Error>(store.profile()?.country))?;
    let activities = catalog.frameworks.iter().flat_map(|framework| &framework.activities);
    let activities = activities.filter(|activity| activity.facts.is_for(&country)).map(|activity| {
        let texts = activity.texts.get(host.locale()).clone();
        ProcessingActivity {
            id: activity.facts.id.clone(),
            name: texts.name,
            purpose: texts.purpose,
            legal_basis: texts.legal_basis,
            persons: texts.persons,
            data: texts.data,
            recipients: texts.recipients,
            transfers: texts.transfers,
            retention: texts.retention,
            safeguards: texts.safeguards,
            note: texts.note,
        }
    });
    Ok(ProcessingStarter { activities: activities.collect() })
}
