//! The marks of the verdicts as shapes: drawn, not taken from a font, so that they look the same
//! everywhere and can be told apart without colour.

use tillproof_domain::answer::Verdict;

/// A point in a square of side 1 whose origin is its top left corner.
pub type Point = (f32, f32);

/// How far the control points of a quarter circle are from its ends.
const ROUND: f32 = 0.552_285;

/// A part of a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Start.
    pub start: Point,
    /// Straight or curved pieces.
    pub pieces: Vec<Piece>,
    /// How it is drawn.
    pub pen: Pen,
}

/// A piece of a stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// A straight line to a point.
    Line(Point),
    /// A curve with two control points, to a point.
    Curve(Point, Point, Point),
}

/// How a stroke is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pen {
    /// Filled with the verdict's colour.
    Filled,
    /// Drawn as a line of this width in the verdict's colour.
    Line(f32),
    /// Drawn as a line of this width in white.
    White(f32),
}

/// The shape of a verdict's mark.
#[must_use]
pub fn strokes(verdict: Verdict) -> Vec<Stroke> {
    match verdict {
        Verdict::InPlace => vec![circle(0.5, Pen::Filled), check(1.0)],
        Verdict::InPlaceCcw => vec![circle(0.46, Pen::Line(0.08)), circle(0.34, Pen::Filled), check(0.7)],
        Verdict::Partly => vec![circle(0.45, Pen::Line(0.1)), half()],
        Verdict::NotInPlace => {
            vec![
                octagon(),
                line((0.33, 0.33), (0.67, 0.67), Pen::White(0.11)),
                line((0.67, 0.33), (0.33, 0.67), Pen::White(0.11)),
            ]
        }
        Verdict::NotApplicable => vec![line((0.12, 0.5), (0.88, 0.5), Pen::Line(0.16))],
        Verdict::NotTested => {
            let mut eye = eye();
            eye.push(line((0.16, 0.9), (0.84, 0.1), Pen::Line(0.1)));
            eye
        }
        Verdict::Unanswered => vec![circle(0.45, Pen::Line(0.1))],
    }
}

fn circle(radius: f32, pen: Pen) -> Stroke {
    let (c, r, k) = (0.5, radius, radius * ROUND);
    Stroke {
        start: (c + r, c),
        pieces: vec![
            Piece::Curve((c + r, c + k), (c + k, c + r), (c, c + r)),
            Piece::Curve((c - k, c + r), (c - r, c + k), (c - r, c)),
            Piece::Curve((c - r, c - k), (c - k, c - r), (c, c - r)),
            Piece::Curve((c + k, c - r), (c + r, c - k), (c + r, c)),
        ],
        pen,
    }
}

fn half() -> Stroke {
    let (c, r, k) = (0.5, 0.45, 0.45 * ROUND);
    Stroke {
        start: (c, c + r),
        pieces: vec![
            Piece::Curve((c - k, c + r), (c - r, c + k), (c - r, c)),
            Piece::Curve((c - r, c - k), (c - k, c - r), (c, c - r)),
            Piece::Line((c, c + r)),
        ],
        pen: Pen::Filled,
    }
}

fn check(scale: f32) -> Stroke {
    let at = |x: f32, y: f32| (0.5 + (x - 0.5) * scale, 0.5 + (y - 0.5) * scale);
    Stroke {
        start: at(0.28, 0.52),
        pieces: vec![Piece::Line(at(0.44, 0.68)), Piece::Line(at(0.73, 0.35))],
        pen: Pen::White(0.11 * scale.max(0.85)),
    }
}

fn octagon() -> Stroke {
    // The corners of a regular octagon in the unit square.
    const NEAR: f32 = 0.292_893;
    const FAR: f32 = 1.0 - NEAR;
    let corners = [(FAR, 0.0), (1.0, NEAR), (1.0, FAR), (FAR, 1.0), (NEAR, 1.0), (0.0, FAR), (0.0, NEAR)];
    Stroke { start: (NEAR, 0.0), pieces: corners.map(Piece::Line).into(), pen: Pen::Filled }
}

fn eye() -> Vec<Stroke> {
    let lids = Stroke {
        start: (0.02, 0.5),
        pieces: vec![
            Piece::Curve((0.26, 0.12), (0.74, 0.12), (0.98, 0.5)),
            Piece::Curve((0.74, 0.88), (0.26, 0.88), (0.02, 0.5)),
        ],
        pen: Pen::Line(0.09),
    };
    vec![lids, circle(0.14, Pen::Filled)]
}

fn line(from: Point, to: Point, pen: Pen) -> Stroke {
    Stroke { start: from, pieces: vec![Piece::Line(to)], pen }
}
