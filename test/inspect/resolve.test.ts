import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Checker, fileReports, inspect, isMissing, Resolver } from "../../lib/inspect/index.js";
import { builtElf } from "../support/built-elf.js";
import { temporaryFolder } from "../support/folder.js";
import { ldd } from "../support/ldd.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const uuid = freshUuid();

/** The closure as ldd shows it, without the loader itself, which it lists in another form. */
function closure(path: string, libraryPath?: string): Map<string, string | undefined> {
  const { libraries, problem } = new Resolver(libraryPath === undefined ? {} : { libraryPath }).resolve(path);
  expect(problem).toBeUndefined();
  return new Map(libraries.filter(({ via }) => via !== "interpreter").map(({ name, path }) => [name, path]));
}

function library(name: string, ...flags: string[]): void {
  run("gcc", "-shared", "-fPIC", "-o", at(...name.split("/")), at("empty.c"), at("stamp.s"), ...flags);
}

function program(name: string, ...flags: string[]): string {
  run("gcc", "-o", at(name), at("main.c"), "-Wl,--no-as-needed", "-Wl,--allow-shlib-undefined", ...flags);
  return at(name);
}

beforeAll(() => {
  source(folder, "main.c", "int main(void) { return 0; }\n");
  source(folder, "empty.c", "");
  stampFile(folder, "stamp.s", uuid);
  for (const name of ["lib", "other", "deep"]) mkdirSync(at(name));
  library("deep/libdeep.so", "-Wl,-soname,libdeep.so");
  const needsDeep = ["-L", at("deep"), "-Wl,--no-as-needed", "-ldeep"];
  library("lib/libone.so", "-Wl,-soname,libone.so.1", ...needsDeep);
  renameSync(at("lib/libone.so"), at("lib/libone.so.1"));
  run("ln", "-s", "libone.so.1", at("lib/libone.so"));
  library("other/libone.so.1", "-Wl,-soname,libone.so.1");
});

type Closure = Map<string, string | undefined>;

describe.skipIf(!have("ldd"))("libraries are those that ldd shows", () => {
  const link = () => ["-L", at("lib"), "-lone", `-Wl,-rpath-link,${at("deep")}`];
  const both = (path: string, libraryPath?: string): [Closure, Closure] => [
    closure(path, libraryPath),
    ldd(path, libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath }),
  ];

  it("for programs of the system", () => {
    for (const path of ["/bin/sh", "/bin/ls", process.execPath]) {
      const [ours, theirs] = both(path);
      expect(ours).toEqual(theirs);
    }
  });

  it("marks a missing library, with the object that needs it", () => {
    const path = program("missing", ...link());
    const [ours, theirs] = both(path);
    expect(ours).toEqual(theirs);
    expect(new Resolver().resolve(path).libraries.filter(isMissing)).toMatchObject([
      { name: "libone.so.1", neededBy: path },
    ]);
  });

  it("RPATH applies to the libraries of libraries, RUNPATH does not", () => {
    const rpath = program("rpath", ...link(), "-Wl,--disable-new-dtags", `-Wl,-rpath,${at("lib")}:${at("deep")}`);
    const runpath = program("runpath", ...link(), "-Wl,--enable-new-dtags", `-Wl,-rpath,${at("lib")}:${at("deep")}`);
    for (const path of [rpath, runpath]) {
      const [ours, theirs] = both(path);
      expect(ours).toEqual(theirs);
    }
    expect(closure(rpath).get("libdeep.so")).toBe(at("deep/libdeep.so"));
    expect(closure(runpath).get("libdeep.so")).toBeUndefined();
  });

  it("LD_LIBRARY_PATH goes before RUNPATH and after RPATH", () => {
    const rpath = program("rpath2", ...link(), "-Wl,--disable-new-dtags", `-Wl,-rpath,${at("lib")}`);
    const runpath = program("runpath2", ...link(), "-Wl,--enable-new-dtags", `-Wl,-rpath,${at("lib")}`);
    for (const path of [rpath, runpath]) {
      const [ours, theirs] = both(path, `${at("other")}:${at("deep")}`);
      expect(ours).toEqual(theirs);
    }
  });

  it("$ORIGIN, $LIB and $PLATFORM", () => {
    const lib = program("origin", ...link(), `-Wl,-rpath,$ORIGIN/lib:$\{ORIGIN}/deep:/nowhere/$LIB/$PLATFORM`);
    const [ours, theirs] = both(lib);
    expect(ours.get("libone.so.1")).toBe(at("lib/libone.so.1"));
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    expect(ours).toEqual(theirs);
    const [library] = new Resolver().resolve(lib).libraries;
    expect(library).toMatchObject({ name: "libone.so.1", signatures: [{ uuid }], buildId: expect.any(String) });
  });

  it("links in directories and files, and .. behind a link", () => {
    mkdirSync(at("far/away"), { recursive: true });
    symlinkSync(at("far/away"), at("link"));
    symlinkSync("../lib", at("far/near"));
    symlinkSync("loop", at("loop"));
    const rpath = `${at("loop")}:${folder}/link/../near//:$ORIGIN/lib/../deep:${at("main.c")}:./`;
    const path = program("linked", ...link(), "-Wl,--disable-new-dtags", `-Wl,-rpath,${rpath}`);
    const [ours, theirs] = both(path);
    expect(ours.get("libone.so.1")).toBe(`${folder}/link/../near/libone.so.1`);
    expect(ours).toEqual(theirs);
  });

  it("skips files of another machine and files that are not ELF", () => {
    mkdirSync(at("wrong"), { recursive: true });
    source(at("wrong"), "libone.so.1", "this is no library");
    const path = program("wrong-first", ...link(), `-Wl,-rpath,${at("wrong")}:${at("lib")}:${at("deep")}`);
    expect(closure(path).get("libone.so.1")).toBe(at("lib/libone.so.1"));
    rmSync(at("wrong"), { recursive: true });
  });
});

