// What all pages share: elements, embedded data, and how the page is displayed.

/** The element of an id. */
const byId = (id) => document.getElementById(id);

/**
 * A new element. Texts are put in as text alone: nothing here is ever read as markup.
 * @param {string} tag its name, with classes behind dots
 * @param {object} attributes by name; null leaves one out
 * @param {...(Node|string|null)} children
 */
const make = (tag, attributes, ...children) => {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
};

/** The value of an embedded JSON text. */
const embedded = (id) => JSON.parse(byId(id).textContent);

const unpackedParts = new Map();

/** A promise of the value of an embedded, compressed JSON text; opened once. */
const unpacked = (id) => {
  if (!unpackedParts.has(id)) {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    unpackedParts.set(id, new Response(stream).json());
  }
  return unpackedParts.get(id);
};

const percent = (share) => (share === null ? "-" : `${(Math.floor(share * 1000) / 10).toLocaleString("en")} %`);
const count = (number) => number.toLocaleString("en");
const seconds = (value) => (value === null ? "-" : value > 0 && value < 0.01 ? value.toPrecision(2) : value.toFixed(2));

/** What is remembered between visits; a browser may refuse to. */
const memory = {
  get(key) {
    try { return localStorage.getItem(`arcbatt-${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`arcbatt-${key}`, value); } catch { /* then it is not remembered */ }
  },
};

/** Lets a select choose an attribute of the page. */
const choosable = (id, changed) => {
  const select = byId(id);
  const stored = memory.get(id);
  if (stored !== null && [...select.options].some((option) => option.value === stored)) select.value = stored;
  const apply = () => {
    document.documentElement.dataset[id] = select.value;
    changed();
  };
  select.addEventListener("change", () => {
    memory.set(id, select.value);
    apply();
  });
  apply();
};
