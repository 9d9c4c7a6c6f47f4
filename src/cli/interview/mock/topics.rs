//! What a mock interview may ask: the interview questions and scenarios that were selected.

use std::collections::BTreeMap;

use crate::deck::{Deck, Item, Kind, Lesson, Tier};
use crate::library::{self, Filter, Narrowed, Origin, Target};
use crate::schedule;
use crate::session::Topic;

use super::super::super::app::App;
use super::super::super::contents;
use super::super::super::error::Stop;
use super::super::super::select;
use super::super::Interview;

/// The items by their keys, and what the plan needs to know of them.
pub struct Topics {
    pub tier: Tier,
    pub questions: Vec<Topic>,
    pub scenarios: Vec<Topic>,
    items: BTreeMap<String, (Origin, Item)>,
}

impl Topics {
    /// Gives an item.
    pub fn item(&self, key: &str) -> Option<&(Origin, Item)> {
        self.items.get(key)
    }
}

/// Finds the topics. Their order within a tier is the seed's.
pub fn find(app: &App, args: &Interview) -> Result<Topics, Stop> {
    let mut index = app.index()?;
    let mut topics =
        Topics { tier: Tier::Beginner, questions: Vec::new(), scenarios: Vec::new(), items: BTreeMap::new() };
    let mut standings = Vec::new();
    for target in select::targets(app, &args.selection.selectors)? {
        let loaded = contents::load(app, &target.origin)?;
        contents::note(app, &mut index, &loaded)?;
        if loaded.deck.is_sealed() {
            match args.selection.selectors.is_empty() {
                true => continue,
                false => return Err(Stop::Sealed(target.origin.name())),
            }
        }
        let filter = filter(args, &loaded.deck, &target)?;
        let before = topics.questions.len();
        for (_, item) in loaded.deck.items().filter(|(lesson, item)| filter.matches(lesson, item)) {
            topics.add(&target.origin, &loaded.deck, item);
        }
        if topics.questions.len() > before {
            standings.push(index.standing(loaded.deck.head.id.as_str())?.tier);
        }
    }
    if topics.questions.is_empty() {
        return Err(Stop::Nothing(
            "nothing selected: no interview question fits\nhint: `grillme list DECK --kind interview` shows them"
                .into(),
        ));
    }
    let asked = args.selection.filter.filter()?.tiers.into_iter().max();
    topics.tier = asked.or(standings.into_iter().min()).unwrap_or(Tier::Beginner);
    topics.shuffle(app.seed);
    Ok(topics)
}

fn filter(args: &Interview, deck: &Deck, target: &Target) -> Result<Filter, Stop> {
    let mut filter = args.selection.filter.filter()?;
    match target.rest.as_ref().map(|rest| library::narrow(deck, rest)).transpose()? {
        Some(Narrowed::Lesson(Lesson { id, .. })) => filter.lessons.push(id.clone()),
        Some(Narrowed::Item(_, item)) => filter.items.push(item.id.clone()),
        None => {}
    }
    Ok(filter)
}

impl Topics {
    fn add(&mut self, origin: &Origin, deck: &Deck, item: &Item) {
        let (pile, follow_ups) = match &item.kind {
            Kind::Interview(interview) => (&mut self.questions, interview.follow_ups.len()),
            Kind::Scenario(_) => (&mut self.scenarios, 0),
            _ => return,
        };
        let key = format!("{}/{}", deck.head.id, item.id);
        let tier = item.tier.unwrap_or(Tier::Beginner);
        pile.push(Topic { key: key.clone(), tier, seconds: item.seconds, follow_ups });
        self.items.insert(key, (origin.clone(), item.clone()));
    }

    fn shuffle(&mut self, seed: u64) {
        let place = |topic: &Topic| schedule::chance(&format!("{}@{seed}", topic.key), 0);
        for pile in [&mut self.questions, &mut self.scenarios] {
            pile.sort_by(|a, b| place(a).total_cmp(&place(b)));
        }
    }
}
