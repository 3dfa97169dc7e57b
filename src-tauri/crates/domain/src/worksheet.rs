//! Worksheets: what the official forms ask beyond a verdict (PCI DSS v4.0.1, SAQ Appendices B, C
//! and D, and the legal exception of AOC Part 3). A worksheet is opened by the verdict that needs it
//! and never stands in its way; what is not filled in is shown as open.
//!
//! Deliberately absent: the words. The labels are ours and stand with the other messages.

use crate::answer::{Answer, Verdict};

crate::word_enum! {
    /// Which worksheet a verdict asks for.
    WorksheetKind {
        /// A compensating control (Appendix B): six points.
        CompensatingControl = "compensating-control",
        /// Not applicable (Appendix C): the reason; beyond the form, how that was checked.
        NotApplicable = "not-applicable",
        /// Not tested (Appendix D, SAQ D only): which part, and the reason.
        NotTested = "not-tested",
        /// A law keeps the merchant from meeting it (AOC Part 3). Only where somebody claims it.
        LegalException = "legal-exception",
    }
}

crate::word_enum! {
    /// A point of a worksheet that is kept with the answer. The reason of Appendices C and D is the
    /// `justification` of the answer.
    WorksheetField {
        /// What keeps the merchant from meeting the requirement as it is written.
        Constraints = "constraints",
        /// What is done instead.
        Definition = "definition",
        /// What the requirement is for, and how the control reaches it.
        Objective = "objective",
        /// What is less safe than with the requirement.
        Risk = "risk",
        /// How the control was looked at and tested.
        Validation = "validation",
        /// How it is kept working.
        Maintenance = "maintenance",
        /// How it was found out that the requirement does not apply.
        Checked = "checked",
        /// Which part was not tested.
        PartNotTested = "part-not-tested",
        /// The law or order.
        Law = "law",
        /// How it keeps the merchant from meeting the requirement.
        LawEffect = "law-effect",
    }
}

crate::word_enum! {
    /// How far a worksheet is.
    WorksheetState {
        /// Nobody has claimed it: there may be no law in the way.
        Offered = "offered",
        /// Something is left to fill in.
        Open = "open",
        /// Every point is filled in.
        Filled = "filled",
    }
}

impl WorksheetKind {
    /// Its points, in the order of the form.
    #[must_use]
    pub const fn fields(self) -> &'static [WorksheetField] {
        use WorksheetField::{
            Checked, Constraints, Definition, Law, LawEffect, Maintenance, Objective, PartNotTested, Risk, Validation,
        };
        match self {
            Self::CompensatingControl => &[Constraints, Definition, Objective, Risk, Validation, Maintenance],
            Self::NotApplicable => &[Checked],
            Self::NotTested => &[PartNotTested],
            Self::LegalException => &[Law, LawEffect],
        }
    }

    /// Whether the reason of the answer is one of its points, too.
    #[must_use]
    pub const fn asks_for_reason(self) -> bool {
        matches!(self, Self::NotApplicable | Self::NotTested)
    }

    /// Whether the form itself asks for all of its points, so that nothing can be attested before.
    /// Appendix C asks for the reason only.
    const fn holds_back(self) -> bool {
        matches!(self, Self::CompensatingControl | Self::NotTested | Self::LegalException)
    }

    /// The worksheet of a verdict; none where none is asked for.
    #[must_use]
    pub const fn of(verdict: Verdict) -> Option<Self> {
        match verdict {
            Verdict::InPlaceCcw => Some(Self::CompensatingControl),
            Verdict::NotApplicable => Some(Self::NotApplicable),
            Verdict::NotTested => Some(Self::NotTested),
            Verdict::NotInPlace => Some(Self::LegalException),
            Verdict::Unanswered | Verdict::InPlace | Verdict::Partly => None,
        }
    }

    /// Whether a framework with these verdicts asks for worksheets: one that knows compensating
    /// controls follows the forms of PCI DSS.
    #[must_use]
    pub fn asked_by(verdicts: &[Verdict]) -> bool {
        verdicts.contains(&Verdict::InPlaceCcw)
    }
}

impl Answer {
    /// What is written at a point of its worksheet; empty if nothing is.
    #[must_use]
    pub fn point(&self, field: WorksheetField) -> &str {
        self.worksheet.get(&field).map_or("", |text| text.trim())
    }

    /// The points of its worksheet that are still open. A legal exception that nobody claims has
    /// none.
    #[must_use]
    pub fn open_points(&self) -> Vec<WorksheetField> {
        let Some(kind) = WorksheetKind::of(self.verdict) else { return Vec::new() };
        let open: Vec<WorksheetField> =
            kind.fields().iter().copied().filter(|field| self.point(*field).is_empty()).collect();
        if kind == WorksheetKind::LegalException && open.len() == kind.fields().len() { Vec::new() } else { open }
    }

