//! Scopes: the values of a graph's nodes under a binding of the variables; the twin of the python engine's.
//!
//! Scopes nest: nothing bound, then `S` (a task), then `I` (a sample) or `C` (a grid to compare with). A node's value is
//! kept in the outermost scope that binds all it depends on, so it is evaluated once for that, however many programs
//! contain it. A program is run node by node in its canonical order until its root, its first failure or the end of its
//! fuel: what it would do alone.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::call::{call, call_primitive};
use crate::call_memo::{self, CallMemo, Counts};
use crate::context::{Context, Watch};
use crate::fail::{Fail, Res};
use crate::graph::{Graph, MASKS, Node};
use crate::memory;
use crate::outcome::{FailureAt, Outcome};
use crate::panics;
use crate::seeds::{Block, Seeds};
use crate::value::Value;

/// Programs that fit into a thousandth of the fuel run first where time is bounded: no heavy one delays a light one.
const LIGHT_SHARE: i64 = 1_000;
/// Once an eighth of the fuel went into a scope's values they are dropped before the next program.
const MEMO_SHARE: i64 = 8;
/// What the start of a program counts among the steps between two looks at the clock.
const STEPS: usize = 64;

/// What programs may spend on a sample.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Units of fuel of one program, at least 1.
    pub fuel: i64,
    /// Wall-clock time of all programs together; None for no limit.
    pub timeout: Option<Duration>,
    /// Bytes that the evaluation may allocate; None for no limit.
    pub memory_bytes: Option<i64>,
}

/// A graph with the limits under which it is evaluated.
pub struct Machine {
    graph: RwLock<Arc<Graph>>,
    /// What each program may spend.
    pub limits: Limits,
    /// How a run remembers calls of built functions.
    pub call_memo: call_memo::Options,
    calls: Mutex<Counts>,
}

/// What is known of a node.
enum State {
    Unset,
    Value(Value),
    /// A value among the memo's seeds, by its number there.
    Seeded(u32),
    Failed(Box<Fail>),
}

struct Slot {
    state: State,
    fuel: i64,
}

/// What is known of the nodes that are at home in one scope: by what they depend on, and their place among those.
#[derive(Default)]
struct Memo {
    slots: [Vec<Slot>; MASKS],
    seeds: Seeds,
    spent: i64,
    /// Bytes of the values.
    held: i64,
}

impl Memo {
    fn fit(&mut self, mask: usize, nodes: usize) {
        if self.slots[mask].len() < nodes {
            self.slots[mask].resize_with(nodes, || Slot { state: State::Unset, fuel: 0 });
        }
    }

    fn forget(&mut self) {
        for slots in &mut self.slots {
            slots.fill_with(|| Slot { state: State::Unset, fuel: 0 });
        }
        self.seeds.clear();
        (self.spent, self.held) = (0, 0);
    }
}

/// A graph under a binding of some of its variables.
pub struct Scope {
    machine: Arc<Machine>,
    parent: Option<Arc<Scope>>,
    /// What is bound here and further out.
    bound: u8,
    /// By mask of a single variable; only what is bound here.
    variables: Vec<(u8, Value)>,
    memo: Mutex<Memo>,
}

impl Scope {
    /// A scope without any variable bound.
    pub fn open(machine: Arc<Machine>) -> Scope {
        Scope { machine, parent: None, bound: 0, variables: Vec::new(), memo: Mutex::default() }
    }

    /// A scope inside another with further variables bound, each by its mask; None when one is bound already.
    pub fn bind(parent: &Arc<Scope>, variables: Vec<(u8, Value)>) -> Option<Scope> {
        let mut bound = parent.bound;
        for (mask, _) in &variables {
            if bound & mask != 0 {
                return None;
            }
            bound |= mask;
        }
        let machine = Arc::clone(&parent.machine);
        Some(Scope { machine, parent: Some(Arc::clone(parent)), bound, variables, memo: Mutex::default() })
    }

    /// Bytes of the values that it and the scopes around it keep.
    pub fn held(&self) -> i64 {
        self.chain().iter().map(|scope| lock(&scope.memo).held).sum()
    }

