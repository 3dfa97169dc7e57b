//! The report as a document: headings, paragraphs, lists and tables in reading order, without a
//! place on any page. Whoever reads this module knows what can be said, not where it stands.

use crate::input::Logo;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What the file says about itself.
    pub properties: Properties,
    /// What stands at the head and foot of each page.
    pub furniture: Furniture,
    /// The cover from its top.
    pub cover: Vec<Block>,
    /// The foot of the cover.
    pub cover_foot: Vec<Block>,
    /// Everything after the cover.
    pub body: Vec<Block>,
    /// The picture that [`Block::Logo`] shows.
    pub logo: Option<Logo>,
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the PDF")]
pub struct Properties {
    pub locale: Locale,
    pub title: String,
    pub author: String,
    pub subject: String,
    pub keywords: String,
    pub creator: String,
    pub made_at: Timestamp,
}

/// What stands at the head and foot of each page but the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// At the head, left.
    pub head_left: String,
    /// At the head, right.
    pub head_right: String,
    /// At the foot, left.
    pub foot_left: String,
    /// At the foot, right, with `{page}` and `{pages}`.
    pub foot_right: String,
}

/// A place that links lead to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor(pub String);

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in the document.
    Anchor(Anchor),
    /// A web page.
    Uri(String),
}

/// The four sizes of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Tables, heads and feet, what is said in passing.
    Small,
    /// Running text.
    Body,
    /// Headings of the second level.
    Heading,
    /// Headings of the first level and the cover.
    Title,
}

impl Size {
    /// The font size.
    #[must_use]
    pub const fn points(self) -> f32 {
        match self {
            Self::Small => 8.5,
            Self::Body => 10.0,
            Self::Heading => 13.0,
            Self::Title => 24.0,
        }
    }

    /// From one line to the next.
    #[must_use]
    pub const fn line(self) -> f32 {
        match self {
            Self::Small => 12.0,
            Self::Body => 14.0,
            Self::Heading => 18.0,
            Self::Title => 30.0,
        }
    }
}

/// The ink of a text or shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Dark ink.
    Ink,
    /// Softer ink, for what is not read first.
    Soft,
    /// The green-blue accent.
    Accent,
    /// Hairlines.
    Line,
    /// Warm paper.
    Paper,
    /// Paper a shade deeper.
    DeepPaper,
    /// White.
    White,
    /// The colour of a verdict. It never stands without the mark or the word.
    Verdict(Verdict),
}

impl Tone {
    /// Red, green and blue.
    #[must_use]
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Ink => [0x1f, 0x24, 0x28],
            Self::Soft => [0x5a, 0x5d, 0x5c],
            Self::Accent => [0x0f, 0x5c, 0x5c],
            Self::Line => [0xd5, 0xcd, 0xbd],
            Self::Paper => [0xfa, 0xf6, 0xee],
            Self::DeepPaper => [0xf1, 0xea, 0xdc],
            Self::White => [0xff, 0xff, 0xff],
            Self::Verdict(Verdict::InPlace) => [0x1e, 0x6b, 0x3c],
            Self::Verdict(Verdict::InPlaceCcw) => [0x1d, 0x5f, 0x8a],
            Self::Verdict(Verdict::Partly) => [0x8a, 0x5a, 0x00],
            Self::Verdict(Verdict::NotInPlace) => [0xa1, 0x26, 0x1c],
            Self::Verdict(Verdict::NotApplicable) => [0x54, 0x5b, 0x63],
            Self::Verdict(Verdict::NotTested) => [0x68, 0x48, 0x8f],
            Self::Verdict(Verdict::Unanswered) => [0x6b, 0x64, 0x58],
        }
    }
}

/// A piece of text set in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// How heavy it is.
    pub weight: Weight,
    /// Its ink.
    pub tone: Tone,
    /// Where it leads.
    pub link: Option<Target>,
    /// The mark of a verdict before it.
    pub mark: Option<Verdict>,
}

impl Span {
    /// Running text in ink.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Regular, tone: Tone::Ink, link: None, mark: None }
    }

    /// A verdict: its mark and its word.
    pub fn verdict(verdict: Verdict, label: impl Into<String>) -> Self {
        Self { mark: Some(verdict), ..Self::new(label).weight(Weight::Semibold).tone(Tone::Verdict(verdict)) }
    }

    /// The same text in another weight.
    #[must_use]
    pub fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// The same text in another ink.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// The same text, leading to a place in the document.
    #[must_use]
    pub fn to(self, anchor: Anchor) -> Self {
        Self { link: Some(Target::Anchor(anchor)), tone: Tone::Accent, ..self }
    }

    /// The same text, leading to a web page.
    #[must_use]
    pub fn to_uri(self, uri: impl Into<String>) -> Self {
        Self { link: Some(Target::Uri(uri.into())), tone: Tone::Accent, ..self }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its text.
    pub spans: Vec<Span>,
    /// Its size.
    pub size: Size,
    /// The space above it, unless it opens a page.
    pub before: f32,
    /// By how much all lines are set in.
    pub indent: f32,
    /// A sign in the margin of the first line.
    pub bullet: Option<String>,
}

