//! The fonts of the report: which one draws a character, and how wide it is. The widths are those
//! that the PDF states (whole thousandths of the size), so that a line is as long as it was measured.

use crate::ReportError;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::locale::Locale;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::opentype_layout::LayoutTable;
use ttf_parser::{GlyphId, Tag};

/// A font file of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// How a span of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// What the eye is to find.
    Semibold,
    /// Quotations and asides.
    Italic,
    /// Hashes and ids.
    Mono,
}

/// A font file that is shipped.
pub struct FontFile {
    /// Its PostScript name.
    pub name: &'static str,
    /// The file.
    pub data: &'static [u8],
}

macro_rules! font_file {
    ($name:literal) => {
        FontFile { name: $name, data: include_bytes!(concat!("../../fonts/", $name, ".ttf")) }
    };
}

/// All fonts: the four weights, then what is asked for letters and signs that they lack, in order.
pub static FONT_FILES: [FontFile; 11] = [
    font_file!("SourceSans3-Regular"),
    font_file!("SourceSans3-Semibold"),
    font_file!("SourceSans3-It"),
    font_file!("SourceCodePro-Regular"),
    font_file!("NotoSans-Regular"),
    font_file!("NotoSansHebrew-Regular"),
    font_file!("NotoSansArmenian-Regular"),
    font_file!("NotoSansGeorgian-Regular"),
    font_file!("NotoSansSymbols2-Regular"),
    font_file!("NotoSansSymbols-Regular"),
    font_file!("NotoEmoji-Regular"),
];

/// Latin letters come before this character.
const NEAR: usize = 0x250;

/// The first font that stands in for another.
const FIRST_FALLBACK: u8 = 4;

impl Weight {
    const fn face(self) -> FaceId {
        match self {
            Self::Regular => FaceId(0),
            Self::Semibold => FaceId(1),
            Self::Italic => FaceId(2),
            Self::Mono => FaceId(3),
        }
    }
}

/// A drawn character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// The font that has it.
    pub face: FaceId,
    /// Its number in the font.
    pub id: u16,
    /// Its width in thousandths of the font size.
    pub width: i32,
}

/// The fonts, opened.
pub struct Fonts {
    locale: Locale,
    faces: Vec<Face>,
    /// What was found for the letters of most texts, by weight and character.
    near: RefCell<[Vec<Option<Glyph>>; 4]>,
    /// What was found for other characters.
    glyphs: RefCell<BTreeMap<(Weight, char), Option<Glyph>>>,
    kerns: RefCell<BTreeMap<(FaceId, u16, u16), i32>>,
}

struct Face {
    face: ttf_parser::Face<'static>,
    /// The first character of each glyph: a glyph can be read back from the PDF as one only.
    first_characters: OnceCell<BTreeMap<u16, char>>,
    /// Where the font says which letters move together.
    kerning: OnceCell<Vec<PairAdjustment<'static>>>,
}

impl Fonts {
    /// Opens the shipped fonts, to set text in a language: its long words are divided by its rules.
    ///
    /// # Errors
    /// A font file is damaged.
    pub fn open(locale: Locale) -> Result<Self, ReportError> {
        let faces = FONT_FILES
            .iter()
            .map(|file| {
                ttf_parser::Face::parse(file.data, 0)
                    .map(|face| Face { face, first_characters: OnceCell::new(), kerning: OnceCell::new() })
                    .map_err(|error| ReportError::Pdf(format!("font {}: {error}", file.name)))
            })
            .collect::<Result<_, _>>()?;
        let (near, glyphs, kerns) = (RefCell::default(), RefCell::default(), RefCell::default());
        Ok(Self { locale, faces, near, glyphs, kerns })
    }

    /// The language that is set.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// How wide a character is in the font that draws a run, in thousandths of the font size.
    #[must_use]
    pub fn glyph_in_face(&self, face: FaceId, character: char) -> i32 {
        self.glyph_in(face, character).map_or(0, |glyph| glyph.width)
    }

    /// The glyph of a character, or `None` if no font has it.
    #[must_use]
    pub fn glyph(&self, weight: Weight, character: char) -> Option<Glyph> {
        let at = character as usize;
        if at < NEAR
            && let Some(Some(known)) = self.near.borrow().get(weight as usize).and_then(|near| near.get(at))
        {
            return Some(*known);
        }
        if let Some(known) = self.glyphs.borrow().get(&(weight, character)) {
            return *known;
        }
        let found = self.find(weight, character);
        if at < NEAR
            && let Some(near) = self.near.borrow_mut().get_mut(weight as usize)
        {
            near.resize(NEAR, None);
            near.get_mut(at).into_iter().for_each(|place| *place = found);
        }
        self.glyphs.borrow_mut().insert((weight, character), found);
        found
    }

