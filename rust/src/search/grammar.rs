//! The grammar of a search: what expressions are made of. It is data, handed over by the caller.

use crate::primitives::table;
use crate::value::Value;

use super::form::Form;
use super::kernels::{self, Kernel};

/// Most arguments of a production.
pub const MAX_ARGUMENTS: usize = 4;
/// Most kinds of a grammar.
pub const MAX_KINDS: usize = 255;

/// A class of expressions that may stand for each other.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Which values belong to it.
    pub form: Form,
    /// Whether the goals are shown its expressions.
    pub is_offered: bool,
}

/// An expression without arguments.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// A constant or a primitive as a function; None for the variable `I`.
    pub value: Option<Value>,
    /// Number of its kind.
    pub kind: u8,
    /// At least 1.
    pub cost: u16,
}

/// A primitive for arguments of certain kinds.
#[derive(Clone, Debug)]
pub struct Production {
    /// Its number in the table of primitives.
    pub primitive: u16,
    /// The kinds of its arguments.
    pub arguments: Vec<u8>,
    /// The kind of its result.
    pub result: u8,
    /// At least 1; that of its arguments comes on top.
    pub cost: u16,
    /// Two arguments that may change places without changing the result: one order is left out.
    pub symmetric: Option<(u8, u8)>,
    /// Whether it gives nothing new where two arguments are the same expression.
    pub is_distinct: bool,
}

/// What a production is to the search.
pub struct Rule {
    /// As handed over.
    pub production: Production,
    /// The way of its own over grids in a row, where there is one.
    pub kernel: Option<Kernel>,
    /// Its arguments from the one that changes last to the one that changes with every expression.
    pub nesting: Vec<usize>,
    /// Whether functions are among its arguments, which it may call on every element of a container.
    pub has_functions: bool,
}

/// Kinds, leaves and productions.
pub struct Grammar {
    /// By number.
    pub kinds: Vec<Kind>,
    /// In the order in which they are looked at.
    pub leaves: Vec<Leaf>,
    /// In the order in which they are looked at.
    pub rules: Vec<Rule>,
}

impl Grammar {
    /// Checks and keeps what was handed over. The failure says what is wrong.
    pub fn new(kinds: Vec<Kind>, leaves: Vec<Leaf>, productions: Vec<Production>) -> Result<Grammar, String> {
        if kinds.is_empty() || kinds.len() > MAX_KINDS {
            return Err(format!("a grammar has 1 to {MAX_KINDS} kinds, not {}", kinds.len()));
        }
        if leaves.len().max(productions.len()) > usize::from(u16::MAX) {
            return Err("a grammar has at most 65535 leaves and productions".to_owned());
        }
        let is_kind = |kind: u8| usize::from(kind) < kinds.len();
        for leaf in &leaves {
            if !is_kind(leaf.kind) || leaf.cost == 0 {
                return Err("a leaf has a kind of the grammar and a cost of at least 1".to_owned());
            }
            let form = &kinds[usize::from(leaf.kind)].form;
            let fits = match &leaf.value {
                Some(value) => form.admits(value),
                None => *form == Form::Grid,
            };
            if !fits {
                return Err(format!("a leaf is no value of its kind: {:?}", leaf.value));
            }
        }
        let mut rules = Vec::with_capacity(productions.len());
        for production in productions {
            rules.push(rule(production, &kinds)?);
        }
        Ok(Grammar { kinds, leaves, rules })
    }
}

fn rule(production: Production, kinds: &[Kind]) -> Result<Rule, String> {
    let Some(primitive) = table().get(usize::from(production.primitive)) else {
        return Err(format!("there is no primitive number {}", production.primitive));
    };
    let Production { arguments, result, cost, symmetric, .. } = &production;
    if arguments.len() != primitive.arity || arguments.is_empty() || arguments.len() > MAX_ARGUMENTS {
        return Err(format!("{} takes {} arguments, not {}", primitive.name, primitive.arity, arguments.len()));
    }
    if arguments.iter().chain([result]).any(|kind| usize::from(*kind) >= kinds.len()) || *cost == 0 {
        return Err(format!("{}: kinds of the grammar and a cost of at least 1 are wanted", primitive.name));
    }
    if let Some((first, second)) = symmetric {
        let kind = |place: &u8| arguments.get(usize::from(*place));
        if first >= second || kind(first).is_none() || kind(first) != kind(second) {
            return Err(format!("{}: arguments that change places are two of one kind", primitive.name));
        }
    }
    let is_grid = |kind: u8| kinds[usize::from(kind)].form == Form::Grid;
    // What is dear to look up changes least often: grids first. Of two that change places the first one stays outside.
    let mut nesting: Vec<usize> = (0..arguments.len()).collect();
    nesting.sort_by_key(|place| !is_grid(arguments[*place]));
    let are_grids: Vec<bool> = arguments.iter().map(|kind| is_grid(*kind)).collect();
    let kernel = if is_grid(*result) { kernels::of(primitive.name, &are_grids) } else { None };
    let is_function = |kind: &u8| matches!(kinds[usize::from(*kind)].form, Form::Function | Form::Map(..));
    let has_functions = arguments.iter().any(is_function);
    Ok(Rule { production, kernel, nesting, has_functions })
}
