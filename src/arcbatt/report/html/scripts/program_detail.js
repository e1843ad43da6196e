// An opened program: its text, what it does in words, its tasks and its lineage.

const MOST_TASKS = 200;

/** The content of an opened program. */
const programContent = async (program) => {
  const [text, words] = await programDetails(program);
  const tasks = TASKS.filter((task) => task.programs.includes(program.place));
  return [
    make("p.facts", null,
      make("span", null, `${count(program.size)} calls`),
      make("span", null, `solves ${count(program.solved)} of ${count(program.tasks)} tasks`),
      make("span", null, `${percent(program.near)} of cells at best`),
      make("span", null, `${count(program.fuel)} fuel`),
      program.cpu === null ? null : make("span", null, `${seconds(program.cpu)} CPU s`),
      make("span.md5", null, program.md5)),
    make("section", null, make("h3", null, "Text"), programText(text), programWords(words)),
    tasks.length ? make("section", null, make("h3", null, "Among the best of these tasks"), make("ul", null,
      tasks.slice(0, MOST_TASKS).map((task) => make("li", null, taskLink(task), " ", standingBadge(task.standing))),
      tasks.length > MOST_TASKS ? make("li.soft", null, `and ${count(tasks.length - MOST_TASKS)} more`) : null)) : null,
    (() => {
      const tree = lineageTree(program);
      return tree ? make("section", null, make("h3", null, "Lineage"), tree) : null;
    })(),
  ].filter(Boolean);
};
