//! Making, opening, keeping and checking a workspace.

use super::{commit, guard, parse, paths, place};
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::messages;
use crate::session::Session;
use crate::types::Empty;
use crate::types::workspace::{
    ChangePassphrase, Checked, Counts, CreateWorkspace, OpenWorkspace, ProbeWorkspace, Problem, RestoreWorkspace,
    ScopeFactsView, SetProfile, Verification, WorkspaceInfo, WorkspaceProbe,
};
use crate::view::{Snapshot, count, head_view, profile_view};
use std::collections::BTreeMap;
use tillproof_domain::id::WorkspaceId;
use tillproof_domain::profile::{Channel, Profile, ScopeFacts};
use tillproof_store::{Change, FileKind, Found, Kind, NewEntry, Reads, SqliteStore, Store, StoreError, recognise};
use zeroize::Zeroizing;

/// Makes a new workspace file and opens it.
///
/// # Errors
/// The name or the passphrase is missing, the file exists or cannot be written.
pub fn create_workspace(
    session: &mut Session,
    host: &dyn Host,
    request: CreateWorkspace,
) -> Result<WorkspaceInfo, Error> {
    let passphrase = Zeroizing::new(request.passphrase.unwrap_or_default());
    let path = paths::target(host, &request.path)?;
    let name = parse::bearable(parse::required("name-missing", &request.name)?)?;
    guard::text(host, &name)?;
    let key = match (passphrase.as_str(), request.unencrypted) {
        ("", true) => None,
        ("", false) => return Err(Error::new("passphrase-missing")),
        (_, true) => return Err(Error::new("passphrase-unused")),
        (passphrase, false) => Some(passphrase),
    };
    let now = host.now();
    let profile = Profile {
        id: WorkspaceId(host.new_uuid()),
        name,
        trading_name: String::new(),
        address: String::new(),
        country: parse::country(request.country.as_deref().unwrap_or_default())?,
        locale: request.locale,
        website: String::new(),
        platform: String::new(),
        payment_provider: String::new(),
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        staff: None,
        channels: vec![Channel::ECommerce],
        payment_description: String::new(),
        scope_facts: ScopeFacts::default(),
        finder_answers: BTreeMap::new(),
        more_finder_answers: Vec::new(),
        card_data_reason: None,
        created_at: now,
        rev: 1,
    };
    let first =
        NewEntry { at: now, actor: host.actor(), command: "create_workspace", changes: vec![Change::Profile(profile)] };
    let store = SqliteStore::create(&path, key, first)?;
    session.set(Some(store));
    info(session, host)
}

/// Looks at a file from outside: whether it is there, and whether it takes a passphrase.
///
/// # Errors
/// The file is certainly no workspace.
pub fn probe_workspace(_: &mut Session, host: &dyn Host, request: ProbeWorkspace) -> Result<WorkspaceProbe, Error> {
    let path = paths::allowed(host, &request.path)?;
    let (exists, encrypted) = match recognise(&path) {
        Ok(kind) => (true, kind == FileKind::Encrypted),
        Err(StoreError::Missing(_)) => (false, false),
        Err(error) => return Err(error.into()),
    };
    let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    Ok(WorkspaceProbe { path: path.display().to_string(), exists, encrypted, size })
}

/// Opens a workspace file; the one that was open is closed only if this succeeds.
///
/// # Errors
/// The file is missing, no workspace, newer, damaged, or the passphrase is wrong.
pub fn open_workspace(session: &mut Session, host: &dyn Host, request: OpenWorkspace) -> Result<WorkspaceInfo, Error> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let path = paths::allowed(host, &request.path)?;
    let store = SqliteStore::open(&path, passphrase.as_deref().map(String::as_str))?;
    session.set(Some(store));
    info(session, host)
}

/// Opens a workspace file that may be damaged, so that it can be verified.
///
/// # Errors
/// The file is missing, no workspace, newer, or the passphrase is wrong.
pub fn open_to_verify(session: &mut Session, host: &dyn Host, request: OpenWorkspace) -> Result<(), Error> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let path = paths::allowed(host, &request.path)?;
    session.set(Some(SqliteStore::open_unchecked(&path, passphrase.as_deref().map(String::as_str))?));
    Ok(())
}

/// Closes the workspace.
///
/// # Errors
/// None.
pub fn close_workspace(session: &mut Session, _: &dyn Host, _: Empty) -> Result<Empty, Error> {
    session.set(None);
    Ok(Empty {})
}

/// The open workspace at a glance.
///
/// # Errors
/// None is open, or it cannot be read.
pub fn workspace_info(session: &mut Session, host: &dyn Host, _: Empty) -> Result<WorkspaceInfo, Error> {
    info(session, host)
}

pub(super) fn info(session: &Session, host: &dyn Host) -> Result<WorkspaceInfo, Error> {
    let (store, file) = (session.store()?, session.file()?);
    let snapshot = Snapshot::read(store, host)?;
    let size = |suffix: &str| {
        let mut name = file.path().as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(name).map_or(0, |metadata| metadata.len())
    };
    Ok(WorkspaceInfo {
        path: file.path().display().to_string(),
        encrypted: file.is_encrypted(),
        read_only: file.is_read_only(),
        read_only_because: file.is_read_only().then(|| place::read_only_because(file.path(), host.locale())),
        place: place::view(file.place(), host.locale()),
        as_of: session.looking_at().map(|day| day.to_string()),
        size: size("") + size("-wal"),
        format: tillproof_store::FORMAT,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: profile_view(&store.profile()?),
        journal: head_view(store.head()?),
        counts: Counts {
            evidence: count(snapshot.evidence_list().filter(|evidence| evidence.is_current())),
            tasks_open: count(snapshot.tasks().iter().filter(|task| task.status.is_open())),
            tasks_overdue: count(snapshot.tasks().iter().filter(|task| task.is_overdue(snapshot.today))),
        },
        assessments: snapshot
            .assessments_in_order()
            .into_iter()
            .map(|assessment| snapshot.summary(assessment))
            .collect(),
    })
}

