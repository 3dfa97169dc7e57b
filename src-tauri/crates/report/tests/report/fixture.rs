//! Reports to test with: one as a shop would have it, one with everything that could break a page.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use std::collections::BTreeMap;
use tillproof_domain::answer::{Progress, Verdict};
use tillproof_domain::evidence::Confidentiality;
use tillproof_domain::framework::{Confidence, TesterMethod};
use tillproof_domain::freshness::ProofState;
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::{Channel, ScopeFacts};
use tillproof_domain::score::{Outcome, Tally};
use tillproof_domain::task::{Priority, TaskStatus};
use tillproof_domain::time::Timestamp;
use tillproof_domain::worksheet::WorksheetKind;
use tillproof_report::input::{
    AssessmentPart, Choice, EvidencePart, FinderPath, FinderStep, Merchant, PaperPart, ProviderPart, ProvidersPart,
    QualityPart, Report, RequirementPart, ScopePart, SectionPart, SignedPart, TaskPart, ThemePart, WorksheetPart,
};

#[derive(Deserialize)]
struct Texts {
    pci: FrameworkTexts,
    gdpr: FrameworkTexts,
    themes: Vec<String>,
    criteria: Vec<String>,
    finder: FinderTexts,
    ruled_out: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct FrameworkTexts {
    name: String,
    full_name: String,
    notice: String,
    version: String,
    scope: ScopeTexts,
    verdicts: BTreeMap<Verdict, String>,
    sections: Vec<SectionTexts>,
}

#[derive(Deserialize)]
struct ScopeTexts {
    name: String,
    summary: String,
    notice: String,
}

#[derive(Deserialize)]
struct SectionTexts {
    title: String,
    requirements: Vec<RequirementTexts>,
}

#[derive(Deserialize)]
struct RequirementTexts {
    label: String,
    title: String,
    question: String,
    scope_note: String,
}

#[derive(Deserialize)]
struct FinderTexts {
    steps: Vec<StepTexts>,
    title: String,
    summary: String,
    confirm: Vec<String>,
}

#[derive(Deserialize)]
struct StepTexts {
    question: String,
    answer: String,
    reason: String,
}

/// 2026-11-22T10:00:00Z.
const MADE_AT: i64 = 1_795_341_600_000_000;

fn day(back: u64) -> NaiveDate {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    today.checked_sub_days(Days::new(back)).expect("a day")
}

fn ahead(days: u64) -> NaiveDate {
    day(0).checked_add_days(Days::new(days)).expect("a day")
}

fn texts(locale: Locale) -> Texts {
    let mut all: BTreeMap<Locale, Texts> =
        serde_json::from_str(include_str!("texts.json")).expect("texts of the fixture");
    all.remove(&locale).expect("texts in the language")
}

fn pick<'a>(locale: Locale, en: &'a str, de: &'a str) -> &'a str {
    match locale {
        Locale::En => en,
        Locale::De => de,
    }
}

/// A hash that is different for each number.
fn hash(number: usize) -> String {
    let mut state = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let words = (0..4).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:016x}", state ^ (state >> 29))
    });
    words.collect()
}

