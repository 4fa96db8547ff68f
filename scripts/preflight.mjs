#!/usr/bin/env node
// Lists what this machine lacks for a build, one per line. Uses Node.js alone, because it runs before anything is built.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeProblem } from "../bin/start/requirements.js";

/** What the C sources of this package include from the C library and from the kernel. */
const HEADERS = "#include <elf.h>\n#include <linux/utsname.h>\n#include <stdio.h>\nint main(void) { return 0; }\n";
const compiler = process.env.CC || "gcc";

const missing = [nodeProblem(), otherSystem(), packages(), ...toolchain()].filter((what) => what !== undefined);
for (const what of missing) console.error(`ogrt needs ${what}`);
process.exitCode = missing.length === 0 ? 0 : 1;

function otherSystem() {
  return process.platform === "linux" ? undefined : `Linux (this is ${process.platform})`;
}

function packages() {
  try {
    createRequire(import.meta.url).resolve("tsup");
  } catch {
    return "its packages from npm; run: npm ci";
  }
}

function toolchain() {
  const found = [];
  // By a shell, because CC may be a command with options.
  if (!runs(`${compiler} --version`)) {
    found.push(`a C compiler, ${compiler}; install gcc, or name another compiler by CC`);
  } else if (!compiles()) {
    const names = "libc6-dev (Debian, Ubuntu), glibc-devel (Red Hat, SUSE), or musl-dev and linux-headers (Alpine)";
    found.push(`headers that ${compiler} does not find; install ${names}`);
  }
  if (!runs("make --version")) found.push("make; install make");
  return found;
}

function compiles() {
  const directory = mkdtempSync(join(tmpdir(), "ogrt-preflight-"));
  try {
    return runs(`${compiler} -x c - -o '${join(directory, "program")}'`, HEADERS);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function runs(command, input = "") {
  return spawnSync("sh", ["-c", command], { input, stdio: ["pipe", "ignore", "ignore"] }).status === 0;
}
