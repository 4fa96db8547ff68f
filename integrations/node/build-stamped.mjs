// SPDX-License-Identifier: MIT-0
// To switch it off: OGRT=off node build-stamped.mjs …
//
// A build script that uses the library: compiles a C file into a program with a stamp that has the name of the program
// and a UUID derived from the source.
//   node build-stamped.mjs app.c app
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStamp, stampObject } from "ogrt";

const [source, output] = process.argv.slice(2);
const compiler = process.env.CC ?? "cc";
const folder = mkdtempSync(join(tmpdir(), "build-"));
try {
  const stamped = [];
  if (process.env.OGRT !== "off") {
    const target = execFileSync(compiler, ["-dumpmachine"], { encoding: "utf8" }).trim();
    const stamp = createStamp({
      package: { name: output, version: "1.0" },
      deriveFrom: { inputs: [readFileSync(source)], toolchain: target },
    });
    stamped.push(join(folder, "stamp.o"));
    writeFileSync(stamped[0], stampObject(stamp, target));
  }
  execFileSync(compiler, ["-O2", "-o", output, source, ...stamped], { stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true });
}