/// Changes the profile.
///
/// # Errors
/// The name would be empty, or the answers are none the finder knows.
pub fn set_profile(session: &mut Session, host: &dyn Host, request: SetProfile) -> Result<WorkspaceInfo, Error> {
    let transaction = session.store_mut()?.begin()?;
    let mut profile = transaction.profile()?;
    let before = profile.clone();
    parse::seen(request.rev, profile.rev, &profile.name)?;
    if let Some(name) = request.name {
        profile.name = parse::bearable(parse::required("name-missing", &name)?)?;
    }
    if let Some(text) = request.country {
        profile.country = parse::country(&text)?;
    }
    if let Some(answers) = request.finder_answers {
        super::finder::walk(&answers)?;
        profile.finder_answers = answers;
    }
    if let Some(channels) = request.more_finder_answers {
        for answers in &channels {
            super::finder::walk(answers)?;
        }
        profile.more_finder_answers = channels;
    }
    if let Some(facts) = request.scope_facts {
        let ScopeFactsView { assessors, left_out, environment, segmented, locations, products } = facts;
        let [assessors, left_out, environment, locations, products] =
            [assessors, left_out, environment, locations, products].map(parse::bearable);
        profile.scope_facts = ScopeFacts {
            assessors: assessors?,
            left_out: left_out?,
            environment: environment?,
            segmented,
            locations: locations?,
            products: products?,
        };
    }
    for (field, text) in [
        (&mut profile.trading_name, request.trading_name),
        (&mut profile.address, request.address),
        (&mut profile.website, request.website),
        (&mut profile.platform, request.platform),
        (&mut profile.payment_provider, request.payment_provider),
        (&mut profile.contact_name, request.contact_name),
        (&mut profile.contact_role, request.contact_role),
        (&mut profile.contact_email, request.contact_email),
        (&mut profile.payment_description, request.payment_description),
    ] {
        if let Some(text) = text {
            *field = parse::bearable(text)?;
        }
    }
    let kept = guard::Kept { texts: before.texts(), reason: before.card_data_reason.as_deref() };
    profile.card_data_reason = guard::row(host, request.allow_card_data, &kept, &profile.texts())?;
    profile.locale = request.locale.unwrap_or(profile.locale);
    profile.staff = request.staff.or(profile.staff);
    if let Some(mut channels) = request.channels {
        channels.sort_unstable();
        channels.dedup();
        profile.channels = channels;
    }
    if profile != before {
        profile.rev += 1;
        commit(transaction, host, "set_profile", vec![Change::Profile(profile)])?;
    } else {
        drop(transaction);
    }
    info(session, host)
}

/// Sets another passphrase.
///
/// # Errors
/// The current one is wrong, the new one is empty, or the workspace is not encrypted.
pub fn change_passphrase(session: &mut Session, _: &dyn Host, request: ChangePassphrase) -> Result<Empty, Error> {
    let (current, new) = (Zeroizing::new(request.current), Zeroizing::new(request.new));
    let store = session.store_mut()?;
    if !store.is_encrypted() {
        return Err(Error::new("not-encrypted"));
    }
    if new.is_empty() {
        return Err(Error::new("passphrase-missing"));
    }
    store.rekey(&current, &new)?;
    Ok(Empty {})
}

/// Puts a backup in place as a workspace and opens it.
///
/// # Errors
/// The backup cannot be opened, or the place is taken or cannot be written.
pub fn restore_workspace(
    session: &mut Session,
    host: &dyn Host,
    request: RestoreWorkspace,
) -> Result<WorkspaceInfo, Error> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let backup = paths::allowed(host, &request.backup)?;
    let path = paths::target(host, &request.path)?;
    let store = SqliteStore::restore(&backup, &path, passphrase.as_deref().map(String::as_str), &mut go_on(host))?;
    session.set(Some(store));
    info(session, host)
}

/// Checks the whole workspace and names everything that is wrong.
///
/// # Errors
/// None is open, or the person cancels.
pub fn verify_workspace(session: &mut Session, host: &dyn Host, _: Empty) -> Result<Verification, Error> {
    let store = session.file()?;
    let (found, counted) = store.verify(&mut go_on(host))?;
    let locale = host.locale();
    let journal = store.head().unwrap_or(tillproof_store::Head { seq: 0, hash: String::new() });
    let problem = |found: Found| {
        let kind = match found.kind {
            Kind::File => "file",
            Kind::Journal => "journal",
            Kind::Row => "row",
            Kind::Evidence => "evidence",
        };
        let detail = found.detail.as_str();
        let message = messages::text(locale, "verify", &format!("{kind}-{}", found.fault), &[("detail", detail)]);
        Problem { kind: kind.to_owned(), r#where: found.place, message }
    };
    let not_proven = ["answers", "owner", "attestation"];
    let not_proven =
        not_proven.map(|key| messages::text(locale, "not-proven", key, &[("head", &journal.hash)])).to_vec();
    Ok(Verification {
        ok: found.is_empty(),
        problems: found.into_iter().map(problem).collect(),
        checked: Checked {
            journal_entries: counted.entries,
            rows: counted.rows,
            evidence: counted.contents,
            evidence_bytes: counted.bytes,
        },
        journal: head_view(journal),
        not_proven,
    })
}
