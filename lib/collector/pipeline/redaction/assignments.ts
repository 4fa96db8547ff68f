import { MAX_NAME_CHARACTERS, type NameClass } from "./names.js";
import type { Spans } from "./spans.js";
import { isSecretValue } from "./values.js";

/*
 * Secrets behind a name, in every notation: `NAME=VALUE`, `--name=value`, `name: value`, JSON, YAML, XML, connection
 * strings, queries, headers, `PASSWORD 'value'`. One pass over the text; each character is looked at a bounded number of times.
 */

/**
 * How a text came about. An `argument` or `variable` that begins with a name is one value to its end; a `script` is words,
 * where white space ends a value.
 */
export type TextForm = "variable" | "argument" | "script";

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const DASH = 45;
const EQUALS = 61;
const COLON = 58;
const GREATER = 62;
const LESS = 60;
const QUESTION = 63;
const AMPERSAND = 38;
/** `name=` or `name:` after a delimiter: what begins there is not part of the value before. */
const NEXT_NAME = /^[,;&]\s?[\w.$-]{1,64}["']?(?:[=:](?!\/\/))|^[,;&|)\]}]+(?:\s|$)|^(?:&&|\|\||;;)/;
const NEXT_NAME_CHARACTERS = 80;
const SCHEME =
  /^(?:bearer|basic|token|digest|negotiate|apikey|aws|oauth|hmac|aws4-hmac-sha256|key|bot|splunk|gogs|genie-?key)\s+/i;
const MAX_SCHEME_CHARACTERS = 24;
/** `IDENTIFIED BY 'password'` of SQL. */
const IDENTIFIED_BY = /identified (?:with \S{1,40} )?by$/i;
const NAMED = /^(?:name|key)[\\"']{0,3} ?[=:] ?[\\]{0,2}["']([\w.-]{1,48})/i;
/** Names of parameters that hold secrets only in the query of an address. */
const QUERY_SECRETS =
  /^(?:key|sig|signature|x-amz-signature|x-goog-signature|x-amz-credential|code|auth|t|sv|hmac|hash|st|sid|jwt|pw|p)$/i;

/** Harmless values behind secret-like names in one text. Each is read once; behind the last, the rest of the text is a secret. */
const MAX_CANDIDATES = 256;

/** Classifies a name by the site's rules too. */
export type Classify = (name: string) => NameClass;

export function findAssignments(text: string, form: TextForm, classify: Classify, spans: Spans): void {
  const finder = new AssignmentFinder(text, form, classify, spans);
  let candidates = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isSeparator(code) && !(code === DASH && text.charCodeAt(index - 1) === LESS)) continue;
    // `name <- value` of R
    const end = finder.findAfter(index, code === DASH ? EQUALS : code);
    // After a secret, the loop goes on behind it.
    if (end > index) index = end - 1;
    else if (end < 0 && ++candidates > MAX_CANDIDATES) {
      spans.add(index, text.length);
      return;
    }
  }
}

class AssignmentFinder {
  readonly #text: string;
  readonly #form: TextForm;
  readonly #classify: Classify;
  readonly #spans: Spans;
  readonly #ends: ValueEnds;
  /** A name was the value of `name` or `key`: what `value` holds is a secret. */
  #isValueNext = false;

  constructor(text: string, form: TextForm, classify: Classify, spans: Spans) {
    this.#text = text;
    this.#form = form;
    this.#classify = classify;
    this.#spans = spans;
    this.#ends = new ValueEnds(text);
  }

