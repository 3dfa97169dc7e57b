//! How the command line reaches every command of the list. A new command does not compile here
//! until somebody has decided.

use tillproof_api::dispatch::Command;

/// How a command is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exposure {
    /// By this subcommand.
    Subcommand(&'static str),
    /// By `tillproof rpc` only: it belongs to a conversation.
    Rpc,
}

impl std::fmt::Display for Exposure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Subcommand(name) => write!(f, "tillproof {name}"),
            Self::Rpc => f.write_str("tillproof rpc"),
        }
    }
}

/// How a command is reached.
pub(crate) const fn exposure(command: Command) -> Exposure {
    use Exposure::{Rpc, Subcommand};
    match command {
        Command::create_workspace => Subcommand("new"),
        Command::workspace_info => Subcommand("info"),
        Command::change_passphrase => Subcommand("rekey"),
        Command::backup_workspace | Command::auto_backup => Subcommand("backup"),
        Command::list_backups => Subcommand("backups"),
        Command::restore_workspace => Subcommand("restore"),
        Command::verify_workspace | Command::verify_report | Command::verify_bundle => Subcommand("verify"),
        Command::signing_key
        | Command::make_signing_key
        | Command::remove_signing_key
        | Command::export_certificate => Subcommand("signing-key"),
        Command::export_bundle => Subcommand("bundle"),
        Command::export_spreadsheet => Subcommand("spreadsheet"),
        Command::export_oscal => Subcommand("oscal"),
        Command::import_reply => Subcommand("import-reply"),
        Command::list_replies => Subcommand("replies"),
        Command::history => Subcommand("history"),
        Command::undo => Subcommand("undo"),
        Command::list_assessments => Subcommand("assessments"),
        Command::sign_off => Subcommand("sign-off"),
        Command::next_assessment => Subcommand("next"),
        Command::compare_assessments => Subcommand("compare"),
        Command::data_quality => Subcommand("quality"),
        Command::make_demo => Subcommand("demo"),
        Command::finder_questions | Command::find_saq | Command::find_saq_together => Subcommand("find-saq"),
        Command::change_scope => Subcommand("scope"),
        Command::import_checklist => Subcommand("import-checklist"),
        Command::carry_over => Subcommand("carry-over"),
        Command::processing_starter => Subcommand("processing-starter"),
        Command::start_assessment => Subcommand("assess"),
        Command::confirm_criterion => Subcommand("criterion"),
        Command::list_requirements => Subcommand("requirements"),
        Command::show_requirement => Subcommand("show"),
        Command::answer_requirement => Subcommand("answer"),
        Command::list_worksheets => Subcommand("worksheets"),
        Command::attach_evidence => Subcommand("attach"),
        Command::list_evidence
        | Command::show_evidence
        | Command::export_evidence
        | Command::replace_evidence
        | Command::add_note
        | Command::add_link
        | Command::link_evidence
        | Command::set_evidence
        | Command::remove_evidence => Subcommand("evidence"),
        Command::add_task
        | Command::set_task
        | Command::comment_task
        | Command::list_tasks
        | Command::task_from_gap
        | Command::plan_duties
        | Command::export_tasks => Subcommand("task"),
        Command::add_provider
        | Command::set_provider
        | Command::list_providers
        | Command::provider_letter
        | Command::export_providers => Subcommand("provider"),
        Command::add_processing
        | Command::set_processing
        | Command::list_processing
        | Command::start_processing
        | Command::export_processing => Subcommand("processing"),
        Command::add_person_request
        | Command::set_person_request
        | Command::list_person_requests
        | Command::export_person_requests => Subcommand("request"),
        Command::add_breach | Command::set_breach | Command::list_breaches | Command::export_breaches => {
            Subcommand("breach")
        }
        Command::export_report => Subcommand("report"),
        Command::probe_workspace
        | Command::open_workspace
        | Command::close_workspace
        | Command::set_profile
        | Command::changed_since
        | Command::list_frameworks
        | Command::look_back
        | Command::look_now
        | Command::overview
        | Command::answer_many
        | Command::paste_evidence
        | Command::prepare_attachment => Rpc,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_subcommand_named_is_there() {
        let known = crate::arguments::Arguments::command();
        for command in Command::ALL {
            if let Exposure::Subcommand(name) = exposure(*command) {
                assert!(known.find_subcommand(name).is_some(), "{} is said to be `{name}`", command.name());
            }
        }
    }
}
