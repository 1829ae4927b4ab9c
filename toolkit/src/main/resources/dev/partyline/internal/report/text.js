// Text that came from elsewhere: nothing of it is markup, and what cannot be seen is an escape.

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const NAMED = { "\r": "\\r", "\n": "\\n", "\t": "\\t", "\0": "\\0" };

function escaped(character) {
  const point = character.codePointAt(0);
  if (NAMED[character]) return NAMED[character];
  return point < 0x80
    ? "\\x" + point.toString(16).padStart(2, "0")
    : "\\u{" + point.toString(16) + "}";
}

/** Returns a text in one line in which each character can be seen. */
function visible(text) {
  return String(text).replace(UNSEEN, escaped);
}

/** Does the same, but keeps the ends of lines. */
function visibleLines(text) {
  return String(text).replace(UNSEEN, (c) => (c === "\n" ? c : c === "\t" ? "  " : escaped(c)));
}

/** Makes an element; the only place where texts get into the page. */
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = visibleLines(text);
  return made;
}

function button(className, text, action) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function link(text, href) {
  const made = element("a", "", text);
  if (/^(\.\/|file:)/.test(href)) made.setAttribute("href", href);
  return made;
}

/** Returns the length of the character of UTF-8 at an offset of a binary string, 0 for none. */
function utf8Length(binary, offset) {
  const first = binary.charCodeAt(offset);
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (first >= 0xf5 || length === 0 || offset + length > binary.length) return 0;
  for (let i = 1; i < length; i++) {
    if ((binary.charCodeAt(offset + i) & 0xc0) !== 0x80) return 0;
  }
  const second = binary.charCodeAt(offset + 1);
  const invalid =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return invalid ? 0 : length;
}

function codePoint(binary, offset, length) {
  if (length === 1) return binary.charCodeAt(offset);
  let point = binary.charCodeAt(offset) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | (binary.charCodeAt(offset + i) & 0x3f);
  return point;
}

/**
 * Passes each character of some bytes to a function: its text as it can be seen, its offset, and
 * its length. Bytes that are no UTF-8 are escapes.
 */
function eachCharacter(binary, action) {
  for (let offset = 0; offset < binary.length; ) {
    const length = utf8Length(binary, offset);
    const text =
      length === 0
        ? "\\x" + binary.charCodeAt(offset).toString(16).padStart(2, "0")
        : visible(String.fromCodePoint(codePoint(binary, offset, length)));
    action(text, offset, Math.max(1, length));
    offset += Math.max(1, length);
  }
}

/** Returns bytes as a text in one line, cut after so many characters. */
function shortText(binary, maxChars) {
  let result = "";
  eachCharacter(binary.slice(0, maxChars), (text) => (result += text));
  return result.length > maxChars || binary.length > maxChars
    ? result.slice(0, maxChars - 1) + "…"
    : result;
}

function count(number, thing) {
  return number.toLocaleString("en") + " " + thing + (number === 1 ? "" : "s");
}

/** Returns a time or a duration, given in microseconds. */
function duration(micros) {
  if (micros < 1000) return Math.round(micros) + " µs";
  if (micros < 10000) return (micros / 1000).toFixed(2) + " ms";
  if (micros < 100000) return (micros / 1000).toFixed(1) + " ms";
  if (micros < 1e6) return Math.round(micros / 1000) + " ms";
  return (micros / 1e6).toFixed(3) + " s";
}
