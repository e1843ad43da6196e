//! The search: level by level, block by block, expression by expression, until a limit or the end.

mod in_bulk;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::context::{Context, Watch};
use crate::fail::Fail;
use crate::memory;
use crate::value::{Grid, Value};

use super::answer::Answer;
use super::bank::{Bank, Origin, is_packed};
use super::bulk::answered::Found;
use super::bulk::{Bulk, Home};
use super::evaluate::Evaluator;
use super::goals::frame::dispatch::{Goals, Offered};
use super::goals::frame::goal::Level;
use super::goals::goals_of;
use super::grammar::{Grammar, Kind, MAX_ARGUMENTS};
use super::levels::{Block, Cursor, blocks_of};
use super::limits::{End, Limits, Spent};
use super::program::{self, ProgramNode};
use super::table::Table;

/// Units of fuel, an expression counting some, between two looks at the clock.
const CHECK_EVERY: i64 = 8_192;
/// What an expression counts among them.
const STEPS: i64 = 16;
/// What calls functions on elements may spend this part of what other expressions may.
const CALLING_SHARE: i64 = 4;
/// More fuel than the goals ever spend on one expression.
const GOAL_FUEL: i64 = i64::MAX / 4;

/// The level that is being looked at.
#[derive(Default)]
struct OpenLevel {
    blocks: Vec<Block>,
    /// How many of the blocks, the first ones, have results that the goals are shown.
    offered: usize,
    /// Number of the current block.
    block: usize,
    /// None before the first combination of the current block.
    cursor: Option<Cursor>,
    /// Number of its combination in the block, as far as a device went through it.
    number: u64,
    /// Number of the next leaf of the grammar.
    leaf: usize,
    /// Number of the next fragment.
    fragment: usize,
    /// Whether what is found will be built on; else only the goals are shown it.
    is_kept: bool,
}

/// An expression that was known before the search: what it gives on each sample.
struct Fragment {
    number: u32,
    kind: u8,
    cost: u16,
    values: Vec<Value>,
}

/// A search for one task.
pub struct Search {
    grammar: Grammar,
    limits: Limits,
    inputs: Vec<Value>,
    fragments: Vec<Fragment>,
    goals: Goals,
    bank: Bank,
    table: Table,
    evaluator: Evaluator,
    level: OpenLevel,
    spent: Spent,
    end: Option<End>,
    found: Vec<Answer>,
    /// Fuel spent since the last look at the clock.
    since: i64,
    /// The device that works for it; None where there is none.
    bulk: Option<Box<Bulk>>,
}

impl Search {
    /// A search that has not begun. There is at least one input and no more outputs than inputs; all are grids of ARC.
    pub fn new(grammar: Grammar, limits: Limits, outputs: Vec<Grid>, inputs: Vec<Grid>) -> Search {
        let before = memory::allocated();
        let goals = goals_of(outputs, inputs.clone());
        let inputs: Vec<Value> = inputs.into_iter().map(Value::Grid).collect();
        let mut search = Search {
            bank: Bank::new(grammar.kinds.len(), inputs.len()),
            goals,
            table: Table::default(),
            evaluator: Evaluator::new(&inputs),
            inputs,
            fragments: Vec::new(),
            level: OpenLevel::default(),
            spent: Spent::default(),
            end: None,
            found: Vec::new(),
            since: 0,
            bulk: None,
            grammar,
            limits,
        };
        search.count_memory(memory::allocated() - before);
        search
    }

    /// Counts bytes that it holds beside those that it allocates while it goes on.
    pub fn count_memory(&mut self, bytes: i64) {
        self.spent.memory_bytes += bytes;
    }

    /// Adds an expression that is known: it counts as one of that cost, of each offered kind that its values belong to.
    /// To be called before the search begins.
    ///
    /// `number` is what the caller knows it by; `values` has one for each sample.
    pub fn add_fragment(&mut self, number: u32, cost: u16, values: &[Value]) {
        for (kind, known) in self.grammar.kinds.iter().enumerate() {
            if known.is_offered && values.iter().all(|value| known.form.admits(value)) {
                self.fragments.push(Fragment { number, kind: kind as u8, cost: cost.max(1), values: values.to_vec() });
            }
        }
    }

    /// The inputs of all samples, demo samples first.
    pub fn inputs(&self) -> &[Value] {
        &self.inputs
    }

    /// What was done so far.
    pub fn spent(&self) -> Spent {
        self.spent
    }

    /// Why it ended; None as long as it can go on.
    pub fn end(&self) -> Option<End> {
        self.end
    }

    /// All entries so far.
    pub fn bank(&self) -> &Bank {
        &self.bank
    }

    /// The sets of demo samples on which some expression is right, as bits, each with the lowest cost seen; ascending.
    pub fn partial_fits(&self) -> Vec<(u16, u32)> {
        self.goals.partial_fits().all()
    }

