//! A lesson gone through at the prompt: questions first, the theory block by block, then the exercises.

use crate::deck::{Deck, Item, Kind, KindName, Lesson, Scenario, Theory};
use crate::library::Origin;
use crate::render;
use crate::schedule::Coverage;
use crate::session;
use crate::term::{self, Reply};

use super::app::App;
use super::chance;
use super::error::Stop;
use super::play::Player;
use super::round::{Entry, Round};

/// How many questions come before the theory.
const PRETEST: usize = 3;

/// Rows that a prompt takes below what is read.
const PROMPT_ROWS: usize = 3;

/// Reads a lesson with its learner.
pub struct Reader<'r, 'a> {
    pub app: &'a App,
    pub player: &'r mut Player<'a>,
    pub origin: &'r Origin,
    pub deck: &'r Deck,
    pub lesson: &'r Lesson,
    pub shown: &'r [Coverage],
}

impl Reader<'_, '_> {
    /// Goes through the lesson; tells whether it came to the end.
    pub fn run(&mut self) -> Result<bool, Stop> {
        for stage in [Self::open, Self::pretest, Self::theory, Self::exercises] {
            loop {
                match stage(self)? {
                    Reply::Given(()) => break,
                    Reply::Undo => {}
                    Reply::Hint | Reply::Leave => return Ok(false),
                }
            }
        }
        Ok(true)
    }

    fn open(&mut self) -> Result<Reply<()>, Stop> {
        let head = render::lesson_head(&self.deck.head, self.lesson, self.shown, self.player.prompter().style());
        self.show(&head)?.then(|()| Ok(self.player.prompter().pause()?))
    }

    fn pretest(&mut self) -> Result<Reply<()>, Stop> {
        let entries = self.pretested();
        if entries.is_empty() {
            return Ok(Reply::Given(()));
        }
        let questions = render::counted(entries.len(), "question");
        let why = "No score: a wrong guess helps what you read to stick.";
        self.say(&["", &format!("Before you read, {questions}. {why}")])?;
        Round::new(self.player, &entries, false, None).pause_at_end().run()
    }

    /// Chooses short questions, of as many objectives as there are.
    fn pretested(&self) -> Vec<Entry> {
        let short = |item: &&Item| matches!(item.kind, Kind::Choice(_) | Kind::Typed(_) | Kind::Cloze(_));
        let items: Vec<&Item> = self.lesson.items.iter().filter(short).collect();
        let mut groups: Vec<Vec<&Item>> = Vec::new();
        for at in chance::shuffled(self.app.seed, self.lesson.id.as_str(), 0, items.len()) {
            let item = items[at];
            match groups.iter_mut().find(|group| group[0].objectives.first() == item.objectives.first()) {
                Some(group) => group.push(item),
                None => groups.push(vec![item]),
            }
        }
        let chosen = session::spread(groups).into_iter().take(PRETEST);
        chosen.filter_map(|item| self.entries(item).into_iter().next()).collect()
    }

    /// Shows the theory, one block after another; going back shows the one before again.
    fn theory(&mut self) -> Result<Reply<()>, Stop> {
        let mut at = 0;
        while let Some(block) = self.lesson.theory.get(at) {
            match self.block(block)? {
                Reply::Given(()) => at += 1,
                Reply::Undo => at = at.saturating_sub(1),
                other => return Ok(other),
            }
        }
        Ok(Reply::Given(()))
    }

    /// Shows a block. What a trade-off costs waits until the learner has said it.
    fn block(&mut self, block: &Theory) -> Result<Reply<()>, Stop> {
        let style = *self.player.prompter().style();
        let rest = render::theory_rest(block, &style);
        self.say(&[""])?;
        let mut shown = self.show(&render::theory_start(block, &style))?;
        if !rest.is_empty() {
            shown = shown.then(|()| {
                self.say(&["", "And the cost? Say it for yourself first."])?;
                self.player.prompter().reveal(&[], false)?.then(|_| {
                    self.say(&[""])?;
                    self.show(&rest)
                })
            })?;
        }
        shown.then(|()| Ok(self.player.prompter().pause()?))
    }

    fn exercises(&mut self) -> Result<Reply<()>, Stop> {
        let worked = self.lesson.items.iter().filter(|item| is_exercise(&item.kind));
        let mut entries: Vec<Entry> = worked.flat_map(|item| self.entries(item)).collect();
        if entries.is_empty() {
            return Ok(Reply::Given(()));
        }
        self.say(&["", &format!("That was the theory. {} to do.", render::counted(entries.len(), "exercise"))])?;
        match self.watch_first(&entries)? {
            Reply::Given(Some(at)) => drop(entries.remove(at)),
            Reply::Given(None) => {}
            other => return Ok(other.map(|_| ())),
        }
        Round::new(self.player, &entries, false, None).run()
    }

    /// Offers to show the first scenario worked through; gives its place when it was watched.
    fn watch_first(&mut self, entries: &[Entry]) -> Result<Reply<Option<usize>>, Stop> {
        for (at, entry) in entries.iter().enumerate() {
            let Kind::Scenario(scenario) = &entry.item.kind else { continue };
            let offer = "Watch the first scenario worked through, in place of doing it?";
            return self.player.prompter().confirm(offer, true)?.then(|yes| {
                let seen = if yes { self.watch(entry, scenario)? } else { Reply::Given(()) };
                Ok(seen.map(|()| yes.then_some(at)))
            });
        }
        Ok(Reply::Given(None))
    }

    fn watch(&mut self, entry: &Entry, scenario: &Scenario) -> Result<Reply<()>, Stop> {
        self.say(&[""])?;
        self.player.watch(&entry.question(0), scenario)?.then(|()| Ok(self.player.prompter().pause()?))
    }

    fn entries(&self, item: &Item) -> Vec<Entry> {
        Entry::all(self.origin, self.deck, self.lesson, item)
    }

    fn say(&mut self, lines: &[&str]) -> Result<(), Stop> {
        let style = *self.player.prompter().style();
        let set = lines.iter().flat_map(|line| render::wrap(line, style.prose_width()));
        set.into_iter().try_for_each(|line| self.player.asker.say(&line))
    }

    /// Shows lines, and waits whenever the screen is full; about as many on each screen.
    fn show(&mut self, lines: &[String]) -> Result<Reply<()>, Stop> {
        let rows = term::size().filter(|_| self.app.terminal.stderr).map_or(usize::MAX, |(rows, _)| usize::from(rows));
        let screens = lines.len().div_ceil(rows.saturating_sub(PROMPT_ROWS).max(1)).max(1);
        for (at, screen) in lines.chunks(lines.len().div_ceil(screens).max(1)).enumerate() {
            if at > 0 && !matches!(self.player.prompter().pause()?, Reply::Given(())) {
                return Ok(Reply::Leave);
            }
            screen.iter().try_for_each(|line| self.player.asker.say(line))?;
        }
        Ok(Reply::Given(()))
    }
}

/// Tells whether a kind has something to work through at the end of a lesson.
fn is_exercise(kind: &Kind) -> bool {
    let worked = [KindName::Order, KindName::Match, KindName::Diagram, KindName::Whatif, KindName::Scenario];
    worked.contains(&kind.name()) || kind.name() == KindName::Checklist
}
