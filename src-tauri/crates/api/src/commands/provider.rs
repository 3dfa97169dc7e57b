//! Third parties: who handles what, which papers they owe, and who meets which requirement.

use super::{commit, csv, guard, parse};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::provider::{
    AddProvider, ExportCsv, LackView, Letter, ListProviders, OwedPaper, PaperView, ProviderLetter,
    ProviderOfRequirement, ProviderView, Providers, ResponsibilityView, SetProvider,
};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::evidence::Evidence;
use tillproof_domain::framework::Freshness;
use tillproof_domain::id::{EvidenceId, ProviderId, RequirementId};
use tillproof_domain::locale::Locale;
use tillproof_domain::provider::{Dated, Handling, Lack, Paper, Provider, Responsibility, Standing, asked_by};
use tillproof_store::{Change, Reads, Store};

/// The requirement whose rule says how old an AOC may be.
const STATUS: &str = "pci-dss-4.0.1:12.8.4";

/// Adds a provider.
///
/// # Errors
/// The name is missing, or something that it handles or the country is none.
pub fn add_provider(session: &mut Session, host: &dyn Host, request: AddProvider) -> Result<ProviderView, Error> {
    let mut provider = Provider {
        id: ProviderId(host.new_uuid()),
        name: parse::bearable(parse::required("name-missing", &request.name)?)?,
        service: parse::bearable(request.service.unwrap_or_default())?,
        handles: handles(&request.handles)?,
        country: parse::country(request.country.as_deref().unwrap_or_default())?,
        contact: parse::bearable(request.contact.unwrap_or_default())?,
        aoc: Dated::default(),
        agreement: Dated::default(),
        processor_contract: Dated::default(),
        checked_on: None,
        responsibilities: BTreeMap::new(),
        note: parse::bearable(request.note.unwrap_or_default())?,
        ended: None,
        card_data_reason: None,
        created_at: host.now(),
        rev: 1,
    };
    provider.card_data_reason = guard::row(host, request.allow_card_data, &guard::Kept::default(), &provider.texts())?;
    let transaction = session.store_mut()?.begin()?;
    commit(transaction, host, "add_provider", vec![Change::Provider(provider.clone())])?;
    view_of(session, host, &provider)
}

fn handles(words: &[String]) -> Result<Vec<Handling>, Error> {
    let mut handles = words.iter().map(|word| parse::word("handling", word)).collect::<Result<Vec<_>, _>>()?;
    handles.sort();
    handles.dedup();
    Ok(handles)
}

/// Changes a provider. What is not given stays as it was.
///
/// # Errors
/// There is no such provider, a value is none, or the `rev` is old.
pub fn set_provider(session: &mut Session, host: &dyn Host, request: SetProvider) -> Result<ProviderView, Error> {
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let before = find(transaction.as_ref(), &request.provider)?;
    if request.rev.is_some_and(|seen| seen != before.rev) {
        return Err(Error::new("conflict").with("row", &before.name));
    }
    let mut provider = before.clone();
    if let Some(name) = request.name {
        provider.name = parse::bearable(parse::required("name-missing", &name)?)?;
    }
    if let Some(words) = request.handles {
        provider.handles = handles(&words)?;
    }
    if let Some(country) = request.country {
        provider.country = parse::country(&country)?;
    }
    for (field, text) in [
        (&mut provider.service, request.service),
        (&mut provider.contact, request.contact),
        (&mut provider.note, request.note),
    ] {
        if let Some(text) = text {
            *field = parse::bearable(text)?;
        }
    }
    for (paper, on, evidence) in [
        (&mut provider.aoc, request.aoc_on, request.aoc_evidence),
        (&mut provider.agreement, request.agreement_on, request.agreement_evidence),
        (&mut provider.processor_contract, request.processor_contract_on, request.processor_contract_evidence),
    ] {
        if let Some(on) = on {
            paper.on = parse::day_opt(Some(&on))?;
        }
        if let Some(id) = evidence {
            paper.evidence = known_evidence(transaction.as_ref(), &id)?;
        }
    }
    if let Some(on) = request.checked_on {
        provider.checked_on = parse::day_opt(Some(&on))?;
    }
    for (requirement, who) in request.responsibilities.into_iter().flatten() {
        let requirement = parse::requirement(&catalog, &requirement)?;
        if who.is_empty() {
            provider.responsibilities.remove(&requirement);
        } else {
            provider.responsibilities.insert(requirement, parse::word("responsibility", &who)?);
        }
    }
    if let Some(reason) = request.ended {
        let reason = parse::bearable(reason.trim().to_owned())?;
        provider.ended = (!reason.is_empty()).then_some(reason);
    }
    let kept = guard::Kept { texts: before.texts(), reason: before.card_data_reason.as_deref() };
    provider.card_data_reason = guard::row(host, request.allow_card_data, &kept, &provider.texts())?;
    if provider == before {
        drop(transaction);
    } else {
        provider.rev += 1;
        commit(transaction, host, "set_provider", vec![Change::Provider(provider.clone())])?;
    }
    view_of(session, host, &provider)
}

