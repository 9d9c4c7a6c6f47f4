//! Names that authors give to fields, and the fields that they mean by them.

/// Names from other formats and from first guesses, each with what it may mean here, likeliest first. One counts only
/// where the object has such a field and lacks it.
const MEANT: &[(&str, &[&str])] = &[
    ("address", &["url"]),
    ("answer", &["accept", "back"]),
    ("answers", &["accept", "back", "options"]),
    ("cards", &["items"]),
    ("chapters", &["lessons"]),
    ("choices", &["options"]),
    ("content", &["body"]),
    ("definition", &["back"]),
    ("description", &["summary", "explanation"]),
    ("diagram", &["art"]),
    ("difficulty", &["tier"]),
    ("drawing", &["art"]),
    ("explain", &["explanation"]),
    ("href", &["url"]),
    ("is_correct", &["correct"]),
    ("keywords", &["tags"]),
    ("kind", &["ask"]),
    ("label", &["text"]),
    ("level", &["tier"]),
    ("link", &["url"]),
    ("modules", &["lessons"]),
    ("name", &["title", "label"]),
    ("prompt", &["front"]),
    ("question", &["prompt", "front"]),
    ("questions", &["items"]),
    ("rationale", &["explanation"]),
    ("references", &["refs"]),
    ("reverse", &["reverse_front"]),
    ("right", &["correct"]),
    ("sections", &["lessons"]),
    ("solution", &["accept", "back", "answer"]),
    ("source", &["refs"]),
    ("sources", &["refs"]),
    ("term", &["front"]),
    ("text", &["prompt", "front", "body", "label"]),
    ("type", &["kind", "ask"]),
    ("units", &["lessons"]),
    ("uri", &["url"]),
];

/// Lists what a name may mean, likeliest first.
pub(super) fn meant(written: &str) -> &'static [&'static str] {
    MEANT.iter().find(|(name, _)| name.eq_ignore_ascii_case(written)).map_or(&[], |(_, fields)| fields)
}

/// Tells whether a name is most likely a slip for another.
pub(super) fn is_near(written: &str, known: &str) -> bool {
    written.eq_ignore_ascii_case(known) || strsim::damerau_levenshtein(written, known) <= 1 + known.len() / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_and_means_something_else() {
        assert!(MEANT.is_sorted_by(|(one, _), (next, _)| one < next));
        for (name, fields) in MEANT {
            assert!(!fields.is_empty() && !fields.contains(name), "{name}");
        }
        assert_eq!(meant("Question"), ["prompt", "front"]);
    }
}
