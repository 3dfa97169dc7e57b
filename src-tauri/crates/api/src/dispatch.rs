//! From a command's name and a JSON request to a JSON response, made from the one list.

use crate::commands::{
    assessment::*, attach::*, backup::*, breach::*, bundle::*, checklist::*, demo::*, duty::*, evidence::*, finder::*,
    history::*, overview::*, past::*, person_request::*, processing::*, provider::*, quality::*, reply::*, report::*,
    requirement::*, sign_off::*, signing::*, task::*, task_export::*, undo::*, worksheet::*, workspace::*,
};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::{
    Empty, assessment::*, backup::*, bundle::*, checklist::*, evidence::*, finder::*, overview::*, past::*,
    provider::*, quality::*, register::*, report::*, requirement::*, signing::*, task::*, worksheet::*, workspace::*,
};

macro_rules! commands {
    ($($name:ident($request:ident) -> $response:ident),+ $(,)?) => {
        /// The name of every command.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),+];

        /// Every command. A host that matches on it does not compile until it knows a new one.
        #[expect(non_camel_case_types, reason = "the members are the commands' own names")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Command {
            $(#[doc = concat!("See the function `", stringify!($name), "`.")] $name),+
        }

        impl Command {
            /// All of them, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The command with this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
        }

        /// Runs a command.
        ///
        /// # Errors
        /// There is no such command, the request is not of its form, or the command fails.
        pub fn dispatch(
            session: &mut Session,
            host: &dyn Host,
            command: &str,
            request: serde_json::Value,
        ) -> Result<serde_json::Value, Error> {
            let looking;
            let host = match session.looking_at() {
                Some(day) => {
                    looking = crate::host::OnDay { host, day };
                    &looking
                }
                None => host,
            };
            let command = Command::named(command)
                .ok_or_else(|| Error::new("unknown-command").with("command", command).with("known", COMMANDS.join(", ")))?;
            let invalid = |error: serde_json::Error| {
                Error::new("invalid-request").with("command", command.name()).with("reason", error)
            };
            match command { $(
                Command::$name => {
                    let request: $request = serde_json::from_value(request).map_err(invalid)?;
                    let response: $response = $name(session, host, request)?;
                    serde_json::to_value(response).map_err(|error| Error::new("internal").with("detail", error))
                }
            )+ }
        }
    };
}

crate::with_commands!(commands);
