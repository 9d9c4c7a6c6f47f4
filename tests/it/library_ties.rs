//! What ties a deck together: ids, references and what takes the place of what, whatever else is wrong.

use crate::library::{HEAD, LESSON, broken, deck, flash, folder, load_path, told, told_of, write};

#[test]
fn a_folder_is_checked_across_its_files() {
    let dir = folder();
    let head = format!(
        "{}\n{}\n{}}}",
        HEAD.trim_end_matches(','),
        r#","sources":{"real-source":{"title":"S"}}"#,
        r#","retired":[{"id":"old","replaced_by":"alpa"},{"id":"alpha"}]"#
    );
    write(&dir, "deck.json", head);
    let first = flash("alpha", r#","objectives":["nope"],"refs":["real-sorce"],"requires":["beta","bta"]"#);
    write(&dir, "01-a.json", format!("{LESSON}\"id\":\"one\",\"title\":\"One\",\n\"items\":[{first}]}}"));
    let second = [flash("beta", ""), flash("alpha", "")].join(",\n");
    let theory = r#""theory":[{"kind":"para","body":"B","refs":["gone"]}]"#;
    let text = format!("{LESSON}\"id\":\"one\",\"title\":\"Two\",\n{theory},\n\"items\":[{second}]}}");
    write(&dir, "02-b.json", text);
    write(&dir, ".hidden.json", "not JSON");
    write(&dir, "notes.txt", "not JSON");
    let one = dir.path().join("01-a.json");
    let one = one.display();
    let id = "give the item a new id: learners' history of the old one would become its own";
    let used = "is used twice in this deck";
    assert_eq!(
        told(&broken(dir.path())),
        [
            "deck.json:3:39 unknown-item no item has the id `alpa` (did you mean `alpha`?)".to_owned(),
            format!("01-a.json:2:16 retired-id [alpha] the item id `alpha` is retired ({id})"),
            "01-a.json:2:76 unknown-objective [alpha] no objective of this lesson has the id `nope` \
             (add it to the `objectives` of the lesson, or remove the reference)"
                .to_owned(),
            "01-a.json:2:92 unknown-source [alpha] no source has the id `real-sorce` (did you mean `real-source`?)"
                .to_owned(),
            "01-a.json:2:125 unknown-item [alpha] no item has the id `bta` (did you mean `beta`?)".to_owned(),
            format!("02-b.json:1:45 duplicate-id the lesson id `one` {used} (first used at {one}:1:45)"),
            "02-b.json:2:45 unknown-source no source has the id `gone` \
             (add it to the deck's `sources`, or remove the reference)"
                .to_owned(),
            format!("02-b.json:4:7 duplicate-id [alpha] the item id `alpha` {used} (first used at {one}:2:16)"),
            format!("02-b.json:4:7 retired-id [alpha] the item id `alpha` is retired ({id})"),
        ]
    );
}

#[test]
fn a_reference_to_an_item_with_an_error_of_its_own_is_no_second_error() {
    let items = [flash("a", r#","requires":["b"]"#), r#"{"id":"b","kind":"flash","front":"F"}"#.to_owned()];
    let expected = "d.json:3:1 missing-field [b] the field `back` is missing (add \"back\": a text)";
    assert_eq!(told_of(deck(&items.join(",\n"))), [expected]);
}

#[test]
fn ids_and_references_are_checked_in_a_deck_that_has_other_errors() {
    let text = concat!(
        "{\"format\":\"grillme-deck\",\"version\":1,\"id\":\"d\",\"titel\":\"D\",\"retired\":[{\"id\":\"old\"}],\"items\":[\n",
        "{\"id\":\"a\",\"kind\":\"flash\",\"fornt\":\"F\",\"back\":\"B\",\"refs\":[\"no\"]},\n",
        "{\"id\":\"a\",\"kind\":\"flash\",\"front\":\"F\",\"back\":\"B\",\"requires\":[\"A B\",\"c\"]},\n",
        "{\"id\":\"old\",\"kind\":\"flash\",\"front\":\"F\",\"back\":\"B\"},\n",
        "{\"kind\":\"flash\",\"front\":\"F\",\"back\":\"B\",\"requires\":[\"olf\"]}]}\n",
    );
    let all = told_of(text).into_iter().map(|line| line.split(" (").next().unwrap_or_default().to_owned());
    assert_eq!(
        all.collect::<Vec<_>>(),
        [
            "d.json:1:47 unknown-field unknown field \"titel\"",
            "d.json:2:26 unknown-field [a] unknown field \"fornt\"",
            "d.json:2:57 unknown-source [a] no source has the id `no`",
            "d.json:3:7 duplicate-id [a] the item id `a` is used twice in this deck",
            "d.json:3:61 bad-id [a] an id is 1 to 64 characters of a-z, 0-9 and '-'",
            "d.json:3:67 unknown-item [a] no item has the id `c`",
            "d.json:4:7 retired-id [old] the item id `old` is retired",
            "d.json:5:1 missing-field the field `id` is missing",
            "d.json:5:52 unknown-item no item has the id `olf`",
        ]
    );
}

#[test]
fn who_takes_over_may_be_retired_in_its_turn_but_not_in_a_circle() {
    let retired = |list: &str| format!("{HEAD}\"retired\":[{list}],\"items\":[{}]}}", flash("a", ""));
    let (chain, gone) =
        (r#"{"id":"x","replaced_by":"y"},{"id":"y","replaced_by":"a"}"#, r#"{"id":"x","replaced_by":"y"},{"id":"y"}"#);
    let dir = folder();
    for list in [chain, gone] {
        load_path(&write(&dir, "d.json", retired(list))).unwrap();
    }
    let circle =
        told_of(retired(r#"{"id":"x","replaced_by":"y"},{"id":"y","replaced_by":"x"},{"id":"z","replaced_by":"z"}"#));
    assert_eq!(circle.len(), 3, "{circle:?}");
    assert!(
        circle.iter().all(|told| told.contains("unknown-item the ids replace each other in a circle")),
        "{circle:?}"
    );
}

#[test]
fn an_order_that_contradicts_itself_and_holes_with_two_answers_are_told() {
    let order = |before: &str| {
        let steps = r#"[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}]"#;
        deck(&format!(r#"{{"id":"o","kind":"order","prompt":"P","steps":{steps},"before":{before}}}"#))
    };
    let message = |first: &str, later: &str| {
        format!(
            "d.json:2:133 before-differs [o] `before` puts `{first}` before `{later}`, which `steps` has first \
             (list `steps` in an order that is right; no step comes before itself)"
        )
    };
    assert_eq!(told_of(order(r#"{"c":["b"],"b":["a"]}"#)), [message("b", "a"), message("c", "a")]);
    assert_eq!(told_of(order(r#"{"a":["a"]}"#)), [message("a", "a")]);
    let dir = folder();
    load_path(&write(&dir, "d.json", order(r#"{"a":["b","c"]}"#))).unwrap();
    let holes =
        deck(r#"{"id":"h","kind":"cloze","text":"{{c1::one}} and {{c1::two}}, {{c2::x}} and {{c2::X::hint}}"}"#);
    assert_eq!(
        told_of(holes),
        ["d.json:2:42 unequal-holes [h] the holes c1 have two answers, \"one\" and \"two\" (number them apart, as c1 \
          and c2; what else is right in a hole goes into `accept`)"]
    );
}

#[test]
fn nothing_in_a_file_of_another_version_is_held_to_this_one() {
    let text = deck(&[flash("a", ""), flash("a", r#","refs":["no"]"#)].join(",")).replace(":1,", ":2,");
    let told = told_of(text);
    assert!(matches!(&told[..], [only] if only.contains(" wrong-version ")), "{told:?}");
}

#[test]
fn a_reference_to_an_item_that_an_unreadable_lesson_may_hold_is_no_error() {
    let dir = folder();
    write(&dir, "deck.json", format!("{}}}", HEAD.trim_end_matches(',')));
    let item = flash("a", r#","requires":["elsewhere"]"#);
    write(&dir, "01-a.json", format!("{LESSON}\"id\":\"one\",\"title\":\"One\",\"items\":[{item}]}}"));
    write(&dir, "02-b.json", "{]");
    assert_eq!(
        told(&broken(dir.path())),
        ["02-b.json:1:2 syntax this bracket does not fit (the \"{\" of line 1, column 1 is still open)"]
    );
}
