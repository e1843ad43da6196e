//! What a goal finds on a task.

use std::sync::atomic::AtomicBool;

use arcbatt_native::context::{Context, Watch};
use arcbatt_native::search::answer::Answer;
use arcbatt_native::search::goals::frame::dispatch::Offered;
use arcbatt_native::search::goals::frame::goal::Level;
use arcbatt_native::search::goals::goals_of;
use arcbatt_native::search::grids::Values;
use arcbatt_native::value::{Grid, Value};

const FUEL: i64 = 1_000_000_000;

/// What the answers of a goal, the cheapest first, give on the last input, which has no output; the inputs are the only
/// expression that was shown. Every answer is right on the others.
pub fn found(goal: &str, inputs: &[Grid], outputs: &[Grid]) -> Vec<Grid> {
    let stop = AtomicBool::new(false);
    let context = &mut Context::new(Watch::new(&stop));
    let mut goals = goals_of(outputs.to_vec(), inputs.to_vec());
    let mut answers: Vec<Answer> = Vec::new();
    let values: Vec<Value> = inputs.iter().cloned().map(Value::Grid).collect();
    context.fill(FUEL);
    goals.offer(context, Offered { entry: 0, cost: 1, fits: None }, Values::Plain(&values, values.len()), &mut answers);
    goals.close_level(context, Level { nodes: 2_000, ..Level::default() }, &mut answers);
    answers.retain(|answer| answer.goal == goal);
    answers.sort_by_key(|answer| answer.cost);
    let mut run = |answer: &Answer, input: &Grid| {
        let value = Value::Grid(input.clone());
        let Ok(Value::Grid(grid)) = answer.run(context, FUEL, &value, |_| value.clone()) else {
            panic!("no grid: {answer:?}")
        };
        grid
    };
    for answer in &answers {
        for (input, output) in inputs.iter().zip(outputs) {
            assert_eq!(run(answer, input), *output, "{answer:?}");
        }
    }
    answers.iter().map(|answer| run(answer, &inputs[inputs.len() - 1])).collect()
}
