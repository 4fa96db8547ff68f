import { BoundedMap } from "../../../shared/bounded-map.js";
import { globExpression } from "../../../shared/glob.js";
import type { Message, ObjectReport, ProcessStart } from "../../../wire/index.js";
import { findInAddresses } from "./addresses.js";
import { type Classify, findAssignments, type TextForm } from "./assignments.js";
import { CommandReader, readScript, type TextFinder } from "./commands.js";
import { mayHoldSecret } from "./hints.js";
import { findIdioms } from "./idioms.js";
import { classOfName, MAX_NAME_CHARACTERS } from "./names.js";
import { decodePercent } from "./percent.js";
import { findShapes } from "./shapes.js";
import { Spans } from "./spans.js";

/** Rules of a site, in addition to the built-in ones. */
export interface RedactionRules {
  /** Name globs of variables and options, case-insensitive. */
  readonly names: readonly string[];
  /** Regular expressions. Every match is replaced. */
  readonly patterns: readonly RegExp[];
}

const NO_RULES: RedactionRules = { names: [], patterns: [] };
const NAME_CHARACTER = "[^\\s=]";
/** In one of two generations. */
const MAX_CACHED_VARIABLES = 8192;
const MAX_CACHED_CHARACTERS = 128;
/** `bash -c`, `sh -ec`: the next argument is a script. */
const MAX_SCRIPT_OPTION_CHARACTERS = 6;
/** A value with options or a here-string may be a command line. */
const COMMAND = /\s(?:-|<<<)/;
const SCRIPT_OPTION = /^-[a-z]{0,4}c$/;

/**
 * Replaces secrets in all texts of a message, before anything is stored, sent or streamed: behind names, in addresses,
 * where a program expects them, and known by their shape. Time is linear in the size of the message.
 */
export class Redactor {
  readonly #patterns: readonly RegExp[];
  readonly #classify: Classify;
  /** Lists of objects are shared by the messages of many processes. */
  readonly #objectLists = new WeakMap<readonly ObjectReport[], readonly ObjectReport[]>();
  readonly #finder: TextFinder;
  /** The decoder shares short texts, so that a look-up is cheaper than a search. */
  readonly #cleanVariables = new BoundedMap<true>(MAX_CACHED_VARIABLES);

  constructor({ names, patterns }: RedactionRules = NO_RULES) {
    this.#patterns = patterns;
    const globs = names.map((glob) => globExpression(glob, NAME_CHARACTER)).join("|");
    const siteName = names.length === 0 ? undefined : new RegExp(`^-*(?:${globs})$`, "i");
    this.#classify = siteName ? (name) => (siteName.test(name) ? "site" : classOfName(name)) : classOfName;
    const mayHold = names.length === 0 && patterns.length === 0 ? mayHoldSecret : () => true;
    this.#finder = { mayHoldSecret: mayHold, find: (text, form, spans) => this.#find(text, form, spans) };
  }

