// An opened task: its samples, attempts, programs and failures.

const samplesOf = (task) => {
  if (!task.samples.length) return make("p.note", null, "The grids of this task were not at hand: name its set or file with --set or --data.");
  return make("section", null, make("h3", null, "Samples"), make("div.samples", null, task.samples.map((sample) =>
    make("div.sample", null,
      figure(`${sample.name}: input`, gridCanvas(sample.input, { most: 200 })),
      make("span.arrow", { "aria-hidden": "true" }, "\u2192"),
      sample.output === null ? make("p.soft", null, "output unknown")
        : figure("output", gridCanvas(sample.output, { most: 200 }))))));
};

const failuresOf = (task) => {
  if (!task.failures.length) return null;
  const head = ["Count", "Kind", "In", "First reason", "Of program"].map((text) => make("th", { scope: "col" }, text));
  const rows = task.failures.map((failure) => {
    const program = PROGRAM_OF.get(failure.program);
    return make("tr", null, make("td.number", null, count(failure.count)), make("td", null, failure.kind),
      make("td.mono", null, failure.call), make("td", null, failure.message),
      make("td", null, program ? programLink(program) : failure.program));
  });
  return make("section", null, make("h3", null, "Failures"),
    make("div.scroll", { tabindex: "0", role: "region", "aria-label": "Failures" },
      make("table", null, make("thead", null, make("tr", null, head)), make("tbody", null, rows))));
};

/** The content of an opened task. */
const taskContent = async (row) => {
  const task = await taskDetails(row);
  return [
    make("p.facts", null, standingBadge(task.standing),
      make("span", null, task.near === null ? "no program" : `${percent(task.near)} of cells right`),
      task.set ? make("span", null, task.set) : null,
      task.families.length ? make("span", null, `goal families: ${task.families.join(", ")}`) : null,
      task.seconds === null ? null : make("span", null, `${seconds(task.seconds)} CPU s`),
      make("span.md5", null, task.digest)),
    task.notes.length ? make("ul.notes", null, task.notes.map((note) => make("li", null, note))) : null,
    samplesOf(task), attemptsOf(task), programsOf(task), failuresOf(task),
  ].filter(Boolean);
};
