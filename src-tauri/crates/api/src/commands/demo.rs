//! The example shop: a filled workspace and its report, made through the same commands that a
//! merchant uses.

use super::{assessment, attach, evidence, parse, paths, report, requirement, task, workspace};
use crate::dispatch::dispatch;
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::assessment::{ConfirmCriterion, StartAssessment};
use crate::types::evidence::SetEvidence;
use crate::types::report::{ExportReport, ReportChoice};
use crate::types::requirement::AnswerRequirement;
use crate::types::task::{AddTask, CommentTask, Cost, SetTask};
use crate::types::workspace::{CreateWorkspace, DemoMade, MakeDemo, SetProfile};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demo {
    file: String,
    profile: SetProfile,
    finder: BTreeMap<String, String>,
    criteria: BTreeMap<String, Option<bool>>,
    answers: Vec<DemoAnswer>,
    evidence: Vec<DemoEvidence>,
    tasks: Vec<DemoTask>,
    /// Providers and registers, after the rest.
    steps: Vec<DemoStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoAnswer {
    requirement: String,
    verdict: String,
    progress: String,
    note: String,
    justification: String,
    target_in_days: Option<i64>,
    #[serde(default)]
    worksheet: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoEvidence {
    name: String,
    text: String,
    requirements: Vec<String>,
    days_old: i64,
    valid_for_days: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoTask {
    title: String,
    description: String,
    owner: String,
    due_in_days: Option<i64>,
    priority: String,
    status: String,
    requirements: Vec<String>,
    comments: Vec<String>,
    #[serde(default)]
    effort_minutes: Option<u32>,
    #[serde(default)]
    cost: Option<Cost>,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    recurrence: Option<String>,
}

/// A command with its request, as the API has it. A text that begins with `@` is filled in when the
/// example is made: `@-30` is the day thirty days ago, `@-96T09:20` an instant (UTC), and anything
/// else the id of what was made before, by the name of its step, its template, or its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoStep {
    command: String,
    #[serde(default)]
    name: Option<String>,
    request: Value,
}

/// The host that runs the example, with the example's own person at the keyboard.
struct AsPerson<'a> {
    host: &'a dyn Host,
    person: String,
}

impl Host for AsPerson<'_> {
    fn now(&self) -> Timestamp {
        self.host.now()
    }
    fn today(&self) -> NaiveDate {
        self.host.today()
    }
    fn new_uuid(&self) -> Uuid {
        self.host.new_uuid()
    }
    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        self.host.random(into)
    }
    fn actor(&self) -> String {
        self.person.clone()
    }
    fn locale(&self) -> Locale {
        self.host.locale()
    }
    fn may_use(&self, path: &Path) -> bool {
        self.host.may_use(path)
    }
}

