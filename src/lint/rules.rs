//! The rules by their codes. A code is never renamed, nor used for something else: baselines and dashboards hang on it.

use serde::Serialize;

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// What it asks for; of an error, what is wrong.
    pub summary: &'static str,
}

/// All rules of the strict bar.
pub const RULES: &[Rule] = &[
    Rule { code: "item-objective", summary: "every item serves an objective" },
    Rule { code: "item-source", summary: "every item names a source in `refs`" },
    Rule { code: "item-verified", summary: "every item says in `verified.on` when its facts were checked" },
    Rule { code: "source-checked", summary: "every source says when it was checked" },
    Rule { code: "version-sensitive", summary: "what changes with versions says in `applies_to` which ones it means" },
    Rule { code: "objective-kinds", summary: "every objective has two items of two kinds" },
    Rule {
        code: "objective-productive",
        summary: "every objective has an item that makes the learner produce something",
    },
    Rule { code: "id-gives-away", summary: "the id of an item does not hold its answer" },
    Rule { code: "flash-long", summary: "question and answer of a flash card have at most 25 words" },
    Rule { code: "flash-yes-no", summary: "a flash card asks for more than yes or no" },
    Rule { code: "flash-list", summary: "the answer of a flash card is no list" },
    Rule { code: "flash-gives-away", summary: "the question does not hold its answer" },
    Rule { code: "flash-duplicate", summary: "no two flash cards ask nearly the same" },
    Rule { code: "choice-options", summary: "a choice has 3 to 5 options" },
    Rule { code: "choice-feedback", summary: "every wrong option has feedback" },
    Rule { code: "choice-all-none", summary: "no option is all or none of the above" },
    Rule { code: "choice-negative", summary: "no stem asks for what is NOT so" },
    Rule { code: "choice-key-long", summary: "the key is at most 1.35 times as long as the longest other option" },
    Rule {
        code: "choice-key-longest",
        summary: "over a deck, the key is the longest option hardly more often than by chance",
    },
    Rule { code: "choice-absolute", summary: "always, never and the like do not stand in wrong options only" },
    Rule { code: "choice-clang", summary: "no telling word stands in stem and key only" },
    Rule { code: "choice-overlap", summary: "no option holds another" },
    Rule { code: "diagram-ascii", summary: "drawings are ASCII" },
    Rule { code: "diagram-wide", summary: "drawings have at most 76 columns" },
    Rule { code: "rubric-points", summary: "a rubric has two to six key points" },
    Rule { code: "rubric-samples", summary: "a rubric has a good and a bad sample" },
    Rule { code: "rubric-answer", summary: "the model answer hits every key point and no misconception" },
    Rule { code: "rubric-question", summary: "the question's own words hit no key point" },
    Rule {
        code: "rubric-sample",
        summary: "every sample gets exactly the verdicts it states (checked without --strict as well)",
    },
    Rule { code: "lesson-tiers", summary: "every lesson with interview questions has them in all three tiers" },
];

