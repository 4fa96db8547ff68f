import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
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
  const files = {
    "meson.build":
      "project('hello', 'c', version: '1.3')\nsubdir('ogrt')\nanswer = shared_library('answer', 'answer.c', dependencies: ogrt_stamp)\nexecutable('app', 'app.c', link_with: answer, dependencies: ogrt_stamp)\n",
    "meson_options.txt": readFileSync(join(integrations, "meson/meson.options"), "utf8"),
  };
  const setUp = (...args: string[]) => {
    const path = project(files);
    cpSync(join(integrations, "meson"), join(path, "ogrt"), { recursive: true });
    succeed(path, ["meson", "setup", "build", ...args], env);
    succeed(path, ["ninja", "-C", "build"], env);
    return path;
  };

  it("stamps targets with the dependency, with the name of the project", () => {
    const path = setUp();
    const stamp = uuids(join(path, "build/app"));
    expect(stamp).toHaveLength(1);
    expect(uuids(join(path, "build/libanswer.so"))).toEqual(stamp);
    expect(run("readelf", "-p", ".note.package", join(path, "build/app"))).toMatch('"name":"hello","version":"1.3"');
  });

  it("can be switched off, and a native file stamps every link of a project", () => {
    expect(uuids(join(setUp("-Dogrt=disabled"), "build/app"))).toEqual([]);
    const directory = succeed(folder, ["ogrt-stamp", "--linker-directory"], env).stdout.trim();
    writeFileSync(join(folder, "native.ini"), `[built-in options]\nc_link_args = ['-B' + '${directory}']\n`);
    const path = setUp("-Dogrt=disabled", `--native-file=${join(folder, "native.ini")}`);
    expect(new Set([...uuids(join(path, "build/app")), ...uuids(join(path, "build/libanswer.so"))]).size).toBe(2);
  });
});
