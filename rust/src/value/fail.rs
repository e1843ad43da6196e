//! Why a node has no value.

use std::borrow::Cow;

use super::Value;

/// What a primitive, or the machinery around it, fails with. Failures are ordinary results and never
/// unwind; the one exception is what finds no memory deep inside the building of a value, see `memory::claim`.
#[derive(Clone, Debug, PartialEq)]
pub enum Fail {
    /// A primitive has no result for its arguments.
    Error(Cow<'static, str>),
    /// A value, or the nesting of functions, would pass one of the bounds of [`super::weight`].
    Limit(&'static str),
    /// The fuel of the node is spent; every primitive passes it on at once.
    Fuel,
    /// The wall clock passed the deadline, or the evaluation was asked to stop; passed on at once.
    Time,
    /// The evaluation passed its bound on memory; passed on at once.
    Memory,
}

impl Fail {
    /// A failure of kind *error* with a fixed message.
    #[cold]
    pub const fn error(message: &'static str) -> Fail {
        Fail::Error(Cow::Borrowed(message))
    }

    /// Whether it ends everything, rather than being a result like any other.
    pub fn is_final(&self) -> bool {
        matches!(self, Fail::Fuel | Fail::Time | Fail::Memory)
    }
}

/// The result of a primitive.
pub type Res<T = Value> = Result<T, Fail>;
