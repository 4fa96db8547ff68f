import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { installed, integrations, succeed } from "../../integrations/support.js";
import { launch, uuids } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run } from "../../support/toolchain.js";

const folder = temporaryFolder();
const env = installed(folder);
const APP = "int answer(void);\nint main(void) { return answer() == 42 ? 0 : 1; }\n";
const LIBRARY = "int answer(void) { return 42; }\n";

/** Creates a project with these files. */
function project(files: Record<string, string>): string {
  const path = mkdtempSync(join(folder, "project-"));
  for (const [name, text] of Object.entries({ "app.c": APP, "answer.c": LIBRARY, ...files })) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

describe("make", () => {
  const makefile =
    "all: app libanswer.so\napp: app.o answer.o\nlibanswer.so: answer.c\n\t$(CC) -shared -fPIC $(LDFLAGS) -o $@ $^\ninclude ogrt.mk\n";
  const make = (path: string, ...args: string[]) => succeed(path, ["make", "-s", ...args], env);

  it("stamps each link by explicit and built-in rules, even with LDFLAGS on the command line", () => {
    const path = project({ Makefile: makefile });
    copyFileSync(join(integrations, "make/ogrt.mk"), join(path, "ogrt.mk"));
    make(path, "LDFLAGS=-Wl,--as-needed");
    const found = [...uuids(join(path, "app")), ...uuids(join(path, "libanswer.so"))];
    expect(new Set(found).size).toBe(2);
    make(path, "-B", "OGRT=off");
    expect(uuids(join(path, "app"))).toEqual([]);
  });

  it("finds the linker wrapper in a directory with spaces", () => {
    const path = project({ Makefile: makefile });
    copyFileSync(join(integrations, "make/ogrt.mk"), join(path, "ogrt.mk"));
    const directory = succeed(path, ["ogrt-stamp", "--linker-directory"], env).stdout.trim();
    symlinkSync(directory, join(path, "a linker"));
    make(path, `OGRT_LINKER=${join(path, "a linker")}`);
    expect(uuids(join(path, "app"))).toHaveLength(1);
  });
});

describe.skipIf(!["autoreconf", "automake", "libtoolize"].every(have))("autotools with libtool", () => {
  it("stamps library and program once, with the stamp of the package", () => {
    const path = project({
      "configure.ac":
        "AC_INIT([hello],[1.0])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\nAM_PROG_AR\nLT_INIT\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n",
      "Makefile.am":
        "lib_LTLIBRARIES = libanswer.la\nlibanswer_la_SOURCES = answer.c\nbin_PROGRAMS = app\napp_SOURCES = app.c\napp_LDADD = libanswer.la\n",
    });
    succeed(path, ["autoreconf", "-i"], env);
    succeed(path, [join(integrations, "make/configure-ogrt"), "hello", "1.0"], env);
    succeed(path, ["make", "-s"], env);
    succeed(path, ["make", "-s", "install", `DESTDIR=${path}/image`], env);
    const stamp = uuids(join(path, "ogrt-stamp.o"));
    for (const file of [
      ".libs/app",
      ".libs/libanswer.so.0.0.0",
      "image/usr/local/bin/app",
      "image/usr/local/lib/libanswer.so.0.0.0",
    ]) {
      expect(uuids(join(path, file))).toEqual(stamp);
    }
    expect(run("readelf", "-p", ".note.package", join(path, "image/usr/local/bin/app"))).toMatch(
      '"name":"hello","version":"1.0"',
    );
  });
});

describe.skipIf(!have("autoconf"))("configure", () => {
  const FILES = {
    "configure.ac": "AC_INIT([hello],[1.0])\nAC_PROG_CC\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n",
    "Makefile.in": "app: app.c\n\t@CC@ @CFLAGS@ @LDFLAGS@ -o app app.c answer.c\n",
  };
  const configured = (args: string[], path = project(FILES), changes = {}) => {
    succeed(path, ["autoconf"], env);
    succeed(path, [join(integrations, "make/configure-ogrt"), "hello", "1.0", ...args], { ...env, ...changes });
    succeed(path, ["make", "-s"], env);
    expect(uuids(join(path, "app"))).toHaveLength(1);
    return join(path, "app");
  };

  const CROSS = ["--host=aarch64-linux-gnu", "./configure --host aarch64-linux-gnu"];
  it.skipIf(!have("aarch64-linux-gnu-gcc")).each(CROSS)("stamps for the machine of %s", (args) => {
    expect(run("readelf", "-hW", configured(args.split(" ")))).toMatch("AArch64");
  });

  it.skipIf(!have("s390x-linux-gnu-gcc"))("asks the compiler in CC=, and keeps LDFLAGS=", () => {
    const args = ["CC=s390x-linux-gnu-gcc -O2", "--host=s390x-linux-gnu", "LDFLAGS=-Wl,-z,now"];
    const app = configured(args, project(FILES), { CC: "gcc", LDFLAGS: "-Wl,--nonsense" });
    expect(run("readelf", "-hW", app)).toMatch("S/390");
    expect(run("readelf", "-dW", app)).toMatch("NOW");
  });

  it("stamps in a directory with spaces and commas", () => {
    const path = join(project({}), "a b, c");
    cpSync(project(FILES), path, { recursive: true });
    configured([], path);
  });

  it("goes on unstamped, with one line, if the compiler refuses the stamp", () => {
    const path = project(FILES);
    succeed(path, ["autoconf"], env);
    const broken = `#!/bin/sh\ncase "$*" in *ogrt-stamp*) exit 1;; esac\nexec gcc "$@"\n`;
    writeFileSync(join(path, "cc"), broken, { mode: 0o755 });
    const args = ["hello", "1.0", `CC=${path}/cc`];
    const { stderr } = succeed(path, [join(integrations, "make/configure-ogrt"), ...args], env);
    expect(stderr).toMatch(/^configure-ogrt: nothing will be stamped: .*$/m);
    succeed(path, ["make", "-s"], env);
    expect(uuids(join(path, "app"))).toEqual([]);
  });
});

describe.skipIf(!have("cmake"))("CMake", () => {
  const lists = (extra: string) =>
    `cmake_minimum_required(VERSION 3.16)\nproject(hello VERSION 1.2 LANGUAGES C)\nlist(APPEND CMAKE_MODULE_PATH "\${CMAKE_SOURCE_DIR}/cmake")\ninclude(Ogrt)\nadd_library(answer SHARED answer.c)\nadd_library(part STATIC answer.c)\nadd_executable(app app.c)\ntarget_link_libraries(app answer)\n${extra}`;
  const configure = (extra: string, ...args: string[]) => {
    const path = project({ "CMakeLists.txt": lists(extra) });
    cpSync(join(integrations, "cmake"), join(path, "cmake"), { recursive: true });
    const build = (...more: string[]) => succeed(path, ["cmake", "--build", "build", ...more], env).stdout;
    return { path, setUp: launch(path, ["cmake", "-S", ".", "-B", "build", ...args], env), build };
  };

  it("ogrt_stamp(target) gives the target a new stamp at each link, with the name of the project", () => {
    const { path, setUp, build } = configure("ogrt_stamp(app)\n");
    expect(setUp.status).toBe(0);
    build();
    const first = uuids(join(path, "build/app"));
    expect(first).toHaveLength(1);
    expect(uuids(join(path, "build/libanswer.so"))).toEqual([]);
    expect(run("readelf", "-p", ".note.package", join(path, "build/app"))).toMatch('"name":"hello","version":"1.2"');
    utimesSync(join(path, "app.c"), new Date(), new Date(Date.now() + 5000));
    build();
    expect(uuids(join(path, "build/app"))).toHaveLength(1);
    expect(uuids(join(path, "build/app"))).not.toEqual(first);
  });

  const generators = ["Unix Makefiles", "Ninja"].filter((name) => name !== "Ninja" || have("ninja"));
  it.each(generators)("OGRT_ALL stamps all targets and causes no unnecessary links (%s)", (generator) => {
    const { path, build } = configure("", "-DOGRT_ALL=ON", "-G", generator);
    build();
    const found = () => [...uuids(join(path, "build/app")), ...uuids(join(path, "build/libanswer.so"))];
    const first = found();
    expect(new Set(first).size).toBe(2);
    expect(build()).not.toMatch(/Linking/);
    expect(found()).toEqual(first);
  });

  it("ogrt_stamp(target) and OGRT_ALL together, even twice, give the target one stamp", () => {
    const { path, build } = configure("ogrt_stamp(app)\nogrt_stamp(app)\nogrt_stamp_all()\n", "-DOGRT_ALL=ON");
    build();
    expect(uuids(join(path, "build/app"))).toHaveLength(1);
    expect(run("readelf", "-p", ".note.package", join(path, "build/app"))).toMatch('"name":"hello"');
    expect(uuids(join(path, "build/libanswer.so"))).toHaveLength(1);
  });

  it.skipIf(!have("ninja"))("configurations that are linked at the same time have stamps of their own", () => {
    const multi = ["-G", "Ninja Multi-Config", "-DCMAKE_DEFAULT_BUILD_TYPE=Debug", "-DCMAKE_CROSS_CONFIGS=all"];
    const { path } = configure("ogrt_stamp(app)\nogrt_stamp(answer)\n", ...multi);
    for (let round = 0; round < 4; round++) {
      utimesSync(join(path, "app.c"), new Date(), new Date(Date.now() + 5000 * (round + 1)));
      succeed(path, ["ninja", "-C", "build", "-j4", "app:all"], env);
      const built = ["Debug", "Release", "RelWithDebInfo"].flatMap((configuration) => [
        ...uuids(join(path, "build", configuration, "app")),
        ...uuids(join(path, "build", configuration, "libanswer.so")),
      ]);
      expect(built).toHaveLength(6);
      expect(new Set(built).size).toBe(6);
    }
  });

  it.each(["armv6l", "mips64", "aarch64", ""])(
    "a processor for which the compiler links no stamp gets a warning and a build: '%s'",
    (processor) => {
      if (processor === process.arch.replace("arm64", "aarch64")) return;
      const system = ["-DCMAKE_SYSTEM_NAME=Linux", `-DCMAKE_SYSTEM_PROCESSOR=${processor}`];
      const { path, setUp, build } = configure("ogrt_stamp(app)\n", ...system);
      expect(setUp.status).toBe(0);
      expect(setUp.stderr).toMatch(`no stamp suits the processor "${processor}"`);
      build();
      expect(uuids(join(path, "build/app"))).toEqual([]);
    },
  );

  it("can be switched off", () => {
    const { path, build } = configure("ogrt_stamp(app)\n", "-DOGRT=OFF", "-DOGRT_ALL=ON");
    build();
    expect(uuids(join(path, "build/app"))).toEqual([]);
  });

  it("rejects a static library", () => {
    const { setUp } = configure("ogrt_stamp(part)\n");
    expect(setUp.status).not.toBe(0);
    expect(setUp.stderr).toMatch(/not a\s+STATIC_LIBRARY/);
  });
});

describe.skipIf(!have("meson") || !have("ninja"))("Meson", () => {
  /** The lines that the first comment of the file tells people to write. */
  const instructions = readFileSync(join(integrations, "meson/meson.build"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("#   "))
    .map((line) => line.slice(4));
  const setUp = (language: string, lines: string[], args: string[] = [], changes = {}, files = {}) => {
    const path = project({
      "meson.build": [`project('hello', ${language}version: '1.3')`, ...lines, ""].join("\n"),
      ...files,
    });
    cpSync(join(integrations, "meson"), join(path, "ogrt"), { recursive: true });
    const { stdout } = succeed(path, ["meson", "setup", "build", ...args], { ...env, ...changes });
    return { path, stdout };
  };
  const build = (language: string, lines: string[], args: string[] = [], changes = {}) => {
    const { path } = setUp(language, lines, args, changes);
    succeed(path, ["ninja", "-C", "build"], env);
    return path;
  };
  const C = [
    "subdir('ogrt')",
    "answer = shared_library('answer', 'answer.c', dependencies: ogrt_stamp)",
    "executable('app', 'app.c', link_with: answer, dependencies: ogrt_stamp)",
  ];

  it("stamps what the lines of the instructions build, with the name of the project", () => {
    expect(instructions).toHaveLength(2);
    const lines = instructions.map((line) => line.replace("'app.c'", "'app.c', 'answer.c'"));
    const app = join(build("'c', ", lines), "build/app");
    expect(uuids(app)).toHaveLength(1);
    expect(run("readelf", "-p", ".note.package", app)).toMatch('"name":"hello","version":"1.3"');
  });

  it("gives all targets with the dependency the same stamp", () => {
    const path = build("'c', ", C);
    expect(uuids(join(path, "build/libanswer.so"))).toEqual(uuids(join(path, "build/app")));
  });

  const LANGUAGES: [language: string, compiler: string, source: string, text: string][] = [
    ["cpp", "g++", "app.cpp", "int main() { return 0; }\n"],
    ["rust", "rustc", "app.rs", "fn main() {}\n"],
    ["fortran", "gfortran", "app.f90", "end\n"],
    ["d", "ldc2", "app.d", "void main() {}\n"],
    ["objc", "gobjc", "app.m", "int main(void) { return 0; }\n"],
  ];
  for (const [language, compiler, file, text] of LANGUAGES) {
    it.skipIf(!have(compiler))(`stamps a project in ${language} without C`, () => {
      const lines = ["subdir('ogrt')", `executable('app', '${file}', dependencies: ogrt_stamp)`];
      const { path } = setUp(`'${language}', `, lines, [], {}, { [file]: text });
      succeed(path, ["ninja", "-C", "build"], env);
      expect(uuids(join(path, "build/app"))).toHaveLength(1);
    });
  }

  it("a project without a language, without ogrt-stamp or for an unknown processor is configured as before", () => {
    setUp("", ["subdir('ogrt')"]);
    setUp("'c', ", C, [], { PATH: process.env["PATH"] });
    const cross = join(folder, "cross.ini");
    const machine = "system = 'linux'\ncpu_family = 'mips64'\ncpu = 'mips64'\nendian = 'little'\n";
    writeFileSync(cross, `[binaries]\nc = 'gcc'\n[host_machine]\n${machine}`);
    expect(setUp("'c', ", C, [`--cross-file=${cross}`]).stdout).toMatch(/WARNING: nothing will be stamped: .*mips64/);
  });

  it("can be switched off, and a native file stamps every link of a project", () => {
    expect(uuids(join(build("'c', ", C, [], { OGRT: "off" }), "build/app"))).toEqual([]);
    const directory = succeed(folder, ["ogrt-stamp", "--linker-directory"], env).stdout.trim();
    writeFileSync(join(folder, "native.ini"), `[built-in options]\nc_link_args = ['-B' + '${directory}']\n`);
    const path = build("'c', ", C, [`--native-file=${join(folder, "native.ini")}`], { OGRT: "off" });
    expect(new Set([...uuids(join(path, "build/app")), ...uuids(join(path, "build/libanswer.so"))]).size).toBe(2);
  });
});
