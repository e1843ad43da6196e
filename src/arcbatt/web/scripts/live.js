// What the live page shows of each job. All texts are put in as text.

const share = (value) => (value === null ? "-" : percent(value));
const opened = new Set();

const card = (value, words) => make("li", null, make("strong", null, value), make("span", null, words));

const cardsOf = (job) => make("ul.cards", { "aria-label": "Totals" },
  card(job.total === null ? count(job.done) : `${count(job.done)} of ${count(job.total)}`, "tasks done"),
  card(count(job.solved), "demo samples solved"),
  job.generation === null ? null : card(count(job.generation), "generation"),
  card(job.programs_per_s === null ? "-" : count(Math.round(job.programs_per_s)), "programs a second"),
  card(count(job.programs), "programs tried"));

/** A drawing that the server made; it is read as SVG and never as a page, and it holds numbers alone. */
const drawing = (text) => {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return document.importNode(root, true);
};

const gridFigure = (caption, text, other) => (text === null ? null
  : figure(caption, gridCanvas(text, { most: 150, marks: other ? differing(text, other) : [] })));

const gainOf = (gain) => make("div.gain", null,
  make("h4", null, `${gain.task} `,
    make(`span.badge.${gain.after === 1 ? "solved" : "near"}`, null, `${share(gain.before)} → ${share(gain.after)}`)),
  make("p.soft", null, [gain.when, gain.program, gain.words].filter(Boolean).join(", ")),
  gain.input === null ? null : make("div.grids", null,
    gridFigure(`${gain.sample}, input`, gain.input),
    gridFigure("expected", gain.expected),
    gridFigure("output", gain.output, gain.expected)));

const memberRow = (job, row) => {
  const key = `${job.id} ${row.digest}`;
  const details = make("details", null,
    make("summary", null, `best of ${count(row.members)}`), make("pre", null, row.text));
  details.open = opened.has(key);
  details.addEventListener("toggle", () => (details.open ? opened.add(key) : opened.delete(key)));
  return make("tr", null,
    make("td", null, row.task),
    make("td", null, make(`span.badge.${row.is_solved ? "solved" : "near"}`, null, row.is_solved ? "solved" : "open")),
    make("td.number", null, share(row.near)),
    make("td", null, row.text ? details : count(row.members)));
};

const heads = (...names) => make("thead", null, make("tr", null, ...names.map((name) => make("th", { scope: "col" }, name))));

const populationsOf = (job) => [
  make("h3", null, "Populations"),
  make("div.scroll.list", { tabindex: "0", role: "region", "aria-label": `Populations of run ${job.id}` },
    make("table", null, heads("Task", "Standing", "Right cells", "Members"),
      make("tbody", null, ...job.populations.map((row) => memberRow(job, row))))),
  job.populations_left_out ? make("p.soft", null, `and ${count(job.populations_left_out)} more tasks`) : null,
];

const partsOf = (job) => [
  make("h2", null, make("a", { href: `/run/${job.id}` }, `Run ${job.id}: ${job.command}`), " ",
    make(`span.badge.${job.status === "running" ? "near" : "plain"}`, null, job.status)),
  make("p.mono", null, job.words),
  make("p", null, `${job.data}, engine ${job.engine}, began ${job.started}${job.finished ? `, ended ${job.finished}` : ""}`),
  job.total ? make("progress", { max: job.total, value: job.done, "aria-label": "Tasks done" }) : null,
  cardsOf(job),
  job.chart ? drawing(job.chart) : null,
  ...(job.gains.length ? [make("h3", null, "Newest gains"), ...job.gains.map(gainOf)] : []),
  ...(job.populations.length ? populationsOf(job) : []),
];

const shown = new Map();

/** Draws those jobs anew that changed, and leaves the others, with what is focused in them, alone. */
const show = (state) => {
  byId("words").textContent = state.words;
  byId("words").hidden = !state.words;
  const sections = state.jobs.map((job) => {
    const text = JSON.stringify(job);
    const known = shown.get(job.id);
    if (known && known.text === text) return known.section;
    const section = known ? known.section : make("section.job", { "aria-label": `Run ${job.id}`, "data-run": job.id });
    const focused = section.contains(document.activeElement) && [...section.querySelectorAll("a,summary,[tabindex]")];
    const place = focused ? focused.indexOf(document.activeElement) : -1;
    section.replaceChildren(...partsOf(job).filter((part) => part));
    if (place >= 0) [...section.querySelectorAll("a,summary,[tabindex]")][place]?.focus({ preventScroll: true });
    shown.set(job.id, { text, section });
    return section;
  });
  const home = byId("jobs");
  const same = home.children.length === sections.length && sections.every((section, i) => home.children[i] === section);
  if (!same) home.replaceChildren(...sections);
};