/// A report as a shop would have it.
pub(crate) fn shop(locale: Locale) -> Report {
    let texts = texts(locale);
    let evidence: Vec<EvidencePart> = (0..16).map(|index| shop_evidence(locale, index)).collect();
    let tasks: Vec<TaskPart> = (0..6).map(|index| shop_task(locale, index)).collect();
    let mut assessments = vec![
        assessment(locale, texts.pci, texts.criteria, Confidence::High),
        assessment(locale, texts.gdpr, Vec::new(), Confidence::High),
    ];
    for part in &mut assessments {
        part.tally = part.sections.iter().flat_map(|section| &section.requirements).map(|part| part.verdict).collect();
    }
    let themes = texts.themes.into_iter().take(12).enumerate().map(|(index, name)| {
        let verdicts = (0..=index % 5 + 2).map(|number| verdict(number * 3 + index));
        ThemePart { name, tally: verdicts.collect::<Tally>() }
    });
    Report {
        choice: Choice::default(),
        logo: None,
        locale,
        made_at: Timestamp(MADE_AT),
        made_on: day(0),
        state_on: day(0),
        made_by: "Anna Björnsdóttir".into(),
        app_version: "0.1.0".into(),
        workspace_id: "01931f5e-9d2c-7b1a-8c44-5f0e6a7b8c9d".into(),
        journal_seq: 1482,
        journal_head: hash(99),
        merchant: merchant(locale),
        finder: vec![FinderPath {
            steps: texts
                .finder
                .steps
                .into_iter()
                .map(|step| FinderStep { question: step.question, answer: step.answer, reason: step.reason })
                .collect(),
            result_title: texts.finder.title,
            result_summary: texts.finder.summary,
            ruled_out: texts.ruled_out,
            confirm: texts.finder.confirm,
        }],
        assessments,
        themes: themes.collect(),
        providers: providers(locale),
        evidence,
        tasks,
        quality: vec![QualityPart {
            name: "In place, without proof".to_owned(),
            points: (0..7).map(|number| format!("PCI DSS 8.3.{number}: nothing proves it.")).collect(),
        }],
        registers: Vec::new(),
    }
}

fn merchant(locale: Locale) -> Merchant {
    Merchant {
        name: "Kaffeerösterei Größenwahn GmbH".into(),
        trading_name: "Röstgut".into(),
        address: "Mühlenstraße 12\n20457 Hamburg".into(),
        country: pick(locale, "Germany", "Deutschland").into(),
        website: "https://www.roestgut.example".into(),
        platform: "Shopware 6.6".into(),
        payment_provider: "Beispiel Payments SE".into(),
        contact_name: "Anna Björnsdóttir".into(),
        contact_role: pick(locale, "Managing director", "Geschäftsführerin").into(),
        contact_email: "anna@roestgut.example".into(),
        staff: Some(7),
        channels: vec![Channel::ECommerce, Channel::MailTelephone],
        payment_description: pick(
            locale,
            "Customers pay on the page of the provider, to which the shop redirects. On the phone, we send a payment link. We see only the last four digits and the expiry date.",
            "Kunden zahlen auf der Seite des Zahlungsdienstleisters, zu der der Shop weiterleitet. Am Telefon verschicken wir einen Bezahllink. Wir sehen nur die letzten vier Ziffern und das Ablaufdatum.",
        )
        .into(),
        scope_facts: ScopeFacts {
            assessors: String::new(),
            left_out: pick(locale, "Orders by post: no card payments.", "Bestellungen per Post: keine Kartenzahlung.").into(),
            environment: pick(locale, "Shop at the host, mailbox, two laptops.", "Shop beim Hoster, Postfach, zwei Laptops.").into(),
            segmented: Some(false),
            locations: pick(locale, "1 roastery with office, Lübeck, DE", "1 Rösterei mit Büro, Lübeck, DE").into(),
            products: String::new(),
        },
    }
}

fn assessment(locale: Locale, texts: FrameworkTexts, criteria: Vec<String>, confidence: Confidence) -> AssessmentPart {
    let mut labels: Vec<(Verdict, String)> = texts.verdicts.into_iter().collect();
    labels.push((Verdict::Unanswered, pick(locale, "Unanswered", "Unbeantwortet").into()));
    let knows = |verdict: Verdict| labels.iter().any(|(known, _)| *known == verdict);
    let mut number = 0;
    let sections = texts.sections.into_iter().map(|section| SectionPart {
        title: section.title,
        requirements: section
            .requirements
            .into_iter()
            .map(|texts| {
                number += 1;
                let verdict = verdict(number);
                requirement(locale, number, texts, if knows(verdict) { verdict } else { Verdict::NotInPlace })
            })
            .collect(),
    });
    AssessmentPart {
        sections: sections.collect(),
        framework_name: texts.name,
        framework_full_name: texts.full_name,
        framework_version: texts.version,
        framework_notice: texts.notice,
        scope_name: texts.scope.name.clone(),
        scopes: vec![ScopePart {
            name: texts.scope.name,
            summary: texts.scope.summary,
            notice: texts.scope.notice,
            confidence,
        }],
        period_start: NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day"),
        period_end: NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day"),
        tally: Tally::default(),
        outcome: Outcome::Open,
        signed: Some(SignedPart {
            name: "Anna Björnsdóttir".to_owned(),
            role: "owner".to_owned(),
            on: day(0),
            seq: 1400,
            head: hash(98),
        }),
        criteria: criteria
            .into_iter()
            .enumerate()
            .map(|(index, statement)| (statement, [Some(true), Some(true), Some(true), None, Some(false)][index % 5]))
            .collect(),
        earlier: Vec::new(),
        verdict_labels: labels,
    }
}

