//! What is said of texts that are no JSON, and where.

use crate::deck::Node;
use proptest::prelude::*;

/// Says of a text that is no JSON what is marked in it, and why.
fn told(text: &str) -> String {
    let problem = Node::parse(text).unwrap_err();
    let marked = &text[problem.span.start..problem.span.end];
    let hint = problem.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{}+{marked}: {}{hint}", problem.span.start, problem.message)
}

fn starts(text: &str, told_of: &str) {
    assert!(told(text).starts_with(told_of), "{text}: {}", told(text));
}

#[test]
fn commas_and_brackets_are_named_where_the_mistake_is() {
    starts("{\"a\":1,\n}", "6+,: nothing follows this comma (remove it)");
    starts("{\"a\":[1, ]}", "7+,: nothing follows this comma (remove it)");
    starts("{\"a\":1,,\"b\":2}", "7+,: nothing stands before this comma");
    starts("{,\"a\":1}", "1+,: nothing stands before this comma");
    starts("{\"a\":,\"b\":1}", "5+,: a value is missing before this");
    starts("{\"a\":}", "5+}: a value is missing before this");
    starts("{\"a\":1 \"b\":2}", "5+1: a comma is missing after this");
    starts("{\"a\":\"x\"\"b\":2}", "7+\": a comma is missing after this");
    starts("{\"a\":\"xé\"\n  \"b\":2}", "9+\": a comma is missing after this");
    starts("{\"a\":[{}{}]}", "7+}: a comma is missing after this");
    starts("{\"a\":[1\n 2]}", "6+1: a comma is missing after this");
    starts("{\"a\" 1}", "5+1: a colon is missing before this");
    starts("{\"a\":1]", "6+]: this bracket does not fit (the \"{\" of line 1, column 1 is still open)");
    starts("{\n \"a\":[1}", "9+}: this bracket does not fit (the \"[\" of line 2, column 6 is still open)");
    starts("{\"a\":1}}", "7+}: this bracket closes nothing");
    starts("{\"a\":1} x", "8+x: something stands after the end");
}

#[test]
fn marks_of_other_languages_are_told_with_the_one_of_json() {
    starts("{\"a\":\"x\";\n\"b\":1}", "8+;: a comma is needed in place of this (write , in its place)");
    starts("{\"a\":1 ; \"b\":1}", "7+;: a comma is needed in place of this (write , in its place)");
    starts("{\"a\":[{};{}]}", "8+;: a comma is needed in place of this (write , in its place)");
    starts("{\"a\"= \"x\"}", "4+=: a colon is needed in place of this (write : in its place)");
    starts("{\"a\" = \"x\"}", "5+=: a colon is needed in place of this (write : in its place)");
}

#[test]
fn an_object_or_a_list_where_a_name_is_due_names_the_bracket_that_is_open() {
    let object = "an object cannot stand here, where the name of a field is due";
    let close = "(close the \"{\" of line 2, column 1 first, or open a list with [)";
    starts("{\"items\":[\n{\"id\":\"a\",\n{\"id\":\"b\"}]}", &format!("22+{{: {object} {close}"));
    starts("{\"items\":[\n{\"id\":\"a\"\n{\"id\":\"b\"}]}", &format!("21+{{: {object} {close}"));
    starts("{\"items\":[\n{\"id\":\"a\",\n[1]}]}", "22+[: a list cannot stand here, where the name of a field");
    let name = "(name it, as in \"items\": [ ... ]; several objects stand in a list";
    starts("{\"items\":{\"id\":\"a\"},{\"id\":\"b\"}}", &format!("20+{{: {object} {name}"));
    starts("{\"a\":{{\"id\":\"a\"}}}", &format!("6+{{: {object} {name}"));
}

#[test]
fn a_name_in_a_list_is_told_where_it_stands() {
    let told = "names and values stand in { }, not in [ ] (open an object with { before this, or write { } in place of";
    starts("{\"items\":[\n\"id\": \"a\"}]}", &format!("11+\"id\": {told} the [ ] that starts in line 1"));
    starts("{\"sources\":[ \"doc\" : {}]}", &format!("13+\"doc\": {told}"));
    starts("{\"items\":[{},\"id\":1]}", &format!("13+\"id\": {told}"));
    starts("{\"items\":[1:2]}", &format!("11+:: {told}"));
    starts("{\"a\":\"b\":1}", "8+:: this colon follows a value, not a name");
}

#[test]
fn a_cut_off_file_says_what_is_open() {
    starts("{\"a\":{\"b\":1}", "11+}: the file ends too early: the \"{\" of line 1, column 1 is still open");
    starts("{\"a\":\n[1,2", "9+2: the file ends too early: the \"[\" of line 2, column 1 is still open");
    starts("{\"a\":\"b", "5+\": the file ends inside the text that starts here");
    starts("{\"a\":\"b\\\"", "5+\": the file ends inside the text that starts here");
    starts(" ", "0+ : the file is empty");
    starts("", "0+: the file is empty");
}

#[test]
fn texts_and_quotation_marks_are_explained() {
    starts("{a:1}", "1+a: the name of a field is missing, or stands without quotation marks (write it as in");
    starts("{'a':1}", "1+': names and texts stand between plain double quotation marks");
    starts("{\"a\":\u{201c}x\u{201d}}", "5+\u{201c}: names and texts stand between plain double");
    starts("{\"a\":\"say \"hi\" to\"}", "11+h: the text has ended before this (a quotation mark inside a text");
    starts("{\"a\":\"\u{1b}[0m\"}", "6+\u{1b}: a text holds a control character (remove it)");
    starts("{\"a\":\"é\u{1}\"}", "8+\u{1}: a text holds a control character (remove it)");
    starts("{\"a\":\"x\ty\"}", "7+\t: a text holds a tab (write it as \\t)");
    starts("{\"a\":\"xy\nz\"}", "5+\": the line ends inside the text that starts here");
    starts("{\"a\":\"x\\qy\"}", "7+\\q: invalid escape in a text (a backslash itself is written \\\\");
    starts("{\"a\":\"\\u12\"}", "6+\\u: invalid escape in a text");
}

#[test]
fn words_numbers_and_comments_are_explained() {
    starts("{\"a\":True}", "5+True: True is no JSON value (write true)");
    starts("{\"a\":nul}", "5+nul: nul is no JSON value");
    starts("{\"a\":NaN}", "5+NaN: NaN is no JSON value");
    starts(&"word".repeat(100), &format!("0+{}: {} is no JSON value", "word".repeat(100), "word".repeat(10)));
    starts("hello", "0+hello: hello is no JSON value (a text stands between");
    for number in [".5", "01", "1.", "+1", "-"] {
        starts(&format!("{{\"a\":{number}}}"), &format!("5+{number}: this is no number"));
    }
    starts("// c\n{}", "0+/: JSON has no comments");
    starts("{\"a\":1 # c\n}", "7+#: JSON has no comments");
    starts("{} /* c */", "3+/: JSON has no comments");
}

proptest! {
    /// Whatever is no JSON is told at a place that the text has.
    #[test]
    fn the_place_is_always_in_the_text(text in "[\\[\\]{},:\"'\\\\/#a-z01.+\\- \n\té“😀]{0,40}") {
        if let Err(problem) = Node::parse(&text) {
            prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem.span);
            prop_assert!(!problem.message.is_empty());
        }
    }
}
