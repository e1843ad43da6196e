//! Trees of one to three leaves, all of them, the cheaper splits first.

use std::collections::HashSet;

use super::problem::Problem;
use super::{Found, Tree};
use crate::search::bits::Bits;

/// Choices that are tried on one side of a split, the cheapest ones that are right there.
const SIDE: usize = 3;
/// Choices that are looked at together.
const CHUNK: usize = 8;
/// Parts of the items that are split once more.
const MOST_PARTS: usize = 4_096;

/// Adds the trees of at most so many leaves.
pub fn search(problem: &Problem, leaves: u32, found: &mut Found) {
    let wrong = Wrong::of(problem);
    for (place, _) in wrong.items.iter().enumerate().filter(|(_, wrong)| wrong.is_empty()) {
        found.add(problem, problem.leaf(place));
    }
    if leaves < 2 {
        return;
    }
    let mut parts = Vec::new();
    let mut seen = HashSet::new();
    let keep = |split: usize, sides: &Sides, parts: &mut Vec<Part>| {
        for (is_yes, side) in [(true, &sides.yes), (false, &sides.no)] {
            let Some(&choice) = side.right.first() else { continue };
            let rest = if is_yes { &sides.no } else { &sides.yes };
            if rest.right.is_empty() && parts.len() < MOST_PARTS && seen.insert(rest.items.clone()) {
                let price = problem.questions[split].1.price + problem.choices[choice].1.price;
                parts.push(Part { split, is_yes, choices: side.right.clone(), items: rest.items.clone(), price });
            }
        }
    };
    two_leaves(problem, &wrong, &problem.all, found, &mut parts, keep);
    if leaves < 3 {
        return;
    }
    parts.sort_by_key(|part| part.price);
    for part in &parts {
        let mut inner = Inner { problem, part, trees: Vec::new() };
        let is_done = inner.search(&wrong, found);
        for tree in inner.trees {
            found.add(problem, tree);
        }
        if !is_done {
            return;
        }
    }
}

/// One side of a split is decided; the items of the other are not.
struct Part {
    split: usize,
    /// Whether the side that is decided is that of the items that the question holds for.
    is_yes: bool,
    choices: Vec<usize>,
    items: Bits,
    price: u32,
}

/// The two sides of a question among some items.
struct Sides {
    yes: Side,
    no: Side,
}

struct Side {
    items: Bits,
    /// The cheapest choices that are right on all of its items.
    right: Vec<usize>,
}

/// The items on which choices are wrong.
struct Wrong {
    /// By choice.
    items: Vec<Bits>,
    /// The same by word: the words of all choices side by side, since one word mostly tells that a choice is wrong.
    words: Vec<Box<[u64]>>,
}

impl Wrong {
    fn of(problem: &Problem) -> Wrong {
        let wrong = |right: &Bits| {
            let mut items = problem.all.clone();
            items.take_out(right);
            items
        };
        let items: Vec<Bits> = problem.choices.iter().map(|(_, choice)| wrong(&choice.right)).collect();
        let words = (0..problem.all.0.len()).map(|word| items.iter().map(|items| items.0[word]).collect()).collect();
        Wrong { items, words }
    }
}

/// Goes through all questions about some items: adds the trees of two leaves where these are all items, and shows each
/// split to `see`. Whether there was work enough.
fn two_leaves(
    problem: &Problem,
    wrong: &Wrong,
    items: &Bits,
    found: &mut Found,
    parts: &mut Vec<Part>,
    mut see: impl FnMut(usize, &Sides, &mut Vec<Part>),
) -> bool {
    for split in 0..problem.questions.len() {
        let Some(sides) = sides_of(problem, wrong, items, split, found) else { continue };
        for &yes in &sides.yes.right {
            for &no in &sides.no.right {
                if yes != no {
                    found.add(problem, problem.split(split, problem.leaf(yes), problem.leaf(no)));
                }
            }
        }
        see(split, &sides, parts);
        if found.left <= 0 {
            return false;
        }
    }
    true
}

/// The sides of a question among some items; None where one is empty.
fn sides_of(problem: &Problem, wrong: &Wrong, items: &Bits, split: usize, found: &mut Found) -> Option<Sides> {
    let question = &problem.questions[split].1;
    let (mut yes, mut no) = (items.clone(), items.clone());
    yes.keep(&question.demos);
    no.take_out(&question.demos);
    found.pay(2 * items.0.len());
    if yes.is_empty() || no.is_empty() {
        return None;
    }
    Some(Sides { yes: side_of(wrong, yes, found), no: side_of(wrong, no, found) })
}

/// A side with the first choices that are right on all of its items, of which there are some. Each choice that is looked
/// at is paid for by the words up to the first that tells.
fn side_of(wrong: &Wrong, items: Bits, found: &mut Found) -> Side {
    let mut right = Vec::new();
    let (first, word) = items.first_word();
    let mut paid = 0;
    'all: for (chunk, words) in wrong.words[first].chunks(CHUNK).enumerate() {
        paid += words.len();
        // Most choices are wrong on the first items: those are passed over without a branch for each.
        if !words.iter().fold(false, |is_right, words| is_right | (words & word == 0)) {
            continue;
        }
        paid -= words.len();
        for (place, words) in (CHUNK * chunk..).zip(words) {
            paid += 1;
            if words & word != 0 {
                continue;
            }
            let (items, wrong) = (&items.0[first..], &wrong.items[place].0[first..]);
            let looked = items.iter().zip(wrong).position(|(items, wrong)| items & wrong != 0);
            paid += looked.unwrap_or(items.len());
            if looked.is_none() {
                right.push(place);
                if right.len() == SIDE {
                    break 'all;
                }
            }
        }
    }
    found.pay(paid);
    Side { items, right }
}

/// The search for two more leaves on the side that is not decided.
struct Inner<'a> {
    problem: &'a Problem,
    part: &'a Part,
    trees: Vec<Tree>,
}

impl Inner<'_> {
    /// Whether there was work enough.
    fn search(&mut self, wrong: &Wrong, found: &mut Found) -> bool {
        let Inner { problem, part, .. } = *self;
        for split in 0..problem.questions.len() {
            let Some(sides) = sides_of(problem, wrong, &part.items, split, found) else { continue };
            for &yes in &sides.yes.right {
                for &no in &sides.no.right {
                    if yes != no {
                        self.add(problem.split(split, problem.leaf(yes), problem.leaf(no)));
                    }
                }
            }
            if found.left <= 0 {
                return false;
            }
        }
        true
    }

    fn add(&mut self, rest: Tree) {
        let Inner { problem, part, trees } = self;
        for &choice in &part.choices {
            let decided = problem.leaf(choice);
            trees.push(match part.is_yes {
                true => problem.split(part.split, decided, rest.clone()),
                false => problem.split(part.split, rest.clone(), decided),
            });
        }
    }
}
