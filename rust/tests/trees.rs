//! Decision trees: right on all items, the cheapest first, all different on the test samples.

use arcbatt_native::search::bits::Bits;
use arcbatt_native::search::trees::{Bounds, Choice, Problem, Question, Tree, learn};

const BOUNDS: Bounds = Bounds { leaves: 5, trees: 8, work: 10_000_000 };

fn bits(text: &str) -> Bits {
    let mut bits = Bits::none(text.len().div_ceil(64));
    text.bytes().enumerate().filter(|(_, mark)| *mark == b'1').for_each(|(place, _)| bits.set(place));
    bits
}

fn question(demos: &str, tests: &str, price: u32) -> Question {
    Question { demos: bits(demos), tests: bits(tests), price }
}

fn choice(right: &str, tests: &[u16], price: u32) -> Choice {
    Choice { right: bits(right), tests: tests.into(), price }
}

fn leaf(number: u32) -> Box<Tree> {
    Box::new(Tree::Leaf(number))
}

#[test]
fn the_cheapest_question_that_tells_apart_is_taken() {
    let questions = vec![question("1100", "10", 9), question("0011", "10", 4), question("1010", "11", 1)];
    let choices = vec![choice("1100", &[1, 1], 2), choice("0011", &[2, 2], 2)];
    let (trees, work) = learn(&Problem::new(4, 2, questions, choices), BOUNDS);
    assert_eq!(trees[0].tree, Tree::Split(1, leaf(1), leaf(0)));
    assert_eq!((trees[0].price, trees[0].leaves), (8, 2));
    assert_eq!(trees[1].tree, Tree::Split(0, leaf(0), leaf(1)), "another outcome on the test");
    assert!(work > 0);
}

#[test]
fn one_choice_that_is_right_everywhere_is_a_tree() {
    let (trees, _) =
        learn(&Problem::new(3, 1, Vec::new(), vec![choice("111", &[1], 5), choice("110", &[2], 1)]), BOUNDS);
    assert_eq!(trees.len(), 1);
    assert_eq!(trees[0].tree, Tree::Leaf(0));
}

#[test]
fn of_trees_with_one_outcome_the_cheapest_is_given() {
    let questions = vec![question("10", "10", 4), question("01", "01", 3)];
    let choices = vec![choice("10", &[1, 1], 1), choice("01", &[2, 2], 1)];
    let (trees, _) = learn(&Problem::new(2, 2, questions, choices), BOUNDS);
    assert_eq!(trees.len(), 1);
    assert_eq!(trees[0].tree, Tree::Split(1, leaf(1), leaf(0)));
}

#[test]
fn three_and_four_leaves_are_found_and_nothing_where_nothing_fits() {
    // Four quarters of sixteen items, each with its own choice; two questions tell them apart.
    let halves = "1111111100000000";
    let quarters = "1111000011110000";
    let choices = |count: usize| {
        let right = |number: usize| (0..16).map(|item| if item / 4 == number { '1' } else { '0' }).collect::<String>();
        (0..count).map(|number| choice(&right(number), &[number as u16], 1)).collect::<Vec<_>>()
    };
    let questions = || vec![question(halves, "1", 3), question(quarters, "1", 3)];
    let (trees, _) = learn(&Problem::new(16, 1, questions(), choices(4)), BOUNDS);
    assert_eq!(trees[0].leaves, 4);
    assert!(learn(&Problem::new(16, 1, questions(), choices(3)), BOUNDS).0.is_empty());
    let three = vec![
        choice("1111000000000000", &[0], 1),
        choice("0000111100000000", &[1], 1),
        choice("0000000011111111", &[2], 1),
    ];
    let (trees, _) = learn(&Problem::new(16, 1, questions(), three), BOUNDS);
    assert_eq!(trees[0].leaves, 3);
}

#[test]
fn work_is_bounded() {
    let demos = 640;
    let pattern = |seed: usize| {
        (0..demos).map(|item| if (item * 7919 + seed * 104_729) % 13 < 6 { '1' } else { '0' }).collect::<String>()
    };
    let questions = (0..300).map(|seed| question(&pattern(seed), "1", 3)).collect();
    let choices = (0..20).map(|seed| choice(&pattern(seed + 1000), &[seed as u16], 1)).collect();
    let bounds = Bounds { work: 50_000, ..BOUNDS };
    let (_, work) = learn(&Problem::new(demos, 1, questions, choices), bounds);
    assert!(work <= 3 * bounds.work, "{work}");
}
