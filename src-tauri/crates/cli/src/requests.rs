//! From arguments to a command and its request.

use crate::arguments::{Action, Arguments, ProviderFields, ProviderTask, ReportChoice};
use crate::{call, passphrase, registers, signing};
use serde_json::{Map, Value, json};
use std::path::Path;
use tillproof_api::commands::signing::is_pdf;
use tillproof_api::commands::workspace::open_to_verify;
use tillproof_api::dispatch::Command;
use tillproof_api::error::Error;
use tillproof_api::host::{Host, SystemHost};
use tillproof_api::session::Session;
use tillproof_api::types::workspace::OpenWorkspace;
use zeroize::Zeroizing;

const VARIABLE: &str = "TILLPROOF_PASSPHRASE";
const NEW_VARIABLE: &str = "TILLPROOF_NEW_PASSPHRASE";

/// The workspace that a task opens first, if it does.
pub(crate) fn workspace_of(task: &Action) -> Option<&str> {
    match task {
        Action::New { .. }
        | Action::Commands
        | Action::FindSaq { .. }
        | Action::Restore { .. }
        | Action::Demo { .. } => None,
        Action::ProcessingStarter { file } => file.as_deref(),
        Action::Verify { file } => (kind_of(file) == Kind::Workspace).then_some(file),
        Action::Info { file }
        | Action::Assess { file, .. }
        | Action::Scope { file, .. }
        | Action::ImportChecklist { file, .. }
        | Action::CarryOver { file, .. }
        | Action::Assessments { file }
        | Action::SignOff { file, .. }
        | Action::Next { file, .. }
        | Action::Compare { file, .. }
        | Action::Quality { file }
        | Action::Undo { file, .. }
        | Action::Requirements { file, .. }
        | Action::Show { file, .. }
        | Action::Answer { file, .. }
        | Action::Worksheets { file, .. }
        | Action::Criterion { file, .. }
        | Action::Attach { file, .. }
        | Action::Evidence { file, .. }
        | Action::Task { file, .. }
        | Action::Provider { file, .. }
        | Action::Processing { file, .. }
        | Action::Request { file, .. }
        | Action::Breach { file, .. }
        | Action::Report { file, .. }
        | Action::Bundle { file, .. }
        | Action::Spreadsheet { file, .. }
        | Action::Oscal { file, .. }
        | Action::ImportReply { file, .. }
        | Action::Replies { file }
        | Action::History { file, .. }
        | Action::SigningKey { file, .. }
        | Action::Backup { file, .. }
        | Action::Backups { file, .. }
        | Action::Rekey { file, .. }
        | Action::Rpc { file } => Some(file),
    }
}

/// Opens the workspace of a task; to verify it, even if it is damaged.
pub(crate) fn open(session: &mut Session, host: &SystemHost, arguments: &Arguments, file: &str) -> Result<(), Error> {
    let passphrase = existing_passphrase(session, host, arguments, file)?;
    if matches!(arguments.action, Action::Verify { .. }) {
        let request = OpenWorkspace { path: file.to_owned(), passphrase: passphrase.map(|text| text.to_string()) };
        return open_to_verify(session, host, request);
    }
    let request = object([("path", file.into()), ("passphrase", passphrase.map(|text| text.to_string()).into())]);
    call(session, host, Command::open_workspace, request).map(drop)
}

/// The passphrase of a file that is there; asked for only if the file needs one.
fn existing_passphrase(
    session: &mut Session,
    host: &dyn Host,
    arguments: &Arguments,
    file: &str,
) -> Result<Option<Zeroizing<String>>, Error> {
    if let Some(given) = passphrase::given(arguments.passphrase_file.as_deref(), VARIABLE)? {
        return Ok(Some(given));
    }
    let probe = call(session, host, Command::probe_workspace, json!({ "path": file }))?;
    if probe.get("encrypted") == Some(&Value::Bool(true)) { passphrase::ask("Passphrase", false) } else { Ok(None) }
}

/// An object without the fields that are not given.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let given = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(given.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

pub(crate) fn text(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |value| Value::String(value.clone()))
}

/// Scopes as the commands take them: joined by `+`.
fn joined(values: &[String]) -> Value {
    if values.is_empty() { Value::Null } else { values.join("+").into() }
}

/// Pairs of the form `name=value`.
fn pairs<'a>(
    what: &'static str,
    form: &str,
    texts: impl Iterator<Item = &'a str>,
) -> Result<Map<String, Value>, Error> {
    let pair = |text: &str| {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| Error::new("unknown-value").with("what", what).with("value", text).with("known", form))?;
        Ok((name.trim().to_owned(), Value::from(value.trim())))
    };
    texts.map(pair).collect()
}