fn find(reads: &dyn Reads, text: &str) -> Result<Provider, Error> {
    let id: ProviderId = parse::id("provider", text)?;
    reads.provider(id)?.ok_or_else(|| Error::not_found("provider", text))
}

/// An evidence that counts; none for an empty text.
fn known_evidence(reads: &dyn Reads, text: &str) -> Result<Option<EvidenceId>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let id: EvidenceId = parse::id("evidence", text)?;
    let evidence = reads.evidence(id)?.filter(Evidence::is_current);
    evidence.map(|evidence| Some(evidence.id)).ok_or_else(|| Error::not_found("evidence", text))
}

/// Providers, by name.
///
/// # Errors
/// The workspace cannot be read.
pub fn list_providers(session: &mut Session, host: &dyn Host, request: ListProviders) -> Result<Providers, Error> {
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let providers = store.providers()?;
    let views = providers.iter().filter(|provider| request.all || provider.ended.is_none());
    let views =
        views.map(|provider| view(&snapshot, provider)).filter(|view| !request.lacking || !view.lacks.is_empty());
    // The requirements whose meeting can be shared: those of PCI DSS that apply, each once.
    let mut lists = BTreeSet::new();
    let mut requirements: Vec<RequirementId> = snapshot
        .assessments
        .iter()
        .filter(|assessment| lists.insert((&assessment.framework, &assessment.scopes)))
        .flat_map(|assessment| snapshot.requirements_of(assessment))
        .map(|placed| placed.requirement.id.clone())
        .filter(|id| id.framework.as_str().starts_with("pci-dss"))
        .collect();
    let mut seen = BTreeSet::new();
    requirements.retain(|id| seen.insert(id.clone()));
    Ok(Providers {
        providers: views.collect(),
        requirements: requirements.iter().map(|id| snapshot.reference(id)).collect(),
    })
}

fn view_of(session: &Session, host: &dyn Host, provider: &Provider) -> Result<ProviderView, Error> {
    Ok(view(&Snapshot::read(session.store()?, host)?, provider))
}

pub(super) fn view(snapshot: &Snapshot, provider: &Provider) -> ProviderView {
    let paper = |paper: &Dated| {
        // A newer version takes the place of the one that was linked.
        let evidence = paper.evidence.and_then(|id| current(snapshot, id));
        PaperView {
            on: paper.on.map(|day| day.to_string()),
            evidence: evidence.map(|evidence| evidence.id.to_string()),
            evidence_name: evidence.map(|evidence| evidence.name.clone()),
        }
    };
    ProviderView {
        id: provider.id.to_string(),
        name: provider.name.clone(),
        service: provider.service.clone(),
        handles: provider.handles.clone(),
        country: provider.country.clone(),
        contact: provider.contact.clone(),
        aoc: paper(&provider.aoc),
        agreement: paper(&provider.agreement),
        processor_contract: paper(&provider.processor_contract),
        checked_on: provider.checked_on.map(|day| day.to_string()),
        owed: owed(snapshot, provider),
        responsibilities: provider
            .responsibilities
            .iter()
            .map(|(id, who)| ResponsibilityView { requirement: snapshot.reference(id), who: *who })
            .collect(),
        note: provider.note.clone(),
        ended: provider.ended.clone(),
        card_data_reason: provider.card_data_reason.clone(),
        lacks: lacks(snapshot, provider).iter().map(|lack| lack_view(lack, snapshot.locale)).collect(),
        rev: provider.rev,
    }
}

