//! Trees of more leaves, grown from the root: the questions that leave fewest items wrong, a few at each node.

use super::problem::Problem;
use super::{Found, Tree};
use crate::search::bits::Bits;

/// Choices that are looked at.
const CHOICES: usize = 16;
/// Questions that are tried at the root and below.
const WIDTHS: [usize; 3] = [6, 3, 1];

/// Adds trees of at most so many leaves.
pub fn search(problem: &Problem, leaves: u32, found: &mut Found) {
    let choices = covering(problem);
    let mut grower = Grower { problem, choices };
    for tree in grower.trees(&problem.all, leaves, 0, found) {
        found.add(problem, tree);
    }
}

/// The trees of two leaves that are wrong on the fewest items, at most so many, those first that are wrong on fewer.
pub fn nearest(problem: &Problem, most: usize, found: &mut Found) -> Vec<Tree> {
    let mut grower = Grower { problem, choices: covering(problem) };
    let best = grower.best(&problem.all, most, found);
    let leaf = |items: &Bits| {
        let right = |place: &&usize| (problem.choices[**place].1.right.common(items), std::cmp::Reverse(**place));
        grower.choices.iter().max_by_key(right).map(|place| problem.leaf(*place))
    };
    best.into_iter().filter_map(|(split, yes, no)| Some(problem.split(split, leaf(&yes)?, leaf(&no)?))).collect()
}

/// The choices that together are right on most items: each time the one that is right on most of what is left.
fn covering(problem: &Problem) -> Vec<usize> {
    let mut left = problem.all.clone();
    let mut chosen = Vec::new();
    while chosen.len() < CHOICES {
        let rest = (0..problem.choices.len()).filter(|place| !chosen.contains(place));
        let common = |place: &usize| (problem.choices[*place].1.right.common(&left), std::cmp::Reverse(*place));
        let Some(best) = rest.max_by_key(common) else { break };
        if left.is_empty() {
            left = problem.all.clone();
        }
        left.take_out(&problem.choices[best].1.right);
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen
}

struct Grower<'a> {
    problem: &'a Problem,
    choices: Vec<usize>,
}

impl Grower<'_> {
    /// Trees that are right on these items; none where it does not work out.
    fn trees(&mut self, items: &Bits, leaves: u32, depth: usize, found: &mut Found) -> Vec<Tree> {
        let right =
            (0..self.problem.choices.len()).filter(|place| items.is_within(&self.problem.choices[*place].1.right));
        let right: Vec<usize> = right.take(2).collect();
        found.pay(self.problem.choices.len() * 2);
        if !right.is_empty() {
            return right.into_iter().map(|place| self.problem.leaf(place)).collect();
        }
        if leaves < 2 || found.left <= 0 {
            return Vec::new();
        }
        let mut trees = Vec::new();
        for (split, yes, no) in self.best(items, WIDTHS[depth.min(WIDTHS.len() - 1)], found) {
            let some = self.trees(&yes, leaves - 1, depth + 1, found);
            let Some(fewest) = some.iter().map(|tree| self.problem.price(tree).1).min() else { continue };
            let others = self.trees(&no, leaves - fewest, depth + 1, found);
            for one in some.iter().take(2) {
                for other in others.iter().take(2) {
                    let tree = self.problem.split(split, one.clone(), other.clone());
                    if self.problem.price(&tree).1 <= leaves {
                        trees.push(tree);
                    }
                }
            }
        }
        trees
    }

    /// The questions after which fewest items are wrong by the best choice on each side; of equals the cheapest.
    fn best(&mut self, items: &Bits, width: usize, found: &mut Found) -> Vec<(usize, Bits, Bits)> {
        let mut best: Vec<(u32, u32, usize)> = Vec::new();
        for (place, (_, question)) in self.problem.questions.iter().enumerate() {
            if found.left <= 0 {
                break;
            }
            let (mut yes, mut no) = (items.clone(), items.clone());
            yes.keep(&question.demos);
            no.take_out(&question.demos);
            if yes.is_empty() || no.is_empty() {
                continue;
            }
            found.pay(2 * self.choices.len() * items.0.len() / 4);
            let wrong = self.wrong(&yes) + self.wrong(&no);
            best.push((wrong, question.price, place));
        }
        best.sort_unstable();
        best.truncate(width);
        let sides = |(_, _, place): (u32, u32, usize)| {
            let (mut yes, mut no) = (items.clone(), items.clone());
            yes.keep(&self.problem.questions[place].1.demos);
            no.take_out(&self.problem.questions[place].1.demos);
            (place, yes, no)
        };
        best.into_iter().map(sides).collect()
    }

    /// How many of the items the best choice has wrong.
    fn wrong(&self, items: &Bits) -> u32 {
        let right = self.choices.iter().map(|place| self.problem.choices[*place].1.right.common(items));
        items.count() - right.max().unwrap_or(0)
    }
}
