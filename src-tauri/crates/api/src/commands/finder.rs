//! The catalogue's frameworks, and the SAQ finder.

use crate::error::Error;
use crate::host::Host;
use crate::session::{Session, shipped};
use crate::types::Empty;
use crate::types::finder::{
    FindSaq, FindSaqTogether, FinderAnswerView, FinderQuestionView, FinderQuestions, FinderResultView, FinderState,
    FinderStep, FinderTogether, FrameworkView, Frameworks, RuledOut, ScopeView, SectionView, ThemeView,
};
use crate::view::{count, verdict_options};
use std::collections::BTreeMap;
use tillproof_domain::finder::{
    Finder, FinderEnd, FinderFault, FinderQuestion, FinderResult, FinderTexts, FinderTree, FinderWalk,
};
use tillproof_domain::framework::{Framework, Scope};
use tillproof_domain::id::Scopes;
use tillproof_domain::locale::Locale;

/// The frameworks and themes of the catalogue.
///
/// # Errors
/// The catalogue has a fault.
pub fn list_frameworks(session: &mut Session, host: &dyn Host, _: Empty) -> Result<Frameworks, Error> {
    let (catalog, shipped, locale) = (session.catalog()?, shipped()?, host.locale());
    let country =
        session.store().map_or_else(|_| Ok(String::new()), |store| Ok::<_, Error>(store.profile()?.country))?;
    let framework = |framework: &Framework| {
        let texts = framework.texts.get(locale);
        FrameworkView {
            id: framework.id.to_string(),
            version: framework.version.clone(),
            name: texts.name.clone(),
            full_name: texts.full_name.clone(),
            publisher: texts.publisher.clone(),
            notice: texts.notice.clone(),
            source: framework.source.clone(),
            replaces: framework.replaces.as_ref().map(ToString::to_string),
            brought_in: shipped.framework(&framework.id).is_none(),
            scopes: framework
                .scopes
                .iter()
                .filter_map(|scope| scope_view(framework, scope, &country, locale))
                .collect(),
            sections: framework
                .sections
                .iter()
                .map(|section| {
                    let heading = section.texts.get(locale);
                    SectionView { id: section.id.clone(), title: heading.title.clone(), intro: heading.intro.clone() }
                })
                .collect(),
            verdicts: verdict_options(framework, None, locale),
        }
    };
    let themes = catalog.themes.iter().map(|theme| {
        let texts = theme.texts.get(locale);
        ThemeView {
            id: theme.id.to_string(),
            name: texts.name.clone(),
            summary: texts.summary.clone(),
            core: theme.core,
        }
    });
    Ok(Frameworks { frameworks: catalog.frameworks.iter().map(framework).collect(), themes: themes.collect() })
}

fn scope_view(framework: &Framework, scope: &Scope, country: &str, locale: Locale) -> Option<ScopeView> {
    let texts = framework.texts.get(locale).scopes.get(&scope.id)?;
    Some(ScopeView {
        id: scope.id.to_string(),
        name: texts.name.clone(),
        summary: texts.summary.clone(),
        notice: texts.notice.clone(),
        available: scope.available,
        confidence: scope.confidence,
        requirements: count(framework.requirements_of(&Scopes::one(scope.id.clone()), country)),
    })
}

/// The framework that has a finder.
fn with_finder() -> Result<(&'static Framework, &'static Finder), Error> {
    shipped()?
        .frameworks
        .iter()
        .find_map(|framework| Some((framework, framework.finder.as_ref()?)))
        .ok_or_else(|| Error::new("catalog-faulty").with("detail", "finder"))
}

/// Follows answers; the finder's faults as errors.
pub(super) fn walk(answers: &BTreeMap<String, String>) -> Result<FinderWalk<'static>, Error> {
    let (_, finder) = with_finder()?;
    let known_answers = |question: &str| {
        let question = finder.tree.question(question);
        question.map_or_else(String::new, |q| q.answers.iter().map(|a| a.value.as_str()).collect::<Vec<_>>().join(", "))
    };
    finder.tree.walk(answers).map_err(|fault| match fault {
        FinderFault::UnknownQuestion(question) => Error::not_found("question", question),
        FinderFault::UnknownAnswer { question, answer } => Error::new("unknown-value")
            .with("what", "answer-to-question")
            .with("known", known_answers(&question))
            .with("value", format!("{question}={answer}")),
        FinderFault::DeadEnd(question) => Error::new("catalog-faulty").with("detail", question),
    })
}

/// All questions of the finder.
///
/// # Errors
/// The catalogue has a fault.
pub fn finder_questions(_: &mut Session, host: &dyn Host, _: Empty) -> Result<FinderQuestions, Error> {
    let (_, finder) = with_finder()?;
    let texts = finder.texts.get(host.locale());
    Ok(FinderQuestions {
        intro: texts.intro.clone(),
        start: finder.tree.start.clone(),
        questions: finder.tree.questions.iter().filter_map(|question| question_view(question, texts)).collect(),
    })
}

