//! What an expression gives on all samples, from what its arguments give. Nothing is kept here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::call::{call, call_primitive};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory;
use crate::value::Value;

use super::bank::{Bank, is_packed};
use super::bulk::records::values_of;
use super::form::Form;
use super::grammar::{MAX_ARGUMENTS, Rule};
use super::grids::{Packed, Scratch, Values};
use super::kernels::{Kernel, Operand};
use super::key;
use super::probes::Probes;

/// Most fuel for trying a function on all probes; one that would need more is dropped.
const PROBE_FUEL: i64 = 1_000;

/// Works out one expression at a time and holds what it gave.
pub struct Evaluator {
    samples: usize,
    /// What the last one gave, where that are grids.
    pub grids: Scratch,
    /// What the last one gave, where that are other values: one a sample, or one for all.
    pub values: Vec<Value>,
    /// The key of what the last one does on the probes, where that is a function with probes.
    probed: Option<u64>,
    probes: Probes,
    lifted: [Lifted; MAX_ARGUMENTS],
}

/// The grids of an entry as values, for primitives without a kernel.
#[derive(Default)]
struct Lifted {
    entry: Option<u32>,
    values: Vec<Value>,
}

impl Lifted {
    fn load(&mut self, entry: u32, grids: Packed<'_>) {
        if self.entry != Some(entry) {
            self.entry = Some(entry);
            self.values.clear();
            self.values.extend(grids.iter().map(|grid| Value::Grid(grid.to_grid())));
        }
    }
}

impl Evaluator {
    /// For these inputs, a grid for each sample.
    pub fn new(inputs: &[Value]) -> Evaluator {
        Evaluator {
            samples: inputs.len(),
            grids: Scratch::new(inputs.len()),
            values: Vec::new(),
            probed: None,
            probes: Probes::new(inputs),
            lifted: Default::default(),
        }
    }