    /// Programs that are right on some demo samples alone, as if they were answers: those of the most samples first.
    pub fn near_misses(&self) -> Vec<Answer> {
        let proposals = self.goals.partial_fits().near_misses();
        proposals.into_iter().map(|proposal| proposal.named("partial")).collect()
    }

    /// What the expressions are made of.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// The nodes of an entry, the last one being itself.
    pub fn entry_nodes(&self, entry: u32) -> Vec<ProgramNode> {
        program::of_entry(&self.bank, &self.grammar, entry)
    }

    /// The nodes of an answer and the number of the one that it returns.
    pub fn answer_nodes(&self, answer: &Answer) -> (Vec<ProgramNode>, u32) {
        program::of_answer(&self.bank, &self.grammar, answer)
    }

    /// Goes on until there are answers, or so many further expressions were evaluated, or the end. The watch bounds it from
    /// outside; its deadline and its bound on memory are set here.
    pub fn advance(&mut self, mut watch: Watch<'_>, most_nodes: u64) -> Vec<Answer> {
        if self.end.is_some() {
            return Vec::new();
        }
        let (start, before) = (Instant::now(), memory::allocated());
        let seconds = self.limits.seconds.map(|seconds| (seconds - self.spent.seconds).clamp(0.0, 1e9));
        watch.deadline = seconds.and_then(|seconds| start.checked_add(Duration::from_secs_f64(seconds)));
        let whole = self.limits.memory_bytes;
        watch.bound_memory(whole.map(|most| most - self.spent.memory_bytes), whole);
        let mut context = Context::new(watch);
        let stop_at = self.spent.applied.saturating_add(most_nodes);
        self.end = context.watch.check().err().map(|fail| end_of(&context, fail));
        while self.found.is_empty() && self.spent.applied < stop_at && self.end.is_none() && self.wanted().is_none() {
            let step = AssertUnwindSafe(|| self.go_on(&mut context, stop_at));
            match catch_unwind(step) {
                Ok(Ok(())) => {}
                Ok(Err(end)) => self.end = Some(end),
                Err(panic) if memory::is_claim(&*panic) => self.end = Some(End::Memory),
                Err(panic) => resume_unwind(panic),
            }
        }
        if self.limits.answers.is_some_and(|most| self.spent.answers + self.found.len() as u64 >= most) {
            let left = self.limits.answers.unwrap_or(0) - self.spent.answers;
            self.found.truncate(left as usize);
            self.end = Some(End::Answers);
        }
        self.spent.answers += self.found.len() as u64;
        self.spent.seconds += start.elapsed().as_secs_f64();
        self.count_memory(memory::allocated() - before);
        std::mem::take(&mut self.found)
    }

    /// Ends it for good, after a panic.
    pub fn abandon(&mut self) {
        self.end = Some(End::Interrupted);
    }

    /// Does what comes next: leaves, a block, or the step to the next level.
    fn go_on(&mut self, context: &mut Context, stop_at: u64) -> Result<(), End> {
        if self.spent.cost == 0 {
            return self.open_level(context);
        }
        if self.level.leaf < self.grammar.leaves.len() {
            return self.leaf(context);
        }
        if self.level.fragment < self.fragments.len() {
            return self.fragment(context);
        }
        if self.level.block < self.level.blocks.len() {
            if self.level.block >= self.level.offered && self.is_last() {
                self.level.block = self.level.blocks.len();
                return Ok(());
            }
            return self.block(context, stop_at);
        }
        self.bank.close_level();
        context.fill(GOAL_FUEL);
        let left = self.limits.fuel.map(|most| most.saturating_sub(self.spent.fuel));
        let level = Level { nodes: self.spent.applied, fuel: self.spent.fuel, left };
        self.goals.close_level(context, level, &mut self.found);
        self.pay(context, used_of(context, GOAL_FUEL))?;
        self.open_level(context)
    }

    /// Whether no level comes after this one.
    fn is_last(&self) -> bool {
        self.limits.cost.is_some_and(|most| self.spent.cost >= most)
    }

    fn open_level(&mut self, context: &mut Context) -> Result<(), End> {
        context.watch.check().map_err(|fail| end_of(context, fail))?;
        if self.is_last() || self.spent.cost >= self.highest_cost() {
            return Err(End::Exhausted);
        }
        self.spent.cost += 1;
        let blocks = blocks_of(&self.grammar, &self.bank, self.spent.cost, &mut context.watch);
        let (blocks, offered) = blocks.map_err(|fail| end_of(context, fail))?;
        let count = blocks[..offered].iter().fold(0u64, |count, block| {
            let rule = &self.grammar.rules[usize::from(block.rule)];
            count.saturating_add(block.combinations(rule.production.arguments.len()))
        });
        // A level that the bound on nodes cuts off is the last one: what is found there is only shown to the goals. Twins
        // count half.
        let left = self.limits.nodes.map_or(u64::MAX, |most| most.saturating_sub(self.spent.applied));
        let is_kept = !self.is_last() && count / 2 <= left;
        self.level = OpenLevel { blocks, offered, is_kept, ..OpenLevel::default() };
        if let Some(bulk) = &mut self.bulk {
            bulk.open_level();
        }
        Ok(())
    }

