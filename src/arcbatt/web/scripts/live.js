// The overview: each event is a whole one, as JSON, and is drawn with texts alone.

const NAMESPACE = "http://www.w3.org/2000/svg";
const CURVE = { left: 46, right: 630, top: 10, bottom: 188 };

const svg = (tag, attributes, text) => {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

const badge = (text, kind) => make(`span.badge${kind ? `.${kind}` : ""}`, null, text);
const known = (number) => (number === null ? "-" : count(number));
const several = (number, word) => `${count(number)} ${word}${number === 1 ? "" : "s"}`;

const STATUS = {
  running: ["running", "near"], finished: ["finished", "solved"], interrupted: ["interrupted", "failed"],
  failed: ["failed", "failed"], gone: ["ended without a word", "failed"],
};
const statusBadge = (status) => badge(...(STATUS[status] || [status, ""]));

/** Puts children in place of others only where something changed, so that focus and opened texts stay. */
const filled = new WeakMap();
const fill = (element, value, draw) => {
  const text = JSON.stringify(value);
  if (filled.get(element) === text) return;
  filled.set(element, text);
  element.replaceChildren(...draw(value));
};

const card = ([value, words]) => make("li", null, make("strong", null, value), make("span", null, words));

const cardsOf = (job) => {
  const cards = [
    [job.total === null ? count(job.done) : `${count(job.done)} / ${count(job.total)}`,
      job.run.command === "evolve" ? "tasks with a population" : "tasks done"],
    [count(job.solved), "tasks solved (demo samples)"],
    [job.programs_per_s === null ? "-" : count(Math.round(job.programs_per_s)), "programs a second"],
    [known(job.programs), "programs evaluated"],
  ];
  if (job.generation !== null) cards.push([count(job.generation), "generation"]);
  return cards;
};

const drawCurve = (points) => {
  const last = points[points.length - 1];
  const longest = Math.max(last[0], 0.001);
  const most = Math.max(1, ...points.map((point) => point[1]));
  const x = (value) => CURVE.left + (CURVE.right - CURVE.left) * (value / longest);
  const y = (value) => CURVE.bottom - (CURVE.bottom - CURVE.top) * (value / most);
  const steps = [`M${x(0)} ${y(0)}`, ...points.map(([time, solved]) => `H${x(time)}V${y(solved)}`)];
  return [
    svg("path", { class: "axis", d: `M${CURVE.left} ${CURVE.top}V${CURVE.bottom}H${CURVE.right}` }),
    svg("text", { x: CURVE.left - 6, y: CURVE.top + 10, "text-anchor": "end" }, count(most)),
    svg("text", { x: CURVE.left - 6, y: CURVE.bottom, "text-anchor": "end" }, "0"),
    svg("text", { x: CURVE.left, y: CURVE.bottom + 18 }, "0 s"),
    svg("text", { x: CURVE.right, y: CURVE.bottom + 18, "text-anchor": "end" }, `${seconds(longest)} s`),
    svg("path", { class: "line", d: steps.join("") }),
    svg("circle", { class: "dot", cx: x(last[0]), cy: y(last[1]), r: 3 }),
  ];
};

const newestItem = (item) => {
  const shares = item.before === null ? "" : `${percent(item.before)} to ${percent(item.after)} of cells`;
  const where = item.generation === null ? "" : `generation ${item.generation}`;
  const grids = [];
  if (item.input !== null) grids.push(figure("input", gridCanvas(item.input, { most: 120 })));
  if (item.expected !== null) grids.push(figure("expected", gridCanvas(item.expected, { most: 120 })));
  if (item.given !== null) {
    const marks = item.expected === null ? [] : differing(item.given, item.expected);
    const same = item.given === item.expected;
    grids.push(figure("given", gridCanvas(item.given, { most: 120, marks }),
      badge(same ? "right" : "not right", same ? "right" : "wrong")));
  }
  const words = [shares, where, item.program].filter((text) => text).join(", ");
  return make("li", null, make("p", null, make("strong", null, item.task), " ", make("span.soft", null, words)),
    grids.length ? make("div.grids", null, grids) : make("p.soft", null, "its grids are not at hand"));
};

const populationRow = (item) => make("tr", null,
  make("th", { scope: "row" }, item.task, " ", item.is_solved ? badge("solved", "solved") : null),
  make("td.number", null, percent(item.near)), make("td.number", null, count(item.members)),
  make("td", null, make("details", null, make("summary", null, "text"), make("pre", null, item.best))));

const runRow = (run) => make("tr", null,
  make("td.number", null, run.has_page ? make("a", { href: `/runs/${run.id}`, "aria-label": `Run ${run.id}` },
    String(run.id)) : String(run.id)),
  make("td", null, run.command), make("td", null, run.data), make("td", null, statusBadge(run.status)),
  make("td", null, run.started.slice(0, 19).replace("T", " ")), make("td.number", null, known(run.tasks)),
  make("td.number", null, known(run.solved)));

const showJob = (job) => {
  byId("job").hidden = job === null;
  if (job === null) return;
  fill(byId("job-heading"), [job.run.id, job.run.command, job.run.status],
    ([id, command, status]) => [`Run ${id}: arcbatt ${command} `, statusBadge(status)]);
  byId("job-words").textContent = [job.run.data, `started ${job.run.started.slice(0, 19).replace("T", " ")} UTC`]
    .filter((text) => text).join(", ");
  const bar = byId("job-progress");
  bar.hidden = !job.total;
  if (job.total) {
    bar.max = job.total;
    bar.value = Math.min(job.done, job.total);
  }
  fill(byId("job-cards"), cardsOf(job), (cards) => cards.map(card));
  byId("curve").hidden = job.curve.length === 0;
  if (job.curve.length) {
    const last = job.curve[job.curve.length - 1];
    byId("curve-words").textContent = `${several(last[1], "task")} solved after ${seconds(last[0])} s.`;
    fill(byId("curve-drawing"), job.curve, drawCurve);
  }
  byId("newest").hidden = job.newest.length === 0;
  byId("newest-heading").textContent = job.run.command === "evolve" ? "Newest gains" : "Newest solved tasks";
  fill(byId("newest-list"), job.newest, (items) => items.map(newestItem));
  byId("populations").hidden = job.populations.length === 0;
  byId("populations-words").textContent = job.populations.length < job.population_count
    ? `${count(job.populations.length)} of ${several(job.population_count, "population")}, unsolved ones first.` : "";
  fill(byId("populations-rows"), job.populations, (items) => items.map(populationRow));
};

const MESSAGES = { waiting: "Nothing is stored here yet. This page waits for the first run.", open: "" };

const show = (data) => {
  const message = data.state === "unreadable" ? data.message : MESSAGES[data.state];
  byId("message").hidden = message === "";
  if (byId("message").textContent !== message) byId("message").textContent = message;
  showJob(data.job);
  byId("runs").hidden = data.state !== "open";
  byId("compare").hidden = data.runs.length < 2;
  const shown = data.runs.length < data.run_count ? `, the newest ${count(data.runs.length)} shown` : "";
  byId("runs-words").textContent = `${several(data.run_count, "run")}${shown}; ${several(data.solvers, "program")} and `
    + `${several(data.scores, "score")} stored.`;
  fill(byId("runs-rows"), data.runs, (runs) => runs.map(runRow));
};

const connected = (state, words) => {
  byId("connection").dataset.state = state;
  if (byId("connection").textContent !== words) byId("connection").textContent = words;
};

const listen = () => {
  const source = new EventSource("/events");
  source.onopen = () => connected("open", "live");
  source.onmessage = (event) => {
    connected("open", "live");
    show(JSON.parse(event.data));
  };
  source.onerror = () => {
    connected("lost", "connection lost: what is shown is no longer live; trying again");
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
};

listen();
