//! Functions that programs build out of others; the twin of `closures.py`.

use std::fmt::Write as _;
use std::sync::OnceLock;

use md5::{Digest, Md5};
use triomphe::Arc;

use super::fail::{Fail, Res};
use super::names::name_of;
use super::weight::MAX_FUNCTION_DEPTH;
use super::{Items, Value};

/// Most characters of a built function's text; a longer one is replaced by its digest.
const MAX_TEXT: usize = 200;

/// What built a function. Bound functions say how many arguments are left: 1, 2 or 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builder {
    /// `compose(outer, inner)`.
    Compose,
    /// `chain(h, g, f)`.
    Chain,
    /// `matcher(function, target)`.
    Matcher,
    /// `fork(outer, a, b)`.
    Fork,
    /// `power(function, n)`.
    Power,
    /// `rbind(function, fixed)`.
    RightBind(u8),
    /// `lbind(function, fixed)`.
    LeftBind(u8),
}

impl Builder {
    /// The primitive's name.
    pub fn name(self) -> &'static str {
        match self {
            Builder::Compose => "compose",
            Builder::Chain => "chain",
            Builder::Matcher => "matcher",
            Builder::Fork => "fork",
            Builder::Power => "power",
            Builder::RightBind(_) => "rbind",
            Builder::LeftBind(_) => "lbind",
        }
    }
}

#[derive(Debug)]
struct Data {
    builder: Builder,
    parts: Vec<Value>,
    depth: usize,
    text: OnceLock<String>,
}

/// A built function: what built it, and from what. Two are equal when they are built alike.
#[derive(Clone, Debug)]
pub struct Function(Arc<Data>);

impl Function {
    /// Builds a function; nothing is called and nothing checked but the depth.
    pub fn new(builder: Builder, parts: Vec<Value>) -> Res<Function> {
        let depth = 1 + parts.iter().map(|part| usize::from(part.weight().functions)).max().unwrap_or(0);
        if depth > MAX_FUNCTION_DEPTH {
            return Err(Fail::Limit("function of more than 64 levels"));
        }
        Ok(Function(Arc::new(Data { builder, parts, depth, text: OnceLock::new() })))
    }

    /// Where it lies in memory: its own as long as it is held.
    pub fn address(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// What built it.
    #[inline]
    pub fn builder(&self) -> Builder {
        self.0.builder
    }

    /// What it was built from, in the order of the primitive that built it.
    #[inline]
    pub fn parts(&self) -> &[Value] {
        &self.0.parts
    }

    /// Levels of built functions in it, 1 and more.
    #[inline]
    pub fn depth(&self) -> usize {
        self.0.depth
    }

    /// Number of arguments.
    #[inline]
    pub fn arity(&self) -> usize {
        match self.0.builder {
            Builder::RightBind(left) | Builder::LeftBind(left) => usize::from(left),
            _ => 1,
        }
    }

    /// The call that builds it, or its digest.
    pub fn text(&self) -> &str {
        self.0.text.get_or_init(|| {
            let name = self.builder().name();
            let mut full = format!("{name}(");
            for (number, part) in self.parts().iter().enumerate() {
                full.push_str(if number > 0 { ", " } else { "" });
                write_text(&mut full, part);
            }
            full.push(')');
            if full.len() <= MAX_TEXT {
                return full;
            }
            let mut text = format!("{name}#");
            for byte in Md5::digest(full.as_bytes()) {
                let _ = write!(text, "{byte:02x}");
            }
            text
        })
    }
}

/// The text of a value inside a function's text; equal values have equal texts. All of it is ASCII.
pub fn text_of(value: &Value) -> String {
    let mut text = String::new();
    write_text(&mut text, value);
    text
}

fn write_text(text: &mut String, value: &Value) {
    // Writing to a string does not fail.
    match value {
        Value::None => text.push_str("None"),
        Value::Bool(truth) => text.push(if *truth { '1' } else { '0' }),
        Value::Int(number) => drop(write!(text, "{number}")),
        Value::Primitive(id) => text.push_str(&name_of(*id)),
        Value::Function(function) => text.push_str(function.text()),
        _ => {
            let (open, close) = if value.is_tuple() { ('(', ')') } else { ('{', '}') };
            text.push(open);
            for (number, item) in Items::of(value).into_iter().flatten().enumerate() {
                text.push_str(if number > 0 { ", " } else { "" });
                write_text(text, &item);
            }
            text.push_str(if value.is_tuple() && value.count() == 1 { "," } else { "" });
            text.push(close);
        }
    }
}