    /// No expression costs more than this, as far as is known now.
    fn highest_cost(&self) -> u16 {
        let fragments = self.fragments.iter().map(|fragment| fragment.cost);
        let leaves = self.grammar.leaves.iter().map(|leaf| leaf.cost).chain(fragments).max().map_or(0, u32::from);
        let dearest: Vec<u32> = (0..self.grammar.kinds.len())
            .map(|kind| self.bank.of_kind(kind as u8).last().map_or(0, |entry| self.bank.cost(*entry)))
            .collect();
        let calls = self.grammar.rules.iter().map(|rule| {
            let costs = rule.production.arguments.iter().map(|kind| dearest[usize::from(*kind)]);
            if costs.clone().any(|cost| cost == 0) { 0 } else { costs.sum::<u32>() + u32::from(rule.production.cost) }
        });
        calls.fold(leaves, u32::max).min(u32::from(u16::MAX)) as u16
    }

    fn leaf(&mut self, context: &mut Context) -> Result<(), End> {
        let number = self.level.leaf;
        let leaf = &self.grammar.leaves[number];
        if leaf.cost == self.spent.cost {
            self.may_go_on(context, leaf.kind)?;
            let (kind, form) = (leaf.kind, &self.grammar.kinds[usize::from(leaf.kind)].form);
            context.fill(self.limits.node_fuel);
            let given = match &leaf.value {
                Some(value) => self.evaluator.leaf(context, value, form),
                None => {
                    self.evaluator.inputs(&self.inputs);
                    Ok(())
                }
            };
            given.map_err(|fail| end_of(context, fail))?;
            self.spent.applied += 1;
            self.level.leaf += 1;
            let used = used_of(context, self.limits.node_fuel);
            let used = used + self.keep(context, kind, Origin::Leaf(number as u16), [0; MAX_ARGUMENTS], None);
            return self.pay(context, used);
        }
        self.level.leaf += 1;
        Ok(())
    }

    fn fragment(&mut self, context: &mut Context) -> Result<(), End> {
        let fragment = &self.fragments[self.level.fragment];
        if fragment.cost == self.spent.cost {
            self.may_go_on(context, fragment.kind)?;
            let (kind, origin) = (fragment.kind, Origin::Fragment(fragment.number));
            context.fill(self.limits.node_fuel);
            self.evaluator.fragment(context, &fragment.values, &self.grammar.kinds[usize::from(kind)].form);
            self.spent.applied += 1;
            self.level.fragment += 1;
            let used = used_of(context, self.limits.node_fuel);
            let used = used + self.keep(context, kind, origin, [0; MAX_ARGUMENTS], None);
            return self.pay(context, used);
        }
        self.level.fragment += 1;
        Ok(())
    }

    /// Whether one more expression, of that kind, may be looked at.
    #[inline]
    fn may_go_on(&self, context: &Context, kind: u8) -> Result<(), End> {
        if self.limits.nodes.is_some_and(|most| self.spent.applied >= most) {
            return Err(End::Nodes);
        }
        match self.table.growth() + self.bank.growth(kind) {
            0 => Ok(()),
            growth => context.watch.afford_bytes(growth).map_err(|fail| end_of(context, fail)),
        }
    }

    /// Goes through the current block until there are answers or enough was evaluated, or a device is asked.
    fn block(&mut self, context: &mut Context, stop_at: u64) -> Result<(), End> {
        if self.bulk.is_some() && self.level.cursor.is_none() {
            if self.is_answered() {
                return self.answered_block(context, stop_at);
            }
            if self.ask() {
                return Ok(());
            }
        }
        let block = self.level.blocks[self.level.block].clone();
        let rule = &self.grammar.rules[usize::from(block.rule)];
        let (nesting, symmetric) = (rule.nesting.clone(), rule.production.symmetric.filter(|_| block.is_twin));
        let mut cursor = self.level.cursor.unwrap_or_else(|| match self.level.number {
            0 => Cursor::start(&block),
            number => block.at(rule, number),
        });
        let is_distinct = rule.production.is_distinct;
        while self.found.is_empty() && self.spent.applied < stop_at {
            self.level.cursor = Some(cursor);
            let arguments = self.arguments(block.rule, &cursor);
            if !(is_distinct && has_twice(&arguments[..nesting.len()])) {
                self.expression(context, block.rule, arguments)?;
            }
            if !cursor.step(&block, &nesting, symmetric) {
                self.next_block();
                return Ok(());
            }
        }
        self.level.cursor = Some(cursor);
        Ok(())
    }

