import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignatures } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();
const cache = join(folder, "cache");
const NAMES = ["ld", "ld.bfd", "ld.gold", "ld.lld", "ld.mold"];

/** A package as npm unpacks it: without what a build makes outside of dist/. */
function unpackedPackage(): string {
  const home = mkdtempSync(join(folder, "package-"));
  cpSync(join(root, "dist"), join(home, "dist"), { recursive: true });
  copyFileSync(join(root, "package.json"), join(home, "package.json"));
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
  return home;
}

function addPrebuilt(home: string): string {
  const prebuilt = join(home, `native-ld/prebuilt/linux-${process.arch}`);
  mkdirSync(prebuilt, { recursive: true });
  copyFileSync(join(root, "native-ld/build/ogrt-ld"), join(prebuilt, "ogrt-ld"));
  return prebuilt;
}

const linkerDirectory = (home: string) =>
  spawnSync(process.execPath, [join(home, "dist/bin/ogrt-stamp.js"), "--linker-directory"], {
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });

describe("ogrt-stamp --linker-directory in a package of npm", () => {
  it("makes links to the prebuilt wrapper, which stamps what a compiler links through them", () => {
    const home = unpackedPackage();
    const prebuilt = addPrebuilt(home);
    for (let round = 0; round < 2; round++) {
      const { status, stdout, stderr } = linkerDirectory(home);
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${join(prebuilt, "bin")}\n`, stderr: "" });
    }
    expect(readdirSync(join(prebuilt, "bin")).sort()).toEqual(NAMES);
    const program = join(folder, "program");
    run("gcc", "-B", join(prebuilt, "bin"), "-o", program, source(folder, "main.c", "int main(void) { return 0; }\n"));
    expect(readSignatures(readFileSync(program))).toHaveLength(1);
  });

  it("makes them in the user's cache where the package belongs to another user, and follows an upgrade", () => {
    for (const home of [unpackedPackage(), unpackedPackage()]) {
      // A file in the place of the directory stops root, too.
      writeFileSync(join(addPrebuilt(home), "bin"), "");
      const { status, stdout } = linkerDirectory(home);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${cache}/ogrt/ld-[\\d.]+\n$`));
      const real = run("realpath", join(stdout.trim(), "ld.mold")).trim();
      expect(real).toBe(join(home, `native-ld/prebuilt/linux-${process.arch}/ogrt-ld`));
    }
  });

  it("fails with what to do, and prints nothing that a PATH could take for a directory, where there is no wrapper", () => {
    const home = unpackedPackage();
    const { status, stdout, stderr } = linkerDirectory(home);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(
      new RegExp(`^ogrt-stamp: .*no linker wrapper is built .*; run: make -C ${home}/native-ld\n$`),
    );
  });
});
