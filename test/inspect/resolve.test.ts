import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { isMissing, Resolver } from "../../lib/inspect/index.js";
import { temporaryFolder } from "../support/folder.js";
import { ldd } from "../support/ldd.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const uuid = freshUuid();

/** The closure as ldd shows it, without the loader itself, which it lists in another form. */
function closure(path: string, libraryPath?: string): Map<string, string | undefined> {
  const libraries = new Resolver(libraryPath === undefined ? {} : { libraryPath }).resolve(path);
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
    expect(new Resolver().resolve(path).filter(isMissing)).toMatchObject([{ name: "libone.so.1", neededBy: path }]);
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
    const [library] = new Resolver().resolve(lib);
    expect(library).toMatchObject({ name: "libone.so.1", signatures: [{ uuid }], buildId: expect.any(String) });
  });

  it("skips files of another machine and files that are not ELF", () => {
    mkdirSync(at("wrong"), { recursive: true });
    source(at("wrong"), "libone.so.1", "this is no library");
    const path = program("wrong-first", ...link(), `-Wl,-rpath,${at("wrong")}:${at("lib")}:${at("deep")}`);
    expect(closure(path).get("libone.so.1")).toBe(at("lib/libone.so.1"));
    rmSync(at("wrong"), { recursive: true });
  });
});
