// The comparison page: its rows are in the page, what a row opens is unpacked when the page has come.

const CHANGES = ["won", "lost", "nearer", "farther", "different", "swapped", "same"];
const table = byId("changes");

// ---- the detail of a row

/** What is said of a run: whether it is right, how many cells differ, or why there is no grid. */
const verdictOf = (run, expected) => {
  if (run.is_right) return make("span.badge.right", null, "right");
  const isWrong = run.is_right === false;
  const badge = (words) => make(isWrong ? "span.badge.wrong" : "span.badge", null, words);
  if (run.output === null) return badge("no grid");
  if (expected === null) return null;
  const [rows, others] = [rowsOf(run.output), rowsOf(expected)];
  if (rows.length !== others.length || rows[0].length !== others[0].length) return badge("another size");
  const wrong = differing(run.output, expected).length;
  return badge(`${wrong} ${wrong === 1 ? "cell differs" : "cells differ"}`);
};

const runFigure = (title, run, expected) => figure(
  title,
  run.output === null ? make("p", null, run.words)
    : gridCanvas(run.output, { marks: expected === null ? [] : differing(run.output, expected) }),
  verdictOf(run, expected),
);

const runFigures = (side, runs, expected) => (runs.length
  ? runs.map((run, place) => runFigure(runs.length > 1 ? `${side}, attempt ${place + 1}` : side, run, expected))
  : [figure(side, make("p.soft", null, "nothing to show"))]);

const sampleParts = (sample) => [
  make("h3", null, sample.name),
  make("div.sample", null,
    sample.input === null ? null : figure("input", gridCanvas(sample.input)),
    sample.expected === null ? null : figure("expected", gridCanvas(sample.expected)),
    runFigures("before", sample.before, sample.expected),
    runFigures("after", sample.after, sample.expected)),
];

const bestPart = (side, program) => (program === null ? null : make("div", null,
  make("h4", null, `${side}: ${program.name}`), program.text ? programText(program.text) : null));

const detailOf = (task) => make("tr.detail", null, make("td", { colspan: 5 },
  task.notes.map((note) => make("p.note", null, note)),
  task.samples.flatMap(sampleParts),
  task.program_before || task.program_after ? [
    make("h3", null, "Best programs"),
    make("div.texts", null, bestPart("before", task.program_before), bestPart("after", task.program_after)),
  ] : null));

const openedBelow = (row) => {
  const next = row.nextElementSibling;
  return next && next.classList.contains("detail") ? next : null;
};

const toggle = (button, tasks) => {
  const row = button.closest("tr");
  const opened = openedBelow(row);
  if (opened) opened.remove();
  else row.after(detailOf(tasks[row.dataset.place]));
  button.setAttribute("aria-expanded", String(!opened));
};

// ---- thumbnails: of the first sample on which the sides differ, drawn when they come into view

const telling = (task) => {
  const outputs = (runs) => runs.map((run) => run.output).join(" ");
  return task.samples.find((sample) => outputs(sample.before) !== outputs(sample.after)) || task.samples[0];
};

const thumbOf = (task, part) => {
  const sample = telling(task);
  if (!sample) return null;
  if (part === "expected") return sample.expected === null ? null : gridCanvas(sample.expected, { most: 54 });
  const run = sample[part].find((one) => one.is_right) || sample[part].find((one) => one.output !== null);
  if (!run || run.output === null) return null;
  const marks = sample.expected === null ? [] : differing(run.output, sample.expected);
  return gridCanvas(run.output, { most: 54, marks });
};

const watchThumbs = (tasks) => {
  const watch = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      watch.unobserve(target);
      const drawing = thumbOf(tasks[target.closest("tr").dataset.place], target.dataset.part);
      if (drawing) target.append(drawing);
    }
  }, { rootMargin: "300px" });
  table.querySelectorAll(".thumb").forEach((place) => watch.observe(place));
};

// ---- sorting and filtering

const sortKey = (row, by) => {
  if (by === "task") return row.dataset.task;
  return by === "change" ? CHANGES.indexOf(row.dataset.change) : Number(row.dataset[by]);
};

const sortBy = (button) => {
  const head = button.closest("th");
  const falls = head.getAttribute("aria-sort") === "ascending";
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const sign = falls ? -1 : 1;
  const rows = [...table.querySelectorAll("tr[data-place]")].map((row) => [sortKey(row, button.dataset.by), row]);
  rows.sort(([a, one], [b, two]) => (a < b ? -sign : a > b ? sign : one.dataset.place - two.dataset.place));
  table.tBodies[0].append(...rows.flatMap(([, row]) => [row, openedBelow(row)].filter(Boolean)));
};

const textOf = new WeakMap();

/** What a row is found by; it never changes. */
const findable = (row) => {
  if (!textOf.has(row)) textOf.set(row, row.textContent.toLowerCase());
  return textOf.get(row);
};

const filter = () => {
  const kinds = new Set([...document.querySelectorAll("input[name=kind]:checked")].map((box) => box.value));
  const word = byId("find").value.trim().toLowerCase();
  const rows = [...table.querySelectorAll("tr[data-place]")];
  let shown = 0;
  for (const row of rows) {
    row.hidden = !kinds.has(row.dataset.change) || !findable(row).includes(word);
    const opened = openedBelow(row);
    if (opened) opened.hidden = row.hidden;
    shown += !row.hidden;
  }
  byId("shown").textContent = `${count(shown)} of ${count(rows.length)} shown`;
};

const start = async () => {
  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  filter();
  const tasks = await unpacked("details");
  watchThumbs(tasks);
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.by) sortBy(button);
    else toggle(button, tasks);
  });
  table.dataset.ready = "";
};

if (table) start();
