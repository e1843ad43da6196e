// The best programs of a task: results, outputs beside the expected ones, text, steps, lineage.

const outputPair = (run, sample, place) => {
  const name = sample ? sample.name : `sample ${place + 1}`;
  if (run.output === null) return make("p", null, `${name}: `, make("span.badge.wrong", null, "no grid"), ` ${run.words}`);
  const expected = sample ? sample.output : null;
  const marks = expected ? differing(run.output, expected) : [];
  const same = expected && !marks.length && expected === run.output;
  const shape = expected && expected !== run.output && !marks.length ? "another shape" : `${marks.length} differ`;
  const words = !expected ? "expected output unknown" : same ? "right" : shape;
  return make("div.sample", null,
    figure(`${name}: output`, gridCanvas(run.output, { most: 180, marks }),
      make(same ? "span.badge.right" : expected ? "span.badge.wrong" : "span.badge", null, words)),
    expected && !same ? figure("expected", gridCanvas(expected, { most: 180 })) : null);
};

const resultFacts = (result, task) => {
  const tests = task.samples.filter((sample) => sample.name.startsWith("test")).length;
  const demos = task.samples.length - tests;
  return make("span.facts", null,
    make("span", null, `${result.demo_right}${demos ? `/${demos}` : ""} demo`),
    make("span", null, result.test_right === null ? "test unknown" : `${result.test_right}${tests ? `/${tests}` : ""} test`),
    make("span", null, `${percent(result.near)} of cells`),
    make("span", null, `${count(result.fuel)} fuel`),
    result.seconds === null ? null : make("span", null, `${seconds(result.seconds)} s`));
};

const fillProgram = async (body, result, program, task) => {
  const [text, words] = await programDetails(program);
  const outputs = result.samples.map((run, place) => outputPair(run, task.samples[place], place));
  body.replaceChildren(...[
    result.note ? make("p.soft", null, `not run again: ${result.note}`) : null,
    outputs.length ? make("div", null, make("h4", null, "Outputs"), make("div.samples", null, outputs)) : null,
    make("div", null, make("h4", null, "Program"), programText(text)),
    programWords(words),
    stepsOf(task.samples, result.samples, program.name),
    lineageTree(program),
  ].filter(Boolean));
};

const programPanel = (result, task, isOpen) => {
  const program = PROGRAM_OF.get(result.md5);
  const body = make("div", null);
  const panel = make("details.program", null,
    make("summary", null, make("strong", null, program ? program.name : result.md5), resultFacts(result, task)), body);
  let isFilled = false;
  const fill = () => {
    if (!panel.open || isFilled || !program) return;
    isFilled = true;
    fillProgram(body, result, program, task);
  };
  panel.addEventListener("toggle", fill);
  panel.open = isOpen;
  fill();
  return panel;
};

/** The programs of a task, the best one open; null where there is none. */
const programsOf = (task) => {
  if (!task.programs.length) return null;
  const more = task.program_count - task.programs.length;
  return make("section", null, make("h3", null, "Best programs"),
    task.programs.map((result, place) => programPanel(result, task, place === 0)),
    more > 0 ? make("p.soft", null, `${count(more)} more programs have a result on this task.`) : null);
};