pub(crate) fn list(values: &[String]) -> Value {
    if values.is_empty() { Value::Null } else { json!(values) }
}

/// The command and the request of a task.
pub(crate) fn request(arguments: &Arguments) -> Result<(Command, Value), Error> {
    let given = || passphrase::given(arguments.passphrase_file.as_deref(), VARIABLE);
    Ok(match &arguments.action {
        Action::New { file, name, country, unencrypted } => {
            let passphrase = match (unencrypted, given()?) {
                // The environment may hold a passphrase for other files.
                (true, _) => None,
                (false, Some(given)) => Some(given),
                (false, None) => passphrase::ask("New passphrase", true)?,
            };
            let request = object([
                ("path", file.as_str().into()),
                ("name", name.as_str().into()),
                ("locale", arguments.locale.unwrap_or_else(SystemHost::environment_locale).as_str().into()),
                ("country", text(country.as_ref())),
                ("passphrase", passphrase.map(|text| text.to_string()).into()),
                ("unencrypted", (*unencrypted).into()),
            ]);
            (Command::create_workspace, request)
        }
        Action::Info { .. } => (Command::workspace_info, json!({})),
        Action::FindSaq { list_questions: true, .. } => (Command::finder_questions, json!({})),
        Action::FindSaq { answers, .. } => {
            let ways = answers
                .iter()
                .map(|way| pairs("answer-to-question", "question=answer", way.split(',')))
                .collect::<Result<Vec<_>, _>>()?;
            match ways.as_slice() {
                [way] => (Command::find_saq, json!({ "answers": way })),
                ways => (Command::find_saq_together, json!({ "channels": ways })),
            }
        }
        Action::Assess { framework, saq, from, to, .. } => {
            let request = object([
                ("framework", framework.as_str().into()),
                ("scope", joined(saq)),
                ("period_start", text(from.as_ref())),
                ("period_end", text(to.as_ref())),
            ]);
            (Command::start_assessment, request)
        }
        Action::Scope { framework, saq, assessment, .. } => {
            let request = object([
                ("framework", framework.as_str().into()),
                ("assessment", text(assessment.as_ref())),
                ("scope", joined(saq)),
            ]);
            (Command::change_scope, request)
        }
        Action::ImportChecklist { directory, .. } => (Command::import_checklist, json!({ "path": directory })),
        Action::CarryOver { assessment, framework, scope, dry_run, .. } => {
            let request = object([
                ("from", assessment.as_str().into()),
                ("framework", framework.as_str().into()),
                ("scope", text(scope.as_ref())),
                ("dry_run", (*dry_run).into()),
            ]);
            (Command::carry_over, request)
        }
        Action::ProcessingStarter { .. } => (Command::processing_starter, json!({})),
        Action::Assessments { .. } => (Command::list_assessments, json!({})),
        Action::SignOff { file: _, name, role, on, framework, assessment } => {
            let request = object([
                ("name", name.as_str().into()),
                ("role", role.as_str().into()),
                ("signed_on", text(on.as_ref())),
                ("framework", text(framework.as_ref())),
                ("assessment", text(assessment.as_ref())),
            ]);
            (Command::sign_off, request)
        }
        Action::Next { file: _, framework, assessment, from, to } => {
            let request = object([
                ("framework", text(framework.as_ref())),
                ("assessment", text(assessment.as_ref())),
                ("period_start", text(from.as_ref())),
                ("period_end", text(to.as_ref())),
            ]);
            (Command::next_assessment, request)
        }
        Action::Compare { file: _, to, from } => {
            (Command::compare_assessments, object([("to", to.as_str().into()), ("from", text(from.as_ref()))]))
        }
        Action::Quality { .. } => (Command::data_quality, json!({})),
        Action::Undo { seq, .. } => (Command::undo, object([("seq", json!(seq))])),
        Action::Requirements {
            framework,
            theme,
            verdict,
            section,
            milestone,
            who,
            effort,
            order,
            search,
            assessment,
            ..
        } => {
            let request = object([
                ("section", text(section.as_ref())),
                ("milestone", (*milestone).into()),
                ("who", text(who.as_ref())),
                ("effort", text(effort.as_ref())),
                ("order", text(order.as_ref())),
                ("framework", text(framework.as_ref())),
                ("theme", text(theme.as_ref())),
                ("verdict", text(verdict.as_ref())),
                ("search", text(search.as_ref())),
                ("assessment", text(assessment.as_ref())),
            ]);
            (Command::list_requirements, request)
        }
        Action::Show { requirement, assessment, .. } => {
            let request =
                object([("requirement", requirement.as_str().into()), ("assessment", text(assessment.as_ref()))]);
            (Command::show_requirement, request)
        }
        Action::Answer {
            requirement,
            verdict,
            progress,
            note,
            justification,
            allow_card_data,
            part,
            worksheet,
            target_date,
            assessment,
            ..
        } => {
            let parts = match part.as_slice() {
                [] => Value::Null,
                given => pairs("part", "part=verdict", given.iter().map(String::as_str))?.into(),
            };
            let worksheet = match worksheet.as_slice() {
                [] => Value::Null,
                given => pairs("worksheet-point", "point=text", given.iter().map(String::as_str))?.into(),
            };
            let request = object([
                ("worksheet", worksheet),
                ("parts", parts),
                ("allow_card_data", text(allow_card_data.as_ref())),
                ("requirement", requirement.as_str().into()),
                ("verdict", text(verdict.as_ref())),
                ("progress", text(progress.as_ref())),
                ("note", text(note.as_ref())),
                ("justification", text(justification.as_ref())),
                ("target_date", text(target_date.as_ref())),
                ("assessment", text(assessment.as_ref())),
            ]);
            (Command::answer_requirement, request)
        }
        Action::Worksheets { open, assessment, .. } => {
            (Command::list_worksheets, object([("open", (*open).into()), ("assessment", text(assessment.as_ref()))]))
        }
        Action::Criterion { criterion, confirmed, assessment, .. } => {
            let confirmed = match confirmed.as_str() {
                "yes" => Value::Bool(true),
                "no" => Value::Bool(false),
                _ => Value::Null,
            };
            let mut request =
                object([("criterion", criterion.as_str().into()), ("assessment", text(assessment.as_ref()))]);
            // Here null says something: the criterion is open again.
            request["confirmed"] = confirmed;
            (Command::confirm_criterion, request)
        }
        Action::Attach { requirement, paths, title, fields, .. } => {
            (Command::attach_evidence, crate::evidence::attach(requirement, paths, title.as_ref(), fields))
        }
        Action::Evidence { task, .. } => crate::evidence::request(task)?,
        Action::Task { task, .. } => crate::tasks::request(task),
        Action::Provider { task, .. } => provider(task)?,
        Action::Processing { task, .. } => registers::processing(task),
        Action::Request { task, .. } => registers::request(task),
        Action::Breach { task, .. } => registers::breach(task),
        Action::SigningKey { task, .. } => signing::key(task),
        Action::Report { output, assessment, choice, sign, .. } => {
            let request = object([
                ("path", output.as_str().into()),
                ("overwrite", true.into()),
                ("locale", arguments.locale.map(|locale| locale.as_str()).into()),
                ("assessments", list(assessment)),
                ("choice", report_choice(choice)),
                ("sign", signing::sign(sign)?),
            ]);
            (Command::export_report, request)
        }
        Action::History { file: _, subject, limit, person, from, to } => {
            let request = object([
                ("subject", text(subject.as_ref())),
                ("limit", (*limit).into()),
                ("person", text(person.as_ref())),
                ("from", text(from.as_ref())),
                ("to", text(to.as_ref())),
            ]);
            (Command::history, request)
        }
        Action::Bundle { task, .. } => crate::bundle::export(task, arguments.locale),
        Action::Spreadsheet { output, assessment, .. } => {
            (Command::export_spreadsheet, crate::bundle::results(output, assessment, arguments.locale))
        }
        Action::Oscal { output, assessment, .. } => {
            (Command::export_oscal, crate::bundle::results(output, assessment, arguments.locale))
        }
        Action::ImportReply { reply, allow_card_data, .. } => {
            let request =
                object([("path", reply.as_str().into()), ("allow_card_data", text(allow_card_data.as_ref()))]);
            (Command::import_reply, request)
        }
        Action::Replies { .. } => (Command::list_replies, json!({})),
        Action::Verify { file } => verify(file),
        Action::Backup { out: Some(out), .. } => (Command::backup_workspace, json!({ "path": out })),
        Action::Backup { out: None, folder, keep, every, force, .. } => {
            let request = object([
                ("folder", text(folder.as_ref())),
                ("keep", (*keep).into()),
                ("every_hours", (*every).into()),
                ("force", (*force).into()),
            ]);
            (Command::auto_backup, request)
        }
        Action::Backups { folder, .. } => (Command::list_backups, object([("folder", text(folder.as_ref()))])),
        Action::Restore { backup, out } => {
            let passphrase = existing_passphrase(
                &mut Session::new(),
                &SystemHost::new(SystemHost::environment_locale()),
                arguments,
                backup,
            )?;
            let request = object([
                ("backup", backup.as_str().into()),
                ("path", out.as_str().into()),
                ("passphrase", passphrase.map(|text| text.to_string()).into()),
            ]);
            (Command::restore_workspace, request)
        }
        Action::Rekey { new_passphrase_file, .. } => {
            let current = match given()? {
                Some(given) => Some(given),
                None => passphrase::ask("Passphrase until now", false)?,
            };
            let new = match passphrase::given(new_passphrase_file.as_deref(), NEW_VARIABLE)? {
                Some(given) => Some(given),
                None => passphrase::ask("New passphrase", true)?,
            };
            let or_empty = |text: Option<Zeroizing<String>>| text.map(|text| text.to_string()).unwrap_or_default();
            (Command::change_passphrase, json!({ "current": or_empty(current), "new": or_empty(new) }))
        }
        Action::Rpc { .. } | Action::Commands => return Err(Error::new("internal").with("detail", "no single command")),
        Action::Demo { directory } => (Command::make_demo, json!({ "directory": directory })),
    })
}

