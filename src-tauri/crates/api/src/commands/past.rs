//! The workspace as it was on a day, rebuilt from its journal.

use super::{parse, workspace};
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::session::Session;
use crate::types::Empty;
use crate::types::past::LookBack;
use crate::types::workspace::WorkspaceInfo;

/// Looks at the workspace as it was at the end of a day, or after an entry. Every command that reads
/// then answers for that day; those that write are refused until `look_now`.
///
/// Where a clock went wrong, the days in the journal do not rise: what counts is what stands before
/// the first entry of a later day.
///
/// # Errors
/// The workspace did not exist yet, or neither day nor entry is given.
pub fn look_back(session: &mut Session, host: &dyn Host, request: LookBack) -> Result<WorkspaceInfo, Error> {
    let day = parse::day_opt(request.day.as_deref())?;
    let mut last = None;
    let mut within = |entry: &tillproof_store::Entry| {
        let on = host.day_of(entry.at);
        let within = request.seq.is_none_or(|seq| entry.seq <= seq) && day.is_none_or(|day| on <= day);
        if within {
            last = Some(on);
        }
        within
    };
    if day.is_none() && request.seq.is_none() {
        return Err(Error::new("invalid-date").with("value", ""));
    }
    let rows = session.file()?.rows_until(&mut within, &mut go_on(host))?;
    let Some(last) = last else {
        let asked = day.map_or_else(|| request.seq.unwrap_or_default().to_string(), |day| day.to_string());
        return Err(Error::new("before-the-beginning").with("day", asked));
    };
    let day = day.unwrap_or(last);
    session.look(Some((rows, day)));
    workspace::info(session, &crate::host::OnDay { host, day })
}

/// Looks at the workspace as it is again.
///
/// # Errors
/// No workspace is open.
pub fn look_now(session: &mut Session, host: &dyn Host, _: Empty) -> Result<WorkspaceInfo, Error> {
    session.look(None);
    workspace::info(session, host)
}
