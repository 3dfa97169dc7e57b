//! `tillproof`: the commands of Tillproof without a window, for scripts, servers and auditors.
//!
//! Deliberately absent: every rule. This is a host of the command list: it reads arguments, brings
//! clock and passphrase, calls the command, and prints what comes back.

mod arguments;
mod bundle;
mod evidence;
mod exposure;
mod passphrase;
mod print;
mod registers;
mod requests;
mod rpc;
mod signing;
mod tasks;

use arguments::{Action, Arguments};
use clap::Parser;
use serde_json::Value;
use std::process::ExitCode;
use tillproof_api::dispatch::{Command, dispatch};
use tillproof_api::error::Error;
use tillproof_api::host::{Host, SystemHost};
use tillproof_api::session::Session;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let host = SystemHost {
        locale: arguments.locale.unwrap_or_else(SystemHost::environment_locale),
        actor: arguments.actor.clone(),
        fixed_now: arguments.now,
    };
    match run(&arguments, &host) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let view = error.view(host.locale());
            if arguments.json {
                print::line(&serde_json::json!({ "error": view }).to_string());
            }
            print::error(&view.message, &view.hint);
            ExitCode::from(1)
        }
    }
}

/// Runs what the arguments ask for; answers whether all was well.
fn run(arguments: &Arguments, host: &SystemHost) -> Result<bool, Error> {
    let mut session = Session::new();
    if let Action::Rpc { file } = &arguments.action {
        requests::open(&mut session, host, arguments, file)?;
        return rpc::run(&mut session, host, std::io::stdin().lock());
    }
    if matches!(arguments.action, Action::Commands) {
        for command in Command::ALL {
            print::line(&format!("{:22}{}", command.name(), exposure::exposure(*command)));
        }
        return Ok(true);
    }
    if let Some(file) = requests::workspace_of(&arguments.action) {
        requests::open(&mut session, host, arguments, file)?;
    }
    if let Some(day) = &arguments.as_of {
        call(&mut session, host, Command::look_back, serde_json::json!({ "day": day }))?;
    }
    let (command, request) = requests::request(arguments)?;
    let response = call(&mut session, host, command, request)?;
    if arguments.json {
        print::line(&response.to_string());
    } else {
        print::response(command, &response);
    }
    Ok(is_well(&arguments.action, &response))
}

/// Whether a command that was done found no fault.
fn is_well(action: &Action, response: &Value) -> bool {
    match action {
        // A check that found a fault has failed, and so has one that is not evaluated.
        Action::Verify { .. } => response.get("ok") == Some(&Value::Bool(true)),
        Action::Report { keep_going: false, .. } => {
            response.get("damaged").and_then(Value::as_array).is_none_or(Vec::is_empty)
        }
        _ => true,
    }
}

fn call(session: &mut Session, host: &dyn Host, command: Command, request: Value) -> Result<Value, Error> {
    dispatch(session, host, command.name(), request)
}
