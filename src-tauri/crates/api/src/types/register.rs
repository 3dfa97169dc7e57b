//! The registers of the GDPR: processing activities, requests of persons, breaches.

use super::wire;
use tillproof_domain::register::breach::{BreachKind, BreachPart, BreachRisk, BreachState};
use tillproof_domain::register::person_request::{PersonRight, RequestOutcome, RequestState};
use tillproof_domain::register::processing::{LegalBasis, ProcessingPart};
use tillproof_domain::register::{ClockState, Register};

wire! {
    /// Something that a row of a register names.
    pub struct RegisterLink {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
    }

    /// A period of a register that runs or has ended.
    pub struct RegisterClock {
        /// The register.
        pub register: Register,
        /// The row.
        pub id: String,
        /// What it is called.
        pub title: String,
        /// When the period ends: a day, or for a breach an instant.
        pub due: String,
        /// How near that is.
        pub state: ClockState,
    }

    /// Adds an activity to the record of processing.
    pub struct AddProcessing {
        /// Its name.
        pub name: String,
        /// What for.
        #[serde(default)] #[ts(optional)] pub purposes: Option<String>,
        /// Why it is allowed: `consent`, `contract`, `legal-obligation`, `vital-interests`, `public-task`,
        /// `legitimate-interests` (Art. 6(1)).
        #[serde(default)] #[ts(optional, as = "Option<Vec<LegalBasis>>")] pub legal_bases: Option<Vec<String>>,
        /// The same in words.
        #[serde(default)] #[ts(optional)] pub legal_basis: Option<String>,
        /// Whose data.
        #[serde(default)] #[ts(optional)] pub persons: Option<String>,
        /// Which data.
        #[serde(default)] #[ts(optional)] pub data: Option<String>,
        /// Whether special categories are among them (Art. 9).
        #[serde(default)] #[ts(optional)] pub special_categories: Option<bool>,
        /// Who gets them, in words.
        #[serde(default)] #[ts(optional)] pub recipients: Option<String>,
        /// The providers among them, by id.
        #[serde(default)] #[ts(optional)] pub providers: Option<Vec<String>>,
        /// Whether data goes to a third country.
        #[serde(default)] #[ts(optional)] pub third_countries: Option<bool>,
        /// To which ones, and to whom there.
        #[serde(default)] #[ts(optional)] pub transfers: Option<String>,
        /// What keeps the data safe there.
        #[serde(default)] #[ts(optional)] pub transfer_safeguard: Option<String>,
        /// When the data is erased.
        #[serde(default)] #[ts(optional)] pub erasure: Option<String>,
        /// How it is kept safe (Art. 32).
        #[serde(default)] #[ts(optional)] pub security: Option<String>,
        /// Who inside answers for it.
        #[serde(default)] #[ts(optional)] pub responsible: Option<String>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Changes an activity: what is given replaces what was.
    pub struct SetProcessing {
        /// Its id.
        pub processing: String,
        /// Its name.
        #[serde(default)] #[ts(optional)] pub name: Option<String>,
        /// What for.
        #[serde(default)] #[ts(optional)] pub purposes: Option<String>,
        /// Why it is allowed: `consent`, `contract`, `legal-obligation`, `vital-interests`, `public-task`,
        /// `legitimate-interests` (Art. 6(1)).
        #[serde(default)] #[ts(optional, as = "Option<Vec<LegalBasis>>")] pub legal_bases: Option<Vec<String>>,
        /// The same in words.
        #[serde(default)] #[ts(optional)] pub legal_basis: Option<String>,
        /// Whose data.
        #[serde(default)] #[ts(optional)] pub persons: Option<String>,
        /// Which data.
        #[serde(default)] #[ts(optional)] pub data: Option<String>,
        /// Whether special categories are among them (Art. 9).
        #[serde(default)] #[ts(optional)] pub special_categories: Option<bool>,
        /// Who gets them, in words.
        #[serde(default)] #[ts(optional)] pub recipients: Option<String>,
        /// The providers among them, by id.
        #[serde(default)] #[ts(optional)] pub providers: Option<Vec<String>>,
        /// Whether data goes to a third country.
        #[serde(default)] #[ts(optional)] pub third_countries: Option<bool>,
        /// To which ones, and to whom there.
        #[serde(default)] #[ts(optional)] pub transfers: Option<String>,
        /// What keeps the data safe there.
        #[serde(default)] #[ts(optional)] pub transfer_safeguard: Option<String>,
        /// When the data is erased.
        #[serde(default)] #[ts(optional)] pub erasure: Option<String>,
        /// How it is kept safe (Art. 32).
        #[serde(default)] #[ts(optional)] pub security: Option<String>,
        /// Who inside answers for it.
        #[serde(default)] #[ts(optional)] pub responsible: Option<String>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why it is not done any more; an empty text takes that back.
        #[serde(default)] #[ts(optional)] pub ended: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Asks for the record of processing.
    pub struct ListProcessing {
        /// Activities of the past, too.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub all: bool,
        /// Only those of which something is not said yet.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub lacking: bool,
    }

    /// Begins the record with templates; none is taken twice.
    pub struct StartProcessing {
        /// The templates, by id as `processing_starter` lists them; all that fit if left out.
        #[serde(default)] #[ts(optional)] pub templates: Option<Vec<String>>,
    }

    /// What was begun.
    pub struct ProcessingStarted {
        /// The new activities.
        pub added: Vec<ProcessingView>,
        /// How many of the templates were there already.
        pub there_already: u32,
    }

    /// The record of processing activities.
    pub struct ProcessingRecord {
        /// By name.
        pub activities: Vec<ProcessingView>,
    }

    /// One activity.
    pub struct ProcessingView {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What for.
        pub purposes: String,
        /// Why it is allowed.
        pub legal_bases: Vec<LegalBasis>,
        /// The same in words.
        pub legal_basis: String,
        /// Whose data.
        pub persons: String,
        /// Which data.
        pub data: String,
        /// Whether special categories are among them; none until somebody has said.
        pub special_categories: Option<bool>,
        /// Who gets them, in words.
        pub recipients: String,
        /// The providers among them.
        pub providers: Vec<RegisterLink>,
        /// Whether data goes to a third country; none until somebody has said.
        pub third_countries: Option<bool>,
        /// To which ones, and to whom there.
        pub transfers: String,
        /// What keeps the data safe there.
        pub transfer_safeguard: String,
        /// When the data is erased.
        pub erasure: String,
        /// How it is kept safe.
        pub security: String,
        /// Who inside answers for it.
        pub responsible: String,
        /// More about it.
        pub note: String,
        /// The template it was begun with.
        pub template: Option<String>,
        /// Why it is not done any more.
        pub ended: Option<String>,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// What is not said yet.
        pub lacks: Vec<ProcessingLack>,
        /// Counts the changes.
        #[ts(type = "number")] pub rev: i64,
    }

    /// Something that the record does not say yet.
    pub struct ProcessingLack {
        /// What.
        pub part: ProcessingPart,
        /// In words.
        pub text: String,
        /// The rule that asks for it: `Art. 30(1)(b) GDPR`.
        pub rule: String,
    }

    /// Adds a request of a person.
    pub struct AddPersonRequest {
        /// The day on which it came in; today if left out.
        #[serde(default)] #[ts(optional)] pub received_on: Option<String>,
        /// `access`, `rectification`, `erasure`, `restriction`, `portability`, `objection`, `human-review`,
        /// `withdrawal-of-consent`.
        #[ts(as = "PersonRight")] pub right: String,
        /// What you recognise it by; a customer number is enough.
        pub reference: String,
        /// The day on which it was certain who asked.
        #[serde(default)] #[ts(optional)] pub identity_checked_on: Option<String>,
        /// Why it takes two further months (Art. 12(3)); needs `extension_told_on`.
        #[serde(default)] #[ts(optional)] pub extension_reason: Option<String>,
        /// The day on which the person was told so.
        #[serde(default)] #[ts(optional)] pub extension_told_on: Option<String>,
        /// The day on which it was answered; needs `outcome`.
        #[serde(default)] #[ts(optional)] pub answered_on: Option<String>,
        /// How: `granted`, `partly`, `refused`, `not-identified`.
        #[serde(default)] #[ts(optional, as = "Option<RequestOutcome>")] pub outcome: Option<String>,
        /// Why it was refused, or granted only in part.
        #[serde(default)] #[ts(optional)] pub outcome_reason: Option<String>,
        /// What shows it, by id.
        #[serde(default)] #[ts(optional)] pub evidence: Option<Vec<String>>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Changes a request: what is given replaces what was; an empty text takes a day, an outcome or
    /// the extension away.
    pub struct SetPersonRequest {
        /// Its id.
        pub request: String,
        /// The day on which it came in.
        #[serde(default)] #[ts(optional)] pub received_on: Option<String>,
        /// The right it is about.
        #[serde(default)] #[ts(optional, as = "Option<PersonRight>")] pub right: Option<String>,
        /// What you recognise it by.
        #[serde(default)] #[ts(optional)] pub reference: Option<String>,
        /// The day on which it was certain who asked.
        #[serde(default)] #[ts(optional)] pub identity_checked_on: Option<String>,
        /// Why it takes two further months (Art. 12(3)); needs `extension_told_on`.
        #[serde(default)] #[ts(optional)] pub extension_reason: Option<String>,
        /// The day on which the person was told so.
        #[serde(default)] #[ts(optional)] pub extension_told_on: Option<String>,
        /// The day on which it was answered; needs `outcome`.
        #[serde(default)] #[ts(optional)] pub answered_on: Option<String>,
        /// How: `granted`, `partly`, `refused`, `not-identified`.
        #[serde(default)] #[ts(optional)] pub outcome: Option<String>,
        /// Why it was refused, or granted only in part.
        #[serde(default)] #[ts(optional)] pub outcome_reason: Option<String>,
        /// What shows it, by id.
        #[serde(default)] #[ts(optional)] pub evidence: Option<Vec<String>>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Asks for requests of persons.
    pub struct ListPersonRequests {
        /// Only those that nobody has answered yet.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub open: bool,
    }

    /// Requests of persons.
    pub struct PersonRequests {
        /// Those to answer first, by due day; then the answered ones, the newest first.
        pub requests: Vec<PersonRequestView>,
    }

    /// One request.
    pub struct PersonRequestView {
        /// Its id.
        pub id: String,
        /// The day on which it came in.
        pub received_on: String,
        /// The right it is about.
        pub right: PersonRight,
        /// The same in words, with its article.
        pub right_text: String,
        /// What you recognise it by.
        pub reference: String,
        /// The day on which it was certain who asked.
        pub identity_checked_on: Option<String>,
        /// Why it takes two further months.
        pub extension_reason: Option<String>,
        /// The day on which the person was told so.
        pub extension_told_on: Option<String>,
        /// The last day to answer, a working day as far as known: holidays are not.
        pub due: String,
        /// The day of the calendar before weekends are counted; who keeps to it is never late.
        pub safe: String,
        /// Days until `due`; negative once it has passed.
        #[ts(type = "number")] pub days_left: i64,
        /// Where it stands today.
        pub state: RequestState,
        /// The same in words.
        pub state_text: String,
        /// The day on which it was answered.
        pub answered_on: Option<String>,
        /// How.
        pub outcome: Option<RequestOutcome>,
        /// Why it was refused, or granted only in part.
        pub outcome_reason: String,
        /// What shows it.
        pub evidence: Vec<RegisterLink>,
        /// More about it.
        pub note: String,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// Counts the changes.
        #[ts(type = "number")] pub rev: i64,
    }

    /// Adds a personal data breach.
    pub struct AddBreach {
        /// What it is called.
        pub title: String,
        /// When somebody became aware of it, RFC 3339; now if left out. The 72 hours begin.
        #[serde(default)] #[ts(optional)] pub aware_at: Option<String>,
        /// When it happened, RFC 3339.
        #[serde(default)] #[ts(optional)] pub happened_at: Option<String>,
        /// What happened.
        #[serde(default)] #[ts(optional)] pub description: Option<String>,
        /// What it did to the data: `confidentiality`, `integrity`, `availability`.
        #[serde(default)] #[ts(optional, as = "Option<Vec<BreachKind>>")] pub kinds: Option<Vec<String>>,
        /// Whose data.
        #[serde(default)] #[ts(optional)] pub persons: Option<String>,
        /// About how many persons.
        #[serde(default)] #[ts(optional)] pub person_count: Option<u32>,
        /// Which data.
        #[serde(default)] #[ts(optional)] pub records: Option<String>,
        /// About how many records.
        #[serde(default)] #[ts(optional)] pub record_count: Option<u32>,
        /// What is likely to follow.
        #[serde(default)] #[ts(optional)] pub consequences: Option<String>,
        /// What was done or is planned.
        #[serde(default)] #[ts(optional)] pub measures: Option<String>,
        /// The risk for the persons: `no-risk`, `risk`, `high-risk`.
        #[serde(default)] #[ts(optional, as = "Option<BreachRisk>")] pub risk: Option<String>,
        /// When the authority was told, RFC 3339.
        #[serde(default)] #[ts(optional)] pub notified_at: Option<String>,
        /// The authority's reference.
        #[serde(default)] #[ts(optional)] pub notification_reference: Option<String>,
        /// Why the authority was not told; counts only with `no-risk`.
        #[serde(default)] #[ts(optional)] pub not_notified_reason: Option<String>,
        /// Why the authority was told later than after 72 hours.
        #[serde(default)] #[ts(optional)] pub delay_reason: Option<String>,
        /// When the persons were told.
        #[serde(default)] #[ts(optional)] pub persons_informed_on: Option<String>,
        /// Why the persons were not told (Art. 34(3)).
        #[serde(default)] #[ts(optional)] pub persons_not_informed_reason: Option<String>,
        /// What shows it, by id.
        #[serde(default)] #[ts(optional)] pub evidence: Option<Vec<String>>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Changes a breach: what is given replaces what was; an empty text takes a day, an instant or
    /// the risk away.
    pub struct SetBreach {
        /// Its id.
        pub breach: String,
        /// What it is called.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// When somebody became aware of it, RFC 3339.
        #[serde(default)] #[ts(optional)] pub aware_at: Option<String>,
        /// When it happened, RFC 3339.
        #[serde(default)] #[ts(optional)] pub happened_at: Option<String>,
        /// What happened.
        #[serde(default)] #[ts(optional)] pub description: Option<String>,
        /// What it did to the data: `confidentiality`, `integrity`, `availability`.
        #[serde(default)] #[ts(optional, as = "Option<Vec<BreachKind>>")] pub kinds: Option<Vec<String>>,
        /// Whose data.
        #[serde(default)] #[ts(optional)] pub persons: Option<String>,
        /// About how many persons.
        #[serde(default)] #[ts(optional)] pub person_count: Option<u32>,
        /// Which data.
        #[serde(default)] #[ts(optional)] pub records: Option<String>,
        /// About how many records.
        #[serde(default)] #[ts(optional)] pub record_count: Option<u32>,
        /// What is likely to follow.
        #[serde(default)] #[ts(optional)] pub consequences: Option<String>,
        /// What was done or is planned.
        #[serde(default)] #[ts(optional)] pub measures: Option<String>,
        /// The risk for the persons: `no-risk`, `risk`, `high-risk`.
        #[serde(default)] #[ts(optional)] pub risk: Option<String>,
        /// When the authority was told, RFC 3339.
        #[serde(default)] #[ts(optional)] pub notified_at: Option<String>,
        /// The authority's reference.
        #[serde(default)] #[ts(optional)] pub notification_reference: Option<String>,
        /// Why the authority was not told; counts only with `no-risk`.
        #[serde(default)] #[ts(optional)] pub not_notified_reason: Option<String>,
        /// Why the authority was told later than after 72 hours.
        #[serde(default)] #[ts(optional)] pub delay_reason: Option<String>,
        /// When the persons were told.
        #[serde(default)] #[ts(optional)] pub persons_informed_on: Option<String>,
        /// Why the persons were not told (Art. 34(3)).
        #[serde(default)] #[ts(optional)] pub persons_not_informed_reason: Option<String>,
        /// What shows it, by id.
        #[serde(default)] #[ts(optional)] pub evidence: Option<Vec<String>>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// The day on which it was closed.
        #[serde(default)] #[ts(optional)] pub closed_on: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Asks for breaches.
    pub struct ListBreaches {
        /// Only those that are not closed.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub open: bool,
    }

    /// Personal data breaches.
    pub struct Breaches {
        /// Those whose clock runs first; then the newest first.
        pub breaches: Vec<BreachView>,
    }

    /// One breach.
    pub struct BreachView {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub title: String,
        /// When it happened.
        pub happened_at: Option<String>,
        /// When somebody became aware of it.
        pub aware_at: String,
        /// The end of the 72 hours.
        pub due_at: String,
        /// Whole hours until then; negative once it has passed.
        #[ts(type = "number")] pub hours_left: i64,
        /// Where it stands now.
        pub state: BreachState,
        /// The same in words.
        pub state_text: String,
        /// What happened.
        pub description: String,
        /// What it did to the data.
        pub kinds: Vec<BreachKind>,
        /// Whose data.
        pub persons: String,
        /// About how many persons.
        pub person_count: Option<u32>,
        /// Which data.
        pub records: String,
        /// About how many records.
        pub record_count: Option<u32>,
        /// What is likely to follow.
        pub consequences: String,
        /// What was done or is planned.
        pub measures: String,
        /// The risk for the persons; none until somebody has judged it.
        pub risk: Option<BreachRisk>,
        /// When the authority was told.
        pub notified_at: Option<String>,
        /// The authority's reference.
        pub notification_reference: String,
        /// Why the authority was not told.
        pub not_notified_reason: String,
        /// Why the authority was told late.
        pub delay_reason: String,
        /// When the persons were told.
        pub persons_informed_on: Option<String>,
        /// Why the persons were not told.
        pub persons_not_informed_reason: String,
        /// When it was closed.
        pub closed_on: Option<String>,
        /// What shows it.
        pub evidence: Vec<RegisterLink>,
        /// More about it.
        pub note: String,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// What is not said yet.
        pub lacks: Vec<BreachLack>,
        /// Counts the changes.
        #[ts(type = "number")] pub rev: i64,
    }

    /// Something that the record of a breach, or its notification, does not say yet.
    pub struct BreachLack {
        /// What.
        pub part: BreachPart,
        /// In words.
        pub text: String,
        /// The rule that asks for it: `Art. 33(3)(c) GDPR`.
        pub rule: String,
    }
}
