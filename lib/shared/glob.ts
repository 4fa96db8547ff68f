/*
 * The two glob dialects. A **name glob** matches a whole text: `*` stands for any characters, `?` for one. Everything that
 * the collector matches is a name glob, because SQL's LIKE expresses it: `--path` and `--soname` of ogrt-query, `path`
 * of the live stream, `userDirectories`, `redactNames`, sonames in rules for environments.
 *
 * A **path glob** knows directories: `*` and `?` stop at slashes, `**` does not. ogrt-inspect takes them: `--include`,
 * `--exclude`, `--soname`, `--needs`.
 */

/** Runs of any length: of any characters, of characters but slashes, of whole directories with their slashes. */
const ANY = -1;
const IN_COMPONENT = -2;
const DIRECTORIES = -3;

/** A code point, a test on one, or a run. */
type Token = number | ((codePoint: number) => boolean);

const SLASH = 0x2f;
const anyCharacter = () => true;
const anyButSlash = (codePoint: number) => codePoint !== SLASH;

/** A name glob as a test on texts, in at most length of text times length of pattern steps. */
export function nameGlob(pattern: string): (text: string) => boolean {
  return matcher(
    [...pattern].map((sign) => (sign === "*" ? ANY : sign === "?" ? anyCharacter : (sign.codePointAt(0) as number))),
  );
}

/**
 * A path glob as a test on paths: `*` stands for any characters but slashes, `?` for one, `[a-z]` and `[!a-z]` for one of a
 * set, `**` for any characters, `**` and a slash for any number of directories, none too. A pattern without a slash is
 * tried on the last component; one with a slash on the whole path, from its start or, unless it begins with one, from
 * any slash.
 */
export function pathGlob(pattern: string): (path: string) => boolean {
  const tokens: Token[] = pattern.startsWith("/") ? [] : [DIRECTORIES];
  const signs = [...pattern];
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] as string;
    const end = sign === "[" ? signs.indexOf("]", i + 2) : -1;
    if (sign === "*" && signs[i + 1] === "*") {
      const isDirectories = signs[i + 2] === "/" && (i === 0 || signs[i - 1] === "/");
      tokens.push(isDirectories ? DIRECTORIES : ANY);
      i += isDirectories ? 2 : 1;
    } else if (end > 0) {
      tokens.push(characterSet(signs.slice(i + 1, end)));
      i = end;
    } else tokens.push(sign === "*" ? IN_COMPONENT : sign === "?" ? anyButSlash : (sign.codePointAt(0) as number));
  }
  return matcher(tokens);
}

/** The test for `[…]`, which never matches a slash. */
function characterSet(signs: readonly string[]): (codePoint: number) => boolean {
  const isNegated = signs[0] === "!" || signs[0] === "^";
  const points = signs.slice(isNegated ? 1 : 0).map((sign) => sign.codePointAt(0) as number);
  const ranges: [number, number][] = [];
  for (let i = 0; i < points.length; i++) {
    const first = points[i] as number;
    const last = points[i + 1] === 0x2d ? points[i + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) i += 2;
  }
  return (point) => point !== SLASH && ranges.some(([first, last]) => point >= first && point <= last) !== isNegated;
}

/**
 * Backtracks only to the last run of each kind, because an earlier one cannot match more. So unlike with regular
 * expressions, no pattern takes exponential time.
 */
function matcher(tokens: readonly Token[]): (text: string) => boolean {
  return (text) => {
    let at = 0;
    let next = 0;
    let wide = -1;
    let wideAt = 0;
    let narrow = -1;
    let narrowAt = 0;
    for (;;) {
      const token = tokens[next];
      if (token === ANY || token === DIRECTORIES) {
        wide = next++;
        wideAt = at;
        narrow = -1;
      } else if (token === IN_COMPONENT) {
        narrow = next++;
        narrowAt = at;
      } else if (token === undefined && at === text.length) {
        return true;
      } else if (token !== undefined && at < text.length && fits(token, text.codePointAt(at) as number)) {
        at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
        next++;
      } else if (narrow >= 0 && narrowAt < text.length && text.charCodeAt(narrowAt) !== SLASH) {
        at = ++narrowAt;
        next = narrow + 1;
      } else if (wide >= 0) {
        wideAt = tokens[wide] === ANY ? wideAt + 1 : text.indexOf("/", wideAt) + 1;
        if (wideAt === 0 || wideAt > text.length) return false;
        at = wideAt;
        next = wide + 1;
        narrow = -1;
      } else {
        return false;
      }
    }
  };
}

const fits = (token: Token, codePoint: number): boolean =>
  typeof token === "number" ? token === codePoint : token(codePoint);

/** A name glob as a pattern of SQL's LIKE with the escape character `\`. */
export const likePattern = (glob: string): string =>
  glob
    .replaceAll(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");

/**
 * The SQL condition that a text matches one of several name globs.
 *
 * @param text - SQL expression.
 * @param name - prefix of the parameters' names.
 */
export function matchesAny(text: string, globs: readonly string[], name: string) {
  const values = Object.fromEntries(globs.map((glob, index) => [`${name}${index}`, likePattern(glob)]));
  // Without an escape character, DuckDB compares more than twice as fast.
  const parts = Object.entries(values).map(
    ([key, pattern]) => `${text} LIKE $${key}${pattern.includes("\\") ? " ESCAPE '\\'" : ""}`,
  );
  return { sql: parts.length === 0 ? "false" : `(${parts.join(" OR ")})`, values };
}

/** A name glob as part of a regular expression. @param character - expression for one character of such a name. */
export const globExpression = (glob: string, character: string): string =>
  glob.replace(/[.*+?^${}()|[\]\\]/g, (sign) =>
    sign === "*" ? `${character}*` : sign === "?" ? character : `\\${sign}`,
  );
