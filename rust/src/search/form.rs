//! Forms: which values a kind of the grammar takes in. Whatever else an expression gives is dropped at once.

use crate::value::{Grid, Value};

/// Most rows and columns of a grid.
pub const MAX_SIDE: usize = 30;
/// Most colors.
const COLORS: u8 = 10;
/// Numbers and the members of offsets stay within this, both ways.
const MOST: i64 = 1_000;
/// Most elements of a container.
const ELEMENTS: usize = 100;

/// A class of values that Rust can tell by looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// 1 to 30 rows and columns, colors 0 to 9.
    Grid,
    /// A set of cells, at most one a location; not empty.
    Object,
    /// A set of locations; not empty.
    Indices,
    /// An int from 0 to 9.
    Color,
    /// An int from -1000 to 1000.
    Count,
    /// A bool.
    Truth,
    /// Two ints from -1000 to 1000.
    Offset,
    /// A function, built or a primitive.
    Function,
    /// A function of one argument of a form, which mostly gives values of another.
    Map(Box<Form>, Box<Form>),
    /// A set of values of one form; 1 to 100 elements.
    Set(Box<Form>),
    /// A tuple of values of one form; 1 to 100 elements.
    Tuple(Box<Form>),
}

impl Form {
    /// The form that a text names: `grid`, `set of object`, `function from object to count`; None for any other text.
    pub fn parse(text: &str) -> Option<Form> {
        if let Some((argument, result)) = text.strip_prefix("function from ").and_then(|rest| rest.split_once(" to ")) {
            return Some(Form::Map(Box::new(Form::parse(argument)?), Box::new(Form::parse(result)?)));
        }
        if let Some(inner) = text.strip_prefix("set of ") {
            return Form::parse(inner).map(|form| Form::Set(Box::new(form)));
        }
        if let Some(inner) = text.strip_prefix("tuple of ") {
            return Form::parse(inner).map(|form| Form::Tuple(Box::new(form)));
        }
        Some(match text {
            "grid" => Form::Grid,
            "object" => Form::Object,
            "indices" => Form::Indices,
            "color" => Form::Color,
            "count" => Form::Count,
            "truth" => Form::Truth,
            "offset" => Form::Offset,
            "function" => Form::Function,
            _ => return None,
        })
    }

    /// Whether a value is of this form.
    pub fn admits(&self, value: &Value) -> bool {
        let is_near = |number: &i32| i64::from(*number).abs() <= MOST;
        match (self, value) {
            (Form::Grid, Value::Grid(grid)) => is_arc(grid),
            (Form::Object, Value::Mono(color, _)) => *color < COLORS,
            (Form::Object, Value::Multi(multi)) => multi.colors().iter().all(|color| *color < COLORS),
            (Form::Indices, Value::Indices(_)) | (Form::Truth, Value::Bool(_)) => true,
            (Form::Color, Value::Int(number)) => (0..i64::from(COLORS)).contains(number),
            (Form::Count, Value::Int(number)) => number.abs() <= MOST,
            (Form::Offset, Value::Pair(first, second)) => is_near(first) && is_near(second),
            (Form::Function | Form::Map(..), function) => function.is_function(),
            (Form::Set(form), Value::Set(set)) => are_admitted(form, set.items()),
            (Form::Tuple(form), Value::Tuple(tuple)) => are_admitted(form, tuple.items()),
            (Form::Tuple(form), tuple) if tuple.is_tuple() && tuple.count() <= ELEMENTS => {
                tuple.items().is_ok_and(|mut items| items.all(|item| form.admits(&item)))
            }
            _ => false,
        }
    }
}

fn are_admitted(form: &Form, items: &[Value]) -> bool {
    (1..=ELEMENTS).contains(&items.len()) && items.iter().all(|item| form.admits(item))
}

/// Whether a grid is one of ARC.
pub fn is_arc(grid: &Grid) -> bool {
    let sides = 1..=MAX_SIDE;
    sides.contains(&grid.height()) && sides.contains(&grid.width()) && grid.cells().iter().all(|cell| *cell < COLORS)
}