    /// The machine that it belongs to.
    pub fn machine(&self) -> &Arc<Machine> {
        &self.machine
    }

    /// The mask of what programs need and this scope does not bind; 0 when they can be run.
    pub fn missing(&self, programs: &Programs) -> u8 {
        let graph = self.machine.graph();
        programs.roots().fold(0, |mask, root| mask | graph.level(root)) & !self.bound
    }

    /// Takes in values of nodes that are at home in this scope, with the fuel of their calls, in place of evaluating
    /// them. Only nodes of which nothing is known yet take them, and none whose fuel passes the limit.
    ///
    /// The values must be those that evaluation gives. They may be dropped at any time, as all of a scope's values.
    pub fn seed(&self, block: Block) {
        let graph = self.machine.graph();
        let outer = self.parent.as_ref().map_or(0, |parent| parent.bound);
        let mut memo = lock(&self.memo);
        let Memo { slots, seeds, .. } = &mut *memo;
        seeds.add(block, |node, number, fuel| {
            if node as usize >= graph.len() || !graph.node(node).is_call() || fuel > self.machine.limits.fuel {
                return false;
            }
            let mask = graph.level(node);
            if mask & !self.bound != 0 || (self.parent.is_some() && mask & !outer == 0) {
                return false;
            }
            let (mask, place) = (usize::from(mask), graph.place(node));
            if slots[mask].len() <= place {
                slots[mask].resize_with(graph.count(mask), || Slot { state: State::Unset, fuel: 0 });
            }
            let slot = &mut slots[mask][place];
            let is_new = matches!(slot.state, State::Unset);
            if is_new {
                *slot = Slot { state: State::Seeded(number), fuel };
            }
            is_new
        });
    }

    fn chain(&self) -> Vec<&Scope> {
        let mut chain = vec![self];
        while let Some(parent) = chain[chain.len() - 1].parent.as_deref() {
            chain.push(parent);
        }
        chain.reverse();
        chain
    }

