import { findInAddresses } from "./addresses.js";
import type { Classify, TextForm } from "./assignments.js";
import { isFlag, MAX_NAME_CHARACTERS, type NameClass } from "./names.js";
import { PipedSecrets } from "./piped.js";
import { type Part, PROGRAMS, type ProgramRule } from "./programs.js";
import type { Spans } from "./spans.js";
import { isSecretValue, looksRandom } from "./values.js";

/*
 * Secrets in the words of a command line: the value of `--token`, what a program's manual calls a password, and the same
 * within `sh -c "…"`, whose words are read alike.
 */

/** `sh -c "ssh host 'mysql -p…'"`: strings within strings. */
const MAX_NESTED_STRINGS = 4;
const MAX_PROGRAM_CHARACTERS = 32;
const MIN_TOKEN_CHARACTERS = 16;
/** What may stand before a value that is a secret: `pass:` of openssl. */
const VALUE_PREFIX = /^(?:pass|plain|plaintext|key|hexkey):/;

/** What stands before NAME VALUE. */
const SETTERS: ReadonlySet<string> = new Set(["set", "-set", "--set", "--set-string", "-env", "--env", "-genv"]);
/** What a shell puts the secret in for. */
const SHELL_VARIABLE = /^\$(?:\w{1,64}|\{\w{1,64}\})$/;
/** The name before a command line that is a value: `--wrap=COMMAND`, `ProxyCommand=COMMAND`. */
const VALUE_NAME = /^-{0,2}[\w.-]{1,64}=/;

/** Options of one dash whose first letter is not an option of its own. */
const LONG_OPTIONS: ReadonlySet<string> = new Set([
  "-password",
  "-passwd",
  "-passphrase",
  "-pass",
  "-token",
  "-secret",
]);

interface Word {
  readonly start: number;
  readonly end: number;
}

/** Finds secrets in one word. */
export interface TextFinder {
  /** A cheap test before {@link find}. */
  readonly mayHoldSecret: (text: string) => boolean;
  readonly find: (text: string, form: TextForm, spans: Spans) => void;
}

/** Reads the words of one command line in order. */
export class CommandReader {
  readonly #classify: Classify;
  readonly #finder: TextFinder;
  readonly #depth: number;
  #rule: ProgramRule | undefined;
  /** Words since the program or its subcommand that are not options. */
  #position = 0;
  #seenFlags = "";
  #isFirst = true;
  #before = "";
  /** The next word is a secret, or a part of it is. */
  #expected: { readonly part: Part; readonly name: NameClass } | undefined;

  constructor(classify: Classify, finder: TextFinder, depth = 0) {
    this.#classify = classify;
    this.#finder = finder;
    this.#depth = depth;
  }