  /**
   * Returns the end of the secret that the character at `index` introduces; `index` when there is none, and -1 when a value
   * was read that is not a secret.
   */
  findAfter(index: number, code: number): number {
    const text = this.#text;
    const name = nameBefore(text, index, code);
    if (name === undefined) return index;
    const before = text.charCodeAt(name.start - 1);
    // `?name=` and `&name=`
    const isQuery = before === QUESTION || before === AMPERSAND;
    const isQuoted = code === QUOTE || code === APOSTROPHE;
    const found = this.#classOf(name, isQuery, isQuoted);
    this.#noteNamedValue(name.start, index);
    if (found === "none" || found === "url") return index;
    if ((isQuoted && found !== "password") || (code === GREATER && before !== LESS)) return index;
    const isWhole = name.start <= leadingDashes(text) && this.#form !== "script" && !isQuoted;
    const isHeader = code === COLON && this.#form !== "script";
    const value = valueAfter(text, index, { code, isWhole, isHeader, isQuery, found }, this.#ends);
    if (value === undefined) return -1;
    const from = found === "account" ? afterColon(text, value) : value.start;
    const judged = found === "account" && from > value.start ? "password" : found;
    if (!isSecretValue(judged, text.slice(from, value.end), this.#form === "script")) return -1;
    this.#spans.add(from, value.end);
    return value.end;
  }

  /** `{"name": "PASSWORD", "value": "…"}`, `<add key="password" value="…"/>` */
  #noteNamedValue(nameStart: number, separator: number): void {
    const match = NAMED.exec(this.#text.slice(nameStart, separator + MAX_NAME_CHARACTERS));
    if (match !== null) this.#isValueNext = ["secret", "password"].includes(this.#classify(match[1] as string));
  }

  #classOf({ start, end }: { start: number; end: number }, isQuery: boolean, isQuoted: boolean): NameClass {
    const word = this.#text.slice(start, end);
    if (isQuoted && IDENTIFIED_BY.test(this.#text.slice(Math.max(0, end - 64), end))) return "password";
    const lower = word.toLowerCase();
    if (lower === "value" && this.#isValueNext) return "password";
    const found = this.#classify(word);
    if (found !== "none" && lower !== "key") this.#isValueNext = false;
    return isQuery && found === "none" && QUERY_SECRETS.test(word) ? "maybe" : found;
  }
}

/** `-`, `--`, `-D`, `/` before the name of an option. */
function leadingDashes(text: string): number {
  let index = 0;
  while (index < 2 && (text.charCodeAt(index) === 45 || text.charCodeAt(index) === 47)) index++;
  return index;
}

/** The name before a separator: `name =`, `"name":`, `\\"name\\":`, `data[name]=`, `<name>`, `PASSWORD '`. */
function nameBefore(text: string, separator: number, code: number): { start: number; end: number } | undefined {
  let end = separator;
  // `+=`, `:=`, `<-`
  if (code === EQUALS && (text[end - 1] === ":" || text[end - 1] === "+" || text[end - 1] === "<")) end--;
  if (code === COLON && text.startsWith("//", separator + 1)) return undefined;
  const skipped = end;
  while (skipped - end < 2 && text.charCodeAt(end - 1) === 32) end--;
  if (code === QUOTE || code === APOSTROPHE) {
    while (separator - end < 4 && (text[end - 1] === "(" || text[end - 1] === " ")) end--;
    if (end === separator) return undefined;
  }
  const limit = Math.max(0, end - 8);
  while (end > limit && isQuoteOrBackslash(text.charCodeAt(end - 1))) end--;
  if (text[end - 1] === "]" || text[end - 1] === "}") end--;
  while (end > limit && isQuoteOrBackslash(text.charCodeAt(end - 1))) end--;
  let start = end;
  const first = Math.max(0, end - MAX_NAME_CHARACTERS);
  while (start > first && isNameCharacter(text.charCodeAt(start - 1))) start--;
  return start === end ? undefined : { start, end };
}

interface Separator {
  readonly code: number;
  readonly isWhole: boolean;
  readonly isHeader: boolean;
  readonly isQuery: boolean;
  readonly found: NameClass;
}

function valueAfter(
  text: string,
  index: number,
  separator: Separator,
  ends: ValueEnds,
): { start: number; end: number } | undefined {
  const { code, isWhole, isHeader, isQuery, found } = separator;
  if (code === GREATER) return { start: index + 1, end: orLength(text.indexOf("<", index), text) };
  if (code === QUOTE || code === APOSTROPHE) return quoted(text, index, index);
  let start = index + 1;
  // `==`, `::`
  if (text.charCodeAt(start) === code) start++;
  const isSpaced = text.charCodeAt(index - 1) === 32 || text.charCodeAt(index - 1) === LESS || code === COLON;
  while (isSpaced && start - index < 8 && isSpace(text.charCodeAt(start))) start++;
  if (text[start] === "{") return undefined;
  // A list of secrets.
  if (text[start] === "[") {
    const close = text.indexOf("]", start);
    return found === "secret" || found === "password"
      ? { start: start + 1, end: close < 0 ? text.length : close }
      : undefined;
  }
  let quote = start;
  while (quote - start < 8 && text.charCodeAt(quote) === BACKSLASH) quote++;
  if (text.charCodeAt(quote) === QUOTE || text.charCodeAt(quote) === APOSTROPHE) return quoted(text, start, quote);
  const scheme = found === "header" ? SCHEME.exec(text.slice(start, start + MAX_SCHEME_CHARACTERS)) : null;
  if (scheme !== null) start += scheme[0].length;
  if (isQuery) return { start, end: ends.of("parameter", start) };
  if (isWhole && code === EQUALS) return { start, end: text.length };
  if (isHeader && (isWhole || found === "header")) return { start, end: ends.of("line", start) };
  return { start, end: ends.of("word", start) };
}

/** The content between quotes; the closing one has as many backslashes before it as the opening one. */
function quoted(text: string, start: number, quote: number): { start: number; end: number } {
  const opening = text.slice(start, quote + 1);
  const backslashes = quote - start;
  let close = text.indexOf(opening, quote + 1);
  while (close > 0 && text.charCodeAt(close - 1) === BACKSLASH && (backslashes > 0 || isEscaped(text, close, quote))) {
    close = text.indexOf(opening, close + opening.length);
  }
  return { start: quote + 1, end: close < 0 ? text.length : close };
}

function isEscaped(text: string, close: number, open: number): boolean {
  let backslashes = 0;
  while (close - backslashes - 1 > open && text.charCodeAt(close - backslashes - 1) === BACKSLASH) backslashes++;
  // Reversible text doubles each backslash.
  return (backslashes >> 1) % 2 === 1 || backslashes === 1;
}

/** Ends of values in one text. Values that overlap share their ends, so that the text is read once. */
class ValueEnds {
  readonly #text: string;
  readonly #known = { word: { start: -1, end: -1 }, parameter: { start: -1, end: -1 }, line: { start: -1, end: -1 } };

  constructor(text: string) {
    this.#text = text;
  }

  of(kind: "word" | "parameter" | "line", start: number): number {
    const known = this.#known[kind];
    if (start < known.start || start > known.end) {
      known.start = start;
      known.end = start;
      while (known.end < this.#text.length && !this.#isEnd(kind, known.end)) known.end++;
    }
    return known.end;
  }

  #isEnd(kind: "word" | "parameter" | "line", index: number): boolean {
    const code = this.#text.charCodeAt(index);
    if (code === QUOTE || code === APOSTROPHE) return true;
    if (kind === "line") return code === 10 || code === 13;
    if (isSpace(code) || code === 96) return true;
    if (kind === "parameter") return code === 38 || code === 35;
    return isDelimiter(code) && NEXT_NAME.test(this.#text.slice(index, index + NEXT_NAME_CHARACTERS));
  }
}

function afterColon(text: string, { start, end }: { start: number; end: number }): number {
  const colon = text.indexOf(":", start);
  return colon >= 0 && colon < end && !text.startsWith("//", colon + 1) ? colon + 1 : start;
}

const isSeparator = (code: number) =>
  code === EQUALS || code === COLON || code === GREATER || code === APOSTROPHE || code === QUOTE;
const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);
const isQuoteOrBackslash = (code: number) => code === QUOTE || code === APOSTROPHE || code === BACKSLASH;
/** `,;&|)]}` */
const isDelimiter = (code: number) =>
  code === 44 || code === 59 || code === 38 || code === 124 || code === 41 || code === 93 || code === 125;
const orLength = (index: number, text: string) => (index < 0 ? text.length : index);

/** Letters, digits and `_.-`. */
function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}
