//! A picture too large for a page → one of web size: turned as it is shown, with its colour profile and its copyright.
//! The only place where pixels are encoded anew; deterministic, so that the same picture gives the same bytes.

use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::{jpeg, png, webp};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageEncoder};

use super::Cut;
use super::exif::Said;

/// The longest side of a picture on the web, in pixels: a text column of 700 on a screen of twofold and more, a full screen of
/// most telephones and tablets, and the largest that feed readers keep as it is.
pub const WEB_PIXELS: u32 = 2048;

/// The longest picture file that is made smaller, in bytes: with the picture itself it must fit into [`MAX_DECODED`] and this
/// twice, a quarter of a gigabyte in all.
const MAX_FILE: u64 = 32 * 1024 * 1024;

/// The most memory that a decoded picture takes, in bytes: 61 million pixels, the largest sensor that a newsroom has.
const MAX_DECODED: u64 = 176 * 1024 * 1024;

/// The same of a picture that one can see through: it is needed twice.
const MAX_DECODED_ALPHA: u64 = 80 * 1024 * 1024;

/// How good its JPEG is, of 100: no eye sees the difference in a photograph, and 90 is half as long again.
const QUALITY: u8 = 85;

/// A picture of web size.
#[derive(Debug)]
pub struct Smaller {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its registered media type: JPEG, or PNG where lines and letters matter or one can see through it.
    pub media_type: &'static str,
    /// The extension that goes with it.
    pub extension: &'static str,
    /// Width and height.
    pub pixels: (u32, u32),
}

/// Whether a smaller picture is to be made of this one.
pub(super) fn is_wanted(cut: &Cut) -> bool {
    let Some((width, height)) = cut.pixels else { return false };
    let is_known = matches!(cut.media_type, "image/jpeg" | "image/png" | "image/webp");
    let decoded = (u64::from(width) * u64::from(height)).saturating_mul(cut.effort);
    is_known
        && !cut.is_animated
        && width.max(height) > WEB_PIXELS
        && cut.pieces.length() <= MAX_FILE
        && decoded <= MAX_DECODED
}

/// The picture in web size; none if it cannot be made, or would be no smaller.
pub(super) fn smaller(cut: &Cut, from: &mut (impl Read + Seek)) -> Option<Smaller> {
    let mut file = Vec::new();
    cut.write(from, &mut file).ok()?;
    let length = file.len();
    // A library that fails over a broken picture: then there is no smaller one.
    let made = catch_unwind(AssertUnwindSafe(|| make(cut, file))).ok().flatten();
    made.filter(|made| made.bytes.len() < length)
}

fn make(cut: &Cut, file: Vec<u8>) -> Option<Smaller> {
    let source = Cursor::new(file);
    let (picture, profile) = match cut.media_type {
        "image/jpeg" => reduced(jpeg::JpegDecoder::new(source).ok()?)?,
        "image/png" => reduced(png::PngDecoder::new(source).ok()?)?,
        _ => reduced(webp::WebPDecoder::new(source).ok()?)?,
    };
    let mut picture = picture;
    picture.apply_orientation(Orientation::from_exif(cut.orientation).unwrap_or(Orientation::NoTransforms));
    let words = Said { copyright: cut.copyright.clone(), ..Said::default() }.block();
    let mut bytes = Vec::new();
    let is_photograph = cut.media_type != "image/png" && !picture.color().has_alpha();
    let (media_type, extension) = if is_photograph {
        write(jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY), &picture, profile, words)?;
        ("image/jpeg", "jpg")
    } else {
        write(png::PngEncoder::new(&mut bytes), &picture, profile, words)?;
        ("image/png", "png")
    };
    Some(Smaller { bytes, media_type, extension, pixels: (picture.width(), picture.height()) })
}

fn write(
    mut encoder: impl ImageEncoder,
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    words: Option<Vec<u8>>,
) -> Option<()> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).ok()?;
    }
    if let Some(words) = words {
        encoder.set_exif_metadata(words).ok()?;
    }
    encoder.write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into()).ok()
}

/// The decoded picture in web size, with its colour profile if that is one of the colours it is decoded to.
fn reduced(mut decoder: impl ImageDecoder) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    let (width, height) = decoder.dimensions();
    let colour = decoder.color_type();
    let most = if colour.has_alpha() { MAX_DECODED_ALPHA } else { MAX_DECODED };
    let length = decoder.total_bytes();
    if length > most {
        return None;
    }
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED);
    decoder.set_limits(limits).ok()?;
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| {
        let space: &[u8] = if colour.has_color() { b"RGB " } else { b"GRAY" };
        profile.get(16..20) == Some(space)
    });
    let mut pixels = vec![0; usize::try_from(length).ok()?];
    decoder.read_image(&mut pixels).ok()?;
    // Sixteen bits of a colour in this machine's order: the higher eight are kept.
    let high = usize::from(cfg!(target_endian = "little"));
    let halved = |wide: &[u8]| wide.chunks_exact(2).map(|pair| pair[high]).collect::<Vec<u8>>();
    let (kind, pixels) = match colour {
        ColorType::L8 => (PixelType::U8, pixels),
        ColorType::La8 => (PixelType::U8x2, pixels),
        ColorType::Rgb8 => (PixelType::U8x3, pixels),
        ColorType::Rgba8 => (PixelType::U8x4, pixels),
        ColorType::L16 => (PixelType::U8, halved(&pixels)),
        ColorType::La16 => (PixelType::U8x2, halved(&pixels)),
        ColorType::Rgb16 => (PixelType::U8x3, halved(&pixels)),
        ColorType::Rgba16 => (PixelType::U8x4, halved(&pixels)),
        _ => return None,
    };
    let (to_width, to_height) = within(width, height);
    let large = ImageRef::new(width, height, &pixels, kind).ok()?;
    let mut small = Image::new(to_width, to_height, kind);
    Resizer::new().resize(&large, &mut small, None).ok()?;
    drop(pixels);
    let small = small.into_vec();
    let picture = match kind {
        PixelType::U8 => image::GrayImage::from_raw(to_width, to_height, small)?.into(),
        PixelType::U8x2 => image::GrayAlphaImage::from_raw(to_width, to_height, small)?.into(),
        PixelType::U8x3 => image::RgbImage::from_raw(to_width, to_height, small)?.into(),
        _ => image::RgbaImage::from_raw(to_width, to_height, small)?.into(),
    };
    Some((picture, profile))
}

/// Width and height of web size, in proportion, none of them zero.
fn within(width: u32, height: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height)).max(1);
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(WEB_PIXELS) + longest / 2) / longest;
        u32::try_from(side).unwrap_or(WEB_PIXELS).max(1)
    };
    (scaled(width), scaled(height))
}
