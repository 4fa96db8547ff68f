import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";

/** Seconds of fuzzing; use FUZZ_SECONDS=3600 for a long run. */
const SECONDS = Number(process.env["FUZZ_SECONDS"] ?? 60);
const JSFUZZ = "jsfuzz@1.0.15";
const folder = temporaryFolder();

// Add a file that crashes here to test-fixtures/hostile, which the normal suite reads.
it("a coverage-guided fuzzer finds nothing", async (context) => {
  await build({
    entryPoints: [join(root, "test/fuzz/everything.ts")],
    outfile: join(folder, "everything.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    loader: { ".s": "text" },
  });
  // jsfuzz resolves its target against the working directory.
  writeFileSync(
    join(folder, "target.cjs"),
    'exports.fuzz = (data) => void require("./everything.cjs").readEverything(data);\n',
  );
  const corpus = join(folder, "corpus");
  mkdirSync(corpus);
  cpSync(join(root, "test-fixtures/elf"), corpus, { recursive: true, filter: (path) => !path.endsWith(".json") });
  const installed = spawnSync("npm", ["exec", "--yes", JSFUZZ, "--", "--help"], { cwd: folder, encoding: "utf8" });
  if (installed.status !== 0) return context.skip(`${JSFUZZ} cannot be fetched`);
  const { stdout, stderr, signal } = spawnSync("npm", ["exec", "--yes", JSFUZZ, "--", "target.cjs", "corpus"], {
    cwd: folder,
    encoding: "utf8",
    timeout: SECONDS * 1000,
    maxBuffer: 1 << 28,
  });
  expect(readdirSync(folder).filter((name) => name.startsWith("crash"))).toEqual([]);
  // The fuzzer ran until our timeout.
  expect(signal, `${stdout.slice(-2000)}${stderr}`).toBe("SIGTERM");
  expect(stdout).toMatch(/#\d+ PULSE/);
});
