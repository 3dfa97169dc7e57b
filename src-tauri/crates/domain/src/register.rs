//! The three registers that the GDPR makes a shop keep: what it does with personal data, what
//! persons ask of it, and what went wrong.
//!
//! Deliberately absent: the record of a processor (Art. 30(2)), which a shop that only sells its own
//! goods does not keep.

pub mod breach;
pub mod person_request;
pub mod processing;

use crate::id::RequirementId;

crate::word_enum! {
    /// One of the registers.
    Register {
        /// The record of processing activities (GDPR Art. 30(1)).
        Processing = "processing",
        /// The requests of persons (GDPR Art. 12(3), 15 to 22, 7(3)).
        PersonRequests = "person-requests",
        /// The personal data breaches (GDPR Art. 33(5)).
        Breaches = "breaches",
    }
}

impl Register {
    /// The register that proves a requirement, by the article of the GDPR it is numbered after.
    #[must_use]
    pub fn of(requirement: &RequirementId) -> Option<Self> {
        if requirement.framework.as_str() != "gdpr" {
            return None;
        }
        let number = requirement.number.as_str();
        let article = number.split('.').next().unwrap_or(number);
        match (article, number) {
            (_, "30.1") => Some(Self::Processing),
            (_, "7.3" | "12.3") | ("15" | "16" | "17" | "18" | "19" | "20" | "21" | "22", _) => {
                Some(Self::PersonRequests)
            }
            ("33" | "34", _) => Some(Self::Breaches),
            _ => None,
        }
    }
}

crate::word_enum! {
    /// How near the end of a period is.
    ClockState {
        /// There is time.
        Running = "running",
        /// It ends within seven days.
        DueSoon = "due-soon",
        /// It has ended.
        Overdue = "overdue",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_leads_to_the_register_that_proves_it() {
        let check = |id: &str, register: Option<Register>| {
            assert_eq!(Register::of(&id.parse().expect("an id")), register, "{id}");
        };
        check("gdpr:30.1", Some(Register::Processing));
        check("gdpr:30.2", None);
        check("gdpr:12.3", Some(Register::PersonRequests));
        check("gdpr:16", Some(Register::PersonRequests));
        check("gdpr:21.2", Some(Register::PersonRequests));
        check("gdpr:12.1", None);
        check("gdpr:33.5", Some(Register::Breaches));
        check("gdpr:34.1", Some(Register::Breaches));
        check("gdpr:3", None);
        check("pci-dss-4.0.1:12.3", None);
    }
}