/** A shared object with any strings in its dynamic section. */
function needing(name: string, needed: readonly string[], tag: number, path: string): string {
  const strings = Buffer.from(`\0${[path, ...needed].map((text) => `${text}\0`).join("")}`);
  const table = 16 * (needed.length + 4);
  const start = 64 + 2 * 56;
  let offset = 1;
  const entries = [path, ...needed].map((text, index) => {
    const entry = [index === 0 ? tag : 1, offset] as const;
    offset += Buffer.byteLength(text) + 1;
    return entry;
  });
  const body = Buffer.alloc(table + strings.length);
  for (const [index, [key, value]] of [
    ...entries,
    [5, start + table] as const,
    [10, strings.length] as const,
  ].entries()) {
    body.writeBigUInt64LE(BigInt(key), 16 * index);
    body.writeBigUInt64LE(BigInt(value), 16 * index + 8);
  }
  body.set(strings, table);
  const segments = [
    { type: 1, size: body.length },
    { type: 2, size: table },
  ];
  writeFileSync(at(name), builtElf({ body, segments, type: 3 }));
  return at(name);
}

describe("the search for libraries costs no more than its budget, and says when it ends early:", () => {
  const [rpath, runpath] = [15, 29];
  const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, i) => text(i));

  /** With a hundredth of the default. */
  function bounded(path: string) {
    const { libraries, problem } = new Resolver({ limitScale: 0.01 }).resolve(path);
    expect(problem).toMatchObject({ code: "LIMIT_EXCEEDED", path });
    expect(problem?.message).toContain("100000 steps");
    // No single charge is larger than what a file of a few kilobytes costs.
    expect(problem?.value).toBeLessThan(110_000);
    return libraries;
  }

  it("many libraries in many directories", async () => {
    const names = times(2000, (index) => `lib${index}.so`);
    const path = needing("wide.so", names, runpath, times(400, (i) => `/n/${i}`).join(":"));
    const libraries = bounded(path);
    expect(libraries.length).toBeLessThan(200);
    expect(libraries.every(isMissing)).toBe(true);

    const resolver = new Resolver({ limitScale: 0.01 });
    const written: string[] = [];
    const output = fileReports((text) => written.push(text), { titled: false, resolver });
    for await (const finding of inspect([path])) {
      if (finding.finding !== "file") continue;
      output.file(finding);
      const offences = new Checker({ levels: { stamped: "off" }, resolver }).check(finding);
      expect(offences.at(-1)).toMatchObject({ rule: "no-missing-library", message: expect.stringContaining("limit") });
    }
    expect(written.join("")).toContain("not all libraries were searched for, over a limit");
  });

  it("directories of links that lead through thousands of names", () => {
    mkdirSync(at("links"), { recursive: true });
    let target = at("lib");
    for (const index of times(30, String)) {
      symlinkSync(`${"./".repeat(1900)}${target}`, at("links", index));
      target = index;
    }
    const directories = times(200, (index) => `${folder}/links/${"./".repeat(index % 7)}${index % 30}/../lib`);
    bounded(
      needing(
        "links.so",
        times(100, (index) => `lib${index}.so`),
        runpath,
        directories.join(":").slice(0, 4000),
      ),
    );
  });

  it("libraries that are links through thousands of names", () => {
    mkdirSync(at("names"), { recursive: true });
    const names = times(300, (index) => `lib${index}.so`);
    for (const name of names) symlinkSync(`${"../names/".repeat(400)}nothing`, at("names", name));
    bounded(needing("names.so", names, runpath, at("names")));
  });

  it("a chain of libraries, each with directories for all that follow", () => {
    mkdirSync(at("chain"), { recursive: true });
    const places = times(60, (index) => `${at("chain")}/${index}`).join(":");
    const name = (index: number) => `link${index}.so`;
    for (let index = 0; index < 300; index++) {
      needing(`chain/${name(index)}`, [name(index + 1)], rpath, `${places}:${at("chain")}`);
    }
    const libraries = bounded(at("chain", name(0)));
    expect(libraries.length).toBeGreaterThan(3);
    expect(libraries.filter(isMissing)).toEqual([]);
  });

  it("libraries whose notes do not end", () => {
    mkdirSync(at("notes"), { recursive: true });
    const body = Buffer.alloc(100_000);
    for (let place = 0; place < body.length; place += 20) {
      body.writeUInt32LE(4, place);
      body.writeUInt32LE(4, place + 4);
      body.write("ABC", place + 12);
    }
    const file = builtElf({
      body,
      type: 3,
      segments: Array.from({ length: 8 }, (_, i) => ({ type: 4, at: 20 * i, size: body.length - 20 * i })),
    });
    const names = times(100, (index) => `lib${index}.so`);
    for (const library of names) writeFileSync(at("notes", library), file);
    bounded(needing("notes.so", names, runpath, at("notes")));
  });

  it("but a program of this system stays far below it", () => {
    const resolver = new Resolver({ limitScale: 0.05 });
    for (const path of ["/bin/sh", "/bin/ls", process.execPath]) expect(resolver.resolve(path).problem).toBeUndefined();
  });
});
