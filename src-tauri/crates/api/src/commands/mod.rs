//! The commands, one module an area. Each is one function: session, host, request in; response out.

pub mod assessment;
pub mod breach;
pub mod checklist;
pub mod demo;
pub mod evidence;
pub mod finder;
pub mod history;
pub mod overview;
pub mod person_request;
pub mod processing;
pub mod provider;
pub mod register;
pub mod report;
pub mod requirement;
pub mod task;
pub mod workspace;

mod csv;
mod guard;
mod parse;
mod paths;
mod report_registers;

use crate::error::Error;
use crate::host::Host;
use tillproof_store::{Change, Head, NewEntry, Transaction};

/// Ends a change: one journal entry for all rows of one command.
fn commit(
    transaction: Box<dyn Transaction + '_>,
    host: &dyn Host,
    command: &'static str,
    changes: Vec<Change>,
) -> Result<Head, Error> {
    Ok(transaction.commit(NewEntry { at: host.now(), actor: host.actor(), command, changes })?)
}
