// A program's text with its words colored: primitives, constants, variables.

const WORDS = new Set(["def", "return", "lambda"]);
const LONGEST_TEXT = 200000;

const tokenKind = (word) => {
  if (WORDS.has(word)) return "word";
  if (/^(?:[ISC]|[a-z]{0,2}\d+)$/.test(word)) return "variable";
  if (/^[A-Z][A-Z_0-9]*$/.test(word)) return "constant";
  return /^[A-Za-z_]/.test(word) ? "primitive" : null;
};

/** Nodes of a text of a program; very long ones are shown without colors. */
const coloredText = (text) => {
  if (text.length > LONGEST_TEXT) return [document.createTextNode(text)];
  return text.split(/([A-Za-z_][A-Za-z_0-9]*)/).filter(Boolean).map((part) => {
    const kind = tokenKind(part);
    return kind === null ? document.createTextNode(part) : make(`span.token-${kind}`, null, part);
  });
};

const programText = (text) => make("pre.text", { tabindex: "0", "aria-label": "program" }, make("code", null, coloredText(text)));

/** What a program does in words; null where no line is known. */
const programWords = (words) => (words.length
  ? make("div", null, make("h4", null, "In words"), make("ul", null, words.map((line) => make("li", null, line)))) : null);