    /// Evaluates programs and hands each outcome to `take` with the number of its program.
    ///
    /// The time limit counts from here and covers all programs together. Cautious: programs that need more than a
    /// thousandth of the fuel fail with a timeout. Outcomes come in any order, one for each program. Roots are nodes of
    /// the graph that need nothing but what is bound.
    pub fn run(
        &self,
        programs: &Programs,
        cautious: bool,
        mut watch: Watch<'_>,
        take: &mut impl FnMut(usize, Outcome<'_>),
    ) {
        let limits = self.machine.limits;
        watch.deadline = limits.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let graph = self.machine.graph();
        let chain = self.chain();
        // From the outermost scope inward, always, so that two threads cannot wait for each other.
        let memos: Vec<MutexGuard<'_, Memo>> = chain.iter().map(|scope| lock(&scope.memo)).collect();
        let mut run = Run::new(&graph, limits, &chain, memos);
        // What earlier runs left in the memos counts too: it is free again once this one asks for it.
        watch.bound_memory(limits.memory_bytes.map(|most| most - run.held()), limits.memory_bytes);
        let context = &mut Context::new(watch);
        context.memo = CallMemo::new(self.machine.call_memo, limits.memory_bytes);
        run.is_late = limits.timeout.is_some() && context.watch.check_time().is_err();
        let mut late: Vec<usize> = Vec::new();
        if cautious || limits.timeout.is_some() {
            let light = (limits.fuel / LIGHT_SHARE).max(1);
            for (number, program) in programs.0.iter().enumerate() {
                if !run.outcome(context, program, light, &mut |outcome| take(number, outcome)) {
                    late.push(number);
                }
            }
            if !cautious {
                late.retain(|&number| {
                    !run.outcome(context, &programs.0[number], limits.fuel, &mut |outcome| take(number, outcome))
                });
            }
        } else {
            for (number, program) in programs.0.iter().enumerate() {
                if !run.outcome(context, program, limits.fuel, &mut |outcome| take(number, outcome)) {
                    late.push(number);
                }
            }
        }
        // These never had their turn.
        let failure = FailureAt { fail: &Fail::Time, step: 0, node: None };
        for number in late {
            take(number, Outcome { result: Err(failure), fuel: 0 });
        }
        lock(&self.machine.calls).add(context.memo.counts());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds the lock but what is caught; a memo is whole between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Machine {
    /// A machine with an empty graph.
    pub fn new(limits: Limits) -> Machine {
        Machine { graph: RwLock::default(), limits, call_memo: call_memo::Options::default(), calls: Mutex::default() }
    }

    /// How calls of built functions went in the runs so far.
    pub fn calls(&self) -> Counts {
        *lock(&self.calls)
    }

    /// The graph as it is now. No lock is held while it is in use: what runs may wait for Python's lock, and who waits
    /// for the graph may hold that.
    pub fn graph(&self) -> Arc<Graph> {
        Arc::clone(&self.graph.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the graph; what runs meanwhile goes on with the graph as it was.
    pub fn change<T>(&self, change: impl FnOnce(&mut Graph) -> T) -> T {
        let mut graph = self.graph.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut graph))
    }

    /// Programs of the graph by their roots, to be run; fails with a root that is no node.
    pub fn programs(&self, roots: &[u32]) -> Result<Programs, u32> {
        let nodes = self.graph().len();
        match roots.iter().find(|root| **root as usize >= nodes) {
            Some(root) => Err(*root),
            None => Ok(self.change(|graph| {
                Programs(roots.iter().map(|root| Program { root: *root, calls: graph.calls(*root) }).collect())
            })),
        }
    }
}

/// Programs made ready to run.
pub struct Programs(Vec<Program>);

struct Program {
    root: u32,
    /// The calls that it makes, in canonical order.
    calls: Arc<[u32]>,
}

impl Programs {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their roots.
    pub fn roots(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map(|program| program.root)
    }
}

/// One run: the memos of all scopes in hand.
struct Run<'a> {
    graph: &'a Graph,
    limits: Limits,
    memos: Vec<MutexGuard<'a, Memo>>,
    /// For each mask the scope where nodes that depend on that are at home.
    homes: [usize; MASKS],
    variables: [Option<&'a Value>; MASKS],
    /// Whether time was up once: then nothing more is run.
    is_late: bool,
    /// Parts of the value that was handed over last: its receiver looks at them.
    shown: usize,
}

/// Number of a step, its node, and the fuel of those before.
type At = (u32, u32, i64);

/// How far a program got.
enum Ending {
    /// To its root.
    Value,
    /// To a call that failed.
    Failed { step: u32, node: u32, fleeting: Option<Fail> },
    /// It ran out of fuel.
    Spent { step: u32, node: u32 },
    /// It needs more than the budget, and the limit is above that.
    OverBudget,
}

impl<'a> Run<'a> {
    fn new(graph: &'a Graph, limits: Limits, chain: &[&'a Scope], mut memos: Vec<MutexGuard<'a, Memo>>) -> Run<'a> {
        let mut homes = [chain.len() - 1; MASKS];
        for (mask, home) in homes.iter_mut().enumerate() {
            if let Some(outermost) = chain.iter().position(|scope| mask as u8 & !scope.bound == 0) {
                *home = outermost;
            }
        }
        let mut variables = [None; MASKS];
        for scope in chain {
            for (mask, value) in &scope.variables {
                variables[usize::from(*mask)] = Some(value);
            }
        }
        for (mask, home) in homes.iter().enumerate() {
            memos[*home].fit(mask, graph.count(mask));
        }
        Run { graph, limits, memos, homes, variables, is_late: false, shown: 0 }
    }

    /// Hands over the outcome of a program; false when it needs more than the budget and the limit is above that, or
    /// when time is up before it starts.
    fn outcome(
        &mut self,
        context: &mut Context,
        program: &Program,
        budget: i64,
        take: &mut impl FnMut(Outcome<'_>),
    ) -> bool {
        match context.pulse(STEPS + std::mem::take(&mut self.shown)) {
            Err(Fail::Memory) => {
                self.forget();
                context.memo.forget();
            }
            Err(_) => self.is_late = true,
            Ok(()) => {}
        }
        if self.is_late {
            return false;
        }
        self.relieve();
        let (mut ending, mut fuel) = self.run(context, &program.calls, budget);
        if let Ending::Failed { fleeting: Some(fail), .. } = &ending {
            self.is_late = *fail == Fail::Time;
            if *fail == Fail::Memory {
                // Other programs' values may have taken the memory: once more with all of it.
                self.forget();
                context.memo.forget();
                context.memo.pause(true);
                (ending, fuel) = self.run(context, &program.calls, budget);
                context.memo.pause(false);
            }
        }
        let failed = |fail, step, node| Err(FailureAt { fail, step, node: Some(node) });
        let result = match &ending {
            Ending::OverBudget => return false,
            Ending::Value => Ok(self.value(program.root)),
            Ending::Spent { step, node } => failed(&Fail::Fuel, *step, *node),
            Ending::Failed { step, node, fleeting: Some(fail) } => failed(fail, *step, *node),
            Ending::Failed { step, node, fleeting: None } => failed(self.failure(*node), *step, *node),
        };
        let shown = result.map_or(0, |value| value.weight().parts as usize);
        take(Outcome { result, fuel });
        self.shown = shown;
        if let Ending::Failed { fleeting: Some(Fail::Memory), .. } = ending {
            self.forget();
        }
        true
    }

    /// Runs a program to its end and gives the fuel that it spent. A panic in a call is a failure of its node and of
    /// nothing else; a claim on more memory than there is ends the program.
    fn run(&mut self, context: &mut Context, calls: &[u32], budget: i64) -> (Ending, i64) {
        loop {
            let mut at = None;
            let walk = AssertUnwindSafe(|| self.walk(context, calls, budget, &mut at));
            match catch_unwind(walk) {
                Ok(ending) => return ending,
                Err(panic) => {
                    let Some((step, node, total)) = at else { resume_unwind(panic) };
                    if memory::is_claim(&*panic) {
                        let fuel = total.saturating_add(budget - context.left);
                        return (Ending::Failed { step, node, fleeting: Some(Fail::Memory) }, fuel);
                    }
                    let fail = Box::new(Fail::Error(Cow::Owned(panics::last())));
                    self.keep(node, State::Failed(fail), budget - context.left);
                }
            }
        }
    }

    /// [`Run::run`], with a panic passed on; `at` is then what was called.
    fn walk(&mut self, context: &mut Context, calls: &[u32], budget: i64, at: &mut Option<At>) -> (Ending, i64) {
        let mut total: i64 = 0;
        let mut allocated = None;
        for (step, &node) in (1..).zip(calls) {
            let mask = usize::from(self.graph.level(node));
            let (home, place) = (self.homes[mask], self.graph.place(node));
            if let State::Unset = self.memos[home].slots[mask][place].state {
                *at = Some((step, node, total));
                context.fill(budget);
                // Between two calls nothing is allocated.
                let before = *allocated.get_or_insert_with(memory::allocated);
                match self.called(context, node) {
                    Ok(value) => {
                        let (memo, fuel) = (&mut *self.memos[home], budget - context.left);
                        memo.spent = memo.spent.saturating_add(fuel);
                        let now = memory::allocated();
                        memo.held += now - before;
                        allocated = Some(now);
                        let slot = &mut memo.slots[mask][place];
                        slot.fuel = fuel;
                        // What was there is nothing that would have to be dropped.
                        std::mem::forget(std::mem::replace(&mut slot.state, State::Value(value)));
                    }
                    Err(fail) => match self.failed(context, node, fail, budget) {
                        Failed::Kept => {}
                        Failed::OverBudget => return (Ending::OverBudget, total),
                        Failed::Fleeting(fail, fuel) => {
                            let total = total.saturating_add(fuel);
                            let spent = (total > budget).then(|| self.spent(step, node, budget));
                            return (spent.unwrap_or(Ending::Failed { step, node, fleeting: Some(fail) }), total);
                        }
                    },
                }
            }
            let slot = &self.memos[home].slots[mask][place];
            total = total.saturating_add(slot.fuel);
            if total > budget {
                return (self.spent(step, node, budget), total);
            }
            if let State::Failed(_) = slot.state {
                return (Ending::Failed { step, node, fleeting: None }, total);
            }
        }
        (Ending::Value, total)
    }

    /// The ending of a program that needs more than the budget.
    fn spent(&self, step: u32, node: u32, budget: i64) -> Ending {
        if budget >= self.limits.fuel { Ending::Spent { step, node } } else { Ending::OverBudget }
    }

    /// Why a node has no value.
    fn failure(&self, node: u32) -> &Fail {
        match &self.slot(node).state {
            State::Failed(fail) => fail,
            State::Unset | State::Value(_) | State::Seeded(_) => &Fail::Fuel,
        }
    }

    /// What is known of a node.
    #[inline]
    fn slot(&self, node: u32) -> &Slot {
        let mask = usize::from(self.graph.level(node));
        &self.memos[self.homes[mask]].slots[mask][self.graph.place(node)]
    }

    /// The packed values of the scope where a node is at home.
    fn seeds(&self, node: u32) -> &Seeds {
        &self.memos[self.homes[usize::from(self.graph.level(node))]].seeds
    }

    /// The value of a node that has one.
    #[inline(always)]
    fn value(&self, node: u32) -> &Value {
        match self.graph.node(node) {
            Node::Leaf(value) => value,
            Node::Variable => self.variables[usize::from(self.graph.level(node))].unwrap_or(&Value::None),
            Node::Primitive(_) | Node::Computed => {
                match &self.slot(node).state {
                    State::Value(value) => value,
                    State::Seeded(number) => self.seeds(node).value(*number),
                    // A program ends at its first failure, and operands come first.
                    State::Unset | State::Failed(_) => &Value::None,
                }
            }
        }
    }

    /// Notes that a call failed, where that says something about the node.
    #[cold]
    fn failed(&mut self, context: &Context, node: u32, fail: Fail, budget: i64) -> Failed {
        let used = budget - context.left;
        match fail {
            Fail::Fuel if budget < self.limits.fuel => return Failed::OverBudget,
            // How far it got before that may hang on the order in which a set was walked.
            Fail::Fuel => self.keep(node, State::Failed(Box::new(Fail::Fuel)), budget.saturating_add(1)),
            // Never kept: it says nothing about the node, only about this moment.
            fail @ (Fail::Time | Fail::Memory) => return Failed::Fleeting(fail, used),
            fail => self.keep(node, State::Failed(Box::new(fail)), used),
        }
        Failed::Kept
    }

    fn keep(&mut self, node: u32, state: State, fuel: i64) {
        let mask = usize::from(self.graph.level(node));
        let memo = &mut self.memos[self.homes[mask]];
        memo.slots[mask][self.graph.place(node)] = Slot { state, fuel };
        memo.spent = memo.spent.saturating_add(fuel);
    }

    /// The result of a call whose operands have values.
    #[inline]
    fn called(&self, context: &mut Context, node: u32) -> Res {
        let operands = self.graph.operands(node);
        const NONE: &Value = &Value::None;
        let mut few = [NONE; 5];
        let many: Vec<&Value>;
        let arguments: &[&Value] = if operands.len() <= few.len() {
            for (argument, operand) in few.iter_mut().zip(operands) {
                *argument = self.value(*operand);
            }
            &few[..operands.len()]
        } else {
            many = operands.iter().map(|operand| self.value(*operand)).collect();
            &many
        };
        match (self.graph.node(node), arguments) {
            (Node::Primitive(number), _) => call_primitive(context, *number, arguments),
            (_, [function, arguments @ ..]) => call(context, function, arguments),
            _ => Err(Fail::error("TypeError: not a function")),
        }
    }

    /// Drops values where too much fuel, and so too much memory, went into them, and all in the scopes further in.
    fn relieve(&mut self) {
        let most = self.limits.fuel / MEMO_SHARE;
        if let Some(first) = self.memos.iter().position(|memo| memo.spent > most) {
            for memo in &mut self.memos[first..] {
                memo.forget();
            }
        }
    }

    fn forget(&mut self) {
        for memo in &mut self.memos {
            memo.forget();
        }
    }

    /// Bytes of the values in all memos.
    fn held(&self) -> i64 {
        self.memos.iter().map(|memo| memo.held).sum()
    }
}

/// How a call failed.
enum Failed {
    Kept,
    OverBudget,
    Fleeting(Fail, i64),
}