fn provider(task: &ProviderTask) -> Result<(Command, Value), Error> {
    let with_fields = |mut request: Value, fields: &ProviderFields| {
        let more = object([
            ("service", text(fields.service.as_ref())),
            ("handles", list(&fields.handles)),
            ("country", text(fields.country.as_ref())),
            ("contact", text(fields.contact.as_ref())),
            ("note", text(fields.note.as_ref())),
            ("allow_card_data", text(fields.allow_card_data.as_ref())),
        ]);
        if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
            request.extend(more);
        }
        request
    };
    Ok(match task {
        ProviderTask::Add { name, fields } => (Command::add_provider, with_fields(json!({ "name": name }), fields)),
        ProviderTask::List { all, lacking } => (Command::list_providers, json!({ "all": all, "lacking": lacking })),
        ProviderTask::Set {
            id,
            name,
            fields,
            aoc,
            aoc_evidence,
            agreement,
            agreement_evidence,
            processor_contract,
            processor_contract_evidence,
            checked,
            responsibility,
            ended,
        } => {
            let responsibilities = match responsibility.as_slice() {
                [] => Value::Null,
                given => pairs("responsibility", "requirement=provider", given.iter().map(String::as_str))?.into(),
            };
            let request = object([
                ("provider", id.as_str().into()),
                ("name", text(name.as_ref())),
                ("aoc_on", text(aoc.as_ref())),
                ("aoc_evidence", text(aoc_evidence.as_ref())),
                ("agreement_on", text(agreement.as_ref())),
                ("agreement_evidence", text(agreement_evidence.as_ref())),
                ("processor_contract_on", text(processor_contract.as_ref())),
                ("processor_contract_evidence", text(processor_contract_evidence.as_ref())),
                ("checked_on", text(checked.as_ref())),
                ("responsibilities", responsibilities),
                ("ended", text(ended.as_ref())),
            ]);
            (Command::set_provider, with_fields(request, fields))
        }
        ProviderTask::Letter { id } => (Command::provider_letter, json!({ "provider": id })),
        ProviderTask::Export { csv } => (Command::export_providers, json!({ "path": csv, "overwrite": true })),
    })
}

/// What is to be verified.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Workspace,
    Bundle,
    Report,
}

/// What a file is by its first bytes.
fn kind_of(file: &str) -> Kind {
    if crate::bundle::is_zip(file) {
        Kind::Bundle
    } else if is_pdf(Path::new(file)) {
        Kind::Report
    } else {
        Kind::Workspace
    }
}

fn verify(file: &str) -> (Command, Value) {
    match kind_of(file) {
        Kind::Workspace => (Command::verify_workspace, json!({})),
        Kind::Bundle => (Command::verify_bundle, json!({ "path": file })),
        Kind::Report => (Command::verify_report, json!({ "path": file })),
    }
}

/// What goes into a report.
pub(crate) fn report_choice(choice: &ReportChoice) -> Value {
    object([
        ("kind", choice.kind.as_str().into()),
        ("framework", text(choice.framework.as_ref())),
        ("theme", text(choice.theme.as_ref())),
        ("redacted", choice.redacted.into()),
        ("logo", text(choice.logo.as_ref())),
    ])
}
