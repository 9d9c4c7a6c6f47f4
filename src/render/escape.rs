//! Untrusted text inside other formats: what has a meaning there is written so that it has none.

use super::safe_str;

/// Writes a text as the message of a GitHub workflow command.
///
/// ```
/// use grillme::render::workflow_data;
/// assert_eq!(workflow_data("100 %\n::add-mask::x"), "100 %25%0A::add-mask::x");
/// ```
pub fn workflow_data(text: &str) -> String {
    // `safe_str` leaves no carriage return.
    safe_str(text).replace('%', "%25").replace('\n', "%0A")
}

/// Writes a text as a property of a GitHub workflow command, such as a file name.
///
/// ```
/// use grillme::render::workflow_property;
/// assert_eq!(workflow_property("C:\\a,b.json"), "C%3A\\a%2Cb.json");
/// ```
pub fn workflow_property(text: &str) -> String {
    workflow_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Writes a text into one line of Markdown as GitHub reads it, also into a cell of a table: nothing in it is set as
/// anything but text, and it mentions nobody.
///
/// ```
/// use grillme::render::markdown_text;
/// assert_eq!(markdown_text("*a* | <b>\n@me"), "\\*a\\* \\| &lt;b&gt; &#64;me");
/// assert_eq!(markdown_text("- 1. not-found"), "\\- 1. not-found");
/// assert_eq!(markdown_text("1. one"), "1\\. one");
/// ```
pub fn markdown_text(text: &str) -> String {
    let line = safe_str(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut written = String::with_capacity(line.len() + 16);
    for c in line.chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            // A backslash does not keep `@name`, `#1` and web addresses from becoming links.
            '@' | '#' | ':' => written.push_str(&format!("&#{};", u32::from(c))),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '^' => written.extend(['\\', c]),
            c => written.push(c),
        }
    }
    // At the start of a line these make a list, a rule or a heading, as a number with a full stop or a bracket does.
    let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let starts = |marks: &[char], at: usize| written.get(at..).is_some_and(|rest| rest.starts_with(marks));
    if starts(&['-', '+', '='], 0) {
        written.insert(0, '\\');
    } else if digits > 0 && starts(&['.', ')'], digits) {
        written.insert(digits, '\\');
    }
    written
}

/// Writes a text as the content of an element or the value of an attribute of XML 1.0, which has no form at all for
/// most controls: they appear as `<U+001B>`.
///
/// ```
/// use grillme::render::xml_text;
/// assert_eq!(xml_text("a \"b\" & \u{1b}"), "a &quot;b&quot; &amp; &lt;U+001B&gt;");
/// ```
pub fn xml_text(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for c in safe_str(text).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&apos;"),
            // Two characters that are no controls, and that XML 1.0 does not have either.
            '\u{fffe}' | '\u{ffff}' => written.push_str(&format!("&lt;U+{:04X}&gt;", u32::from(c))),
            c => written.push(c),
        }
    }
    written
}

/// Writes a text as the value of an attribute of XML 1.0, where a reader makes a space of a new line that is not
/// escaped.
///
/// ```
/// use grillme::render::xml_attribute;
/// assert_eq!(xml_attribute("a\n\tb"), "a&#10;&#9;b");
/// ```
pub fn xml_attribute(text: &str) -> String {
    xml_text(text).replace('\n', "&#10;").replace('\t', "&#9;")
}
