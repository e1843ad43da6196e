//! The task as goals see it.

use super::target::Target;
use crate::value::Grid;

/// The samples of a task; no output of a test sample is among them.
pub struct TaskSamples {
    /// The outputs of the demo samples.
    pub target: Target,
    /// The inputs of all samples, demo samples first.
    pub inputs: Vec<Grid>,
    /// Whether each output has the shape of its input.
    pub keeps_shapes: bool,
}

impl TaskSamples {
    /// There is at least one input, and no more outputs than inputs.
    pub fn new(outputs: Vec<Grid>, inputs: Vec<Grid>) -> TaskSamples {
        let are_alike = |(a, b): (&Grid, &Grid)| a.height() == b.height() && a.width() == b.width();
        let keeps_shapes = outputs.iter().zip(&inputs).all(are_alike);
        TaskSamples { target: Target::new(outputs), inputs, keeps_shapes }
    }
}
