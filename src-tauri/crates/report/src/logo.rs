//! The merchant's logo for the cover: PNG or JPEG, made as small as it is shown and laid on the
//! paper, since an archive's page has no transparency.

use crate::document::Tone;
use crate::input::Logo;
use png::{ColorType, Decoder, Transformations};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// More pixels than it is shown with on paper only make the file larger.
const MOST_PIXELS: usize = 800;
/// So large a picture at most is opened, in pixels a side.
const LARGEST: usize = 10_000;
/// So many pixels at most are opened.
const MOST: usize = 40_000_000;

/// Why a file cannot be the logo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LogoError(String);

impl Logo {
    /// Reads a PNG or JPEG file.
    ///
    /// # Errors
    /// It is neither, damaged, or far too large.
    pub fn read(file: &[u8]) -> Result<Self, LogoError> {
        let whole = if file.starts_with(b"\x89PNG") { png(file)? } else { jpeg(file)? };
        Ok(smaller(whole))
    }

    /// How large it is shown where there is room for `width` by `height` points.
    #[expect(clippy::cast_precision_loss, reason = "some hundred pixels")]
    #[must_use]
    pub fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let (across, down) = (self.width.max(1) as f32, self.height.max(1) as f32);
        let scale = (width / across).min(height / down);
        (across * scale, down * scale)
    }
}

fn fits(width: usize, height: usize) -> Result<(), LogoError> {
    let sound = (1..=LARGEST).contains(&width) && (1..=LARGEST).contains(&height) && width * height <= MOST;
    if sound { Ok(()) } else { Err(LogoError(format!("{width} x {height} pixels"))) }
}

fn png(file: &[u8]) -> Result<Logo, LogoError> {
    let failed = |error: png::DecodingError| LogoError(error.to_string());
    let mut decoder = Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(failed)?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    fits(width, height)?;
    let size = reader.output_buffer_size().ok_or_else(|| LogoError(format!("{width} x {height} pixels")))?;
    let mut bytes = vec![0; size];
    let frame = reader.next_frame(&mut bytes).map_err(failed)?;
    let channels = match frame.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb | ColorType::Indexed => 3,
        ColorType::Rgba => 4,
    };
    let mut rgb = Vec::with_capacity(width * height * 3);
    for pixel in bytes.chunks_exact(channels).take(width * height) {
        match *pixel {
            [grey] => rgb.extend([grey; 3]),
            [grey, alpha] => rgb.extend(on_paper([grey; 3], alpha)),
            [red, green, blue] => rgb.extend([red, green, blue]),
            [red, green, blue, alpha] => rgb.extend(on_paper([red, green, blue], alpha)),
            _ => {}
        }
    }
    Ok(Logo { width, height, rgb })
}

fn jpeg(file: &[u8]) -> Result<Logo, LogoError> {
    let options = DecoderOptions::default()
        .set_max_width(LARGEST)
        .set_max_height(LARGEST)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let failed = |error: zune_jpeg::errors::DecodeErrors| LogoError(error.to_string());
    decoder.decode_headers().map_err(failed)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    fits(width, height)?;
    let rgb = decoder.decode().map_err(failed)?;
    if rgb.len() == width * height * 3 {
        Ok(Logo { width, height, rgb })
    } else {
        Err(LogoError(format!("{} bytes for {width} x {height} pixels", rgb.len())))
    }
}

fn on_paper(ink: [u8; 3], alpha: u8) -> [u8; 3] {
    let [red, green, blue] = ink;
    let [paper_red, paper_green, paper_blue] = Tone::Paper.rgb();
    [laid_on(red, paper_red, alpha), laid_on(green, paper_green, alpha), laid_on(blue, paper_blue, alpha)]
}

fn laid_on(ink: u8, paper: u8, alpha: u8) -> u8 {
    let (ink, paper, alpha) = (u32::from(ink), u32::from(paper), u32::from(alpha));
    let mixed = (ink * alpha + paper * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// The mean of squares of pixels, as many as bring the longer side below the limit.
fn smaller(logo: Logo) -> Logo {
    let side = logo.width.max(logo.height).div_ceil(MOST_PIXELS);
    if side <= 1 {
        return logo;
    }
    let (width, height) = ((logo.width / side).max(1), (logo.height / side).max(1));
    let mut rgb = Vec::with_capacity(width * height * 3);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let (mut sums, mut count) = ([0_u32; 3], 0_u32);
        for row in y * side..((y + 1) * side).min(logo.height) {
            let from = (row * logo.width + x * side) * 3;
            let until = (row * logo.width + ((x + 1) * side).min(logo.width)) * 3;
            for pixel in logo.rgb.get(from..until).unwrap_or_default().chunks_exact(3) {
                count += 1;
                sums.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += u32::from(*part));
            }
        }
        rgb.extend(sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)));
    }
    Logo { width, height, rgb }
}
