//! Decision trees over items: the cheapest small ones that are right on every item.
//!
//! An item is whatever a rule decides about: a cell, an object, a panel. *Questions* say yes or no about each item, and
//! *choices* are what may be done with it; a choice is right on some items and wrong on others. Both have prices, and a
//! tree costs the sum of what is in it. Trees that come to the same on the items of the test samples are one.
//!
//! Up to three leaves all trees are looked at, the cheaper splits first, as far as the work that is allowed goes; larger
//! ones are grown greedily, see [`grown`]. What is found depends on the problem and the bounds alone.
//!
//! Source of the scheme (enumerate terms and predicates, then unify them by a decision tree): Alur, Radhakrishna and
//! Udupa, "Scaling enumerative program synthesis via divide and conquer" (EUSolver), 2017.

mod exact;
mod grown;
mod problem;

use std::collections::HashMap;
use std::ops::Range;

pub use problem::{Choice, Problem, Question};

/// A decision tree; questions and choices are numbered as they were handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A choice.
    Leaf(u32),
    /// A question, what becomes of items that it holds for, and what of the others.
    Split(u32, Box<Tree>, Box<Tree>),
}

/// A tree that is right on all items of the demo samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The tree.
    pub tree: Tree,
    /// The sum of the prices in it.
    pub price: u32,
    /// How many leaves it has.
    pub leaves: u32,
    /// Which choice each item of the test samples gets, hashed by what comes of it.
    pub key: u64,
}

/// What a search for trees may do.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Leaves of a tree.
    pub leaves: u32,
    /// Trees that are given.
    pub trees: usize,
    /// Words of bits that are looked at, roughly.
    pub work: i64,
}

/// The trees, the cheapest first, all different on the test samples; and the work that was done.
pub fn learn(problem: &Problem, bounds: Bounds) -> (Vec<Learned>, i64) {
    let mut found = Found { by_key: HashMap::new(), left: bounds.work };
    exact::search(problem, bounds.leaves.min(3), &mut found);
    let mut work = bounds.work - found.left;
    if bounds.leaves > 3 && found.by_key.len() < bounds.trees {
        found.left = bounds.work / 4;
        grown::search(problem, bounds.leaves, &mut found);
        work += bounds.work / 4 - found.left;
    }
    let mut trees: Vec<Learned> = found.by_key.into_values().collect();
    trees.sort_by_key(|tree| (tree.price, tree.leaves, tree.key));
    trees.truncate(bounds.trees);
    (trees, work)
}

/// Trees of two leaves that are right on most items, the best first; and the work that was done.
pub fn nearest(problem: &Problem, most: usize, work: i64) -> (Vec<Tree>, i64) {
    let mut found = Found { by_key: HashMap::new(), left: work };
    let trees = grown::nearest(problem, most, &mut found);
    (trees, work - found.left)
}

/// How far trees are confirmed: for each the number of demo samples without which the cheapest tree still comes to the same
/// on the test samples; and the work that was done.
///
/// Args: `demos`: where the items of each demo sample lie that is left out in its turn; `trees`: what was learned from all.
pub fn confirmed(problem: &mut Problem, demos: &[Range<usize>], trees: &[Learned], bounds: Bounds) -> (Vec<u32>, i64) {
    let (mut counts, mut work) = (vec![0; trees.len()], 0);
    for places in demos {
        problem.leave_out(places.clone());
        let (cheapest, spent) = learn(problem, Bounds { trees: 1, ..bounds });
        work += spent;
        let key = cheapest.first().map(|tree| tree.key);
        trees.iter().zip(&mut counts).for_each(|(tree, count)| *count += u32::from(Some(tree.key) == key));
    }
    problem.leave_out(0..0);
    (counts, work)
}

/// The cheapest tree for each outcome on the test samples, and the work that is left.
struct Found {
    by_key: HashMap<u64, Learned>,
    left: i64,
}

impl Found {
    /// Takes up a tree that is right, unless one that comes to the same is cheaper, or as cheap and earlier.
    fn add(&mut self, problem: &Problem, tree: Tree) {
        let (price, leaves) = problem.price(&tree);
        let key = problem.key(&tree);
        self.left -= problem.tests as i64;
        let learned = Learned { tree, price, leaves, key };
        match self.by_key.get(&key) {
            Some(known) if known.price <= price => {}
            _ => {
                self.by_key.insert(key, learned);
            }
        }
    }

    /// Counts work; whether some is left.
    fn pay(&mut self, work: usize) -> bool {
        self.left -= work as i64;
        self.left > 0
    }
}