    /// What was worked out last, a value of that form on each sample.
    pub fn given(&self, form: &Form) -> Values<'_> {
        match is_packed(form) {
            true => Values::Grids(self.grids.packed()),
            false => Values::Plain(&self.values, self.samples),
        }
    }

    /// The key of what was worked out last, as an expression of that kind.
    #[inline]
    pub fn key(&self, kind: u8, form: &Form) -> u64 {
        let start = key::with_word(u64::from(kind) << 32, u64::from(kind));
        if is_packed(form) {
            return key::with_bytes(start, self.grids.bytes());
        }
        match &self.values[..] {
            _ if let Some(probed) = self.probed => key::with_word(start, probed),
            [one] if self.samples > 1 => (0..self.samples).fold(start, |key, _| key::with_value(key, one)),
            values => values.iter().fold(start, key::with_value),
        }
    }

    /// Works out a leaf. Fails only where the whole search is to end.
    pub fn leaf(&mut self, context: &mut Context, value: &Value, form: &Form) -> Res<()> {
        self.probed = None;
        match value {
            Value::Grid(grid) if is_packed(form) => {
                self.grids.clear();
                (0..self.samples).for_each(|_| self.grids.push(grid));
            }
            _ => {
                self.values.clear();
                self.values.push(value.clone());
                self.probed = match self.probe(context, form) {
                    Ok(probing) => probing.map(|probing| probing.key),
                    Err(fail @ (Fail::Time | Fail::Memory)) => return Err(fail),
                    Err(_) => None,
                }
            }
        }
        Ok(())
    }

    /// Takes up what a known expression gives, one value a sample; it is charged as for a look at each.
    pub fn fragment(&mut self, context: &mut Context, values: &[Value], form: &Form) {
        self.probed = None;
        self.grids.clear();
        self.values.clear();
        for value in values {
            // Paid or not: it was worked out before.
            let _ = context.charge(value.count() as i64);
            match value {
                Value::Grid(grid) if is_packed(form) => self.grids.push(grid),
                value => self.values.push(value.clone()),
            }
        }
    }

    /// Takes up what a device worked out, a call of these entries: false when that is no value of the form on each sample.
    pub fn record(&mut self, bank: &Bank, record: &[u8], form: &Form, arguments: &[u32]) -> bool {
        self.probed = None;
        if is_packed(form) {
            return self.grids.load(record);
        }
        let is_one = arguments.iter().all(|entry| bank.kept(*entry).is_one());
        match values_of(record, form, if is_one { 1 } else { self.samples }) {
            Some(values) => {
                self.values.clear();
                self.values.extend(values);
                true
            }
            None => false,
        }
    }

    /// Works out the variable `I`.
    pub fn inputs(&mut self, inputs: &[Value]) {
        self.probed = None;
        self.grids.clear();
        for input in inputs {
            if let Value::Grid(grid) = input {
                self.grids.push(grid);
            }
        }
    }

    /// Works out a call; false when it gives no value of the form on some sample, which ends it. Fails only where the
    /// whole search is to end. What it costs is charged to the context.
    #[inline]
    pub fn call(
        &mut self,
        context: &mut Context,
        bank: &Bank,
        rule: &Rule,
        form: &Form,
        arguments: &[u32; MAX_ARGUMENTS],
    ) -> Res<bool> {
        self.probed = None;
        let given = match rule.kernel {
            Some(kernel) => self.by_kernel(context, bank, rule, kernel, arguments),
            None => {
                let called = AssertUnwindSafe(|| self.by_primitive(context, bank, rule, form, arguments));
                match catch_unwind(called) {
                    Err(panic) if memory::is_claim(&*panic) => Err(Fail::Memory),
                    given => given.unwrap_or(Ok(false)),
                }
            }
        };
        match given {
            Err(fail @ (Fail::Time | Fail::Memory)) => Err(fail),
            given => Ok(given.unwrap_or(false)),
        }
    }

    #[inline]
    fn by_kernel(
        &mut self,
        context: &mut Context,
        bank: &Bank,
        rule: &Rule,
        kernel: Kernel,
        arguments: &[u32; MAX_ARGUMENTS],
    ) -> Res<bool> {
        let count = rule.production.arguments.len();
        let mut readers: [Reader; MAX_ARGUMENTS] = std::array::from_fn(|place| match place < count {
            true => Reader::of(bank.kept(arguments[place])),
            false => Reader::default(),
        });
        self.grids.clear();
        for _ in 0..self.samples {
            let operands: [Operand; MAX_ARGUMENTS] = std::array::from_fn(|place| readers[place].next());
            let made = kernel(&operands[..count], self.grids.room());
            context.charge(made.work)?;
            match made.size {
                Some((height, width)) => self.grids.advance(height, width),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    fn by_primitive(
        &mut self,
        context: &mut Context,
        bank: &Bank,
        rule: &Rule,
        form: &Form,
        arguments: &[u32; MAX_ARGUMENTS],
    ) -> Res<bool> {
        let production = &rule.production;
        let count = production.arguments.len();
        for (place, lifted) in self.lifted.iter_mut().enumerate().take(count) {
            if let Values::Grids(grids) = bank.kept(arguments[place]) {
                lifted.load(arguments[place], grids);
            }
        }
        let given: [&[Value]; MAX_ARGUMENTS] = std::array::from_fn(|place| match place < count {
            true => match bank.kept(arguments[place]) {
                Values::Grids(_) => &self.lifted[place].values[..],
                Values::Plain(values, _) => values,
            },
            false => &[],
        });
        let given = &given[..count];
        let is_packed = is_packed(form);
        // What depends on no sample is worked out once.
        let rounds = if !is_packed && given.iter().all(|values| values.len() == 1) { 1 } else { self.samples };
        self.values.clear();
        self.grids.clear();
        for round in 0..rounds {
            let mut handed = [given[0].first().unwrap_or(&Value::None); MAX_ARGUMENTS];
            for (handed, values) in handed.iter_mut().zip(given) {
                *handed = if values.len() == 1 { &values[0] } else { &values[round] };
            }
            let value = call_primitive(context, production.primitive, &handed[..count])?;
            if !form.admits(&value) {
                return Ok(false);
            }
            match value {
                Value::Grid(grid) if is_packed => self.grids.push(&grid),
                value => self.values.push(value),
            }
        }
        let probing = self.probe(context, form)?;
        self.probed = probing.map(|probing| probing.key);
        Ok(probing.is_none_or(|probing| probing.is_useful))
    }

    /// Tries the function that was worked out on the probes; None where it is none, or there are no probes.
    fn probe(&self, context: &mut Context, form: &Form) -> Res<Option<Probing>> {
        let Form::Map(argument, result) = form else { return Ok(None) };
        let Some(probes) = self.probes.of(argument) else { return Ok(None) };
        // Functions are many, and a heavy one would be heavier still on everything that it is called on.
        let kept_back = (context.left - PROBE_FUEL).max(0);
        context.fill(context.left - kept_back);
        let probing = self.try_on(context, probes, result);
        context.left += kept_back;
        probing.map(Some)
    }

    fn try_on(&self, context: &mut Context, probes: &[Vec<Value>], result: &Form) -> Res<Probing> {
        let mut key = 0;
        let (mut first, mut varies) = (None, false);
        for (sample, probes) in probes.iter().enumerate() {
            let function = if self.values.len() == 1 { &self.values[0] } else { &self.values[sample] };
            for probe in probes {
                let given = match call(context, function, &[probe]) {
                    Ok(value) if result.admits(&value) => Some(key::with_value(0, &value)),
                    Err(fail) if fail.is_final() => return Err(fail),
                    _ => None,
                };
                if let Some(given) = given {
                    varies |= *first.get_or_insert(given) != given;
                }
                key = key::with_word(key, given.unwrap_or(1));
            }
            // Nothing on a sample: it would not be of use there.
            if first.is_none() && !probes.is_empty() {
                break;
            }
        }
        Ok(Probing { key, is_useful: varies })
    }
}

/// The result of trying a function on the probes.
#[derive(Clone, Copy)]
struct Probing {
    key: u64,
    /// Whether it gives something, and not the same everywhere.
    is_useful: bool,
}

/// Hands out the values of an entry sample by sample.
#[derive(Clone, Copy)]
enum Reader<'a> {
    Grids { grids: Packed<'a>, sample: usize, offset: usize },
    Each(&'a [Value], usize),
    One(&'a Value),
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Reader::One(&Value::None)
    }
}

impl<'a> Reader<'a> {
    #[inline]
    fn of(values: Values<'a>) -> Reader<'a> {
        match values {
            Values::Grids(grids) => Reader::Grids { grids, sample: 0, offset: 0 },
            Values::Plain([one], _) => Reader::One(one),
            Values::Plain(values, _) => Reader::Each(values, 0),
        }
    }

    #[inline]
    fn next(&mut self) -> Operand<'a> {
        match self {
            Reader::Grids { grids, sample, offset } => {
                let cells = grids.at(*sample, *offset);
                *sample += 1;
                *offset += cells.height * cells.width;
                Operand::Grid(cells)
            }
            Reader::Each(values, sample) => {
                *sample += 1;
                Operand::Value(&values[*sample - 1])
            }
            Reader::One(value) => Operand::Value(value),
        }
    }
}
