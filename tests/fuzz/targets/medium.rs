//! Pictures, sound and films: what is taken out of them before they are published. Most are known by their first bytes; these
//! also by their names.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (media_type, extension) = match bytes {
        [b'O', b'g', b'g', ..] => ("audio/ogg", "ogg"),
        [0x1A, 0x45, ..] => ("video/webm", "webm"),
        [b'<', ..] => ("image/svg+xml", "svg"),
        _ => ("image/jpeg", "jpg"),
    };
    reading::develop(bytes, media_type, extension);
});