  /**
   * @param isScript - a shell reads the word, which may have quotes.
   */
  read(word: string, isScript: boolean, spans: Spans): void {
    const expected = this.#expected;
    this.#expected = undefined;
    const before = this.#before;
    this.#before = word;
    const isSuspicious = this.#finder.mayHoldSecret(word);
    const isValue = expected !== undefined && this.#isValue(word, expected, isScript, spans);
    if (isValue) markPart(word, 0, expected.part, spans);
    else if (word.charCodeAt(0) === 45) this.#option(word, isSuspicious, isScript, spans);
    else if (word.charCodeAt(0) !== 47 || !this.#slashOption(word, spans)) this.#plain(word, isScript, before, spans);
    if (word.length > 8 && this.#depth < MAX_NESTED_STRINGS && (word.includes(" ") || word.includes("\n")))
      this.#nested(word, spans);
    if (isSuspicious) this.#finder.find(word, isScript ? "script" : "argument", spans);
  }

  #isValue(word: string, { name }: { part: Part; name: NameClass }, isScript: boolean, spans: Spans): boolean {
    if (name === "url") findInAddresses(word, true, spans);
    if (name === "account") return isSecretValue(name, word, isScript) || isAccount(word, isScript);
    // Another option follows, unless the value just begins like one.
    if (word.startsWith("-") && !(looksRandom(word.replace(/^-+/, "")) && !word.includes("="))) return false;
    if (!isSecretValue(name, word, isScript)) return false;
    return true;
  }

  #option(word: string, isSuspicious: boolean, isScript: boolean, spans: Spans): void {
    const equals = word.indexOf("=");
    const command = isScript && equals >= 0 ? programOf(word.slice(equals + 1)) : undefined;
    if (command !== undefined) this.#setProgram(command);
    const name = equals < 0 ? word : word.slice(0, equals);
    if (this.#enter(word)) return;
    const rule = this.#rule?.options.get(name);
    if (rule !== undefined) {
      if (equals >= 0 && rule.isAttached) markPart(word, equals + 1, rule.part, spans);
      else if (equals < 0 && rule.isNext) this.#expected = { part: rule.part, name: "password" };
      return;
    }
    if (this.#rule !== undefined && word.charCodeAt(1) !== 45 && !LONG_OPTIONS.has(name)) {
      if (this.#shortOptions(word, this.#rule, spans)) return;
      this.#seenFlags += word.slice(1, 9);
    }
    if (
      equals >= 0 ||
      !isSuspicious ||
      this.#rule?.flags.has(name) ||
      name.length < 3 ||
      name.length > 64 ||
      isFlag(name)
    )
      return;
    const found = this.#classify(name.slice(name.charCodeAt(1) === 45 ? 2 : 1));
    if (found !== "none") this.#expected = { part: found === "account" ? ":" : "all", name: found };
  }

  /** `-pVALUE`, `-p` and `-sfuVALUE` of a program. */
  #shortOptions(word: string, { options, shortFlags }: ProgramRule, spans: Spans): boolean {
    for (let index = 1; index < word.length && index < 10; index++) {
      const rule = options.get(`-${word[index]}`);
      if (rule !== undefined) {
        const rest = index + 1;
        if (rest < word.length && rule.isAttached) markPart(word, rest, rule.part, spans);
        else if (rest === word.length && rule.isNext) this.#expected = { part: rule.part, name: "password" };
        return true;
      }
      if (index === 1) {
        // `-hpVALUE` of rar.
        for (const [name, { part, isNext }] of options) {
          if (name.length === 3 && name[1] !== "-" && !isNext && word.startsWith(name)) {
            markPart(word, 3, part, spans);
            return true;
          }
        }
      }
      if (!shortFlags.includes(word[index] as string)) return false;
    }
    return false;
  }

  /** `/p:VALUE` */
  #slashOption(word: string, spans: Spans): boolean {
    const colon = word.indexOf(":");
    const rule = this.#rule?.options.get(colon < 0 ? word : word.slice(0, colon));
    if (rule === undefined) return false;
    if (colon >= 0) spans.add(colon + 1, word.length);
    else this.#expected = { part: rule.part, name: "password" };
    return true;
  }

  #plain(word: string, isScript: boolean, before: string, spans: Spans): void {
    const program =
      programOf(word, this.#isFirst) ?? (isScript ? programOf(word.slice(word.indexOf("=") + 1)) : undefined);
    this.#isFirst = false;
    if (program !== undefined) {
      this.#setProgram(program);
      return;
    }
    if (SETTERS.has(before)) this.#expectPair(word);
    const rule = this.#rule;
    if (rule === undefined) return;
    if (this.#enter(word.toLowerCase())) return;
    this.#position++;
    const { positionAfterFlag: after } = rule;
    const isAfterFlag = after !== undefined && this.#seenFlags.includes(after.flag);
    const isSecret = isAfterFlag ? after.position === this.#position : rule.positions.has(this.#position);
    if (isSecret && !/^[\w.-]{1,64}=[^=]/.test(word)) markPart(word, 0, "all", spans);
    if (rule.part !== undefined && word.includes(rule.part)) markPart(word, 0, rule.part, spans);
    if (rule.hasPairs) this.#expectPair(word);
  }

  /** If the word is the name of a secret, the next one is its value. */
  #expectPair(word: string): void {
    if (word.length > MAX_NAME_CHARACTERS || word.includes("=")) return;
    const found = this.#classify(word.slice(word.lastIndexOf("/") + 1));
    if (found !== "none" && found !== "url") this.#expected = { part: "all", name: found };
  }

  #setProgram(program: ProgramRule): void {
    this.#rule = program;
    this.#position = 0;
    this.#seenFlags = "";
  }

  /** Goes on by the rules of a subcommand, if the word is one. */
  #enter(word: string): boolean {
    const rule = this.#rule;
    const subcommand = rule?.subcommands.get(word);
    if (rule === undefined || subcommand === undefined) return false;
    this.#rule = { ...subcommand, hasPairs: rule.hasPairs || subcommand.hasPairs, shortFlags: rule.shortFlags };
    this.#position = 0;
    return true;
  }

  /** A string of a shell, or of a program that reads commands: its words are another command line. */
  #nested(text: string, spans: Spans): void {
    const reader = new CommandReader(this.#classify, this.#finder, this.#depth + 1);
    if (this.#rule?.hasCommands) reader.#rule = this.#rule;
    const start = VALUE_NAME.exec(text.slice(0, MAX_NAME_CHARACTERS))?.[0].length ?? 0;
    readScript(
      text.slice(start),
      reader,
      spans.within((index) => start + index),
    );
  }
}

