//! Panics: bugs of this library. One ends the evaluation of a node and nothing else, and is reported as its failure.

use std::cell::RefCell;
use std::panic::{PanicHookInfo, set_hook};

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on panics are noted instead of printed; to be called once, by the owner of the process.
pub fn keep_quiet() {
    set_hook(Box::new(note));
}

fn note(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    let payload = panic.payload();
    let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text.as_str(),
        (None, None) => "a panic",
    };
    let message = format!("internal error: {message}{place}");
    // A panic while this is borrowed is reported without a message.
    let _ = LAST.try_with(|last| last.try_borrow_mut().map(|mut last| *last = Some(message)));
}

/// What the last panic of this thread said.
pub fn last() -> String {
    LAST.with(|last| last.borrow_mut().take()).unwrap_or_else(|| "internal error".to_owned())
}