    /// The glyph of a character in the font that draws a run.
    #[must_use]
    pub fn glyph_id(&self, face: FaceId, character: char) -> u16 {
        self.face(face).and_then(|face| face.face.glyph_index(character)).map_or(0, |glyph| glyph.0)
    }

    /// By how much two neighbours move together or apart, in thousandths of the font size.
    #[must_use]
    pub fn kern(&self, left: Glyph, right: Glyph) -> i32 {
        if left.face != right.face || left.face == Weight::Mono.face() {
            return 0;
        }
        let key = (left.face, left.id, right.id);
        if let Some(known) = self.kerns.borrow().get(&key) {
            return *known;
        }
        let found = self.face(left.face).map_or(0, |face| face.pair(GlyphId(left.id), GlyphId(right.id)));
        self.kerns.borrow_mut().insert(key, found);
        found
    }

    fn face(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    fn find(&self, weight: Weight, character: char) -> Option<Glyph> {
        let fallbacks = (FIRST_FALLBACK..).map(FaceId).take_while(|id| usize::from(id.0) < self.faces.len());
        let own = [weight.face(), Weight::Regular.face()];
        // The monospace font comes last: it alone has the characters that draw boxes.
        let candidates = own.into_iter().chain(fallbacks).chain([Weight::Mono.face()]);
        // A font that draws two characters with one glyph is asked for the first of them only.
        candidates
            .clone()
            .find_map(|id| self.glyph_in(id, character).filter(|glyph| self.is_first(*glyph, character)))
            .or_else(|| candidates.clone().find_map(|id| self.glyph_in(id, character)))
    }

    fn glyph_in(&self, id: FaceId, character: char) -> Option<Glyph> {
        let face = &self.face(id)?.face;
        let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0)?;
        let advance = i32::from(face.glyph_hor_advance(glyph)?);
        Some(Glyph { face: id, id: glyph.0, width: advance * 1000 / i32::from(face.units_per_em()) })
    }

    fn is_first(&self, glyph: Glyph, character: char) -> bool {
        self.face(glyph.face).is_some_and(|face| face.first_characters().get(&glyph.id) == Some(&character))
    }
}

impl Face {
    fn first_characters(&self) -> &BTreeMap<u16, char> {
        self.first_characters.get_or_init(|| {
            let mut first = BTreeMap::new();
            for table in self.face.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
                if !table.is_unicode() {
                    continue;
                }
                table.codepoints(|codepoint| {
                    let (Some(character), Some(glyph)) = (char::from_u32(codepoint), table.glyph_index(codepoint))
                    else {
                        return;
                    };
                    let known = first.entry(glyph.0).or_insert(character);
                    *known = character.min(*known);
                });
            }
            first
        })
    }

    fn pair(&self, left: GlyphId, right: GlyphId) -> i32 {
        let adjustments = self.kerning.get_or_init(|| self.face.tables().gpos.map_or_else(Vec::new, kerning));
        let change = adjustments.iter().find_map(|adjustment| advance_change(adjustment, left, right));
        change.map_or(0, |change| i32::from(change) * 1000 / i32::from(self.face.units_per_em()))
    }
}

/// The pairs of the feature `kern`, whatever the script.
fn kerning(gpos: LayoutTable<'static>) -> Vec<PairAdjustment<'static>> {
    let kern = Tag::from_bytes(b"kern");
    let features = gpos.features.into_iter().filter(|feature| feature.tag == kern);
    let lookups: BTreeSet<u16> = features.flat_map(|feature| feature.lookup_indices).collect();
    let subtables = lookups
        .into_iter()
        .filter_map(|lookup| gpos.lookups.get(lookup))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
    let pairs = subtables.filter_map(|subtable| match subtable {
        PositioningSubtable::Pair(pair) => Some(pair),
        _ => None,
    });
    pairs.collect()
}

fn advance_change(pair: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    let covered = pair.coverage().get(left)?;
    match pair {
        PairAdjustment::Format1 { sets, .. } => sets.get(covered)?.get(right).map(|(first, _)| first.x_advance),
        PairAdjustment::Format2 { classes, matrix, .. } => {
            matrix.get((classes.0.get(left), classes.1.get(right))).map(|(first, _)| first.x_advance)
        }
    }
}
