import { expect, it } from "vitest";
import { openFileSource } from "../../../lib/files/index.js";
import { ElfFile } from "../../../lib/index.js";
import { compare, disagreements } from "../../support/agreement.js";
import { elfFilesBelow } from "../../support/elf-tree.js";
import { elfutilsNotes, gnuNotes, gnuReadelf, ourNotes, output } from "../../support/readelf.js";
import { have } from "../../support/toolchain.js";

/** Compares all ELF files of this machine with other readers. */
const files = elfFilesBelow("/usr/bin", "/usr/sbin", "/usr/lib");
const BATCH = 40;

function* batches(): Generator<string[]> {
  for (let at = 0; at < files.length; at += BATCH) yield files.slice(at, at + BATCH);
}

function notesOf(path: string): string[] {
  using source = openFileSource(path);
  return ourNotes(new ElfFile(source));
}

it("finds files to compare", () => {
  expect(files.length).toBeGreaterThan(100);
});

it.skipIf(!have("readelf"))("GNU readelf agrees on headers, segments, dynamic entries and notes", () => {
  const found: string[] = [];
  for (const paths of batches()) {
    const views = gnuReadelf(paths);
    for (const path of paths) for (const line of disagreements(path, views.get(path))) found.push(`${path}: ${line}`);
  }
  expect(found).toEqual([]);
});

it.skipIf(!have("eu-readelf"))("eu-readelf agrees on notes", () => {
  const found: string[] = [];
  for (const path of files) {
    const theirs = elfutilsNotes(output("eu-readelf", ["-n", path]));
    for (const line of compare("notes", theirs, notesOf(path))) found.push(`${path}: ${line}`);
  }
  expect(found).toEqual([]);
});

it.skipIf(!have("llvm-readelf"))("llvm-readelf agrees on notes", () => {
  const found: string[] = [];
  for (const paths of batches()) {
    const text = output("llvm-readelf", ["-n", ...paths, "/bin/true"]);
    const parts = new Map(text.split(/^\n?File: /m).map((part) => [part.slice(0, part.indexOf("\n")), part]));
    for (const path of paths) {
      const theirs = gnuNotes(parts.get(path) ?? "");
      for (const line of compare("notes", theirs, notesOf(path))) found.push(`${path}: ${line}`);
    }
  }
  expect(found).toEqual([]);
});
