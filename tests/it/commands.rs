//! The commands as a user types them: output, exit status, what is kept.

use std::fs;

use grillme::deck::{Item, Kind};
use grillme::library::{BUNDLED, Origin, load};

use crate::sandbox::{Sandbox, many};

#[test]
fn the_bare_command_says_what_to_type_next() {
    let deck = load(&Origin::Bundled(&BUNDLED[0])).unwrap().deck;
    let cards = |interview: bool| -> usize {
        let fits = |item: &&Item| matches!(item.kind, Kind::Interview(_)) == interview;
        deck.items().map(|(_, item)| item).filter(fits).map(|item| item.parts().len()).sum()
    };
    let (new, questions) = (cards(false), cards(true));
    let expected = format!(
        "\
deck    due  learning  new  tomorrow
──────  ───  ────────  ───  ────────
docker  0    0         {new:<3}  0

interview  tier      score  due  new
─────────  ────────  ─────  ───  ───
docker     beginner  0/6    0    {questions}

Nothing is due; new cards wait. Type: grillme cards docker
For an interview, type: grillme interview docker
"
    );
    let ran = Sandbox::new().run(&[]);
    assert_eq!((ran.status, ran.out, ran.err.as_str()), (0, expected, ""));
}

#[test]
fn a_deck_with_too_few_questions_to_climb_says_so() {
    let sandbox = Sandbox::new();
    sandbox.write("decks/talk.json", include_str!("fixtures/talk.json"));
    let ran = sandbox.command(&[]).env("GRILLME_DECKS", sandbox.home.path().join("decks")).output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("\ntalk has 1 beginner question; it takes 5 to become intermediate.\n"), "{out}");
}

#[test]
fn piped_answers_are_kept_and_the_next_run_goes_on() {
    let sandbox = Sandbox::new();
    let first = sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n1\n");
    assert_eq!(first.status, 0, "{}", first.err);
    assert_eq!(sandbox.log_lines(), 2);
    assert!(first.err.contains("2 cards answered, 1 right at the first try"), "{}", first.err);
    assert!(first.out.is_empty());
    let again = sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "");
    assert!(!again.err.contains("Which part of the operating system"), "{}", again.err);
}

#[test]
fn a_typo_in_a_deck_gets_a_suggestion_and_status_2() {
    let ran = Sandbox::new().run(&["cards", "dokcer"]);
    assert_eq!(ran.err, "error: there is no deck \"dokcer\"\nhint: did you mean \"docker\"?\n");
    assert_eq!(ran.status, 2);
    let part = Sandbox::new().run(&["list", "docker/cgroup-limit"]);
    let said =
        "error: the deck docker has no lesson or item \"cgroup-limit\"\nhint: did you mean \"docker/cgroups-limit\"?\n";
    assert_eq!((part.status, part.err.as_str()), (2, said));
    let command = Sandbox::new().run(&["crads"]);
    assert!(command.status == 2 && command.err.contains("cards"), "{}", command.err);
}

#[test]
fn no_input_never_waits() {
    let ran = Sandbox::new().run(&["cards", "docker", "--no-input"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("--plain"), "{}", ran.err);
}

#[test]
fn an_empty_selection_is_status_4() {
    let sandbox = Sandbox::new();
    for args in [["list", "docker", "--tag", "nothing"], ["cards", "docker", "--tag", "nothing"]] {
        let ran = sandbox.run(&args);
        assert_eq!(ran.status, 4, "{}", ran.err);
    }
}

#[test]
fn undo_works_after_a_restart() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "4\n");
    let before = sandbox.run(&["show", "docker/what-container-shares", "--format", "json"]);
    assert!(before.out.contains("\"due\": \"2026-03-"), "{}", before.out);
    let undone = sandbox.run(&["undo"]);
    assert_eq!(undone.out, "Took back: the answer to docker/what-container-shares.\n");
    let after = sandbox.run(&["show", "docker/what-container-shares", "--format", "json"]);
    assert!(after.out.contains("\"due\": null"), "{}", after.out);
    assert_eq!(sandbox.run(&["undo"]).status, 4);
    assert_eq!(sandbox.log_lines(), 2);
}

