//! One TOML value → one checked setting, or what it must be instead, as the rest of a sentence that begins with the key.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono_tz::{TZ_VARIANTS, Tz};
use encoding_rs::Encoding;
use ipnet::IpNet;
use toml::de::DeValue;
use url::Url;

use crate::address::Address;
use crate::config::amount::{parse_duration, parse_size, print_duration, print_size};
use crate::config::spelling::edits;
use crate::config::{Icon, Pem};
use crate::page_number::PageNumber;
use crate::podcast::Category;
use crate::section::Section;

/// More entries make feeds that no reader takes.
const MAX_ENTRIES: u32 = 10_000;

/// No feed is cut shorter than this.
const FEWEST: u32 = 10;

/// Ten years: whoever wants more wants everything, and `max_entries` says so.
const LONGEST_WINDOW: Duration = Duration::from_secs(3653 * 86_400);

/// What a value is, in words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn text(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.clone().into_owned()),
        other => Err(format!("must be text in quotes, not {}", kind(other))),
    }
}

/// Empty text is none.
pub(super) fn optional<T>(
    value: &DeValue<'_>,
    read: impl FnOnce(&DeValue<'_>) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text(value)?.trim().is_empty() {
        return Ok(None);
    }
    read(value).map(Some)
}

pub(super) fn title(value: &DeValue<'_>) -> Result<String, String> {
    let title = text(value)?.trim().to_owned();
    if title.is_empty() {
        return Err("must not be empty: every feed has a title".to_owned());
    }
    if title.chars().any(char::is_control) {
        return Err("must be one line".to_owned());
    }
    Ok(title)
}

pub(super) fn url(value: &DeValue<'_>) -> Result<String, String> {
    web_address(&text(value)?).map(String::from)
}

pub(super) fn base_url(value: &DeValue<'_>) -> Result<String, String> {
    let url = web_address(&text(value)?)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must not have a ? or # part: paths are put behind it".to_owned());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// A list of base URLs that are none of them `present`.
pub(super) fn base_urls(value: &DeValue<'_>, present: &str) -> Result<Vec<String>, String> {
    let DeValue::Array(list) = value else {
        return Err(format!("must be a list such as [\"http://old.example\"], not {}", kind(value)));
    };
    let urls = list.iter().map(|one| base_url(one.get_ref())).collect::<Result<Vec<_>, _>>()?;
    match urls.iter().find(|url| *url == present) {
        Some(url) => Err(format!("names {url}, which is base_url: only what it was before belongs here")),
        None => Ok(urls),
    }
}

fn web_address(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = url else {
        return Err(format!("must be a web address that begins with http:// or https://, not \"{text}\""));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user name or password: everybody will read it".to_owned());
    }
    Ok(url)
}

/// A language tag of the usual shape (RFC 5646 section 2.1): `en`, `zh-CN`, `zh-Hans-CN`.
pub(super) fn language(value: &DeValue<'_>) -> Result<String, String> {
    let tag = text(value)?.trim().to_owned();
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let sound = (2..=8).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if sound {
        return Ok(tag);
    }
    Err(format!("must be a language tag such as \"en\" or \"zh-CN\", not \"{tag}\""))
}

pub(super) fn time_zone(value: &DeValue<'_>) -> Result<Tz, String> {
    let name = text(value)?.trim().to_owned();
    if let Ok(zone) = name.parse::<Tz>() {
        return Ok(zone);
    }
    let written = name.to_ascii_lowercase();
    let distance = |zone: &Tz| {
        let zone = zone.name().to_ascii_lowercase();
        edits(&written, &zone).min(edits(&written, last_name(&zone)))
    };
    // What is further away is another word: "CST" is not mistyped for "CET".
    let most = written.chars().count() / 4;
    let nearest = if ["beijing", "peking"].contains(&last_name(&written)) {
        // The one everybody tries and nobody finds.
        Some(Tz::Asia__Shanghai)
    } else {
        let near = TZ_VARIANTS.iter().map(|zone| (distance(zone), *zone)).filter(|(edits, _)| *edits <= most);
        near.min_by_key(|(edits, _)| *edits).map(|(_, zone)| zone)
    };
    let hint = nearest.map(|zone| format!(" (\"{}\"?)", zone.name())).unwrap_or_default();
    Err(format!("must be a zone's IANA name such as \"Asia/Shanghai\" or \"UTC\", not \"{name}\"{hint}"))
}

/// `Berlin` of `Europe/Berlin`, which is what people remember.
fn last_name(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// A domain name or mail address, as RFC 4151 section 2.1 has it; lower case, since ids are compared by character.
pub(super) fn authority(value: &DeValue<'_>) -> Result<String, String> {
    let name = text(value)?.trim().to_ascii_lowercase();
    let (user, host) = name.split_once('@').map_or((None, name.as_str()), |(user, host)| (Some(user), host));
    let allowed = |b: u8, more: &[u8]| b.is_ascii_alphanumeric() || b == b'-' || more.contains(&b);
    let host_sound =
        host.len() <= 253 && host.split('.').all(|label| !label.is_empty() && label.bytes().all(|b| allowed(b, b"")));
    let user_sound = user.is_none_or(|user| !user.is_empty() && user.bytes().all(|b| allowed(b, b"._")));
    if host_sound && user_sound {
        return Ok(name);
    }
    Err(format!("must be a domain name of yours such as \"news.example.org\", not \"{name}\""))
}

pub(super) fn icon(value: &DeValue<'_>, folder: &Path) -> Result<Icon, String> {
    let icon = text(value)?;
    if icon.contains("://") { Ok(Icon::Url(web_address(&icon)?.into())) } else { Ok(Icon::File(folder.join(icon))) }
}

/// One of Apple's categories.
pub(super) fn category(value: &DeValue<'_>) -> Result<Category, String> {
    let written = text(value)?;
    Category::of(&written).ok_or_else(|| {
        let distance = |name: &String| edits(&written, name).min(edits(&written, last_name(name)));
        let nearest = Category::all().min_by_key(distance).unwrap_or_default();
        format!("must be one of Apple's categories such as \"News/Daily News\", not \"{written}\" (\"{nearest}\"?)")
    })
}

/// An address that mail can be sent to.
pub(super) fn email(value: &DeValue<'_>) -> Result<String, String> {
    let address = text(value)?.trim().to_owned();
    let is_sound = address.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !address.contains([' ', ',', '<', '>']) && !host.contains('@')
    });
    if is_sound { Ok(address) } else { Err(format!("must be a mail address, not \"{address}\"")) }
}