fn owed(snapshot: &Snapshot, provider: &Provider) -> Vec<OwedPaper> {
    let say = |group: &str, paper: Paper| messages::text(snapshot.locale, group, paper.as_str(), &[]);
    let standings = yearly(snapshot).map(|rule| provider.standings(rule, snapshot.today)).unwrap_or_default();
    let paper = |standing: Standing| {
        let evidence = match standing.paper {
            Paper::Aoc => provider.aoc.evidence,
            Paper::Agreement => provider.agreement.evidence,
            Paper::ProcessorContract => provider.processor_contract.evidence,
            Paper::StatusCheck | Paper::Responsibilities => None,
        };
        let evidence = evidence.and_then(|id| current(snapshot, id));
        OwedPaper {
            paper: standing.paper,
            label: say("paper", standing.paper),
            rule: say("paper-rule", standing.paper),
            state: standing.state,
            on: standing.on.map(|day| day.to_string()),
            until: standing.until.map(|day| day.to_string()),
            evidence: evidence.map(|evidence| evidence.id.to_string()),
            evidence_name: evidence.map(|evidence| evidence.name.clone()),
        }
    };
    standings.into_iter().map(paper).collect()
}

/// Something that a provider lacks.
pub(crate) struct ProviderPoint {
    pub(crate) provider: ProviderId,
    pub(crate) lack: LackView,
}

/// What the providers of today lack, by provider.
pub(crate) fn provider_points(snapshot: &Snapshot, providers: &[Provider]) -> Vec<ProviderPoint> {
    let of = |provider: &Provider| {
        let lacks = lacks(snapshot, provider).into_iter();
        let id = provider.id;
        lacks.map(move |lack| ProviderPoint { provider: id, lack: lack_view(&lack, snapshot.locale) })
    };
    providers.iter().flat_map(of).collect()
}

/// The providers that a requirement is about, and those of whom is written down who meets it.
pub(super) fn of_requirement(
    snapshot: &Snapshot,
    reads: &dyn Reads,
    requirement: &RequirementId,
) -> Result<Vec<ProviderOfRequirement>, Error> {
    let asked = asked_by(requirement);
    let providers: Vec<Provider> = reads
        .providers()?
        .into_iter()
        .filter(|provider| provider.ended.is_none())
        .filter(|provider| {
            asked.is_some_and(|asked| provider.is_asked_by(asked))
                || provider.responsibilities.contains_key(requirement)
        })
        .collect();
    let papers = asked.map_or(&[][..], |asked| asked.papers);
    let mut points = provider_points(snapshot, &providers);
    points.retain(|point| papers.contains(&point.lack.paper));
    Ok(providers
        .iter()
        .map(|provider| ProviderOfRequirement {
            id: provider.id.to_string(),
            name: provider.name.clone(),
            service: provider.service.clone(),
            handles: provider.handles.clone(),
            responsibility: provider.responsibilities.get(requirement).copied(),
            lacks: points
                .iter()
                .filter(|point| point.provider == provider.id)
                .map(|point| point.lack.clone())
                .collect(),
        })
        .collect())
}

/// The version of an evidence that counts now; none if it was removed.
pub(crate) fn current(snapshot: &Snapshot, id: EvidenceId) -> Option<&Evidence> {
    let mut id = id;
    // Versions are a chain without circles; it is no longer than the list.
    for _ in 0..=snapshot.evidence_list().len() {
        let evidence = snapshot.evidence_by_id(id)?;
        match evidence.replaced_by {
            Some(next) => id = next,
            None => return Some(evidence).filter(|evidence| evidence.is_current()),
        }
    }
    None
}

/// What a provider lacks today.
pub(super) fn lacks(snapshot: &Snapshot, provider: &Provider) -> Vec<Lack> {
    yearly(snapshot).map(|rule| provider.lacks(rule, snapshot.today)).unwrap_or_default()
}

/// How old an AOC may be (PCI DSS 12.8.4).
fn yearly(snapshot: &Snapshot) -> Option<&Freshness> {
    let (_, _, requirement) = snapshot.catalog.requirement(&STATUS.parse().ok()?)?;
    requirement.facts.freshness.as_ref()
}