#[test]
fn suspended_and_buried_cards_stay_out_and_forgotten_ones_start_over() {
    let sandbox = Sandbox::new();
    sandbox.write("decks/many.json", many(2));
    let path = "./decks/many.json";
    assert_eq!(sandbox.run(&["suspend", path, "--item", "card-0"]).out, "1 card suspended.\n");
    assert_eq!(sandbox.run(&["bury", path, "--item", "card-1"]).out, "1 card buried until tomorrow.\n");
    let nothing = sandbox.run(&["cards", path, "--plain"]);
    assert!(nothing.err.contains("Nothing is due now."), "{}", nothing.err);
    sandbox.run(&["suspend", path, "--item", "card-0", "--resume"]);
    let one = sandbox.run_with(&["cards", path, "--plain"], "4\n");
    assert!(one.err.contains("Question 0?") && !one.err.contains("Question 1?"), "{}", one.err);
    assert_eq!(sandbox.run(&["forget", path, "--item", "card-0"]).out, "1 card forgotten.\n");
    assert!(sandbox.run_with(&["cards", path, "--plain"], "").err.contains("Question 0?"));
}

#[test]
fn cram_leaves_the_schedule_alone() {
    let sandbox = Sandbox::new();
    let ran =
        sandbox.run_with(&["cards", "docker/docker-vs-vm", "--cram", "--plain", "--kind", "flash"], "3\n1\n3\n3\n");
    assert!(ran.err.contains("Practice: the schedule is as it was."), "{}", ran.err);
    assert!(!sandbox.log().exists());
}

#[test]
fn ahead_and_by_take_what_is_due_later() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(1));
    sandbox.run_with(&["cards", "./many.json", "--plain"], "4\n");
    assert!(sandbox.run(&["cards", "./many.json", "--plain"]).err.contains("Nothing is due now."));
    assert!(sandbox.run(&["cards", "./many.json", "--plain", "--ahead"]).err.contains("Question 0?"));
    let later = "2026-03-04T09:30:00+01:00";
    let by = sandbox.run(&["cards", "./many.json", "--plain", "--by", "2026-03-05", "--now", later]);
    assert!(by.err.contains("Question 0?"), "{}", by.err);
    assert_eq!(sandbox.run(&["cards", "--by", "soon"]).status, 2);
}

#[test]
fn daily_limits_count_over_all_decks_and_runs() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(30));
    sandbox.run_with(&["cards", "./many.json", "--plain", "--new", "3"], &"4\n".repeat(10));
    assert_eq!(sandbox.log_lines(), 3);
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain", "--new", "3"], "4\n");
    assert_eq!(sandbox.log_lines(), 3);
}

#[test]
fn deleting_the_index_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n4\n");
    let with = sandbox.run(&["list", "docker", "--format", "json"]).out;
    fs::remove_dir_all(sandbox.home.path().join("cache")).unwrap();
    assert_eq!(sandbox.run(&["list", "docker", "--format", "json"]).out, with);
    fs::remove_dir_all(sandbox.home.path().join("cache")).unwrap();
    fs::write(sandbox.home.path().join("cache"), "no folder").unwrap();
    let without = sandbox.run(&["list", "docker", "--format", "json"]);
    assert_eq!((without.status, without.out), (0, with));
}

#[test]
fn a_damaged_index_is_made_anew() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n4\n");
    let good = sandbox.run(&["list", "docker", "--format", "json"]).out;
    let cache = sandbox.home.path().join("cache/grillme");
    let index =
        fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path().join("index.db")).find(|p| p.exists()).unwrap();
    let whole = fs::read(&index).unwrap();
    for (at, keep) in [(0, 100), (5_000, 9_000), (30, whole.len() / 2)] {
        let mut bad = whole.clone();
        bad[at..keep].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&index, &bad).unwrap();
        let ran = sandbox.run(&["list", "docker", "--format", "json"]);
        assert_eq!((ran.status, ran.out), (0, good.clone()), "{at}..{keep}: {}", ran.err);
    }
}

#[test]
fn a_log_that_shrank_is_an_error_until_repair_accepts_it() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n4\n");
    fs::write(sandbox.log(), "").unwrap();
    let ran = sandbox.run(&["list", "docker"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("answers are missing") && ran.err.contains("progress repair"), "{}", ran.err);
    assert_eq!(sandbox.run(&["progress", "repair"]).status, 0);
    assert_eq!(sandbox.run(&["list", "docker"]).status, 0);
}

#[test]
fn verify_names_the_line_and_repair_sets_it_aside() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n4\n");
    let text = fs::read_to_string(sandbox.log()).unwrap();
    fs::write(sandbox.log(), text.replacen("\"rating\":3", "\"rating\":4", 1)).unwrap();
    let bad = sandbox.run(&["progress", "verify"]);
    assert_eq!(bad.status, 1);
    assert!(bad.out.contains("line 1 (byte 0): the checksum does not match"), "{}", bad.out);
    let json = sandbox.run(&["progress", "verify", "--format", "json"]);
    assert!(json.out.contains("\"ok\": false") && json.out.contains("\"schema_version\": 1"));
    let repaired = sandbox.run(&["progress", "repair"]);
    assert!(repaired.out.contains("here.jsonl.damaged: 1."), "{}", repaired.out);
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
    assert!(sandbox.home.path().join("data/backups").exists());
}

