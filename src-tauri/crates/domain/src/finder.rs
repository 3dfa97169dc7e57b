//! The finder: a tree of questions that leads to a scope.
//!
//! Deliberately absent: whether the merchant may assess itself at all. The acquirer decides that.

use crate::framework::{Confidence, Texts};
use crate::id::ScopeId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The tree and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finder {
    /// The questions and results.
    pub tree: FinderTree,
    /// Its words.
    pub texts: Texts<FinderTexts>,
}

/// The tree, as `finder/tree.json` holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderTree {
    /// The first question.
    pub start: String,
    /// All questions.
    pub questions: Vec<FinderQuestion>,
    /// All results.
    pub results: Vec<FinderResult>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderQuestion {
    /// Its id, as scripts write it.
    pub id: String,
    /// Its answers.
    pub answers: Vec<FinderAnswer>,
}

/// One answer to a question; it leads to the next question or to a result, never to both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderAnswer {
    /// The word for it: `yes`, `no`, `redirect`, ...
    pub value: String,
    /// The next question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// The scopes that this answer excludes.
    pub rules_out: Vec<ScopeId>,
    /// The sketch that shows the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sketch: Option<String>,
}

/// Where the tree ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderResult {
    /// Its id.
    pub id: String,
    /// The scope, or none where something has to be found out first.
    pub scope: Option<ScopeId>,
    /// How sure the list of that scope is.
    pub confidence: Confidence,
}

/// The words of the finder in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderTexts {
    /// What the finder does.
    pub intro: String,
    /// By question.
    pub questions: BTreeMap<String, FinderQuestionTexts>,
    /// By result.
    pub results: BTreeMap<String, FinderResultTexts>,
}

/// The words of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderQuestionTexts {
    /// The question.
    pub question: String,
    /// Why it is asked.
    pub why: String,
    /// By answer.
    pub answers: BTreeMap<String, FinderAnswerTexts>,
}

/// The words of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderAnswerTexts {
    /// What the person chooses.
    pub label: String,
    /// How to recognise the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What it means for the choice of the scope.
    pub reason: String,
}

/// The words of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderResultTexts {
    /// Title.
    pub title: String,
    /// What it means.
    pub summary: String,
    /// What to do next.
    pub next_steps: Vec<String>,
    /// What to confirm with the acquirer.
    pub confirm: Vec<String>,
}

/// How far a set of answers leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinderWalk<'a> {
    /// The questions answered on the way, in order, each with its answer.
    pub steps: Vec<(&'a FinderQuestion, &'a FinderAnswer)>,
    /// Where it ends.
    pub end: FinderEnd<'a>,
}

/// Where a walk ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinderEnd<'a> {
    /// This question is next.
    Question(&'a FinderQuestion),
    /// This is the result.
    Result(&'a FinderResult),
}

/// An answer that the finder cannot use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinderFault {
    /// There is no such question.
    #[error("there is no question “{0}”")]
    UnknownQuestion(String),
    /// The question has no such answer.
    #[error("“{question}” cannot be answered with “{answer}”")]
    UnknownAnswer {
        /// The question.
        question: String,
        /// The answer given.
        answer: String,
    },
    /// The tree leads nowhere or in a circle; the catalogue refuses such a tree.
    #[error("the tree has no way on from “{0}”")]
    DeadEnd(String),
}

impl FinderTree {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&FinderQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Follows the answers from the start as far as they lead. Answers to questions that are not
    /// on the way are checked and otherwise ignored, so that they survive a change of mind.
    ///
    /// # Errors
    /// An answer to a question or with a value that the tree does not have.
    pub fn walk(&self, answers: &BTreeMap<String, String>) -> Result<FinderWalk<'_>, FinderFault> {
        for (question, answer) in answers {
            self.answer(question, answer)?;
        }
        let mut steps = Vec::new();
        let mut visited = BTreeSet::new();
        let mut current = self.start.as_str();
        loop {
            let dead_end = || FinderFault::DeadEnd(current.to_owned());
            let question = self.question(current).ok_or_else(dead_end)?;
            if !visited.insert(current) {
                return Err(dead_end());
            }
            let Some(value) = answers.get(current) else {
                return Ok(FinderWalk { steps, end: FinderEnd::Question(question) });
            };
            let answer = self.answer(current, value)?;
            steps.push((question, answer));
            match (&answer.next, &answer.result) {
                (Some(next), None) => current = next,
                (None, Some(result)) => {
                    let result = self.results.iter().find(|r| r.id == *result).ok_or_else(dead_end)?;
                    return Ok(FinderWalk { steps, end: FinderEnd::Result(result) });
                }
                _ => return Err(dead_end()),
            }
        }
    }

    fn answer(&self, question: &str, value: &str) -> Result<&FinderAnswer, FinderFault> {
        let question = self.question(question).ok_or_else(|| FinderFault::UnknownQuestion(question.to_owned()))?;
        question
            .answers
            .iter()
            .find(|answer| answer.value == value)
            .ok_or_else(|| FinderFault::UnknownAnswer { question: question.id.clone(), answer: value.to_owned() })
    }
}