fn verdict(number: usize) -> Verdict {
    match number % 11 {
        3 => Verdict::NotApplicable,
        5 => Verdict::Partly,
        6 => Verdict::NotInPlace,
        8 => Verdict::InPlaceCcw,
        9 => Verdict::Unanswered,
        10 if number > 20 => Verdict::NotTested,
        _ => Verdict::InPlace,
    }
}

fn requirement(locale: Locale, number: usize, texts: RequirementTexts, verdict: Verdict) -> RequirementPart {
    let answered = verdict != Verdict::Unanswered;
    let note = match number % 3 {
        1 => pick(
            locale,
            "Checked on 14 November with our agency. The default accounts of the shop and the database are deleted; the host has confirmed its part in writing.",
            "Am 14. November mit der Agentur durchgesehen. Die voreingestellten Konten von Shop und Datenbank sind gelöscht; der Hoster hat seinen Teil schriftlich bestätigt.",
        ),
        2 => pick(
            locale,
            "See the minutes of the yearly review.\nNext review: March 2027.",
            "Siehe Protokoll der Jahresdurchsicht.\nNächste Durchsicht: März 2027.",
        ),
        _ => "",
    };
    let reason = pick(
        locale,
        "We keep no card data on paper and receive none; orders by post are answered with a payment link.",
        "Wir bewahren keine Kartendaten auf Papier auf und erhalten auch keine; Bestellungen per Post beantworten wir mit einem Bezahllink.",
    );
    let reason_missing = verdict.needs_justification() && number.is_multiple_of(2);
    RequirementPart {
        id: format!("{}#{number}", texts.label),
        label: texts.label,
        title: texts.title,
        question: texts.question,
        scope_note: texts.scope_note,
        scopes: Vec::new(),
        parts: Vec::new(),
        tester_methods: [&[TesterMethod::Examine, TesterMethod::Interview][..], &[TesterMethod::Observe]][number % 2]
            .to_vec(),
        verdict,
        reason_missing,
        carried: false,
        progress: if answered { Progress::Done } else { Progress::InProgress },
        note: if answered { note.into() } else { String::new() },
        justification: if verdict.needs_justification() && !reason_missing { reason.into() } else { String::new() },
        worksheet: worksheet(locale, number, verdict),
        target_date: verdict.is_gap().then(|| ahead(39)),
        answered_at: answered.then_some(Timestamp(MADE_AT - 86_400_000_000 * number as i64)),
        answered_by: if answered { "Anna Björnsdóttir".into() } else { String::new() },
        proof: if verdict.claims_met() {
            [ProofState::Fresh, ProofState::Fresh, ProofState::DueSoon, ProofState::Expired][number % 4]
        } else {
            ProofState::Missing
        },
        evidence: if verdict.claims_met() { vec![number % 16, (number * 7 + 3) % 16] } else { Vec::new() },
        tasks: if verdict.is_gap() { vec![number % 6] } else { Vec::new() },
    }
}

