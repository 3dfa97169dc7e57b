//! From any Unicode text to measured lines. It knows fonts and widths, and nothing of blocks or
//! pages. Deliberately absent: shaping of scripts that need it, and bidirectional reordering; such
//! text is drawn in its logical order, so that nothing of it is lost.

pub mod clean;
pub mod fonts;
pub mod lines;