pub(super) fn folder(value: &DeValue<'_>, folder: &Path) -> Result<PathBuf, String> {
    let name = text(value)?;
    if name.trim().is_empty() {
        return Err("must name a folder".to_owned());
    }
    Ok(folder.join(name))
}

pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, String> {
    match value {
        DeValue::Boolean(flag) => Ok(*flag),
        other => Err(format!("must be true or false (without quotes), not {}", kind(other))),
    }
}

pub(super) fn one_of<T: Copy>(value: &DeValue<'_>, choices: &[(&str, T)]) -> Result<T, String> {
    let word = text(value)?;
    if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == word) {
        return Ok(*choice);
    }
    let names: Vec<_> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    Err(format!("must be {}, not \"{word}\"", names.join(" or ")))
}

pub(super) fn duration(value: &DeValue<'_>, least: Duration, most: Duration) -> Result<Duration, String> {
    if !matches!(value, DeValue::String(_)) {
        return Err(format!(
            "must be a time with its unit in quotes, such as \"10s\" or \"1h30m\", not {}",
            kind(value)
        ));
    }
    let text = text(value)?;
    let duration = parse_duration(&text).ok_or_else(|| {
        format!("must be a time such as \"500ms\", \"10s\", \"5m\", \"1h30m\" or \"2d\", not \"{text}\"")
    })?;
    if duration < least || duration > most {
        return Err(format!("must be between {} and {}", print_duration(least), print_duration(most)));
    }
    Ok(duration)
}

pub(super) fn size(value: &DeValue<'_>, least: u64, most: u64) -> Result<u64, String> {
    if !matches!(value, DeValue::String(_)) {
        return Err(format!("must be a size with its unit in quotes, such as \"16 MiB\", not {}", kind(value)));
    }
    let text = text(value)?;
    let size =
        parse_size(&text).ok_or_else(|| format!("must be a size such as \"500 kB\" or \"16 MiB\", not \"{text}\""))?;
    if size < least || size > most {
        return Err(format!("must be between {} and {}", print_size(least), print_size(most)));
    }
    Ok(size)
}

/// A share from 0 to 1.
pub(super) fn share(value: &DeValue<'_>) -> Result<f64, String> {
    let share = match value {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(integer) => integer.as_str().parse().ok(),
        other => return Err(format!("must be a number from 0 to 1, not {}", kind(other))),
    };
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "must be from 0 (hold soon) to 1 (never hold)".to_owned())
}

pub(super) fn entries(value: &DeValue<'_>) -> Result<u32, String> {
    count(value, 1, MAX_ENTRIES)
}

pub(super) fn max_entries(value: &DeValue<'_>) -> Result<u32, String> {
    count(value, FEWEST, MAX_ENTRIES)
}

pub(super) fn window(value: &DeValue<'_>) -> Result<Duration, String> {
    duration(value, Duration::ZERO, LONGEST_WINDOW)
}

pub(super) fn count(value: &DeValue<'_>, least: u32, most: u32) -> Result<u32, String> {
    let number = match value {
        DeValue::Integer(number) => number,
        DeValue::Float(number) => return Err(format!("must be a whole number, not {}", number.as_str())),
        other => return Err(format!("must be a whole number (without quotes), not {}", kind(other))),
    };
    let count = u32::from_str_radix(number.as_str(), number.radix()).ok();
    count
        .filter(|n| (least..=most).contains(n))
        .ok_or_else(|| format!("must be between {least} and {most}, not {number}"))
}