/**
 * Reads a text as a shell does, word by word.
 *
 * @param isQuoted - secrets with `;`, `|` or `(` are within quotes: not in arguments that someone joined with spaces.
 */
export function readScript(text: string, reader: CommandReader, spans: Spans, isQuoted = true): void {
  const piped = new PipedSecrets();
  let before = 0;
  for (const { start, end } of wordsOf(text, isQuoted)) {
    piped.read(text.slice(start, end), start, text.slice(before, start), spans);
    before = end;
    reader.read(
      text.slice(start, end),
      true,
      spans.within((index) => start + index),
    );
  }
}

/** Words between white space. Those within quotes come without them, as one. */
function* wordsOf(text: string, isQuoted: boolean): Generator<Word> {
  let start = -1;
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 32;
    if (code === 34 || code === 39) {
      const close = text.indexOf(code === 34 ? '"' : "'", index + 1);
      if (close < 0) {
        if (start < 0) start = index;
        continue;
      }
      if (start < 0 && isEndOfWord(text, close + 1)) {
        yield { start: index + 1, end: close };
        index = close;
        continue;
      }
      if (start < 0) start = index;
      index = close;
    } else if (code <= 32 || (isOperator(code) && (isQuoted || isLone(text, index)))) {
      if (start >= 0) yield { start, end: index };
      start = -1;
    } else if (start < 0) {
      start = index;
    }
  }
}

/** ``;|(` `` */
function isOperator(code: number): boolean {
  return code === 59 || code === 124 || code === 40 || code === 96;
}

/** White space follows or precedes, or it is that of `$(` or ``=` ``. */
function isLone(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  return !(before > 32 && text.charCodeAt(index + 1) > 32) || before === 36 || before === 61;
}

function isEndOfWord(text: string, index: number): boolean {
  return index >= text.length || text.charCodeAt(index) <= 32 || text[index] === ";" || text[index] === ")";
}

/** USER:PASSWORD */
function isAccount(word: string, isScript: boolean): boolean {
  const colon = word.indexOf(":");
  return colon > 0 && !word.startsWith("//", colon + 1) && isSecretValue("password", word.slice(colon + 1), isScript);
}

/** Marks the part of `word` from `start` that is a secret. */
function markPart(word: string, start: number, part: Part, spans: Spans): void {
  const value = word.slice(start);
  if (part === "all") {
    const prefix = VALUE_PREFIX.exec(value.slice(0, 16))?.[0].length ?? 0;
    if (isSecretValue("password", value.slice(prefix), false)) spans.add(start + prefix, word.length);
    return;
  }
  const mark = value.indexOf(part);
  // A token instead of USER:PASSWORD.
  if (mark < 0 && part === ":" && value.length >= MIN_TOKEN_CHARACTERS && looksRandom(value))
    spans.add(start, word.length);
  if (mark < 0 || SHELL_VARIABLE.test(value.slice(mark + 1))) return;
  const end = part === "/" ? value.indexOf("@", mark) : -1;
  // A path is no USER/PASSWORD.
  if (part === "/" && (mark === 0 || (end < 0 && value.includes("/", mark + 1) && !looksRandom(value.slice(mark + 1)))))
    return;
  spans.add(start + mark + 1, end < 0 ? word.length : start + end);
}

/** What comes after the name of a program in that of its file: a version, an ending. */
const FILE_SUFFIX = /(?:\.(?:exe|real|bin|orig)|[-.]?\d[\d.]{0,8})$/;
const MIN_SHORTENED_CHARACTERS = 4;

/** @param isFirst - the word is the program in any case, so that its path may be relative. */
function programOf(word: string, isFirst = false): ProgramRule | undefined {
  const slash = word.lastIndexOf("/");
  if (word.length - slash > MAX_PROGRAM_CHARACTERS) return undefined;
  if (slash >= 0 && word.charCodeAt(0) !== 47 && !isFirst) return undefined;
  const name = word.slice(slash + 1);
  const known = PROGRAMS.get(name);
  if (known !== undefined) return known;
  // Few words end so, and this is the hot path.
  const last = name.charCodeAt(name.length - 1);
  if ((last < 48 || last > 57) && !name.includes(".", name.length - 5)) return undefined;
  const short = name.replace(FILE_SUFFIX, "");
  return short.length >= MIN_SHORTENED_CHARACTERS ? PROGRAMS.get(short) : undefined;
}
