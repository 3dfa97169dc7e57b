//! How a file of evidence is called in a bundle.

use unicode_normalization::UnicodeNormalization;

/// Letters that a name keeps at most, in bytes, so that name and folder fit everywhere.
const LONGEST: usize = 180;

/// The path of an evidence in the bundle. `safe` is its name, made safe to write. The number stands
/// first: no two files have one name, whatever their own are, and none is one that a system keeps
/// for itself. Composed characters, because some systems would change others.
#[must_use]
pub fn evidence_path(number: &str, version: Option<u32>, safe: &str) -> String {
    let version = version.map(|version| format!("-v{version}")).unwrap_or_default();
    let mut name: String = safe.nfc().filter(|c| !invisible(*c)).collect();
    while name.len() > LONGEST {
        // The end holds the extension; the middle is cut.
        let Some((cut, _)) = name.char_indices().nth(name.chars().count() / 2) else { break };
        name.remove(cut);
    }
    // A tilde or a point at the end means something to some systems.
    let name = name.trim_end_matches(['.', ' ', '~']);
    format!("evidence/{number}{version}-{}", if name.is_empty() { "_" } else { name })
}

/// Characters that change how others are shown, or that nobody sees.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || c.is_control()
}

/// Whether a path of a bundle is one that can be unpacked anywhere without harm.
#[must_use]
pub fn is_harmless(path: &str) -> bool {
    let bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_uppercase();
        part.is_empty()
            || part == "."
            || part == ".."
            || part.len() > 255
            || part.ends_with(['.', ' '])
            || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
            || (stem.len() == 4
                && (stem.starts_with("COM") || stem.starts_with("LPT"))
                && stem.ends_with(|c: char| c.is_ascii_digit()))
            || part.chars().any(|c| invisible(c) || "\\:*?\"<>|".contains(c))
    };
    !path.starts_with('/') && path.split('/').all(|part| !bad(part)) && path.split('/').count() <= 2
}

/// Whether a file is packed already, so that packing it again takes time for nothing.
pub(crate) fn is_packed(media_type: &str) -> bool {
    let (kind, rest) = media_type.split_once('/').unwrap_or((media_type, ""));
    match kind {
        "image" => ["png", "jpeg", "gif", "webp", "avif", "heic", "heif"].contains(&rest),
        "video" | "audio" => true,
        "application" => {
            ["pdf", "zip", "gzip", "x-gzip", "x-7z-compressed", "x-xz", "x-bzip2", "zstd", "epub+zip", "octet-stream"]
                .contains(&rest)
                || rest.starts_with("vnd.openxmlformats")
                || rest.starts_with("vnd.oasis.opendocument")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_harmless_whatever_it_was() {
        let check = |safe: &str, path: &str| {
            let made = evidence_path("E-7", None, safe);
            assert_eq!(made, path, "{safe:?}");
            assert!(is_harmless(&made), "{made:?}");
        };
        check("scan.pdf", "evidence/E-7-scan.pdf");
        check("CON", "evidence/E-7-CON");
        check("end. ", "evidence/E-7-end");
        check("", "evidence/E-7-_");
        check("Pru\u{308}fung.txt", "evidence/E-7-Pr\u{fc}fung.txt");
        check("a\u{202e}fdp\u{200b}.exe", "evidence/E-7-afdp.exe");
        let long = evidence_path("E-7", Some(3), &format!("{}.pdf", "\u{e4}".repeat(400)));
        assert!(long.len() < 255 && long.starts_with("evidence/E-7-v3-") && long.ends_with(".pdf"), "{long}");
        for path in
            ["../x", "/x", "a/../b", "C:\\x", "a\\b", "x/y/z", "", "a//b", "nul.txt", "a\0", "x.", "e/\u{202e}x"]
        {
            assert!(!is_harmless(path), "{path:?}");
        }
    }
}
