//! Reading a number that a learner typed, and nothing but a number.

/// Reads a bare number: an optional sign; digits, or groups of three with commas; a decimal point, or a decimal comma
/// where it cannot be a group; an optional exponent. `1,000` is a thousand, `0,125` and `1,5` are fractions.
pub(super) fn read_number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-").to_ascii_lowercase();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if !is_digits(digits) {
        return None;
    }
    let value: f64 = format!("{}e{exponent}", plain(mantissa)?).parse().ok()?;
    value.is_finite().then_some(if text.starts_with('-') { -value } else { value })
}

/// Writes a mantissa without groups and with a decimal point.
fn plain(mantissa: &str) -> Option<String> {
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None if is_grouped(mantissa) => (mantissa, ""),
        None => mantissa.split_once(',').unwrap_or((mantissa, "")),
    };
    let whole = if is_grouped(whole) { whole.replace(',', "") } else { whole.to_owned() };
    let bare = whole.len() + fraction.len() > 0 && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    bare.then(|| format!("0{whole}.{fraction}0"))
}

fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let leads = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    leads && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether `number` is `value`, give or take `tolerance` and what binary fractions lose.
pub(super) fn is_within(number: f64, value: f64, tolerance: f64) -> bool {
    let lost = 4.0 * f64::EPSILON * number.abs().max(value.abs());
    (number - value).abs() <= tolerance + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_is_read_and_nothing_else() {
        let table = [
            ("1000", Some(1000.0)),
            ("1,000", Some(1000.0)),
            ("1,234,567.5", Some(1_234_567.5)),
            ("1e3", Some(1000.0)),
            ("1.5E-3", Some(0.0015)),
            ("+5", Some(5.0)),
            ("-5", Some(-5.0)),
            ("−5", Some(-5.0)),
            ("1,5", Some(1.5)),
            ("0,125", Some(0.125)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            (" 7 ", Some(7.0)),
            ("", None),
            (".", None),
            ("-", None),
            ("--5", None),
            ("e3", None),
            ("1e", None),
            ("1e3e3", None),
            ("1e999", None),
            ("1,00,000", None),
            ("1.234,5", None),
            ("1 000", None),
            ("5 MB", None),
            ("5%", None),
            ("0x10", None),
            ("inf", None),
            ("nan", None),
            ("٥", None),
        ];
        for (text, expected) in table {
            assert_eq!(read_number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_edge_of_the_tolerance_is_within() {
        assert!(is_within(0.4, 0.3, 0.1));
        assert!(is_within(0.1 + 0.2, 0.3, 0.0));
        assert!(!is_within(0.41, 0.3, 0.1));
        assert!(!is_within(1_000_001.0, 1_000_000.0, 0.0));
    }
}