fn worksheet(locale: Locale, number: usize, verdict: Verdict) -> Option<WorksheetPart> {
    let kind = WorksheetKind::of(verdict)?;
    let points = kind.fields().iter().enumerate().map(|(index, field)| {
        let text = pick(
            locale,
            "The old terminal takes eight characters only; it stands in a locked room and reaches no network.",
            "Das alte Terminal nimmt nur acht Zeichen; es steht in einem abgeschlossenen Raum und erreicht kein Netz.",
        );
        (field.as_str().to_owned(), if (index + number).is_multiple_of(3) { String::new() } else { text.to_owned() })
    });
    Some(WorksheetPart {
        kind,
        title: kind.as_str().to_owned(),
        source: "SAQ, Appendix B".to_owned(),
        points: points.collect(),
    })
}

fn providers(locale: Locale) -> ProvidersPart {
    let provider = |name: &str, lacks: Vec<(ProofState, String, String)>| ProviderPart {
        name: name.into(),
        service: pick(locale, "payment page", "Bezahlseite").into(),
        country: "DE".into(),
        contact: "compliance@beispiel.example".into(),
        handles: vec![pick(locale, "stores card data for us", "speichert Kartendaten für uns").into()],
        papers: vec![PaperPart { name: "AOC".into(), on: day(80), evidence: Some(1) }],
        lacks,
        note: String::new(),
    };
    let lack =
        (ProofState::Missing, pick(locale, "Missing: AOC", "Fehlt: AOC").to_owned(), "PCI DSS 12.8.4".to_owned());
    ProvidersPart {
        providers: vec![provider("Beispiel Payments SE", Vec::new()), provider("Hosting Nord GmbH", vec![lack])],
        responsibilities: vec![(
            pick(locale, "6.3.3  Security updates", "6.3.3  Sicherheitsupdates").into(),
            "Hosting Nord GmbH".into(),
            pick(locale, "both", "beide").into(),
        )],
    }
}

fn shop_evidence(locale: Locale, index: usize) -> EvidencePart {
    let names = [
        ("Default accounts of shop and host.pdf", "Voreingestellte Konten von Shop und Hoster.pdf"),
        ("AOC Beispiel Payments SE 2026.pdf", "AOC Beispiel Payments SE 2026.pdf"),
        ("ASV scan Q3 2026, passed.pdf", "ASV-Scan 3. Quartal 2026, bestanden.pdf"),
        ("Users of Shopware, November.png", "Benutzer in Shopware, November.png"),
        ("Incident plan v3.docx", "Notfallplan v3.docx"),
        ("Contract with the host, signed.pdf", "Vertrag mit dem Hoster, unterschrieben.pdf"),
        ("Training record 2026.xlsx", "Schulungsnachweis 2026.xlsx"),
        (
            "screenshot-roestgut-checkout-redirect-2026-11-14T09-32-11+0100-full-page.png",
            "bildschirmfoto-roestgut-kasse-weiterleitung-2026-11-14T09-32-11+0100-ganze-seite.png",
        ),
    ];
    let (en, de) = names[index % names.len()];
    EvidencePart {
        number: format!("E-{}", index + 1),
        name: pick(locale, en, de).into(),
        title: if index.is_multiple_of(3) {
            pick(locale, "What it shows", "Was er zeigt").into()
        } else {
            String::new()
        },
        source: if index.is_multiple_of(4) { "backup.example.com".into() } else { String::new() },
        period: (index.is_multiple_of(5).then(|| day(120)), index.is_multiple_of(5).then(|| day(30))),
        confidentiality: Confidentiality::ALL[index % 3],
        damaged: Some(index == 7),
        media_type: ["application/pdf", "image/png", "text/plain"][index % 3].into(),
        size: 48_213 * (index as u64 + 1) * (index as u64 + 3),
        sha256: hash(index),
        version: index as u32 % 3 + 1,
        collected_on: day(index as u64 * 9),
        counts_until: (index % 5 != 4)
            .then(|| ahead(330).checked_sub_days(Days::new(index as u64 * 26)).expect("a day")),
        state: [ProofState::Fresh, ProofState::Fresh, ProofState::Fresh, ProofState::DueSoon, ProofState::Expired]
            [index % 5],
        added_at: Timestamp(MADE_AT - 86_400_000_000 * index as i64),
        added_by: "Anna Björnsdóttir".into(),
        requirements: [
            vec!["PCI DSS 2.2.2"],
            vec!["PCI DSS 12.8.2", "PCI DSS 12.8.4", "GDPR 28"],
            vec!["PCI DSS 11.3.2"],
        ][index % 3]
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
    }
}

