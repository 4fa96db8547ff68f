import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { toolPath } from "../support/tools.js";
import { buildWrapper, launch, uuids } from "./support/wrapper.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const quiet = { status: 0, signal: null, stdout: "", stderr: "" };
const fresh = () => mkdtempSync(at("work-"));
const PATH = process.env["PATH"] ?? "";
let bin = "";

beforeAll(() => {
  bin = buildWrapper(folder);
  source(folder, "main.c", "int main(void) { return 0; }\n");
  source(folder, "start.c", "void _start(void) { for (;;); }\n");
  for (const name of ["main", "start"]) run("gcc", "-c", "-o", at(`${name}.o`), at(`${name}.c`));
});

const gcc = (args: string[], env: Record<string, string | undefined> = {}) =>
  launch(folder, ["gcc", "-B", bin, ...args], env);

/** Writes a program that runs in the place of ld, and returns its directory. */
function linkerScript(text: string): string {
  const directory = fresh();
  writeFileSync(join(directory, "ld"), text);
  chmodSync(join(directory, "ld"), 0o755);
  return directory;
}

describe.skipIf(!have("clang"))("the linker is the one that clang would have taken", () => {
  const cross = (name: string, command: string[], env: Record<string, string> = {}) => {
    expect(launch(folder, [...command, "-o", name, "main.c"], env)).toEqual(quiet);
    expect(uuids(at(name))).toHaveLength(1);
    expect(run("readelf", "-hW", at(name))).toMatch("AArch64");
  };

  it.skipIf(!have("aarch64-linux-gnu-ld"))("for --target, also in a response file and by COMPILER_PATH", () => {
    cross("cross-option", ["clang", "--target=aarch64-linux-gnu", "-B", bin]);
    cross("cross-variable", ["clang", "-target", "aarch64-linux-gnu"], { COMPILER_PATH: bin });
    writeFileSync(at("target.rsp"), "--target=aarch64-linux-gnu");
    cross("cross-response", ["clang", "@target.rsp", "-B", bin]);
  });

  it("for another -B after that of the wrapper, a directory or the start of a path", () => {
    const own = linkerScript('#!/bin/sh\necho own >&2\nexec /usr/bin/ld "$@"\n');
    renameSync(join(own, "ld"), join(own, "prefix-ld"));
    symlinkSync("prefix-ld", join(own, "ld"));
    for (const prefix of [own, join(own, "prefix-")]) {
      expect(launch(folder, ["clang", "-B", bin, "-B", prefix, "-o", "own", "main.c"]).stderr).toBe("own\n");
      expect(uuids(at("own"))).toHaveLength(1);
    }
  });

  const privateClang = "/usr/lib/llvm-14/bin/clang";
  it.skipIf(!have(privateClang))("for an lld that is only beside clang", () => {
    const path = fresh();
    for (const [name, target] of Object.entries({ as: "as", rm: "rm", ld: "ld.bfd" })) {
      symlinkSync(run("sh", "-c", `command -v ${target}`).trim(), join(path, name));
    }
    const args = ["-fuse-ld=lld", "-B", bin, "-o", "private", "main.c"];
    expect(launch(folder, [privateClang, ...args], { PATH: path })).toEqual(quiet);
    expect(uuids(at("private"))).toHaveLength(1);
    expect(run("readelf", "-p", ".comment", at("private"))).toMatch("LLD");
  });
});

describe.skipIf(!have("mold") || process.arch !== "x64")("under mold -run", () => {
  const tool = [process.execPath, toolPath("ogrt-stamp")];
  const ld = ["-m", "elf_x86_64", "-e", "_start", "-o", "molded", "start.o"];

  it("links by mold, and says how the links that do not reach the wrapper are stamped", () => {
    const { status, stderr } = launch(folder, ["mold", "-run", join(bin, "ld.bfd"), ...ld]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^ogrt-ld: `mold -run` [^\n]*\n$/) });
    expect(run("readelf", "-p", ".comment", at("molded"))).toMatch("mold");
  });

  it("ogrt-stamp says so when it prints the directory of the wrapper", () => {
    const { status, stderr } = launch(folder, ["mold", "-run", ...tool, "--linker-directory"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^ogrt-stamp: `mold -run` .*\n$/) });
  });

  it("stamps quietly when MOLD_PATH is the wrapper", () => {
    const env = ["env", `MOLD_PATH=${join(bin, "ld.mold")}`];
    expect(launch(folder, ["mold", "-run", ...env, "gcc", "-o", "molded-path", "main.c"])).toEqual(quiet);
    expect(uuids(at("molded-path"))).toHaveLength(1);
    expect(run("readelf", "-p", ".comment", at("molded-path"))).toMatch("mold");
  });
});

