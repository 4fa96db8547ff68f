import { readFileSync } from "node:fs";
import type { AST } from "toml-eslint-parser";
import { OgrtError } from "../../errors.js";
import { missingEngine } from "../shared/missing-engine.js";

/** A value of a TOML document, and the line where it stands. */
export interface Located {
  readonly line: number;
  readonly value: string | number | boolean | undefined | readonly Located[] | ReadonlyMap<string, Located>;
}

export type Table = ReadonlyMap<string, Located>;

/** A fault in a part of a value: its place is known better than by the line of the setting. */
export class LocatedError extends Error {
  readonly line: number;
  /** The part; undefined where it should not be shown: whoever writes a password into a URL finds it in the log then. */
  readonly part: Located | undefined;

  constructor(line: number, sentence: string, part?: Located) {
    super(sentence);
    this.line = line;
    this.part = part;
  }
}

/**
 * Looks at each element of a list.
 *
 * @throws AggregateError of {@link LocatedError}, all of them: nobody wants to meet one mistake after the other.
 */
export function checkEach<T>(elements: readonly Located[], check: (element: Located) => T): T[] {
  const faults: LocatedError[] = [];
  const values = elements.flatMap((element) => {
    try {
      return [check(element)];
    } catch (error) {
      faults.push(
        error instanceof LocatedError ? error : new LocatedError(element.line, (error as Error).message, element),
      );
      return [];
    }
  });
  if (faults.length > 0) throw new AggregateError(faults);
  return values;
}

/** Nobody configures a megabyte by hand. */
const SIZE_LIMIT = 1024 * 1024;

/**
 * Reads a TOML document (toml.io, version 1.0) with the line of each value, which messages about it need.
 *
 * @throws {@link OgrtError} FILE_UNREADABLE, INVALID_CONFIGURATION or ENGINE_MISSING.
 */
export async function readDocument(path: string): Promise<Table> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", `cannot be read: ${(cause as Error).message}`, { path, cause });
  }
  if (text.length > SIZE_LIMIT) {
    throw new OgrtError("INVALID_CONFIGURATION", `is longer than ${SIZE_LIMIT} characters`, { path });
  }
  const { parseTOML } = await import("toml-eslint-parser").catch((cause) => {
    throw missingEngine("toml-eslint-parser", cause);
  });
  try {
    return tableOf(parseTOML(text, { tomlVersion: "1.0" }));
  } catch (cause) {
    const { message, lineNumber } = cause as Error & { lineNumber?: number };
    throw new OgrtError("INVALID_CONFIGURATION", `is no TOML: ${message}`, { path, line: lineNumber, cause });
  }
}

type Tree = Map<string, Located>;

function tableOf({ body: [top] }: AST.TOMLProgram): Table {
  const root: Tree = new Map();
  for (const node of top.body) {
    if (node.type === "TOMLKeyValue") {
      add(root, node);
      continue;
    }
    const { line } = node.loc.start;
    const table = node.resolvedKey.reduce<Tree | Located[]>((inside, key, depth) => {
      const isList = typeof node.resolvedKey[depth + 1] === "number";
      return enter(inside, key, isList, line);
    }, root);
    for (const pair of node.body) add(table as Tree, pair);
  }
  return root;
}

/** The table (or list of tables) below a key, made where it is missing. The parser has seen to it that there is no other. */
function enter(inside: Tree | Located[], key: string | number, isList: boolean, line: number): Tree | Located[] {
  const known = Array.isArray(inside) ? inside[key as number] : inside.get(`${key}`);
  if (known !== undefined) return known.value as Tree | Located[];
  const value: Tree | Located[] = isList ? [] : new Map();
  if (Array.isArray(inside)) inside.push({ line, value });
  else inside.set(`${key}`, { line, value });
  return value;
}

function add(table: Tree, { key, value }: AST.TOMLKeyValue): void {
  const names = key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value));
  const last = names.pop() ?? "";
  const { line } = key.loc.start;
  const inside = names.reduce<Tree | Located[]>((tree, name) => enter(tree, name, false, line), table);
  (inside as Tree).set(last, { line, value: toValue(value) });
}

function toValue(node: AST.TOMLContentNode): Located["value"] {
  if (node.type === "TOMLArray") {
    return node.elements.map((element) => ({ line: element.loc.start.line, value: toValue(element) }));
  }
  if (node.type === "TOMLInlineTable") {
    const table: Tree = new Map();
    for (const pair of node.body) add(table, pair);
    return table;
  }
  // No setting is a date or a time.
  return typeof node.value === "object" ? undefined : node.value;
}
