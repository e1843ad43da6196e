//! What a search may spend, what it has spent, and why it ended.

/// Bounds of a search; each is checked by itself.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Expressions that are evaluated; None for no bound.
    pub nodes: Option<u64>,
    /// Fuel of all expressions together; None for no bound.
    pub fuel: Option<u64>,
    /// Fuel of one expression on all samples, a quarter of it where functions are called; what needs more is dropped.
    pub node_fuel: i64,
    /// Wall-clock seconds in the search; None for no bound.
    pub seconds: Option<f64>,
    /// Bytes that the search may hold; None for no bound.
    pub memory_bytes: Option<i64>,
    /// Answers that are given; None for no bound.
    pub answers: Option<u64>,
    /// Highest cost that is looked at; None for no bound.
    pub cost: Option<u16>,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of the nodes were spent.
    Nodes,
    /// All of the fuel was.
    Fuel,
    /// The time ran out.
    Time,
    /// The memory ran out.
    Memory,
    /// There are as many answers as were wanted.
    Answers,
    /// Every expression up to the highest cost was looked at, or there is none left.
    Exhausted,
    /// It was asked to stop, or Ctrl-C was pressed.
    Interrupted,
}

impl End {
    /// Its name in Python.
    pub fn name(self) -> &'static str {
        match self {
            End::Nodes => "nodes",
            End::Fuel => "fuel",
            End::Time => "time",
            End::Memory => "memory",
            End::Answers => "answers",
            End::Exhausted => "exhausted",
            End::Interrupted => "interrupted",
        }
    }
}

/// What a search has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// Expressions evaluated, those that failed on a sample included; leaves count.
    pub applied: u64,
    /// Those of them that gave something new.
    pub unique: u64,
    /// Those that gave what was known.
    pub duplicates: u64,
    /// Those that failed, or gave no value of their kind, on some sample.
    pub failed: u64,
    /// Units of fuel.
    pub fuel: u64,
    /// Answers given.
    pub answers: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes held.
    pub memory_bytes: i64,
    /// The cost that is being looked at, from 1.
    pub cost: u16,
}