describe("nothing of the stamp's name stays in files that outlive the link", () => {
  const LINKERS = ["bfd", "gold", "lld", "mold"].filter((name) => have(`ld.${name}`));

  it.each(LINKERS)("dependency files of %s are those of the linker alone", (linker) => {
    const link = (dependencies: string, ...flags: string[]) => {
      const args = [`-fuse-ld=${linker}`, `-Wl,--dependency-file=${dependencies}`, "-o", "tracked", "main.o"];
      expect(launch(folder, ["gcc", ...flags, ...args])).toEqual(quiet);
      return readFileSync(at(dependencies), "utf8");
    };
    expect(link("wrapped.d", "-B", bin)).toBe(link("plain.d"));
    link("wrapped.d", "-B", bin);
    expect(uuids(at("tracked"))).toHaveLength(1);
  });

  it.each(LINKERS)("maps of %s name it ogrt-stamp.o, the same in each link", (linker) => {
    const map = () => {
      expect(gcc([`-fuse-ld=${linker}`, "-Wl,-Map=app.map", "-o", "mapped", "main.o"])).toEqual(quiet);
      return readFileSync(at("app.map"), "utf8");
    };
    const first = map();
    expect(first).not.toMatch("/proc/");
    expect(first).toMatch("ogrt-stamp.o");
    expect(map()).toBe(first);
  });

  it.each(
    [
      ["gold", "counts", "-Wl,--print-symbol-counts=counts"],
      ["lld", "mapped.time-trace", "-Wl,--time-trace"],
      ["lld", "trace", "-Wl,--time-trace,--time-trace-file=trace"],
    ].filter(([name = ""]) => LINKERS.includes(name)),
  )("reports of %s name it so, too: %s", (linker, report, option) => {
    const flags = linker === "lld" ? [option, "-Wl,--time-trace-granularity=0"] : [option];
    expect(gcc([`-fuse-ld=${linker}`, ...flags, "-o", "mapped", "main.o"])).toEqual(quiet);
    const text = readFileSync(at(report), "utf8");
    expect(text).not.toMatch("/proc/");
    expect(text).toMatch("ogrt-stamp.o");
  });

  it("maps of bfd that are named after a directory or the output are clean, too", () => {
    const work = fresh();
    mkdirSync(join(work, "maps"));
    for (const map of ["maps", "%", "m-%", "%.txt"]) {
      expect(launch(work, ["gcc", "-B", bin, "-fuse-ld=bfd", `-Wl,-Map=${map}`, "-o", "app", at("main.o")])).toEqual(
        quiet,
      );
    }
    for (const map of ["maps/app.map", "app.map", "m-app.map", "app.txt"]) {
      const text = readFileSync(join(work, map), "utf8");
      expect({ map, named: text.includes("ogrt-stamp.o"), path: text.includes("/proc/") }).toEqual({
        map,
        named: true,
        path: false,
      });
    }
  });

  it.each(LINKERS.filter((name) => name === "bfd" || name === "lld"))(
    "%s does not link it as data when a response file ends in a binary input",
    (linker) => {
      writeFileSync(at("data.txt"), "data\n");
      writeFileSync(at("binary.rsp"), "-o raw start.o --format=binary data.txt");
      expect(launch(folder, [join(bin, `ld.${linker}`), "@binary.rsp"]).status).toBe(0);
      expect(run("readelf", "-sW", at("raw"))).not.toMatch("proc_self");
      expect(uuids(at("raw"))).toHaveLength(1);
    },
  );
});

