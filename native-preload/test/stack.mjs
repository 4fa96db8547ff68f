// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the stack of the library: node stack.mjs GRAPH, of gcc -fcallgraph-info=su. Prints the deepest path from each
// entry point, and fails if it needs more than the library may use.
import { readFileSync } from "node:fs";

const MAX_STACK_BYTES = 1024;
/** What functions of the C library and of the vDSO take for themselves; dl_iterate_phdr of glibc 2.36 takes 176. */
const FOREIGN_BYTES = 192;
/** Where the pointer in send_record leads, and what an entry point never gets to: the start reads objects in place. */
const ENTRIES = {
  at_start: { composer: "compose_start", never: ["copy_memory"] },
  at_end: { composer: "compose_end", never: [] },
};
/** Which function a caller passes to dl_iterate_phdr; the others pass `visit`, the one that needs most. */
const PASSED = { walk_new_objects: "count_unloaded", find_executable: "copy_first", link_of_program: "copy_first" };

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: stack.mjs GRAPH");
  process.exit(2);
}
/** Without the object file and what the compiler appends to copies and parts of functions. */
const plain = (title) => title.replace(/^.*:/, "").replace(/\.(isra|constprop|part|cold|lto_priv)\b.*/, "");
const own = new Map();
const calls = new Map();
const graph = readFileSync(file, "utf8");
for (const [, title, label] of graph.matchAll(/^node: \{ title: "([^"]*)" label: "([^"]*)"/gm)) {
  const [, bytes, kind] = /\\n(\d+) bytes \(([^)]*)\)/.exec(label) ?? [];
  if (kind === "dynamic") throw new Error(`${title}: the frame is ${kind}`);
  // Copies of a function count as the largest.
  if (bytes !== undefined) own.set(plain(title), Math.max(own.get(plain(title)) ?? 0, Number(bytes)));
}
for (const [, from, to] of graph.matchAll(/^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"/gm)) {
  const list = calls.get(plain(from)) ?? new Set();
  list.add(plain(to));
  calls.set(plain(from), list);
}

/** The deepest path from a function: its bytes, and the functions on it. */
function deepest(name, { composer, never }, path = []) {
  if (path.includes(name)) throw new Error(`recursion: ${[...path, name].join(" → ")}`);
  const callees = new Set(calls.get(name));
  // A part of a function that was moved away jumps back.
  for (const other of [name, ...never]) callees.delete(other);
  if (name === "send_record") callees.add(composer);
  if (name === "dl_iterate_phdr") callees.add(PASSED[path.at(-1)] ?? "visit");
  let below = { bytes: 0, path: [] };
  for (const callee of callees) {
    const found = deepest(callee, { composer, never }, [...path, name]);
    if (found.bytes > below.bytes) below = found;
  }
  const bytes = own.get(name) ?? FOREIGN_BYTES;
  return { bytes: bytes + below.bytes, path: [`${name} ${bytes}`, ...below.path] };
}

let largest = 0;
for (const [name, entry] of Object.entries(ENTRIES)) {
  if (!own.has(name) || !own.has(entry.composer)) throw new Error(`${file} lacks ${name} or ${entry.composer}`);
  const { bytes, path } = deepest(name, entry);
  console.log(`${bytes} bytes: ${path.join(" → ")}`);
  largest = Math.max(largest, bytes);
}
process.exit(largest <= MAX_STACK_BYTES ? 0 : 1);
