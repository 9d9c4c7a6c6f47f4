//! The interviewer's sheet, on standard output.

use std::io::{self, Write};

use crate::deck::Item;
use crate::render;

use super::super::app::App;
use super::super::error::Stop;
use super::Interview;
use super::candidates::{self, asked_at};

pub fn run(app: &App, args: &Interview) -> Result<(), Stop> {
    let mut index = app.index()?;
    let pools = candidates::pools(app, &mut index, &args.selection)?;
    let title = pools.iter().map(|pool| pool.deck.clone()).collect::<Vec<_>>().join(", ");
    let (seed, each) = (app.seed, args.count.div_ceil(pools.len()));
    let picked = pools.into_iter().flat_map(|pool| pool.pick(app, seed, each, |_| false)).take(args.count);
    let items: Vec<Item> = picked.map(|(subject, _)| subject.item()).collect::<Result<_, _>>()?;
    let mut asked: Vec<_> = items.iter().map(|item| render::Asked { item, tier: asked_at(item) }).collect();
    asked.sort_by_key(|asked| asked.tier);
    write!(io::stdout().lock(), "{}", render::sheet(&title, &asked))?;
    Ok(())
}