fn lack_view(lack: &Lack, locale: Locale) -> LackView {
    let paper = messages::text(locale, "paper", lack.paper.as_str(), &[]);
    let until = lack.until.map(|day| locale.day(day)).unwrap_or_default();
    let values = [("paper", paper.as_str()), ("until", until.as_str())];
    LackView {
        paper: lack.paper,
        state: lack.state,
        text: messages::text(locale, "lack", lack.state.as_str(), &values),
        rule: messages::text(locale, "paper-rule", lack.paper.as_str(), &[]),
        until: lack.until.map(|day| day.to_string()),
    }
}

/// A letter that asks a provider for what is missing; nothing is sent.
///
/// # Errors
/// There is no such provider, or nothing is missing that it could send.
pub fn provider_letter(session: &mut Session, host: &dyn Host, request: ProviderLetter) -> Result<Letter, Error> {
    let store = session.store()?;
    let locale = request.locale.unwrap_or_else(|| host.locale());
    let snapshot = Snapshot::read(store, host)?;
    let provider = find(store, &request.provider)?;
    let profile = store.profile()?;
    // The look at its status is ours.
    let asked: Vec<Paper> = lacks(&snapshot, &provider)
        .iter()
        .map(|lack| lack.paper)
        .filter(|paper| *paper != Paper::StatusCheck)
        .collect();
    if asked.is_empty() {
        return Err(Error::new("nothing-missing").with("name", &provider.name));
    }
    let say = |key: &str, values: &[(&str, &str)]| messages::text(locale, "letter", key, values);
    let items: Vec<String> = asked.iter().map(|paper| format!("- {}", say(paper.as_str(), &[]))).collect();
    let contact = if profile.contact_name.is_empty() { profile.name.clone() } else { profile.contact_name.clone() };
    let body = [
        say("greeting", &[]),
        say("opening", &[("company", &profile.name), ("service", &provider.service), ("name", &provider.name)]),
        items.join("\n"),
        say("closing", &[]),
        format!("{}\n{contact}\n{}", say("regards", &[]), profile.name),
    ];
    Ok(Letter {
        to: provider.contact.clone(),
        subject: say("subject", &[("company", &profile.name)]),
        body: body.join("\n\n"),
    })
}

/// Writes the list of providers, with their papers and who meets what (12.8.1, 12.8.5), as CSV.
///
/// # Errors
/// The file exists or cannot be written.
pub fn export_providers(session: &mut Session, host: &dyn Host, request: ExportCsv) -> Result<FileWritten, Error> {
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let say = |group: &str, key: &str| messages::text(snapshot.locale, group, key, &[]);
    let head = [
        "name",
        "service",
        "handles",
        "country",
        "contact",
        "aoc",
        "agreement",
        "processor-contract",
        "checked",
        "responsibilities",
        "lacks",
        "note",
        "ended",
    ];
    let providers = store.providers()?;
    let rows = providers.iter().map(|provider| {
        let view = view(&snapshot, provider);
        let met = |who: Responsibility| {
            let of = view.responsibilities.iter().filter(move |one| one.who == who);
            let labels = of.map(|one| one.requirement.label.clone()).collect::<Vec<_>>().join(", ");
            (!labels.is_empty()).then(|| format!("{}: {labels}", say("responsibility", who.as_str())))
        };
        vec![
            view.name.clone(),
            view.service.clone(),
            view.handles.iter().map(|handling| say("handling", handling.as_str())).collect::<Vec<_>>().join("; "),
            view.country.clone(),
            view.contact.clone(),
            view.aoc.on.clone().unwrap_or_default(),
            view.agreement.on.clone().unwrap_or_default(),
            view.processor_contract.on.clone().unwrap_or_default(),
            view.checked_on.clone().unwrap_or_default(),
            Responsibility::ALL.iter().filter_map(|who| met(*who)).collect::<Vec<_>>().join("; "),
            view.lacks.iter().map(|lack| lack.text.clone()).collect::<Vec<_>>().join("; "),
            view.note.clone(),
            view.ended.clone().unwrap_or_default(),
        ]
    });
    let head: Vec<String> = head.iter().map(|column| say("provider-column", column)).collect();
    csv::write(host, &request.path, request.overwrite, &head, &rows.collect::<Vec<_>>())
}
