//! Calls with a bound of their own.

use crate::context::Context;

/// Runs with fuel of its own, which is paid for in the end.
pub fn within<T>(context: &mut Context, fuel: i64, run: impl FnOnce(&mut Context) -> T) -> T {
    let before = context.left;
    context.fill(fuel);
    let result = run(context);
    let used = fuel - context.left;
    context.fill(before - used);
    result
}
