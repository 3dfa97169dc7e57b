//! The record of processing activities (GDPR Art. 30(1)).

use super::register::{Texts, Value, check_rev};
use super::{commit, csv, parse};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::provider::ExportCsv;
use crate::types::register::{
    AddProcessing, ListProcessing, ProcessingLack, ProcessingRecord, ProcessingStarted, ProcessingView, RegisterLink,
    SetProcessing, StartProcessing,
};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use tillproof_domain::framework::Activity;
use tillproof_domain::id::{ProcessingId, ProviderId};
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::processing::{LegalBasis, Processing, ProcessingPart};
use tillproof_store::{Change, Reads, Store};

/// Adds an activity.
///
/// # Errors
/// The name is missing, a legal basis or provider is none, or a text holds card data.
pub fn add_processing(session: &mut Session, host: &dyn Host, request: AddProcessing) -> Result<ProcessingView, Error> {
    let AddProcessing {
        name,
        purposes,
        legal_bases,
        legal_basis,
        persons,
        data,
        special_categories,
        recipients,
        providers,
        third_countries,
        transfers,
        transfer_safeguard,
        erasure,
        security,
        responsible,
        note,
        allow_card_data,
    } = request;
    let set = SetProcessing {
        processing: String::new(),
        name: Some(name),
        purposes,
        legal_bases,
        legal_basis,
        persons,
        data,
        special_categories,
        recipients,
        providers,
        third_countries,
        transfers,
        transfer_safeguard,
        erasure,
        security,
        responsible,
        note,
        allow_card_data,
        ended: None,
        rev: None,
    };
    let transaction = session.store_mut()?.begin()?;
    let mut row = Processing::new(ProcessingId(host.new_uuid()), String::new(), host.now());
    apply(transaction.as_ref(), host, &mut row, set)?;
    commit(transaction, host, "add_processing", vec![Change::Processing(row.clone())])?;
    Context::read(session.store()?, host).map(|context| context.view(&row))
}

/// Changes an activity. What is not given stays as it was.
///
/// # Errors
/// There is no such activity, a value is none, a text holds card data, or the `rev` is old.
pub fn set_processing(session: &mut Session, host: &dyn Host, request: SetProcessing) -> Result<ProcessingView, Error> {
    let transaction = session.store_mut()?.begin()?;
    let id: ProcessingId = parse::id("processing", &request.processing)?;
    let before = transaction.processing(id)?.ok_or_else(|| Error::not_found("processing", id))?;
    check_rev(request.rev, before.rev, &before.name)?;
    let mut row = before.clone();
    apply(transaction.as_ref(), host, &mut row, request)?;
    if row == before {
        drop(transaction);
    } else {
        row.rev += 1;
        commit(transaction, host, "set_processing", vec![Change::Processing(row.clone())])?;
    }
    Context::read(session.store()?, host).map(|context| context.view(&row))
}

/// Puts what is given in the place of what was.
fn apply(reads: &dyn Reads, host: &dyn Host, row: &mut Processing, request: SetProcessing) -> Result<(), Error> {
    let mut texts = Texts::new(host, request.allow_card_data)?;
    texts.set_required("name-missing", &mut row.name, request.name)?;
    for (field, text) in [
        (&mut row.purposes, request.purposes),
        (&mut row.legal_basis, request.legal_basis),
        (&mut row.persons, request.persons),
        (&mut row.data, request.data),
        (&mut row.recipients, request.recipients),
        (&mut row.transfers, request.transfers),
        (&mut row.transfer_safeguard, request.transfer_safeguard),
        (&mut row.erasure, request.erasure),
        (&mut row.security, request.security),
        (&mut row.responsible, request.responsible),
        (&mut row.note, request.note),
    ] {
        texts.set(field, text)?;
    }
    if let Some(reason) = request.ended {
        let mut ended = row.ended.take().unwrap_or_default();
        texts.set(&mut ended, Some(reason.trim().to_owned()))?;
        row.ended = Some(ended).filter(|reason| !reason.is_empty());
    }
    if let Some(words) = request.legal_bases {
        row.legal_bases = words.iter().map(|word| parse::word("legal-basis", word)).collect::<Result<_, _>>()?;
        row.legal_bases.sort();
        row.legal_bases.dedup();
    }
    if let Some(ids) = request.providers {
        let known = |text: &String| {
            let id: ProviderId = parse::id("provider", text)?;
            reads.provider(id)?.map(|provider| provider.id).ok_or_else(|| Error::not_found("provider", text))
        };
        row.providers = ids.iter().map(known).collect::<Result<_, _>>()?;
        row.providers.sort();
        row.providers.dedup();
    }
    row.special_categories = request.special_categories.or(row.special_categories);
    row.third_countries = request.third_countries.or(row.third_countries);
    texts.keep_reason(&mut row.card_data_reason);
    Ok(())
}