describe("a reproducible UUID", () => {
  const env = { OGRT_LD_DETERMINISTIC: "1" };
  const linked = (...args: string[]) => {
    expect(gcc([...args, "-o", "reproducible"], env)).toEqual(quiet);
    return readFileSync(at("reproducible"));
  };

  it.each([["-flto"], ["-flto", "-ffat-lto-objects", "-g"]])(
    "of code for link-time optimization does not depend on random names: %s %s",
    (...flags) => {
      const first = linked("-O2", ...flags.filter(Boolean), "main.c");
      expect(linked("-O2", ...flags.filter(Boolean), "main.c").equals(first)).toBe(true);
      source(folder, "other.c", "int main(void) { return 7; }\n");
      expect(linked("-O2", ...flags.filter(Boolean), "other.c").equals(first)).toBe(false);
    },
  );

  it("changes with a library that only a linker script names", () => {
    const library = (value: number) => {
      run(
        "gcc",
        "-shared",
        "-o",
        at("libinner.so.1"),
        source(folder, "inner.c", `int inner(void) { return ${value}; }`),
      );
      writeFileSync(at("libouter.so"), "/* script */ GROUP ( libinner.so.1 AS_NEEDED ( -lgcc ) )\n");
      linked("main.o", "-L.", "-Wl,--no-as-needed", "-louter");
      return uuids(at("reproducible"));
    };
    const first = library(1);
    expect(library(2)).not.toEqual(first);
    expect(library(1)).toEqual(first);
  });

  it("follows -Bstatic through --push-state and --pop-state", () => {
    const archive = (value: number) => {
      run("gcc", "-c", "-o", at("both.o"), source(folder, "both.c", `int both(void) { return ${value}; }`));
      run(
        "sh",
        "-c",
        `cd '${folder}' && rm -f libboth.a && ar rcs libboth.a both.o && gcc -shared -o libboth.so main.o`,
      );
      linked("main.o", "-L.", "-Wl,--push-state,-Bstatic", "-lboth", "-Wl,--pop-state");
      return uuids(at("reproducible"));
    };
    expect(archive(1)).not.toEqual(archive(2));
  });

  it("that cannot be derived is said in one line, and the link is unstamped", () => {
    writeFileSync(at("libloose.so"), "INPUT ( AS_NEEDED ( libnowhere.so.9 ) )\n");
    const { stderr } = gcc(["-o", "loose", "main.o", "-L.", "-lloose"], env);
    expect(stderr.split("\n")[0]).toMatch(/^ogrt-ld: linking loose unstamped: cannot read libnowhere\.so\.9 /);
  });
});

describe("the register says what was linked", () => {
  const registered = (linker: string, ...args: string[]) => {
    const register = fresh();
    const outcome = gcc(["-o", "closed", ...args], { OGRT_LD_REGISTER: register, OGRT_LD_REAL: linker });
    const lines = readdirSync(register).map((name) => readFileSync(join(register, name), "utf8").trim());
    return { ...outcome, lines };
  };

  it("a linker that is a script may close its descriptors: the output is stamped", () => {
    const script = linkerScript('#!/bin/bash\nexec 3>&- 200>&-\n/usr/bin/ld "$@"\n');
    const { status, stderr, lines } = registered(join(script, "ld"), "main.o");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [uuid = "none"] = uuids(at("closed"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(uuid);
  });

  it("a program that closes them cannot read the stamp: linked again, unstamped and not registered", () => {
    const closer =
      '#define _GNU_SOURCE\n#include <unistd.h>\nint main(int c, char **v) { closefrom(3); v[0] = "/usr/bin/ld"; execv(v[0], v); return c; }\n';
    run("gcc", "-o", at("closer"), source(folder, "closer.c", closer));
    const { status, stderr, lines } = registered(at("closer"), "main.o");
    expect({ status, lines, stamps: uuids(at("closed")) }).toEqual({ status: 0, lines: [], stamps: [] });
    expect(stderr.match(/^ogrt-ld: .*$/gm)).toEqual([
      "ogrt-ld: linked closed unstamped: the linker could not read the stamp",
    ]);
  });

  it("a linker that drops the stamp is not registered", () => {
    const script = linkerScript(
      '#!/bin/sh\nfor word do shift; case $word in /proc/*) ;; *) set -- "$@" "$word";; esac; done\nexec /usr/bin/ld "$@"\n',
    );
    const { status, stderr, lines } = registered(join(script, "ld"), "main.o");
    expect({ status, stderr, lines }).toEqual({
      status: 0,
      stderr: "ogrt-ld: linked closed unstamped: the linker dropped the stamp\n",
      lines: [],
    });
  });

  it.each([
    ["a library that is missing", ["main.o", "-lnowhere"]],
    ["an unknown option", ["-Wl,--nosuch", "main.o"]],
    ["an undefined symbol", ["-Wl,-e,main", "-Wl,--no-undefined", "-nostdlib", "undefined.o"]],
  ])("%s is reported once, as by the linker alone, and not registered", (_, args) => {
    run(
      "gcc",
      "-c",
      "-o",
      at("undefined.o"),
      source(folder, "undefined.c", "int f(void); int main(void) { return f(); }"),
    );
    const ld = "/usr/bin/ld";
    const { status, stderr, lines } = registered(ld, ...args);
    const plain = launch(folder, ["gcc", "-o", "closed", ...args], { PATH });
    expect({ status, stderr, lines }).toEqual({ status: plain.status, stderr: plain.stderr, lines: [] });
  });
});