impl Paragraph {
    /// A paragraph of running text.
    #[must_use]
    pub const fn new(spans: Vec<Span>) -> Self {
        Self { spans, size: Size::Body, before: 0.0, indent: 0.0, bullet: None }
    }

    /// A paragraph of one span.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(vec![Span::new(text)])
    }

    /// The same paragraph in another size.
    #[must_use]
    pub fn size(self, size: Size) -> Self {
        Self { size, ..self }
    }

    /// The same paragraph with space above.
    #[must_use]
    pub fn before(self, before: f32) -> Self {
        Self { before, ..self }
    }

    /// The same paragraph as an item of a list.
    #[must_use]
    pub fn item(self, bullet: impl Into<String>) -> Self {
        Self { indent: 14.0, bullet: Some(bullet.into()), ..self }
    }

    /// The same paragraph with a word before it, set in so that several such stand below one another.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { indent: 64.0, bullet: Some(label.into()), ..self }
    }
}

/// A piece of the document, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; it stands in the outline of the file, and down to level 2 in the contents.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A paragraph that belongs to what follows.
    Lead(Paragraph),
    /// A small column on the left with a wide one beside it.
    Columns(Columns),
    /// What stands on one page, unless it is long.
    Together(Vec<Block>),
    /// A table.
    Table(Table),
    /// Counts by verdict, as bars with their numbers.
    Bars(Vec<Bar>),
    /// What the chart below shows.
    Caption(String),
    /// Counts side by side.
    Chart(Chart),
    /// The merchant's logo, where the report has one.
    Logo {
        /// How wide it is.
        width: f32,
        /// How high it is.
        height: f32,
        /// The words that say the same.
        words: String,
    },
    /// What must not be missed.
    Notice(Vec<Paragraph>),
    /// Lines to sign on.
    Signature(Signature),
    /// The contents, made of the headings.
    Contents,
    /// A short bar in the accent colour.
    Accent,
    /// Empty space, unless a page opens with it.
    Space(f32),
    /// What follows begins on a new page.
    PageBreak,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1, 2 or 3. Level 3 stands only in the outline: what it names is a block of its own.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// Its place.
    pub anchor: Anchor,
}

/// A small column on the left with a wide one beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// The small one.
    pub left: Vec<Paragraph>,
    /// The wide one.
    pub right: Vec<Paragraph>,
    /// The heading that this block is for the outline.
    pub heading: Option<Heading>,
    /// Whether a hairline stands above it.
    pub ruled: bool,
    /// The space above it, unless it opens a page.
    pub before: f32,
    /// How many lines at least stay together from its head on; if it has fewer, then with those
    /// of what follows.
    pub keep: usize,
    /// What stands on the left where it goes on overleaf.
    pub continued: Option<String>,
}

/// A table. Its head is repeated on each page it reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Widths of the columns; what they add up to is the width of the table.
    pub columns: Vec<TableColumn>,
    /// The words above the columns.
    pub head: Vec<Vec<Span>>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TableColumn {
    /// How wide it is.
    pub width: f32,
    /// Whether numbers stand in it.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The place that links to this row lead to.
    pub anchor: Option<Anchor>,
    /// Its cells, each with its paragraphs.
    pub cells: Vec<Vec<Paragraph>>,
}

/// One verdict in a chart of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The verdict.
    pub verdict: Verdict,
    /// Its word.
    pub label: String,
    /// How many have it.
    pub count: u32,
    /// How many there are in all.
    pub total: u32,
}

/// Counts side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The words that say the same, for those who do not see it.
    pub words: String,
    /// What the colours mean.
    pub legend: Vec<(Verdict, String)>,
    /// The rows, from top to bottom.
    pub rows: Vec<ChartRow>,
}

/// A row of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartRow {
    /// What it counts.
    pub name: String,
    /// The parts of its bar.
    pub segments: Vec<(Tone, u32)>,
    /// What the whole width stands for.
    pub total: u32,
    /// The number behind it.
    pub value: String,
}

/// Lines to sign on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signs.
    pub role: String,
    /// What is written on the lines: a word below each, and what is known already.
    pub fields: Vec<(String, String)>,
}
