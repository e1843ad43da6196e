// A table of many rows: sorted by its heads, drawn a slice at a time, rows kept once they are made.

const SLICE = 100;

/**
 * @param {object} parts
 *   table: the table element, with th[data-key] that hold a button each
 *   more: the button that shows more
 *   rows: all rows, in the order that is first shown
 *   values: by key, what a row is sorted by: numbers, texts or null; null comes last
 *   draw: makes the tr of a row
 *   changed: called when another order was chosen
 */
const listing = ({ table, more, rows, values, draw, changed }) => {
  const body = table.tBodies[0];
  const made = new Map();
  let shown = rows;
  let order = { key: "", down: false };
  let drawnCount = 0;

  const element = (row) => {
    if (!made.has(row)) made.set(row, draw(row));
    return made.get(row);
  };
  const extend = () => {
    const next = shown.slice(drawnCount, drawnCount + SLICE);
    body.append(...next.map(element));
    drawnCount += next.length;
    more.hidden = drawnCount >= shown.length;
    more.textContent = `Show more: ${count(shown.length - drawnCount)} left`;
  };
  const compared = (a, b) => {
    const [x, y] = [values[order.key](a), values[order.key](b)];
    if (x === null || y === null) return (x === null) - (y === null);
    const turn = order.down ? -1 : 1;
    return x < y ? -turn : x > y ? turn : 0;
  };
  const sorted = (chosen) => (order.key ? [...chosen].sort(compared) : chosen);

  const heads = [...table.querySelectorAll("th[data-key]")];
  const mark = () => heads.forEach((head) => {
    const is = head.dataset.key === order.key;
    if (is) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  heads.forEach((head) => head.querySelector("button").addEventListener("click", () => {
    const { key } = head.dataset;
    const isNumber = head.classList.contains("number");
    if (order.key !== key) order = { key, down: isNumber };
    else if (order.down === isNumber) order = { key, down: !isNumber };
    else order = { key: "", down: false };
    changed(order.key ? `${order.down ? "-" : ""}${order.key}` : "");
  }));
  more.addEventListener("click", extend);
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && !more.hidden) extend();
  }, { rootMargin: "600px" }).observe(more);

  return {
    /** Shows rows in an order: a key, with - before it for the largest first; "" for the first order. */
    show(chosen, word) {
      const key = word.replace(/^-/, "");
      order = Object.hasOwn(values, key) ? { key, down: word.startsWith("-") } : { key: "", down: false };
      mark();
      shown = sorted(chosen);
      drawnCount = 0;
      body.replaceChildren();
      extend();
    },
    /** The rows as they are shown, all of them. */
    get shown() { return shown; },
  };
};
