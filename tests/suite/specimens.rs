//! Pictures and sounds made in code, of the smallest kind that holds: what tests drop instead of a photographer.

/// A part of a PNG with its length and checksum.
pub fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(content);
    [&(content.len() as u32).to_be_bytes(), name.as_slice(), content, &sum.sum().to_be_bytes()].concat()
}

/// A PNG of these parts between its head and its end.
pub fn png_of(width: u32, height: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    let head = [&width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06\0\0\0".as_slice()].concat();
    let whole = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), parts.concat(), chunk(b"IEND", b"")];
    whole.concat()
}

/// A PNG of this size that nobody can see. `salt` makes other bytes of the same picture.
pub fn png(width: u32, height: u32, salt: &str) -> Vec<u8> {
    png_of(width, height, &[chunk(b"IDAT", salt.as_bytes())])
}

/// A segment of a JPEG.
pub fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xFF, marker], (content.len() as u16 + 2).to_be_bytes().as_slice(), content].concat()
}

/// A JPEG of 4 by 3 pixels that nobody can see, with these segments before its picture and these bytes behind its end.
pub fn jpeg_of(segments: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    [b"\xFF\xD8".to_vec(), segments.concat(), picture(), behind.to_vec()].concat()
}

/// What of [`jpeg_of`] shows the picture.
pub fn picture() -> Vec<u8> {
    let frame = segment(0xC0, b"\x08\0\x03\0\x04\x01\x01\x11\0");
    [segment(0xDB, &[1; 65]), frame, segment(0xDA, b"\x01\x01\0\0\x3F\0"), b"pixels\xFF\0\xFF\xD0more\xFF\xD9".to_vec()]
        .concat()
}

/// An EXIF block (little-endian) with an orientation, a copyright, a camera and, in a directory of its own, a position.
pub fn exif(orientation: u16, copyright: &str, secret: &str) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    // Fewer than five bytes would stand in the entry itself.
    let copyright = [format!("{copyright:4}").as_bytes(), b"\0"].concat();
    let secret = [secret.as_bytes(), b"\0"].concat();
    let behind = 8 + 2 + 4 * 12 + 4;
    let place = behind + copyright.len() as u32;
    let directory = place + secret.len() as u32;
    [
        b"II\x2A\0\x08\0\0\0\x04\0".to_vec(),
        entry(0x010F, 2, secret.len() as u32, place),
        entry(0x0112, 3, 1, u32::from(orientation)),
        entry(0x8298, 2, copyright.len() as u32, behind),
        entry(0x8825, 4, 1, directory),
        vec![0; 4],
        copyright,
        secret.clone(),
        b"\x01\0".to_vec(),
        entry(0x0002, 2, secret.len() as u32, place),
        vec![0; 4],
    ]
    .concat()
}

/// A box of an MP4.
pub fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes(), name.as_slice(), content].concat()
}

/// An MP4 that plays for so many seconds, with these boxes in its head and these bytes as its sound and pictures.
pub fn mp4_of(seconds: u32, in_head: &[Vec<u8>], media: &[u8]) -> Vec<u8> {
    let times = [[0; 12].as_slice(), &1000u32.to_be_bytes(), &(seconds * 1000).to_be_bytes(), &[0; 80]].concat();
    let head = [boxed(b"mvhd", &times), in_head.concat()].concat();
    [boxed(b"ftyp", b"isom\0\0\0\0"), boxed(b"moov", &head), boxed(b"mdat", media)].concat()
}

/// A frame of an ID3v2.3 tag.
pub fn id3_frame(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [name.as_slice(), &(content.len() as u32).to_be_bytes(), &[0, 0], content].concat()
}

/// A text frame.
pub fn id3_text(name: &[u8; 4], text: &str) -> Vec<u8> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    id3_frame(name, &[b"\x01\xFF\xFE".as_slice(), &wide].concat())
}

/// An MP3 with these ID3v2.3 frames and so many frames of silence, 26 ms each.
pub fn mp3_of(frames: &[Vec<u8>], silence: usize) -> Vec<u8> {
    let tag = frames.concat();
    let size: Vec<u8> = (0..4).rev().map(|n| (tag.len() >> (7 * n)) as u8 & 0x7F).collect();
    // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes.
    let mut frame = b"\xFF\xFB\x90\x64".to_vec();
    frame.resize(417, 0);
    [b"ID3\x03\0\0".to_vec(), size, tag, frame.repeat(silence)].concat()
}

/// An MP3 of this length in bytes.
pub fn mp3(length: usize) -> Vec<u8> {
    let mut whole = mp3_of(&[], length.div_ceil(417));
    whole.truncate(length);
    whole
}

/// A chunk of a WAV or WebP.
pub fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if content.len() % 2 == 1 { b"\0" } else { b"" };
    [name.as_slice(), &(content.len() as u32).to_le_bytes(), content, padding].concat()
}

/// A RIFF file of this kind.
pub fn riff_of(kind: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    let content = chunks.concat();
    [b"RIFF".as_slice(), &(content.len() as u32 + 4).to_le_bytes(), kind, &content].concat()
}

/// A photograph that can be seen: so many pixels of colours that shade into one another, as a JPEG with this EXIF.
pub fn photograph(width: u32, height: u32, exif: Option<&[u8]>) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, shade);
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    picture.write_with_encoder(encoder).unwrap();
    if let Some(exif) = exif {
        bytes.splice(2..2, segment(0xE1, &[b"Exif\0\0", exif].concat()));
    }
    bytes
}

/// Grain, so that a larger picture is a longer file; dark to the left, red at the top.
fn shade(x: u32, y: u32) -> image::Rgb<u8> {
    let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 27;
    image::Rgb([if y < 20 { 255 } else { 0 }, (x / 16).min(223) as u8 + grain as u8, 0])
}

/// The same as a PNG, with these chunks after its head.
pub fn drawing(width: u32, height: u32, chunks: &[u8]) -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(width, height, |x, y| {
        let image::Rgb([red, green, blue]) = shade(x, y);
        image::Rgba([red, green, blue, 200])
    });
    let mut bytes = Vec::new();
    picture.write_with_encoder(image::codecs::png::PngEncoder::new(&mut bytes)).unwrap();
    bytes.splice(33..33, chunks.iter().copied());
    bytes
}