  /** The message without secrets; the same object when there are none. */
  redact<T extends Message>(message: T): T;
  redact(message: Message): Message {
    switch (message.type) {
      case "process-start":
        return changed(message, this.#startTexts(message));
      case "process-end":
        return changed(message, { objects: this.#objectList(message.objects) });
      default:
        return changed(message, {
          job: this.#text(message.job, "argument"),
          cluster: message.cluster && this.#text(message.cluster, "argument"),
        });
    }
  }

  #startTexts(message: ProcessStart): Partial<ProcessStart> {
    const text = (value: string | undefined) => value && this.#text(value, "argument");
    const { cluster, step, arrayJob, arrayTask, node, rank, localRank } = message.placement;
    return {
      job: text(message.job),
      user: text(message.user),
      host: text(message.host),
      workingDirectory: text(message.workingDirectory),
      arguments: this.#arguments(message.arguments),
      commandLine: message.commandLine && this.#commandLine(message.commandLine),
      environment: mapped(message.environment, (value) => this.#variable(value)),
      modules: mapped(message.modules, (value) => this.#text(value, "argument")),
      program: this.#object(message.program),
      objects: this.#objectList(message.objects),
      placement: changed(message.placement, {
        cluster: text(cluster),
        step: text(step),
        arrayJob: text(arrayJob),
        arrayTask: text(arrayTask),
        node: text(node),
        rank: text(rank),
        localRank: text(localRank),
      }),
      container: message.container && this.#text(message.container, "variable"),
      libraryPath: text(message.libraryPath),
      preload: text(message.preload),
    };
  }

  #objectList(list: readonly ObjectReport[]): readonly ObjectReport[] {
    let clean = this.#objectLists.get(list);
    if (clean === undefined) {
      clean = mapped(list, (object) => this.#object(object));
      this.#objectLists.set(list, clean);
    }
    return clean;
  }

  #object(object: ObjectReport): ObjectReport {
    const { path, soname, signatures } = object;
    return changed(object, {
      path: this.#text(path, "argument"),
      soname: soname && this.#text(soname, "argument"),
      signatures: mapped(signatures, (text) => this.#text(text, "argument")),
    });
  }

  #arguments(list: readonly string[]): readonly string[] {
    const reader = new CommandReader(this.#classify, this.#finder);
    let isScript = false;
    let spans = Spans.empty();
    return mapped(list, (text) => {
      reader.read(text, isScript, spans);
      isScript = text.length <= MAX_SCRIPT_OPTION_CHARACTERS && SCRIPT_OPTION.test(text);
      if (spans.isEmpty) return text;
      const clean = spans.replaceIn(text);
      spans = Spans.empty();
      return clean;
    });
  }

  #commandLine(text: string): string {
    const spans = Spans.empty();
    readScript(text, new CommandReader(this.#classify, this.#finder), spans, false);
    this.#find(text, "script", spans);
    return spans.replaceIn(text);
  }

  #variable(text: string): string {
    if (text.length > MAX_CACHED_CHARACTERS) return this.#text(text, "variable");
    if (this.#cleanVariables.get(text)) return text;
    const clean = this.#text(text, "variable");
    if (clean === text) this.#cleanVariables.set(text, true);
    return clean;
  }

  #text(text: string, form: TextForm): string {
    const isCommand = form === "variable" && COMMAND.test(text);
    if (!isCommand && !this.#finder.mayHoldSecret(text)) return text;
    const spans = Spans.empty();
    if (isCommand) this.#readCommand(text, spans);
    this.#find(text, form, spans);
    return spans.replaceIn(text);
  }

  /** The value of a variable as words: `RSYNC_RSH=sshpass -p PASSWORD ssh`, functions of bash. */
  #readCommand(text: string, spans: Spans): void {
    const start = text.indexOf("=") + 1;
    readScript(
      text.slice(start),
      new CommandReader(this.#classify, this.#finder),
      spans.within((index) => start + index),
    );
  }

  #find(text: string, form: TextForm, spans: Spans): void {
    for (const pattern of this.#patterns) {
      for (const match of text.matchAll(pattern)) spans.add(match.index, match.index + match[0].length);
    }
    this.#findByRules(text, form, spans);
    const decoded = decodePercent(text);
    if (decoded !== undefined) this.#findByRules(decoded.text, form, spans.within(decoded.position));
  }

  #findByRules(text: string, form: TextForm, spans: Spans): void {
    findShapes(text, spans);
    findIdioms(text, this.#classify, spans);
    if (text.includes("://") || text.includes("@")) {
      const name = form === "script" ? "" : text.slice(0, Math.min(text.indexOf("="), MAX_NAME_CHARACTERS));
      findInAddresses(text, name !== "" && this.#classify(name) === "url", spans);
    }
    findAssignments(text, form, this.#classify, spans);
  }
}

/** The changed elements; the same array when none has changed. */
function mapped<T>(list: readonly T[], change: (element: T) => T): readonly T[] {
  let result: T[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const element = list[index] as T;
    const clean = change(element);
    if (clean === element) continue;
    result ??= [...list];
    result[index] = clean;
  }
  return result ?? list;
}

/** The object with these values; the same object when it has them. */
function changed<T extends object>(object: T, values: Partial<T>): T {
  for (const key in values) if (values[key] !== object[key]) return { ...object, ...values };
  return object;
}
