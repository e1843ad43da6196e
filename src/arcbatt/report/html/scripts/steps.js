// The steps of a program on a sample, drawn: grids, objects, and the step at which it fails.

const stepValue = (step, input) => {
  if (step.grid) return [gridCanvas(step.grid, { most: 150 }), make("p.soft", null, step.words)];
  if (step.objects.length && step.objects.some((object) => object.length)) {
    return [objectsCanvas(step.objects, input, 150), make("p.soft.mono", null, step.words)];
  }
  return [make("p.mono", null, step.words || "not computed: a step that it needs failed")];
};

const stepRow = (step, input) => make(step.is_failing ? "li.step.failing" : "li.step", null,
  make("pre", null, step.is_failing ? make("strong.badge.failed", null, "fails here") : null,
    step.is_failing ? " " : null, make("code", null, coloredText(step.text))),
  make("div", null, stepValue(step, input)));

/** The steps with a choice of the sample; null where none were gathered. */
const stepsOf = (samples, runs, label) => {
  const places = runs.map((run, place) => [run, place]).filter(([run]) => run.steps.length);
  if (!places.length) return null;
  const select = make("select", null, places.map(([run, place]) => make("option", { value: String(place) },
    `${samples[place] ? samples[place].name : `sample ${place + 1}`}${run.is_right === false ? " (wrong)" : ""}`)));
  const first = places.find(([run]) => run.is_right === false) || places[0];
  const list = make("ol.steps", { "aria-label": `steps of ${label}` });
  const show = () => {
    const place = Number(select.value);
    const input = samples[place] ? samples[place].input : null;
    list.replaceChildren(...runs[place].steps.map((step) => stepRow(step, input)));
  };
  select.value = String(first[1]);
  select.addEventListener("change", show);
  show();
  return make("div", null, make("h4", null, "Steps"), make("p", null, make("label", null, "on ", select)), list);
};
