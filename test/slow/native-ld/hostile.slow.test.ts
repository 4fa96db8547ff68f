import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readRegister } from "../../../lib/register/index.js";
import { launch } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { run, source } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const RUNS = 3000;

/** xorshift32 with a fixed seed, so that every run is the same. */
function generator(seed: number) {
  let state = seed;
  return (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
const random = generator(20170204);

function corrupted(original: Buffer): Buffer {
  let bytes = Buffer.from(original);
  for (let change = [1, 2, 8, 40][random(4)] ?? 1; change > 0 && bytes.length > 0; change--) {
    const place = random(random(2) === 0 ? Math.min(bytes.length, 256) : bytes.length);
    const kind = random(10);
    if (kind < 6) bytes[place] = [0, 0xff, 0x0a, 0x20, 0x27, 0x2f, 0x39, 0x5c, random(256)][random(9)] ?? 0;
    else if (kind < 8) bytes = bytes.subarray(0, place);
    else
      bytes = Buffer.concat([bytes.subarray(0, place), Buffer.alloc(random(20), random(256)), bytes.subarray(place)]);
  }
  return bytes;
}

it("corrupted objects, archives, response files and templates do not crash ogrt-ld (under ASan and UBSan)", () => {
  const settings = ["CC=gcc -fsanitize=address,undefined -fno-sanitize-recover=all", "STATIC=", "CFLAGS=-g -O1"];
  run("make", "-s", "-C", join(root, "native-ld"), `BUILD=${at("build")}`, ...settings);
  run("gcc", "-c", "-o", at("good.o"), source(folder, "good.c", "int main(void) { return 0; }\n"));
  run("gcc", "-c", "-o", at("with-a-long-name-for-ar.o"), at("good.c"));
  run("ar", "rcs", at("fat.a"), at("good.o"));
  run("sh", "-c", `cd '${folder}' && ar rcsT thin.a good.o with-a-long-name-for-ar.o`);
  run("gcc", "-flto", "-c", "-o", at("lto.o"), at("good.c"));
  source(folder, "script.so", "/* text */ GROUP ( good.o fat.a AS_NEEDED ( -lgcc =thin.a ) )\n");
  source(folder, "second.rsp", "-lfoo -L.");
  source(folder, "first.rsp", `'good.o' fat.a -o "x y" --gc-sections @second.rsp -T`);
  mkdirSync(at("register"));
  // Only what has the stamp is registered, so this linker writes an output with the UUID of the package.
  const uuid = { OGRT_LD_UUID: "6f1c1b9e-7c1e-4b52-9d0c-0d2f6f1d1a11", ASAN_OPTIONS: "detect_leaks=0" };
  launch(folder, ["gcc", "-B", at("build/bin"), "-o", "stamped", "good.c"], uuid);
  source(folder, "copying-ld", `#!/bin/sh\ncp '${at("stamped")}' out\n`);
  chmodSync(at("copying-ld"), 0o755);

  const originals = ["good.o", "fat.a", "thin.a", "lto.o", "script.so", "first.rsp"].map((name) => ({
    name,
    bytes: readFileSync(at(name)),
  }));
  for (let index = 0; index < RUNS; index++) {
    const { name, bytes } = originals[random(originals.length)] ?? { name: "", bytes: Buffer.alloc(0) };
    writeFileSync(at("input"), corrupted(bytes));
    const args = [random(2) === 0 ? "good.o" : "-shared", name === "first.rsp" ? "@input" : "input", "-o", "out"];
    const registered = random(3) === 0;
    const outcome = launch(folder, [at("build/bin/ld"), ...args], {
      OGRT_LD_REAL: registered ? at("copying-ld") : "/bin/true",
      ASAN_OPTIONS: "detect_leaks=0",
      OGRT_LD_DETERMINISTIC: random(2) === 0 ? "1" : undefined,
      OGRT_LD_TEMPLATE: random(3) === 0 ? "input" : undefined,
      ...(registered && { ...uuid, OGRT_LD_REGISTER: "register" }),
    });
    expect({ index, name, status: outcome.status, stderr: outcome.stderr }).toEqual({
      index,
      name,
      status: 0,
      stderr: expect.stringMatching(/^(ogrt-ld: [^\n]*\n)?$/),
    });
  }
  const problems: unknown[] = [];
  expect([...readRegister(at("register"), { onProblem: (problem) => problems.push(problem) })].length).toBeGreaterThan(
    0,
  );
  expect(problems).toEqual([]);
});