/// All rules that a deck must keep to be used at all, by their codes.
pub const ERRORS: &[Rule] = &[
    Rule {
        code: "bad-cloze",
        summary: "a hole is not written `{{c1::answer}}`, is empty or nested, or the text has none",
    },
    Rule { code: "bad-date", summary: "a day is not written `YYYY-MM-DD`, or the calendar does not have it" },
    Rule { code: "bad-id", summary: "an id is empty, too long, or holds something other than `a-z`, `0-9` and `-`" },
    Rule {
        code: "bad-key-pattern",
        summary: "a pattern of a key point or a wrong claim is none, or can never be found ([how they are written](marking.md))",
    },
    Rule { code: "bad-number", summary: "a number is out of range, or should be whole" },
    Rule {
        code: "bad-pattern",
        summary: "an accepted answer has none or several of `text`, `regex` and `number`, or `tolerance` without a number",
    },
    Rule { code: "bad-regex", summary: "a regular expression does not compile, or is too long or too large" },
    Rule { code: "bad-seal", summary: "a seal is damaged, costs too much, or is on an item that cannot be sealed" },
    Rule { code: "bad-string", summary: "a text escapes half a surrogate pair, which is no character" },
    Rule { code: "before-differs", summary: "`before` contradicts itself or the order that `steps` are listed in" },
    Rule { code: "byte-order-mark", summary: "the file starts with a byte order mark" },
    Rule { code: "duplicate-id", summary: "an id is used twice: a lesson or an item in a deck, or a part of an item" },
    Rule { code: "duplicate-key", summary: "an object has one key twice" },
    Rule { code: "forbidden-character", summary: "a text holds a character that could make a terminal lie" },
    Rule { code: "half-reverse", summary: "`reverse_front` or `reverse_back` stands alone" },
    Rule { code: "items-and-lessons", summary: "a deck has both `items` and `lessons`" },
    Rule { code: "lessons-in-folder", summary: "the deck.json of a folder has lessons or items" },
    Rule { code: "many-keys", summary: "several options are correct, and `multi` is not true" },
    Rule { code: "missing-field", summary: "a required field is missing" },
    Rule { code: "missing-metric", summary: "a case does not say how a metric moves" },
    Rule { code: "nesting-too-deep", summary: "values nest deeper than 64 levels" },
    Rule { code: "no-holes", summary: "a drawing has no hole such as `[1]`" },
    Rule { code: "no-key", summary: "no option is correct" },
    Rule { code: "no-lessons", summary: "a deck file has neither `items` nor `lessons`" },
    Rule { code: "not-utf8", summary: "the file is in another encoding than UTF-8" },
    Rule { code: "retired-id", summary: "an item has an id that is retired" },
    Rule { code: "syntax", summary: "the file is no JSON" },
    Rule { code: "text-too-long", summary: "a text has more than 64 KiB" },
    Rule { code: "too-few", summary: "a list has fewer entries than it needs, or a case sets nothing" },
    Rule {
        code: "too-many-items",
        summary: "a list has more than 200,000 entries, a deck more items, or an order more than 200 steps",
    },
    Rule { code: "too-many-keys", summary: "an object has more than 20,000 keys" },
    Rule { code: "too-many-patterns", summary: "a rubric has more than 128 patterns" },
    Rule { code: "too-many-problems", summary: "there are more than 1,000 problems; the others are left out" },
    Rule { code: "unequal-holes", summary: "holes of one number have different answers" },
    Rule { code: "unknown-ask", summary: "a step asks for something other than `choice`, `typed` or `open`" },
    Rule { code: "unknown-field", summary: "a field that does not exist there; it may be misspelt" },
    Rule { code: "unknown-hole", summary: "`accept` or `labels` names a hole that does not exist" },
    Rule { code: "unknown-item", summary: "a reference to an item that the deck does not have" },
    Rule { code: "unknown-kind", summary: "a kind that does not exist" },
    Rule { code: "unknown-metric", summary: "a case names a metric that the item does not have" },
    Rule { code: "unknown-move", summary: "a metric moves in a way other than `up`, `down` or `same`" },
    Rule { code: "unknown-objective", summary: "an item serves an objective that its lesson does not have" },
    Rule { code: "unknown-parameter", summary: "a case or the base sets a parameter that the item does not have" },
    Rule {
        code: "unknown-point",
        summary: "a sample names a key point or misconception that the rubric does not have",
    },
    Rule { code: "unknown-rule", summary: "`typos` is something other than `ask` or `none`" },
    Rule { code: "unknown-setting", summary: "a parameter is set to a value that it cannot take" },
    Rule { code: "unknown-skill", summary: "a skill that does not exist" },
    Rule { code: "unknown-source", summary: "a reference to a source that the deck does not have" },
    Rule { code: "unknown-step", summary: "`before` names a step that the item does not have" },
    Rule { code: "unknown-tier", summary: "a tier that does not exist" },
    Rule { code: "unlabelled-hole", summary: "a hole of a drawing has no label" },
    Rule { code: "wrong-format", summary: "`format` is not what the place of the file asks for" },
    Rule { code: "wrong-type", summary: "a value is of another type than it should be" },
    Rule { code: "wrong-version", summary: "the deck is in another version of the format" },
];
