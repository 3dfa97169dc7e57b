//! The commands, one module an area. Each is one function: session, host, request in; response out.

pub mod assessment;
pub mod attach;
pub mod backup;
pub mod breach;
pub mod bundle;
pub mod checklist;
pub mod demo;
pub mod duty;
pub mod evidence;
pub mod finder;
pub mod history;
pub mod overview;
pub mod past;
pub mod person_request;
pub mod processing;
pub mod provider;
pub mod quality;
pub mod register;
pub mod reply;
pub mod report;
pub mod requirement;
pub mod sign_off;
pub mod signing;
pub mod task;
pub mod task_export;
pub mod undo;
pub mod worksheet;
pub mod workspace;

mod csv;
mod folders;
mod guard;
mod ics;
mod parse;
mod paths;
mod place;
mod provider_report;
mod report_registers;

use crate::error::Error;
use crate::host::Host;
use tillproof_store::{Change, Head, NewEntry, Transaction};

/// Ends a change: one journal entry for all rows of one command. Card data without a reason ends
/// here at the latest.
fn commit(
    transaction: Box<dyn Transaction + '_>,
    host: &dyn Host,
    command: &'static str,
    changes: Vec<Change>,
) -> Result<Head, Error> {
    changes.iter().try_for_each(|change| guard::change(host, change))?;
    Ok(transaction.commit(NewEntry { at: host.now(), actor: host.actor(), command, changes })?)
}