/// Makes the example shop in a folder: the workspace, not encrypted, and its report. The workspace
/// stays open.
///
/// # Errors
/// The folder cannot be written, or the example is there already.
pub fn make_demo(session: &mut Session, host: &dyn Host, request: MakeDemo) -> Result<DemoMade, Error> {
    let directory = paths::allowed(host, &request.directory)?;
    let text = match host.locale() {
        Locale::En => include_str!("../../demo/en.json"),
        Locale::De => include_str!("../../demo/de.json"),
    };
    let demo: Demo = serde_json::from_str(text).map_err(|error| Error::new("internal").with("detail", error))?;
    let person = demo.profile.contact_name.clone().unwrap_or_else(|| host.actor());
    let host: &dyn Host = &AsPerson { host, person };
    std::fs::create_dir_all(&directory).map_err(|error| paths::io_error(&directory, &error))?;
    let path = |ending: &str| directory.join(format!("{}.{ending}", demo.file)).display().to_string();
    let (file, pdf) = (path("tillproof"), path("pdf"));
    let day = |days: i64| (host.today() + TimeDelta::days(days)).to_string();

    workspace::create_workspace(
        session,
        host,
        CreateWorkspace {
            path: file.clone(),
            name: parse::required("name-missing", demo.profile.name.as_deref().unwrap_or_default())?,
            locale: host.locale(),
            country: None,
            passphrase: None,
            unencrypted: true,
        },
    )?;
    workspace::set_profile(session, host, SetProfile { finder_answers: Some(demo.finder), ..demo.profile })?;
    for (framework, scope) in [("pci-dss-4.0.1", "A"), ("gdpr", "shop"), ("shop-security", "shop")] {
        let start = StartAssessment {
            framework: framework.to_owned(),
            scope: Some(scope.to_owned()),
            period_start: Some(day(-120)),
            period_end: None,
        };
        assessment::start_assessment(session, host, start)?;
    }
    for (criterion, confirmed) in demo.criteria {
        assessment::confirm_criterion(
            session,
            host,
            ConfirmCriterion { assessment: None, criterion, confirmed, rev: None },
        )?;
    }
    for answer in demo.answers {
        let request = AnswerRequirement {
            requirement: answer.requirement,
            assessment: None,
            verdict: Some(answer.verdict),
            progress: Some(answer.progress),
            note: Some(answer.note),
            justification: Some(answer.justification),
            parts: None,
            worksheet: answer.worksheet,
            target_date: answer.target_in_days.map(day),
            allow_card_data: None,
            rev: None,
        };
        requirement::answer_requirement(session, host, request)?;
    }
    let mut ids = BTreeMap::new();
    for item in demo.evidence {
        let attached = attach::attach_bytes(
            session,
            host,
            "attach_evidence",
            &item.requirements,
            &item.name,
            item.text.as_bytes(),
            None,
        )?;
        for attached in attached.evidence {
            ids.insert(item.name.clone(), attached.id.clone());
            let set = SetEvidence {
                evidence: attached.id,
                requirements: None,
                collected_on: Some(day(-item.days_old)),
                valid_until: item.valid_for_days.map(|days| day(days - item.days_old)),
                title: None,
                source: None,
                period_start: None,
                period_end: None,
                confidentiality: None,
                rev: None,
                allow_card_data: None,
            };
            evidence::set_evidence(session, host, set)?;
        }
    }
    for item in demo.tasks {
        let add = AddTask {
            title: item.title,
            description: Some(item.description),
            owner: Some(item.owner),
            due: item.due_in_days.map(day),
            priority: Some(item.priority),
            requirements: item.requirements,
            effort_minutes: item.effort_minutes,
            cost: item.cost,
            links: Some(item.links),
            recurrence: item.recurrence,
            allow_card_data: None,
        };
        let id = task::add_task(session, host, add)?.id;
        for text in item.comments {
            task::comment_task(session, host, CommentTask { task: id.clone(), text, allow_card_data: None })?;
        }
        let status = Some(item.status);
        let set = SetTask {
            task: id,
            title: None,
            description: None,
            owner: None,
            due: None,
            priority: None,
            status,
            requirements: None,
            effort_minutes: None,
            cost: None,
            links: None,
            recurrence: None,
            allow_card_data: None,
            evidence: None,
            rev: None,
        };
        task::set_task(session, host, set)?;
    }
    for mut step in demo.steps {
        fill_in(&mut step.request, &ids, host.today())?;
        let made = dispatch(session, host, &step.command, step.request)?;
        let begun = made.get("added").and_then(Value::as_array).into_iter().flatten();
        for row in begun.chain([&made]) {
            let text = |key: &str| row.get(key).and_then(Value::as_str);
            if let (Some(name), Some(id)) = (step.name.as_deref().or(text("template")), text("id")) {
                ids.insert(name.to_owned(), id.to_owned());
            }
        }
    }
    let export = ExportReport {
        path: pdf.clone(),
        overwrite: false,
        locale: None,
        assessments: Vec::new(),
        choice: ReportChoice::default(),
        sign: None,
    };
    report::export_report(session, host, export)?;
    Ok(DemoMade { workspace: file, reports: vec![pdf] })
}

/// Puts days, instants and ids in the place of the texts that begin with `@`.
fn fill_in(value: &mut Value, ids: &BTreeMap<String, String>, today: NaiveDate) -> Result<(), Error> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| fill_in(item, ids, today)),
        Value::Object(fields) => fields.values_mut().try_for_each(|field| fill_in(field, ids, today)),
        Value::String(text) => {
            let Some(name) = text.strip_prefix('@') else { return Ok(()) };
            let (days, time) = name.split_once('T').unwrap_or((name, ""));
            let day = days.parse::<i64>().map(|days| (today + TimeDelta::days(days)).to_string());
            *text = match (ids.get(name), day) {
                (Some(id), _) => id.clone(),
                (None, Ok(day)) if time.is_empty() => day,
                (None, Ok(day)) => format!("{day}T{time}:00Z"),
                (None, Err(_)) => return Err(Error::new("internal").with("detail", name)),
            };
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
