//! A report without what names people or what people wrote: to hand on to those who need the
//! results and the hashes only. Done on the data, so that nothing is left in the PDF or its
//! attachment.

use crate::ReportError;
use crate::input::Report;
use crate::input::registers::RegisterValue;
use crate::messages::Messages;

/// The same report with a word in the place of names of people, notes, other texts that people
/// wrote, and names of files. Verdicts, days, counts, hashes, and the names of the merchant and its
/// providers stay.
///
/// # Errors
/// The words of the language do not load.
pub fn redacted(mut report: Report) -> Result<Report, ReportError> {
    let words = Messages::load(report.locale)?;
    let hidden = &words.redacted;
    let hide = |text: &mut String| {
        if !text.trim().is_empty() {
            text.clone_from(hidden);
        }
    };
    hide(&mut report.made_by);
    let merchant = &mut report.merchant;
    for text in [
        &mut merchant.contact_name,
        &mut merchant.contact_role,
        &mut merchant.contact_email,
        &mut merchant.payment_description,
        &mut merchant.scope_facts.assessors,
        &mut merchant.scope_facts.left_out,
        &mut merchant.scope_facts.environment,
        &mut merchant.scope_facts.locations,
        &mut merchant.scope_facts.products,
    ] {
        hide(text);
    }
    for assessment in &mut report.assessments {
        if let Some(signed) = &mut assessment.signed {
            hide(&mut signed.name);
            hide(&mut signed.role);
        }
        for requirement in assessment.sections.iter_mut().flat_map(|section| &mut section.requirements) {
            hide(&mut requirement.note);
            hide(&mut requirement.justification);
            hide(&mut requirement.answered_by);
            for (_, text) in requirement.worksheet.iter_mut().flat_map(|worksheet| &mut worksheet.points) {
                hide(text);
            }
        }
    }
    for provider in &mut report.providers.providers {
        hide(&mut provider.contact);
        hide(&mut provider.note);
    }
    for evidence in &mut report.evidence {
        for text in [&mut evidence.name, &mut evidence.title, &mut evidence.source, &mut evidence.added_by] {
            hide(text);
        }
    }
    for task in &mut report.tasks {
        for text in [&mut task.title, &mut task.description, &mut task.owner] {
            hide(text);
        }
        for (_, who, text) in &mut task.comments {
            hide(who);
            hide(text);
        }
    }
    for entry in report.registers.iter_mut().flat_map(|register| &mut register.entries) {
        hide(&mut entry.title);
        // A page of words that say that they are left out helps nobody: numbers, states and days stay.
        entry.facts.retain(|(_, value)| !matches!(value, RegisterValue::Text(_)));
    }
    // Its points name files, tasks and people.
    for point in report.quality.iter_mut().flat_map(|kind| &mut kind.points) {
        hide(point);
    }
    Ok(report)
}