/// The record, by name.
///
/// # Errors
/// The workspace cannot be read.
pub fn list_processing(
    session: &mut Session,
    host: &dyn Host,
    request: ListProcessing,
) -> Result<ProcessingRecord, Error> {
    let store = session.store()?;
    let context = Context::read(store, host)?;
    let rows = store.processing_list()?;
    let rows = rows.iter().filter(|row| request.all || row.ended.is_none()).map(|row| context.view(row));
    Ok(ProcessingRecord { activities: rows.filter(|view| !request.lacking || !view.lacks.is_empty()).collect() })
}

/// Begins the record with templates, in one change. One that was begun with before is not taken
/// again, whatever has become of it.
///
/// # Errors
/// There is no such template.
pub fn start_processing(
    session: &mut Session,
    host: &dyn Host,
    request: StartProcessing,
) -> Result<ProcessingStarted, Error> {
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let country = transaction.profile()?.country;
    let activities = || catalog.frameworks.iter().flat_map(|framework| &framework.activities);
    let wanted: Vec<&Activity> = match &request.templates {
        None => activities().filter(|activity| activity.facts.is_for(&country)).collect(),
        Some(ids) => {
            let known = |id: &String| {
                activities().find(|activity| activity.facts.id == *id).ok_or_else(|| Error::not_found("template", id))
            };
            ids.iter().map(known).collect::<Result<_, _>>()?
        }
    };
    let mut there: Vec<String> = transaction.processing_list()?.into_iter().filter_map(|row| row.template).collect();
    let mut added = Vec::new();
    let mut there_already = 0;
    for activity in wanted {
        if there.contains(&activity.facts.id) {
            there_already += 1;
        } else {
            there.push(activity.facts.id.clone());
            added.push(begun_with(activity, host));
        }
    }
    if added.is_empty() {
        drop(transaction);
    } else {
        let rows = added.iter().cloned().map(Change::Processing).collect();
        commit(transaction, host, "start_processing", rows)?;
    }
    let context = Context::read(session.store()?, host)?;
    Ok(ProcessingStarted { added: added.iter().map(|row| context.view(row)).collect(), there_already })
}

/// An activity as a template has it. Whether data leaves the EEA, and whether special categories are
/// in it, only the merchant can say.
fn begun_with(activity: &Activity, host: &dyn Host) -> Processing {
    let texts = activity.texts.get(host.locale()).clone();
    let mut legal_bases: Vec<LegalBasis> =
        activity.facts.legal_bases.iter().filter_map(|paragraph| LegalBasis::of_paragraph(paragraph)).collect();
    legal_bases.sort();
    Processing {
        purposes: texts.purpose,
        legal_bases,
        legal_basis: texts.legal_basis,
        persons: texts.persons,
        data: texts.data,
        recipients: texts.recipients,
        transfers: texts.transfers,
        erasure: texts.retention,
        security: texts.safeguards,
        note: texts.note,
        template: Some(activity.facts.id.clone()),
        ..Processing::new(ProcessingId(host.new_uuid()), texts.name, host.now())
    }
}

/// What the rows of the record are shown with.
pub(super) struct Context {
    pub(super) snapshot: Snapshot,
    providers: Vec<Provider>,
    controller_known: bool,
}

impl Context {
    pub(super) fn read(reads: &dyn Reads, host: &dyn Host) -> Result<Self, Error> {
        let controller_known = is_known(&reads.profile()?);
        Ok(Self { snapshot: Snapshot::read(reads, host)?, providers: reads.providers()?, controller_known })
    }

    fn providers_of<'a>(&'a self, row: &'a Processing) -> impl Iterator<Item = &'a Provider> {
        row.providers.iter().filter_map(|id| self.providers.iter().find(|provider| provider.id == *id))
    }