#[test]
fn export_and_import_carry_everything_over() {
    let (here, there) = (Sandbox::new(), Sandbox::new());
    here.run_with(&["cards", "docker/docker-vs-vm", "--plain"], "3\n4\n");
    let all = here.run(&["progress", "export"]).out;
    assert_eq!(there.run_with(&["progress", "import", "-"], &all).out, "2 events added, 0 known already.\n");
    assert_eq!(there.run_with(&["progress", "import", "-"], &all).out, "0 events added, 2 known already.\n");
    let list = |sandbox: &Sandbox| sandbox.run(&["list", "docker", "--format", "json"]).out;
    assert_eq!(list(&here), list(&there));
}

#[test]
fn an_own_deck_with_a_bundled_id_wins_with_a_notice() {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/docker.json", many(1).replace("\"id\":\"many\"", "\"id\":\"docker\""));
    let ran = sandbox.run(&["list", "docker"]);
    assert!(ran.out.contains("card-0") && ran.err.contains("is yours, from"), "{} {}", ran.out, ran.err);
}

#[test]
fn a_broken_deck_is_drawn_with_its_line_and_hides_no_other() {
    let sandbox = Sandbox::new();
    let path = sandbox
        .write("data/decks/many.json", many(2).replace("\"front\":\"Question 1?\"", "\"fornt\":\"Question 1?\""));
    let ran = sandbox.run(&["check", path.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out,
        "error[unknown-field]: unknown field \"fornt\" (item `card-1`)
  ╭▸ HOME/data/decks/many.json:2:31
  │
2 │ {\"id\":\"card-1\",\"kind\":\"flash\",\"fornt\":\"Question 1?\",\"back\":\"Answer 1\"}]}
  │                               ━━━━━━━
  │
  ╰ help: did you mean `front`?

HOME/data/decks/many.json: 1 error, 0 warnings.
"
    );
    assert_eq!(sandbox.run(&["cards", path.to_str().unwrap(), "--plain"]).status, 3);
    assert_eq!(sandbox.run(&["cards", "docker/docker-vs-vm", "--plain"]).status, 0);
    assert_eq!(sandbox.run(&[]).status, 0);
}

#[test]
fn editing_the_wording_keeps_the_history() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(1));
    sandbox.run_with(&["cards", "./many.json", "--plain"], "4\n");
    let due = |ran: &str| ran.lines().find(|line| line.contains("\"due\"")).map(str::to_owned);
    let before = due(&sandbox.run(&["list", "./many.json", "--format", "json"]).out);
    sandbox.write(
        "many.json",
        many(1).replace("Question 0?", "Reworded?").replace("\"id\":\"card-0\"", "\"id\":\"card-0\",\"rev\":2"),
    );
    let ran = sandbox.run(&["list", "./many.json", "--format", "json"]);
    assert!(ran.out.contains("Reworded?"));
    assert_eq!(due(&ran.out), before);
    let ahead = sandbox.run(&["cards", "./many.json", "--plain", "--ahead"]);
    assert!(ahead.err.contains("changed since you last saw it"), "{}", ahead.err);
}

#[test]
fn a_replaced_item_hands_its_history_on() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(1));
    sandbox.run_with(&["cards", "./many.json", "--plain"], "4\n");
    let new = many(1)
        .replace("\"card-0\"", "\"better\"")
        .replace("\"items\"", "\"retired\":[{\"id\":\"card-0\",\"replaced_by\":\"better\"}],\"items\"");
    sandbox.write("many.json", new);
    assert!(sandbox.run(&["cards", "./many.json", "--plain"]).err.contains("Nothing is due now."));
}

#[test]
fn a_wrong_home_or_zone_or_time_is_a_clear_error() {
    let sandbox = Sandbox::new();
    let run = |change: &dyn Fn(&mut std::process::Command)| {
        let mut command = sandbox.command(&["list", "docker"]);
        command.env_remove("GRILLME_DATA_DIR").env_remove("GRILLME_NOW");
        change(&mut command);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, err) = run(&|command| {
        command.env("TZ", "Nowhere/Land");
    });
    assert!(status == Some(3) && err.contains("TZ"), "{err}");
    if cfg!(unix) {
        let (status, err) = run(&|command| {
            command.env("HOME", "relative");
        });
        assert!(status == Some(3) && err.contains("--data-dir"), "{err}");
    }
    assert_eq!(sandbox.run(&["list", "--now", "yesterday"]).status, 2);
}

