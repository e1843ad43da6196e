//! A search for which a device works: what it asks, and how it goes through the answers.

use super::{OpenLevel, Search};
use crate::context::Context;
use crate::memory;
use crate::search::bank::Origin;
use crate::search::bulk::answered::{Answered, Bytes, Found, Outcome};
use crate::search::bulk::request::{Ahead, Request};
use crate::search::bulk::{Bulk, Sizes};
use crate::search::levels::Block;
use crate::search::limits::End;

/// Expressions that may cost this much are not for a device: their fuel has no room in an outcome.
const MOST_BULK_FUEL: i64 = (1 << 28) - 2;

impl Search {
    /// Lets a device work for it. To be called before the search begins; ignored where an expression may cost more fuel than
    /// an outcome has room for.
    ///
    /// Args: `rules`: for each production whether the device can evaluate it; `sizes`: when it is asked.
    pub fn work_in_bulk(&mut self, rules: &[bool], sizes: Sizes) {
        if rules.len() == self.grammar.rules.len() && self.limits.node_fuel < MOST_BULK_FUEL {
            self.bulk = Some(memory::apart(|| Box::new(Bulk::new(&self.grammar, rules, sizes))));
        }
    }

    /// What it waits for before it can go on; None where it can.
    pub fn wanted(&self) -> Option<&Request> {
        self.bulk.as_ref().and_then(|bulk| bulk.request())
    }

    /// Takes the answer to what it waits for; the time that it waited is its own. Fails with a reason where it cannot be that.
    pub fn answer_wanted(&mut self, [outcomes, sizes, fits, values]: [Bytes; 4], home: u64) -> Result<(), String> {
        let bulk = self.bulk.as_mut();
        let (bulk, request) = bulk
            .and_then(|bulk| bulk.take_request().map(|request| (bulk, request)))
            .ok_or("no answer is waited for")?;
        self.spent.seconds += request.asked.elapsed().as_secs_f64();
        bulk.put_back(memory::apart(|| Answered::new(request, outcomes, sizes, fits, values, home))?);
        Ok(())
    }

    /// Halves what it waits for, where a device has no memory for all of it; false where that would be too little to ask.
    pub fn want_less(&mut self) -> bool {
        self.bulk.as_mut().is_some_and(|bulk| bulk.ask_less())
    }

    /// Goes on without a device. What it had answered already is used.
    pub fn leave_bulk(&mut self) {
        if let Some(bulk) = &mut self.bulk {
            self.spent.seconds += bulk.request().map_or(0.0, |request| request.asked.elapsed().as_secs_f64());
            bulk.leave();
        }
    }

    /// Whether there is an answer to go through for what comes next.
    pub(super) fn is_answered(&self) -> bool {
        self.bulk.as_ref().is_some_and(|bulk| bulk.covers(self.level.block, self.level.number))
    }

    /// Asks a device for what comes next; whether it did.
    pub(super) fn ask(&mut self) -> bool {
        let OpenLevel { blocks, offered, block, number, is_kept, .. } = &self.level;
        let blocks = if self.is_last() { &blocks[..*offered] } else { &blocks[..] };
        let left = self.limits.nodes.map_or(u64::MAX, |most| most - self.spent.applied.min(most));
        let ahead = Ahead { blocks, block: *block, first: *number, left, is_kept: *is_kept };
        self.bulk.as_mut().is_some_and(|bulk| bulk.ask(&self.grammar, &self.bank, &ahead))
    }

    /// Goes through what a device said of the current block.
    pub(super) fn answered_block(&mut self, context: &mut Context, stop_at: u64) -> Result<(), End> {
        let Some(mut answered) = self.bulk.as_mut().and_then(|bulk| bulk.take_answered()) else { return Ok(()) };
        let ended = self.go_through(context, stop_at, &mut answered);
        if let Some(bulk) = &mut self.bulk {
            bulk.put_back(answered);
        }
        ended
    }

    fn go_through(&mut self, context: &mut Context, stop_at: u64, answered: &mut Answered) -> Result<(), End> {
        let block = self.level.blocks[self.level.block].clone();
        let result = self.grammar.rules[usize::from(block.rule)].production.result;
        while self.found.is_empty() && self.spent.applied < stop_at {
            let Some((number, outcome)) = answered.take_next() else {
                let after = answered.end_segment();
                if after < block.count(&self.grammar.rules[usize::from(block.rule)]) {
                    self.level.number = after;
                } else {
                    self.next_block();
                }
                return Ok(());
            };
            self.level.number = number + 1;
            match outcome {
                Outcome::LeftOut => {}
                Outcome::Failed(fuel) => {
                    self.may_go_on(context, result)?;
                    self.spent.applied += 1;
                    self.spent.failed += 1;
                    self.pay(context, fuel)?;
                }
                Outcome::Known(fuel) => {
                    self.may_go_on(context, result)?;
                    self.spent.applied += 1;
                    self.spent.duplicates += 1;
                    self.pay(context, fuel)?;
                }
                Outcome::New(fuel, found) => self.found_value(context, &block, number, fuel, (answered, found))?,
                Outcome::Unknown => self.numbered(context, &block, number)?,
            }
        }
        Ok(())
    }

    /// Looks at the combination of a number.
    fn numbered(&mut self, context: &mut Context, block: &Block, number: u64) -> Result<(), End> {
        let cursor = block.at(&self.grammar.rules[usize::from(block.rule)], number);
        let arguments = self.arguments(block.rule, &cursor);
        self.expression(context, block.rule, arguments)
    }

    /// Takes up a value that a device found to be new.
    fn found_value(
        &mut self,
        context: &mut Context,
        block: &Block,
        number: u64,
        fuel: i64,
        (answered, found): (&Answered, Found),
    ) -> Result<(), End> {
        let rule = &self.grammar.rules[usize::from(block.rule)];
        let result = rule.production.result;
        self.may_go_on(context, result)?;
        let arguments = self.arguments(block.rule, &block.at(rule, number));
        let form = &self.grammar.kinds[usize::from(result)].form;
        let handed = &arguments[..rule.production.arguments.len()];
        if !self.evaluator.record(&self.bank, answered.record(found), form, handed) {
            return self.expression(context, block.rule, arguments);
        }
        self.spent.applied += 1;
        let origin = Origin::Production(block.rule);
        let used = fuel + self.keep(context, result, origin, arguments, Some(found));
        self.pay(context, used)
    }
}
