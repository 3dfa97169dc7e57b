//! The scope: who the merchant is, how the form was chosen, and what must hold for it.

use super::{Composer, assessment_name, cell, cell_of, column, fact, lead, linked};
use crate::document::{Block, Columns, Paragraph, Row, Size, Span, Table, Tone};
use crate::input::{AssessmentPart, FinderPath};
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::framework::Confidence;

impl Composer<'_> {
    /// The chapter.
    pub(super) fn scope(&self) -> Vec<Block> {
        let words = &self.words.scope;
        let mut blocks = vec![
            self.chapter("scope", &words.title),
            self.section("merchant", &words.merchant),
            lead(&words.merchant_intro),
            Block::Space(6.0),
        ];
        blocks.extend(self.merchant());
        let several = self.report.finder.len() > 1;
        for (index, finder) in self.report.finder.iter().enumerate() {
            blocks.extend(self.finder(finder, several.then_some(index)));
        }
        for (index, assessment) in self.report.assessments.iter().enumerate() {
            blocks.extend(self.assessment_scope(index, assessment));
        }
        blocks
    }

    fn merchant(&self) -> Vec<Block> {
        let words = &self.words.scope;
        let merchant = &self.report.merchant;
        let channels: Vec<&str> = merchant.channels.iter().map(|channel| self.words.channels.get(*channel)).collect();
        let contact = joined(&[&merchant.contact_name, &merchant.contact_role]);
        let staff = merchant.staff.map_or_else(String::new, |staff| staff.to_string());
        let channels = channels.join(", ");
        let more = &merchant.scope_facts;
        let segmented = match more.segmented {
            None => String::new(),
            Some(true) => words.yes.clone(),
            Some(false) => words.no.clone(),
        };
        let facts = [
            (&words.name, &merchant.name),
            (&words.trading_name, &merchant.trading_name),
            (&words.address, &merchant.address),
            (&words.country, &merchant.country),
            (&words.website, &merchant.website),
            (&words.contact, &contact),
            (&words.contact_email, &merchant.contact_email),
            (&words.staff, &staff),
            (&words.assessors, &more.assessors),
            (&words.channels, &channels),
            (&words.left_out, &more.left_out),
            (&words.payment_description, &merchant.payment_description),
            (&words.platform, &merchant.platform),
            (&words.environment, &more.environment),
            (&words.segmented, &segmented),
            (&words.locations, &more.locations),
            (&words.products, &more.products),
            (&words.payment_provider, &merchant.payment_provider),
        ];
        facts
            .into_iter()
            .map(|(word, value)| {
                let span = if value.trim().is_empty() {
                    Span::new(words.not_stated.clone()).weight(Weight::Italic).tone(Tone::Soft)
                } else {
                    Span::new(value.clone())
                };
                fact(word, vec![Paragraph::new(vec![span])])
            })
            .collect()
    }

    /// One way through the finder; `way` is its place where there are several.
    fn finder(&self, finder: &FinderPath, way: Option<usize>) -> Vec<Block> {
        let words = &self.words.scope;
        let anchor = |name: &str| way.map_or_else(|| name.to_owned(), |way| format!("{name}-{way}"));
        let title = way.map_or_else(
            || words.finder.clone(),
            |way| fill(&words.finder_of_several, &[("number", &(way + 1).to_string())]),
        );
        let mut blocks = vec![self.section(&anchor("finder"), &title)];
        if way.is_none_or(|way| way == 0) {
            blocks.extend([lead(&words.finder_intro), Block::Space(6.0)]);
        }
        for (index, step) in finder.steps.iter().enumerate() {
            let number = Span::new((index + 1).to_string()).tone(Tone::Soft);
            let mut right = vec![
                Paragraph::text(step.question.clone()),
                Paragraph::new(vec![Span::new(step.answer.clone()).weight(Weight::Semibold)]).before(2.0),
            ];
            if !step.reason.trim().is_empty() {
                right.push(Paragraph::new(vec![Span::new(step.reason.clone()).tone(Tone::Soft)]).before(2.0));
            }
            let left = vec![Paragraph::new(vec![number])];
            let columns = Columns { left, right, heading: None, ruled: true, before: 7.0, keep: 3, continued: None };
            blocks.push(Block::Columns(columns));
        }
        blocks.push(Block::Space(8.0));
        let result = if finder.result_title.trim().is_empty() {
            vec![Paragraph::text(words.finder_unfinished.clone())]
        } else {
            vec![
                Paragraph::new(vec![
                    Span::new(format!("{}: ", words.finder_result)).tone(Tone::Soft),
                    Span::new(finder.result_title.clone()).weight(Weight::Semibold),
                ]),
                Paragraph::text(finder.result_summary.clone()).before(2.0),
            ]
        };
        blocks.push(Block::Notice(result));
        if !finder.ruled_out.is_empty() {
            blocks.push(self.section(&anchor("ruled-out"), &words.ruled_out));
            let rows = finder.ruled_out.iter().map(|(form, reason)| Row {
                anchor: None,
                cells: vec![cell_of(vec![Span::new(form.clone()).weight(Weight::Semibold)]), cell(reason)],
            });
            blocks.push(Block::Table(Table {
                columns: vec![column(128.0), column(FULL_WIDTH - 128.0)],
                head: vec![
                    vec![Span::new(words.ruled_out_form.clone())],
                    vec![Span::new(words.ruled_out_reason.clone())],
                ],
                rows: rows.collect(),
            }));
        }
        if !finder.confirm.is_empty() {
            blocks.push(self.section(&anchor("confirm"), &words.confirm));
            let items = finder.confirm.iter().map(|text| Paragraph::new(linked(text)).item("–").before(3.0));
            blocks.extend(items.map(Block::Paragraph));
        }
        blocks
    }

    fn assessment_scope(&self, index: usize, assessment: &AssessmentPart) -> Vec<Block> {
        let words = &self.words.scope;
        let period = fill(
            &self.words.cover.period,
            &[
                ("start", &self.format.long_date(assessment.period_start)),
                ("end", &self.format.long_date(assessment.period_end)),
            ],
        );
        let mut blocks = vec![
            self.section(&format!("scope-{index}"), &assessment_name(assessment)),
            fact(&words.framework, vec![Paragraph::text(assessment.framework_full_name.clone())]),
            fact(&words.period, vec![Paragraph::text(period)]),
        ];
        for scope in &assessment.scopes {
            let name = Paragraph::new(vec![Span::new(scope.name.clone()).weight(Weight::Semibold)]);
            blocks.push(fact(&words.scope, vec![name, Paragraph::text(scope.summary.clone())]));
            // A list that was read in the official document needs no word about it.
            if scope.confidence != Confidence::High {
                blocks.push(fact(&words.list, vec![Paragraph::text(self.words.confidence.get(scope.confidence))]));
            }
            if !scope.notice.trim().is_empty() {
                blocks.push(fact(&words.notice, vec![Paragraph::new(linked(&scope.notice))]));
            }
        }
        if !assessment.framework_notice.trim().is_empty() {
            blocks.push(fact(&words.official, vec![Paragraph::new(linked(&assessment.framework_notice))]));
        }
        if !assessment.criteria.is_empty() {
            blocks.push(Block::Space(14.0));
            blocks.push(fact(
                &words.criteria,
                vec![Paragraph::new(vec![Span::new(words.criteria_intro.clone()).tone(Tone::Soft)])],
            ));
            blocks.push(self.criteria(assessment));
        }
        blocks
    }

    fn criteria(&self, assessment: &AssessmentPart) -> Block {
        let words = &self.words.scope;
        let rows = assessment.criteria.iter().map(|(statement, answer)| {
            let answer = match answer {
                Some(true) => Span::verdict(Verdict::InPlace, words.confirmed.clone()),
                Some(false) => Span::verdict(Verdict::NotInPlace, words.denied.clone()),
                None => Span::verdict(Verdict::Unanswered, words.open.clone()),
            };
            Row {
                anchor: None,
                cells: vec![cell_of(vec![answer]), vec![Paragraph::text(statement.clone()).size(Size::Small)]],
            }
        });
        Block::Table(Table {
            columns: vec![column(128.0), column(FULL_WIDTH - 128.0)],
            head: vec![vec![Span::new(words.criterion_answer.clone())], vec![Span::new(words.criterion.clone())]],
            rows: rows.collect(),
        })
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.trim().is_empty()).copied().collect::<Vec<_>>().join(", ")
}
