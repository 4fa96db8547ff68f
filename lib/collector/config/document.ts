import { readFileSync } from "node:fs";
import type { AST } from "toml-eslint-parser";
import { OgrtError } from "../../errors.js";
import { unreadable } from "../../files/file-errors.js";
import { optional } from "../shared/optional.js";

/** A value of a TOML document and its line. */
export interface Located {
  readonly line: number;
  readonly value: string | number | boolean | undefined | readonly Located[] | ReadonlyMap<string, Located>;
}

export type Table = ReadonlyMap<string, Located>;

/** A value as JSON shows it. */
export function plain({ value }: Located): unknown {
  if (Array.isArray(value)) return (value as readonly Located[]).map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return value;
}

const MAX_DOCUMENT_CHARACTERS = 1024 * 1024;

/**
 * Reads a TOML document (toml.io, version 1.0) and keeps the line of each value for messages about it.
 *
 * @throws {@link OgrtError} FILE_UNREADABLE, INVALID_CONFIGURATION or ENGINE_MISSING.
 */
export async function readDocument(path: string): Promise<Table> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    throw new OgrtError("INVALID_CONFIGURATION", `is longer than ${MAX_DOCUMENT_CHARACTERS} characters`, { path });
  }
  const { parseTOML } = await optional("toml-eslint-parser", import("toml-eslint-parser"));
  try {
    return tableOf(parseTOML(text, { tomlVersion: "1.0" }));
  } catch (cause) {
    const { message, lineNumber } = cause as Error & { lineNumber?: number };
    throw new OgrtError("INVALID_CONFIGURATION", `is not valid TOML: ${message}`, { path, line: lineNumber, cause });
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

/** Returns the table (or list of tables) under a key, and adds it if it is missing. The parser has refused other values there. */
function enter(inside: Tree | Located[], key: string | number, isList: boolean, line: number): Tree | Located[] {
  const found = Array.isArray(inside) ? inside[key as number] : inside.get(`${key}`);
  if (found !== undefined) return found.value as Tree | Located[];
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
  // Dates and times: no setting has one.
  return typeof node.value === "object" ? undefined : node.value;
}
