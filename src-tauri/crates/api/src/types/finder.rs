//! The SAQ finder and what the catalogue holds.

use super::wire;
use std::collections::BTreeMap;
use tillproof_domain::answer::Verdict;
use tillproof_domain::framework::Confidence;

wire! {
    /// The frameworks of the catalogue.
    pub struct Frameworks {
        /// In order.
        pub frameworks: Vec<FrameworkView>,
        /// The themes, in order.
        pub themes: Vec<ThemeView>,
    }

    /// One framework.
    pub struct FrameworkView {
        /// Its id.
        pub id: String,
        /// Its version.
        pub version: String,
        /// Short name.
        pub name: String,
        /// Full name.
        pub full_name: String,
        /// Who publishes it.
        pub publisher: String,
        /// Where the official text is, and that it rules.
        pub notice: String,
        /// Address of the official text.
        pub source: String,
        /// The framework whose newer version it is.
        pub replaces: Option<String>,
        /// Whether somebody brought it into the workspace.
        pub brought_in: bool,
        /// Its scopes.
        pub scopes: Vec<ScopeView>,
        /// Its sections.
        pub sections: Vec<SectionView>,
        /// The verdicts it allows, with their labels, in the order they are offered.
        pub verdicts: Vec<VerdictOption>,
    }

    /// One scope.
    pub struct ScopeView {
        /// Its id.
        pub id: String,
        /// Name.
        pub name: String,
        /// Who uses it.
        pub summary: String,
        /// What to beware of.
        pub notice: String,
        /// Whether its list can be worked on.
        pub available: bool,
        /// How sure its list is.
        pub confidence: Confidence,
        /// How many requirements it has.
        pub requirements: u32,
    }

    /// One section.
    pub struct SectionView {
        /// Its id.
        pub id: String,
        /// Title.
        pub title: String,
        /// Introduction.
        pub intro: String,
    }

    /// One theme.
    pub struct ThemeView {
        /// Its id.
        pub id: String,
        /// Name.
        pub name: String,
        /// Summary.
        pub summary: String,
        /// One of the six that every shop owner knows.
        pub core: bool,
    }

    /// One verdict on offer.
    pub struct VerdictOption {
        /// The verdict.
        pub verdict: Verdict,
        /// Its label.
        pub label: String,
        /// Whether it needs a reason.
        pub needs_justification: bool,
        /// The worksheet that it opens or offers.
        pub worksheet: Option<tillproof_domain::worksheet::WorksheetKind>,
    }

    /// All questions of the finder.
    pub struct FinderQuestions {
        /// What the finder does.
        pub intro: String,
        /// The first question.
        pub start: String,
        /// All of them.
        pub questions: Vec<FinderQuestionView>,
    }

    /// One question.
    pub struct FinderQuestionView {
        /// Its id.
        pub id: String,
        /// The question.
        pub question: String,
        /// Why it is asked.
        pub why: String,
        /// Its answers.
        pub answers: Vec<FinderAnswerView>,
    }

    /// One answer.
    pub struct FinderAnswerView {
        /// The word for it.
        pub value: String,
        /// What the person chooses.
        pub label: String,
        /// How to recognise the case.
        pub detail: Option<String>,
        /// The sketch that shows it: `redirect`, `pay-link`, `outsourced`, `embedded`.
        pub sketch: Option<String>,
        /// The next question, if it does not end here.
        pub next: Option<String>,
    }

    /// Follows answers through the finder.
    pub struct FindSaq {
        /// Question to answer.
        pub answers: BTreeMap<String, String>,
    }

    /// Follows the answers for several ways of payment.
    pub struct FindSaqTogether {
        /// For each way of payment: question to answer.
        pub channels: Vec<BTreeMap<String, String>>,
    }

    /// Where several ways of payment lead together.
    pub struct FinderTogether {
        /// How far the answers of each way lead.
        pub channels: Vec<FinderState>,
        /// The scopes found whose list there is, each once, joined by `+`; none until a way has led to one.
        pub scope: Option<String>,
        /// Each scope found.
        pub scopes: Vec<ScopeView>,
        /// The numbers of the requirements of all scopes together, each once, in order.
        pub requirements: Vec<String>,
    }

    /// How far the answers lead.
    pub struct FinderState {
        /// The questions on the way, with the answers, in order.
        pub path: Vec<FinderStep>,
        /// The next question, until there is a result.
        pub next: Option<FinderQuestionView>,
        /// The result.
        pub result: Option<FinderResultView>,
        /// At most so many questions are still to come.
        pub remaining_at_most: u32,
    }

    /// One question with its answer.
    pub struct FinderStep {
        /// The question's id.
        pub question: String,
        /// The question.
        pub question_text: String,
        /// The answer's word.
        pub answer: String,
        /// The answer.
        pub answer_text: String,
        /// What it means for the choice.
        pub reason: String,
    }

    /// The result of the finder.
    pub struct FinderResultView {
        /// Its id.
        pub id: String,
        /// The scope, or none where something has to be found out first.
        pub scope: Option<String>,
        /// Whether Tillproof has the list of this scope.
        pub available: bool,
        /// Title.
        pub title: String,
        /// What it means.
        pub summary: String,
        /// Why: one sentence an answer.
        pub reasons: Vec<String>,
        /// What it rules out and why.
        pub ruled_out: Vec<RuledOut>,
        /// What to do next.
        pub next_steps: Vec<String>,
        /// What to confirm with the acquirer.
        pub confirm: Vec<String>,
        /// How sure the list of that scope is.
        pub confidence: Confidence,
    }

    /// A scope that an answer excludes.
    pub struct RuledOut {
        /// The scope.
        pub scope: String,
        /// Its name.
        pub name: String,
        /// Why.
        pub reason: String,
    }
}