    fn next_block(&mut self) {
        self.level.block += 1;
        self.level.cursor = None;
        self.level.number = 0;
    }

    /// The entries at the places of a cursor.
    #[inline]
    fn arguments(&self, rule: u16, cursor: &Cursor) -> [u32; MAX_ARGUMENTS] {
        let mut arguments = [0; MAX_ARGUMENTS];
        for (place, kind) in self.grammar.rules[usize::from(rule)].production.arguments.iter().enumerate() {
            arguments[place] = self.bank.of_kind(*kind)[cursor.places[place] as usize];
        }
        arguments
    }

    /// Looks at a call of a production on these entries.
    #[inline]
    fn expression(&mut self, context: &mut Context, number: u16, arguments: [u32; MAX_ARGUMENTS]) -> Result<(), End> {
        let rule = &self.grammar.rules[usize::from(number)];
        let result = rule.production.result;
        self.may_go_on(context, result)?;
        let form = &self.grammar.kinds[usize::from(result)].form;
        let fuel = self.limits.node_fuel / if rule.has_functions { CALLING_SHARE } else { 1 };
        context.fill(fuel);
        let given = self.evaluator.call(context, &self.bank, rule, form, &arguments);
        let given = given.map_err(|fail| end_of(context, fail))?;
        self.spent.applied += 1;
        let mut used = used_of(context, fuel);
        if given {
            used += self.keep(context, result, Origin::Production(number), arguments, None);
        } else {
            self.spent.failed += 1;
        }
        self.pay(context, used)
    }

    /// Takes up what was worked out last, by a device or here, unless its outcome is known. Returns the fuel that the goals
    /// spent.
    #[inline]
    fn keep(
        &mut self,
        context: &mut Context,
        kind: u8,
        origin: Origin,
        arguments: [u32; MAX_ARGUMENTS],
        found: Option<Found>,
    ) -> i64 {
        // Leaves and fragments are kept on the last level too, where there is nothing to build: they are few.
        let is_kept = self.level.is_kept || !matches!(origin, Origin::Production(_));
        let Search { grammar, bank, table, evaluator, spent, goals, found: answers, bulk, .. } = self;
        let Kind { form, is_offered } = &grammar.kinds[usize::from(kind)];
        let key = evaluator.key(kind, form);
        if !table.insert(key) {
            spent.duplicates += 1;
            return 0;
        }
        spent.unique += 1;
        let mut used = 0;
        if *is_offered {
            context.fill(GOAL_FUEL);
            let fits = found.map(|found| found.fits);
            let offered = Offered { entry: bank.len() as u32, cost: u32::from(spent.cost), fits };
            goals.offer(context, offered, evaluator.given(form), answers);
            used = used_of(context, GOAL_FUEL);
        }
        match (is_kept, is_packed(form)) {
            (true, true) => bank.push_grids(kind, spent.cost, origin, arguments, &evaluator.grids),
            (true, false) => bank.push_values(kind, spent.cost, origin, arguments, &mut evaluator.values),
            (false, _) => bank.push_bare(kind, spent.cost, origin, arguments),
        }
        if let Some(bulk) = bulk {
            match found {
                Some(found) => bulk.note(found.home.map_or(Home::Search, Home::Device), None),
                None => bulk.note(Home::Search, Some(key)),
            }
        }
        used
    }

    /// Counts fuel, and looks at the clock now and then.
    #[inline]
    fn pay(&mut self, context: &mut Context, used: i64) -> Result<(), End> {
        self.spent.fuel += used as u64;
        self.since += used + STEPS;
        if self.since > CHECK_EVERY {
            self.since = 0;
            context.watch.check().map_err(|fail| end_of(context, fail))?;
        }
        match self.limits.fuel {
            Some(most) if self.spent.fuel >= most => Err(End::Fuel),
            _ => Ok(()),
        }
    }
}

/// The fuel that a context has spent since it was filled. What did not fit was not done.
#[inline]
fn used_of(context: &Context, filled: i64) -> i64 {
    filled - context.left.max(-1)
}

/// Whether two arguments are the same entry.
fn has_twice(arguments: &[u32]) -> bool {
    arguments.iter().enumerate().any(|(place, entry)| arguments[..place].contains(entry))
}

/// Why the search ends on a failure that ends everything.
#[cold]
fn end_of(context: &Context, fail: Fail) -> End {
    let watch = &context.watch;
    match fail {
        Fail::Memory => End::Memory,
        _ if watch.stop.load(Ordering::Relaxed) => End::Interrupted,
        _ if watch.deadline.is_some_and(|deadline| Instant::now() > deadline) => End::Time,
        _ => End::Interrupted,
    }
}
