//! Functions that programs build out of others; the twin of `closures.py`.

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use md5::{Digest, Md5};
use triomphe::Arc;

use super::fail::{Fail, Res};
use super::identity::hash_of_built;
use super::names::name_of;
use super::weight::MAX_FUNCTION_DEPTH;
use super::{Items, Value};

/// Most characters of a built function's text; a longer one is replaced by its digest.
const MAX_TEXT: usize = 200;
/// Most parts of a function.
pub const MAX_PARTS: usize = 3;
/// What a function takes itself.
const OWN_BYTES: u32 = size_of::<Data>() as u32 + 16;

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
    count: u8,
    depth: u8,
    is_passing: bool,
    bytes: u32,
    /// The first `count` of them; no builder takes more.
    parts: [Value; MAX_PARTS],
    text: OnceLock<Box<str>>,
    /// 0 before it is asked for.
    hash: AtomicU64,
    /// The number of a run and, in the lower half, what that run notes.
    note: AtomicU64,
}

/// A built function: what built it, and from what. Two are equal when they are built alike.
#[derive(Clone, Debug)]
pub struct Function(Arc<Data>);

impl Function {
    /// Builds a function of at most [`MAX_PARTS`] parts; nothing is called and nothing checked but the depth.
    pub fn new(builder: Builder, parts: &[&Value]) -> Res<Function> {
        Function::built(builder, parts, false)
    }

    /// As [`Function::new`]; passing is one that is built within a call, so that there may be others like it.
    pub fn built(builder: Builder, given: &[&Value], is_passing: bool) -> Res<Function> {
        let depth = 1 + given.iter().map(|part| usize::from(part.weight().functions)).max().unwrap_or(0);
        if depth > MAX_FUNCTION_DEPTH {
            return Err(Fail::Limit("function of more than 64 levels"));
        }
        let bytes = given.iter().fold(OWN_BYTES, |bytes, part| bytes.saturating_add(part.bytes()));
        let mut parts = [const { Value::None }; MAX_PARTS];
        for (part, given) in parts.iter_mut().zip(given) {
            *part = (*given).clone();
        }
        Ok(Function(Arc::new(Data {
            builder,
            count: given.len().min(MAX_PARTS) as u8,
            depth: depth as u8,
            is_passing,
            bytes,
            parts,
            text: OnceLock::new(),
            hash: AtomicU64::new(0),
            note: AtomicU64::new(0),
        })))
    }

    /// Whether it was built within a call.
    #[inline]
    pub fn is_passing(&self) -> bool {
        self.0.is_passing
    }

    /// Bytes that it holds, what it shares counted as often as it stands in it; what is beyond 32 bits is not told.
    #[inline]
    pub fn bytes(&self) -> u32 {
        self.0.bytes
    }

    /// A hash of what it was built by and from; functions that are the same ([`super::identity`]) have the same.
    #[inline]
    pub fn hash(&self) -> u64 {
        let known = self.0.hash.load(Ordering::Relaxed);
        if known != 0 {
            return known;
        }
        let hash = hash_of_built(self.builder(), self.parts()).max(1);
        self.0.hash.store(hash, Ordering::Relaxed);
        hash
    }

    /// What a run, by its number of 1 and more, has noted here last; 0 when it has not.
    #[inline]
    pub fn note(&self, run: u32) -> i32 {
        let word = self.0.note.load(Ordering::Relaxed);
        if (word >> 32) as u32 == run { word as u32 as i32 } else { 0 }
    }

    /// Notes a number for a run, in place of what was there. Runs at the same time may lose each other's notes.
    #[inline]
    pub fn take_note(&self, run: u32, note: i32) {
        self.0.note.store(u64::from(run) << 32 | u64::from(note as u32), Ordering::Relaxed);
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
        &self.0.parts[..usize::from(self.0.count)]
    }

    /// Levels of built functions in it, 1 and more.
    #[inline]
    pub fn depth(&self) -> usize {
        usize::from(self.0.depth)
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
                return full.into_boxed_str();
            }
            let mut text = format!("{name}#");
            for byte in Md5::digest(full.as_bytes()) {
                let _ = write!(text, "{byte:02x}");
            }
            text.into_boxed_str()
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
