//! What is to be decided: items, questions about them, and choices.

use std::ops::Range;

use super::Tree;
use crate::search::bits::Bits;
use crate::search::key::with_word;

/// A yes or no about each item.
#[derive(Clone, Debug)]
pub struct Question {
    /// The items of the demo samples that it holds for.
    pub demos: Bits,
    /// The items of the test samples that it holds for.
    pub tests: Bits,
    /// What it costs.
    pub price: u32,
}

/// What may be done with an item.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The items of the demo samples on which it is right.
    pub right: Bits,
    /// What it comes to on each item of the test samples, as a number; equal numbers are the same.
    pub tests: Box<[u16]>,
    /// What it costs.
    pub price: u32,
}

/// Items of the demo samples and the test samples with questions and choices.
pub struct Problem {
    /// The items of the demo samples that a tree has to be right on.
    pub(super) all: Bits,
    demos: usize,
    pub(super) tests: usize,
    /// Those that tell items apart, the cheapest first, each with its number as it was handed in.
    pub(super) questions: Vec<(u32, Question)>,
    /// Those that are right somewhere, the cheapest first.
    pub(super) choices: Vec<(u32, Choice)>,
    /// By number as handed in: the place in `questions` and `choices`.
    question_places: Vec<u32>,
    choice_places: Vec<u32>,
}

impl Problem {
    /// A problem of so many items of the demo samples, at least one, and of the test samples.
    ///
    /// Of questions that hold for the same items, or for just the others, the cheapest is kept; of choices likewise.
    pub fn new(demos: usize, tests: usize, questions: Vec<Question>, choices: Vec<Choice>) -> Problem {
        let all = Bits::first(demos);
        let (question_count, choice_count) = (questions.len(), choices.len());
        let mut seen = std::collections::HashSet::new();
        let mut questions: Vec<(u32, Question)> = (0..).zip(questions).collect();
        questions.sort_by_key(|(number, question)| (question.price, *number));
        questions.retain(|(_, question)| {
            let count = question.demos.count() as usize;
            count > 0 && count < demos && seen.insert(sides_of(question, &all, tests))
        });
        let mut known = std::collections::HashSet::new();
        let mut choices: Vec<(u32, Choice)> = (0..).zip(choices).collect();
        choices.sort_by_key(|(number, choice)| (choice.price, *number));
        choices.retain(|(_, choice)| {
            choice.right.count() > 0 && known.insert((choice.right.0.clone(), choice.tests.clone()))
        });
        let places = |numbers: Vec<u32>, count: usize| {
            let mut places = vec![0; count];
            (0..).zip(numbers).for_each(|(place, number)| places[number as usize] = place);
            places
        };
        let question_places = places(questions.iter().map(|(number, _)| *number).collect(), question_count);
        let choice_places = places(choices.iter().map(|(number, _)| *number).collect(), choice_count);
        Problem { all, demos, tests, questions, choices, question_places, choice_places }
    }

    /// Leaves items of the demo samples out, those at these places, instead of any that were left out before.
    pub(super) fn leave_out(&mut self, places: Range<usize>) {
        self.all = Bits::first(self.demos);
        places.for_each(|place| self.all.take(place));
    }

    pub(super) fn leaf(&self, place: usize) -> Tree {
        Tree::Leaf(self.choices[place].0)
    }

    pub(super) fn split(&self, place: usize, yes: Tree, no: Tree) -> Tree {
        Tree::Split(self.questions[place].0, Box::new(yes), Box::new(no))
    }

    fn question(&self, number: u32) -> &Question {
        &self.questions[self.question_places[number as usize] as usize].1
    }

    fn choice(&self, number: u32) -> &Choice {
        &self.choices[self.choice_places[number as usize] as usize].1
    }

    /// Price and number of leaves of a tree.
    pub fn price(&self, tree: &Tree) -> (u32, u32) {
        match tree {
            Tree::Leaf(choice) => (self.choice(*choice).price, 1),
            Tree::Split(question, yes, no) => {
                let ((yes, some), (no, others)) = (self.price(yes), self.price(no));
                (self.question(*question).price + yes + no, some + others)
            }
        }
    }

    /// A key of what a tree comes to on the items of the test samples.
    pub fn key(&self, tree: &Tree) -> u64 {
        (0..self.tests).fold(0, |key, item| with_word(key, u64::from(self.given(tree, item))))
    }

    fn given(&self, tree: &Tree, item: usize) -> u16 {
        match tree {
            Tree::Leaf(choice) => self.choice(*choice).tests[item],
            Tree::Split(question, yes, no) => {
                let holds = self.question(*question).tests.has(item);
                self.given(if holds { yes } else { no }, item)
            }
        }
    }
}

/// What a question tells apart, whichever side is called yes.
fn sides_of(question: &Question, all: &Bits, tests: usize) -> (Bits, Bits) {
    if question.demos.has(0) {
        return (question.demos.clone(), question.tests.clone());
    }
    let mut others = all.clone();
    others.take_out(&question.demos);
    let mut rest = Bits::first(tests);
    rest.take_out(&question.tests);
    (others, rest)
}