fn shop_task(locale: Locale, index: usize) -> TaskPart {
    let titles = [
        ("Order the quarterly scan from an ASV", "Vierteljährlichen Scan bei einem ASV beauftragen"),
        ("List the scripts of the checkout page", "Skripte der Kassenseite auflisten"),
        ("Ask the host for its AOC", "Beim Hoster die AOC anfordern"),
        ("Switch on two-factor login for the shop", "Zwei-Faktor-Anmeldung im Shop einschalten"),
        ("Train the new colleague", "Neue Kollegin schulen"),
        ("Shred old order slips", "Alte Bestellzettel schreddern"),
    ];
    let (en, de) = titles[index % 6];
    let status = [
        TaskStatus::Open,
        TaskStatus::InProgress,
        TaskStatus::Waiting,
        TaskStatus::Open,
        TaskStatus::Done,
        TaskStatus::Dropped,
    ][index % 6];
    let comment = pick(
        locale,
        "Two offers asked for; the answer of the first is here.",
        "Zwei Angebote angefragt; die Antwort des ersten Anbieters ist da.",
    );
    TaskPart {
        number: format!("T-{}", index + 1),
        title: pick(locale, en, de).into(),
        description: if index.is_multiple_of(2) {
            pick(
                locale,
                "By the end of the quarter, so that no quarter is without a scan.",
                "Bis Quartalsende, damit kein Quartal ohne Scan bleibt.",
            )
            .into()
        } else {
            String::new()
        },
        owner: ["Anna Björnsdóttir", "Agentur Nordlicht", ""][index % 3].into(),
        due: (index != 3).then(|| ahead(10 * index as u64)),
        overdue: index == 1,
        priority: [Priority::Urgent, Priority::High, Priority::Normal, Priority::Low][index % 4],
        status,
        requirements: vec!["PCI DSS 11.3.2".into()],
        effort_minutes: (index != 2).then_some(15 * (index as u32 * 7 + 1)),
        cost: if index.is_multiple_of(2) { "120.00 EUR".into() } else { String::new() },
        proof: if index == 5 { vec![1] } else { Vec::new() },
        comments: if index < 2 {
            vec![(Timestamp(MADE_AT - 90_000_000_000), "Jonas Weiß".into(), comment.into())]
        } else {
            Vec::new()
        },
    }
}

/// Texts that break pages which were made for well-behaved ones.
pub(crate) const HARD_TEXTS: [&str; 12] = [
    "Emoji 😀 👩‍💻 ❤️ ✅, arrows → ⇒, maths ≤ √ ∑, box ─ █",
    "Control \u{0}\u{1}\u{7}\u{b}\u{c}\u{1b}[31m and \u{7f} and \u{85}next line",
    "<script>alert('x')</script> & <b>bold</b> &amp; {name} `code` \\ ( ) %",
    "עברית ועוד (ABC) עברית, العربية ١٢٣",
    "Ελληνικά, Кириллица, Հայերեն, ქართული, ไทย, 中文字符, हिन्दी",
    "Turned \u{202e}round\u{202c} and hidden \u{200b}\u{2060}\u{feff} soft\u{ad}hyphen, no\u{a0}break",
    "   leading and trailing   \n\n\ttab\there\r\nwindows\rold mac\u{2028}line\u{2029}paragraph   ",
    "Zalgo: Z\u{351}\u{36b}\u{343}a\u{32a}\u{32b}l\u{31f}g\u{321}o",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{e000} \u{10ffff} \u{fdd0} \u{1f1e9}\u{1f1ea}",
    "Decomposed a\u{308}o\u{308}u\u{308}, ﬁ ligature, µ and μ, Å and Å",
    "https://example.com/a/very/long/path?with=many&parameters=that&go=on&and=on&and=on&until=the&line=ends#fragment",
    "",
];

