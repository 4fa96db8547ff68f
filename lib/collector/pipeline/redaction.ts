import { globExpression } from "../../shared/glob.js";
import type { ProcessStart } from "../../wire/index.js";

/*
 * Secrets out of arguments and environments, before anything is stored, sent on or streamed. What looks like a secret
 * by its name (PASSWORD=…, --token …) or by its own form (a key in PEM, an access token of a known service) is replaced.
 */

/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/** Rules of a site, besides the built-in ones. */
export interface RedactionRules {
  /** Name globs of variables and options, case-insensitive. */
  readonly names: readonly string[];
  /** Regular expressions; whatever matches is replaced. */
  readonly patterns: readonly RegExp[];
}

const NO_RULES: RedactionRules = { names: [], patterns: [] };

/** What names of variables and options consist of. */
const NAME_CHARACTER = "[^\\s=]";
const SECRET_NAMES =
  "[\\w.-]*(?:passw(?:or)?d|passwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|_pwd)[\\w.-]*|pwd_\\w+|pass|pat|[\\w.-]*[_-](?:pass|pat|auth)";
/** Named like secrets, but they say where one is kept, or are none. */
const HARMLESS_NAMES = /(?:file|path|dir|directory|socket|sock|agent|prompt|provider|type|url|uri)$/i;
/** Texts that are secrets whatever they are called. */
const SECRET_FORMS =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|sk-[\w-]{20,}|hf_\w{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,})|-----BEGIN [A-Z ]*PRIVATE KEY-----.*/gs;
/** `scheme://user:password@host` */
const URL_PASSWORD = /\b([a-z][a-z\d+.-]{0,30}:\/\/[^\s:/@]{0,256}):[^\s/@]{1,1024}@/gi;
/** What follows in a header or in an option's argument: `Authorization: Bearer …`. */
const BEARER = /\b(authorization\s*[:=]\s*(?:bearer|basic|token)?\s*)[^\s"']+|\b(bearer\s+)[\w.~+/=-]{8,}/gi;
/** Cheap test first: nearly no text passes it. */
const SUSPICIOUS =
  /pass|pwd|secret|token|cred|key|auth|pat\b|bearer|gh[pousr]_|glpat|xox|AKIA|sk-|hf_|eyJ|PRIVATE|:\/\/[^\s/]*@/i;

export class Redactor {
  readonly #rules: RedactionRules;
  readonly #name: RegExp;
  readonly #assignment: RegExp;
  readonly #followed: RegExp;
  readonly #isOnlyDefault: boolean;

  constructor(rules: RedactionRules = NO_RULES) {
    this.#rules = rules;
    this.#isOnlyDefault = rules.names.length === 0 && rules.patterns.length === 0;
    const names = [SECRET_NAMES, ...rules.names.map((glob) => globExpression(glob, NAME_CHARACTER))];
    const either = `(?:${names.join("|")})`;
    this.#name = new RegExp(`^-{0,2}${either}$`, "i");
    this.#assignment = new RegExp(`^(-{0,2}${either})=`, "is");
    // In a command line as one text, a value goes on to the next space.
    this.#followed = new RegExp(`((?:^|\\s)(?:--?${either}(?:=|\\s+)|${either}=))("[^"]*"|'[^']*'|\\S+)`, "gi");
  }

  /** The message without secrets; the very same object when there are none. */
  redact(message: ProcessStart): ProcessStart {
    const environment = this.#all(message.environment, (text) => this.#variable(text));
    const args = this.#arguments(message.arguments);
    const { commandLine, container } = message;
    const line =
      commandLine === undefined || !this.#mayHold(commandLine) ? commandLine : this.#commandLine(commandLine);
    const hint = container === undefined ? container : this.#variable(container);
    if (
      environment === message.environment &&
      args === message.arguments &&
      line === commandLine &&
      hint === container
    ) {
      return message;
    }
    return { ...message, environment, arguments: args, commandLine: line, container: hint };
  }

  #all(texts: readonly string[], map: (text: string) => string): readonly string[] {
    let changed: string[] | undefined;
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index] as string;
      const mapped = map(text);
      if (mapped === text) continue;
      changed ??= [...texts];
      changed[index] = mapped;
    }
    return changed ?? texts;
  }

  #arguments(texts: readonly string[]): readonly string[] {
    let valueFollows = false;
    return this.#all(texts, (text) => {
      if (valueFollows) {
        valueFollows = false;
        // The next option: the one before had no value.
        if (!text.startsWith("-")) return REDACTED;
      }
      if (!this.#mayHold(text)) return text;
      if (text.startsWith("-") && !text.includes("=")) valueFollows = this.#isSecretName(text);
      return this.#variable(text);
    });
  }

  /** `NAME=VALUE`, or any text. */
  #variable(text: string): string {
    if (!this.#mayHold(text)) return text;
    const name = this.#assignment.exec(text)?.[1];
    if (name !== undefined && this.#isSecretName(name)) return `${name}=${REDACTED}`;
    return this.#forms(text);
  }

  #commandLine(text: string): string {
    const named = text.replace(this.#followed, (whole, before: string) =>
      this.#isSecretName(before.trim().replace(/=$/, "")) ? `${before}${REDACTED}` : whole,
    );
    return this.#forms(named);
  }

  #forms(text: string): string {
    let clean = text
      .replace(SECRET_FORMS, REDACTED)
      .replace(URL_PASSWORD, `$1:${REDACTED}@`)
      .replace(BEARER, (_, header?: string, bearer?: string) => `${header ?? bearer ?? ""}${REDACTED}`);
    for (const pattern of this.#rules.patterns) clean = clean.replace(pattern, REDACTED);
    return clean;
  }

  #isSecretName(name: string): boolean {
    if (!this.#name.test(name)) return false;
    const isOwn = this.#rules.names.some((glob) =>
      new RegExp(`^-{0,2}${globExpression(glob, NAME_CHARACTER)}$`, "i").test(name),
    );
    return isOwn || !HARMLESS_NAMES.test(name);
  }

  #mayHold(text: string): boolean {
    return !this.#isOnlyDefault || SUSPICIOUS.test(text);
  }
}
