import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { launch, uuids } from "../native-ld/support/wrapper.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { root } from "../support/tools.js";
import { installed, integrations, succeed } from "./support.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const env = installed(folder);
source(folder, "app.c", "int main(void) { return 0; }\n");
const linker = () => succeed(folder, ["ogrt-stamp", "--linker-directory"], env).stdout.trim();

describe("gcc specs", () => {
  const specs = `-specs=${join(integrations, "gcc/ogrt.specs")}`;
  const stamped = { ...env, OGRT_STAMP_DIR: folder };

  it("link the stamp into programs and shared libraries, not into partial links", () => {
    succeed(folder, ["ogrt-stamp", "--name", "app", "-o", "stamp.o"], env);
    succeed(folder, ["gcc", specs, "-o", "app", "app.c"], stamped);
    succeed(folder, ["gcc", specs, "-shared", "-fPIC", "-o", "lib.so", "app.c"], stamped);
    succeed(folder, ["gcc", specs, "-r", "-nostdlib", "-o", "partial.o", "app.c"], stamped);
    expect(uuids(at("app"))).toEqual(uuids(at("stamp.o")));
    expect(uuids(at("lib.so"))).toEqual(uuids(at("stamp.o")));
    expect(uuids(at("partial.o"))).toEqual([]);
  });

  it("can be switched off", () => {
    succeed(folder, ["gcc", specs, "-o", "off", "app.c"], { ...stamped, OGRT_STAMP_DIR: "off" });
    expect(uuids(at("off"))).toEqual([]);
  });
});

describe("the Node build script", () => {
  const build = (output: string, changes = {}) =>
    succeed(at("project"), [process.execPath, "build-stamped.mjs", at("app.c"), output], { ...env, ...changes });

  it("derives the UUID from the source, and can be switched off", () => {
    mkdirSync(at("project/node_modules"), { recursive: true });
    symlinkSync(root, at("project/node_modules/ogrt"));
    copyFileSync(join(integrations, "node/build-stamped.mjs"), at("project/build-stamped.mjs"));
    build("app");
    const first = uuids(at("project/app"));
    build("app");
    expect(first).toHaveLength(1);
    expect(uuids(at("project/app"))).toEqual(first);
    expect(run("readelf", "-p", ".note.package", at("project/app"))).toMatch('"name":"app"');
    build("off", { OGRT: "off" });
    expect(uuids(at("project/off"))).toEqual([]);
  });
});

describe("COMPILER_PATH, as the Spack and EasyBuild files set it", () => {
  it("makes gcc find the wrapper", () => {
    succeed(folder, ["gcc", "-o", "by-variable", "app.c"], { ...env, COMPILER_PATH: linker() });
    expect(uuids(at("by-variable"))).toHaveLength(1);
  });
});

describe.skipIf(!have("rustc"))("rustc", () => {
  it("links with the wrapper, with its bundled lld disabled if it has one", () => {
    source(folder, "app.rs", "fn main() {}\n");
    const build = (...flags: string[]) =>
      launch(folder, ["rustc", ...flags, `-Clink-arg=-B${linker()}`, "-o", "rust", "app.rs"], env);
    if (build("-Clinker-features=-lld").status !== 0) expect(build().status).toBe(0);
    expect(uuids(at("rust"))).toHaveLength(1);
    expect(launch(folder, [at("rust")]).status).toBe(0);
  });
});

describe.skipIf(launch(folder, ["sh", "-c", "command -v go"]).status !== 0)("Go", () => {
  it("links externally with the wrapper", () => {
    mkdirSync(at("go"), { recursive: true });
    writeFileSync(at("go/main.go"), "package main\nfunc main() {}\n");
    writeFileSync(at("go/go.mod"), "module app\ngo 1.19\n");
    const flags = `-linkmode external -extldflags -B${linker()}`;
    succeed(at("go"), ["go", "build", "-ldflags", flags, "-o", "app", "."], {
      ...env,
      GOFLAGS: "-mod=mod",
      GOPROXY: "off",
    });
    expect(uuids(at("go/app"))).toHaveLength(1);
    expect(launch(folder, [at("go/app")]).status).toBe(0);
  });
});
