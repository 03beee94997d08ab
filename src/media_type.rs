//! The extensions of pictures, sounds, films and documents, and what each is: one table for what lies in the inbox, what is
//! published and what lies elsewhere. (Under which extension a medium is published, `media` says.)

/// Extensions with their registered types (or, unregistered, what every browser sends).
#[rustfmt::skip]
const MEDIA_TYPES: [(&str, &str); 36] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("jxl", "image/jxl"),
    ("svg", "image/svg+xml"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("aac", "audio/aac"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("weba", "audio/webm"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mpg", "video/mpeg"),
    ("mpeg", "video/mpeg"),
    ("mkv", "video/x-matroska"),
    ("pdf", "application/pdf"),
    ("ico", "image/x-icon"),
    ("epub", "application/epub+zip"),
];

/// The media type of a lower-case extension without its dot; none for what is no medium.
#[must_use]
pub fn media_type(extension: &str) -> Option<&'static str> {
    MEDIA_TYPES.iter().find(|(known, _)| *known == extension).map(|(_, media_type)| *media_type)
}

/// The media type that an address's extension tells, in whatever case.
#[must_use]
pub fn media_type_at(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    media_type(&extension.to_ascii_lowercase())
}
