//! Comparing what was typed with what is right: tolerant of how it is written, not of what it says.

use unicode_normalization::UnicodeNormalization;

use super::edit::{SLIP_FROM, is_one_edit};

/// Writes a text the one way it is compared: NFKC, white space trimmed and collapsed, typographic quotes and dashes
/// as on a keyboard, code marks around the whole and a closing full stop dropped, accents on Latin letters dropped,
/// and lower case unless `case` counts.
pub(super) fn folded(text: &str, case: bool) -> String {
    let plain: String = text.chars().map(keyboard).nfkc().collect();
    let plain = if case { plain } else { plain.to_lowercase() };
    let words: Vec<&str> = plain.split_whitespace().collect();
    without_accents(without_marks(&words.join(" ")))
}

/// Writes typographic quotes, primes and dashes as on a keyboard.
pub(super) fn keyboard(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{00b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{00ab}' | '\u{00bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

fn without_marks(text: &str) -> &str {
    let text = without_stop(text);
    let inside = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inside.filter(|code| !code.contains('`')).map_or(text, str::trim)
}

/// A full stop that stands alone or follows a dot or slash is a path, as in `docker build .`, and stays.
fn without_stop(text: &str) -> &str {
    match text.strip_suffix('.') {
        Some(rest) if !rest.is_empty() && !rest.ends_with([' ', '.', '/', '\\']) => rest,
        _ => text,
    }
}

/// Only on Latin letters: elsewhere a mark may make another letter, as in Cyrillic `й` or Japanese `が`.
fn without_accents(text: &str) -> String {
    let mut on_latin = false;
    let kept = text.nfd().filter(|c| {
        let accent = matches!(c, '\u{0300}'..='\u{036f}');
        on_latin = if accent { on_latin } else { c.is_ascii_alphabetic() };
        !(accent && on_latin)
    });
    kept.nfc().collect()
}

/// Tells whether two folded texts differ by one edit (insert, delete, replace, swap) in one word of six or more
/// letters without a digit. Upper and lower case are no slip where they count.
pub(super) fn is_slip(given: &str, right: &str) -> bool {
    let (given, right): (Vec<&str>, Vec<&str>) = (given.split(' ').collect(), right.split(' ').collect());
    if given.len() != right.len() {
        return false;
    }
    let mut differing = given.iter().zip(&right).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some((given, right)), None) => may_slip(given, right) && is_one_edit(given, right),
        _ => false,
    }
}

fn may_slip(given: &str, right: &str) -> bool {
    let long = right.chars().filter(|c| c.is_alphabetic()).count() >= SLIP_FROM;
    let digit = given.chars().chain(right.chars()).any(char::is_numeric);
    long && !digit && given.to_lowercase() != right.to_lowercase()
}

/// Tells whether an accepted text is something for a machine to read (a command, path, name or setting), where one
/// letter more or less is another thing: it starts with a dash or holds ` -`, a dot or colon inside a word, or one
/// of `` ` / \ | = $ < > { } [ ] ~ * & ; _ @ # ``.
pub(super) fn is_command(text: &str) -> bool {
    let inside = |mark: char| text.split_whitespace().any(|word| word.trim_end_matches(mark).contains(mark));
    text.trim_start().starts_with('-')
        || text.contains(" -")
        || text
            .contains(['`', '/', '\\', '|', '=', '$', '<', '>', '{', '}', '[', ']', '~', '*', '&', ';', '_', '@', '#'])
        || inside('.')
        || inside(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter_where_meaning_stays() {
        let table = [
            ("  Host \u{a0} kernel. ", "host kernel"),
            ("Ｋｅｒｎｅｌ", "kernel"),
            ("the host’s “kernel”", "the host's \"kernel\""),
            ("copy‑on–write", "copy-on-write"),
            ("`docker ps`", "docker ps"),
            ("`docker ps`.", "docker ps"),
            ("Café naïve ế", "cafe naive e"),
            ("cafe\u{301}", "cafe"),
            ("docker build .", "docker build ."),
            ("cd ..", "cd .."),
            ("./", "./"),
            (".", "."),
            ("wait…", "wait..."),
            ("echo `date` `id`", "echo `date` `id`"),
            ("Й が й", "й が й"),
            ("  ", ""),
        ];
        for (text, expected) in table {
            assert_eq!(folded(text, false), expected, "{text:?}");
        }
        assert_eq!(folded("PATH", true), "PATH");
    }

    #[test]
    fn one_edit_in_one_long_word_is_a_slip() {
        let table = [
            ("hypervisr", "hypervisor", true),
            ("hyperrvisor", "hypervisor", true),
            ("hypervizor", "hypervisor", true),
            ("hypevrisor", "hypervisor", true),
            ("guest kernl", "guest kernel", true),
            ("kernl", "kernel", true),
            ("hypervisor", "hypervisor", false),
            ("hypervsr", "hypervisor", false),
            ("imags", "image", false),
            ("ubuntu2", "ubuntu1", false),
            ("kernel6", "kernel", false),
            ("Dockerfile", "dockerfile", false),
            ("gest kernl", "guest kernel", false),
            ("hyper visor", "hypervisor", false),
            ("", "hypervisor", false),
        ];
        for (given, right, expected) in table {
            assert_eq!(is_slip(given, right), expected, "{given:?} for {right:?}");
        }
    }

    #[test]
    fn what_a_machine_reads_is_a_command() {
        for text in ["docker run -it", "--rm", "/proc/1", "docker.sock", "nginx:latest", "MEM_LIMIT", "a=b", "`ps`"] {
            assert!(is_command(text), "{text:?}");
        }
        for text in ["hypervisor", "copy-on-write", "The host's kernel.", "Yes: the kernel", "virtual machine monitor"]
        {
            assert!(!is_command(text), "{text:?}");
        }
    }
}
