// The embedded index as objects. Its rows have no names in the page, which halves it: the order is report_page.py's.

const INDEX = embedded("index");

const PROGRAMS = INDEX.programs.map(([md5, name, size, tasks, solved, near, fuel, cpu, parents], place) => (
  { md5, name, size, tasks, solved, near, fuel, cpu, parents, place, found: `${name.toLowerCase()} ${md5}` }
));

const TASKS = INDEX.tasks.map(([id, digest, set, standing, near, families, programs, total, cpu, input, output], place) => (
  {
    id, digest, standing, near, programs, total, cpu, input, output, place,
    set: INDEX.sets[set],
    families: families.map((family) => INDEX.families[family]),
    best: programs.length ? PROGRAMS[programs[0]] : null,
    found: `${id.toLowerCase()} ${digest}`,
  }
));

const PROGRAM_OF = new Map(PROGRAMS.map((program) => [program.md5, program]));
const TASK_OF = new Map(TASKS.map((task) => [`${task.id} ${task.digest}`, task]));

const STANDINGS = {
  solved: "solved", demo: "demo samples only", near: "near", none: "nothing near", failed: "given up",
};

/** The name of a task in the address: its id, and its digest where another has the same id. */
const LAST_OF_ID = new Map(TASKS.map((task) => [task.id, task]));
const SHARED_IDS = new Set(TASKS.filter((task) => LAST_OF_ID.get(task.id) !== task).map((task) => task.id));
const taskWord = (task) => (SHARED_IDS.has(task.id) ? `${task.id} ${task.digest}` : task.id);
const taskNamed = (word) => TASK_OF.get(word) || TASKS.find((task) => task.id === word);

const standingBadge = (standing) => make(`span.badge.${standing}`, null, STANDINGS[standing]);

/** A link that opens something. Rows are kept while filters change, so its address is that of the moment it is used. */
const openingLink = (changes, name) => {
  const link = make("a", { href: address.text(changes) }, name);
  for (const kind of ["focus", "click"]) link.addEventListener(kind, () => { link.href = address.text(changes); });
  return link;
};
const programLink = (program) => openingLink({ program: program.md5, task: "" }, program.name);
const taskLink = (task) => openingLink({ task: taskWord(task), program: "" }, task.id);

const partOf = async (kind, place) => {
  const size = INDEX.sizes[kind === "tasks" ? 0 : 1];
  const part = await unpacked(`${kind}-${Math.floor(place / size)}`);
  return part[place % size];
};
const taskDetails = (task) => partOf("tasks", task.place);
const programDetails = (program) => partOf("programs", program.place);