/// Everything that could break a page.
pub(crate) fn hard(locale: Locale) -> Report {
    let mut report = shop(locale);
    let long_word = "Überweisungsbestätigung".repeat(3000 / 23 + 1);
    let long_note = "This is a sentence of a very long note that goes on for pages. ".repeat(20_000 / 63 + 1);
    report.merchant.name = format!("{} {}", report.merchant.name, "Sehr lange Firma ".repeat(12));
    report.merchant.address = HARD_TEXTS[6].into();
    report.merchant.platform = HARD_TEXTS[0].into();
    report.merchant.payment_description = HARD_TEXTS.join("\n");
    report.evidence = (0..60).map(|index| shop_evidence(locale, index)).collect();
    for (index, evidence) in report.evidence.iter_mut().enumerate() {
        evidence.name = format!("{index} {}", HARD_TEXTS[index % HARD_TEXTS.len()]);
    }
    report.evidence[7].requirements = (0..300).map(|number| format!("PCI DSS 12.{number}")).collect();
    report.evidence[9].name = long_word.clone();
    for (index, task) in report.tasks.iter_mut().enumerate() {
        task.title = HARD_TEXTS[(index + 1) % HARD_TEXTS.len()].into();
        task.owner = HARD_TEXTS[(index + 5) % HARD_TEXTS.len()].into();
        task.comments.push((Timestamp(0), String::new(), HARD_TEXTS[(index + 9) % HARD_TEXTS.len()].into()));
    }
    report.tasks[0].comments.push((Timestamp(1), "x".into(), long_note.clone()));
    let requirements =
        report.assessments.iter_mut().flat_map(|part| &mut part.sections).flat_map(|part| &mut part.requirements);
    for (index, requirement) in requirements.enumerate() {
        requirement.note = HARD_TEXTS[index % HARD_TEXTS.len()].into();
        match index {
            4 => requirement.note = long_note.clone(),
            7 => requirement.note = long_word.clone(),
            9 => requirement.question = String::new(),
            11 => requirement.title = String::new(),
            13 => requirement.label = long_word.clone(),
            15 => requirement.evidence = (0..60).collect(),
            17 => requirement.justification = long_word.clone(),
            19 => requirement.note = "\n".repeat(80),
            21 => requirement.tasks = vec![0, 1, 2, 3, 4, 5, 99],
            _ => {}
        }
    }
    let worksheets = report.assessments.iter_mut().flat_map(|part| &mut part.sections);
    let worksheets = worksheets.flat_map(|part| &mut part.requirements).filter_map(|part| part.worksheet.as_mut());
    for (index, worksheet) in worksheets.enumerate() {
        for (at, (asked, text)) in worksheet.points.iter_mut().enumerate() {
            *asked = HARD_TEXTS[(index + at) % HARD_TEXTS.len()].into();
            *text = if index == 1 { long_note.clone() } else { HARD_TEXTS[(index + at + 3) % HARD_TEXTS.len()].into() };
        }
    }
    for (index, provider) in report.providers.providers.iter_mut().enumerate() {
        provider.name = if index == 0 { long_word.clone() } else { HARD_TEXTS[3].into() };
        provider.handles = HARD_TEXTS.iter().map(|text| (*text).to_owned()).collect();
        provider.contact = HARD_TEXTS[10].into();
        provider.note = long_note.clone();
    }
    report.themes[0].name = long_word;
    report
}

/// A report with nothing in it.
pub(crate) fn empty(locale: Locale) -> Report {
    let mut report = shop(locale);
    report.merchant = Merchant {
        name: String::new(),
        trading_name: String::new(),
        address: String::new(),
        country: String::new(),
        website: String::new(),
        platform: String::new(),
        payment_provider: String::new(),
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        staff: None,
        channels: Vec::new(),
        payment_description: String::new(),
        scope_facts: ScopeFacts::default(),
    };
    report.made_by = String::new();
    report.journal_head = String::new();
    report.finder = Vec::new();
    report.assessments = Vec::new();
    report.themes = Vec::new();
    report.evidence = Vec::new();
    report.tasks = Vec::new();
    report
}
