import type { Spans } from "./spans.js";
import { looksRandom } from "./values.js";

/*
 * Secrets that their own shape reveals, wherever they stand: tokens with a known prefix, JSON Web Tokens and private keys.
 * The prefixes are those that the services publish for secret scanners.
 */

interface Shape {
  readonly prefix: string;
  /** Characters after the prefix. */
  readonly minCharacters: number;
  /** The prefix begins ordinary words too, so that the rest has to look random. */
  readonly isWord?: true;
}

const shapes = (minCharacters: number, prefixes: string): Shape[] =>
  prefixes
    .trim()
    .split(/\s+/)
    .map((prefix) => ({ prefix, minCharacters }));
const wordShapes = (minCharacters: number, prefixes: string): Shape[] =>
  shapes(minCharacters, prefixes).map((shape) => ({ ...shape, isWord: true }));

const SHAPES: readonly Shape[] = [
  ...shapes(
    20,
    "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ npm_ dckr_pat_ dckr_oat_ hvs. hvb. hvr. pypi- rubygems_ shpat_ shpss_",
  ),
  ...shapes(
    20,
    "shpca_ shppa_ dop_v1_ doo_v1_ dor_v1_ sntrys_ sntryu_ glsa_ glc_ nvapi- lin_api_ tskey- PMAK- SG. ya29.",
  ),
  ...shapes(
    16,
    "glpat- gldt- glrt- glptt- glsoat- glcbt- glft- glimt- glagent- GR1348941 sk_live_ sk_test_ rk_live_ rk_test_",
  ),
  ...shapes(10, "xoxb- xoxa- xoxp- xoxr- xoxs- xoxe- xoxe. xoxc- xoxd- xapp- GOCSPX- whsec_ hvs_"),
  ...shapes(
    16,
    "AKIA ASIA ABIA ACCA AIza AGE-SECRET-KEY- atlasv1. pscale_tkn_ pscale_pw_ NRAK- CFPAT- sq0atp- sq0csp- EAACEdEose0cBA",
  ),
  ...shapes(
    20,
    "eyJ ATATT3 ATCTT3 ATBB figd_ gsk_ xai- pplx- sbp_ phx_ ntn_ secret_scanning_ vercel_ FlyV1 1//0 LTAI5 HRKU- cio_",
  ),
  ...wordShapes(
    20,
    "sk- hf_ r8_ api_ dapi key- tfp_ dp.pt. dp.st. dp.ct. co_ fo1_ oy2 ops_ sgp_ secret_ pat- pat_ tok_ token_ key_ tk_",
  ),
];
const MIN_SHAPE_CHARACTERS = 14;
/** Shapes by their first two characters, the longest prefix first. */
const BY_START = shapesByStart();

function shapesByStart(): readonly (readonly Shape[] | undefined)[] {
  const table: Shape[][] = new Array(128 * 128);
  for (const shape of [...SHAPES].sort((a, b) => b.prefix.length - a.prefix.length)) {
    const start = startOf(shape.prefix, 0);
    table[start] = [...(table[start] ?? []), shape];
  }
  return table;
}

function startOf(text: string, index: number): number {
  return ((text.charCodeAt(index) & 127) << 7) | (text.charCodeAt(index + 1) & 127);
}

/** The shape whose prefix stands at a position, of a text that is long enough for one. */
export function shapeAt(text: string, index: number): Shape | undefined {
  if (text.length - index < MIN_SHAPE_CHARACTERS) return undefined;
  return BY_START[startOf(text, index)]?.find(({ prefix }) => text.startsWith(prefix, index));
}

/** `Bearer TOKEN` behind any name, or none. */
const BEARER = /\b(bearer )([^\s"'\\,]{8,})/gi;
/** `Basic BASE64`, where the text is USER:PASSWORD. */
const BASIC = /\bbasic ([A-Za-z\d+/]{8,1024}={0,2})/gi;
const PEM = "-----BEGIN ";
const MAX_PEM_LABEL_CHARACTERS = 64;

export function findShapes(text: string, spans: Spans): void {
  findPrivateKeys(text, spans);
  BEARER.lastIndex = 0;
  for (let match = BEARER.exec(text); match !== null; match = BEARER.exec(text)) {
    const start = match.index + (match[1] as string).length;
    spans.add(start, start + (match[2] as string).length);
  }
  for (const match of text.matchAll(BASIC)) {
    const start = match.index + match[0].length - (match[1] as string).length;
    if (Buffer.from(match[1] as string, "base64").includes(":")) spans.add(start, match.index + match[0].length);
  }
  // The end of the run of token characters around the last prefix: each run is read once.
  let runEnd = 0;
  let wasWord = false;
  for (let index = 0; index < text.length; index++) {
    const isWord = isWordCharacter(text.charCodeAt(index));
    const shape = isWord && !wasWord ? shapeAt(text, index) : undefined;
    if (shape !== undefined) {
      if (index >= runEnd) runEnd = endOfRun(text, index);
      if (isToken(text, index, runEnd, shape)) {
        spans.add(index, runEnd);
        index = runEnd - 1;
      }
    }
    wasWord = isWord;
  }
}

function isToken(text: string, start: number, end: number, { prefix, minCharacters, isWord }: Shape): boolean {
  const body = start + prefix.length;
  return end - body >= minCharacters && (!isWord || isTokenBody(text.slice(body, end)));
}

/** Not a word or several: `sk-some-words`, `hf_hub_download`. */
function isTokenBody(text: string): boolean {
  return looksRandom(text) || (/^[A-Za-z\d]+$/.test(text) && /\d/.test(text) && /[A-Z]/.test(text));
}

/** The body of a key, and its end line if there is one. A variable may hold it with or without line breaks. */
function findPrivateKeys(text: string, spans: Spans): void {
  for (let start = text.indexOf(PEM); start >= 0; start = text.indexOf(PEM, start + 1)) {
    const label = text.slice(start + PEM.length, start + PEM.length + MAX_PEM_LABEL_CHARACTERS);
    if (!label.includes("PRIVATE KEY")) continue;
    const end = text.indexOf("-----END ", start);
    const close = end < 0 ? -1 : text.indexOf("-----", end + 9);
    spans.add(start, close < 0 ? text.length : close + 5);
    if (close < 0) return;
    start = close;
  }
}

function endOfRun(text: string, from: number): number {
  let end = from;
  while (end < text.length && isTokenCharacter(text.charCodeAt(end))) end++;
  return end;
}

const WORD = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0));

export function isWordCharacter(code: number): boolean {
  return WORD[code] === 1;
}

/** Letters, digits and `_-.+/=~`. */
function isTokenCharacter(code: number): boolean {
  return isWordCharacter(code) || (code >= 45 && code <= 47) || code === 43 || code === 61 || code === 126;
}