fn question_view(question: &FinderQuestion, texts: &FinderTexts) -> Option<FinderQuestionView> {
    let words = texts.questions.get(&question.id)?;
    Some(FinderQuestionView {
        id: question.id.clone(),
        question: words.question.clone(),
        why: words.why.clone(),
        answers: question
            .answers
            .iter()
            .filter_map(|answer| {
                let words = words.answers.get(&answer.value)?;
                Some(FinderAnswerView {
                    value: answer.value.clone(),
                    label: words.label.clone(),
                    detail: words.detail.clone(),
                    sketch: answer.sketch.clone(),
                    next: answer.next.clone(),
                })
            })
            .collect(),
    })
}

/// Follows answers to the next question or the result.
///
/// # Errors
/// A question or an answer that the finder does not have.
pub fn find_saq(_: &mut Session, host: &dyn Host, request: FindSaq) -> Result<FinderState, Error> {
    state(&request.answers, host.locale())
}

/// Follows the answers for several ways of payment, and joins the scopes that they lead to.
///
/// # Errors
/// A question or an answer that the finder does not have.
pub fn find_saq_together(_: &mut Session, host: &dyn Host, request: FindSaqTogether) -> Result<FinderTogether, Error> {
    let locale = host.locale();
    let (framework, _) = with_finder()?;
    let channels = request.channels.iter().map(|answers| state(answers, locale)).collect::<Result<Vec<_>, _>>()?;
    let found: Vec<&str> =
        channels.iter().filter_map(|state| state.result.as_ref().filter(|r| r.available)?.scope.as_deref()).collect();
    let order = || framework.scopes.iter().map(|scope| &scope.id);
    let joined = found.join("+").parse::<Scopes>().ok().map(|scopes| scopes.ordered_as(order()));
    let scopes = joined.iter().flat_map(Scopes::iter).filter_map(|id| framework.scope(id));
    let scopes = scopes.filter_map(|scope| scope_view(framework, scope, "", locale)).collect();
    let requirements = joined.iter().flat_map(|scopes| framework.requirements_of(scopes, ""));
    let requirements = requirements.map(|(_, requirement)| requirement.facts.number.clone()).collect();
    Ok(FinderTogether { scope: joined.as_ref().map(ToString::to_string), scopes, requirements, channels })
}

/// How far answers lead, in words.
pub(crate) fn state(answers: &BTreeMap<String, String>, locale: Locale) -> Result<FinderState, Error> {
    let (framework, finder) = with_finder()?;
    let texts = finder.texts.get(locale);
    let walk = walk(answers)?;
    let path: Vec<FinderStep> = walk
        .steps
        .iter()
        .filter_map(|(question, answer)| {
            let words = texts.questions.get(&question.id)?;
            let answer_words = words.answers.get(&answer.value)?;
            Some(FinderStep {
                question: question.id.clone(),
                question_text: words.question.clone(),
                answer: answer.value.clone(),
                answer_text: answer_words.label.clone(),
                reason: answer_words.reason.clone(),
            })
        })
        .collect();
    let (next, result, remaining_at_most) = match walk.end {
        FinderEnd::Question(question) => {
            (question_view(question, texts), None, longest_way(&finder.tree, &question.id))
        }
        FinderEnd::Result(result) => (None, result_view(framework, texts, &walk, result, locale), 0),
    };
    Ok(FinderState { path, next, result, remaining_at_most })
}

/// The most questions from one question to a result, that one included. The tree has no circles.
fn longest_way(tree: &FinderTree, from: &str) -> u32 {
    let Some(question) = tree.question(from) else { return 0 };
    1 + question.answers.iter().filter_map(|a| a.next.as_ref()).map(|next| longest_way(tree, next)).max().unwrap_or(0)
}

fn result_view(
    framework: &Framework,
    texts: &FinderTexts,
    walk: &FinderWalk<'_>,
    result: &FinderResult,
    locale: Locale,
) -> Option<FinderResultView> {
    let words = texts.results.get(&result.id)?;
    let reason = |question: &str, answer: &str| {
        texts.questions.get(question).and_then(|q| q.answers.get(answer)).map(|a| a.reason.clone()).unwrap_or_default()
    };
    let mut ruled_out: Vec<RuledOut> = Vec::new();
    for (question, answer) in &walk.steps {
        for scope in answer.rules_out.iter().filter(|scope| Some(*scope) != result.scope.as_ref()) {
            if ruled_out.iter().all(|known| known.scope != scope.as_str()) {
                let name =
                    framework.texts.get(locale).scopes.get(scope).map_or_else(|| scope.to_string(), |t| t.name.clone());
                ruled_out.push(RuledOut {
                    scope: scope.to_string(),
                    name,
                    reason: reason(&question.id, &answer.value),
                });
            }
        }
    }
    Some(FinderResultView {
        id: result.id.clone(),
        scope: result.scope.as_ref().map(ToString::to_string),
        available: result.scope.as_ref().and_then(|scope| framework.scope(scope)).is_some_and(|scope| scope.available),
        title: words.title.clone(),
        summary: words.summary.clone(),
        reasons: walk.steps.iter().map(|(question, answer)| reason(&question.id, &answer.value)).collect(),
        ruled_out,
        next_steps: words.next_steps.clone(),
        confirm: words.confirm.clone(),
        confidence: result.confidence,
    })
}