    /// How far the worksheet of its verdict is.
    #[must_use]
    pub fn worksheet_state(&self, kind: WorksheetKind) -> WorksheetState {
        let blank = kind.fields().iter().all(|field| self.point(*field).is_empty());
        let reason_missing = kind.asks_for_reason() && self.justification.trim().is_empty();
        if kind == WorksheetKind::LegalException && blank {
            WorksheetState::Offered
        } else if reason_missing || !self.open_points().is_empty() {
            WorksheetState::Open
        } else {
            WorksheetState::Filled
        }
    }

    /// Whether it is not met because a law does not allow it, and both points are written down.
    #[must_use]
    pub fn is_legal_exception(&self) -> bool {
        self.verdict == Verdict::NotInPlace
            && self.worksheet_state(WorksheetKind::LegalException) == WorksheetState::Filled
    }

    /// Whether its worksheet lacks what the form asks for.
    #[must_use]
    pub fn worksheet_holds_back(&self) -> bool {
        WorksheetKind::of(self.verdict).is_some_and(WorksheetKind::holds_back) && !self.open_points().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Progress;
    use crate::id::AssessmentId;
    use crate::score::{Outcome, outcome};
    use crate::time::Timestamp;
    use std::collections::BTreeMap;

    fn answer(verdict: Verdict, points: &[(WorksheetField, &str)]) -> Answer {
        Answer {
            assessment: AssessmentId(uuid::Uuid::nil()),
            requirement: "pci-dss-4.0.1:8.3.6".parse().expect("an id"),
            verdict,
            progress: Progress::Done,
            note: String::new(),
            justification: if verdict.needs_justification() { "because".to_owned() } else { String::new() },
            parts: BTreeMap::new(),
            worksheet: points.iter().map(|(field, text)| (*field, (*text).to_owned())).collect(),
            card_data_reason: None,
            carried_from: None,
            target_date: None,
            answered_at: Timestamp(0),
            answered_by: String::new(),
            rev: 1,
        }
    }

    fn result(answers: &[Answer]) -> Outcome {
        outcome(answers.iter().map(Some), [Some(true)])
    }

    #[test]
    fn a_compensating_control_is_open_until_all_six_points_are_written() {
        let fields = WorksheetKind::CompensatingControl.fields();
        assert_eq!(fields.len(), 6, "the six points of Appendix B");
        for written in 0..=6 {
            let points: Vec<_> = fields.iter().take(written).map(|field| (*field, "text")).collect();
            let answer = answer(Verdict::InPlaceCcw, &points);
            assert_eq!(answer.open_points(), fields[written..], "{written} are written");
            let expected = if written == 6 { Outcome::ReadyToAttest } else { Outcome::Open };
            assert_eq!(result(&[answer]), expected, "{written} are written");
        }
        let blank = answer(Verdict::InPlaceCcw, &fields.iter().map(|field| (*field, " \n")).collect::<Vec<_>>());
        assert_eq!(blank.open_points().len(), 6, "white space is nothing");
    }

    #[test]
    fn appendix_c_asks_for_the_reason_only_and_appendix_d_for_the_part() {
        let none = answer(Verdict::NotApplicable, &[]);
        assert_eq!(none.open_points(), [WorksheetField::Checked], "how it was checked is shown as open");
        assert_eq!(result(&[none]), Outcome::ReadyToAttest, "but the form does not ask for it");
        let untested = answer(Verdict::NotTested, &[]);
        assert_eq!(result(&[untested]), Outcome::Open, "which part was not tested");
        let untested = answer(Verdict::NotTested, &[(WorksheetField::PartNotTested, "the branch")]);
        assert_eq!(result(&[untested]), Outcome::Partial, "a partial assessment");
    }

    #[test]
    fn only_a_law_that_is_named_makes_an_exception() {
        let law = (WorksheetField::Law, "a court order");
        let effect = (WorksheetField::LawEffect, "it forbids to delete");
        let met = || answer(Verdict::InPlace, &[]);
        let gap = answer(Verdict::NotInPlace, &[]);
        assert_eq!(gap.worksheet_state(WorksheetKind::LegalException), WorksheetState::Offered, "nobody claims it");
        assert_eq!(gap.open_points(), [], "so nothing is open");
        assert_eq!(result(&[met(), gap.clone()]), Outcome::Open, "a gap is a gap");
        let half = answer(Verdict::NotInPlace, &[law]);
        assert_eq!(half.open_points(), [WorksheetField::LawEffect], "claimed, and half of it is written");
        assert_eq!(result(&[met(), half]), Outcome::Open, "half an exception");
        let legal = || answer(Verdict::NotInPlace, &[law, effect]);
        assert_eq!(result(&[met(), legal()]), Outcome::ReadyWithLegalException, "every gap is one of law");
        assert_eq!(result(&[legal(), gap]), Outcome::Open, "one is not");
        let partly = answer(Verdict::Partly, &[law, effect]);
        assert_eq!(result(&[partly]), Outcome::Open, "PCI DSS has no legal exception for a part");
        let untested = answer(Verdict::NotTested, &[(WorksheetField::PartNotTested, "the branch")]);
        assert_eq!(
            result(&[legal(), untested]),
            Outcome::ReadyWithLegalException,
            "the count says what was not tested"
        );
    }
}