#[test]
fn completions_and_manual_pages_come_for_every_shell_and_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = sandbox.run(&["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("COMPLETE"), "{shell}");
    }
    let mut command = sandbox.command(&["--", "grillme", "list", "doc"]);
    let output = command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "2").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "docker");
    assert!(sandbox.run(&["man"]).out.starts_with(".ie"));
    assert_eq!(sandbox.run(&["man", "--dir", "pages"]).status, 0);
    assert!(sandbox.home.path().join("pages/grillme-cards.1").exists());
}

#[test]
fn every_command_teaches_by_example() {
    for command in ["cards", "list", "show", "mark", "check", "undo", "suspend", "bury", "forget", "completions", "man"]
    {
        let ran = Sandbox::new().run(&[command, "--help"]);
        assert!(ran.status == 0 && ran.out.contains("Examples:"), "{command}");
    }
}

const MARKED: &str = r#"{"format":"grillme-deck","version":1,"id":"own","title":"Own","items":[
 {"id":"gap","kind":"cloze","text":"It shares the {{c1::kernel}}."},
 {"id":"list","kind":"checklist","prompt":"P","steps":[{"id":"a","text":"Say what goes in","look_for":"An image."}]},
 {"id":"dial","kind":"whatif","prompt":"P","parameters":[{"id":"u","label":"Unit"}],"metrics":[
   {"id":"t","label":"Start"},{"id":"m","label":"Memory"}],"cases":[
   {"set":{"u":"VM"},"then":{"t":"up","m":"same"},"why":"It boots."}]}]}"#;

/// Without colours, words that are set bold elsewhere must still be told from those that follow.
#[test]
fn show_keeps_labels_apart_from_what_follows_without_colours() {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/own.json", MARKED);
    let shown = |item: &str| sandbox.run(&["show", item]).out.split("\n\n").next().unwrap().to_owned();
    assert_eq!(shown("own/gap"), "It shares the [kernel].");
    assert_eq!(shown("own/list"), "P\n• Say what goes in: An image.\n");
    assert_eq!(shown("own/dial"), "P\n• Unit = VM: Start up, Memory same. It boots.");
}

#[test]
fn one_undo_takes_back_all_that_one_command_did() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(12));
    sandbox.run_with(&["cards", "./many.json", "--plain"], "4\n");
    assert_eq!(sandbox.run(&["suspend", "./many.json", "--yes"]).out, "12 cards suspended.\n");
    assert_eq!(sandbox.run(&["undo"]).out, "Took back: the suspending of 12 cards.\n");
    let list = sandbox.run(&["list", "./many.json"]);
    assert!(!list.out.contains("suspended"), "{}", list.out);
    assert_eq!(sandbox.run(&["undo"]).out, "Took back: the answer to many/card-0.\n");
    assert_eq!(sandbox.run(&["undo"]).status, 4);
}

#[test]
fn nobody_to_agree_is_wrong_usage_and_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(12));
    let ran = sandbox.run_with(&["suspend", "./many.json", "--plain"], "");
    assert!(ran.status == 2 && ran.err.contains("pass --yes"), "{} {}", ran.status, ran.err);
    assert_eq!(sandbox.run_with(&["suspend", "./many.json", "--plain"], "n\n").out, "Nothing changed.\n");
    assert_eq!(sandbox.log_lines(), 0);
}

#[test]
fn a_broken_deck_among_ones_own_stops_no_other_and_is_found_by_check() {
    let sandbox = Sandbox::new();
    let decks = sandbox.home.path().join("data/decks");
    fs::create_dir_all(&decks).unwrap();
    fs::write(decks.join("torn.json"), "{").unwrap();
    fs::write(decks.join("twice.json"), many(1).replace("\"many\"", "\"twice\"").replace("card-0", "CARD")).unwrap();
    fs::write(decks.join("many.json"), many(2)).unwrap();
    let cards = sandbox.run_with(&["cards", "--plain", "--kind", "flash"], "4\n");
    assert_eq!(cards.status, 0, "{}", cards.err);
    assert!(cards.err.contains("see `grillme check"), "{}", cards.err);
    let check = sandbox.run(&["check"]);
    assert_eq!(check.status, 1, "{}", check.out);
    for found in ["torn.json", "twice.json", "many.json: 2 items fine."] {
        assert!(check.out.contains(found), "{found}: {}", check.out);
    }
}
