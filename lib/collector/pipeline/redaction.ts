import { globExpression } from "../../shared/glob.js";
import type { ProcessStart } from "../../wire/index.js";
import {
  BEARER,
  HARMLESS_NAMES,
  NAME_CHARACTER,
  SECRET_FORMS,
  SECRET_NAMES,
  SUSPICIOUS,
  URL_PASSWORD,
} from "./secret-patterns.js";

/** The text that replaces a secret. */
export const REDACTED = "[redacted]";

/** Rules of a site, in addition to the built-in ones. */
export interface RedactionRules {
  /** Name globs of variables and options, case-insensitive. */
  readonly names: readonly string[];
  /** Regular expressions. Every match is replaced. */
  readonly patterns: readonly RegExp[];
}

const NO_RULES: RedactionRules = { names: [], patterns: [] };

/**
 * Replaces secrets in arguments and environments, before anything is stored, sent or streamed. A secret is recognized by
 * its name (`PASSWORD=…`, `--token …`) or by its own form (a key in PEM, an access token of a known service).
 */
export class Redactor {
  readonly #patterns: readonly RegExp[];
  readonly #name: RegExp;
  readonly #siteName: RegExp | undefined;
  readonly #assignment: RegExp;
  /** A name and its value in a command line that is one text. The value ends at the next space outside quotes. */
  readonly #assignmentInLine: RegExp;
  readonly #hasOnlyBuiltIn: boolean;

  constructor({ names, patterns }: RedactionRules = NO_RULES) {
    this.#patterns = patterns;
    this.#hasOnlyBuiltIn = names.length === 0 && patterns.length === 0;
    const siteNames = names.map((glob) => globExpression(glob, NAME_CHARACTER));
    const name = `(?:${[SECRET_NAMES, ...siteNames].join("|")})`;
    this.#name = new RegExp(`^-{0,2}${name}$`, "i");
    this.#siteName = names.length === 0 ? undefined : new RegExp(`^-{0,2}(?:${siteNames.join("|")})$`, "i");
    this.#assignment = new RegExp(`^(-{0,2}${name})=`, "is");
    this.#assignmentInLine = new RegExp(`((?:^|\\s)(?:--?${name}(?:=|\\s+)|${name}=))("[^"]*"|'[^']*'|\\S+)`, "gi");
  }

  /** The message without secrets; the same object when there are none. */
  redact(message: ProcessStart): ProcessStart {
    const environment = this.#map(message.environment, (text) => this.#variable(text));
    const args = this.#arguments(message.arguments);
    const commandLine = message.commandLine && this.#commandLine(message.commandLine);
    const container = message.container && this.#variable(message.container);
    const isSame =
      environment === message.environment &&
      args === message.arguments &&
      commandLine === message.commandLine &&
      container === message.container;
    return isSame ? message : { ...message, environment, arguments: args, commandLine, container };
  }

  /** The changed texts; the same array when none has changed. */
  #map(texts: readonly string[], change: (text: string) => string): readonly string[] {
    let changed: string[] | undefined;
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index] as string;
      const result = change(text);
      if (result === text) continue;
      changed ??= [...texts];
      changed[index] = result;
    }
    return changed ?? texts;
  }

  /** Redacts values of options too, which follow as an argument of their own. */
  #arguments(texts: readonly string[]): readonly string[] {
    let valueFollows = false;
    return this.#map(texts, (text) => {
      if (valueFollows) {
        valueFollows = false;
        // When another option follows, the one before it has no value.
        if (!text.startsWith("-")) return REDACTED;
      }
      if (!this.#mayHoldSecret(text)) return text;
      if (text.startsWith("-") && !text.includes("=")) valueFollows = this.#isSecretName(text);
      return this.#variable(text);
    });
  }

  /** Redacts `NAME=VALUE`, or any text. */
  #variable(text: string): string {
    if (!this.#mayHoldSecret(text)) return text;
    const name = this.#assignment.exec(text)?.[1];
    if (name !== undefined && this.#isSecretName(name)) return `${name}=${REDACTED}`;
    return this.#forms(text);
  }

  #commandLine(text: string): string {
    if (!this.#mayHoldSecret(text)) return text;
    const named = text.replace(this.#assignmentInLine, (whole, before: string) =>
      this.#isSecretName(before.trim().replace(/=$/, "")) ? `${before}${REDACTED}` : whole,
    );
    return this.#forms(named);
  }

  /** Redacts secrets that their form reveals. */
  #forms(text: string): string {
    let clean = text
      .replace(SECRET_FORMS, REDACTED)
      .replace(URL_PASSWORD, `$1:${REDACTED}@`)
      .replace(BEARER, (_, header?: string, bearer?: string) => `${header ?? bearer ?? ""}${REDACTED}`);
    for (const pattern of this.#patterns) clean = clean.replace(pattern, REDACTED);
    return clean;
  }

  #isSecretName(name: string): boolean {
    if (!this.#name.test(name)) return false;
    return this.#siteName?.test(name) === true || !HARMLESS_NAMES.test(name);
  }

  #mayHoldSecret(text: string): boolean {
    return !this.#hasOnlyBuiltIn || SUSPICIOUS.test(text);
  }
}
