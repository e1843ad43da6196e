//! Grids of several times the input's shape: the input made larger, and laid side by side.

use crate::context::Context;
use crate::search::answer::Part;
use crate::search::goals::frame::task::TaskSamples;
use crate::search::goals::frame::workbench::{Node, Workbench};
use crate::value::{Grid, Value};

/// Most times that the input is repeated one way.
const MOST: usize = 5;
/// Most rows and columns.
const MOST_SIDE: usize = 30;

/// How often each output is as high and as wide as its input, if that is the same on all demo samples and not once.
fn factors(task: &TaskSamples) -> Option<(usize, usize)> {
    let of = |(output, input): (&Grid, &Grid)| {
        let is_whole = output.height() % input.height() == 0 && output.width() % input.width() == 0;
        is_whole.then(|| (output.height() / input.height(), output.width() / input.width()))
    };
    let mut all = task.target.outputs().iter().zip(&task.inputs).map(of);
    let first = all.next()??;
    let is_one = all.all(|other| other == Some(first));
    (is_one && first != (1, 1) && first.0 <= MOST && first.1 <= MOST).then_some(first)
}

/// The shapes of the samples' grids made larger as the outputs are; None where they are not so many times the inputs.
pub fn shapes(task: &TaskSamples) -> Option<Vec<(usize, usize)>> {
    let (down, right) = factors(task)?;
    let shapes: Vec<(usize, usize)> =
        task.inputs.iter().map(|input| (input.height() * down, input.width() * right)).collect();
    shapes.iter().all(|(height, width)| *height <= MOST_SIDE && *width <= MOST_SIDE).then_some(shapes)
}

/// The inputs laid side by side and made larger, where that gives these shapes.
pub fn grids(context: &mut Context, task: &TaskSamples, bench: &mut Workbench, wanted: &[(usize, usize)]) -> Vec<Node> {
    let Some((down, right)) = factors(task) else { return Vec::new() };
    if shapes(task).as_deref() != Some(wanted) {
        return Vec::new();
    }
    let inputs = task.inputs.iter().cloned().map(Value::Grid).collect();
    let input = bench.part(Part::Input, inputs, 1);
    let tiled = repeated(context, bench, input, "hconcat", right);
    let tiled = tiled.and_then(|row| repeated(context, bench, row, "vconcat", down));
    let (rows, columns) = (bench.int(down as i64), bench.int(right as i64));
    let larger = bench.call(context, "vupscale", &[input, rows]);
    let larger = larger.and_then(|grid| bench.call(context, "hupscale", &[grid, columns]));
    [tiled, larger].into_iter().flatten().collect()
}

fn repeated(context: &mut Context, bench: &mut Workbench, grid: Node, name: &str, times: usize) -> Option<Node> {
    (1..times).try_fold(grid, |row, _| bench.call(context, name, &[row, grid]))
}
