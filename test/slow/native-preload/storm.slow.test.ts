import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { builtLibrary, folder as native } from "../../native-preload/support/library.js";
import { temporaryFolder } from "../../support/folder.js";
import { run } from "../../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const PROCESSES = 10_000;

it("every record of ten thousand processes arrives over a unix socket", async () => {
  const library = builtLibrary();
  run("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", at("sink"), join(native, "test/sink.c"));
  run("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", at("storm"), join(native, "../bench/preload/storm.c"));
  const sink = spawn(at("sink"), [at("socket")], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  sink.stdout.on("data", (bytes: Buffer) => {
    output += String(bytes);
  });
  while (!output.includes("ready")) await once(sink.stdout, "data");
  const { status } = spawnSync(at("storm"), [`${PROCESSES}`, "16", "/bin/true"], {
    env: { LD_PRELOAD: library, OGRT_ACTIVE: "1", OGRT_SERVER: `unix://${at("socket")}` },
  });
  expect(status).toBe(0);
  sink.stdin.end();
  await once(sink, "close");
  // The process of `storm` reports, too.
  expect(output).toBe(`ready\n${PROCESSES + 1} ${PROCESSES + 1} 0\n`);
});