/// `auto`, or a label of the Encoding Standard.
pub(super) fn encoding(value: &DeValue<'_>) -> Result<Option<&'static Encoding>, String> {
    let label = text(value)?;
    if label == "auto" {
        return Ok(None);
    }
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    encoding.map(Some).ok_or_else(|| {
        format!("must be \"auto\" or an encoding such as \"gb18030\", \"big5\" or \"windows-1252\", not \"{label}\"")
    })
}

/// Addresses to listen on; a unix socket's path is relative to the file's folder.
pub(super) fn addresses(value: &DeValue<'_>, folder: &Path) -> Result<Vec<Address>, String> {
    let DeValue::Array(list) = value else {
        return Err(format!("must be a list such as [\"127.0.0.1:8080\"], not {}", kind(value)));
    };
    let mut addresses = Vec::new();
    for one in list {
        let written = text(one.get_ref())?;
        let address = match Address::read(&written) {
            Some(Address::Unix(path)) => Address::Unix(folder.join(path)),
            Some(address) => address,
            None => return Err(no_address(&written)),
        };
        if addresses.contains(&address) {
            return Err(format!("names {address} twice"));
        }
        addresses.push(address);
    }
    Ok(addresses)
}

/// Addresses that only this machine can reach.
pub(super) fn own_addresses(value: &DeValue<'_>, folder: &Path) -> Result<Vec<Address>, String> {
    let addresses = addresses(value, folder)?;
    let open = addresses.iter().find(|address| matches!(address, Address::Tcp(at) if !at.ip().is_loopback()));
    match open {
        Some(open) => Err(format!(
            "must be of this machine alone, as \"127.0.0.1:9090\", not {open}: there is no password; let a proxy or an ssh tunnel lead to it"
        )),
        None => Ok(addresses),
    }
}

fn no_address(written: &str) -> String {
    let port = written.trim().trim_start_matches("localhost").trim_start_matches(['*', ':']);
    let hint = match port.parse::<u16>() {
        Ok(port) => {
            format!(
                ": write \"127.0.0.1:{port}\" for this machine alone, \"0.0.0.0:{port}\" and \"[::]:{port}\" for everybody"
            )
        }
        Err(_) if written.starts_with('/') => format!(": write \"unix:{written}\" for a socket in the file system"),
        Err(_) => String::new(),
    };
    format!(
        "must hold addresses with ports such as \"127.0.0.1:8080\" or \"[::]:80\", or sockets such as \"unix:/run/syndicated/http.sock\", not \"{written}\"{hint}"
    )
}

/// Addresses and networks: `192.0.2.7`, `2001:db8::/32`.
pub(super) fn networks(value: &DeValue<'_>) -> Result<Vec<IpNet>, String> {
    let DeValue::Array(items) = value else {
        return Err(format!("must be a list such as [\"192.0.2.7\", \"2001:db8::/32\"], not {}", kind(value)));
    };
    let mut networks = Vec::new();
    for item in items {
        let written = text(item.get_ref())?;
        let network =
            written.trim().parse::<IpNet>().ok().or_else(|| written.trim().parse::<IpAddr>().ok().map(IpNet::from));
        let network = network.ok_or_else(|| {
            format!("must hold addresses or networks such as \"192.0.2.7\" or \"2001:db8::/32\", not \"{written}\"")
        })?;
        networks.push(network.trunc());
    }
    Ok(networks)
}

/// A PEM file, or the name of a credential.
pub(super) fn pem(value: &DeValue<'_>, folder: &Path) -> Result<Pem, String> {
    let written = text(value)?.trim().to_owned();
    if written.contains("-----BEGIN") {
        return Err("must name a file, not hold its text".to_owned());
    }
    let file = folder.join(&written);
    let name = if written.contains('/') { file.display().to_string() } else { written };
    Ok(Pem { name, file })
}

/// The pages that a key of `[pages]` names: `A01`, `A01-A04`.
pub(super) fn pages(name: &str) -> Result<Vec<PageNumber>, String> {
    let (first, last) = name.split_once(['-', '–', '~']).unwrap_or((name, name));
    let range = PageNumber::read(first).zip(PageNumber::read(last)).and_then(|(first, last)| first.to(last));
    range.ok_or_else(|| {
        format!("\"{name}\" must be a page such as \"A01\" or \"3\", or pages of one part as \"A01-A04\"")
    })
}

/// The path of a section.
pub(super) fn section(value: &DeValue<'_>) -> Result<String, String> {
    let path = text(value)?.trim().to_owned();
    match Section::of_path(&path) {
        Ok(section) if !section.is_whole() => Ok(path),
        Ok(_) => Err("must name a section such as \"sports/football\"".to_owned()),
        Err(error) => Err(format!("must name a section: {error}")),
    }
}

/// Names as a text or a list of texts.
pub(super) fn list(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let texts = match value {
        DeValue::Array(items) => items.iter().map(|item| text(item.get_ref())).collect::<Result<Vec<_>, _>>()?,
        other => vec![text(other).map_err(|_| format!("must be a text or a list of texts, not {}", kind(other)))?],
    };
    Ok(texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect())
}
