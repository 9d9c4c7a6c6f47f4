//! Loading a deck whole, or one item of it.

use super::check::{self, Texts};
use super::outline::Outline;
use super::read::{deck_files, read_file, read_slice};
use super::{Broken, BundledDeck, BundledFile, LoadError, Loaded, Origin, SourceFile};
use crate::deck::{Context, Deck, FromNode, Item, Lesson, Node, Problem, Span, read_deck, read_deck_head, read_lesson};

/// Reads a deck, and checks all that ties its files and items together.
///
/// # Errors
/// [`LoadError::Broken`] with every problem of every file at once; else the first file that cannot be read at all.
pub fn load(origin: &Origin) -> Result<Loaded, LoadError> {
    let Gathered { files, garbled, in_folder } = gather(origin)?;
    let mut problems = Vec::new();
    let nodes = parse(&files, garbled, &mut problems);
    let deck = if in_folder { read_folder(&nodes, &mut problems) } else { read_single(&nodes, &mut problems) };
    if !check::is_full(&problems) {
        let outline = match deck.as_ref().filter(|_| problems.is_empty()) {
            Some(deck) => Outline::of(deck, nodes.first().copied().flatten()),
            None => Outline::salvaged(&known_versions(nodes, &problems)),
        };
        check::check(&outline, &Texts::new(&files), &mut problems);
    }
    match deck {
        Some(deck) if problems.is_empty() => Ok(Loaded { deck, files, origin: origin.clone() }),
        _ => {
            problems.sort_by_key(|problem| (problem.source, problem.span));
            Err(LoadError::Broken(Box::new(Broken { name: origin.name(), problems, files })))
        }
    }
}

/// Reads one item, and nothing else of its file: `source` and `span` are those of the item in the loaded deck.
///
/// # Errors
/// [`LoadError::Changed`] if there is no longer a valid item at that place; else the file that cannot be read.
pub fn read_item(origin: &Origin, source: usize, span: Span) -> Result<Item, LoadError> {
    let changed = || LoadError::Changed { name: origin.name() };
    let text = match origin {
        Origin::Bundled(deck) => {
            deck.files.get(source).and_then(|file| file.text.get(span.start..span.end)).map(str::to_owned)
        }
        Origin::Path(path) => match deck_files(path)?.0.get(source) {
            Some(file) => read_slice(file, span)?,
            None => None,
        },
    };
    let text = text.ok_or_else(changed)?;
    let node = Node::parse_slice(&text, span.start).map_err(|_| changed())?;
    let mut problems = Vec::new();
    let item = Item::from_node(&node, &mut Context::new(source, &mut problems));
    item.filter(|_| problems.is_empty()).ok_or_else(changed)
}

/// The files of a deck.
struct Gathered {
    files: Vec<SourceFile>,
    /// For each file what is wrong with its bytes, when they are no text.
    garbled: Vec<Option<Problem>>,
    in_folder: bool,
}

fn gather(origin: &Origin) -> Result<Gathered, LoadError> {
    let (read, in_folder): (Vec<_>, bool) = match origin {
        Origin::Bundled(deck) => (deck.files.iter().map(|file| (bundled_file(deck, file), None)).collect(), true),
        Origin::Path(path) => {
            let (paths, in_folder) = deck_files(path)?;
            (paths.iter().map(|path| read_file(path)).collect::<Result<_, _>>()?, in_folder)
        }
    };
    let (files, garbled) = read.into_iter().unzip();
    Ok(Gathered { files, garbled, in_folder })
}

fn bundled_file(deck: &BundledDeck, file: &BundledFile) -> SourceFile {
    SourceFile { name: format!("bundled:{}/{}", deck.name, file.name), text: file.text.to_owned() }
}

/// Parses every file; one that is no text or no JSON leaves a problem and a gap.
fn parse<'a>(
    files: &'a [SourceFile],
    garbled: Vec<Option<Problem>>,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Node<'a>>> {
    let node_of = |(source, (file, garbled)): (usize, (&'a SourceFile, Option<Problem>))| {
        let parsed = garbled.map_or_else(|| Node::parse(&file.text), Err);
        parsed.map_err(|problem| Context::new(source, problems).report(problem)).ok()
    };
    files.iter().zip(garbled).enumerate().map(node_of).collect()
}

/// Leaves out the files of another version: nothing in them needs to mean what it says.
fn known_versions<'a>(mut nodes: Vec<Option<Node<'a>>>, problems: &[Problem]) -> Vec<Option<Node<'a>>> {
    problems.iter().filter(|problem| problem.rule == "wrong-version").for_each(|problem| nodes[problem.source] = None);
    nodes
}

fn read_single(nodes: &[Option<Node<'_>>], problems: &mut Vec<Problem>) -> Option<Deck> {
    let node = nodes.first()?.as_ref()?;
    read_deck(node, &mut Context::new(0, problems))
}

fn read_folder(nodes: &[Option<Node<'_>>], problems: &mut Vec<Problem>) -> Option<Deck> {
    let (first, rest) = nodes.split_first()?;
    let head = first.as_ref().and_then(|node| read_deck_head(node, &mut Context::new(0, problems)));
    let mut lesson =
        |(at, node): (usize, &Option<Node<'_>>)| read_lesson(node.as_ref()?, &mut Context::new(at + 1, problems));
    let lessons: Vec<Lesson> = rest.iter().enumerate().filter_map(&mut lesson).collect();
    Some(Deck { head: head?, lessons })
}