    pub(super) fn view(&self, row: &Processing) -> ProcessingView {
        let locale = self.snapshot.locale;
        let lack = |part: &ProcessingPart| ProcessingLack {
            part: *part,
            text: messages::text(locale, "processing-lack", part.as_str(), &[]),
            rule: messages::text(locale, "processing-rule", part.as_str(), &[]),
        };
        ProcessingView {
            id: row.id.to_string(),
            name: row.name.clone(),
            purposes: row.purposes.clone(),
            legal_bases: row.legal_bases.clone(),
            legal_basis: row.legal_basis.clone(),
            persons: row.persons.clone(),
            data: row.data.clone(),
            special_categories: row.special_categories,
            recipients: row.recipients.clone(),
            providers: self
                .providers_of(row)
                .map(|provider| RegisterLink { id: provider.id.to_string(), name: provider.name.clone() })
                .collect(),
            third_countries: row.third_countries,
            transfers: row.transfers.clone(),
            transfer_safeguard: row.transfer_safeguard.clone(),
            erasure: row.erasure.clone(),
            security: row.security.clone(),
            responsible: row.responsible.clone(),
            note: row.note.clone(),
            template: row.template.clone(),
            ended: row.ended.clone(),
            card_data_reason: row.card_data_reason.clone(),
            lacks: row.lacks(self.controller_known).iter().map(lack).collect(),
            rev: row.rev,
        }
    }

    /// The values of [`FIELDS`].
    pub(super) fn values(&self, row: &Processing) -> [Value; 18] {
        let say = |group: &str, key: &str| messages::text(self.snapshot.locale, group, key, &[]);
        let yes_no = |said: Option<bool>| {
            Value::Text(match said {
                Some(true) => say("word", "yes"),
                Some(false) => say("word", "no"),
                None => String::new(),
            })
        };
        let bases: Vec<String> = row.legal_bases.iter().map(|basis| say("legal-basis", basis.as_str())).collect();
        let providers: Vec<&str> = self.providers_of(row).map(|provider| provider.name.as_str()).collect();
        let lack = |part: &ProcessingPart| {
            format!("{} ({})", say("processing-lack", part.as_str()), say("processing-rule", part.as_str()))
        };
        [
            Value::Text(row.name.clone()),
            Value::Text(row.purposes.clone()),
            Value::Text(bases.join("; ")),
            Value::Text(row.legal_basis.clone()),
            Value::Text(row.persons.clone()),
            Value::Text(row.data.clone()),
            yes_no(row.special_categories),
            Value::Text(row.recipients.clone()),
            Value::Text(providers.join("; ")),
            yes_no(row.third_countries),
            Value::Text(row.transfers.clone()),
            Value::Text(row.transfer_safeguard.clone()),
            Value::Text(row.erasure.clone()),
            Value::Text(row.security.clone()),
            Value::Text(row.responsible.clone()),
            Value::Text(row.note.clone()),
            Value::Text(row.ended.clone().unwrap_or_default()),
            Value::Text(row.lacks(self.controller_known).iter().map(lack).collect::<Vec<_>>().join("; ")),
        ]
    }
}

/// Whether the profile has the name and contact details of the controller (Art. 30(1)(a)).
fn is_known(profile: &Profile) -> bool {
    [&profile.name, &profile.address, &profile.contact_email].into_iter().all(|text| !text.trim().is_empty())
}

/// What is said about each activity, in lists and in the report, in the order of Art. 30(1).
pub(super) const FIELDS: [&str; 18] = [
    "name",
    "purposes",
    "legal-bases",
    "legal-basis",
    "persons",
    "data",
    "special-categories",
    "recipients",
    "providers",
    "third-countries",
    "transfers",
    "transfer-safeguard",
    "erasure",
    "security",
    "responsible",
    "note",
    "ended",
    "lacks",
];

/// Writes the record as CSV, with activities of the past.
///
/// # Errors
/// The file exists or cannot be written.
pub fn export_processing(session: &mut Session, host: &dyn Host, request: ExportCsv) -> Result<FileWritten, Error> {
    let store = session.store()?;
    let context = Context::read(store, host)?;
    let rows = store.processing_list()?;
    let rows = rows.iter().map(|row| context.values(row).map(|value| value.cell(&context.snapshot)).to_vec());
    let head = FIELDS.map(|field| messages::text(context.snapshot.locale, "processing-field", field, &[]));
    csv::write(host, &request.path, request.overwrite, &head, &rows.collect::<Vec<_>>())
}
