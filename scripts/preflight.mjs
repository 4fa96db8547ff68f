#!/usr/bin/env node
// Lists what this machine lacks for a build, one per line. Uses Node.js alone, because it runs before anything is built.
import { spawnSync } from "node:child_process";

const missing = [];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) missing.push(`Node 20.19 or newer (this is ${process.versions.node})`);
if (process.platform !== "linux") missing.push(`Linux (this is ${process.platform})`);
const has = (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).status === 0;
if (!has(process.env.CC ?? "cc")) missing.push("a C compiler (cc, or the one that CC names)");
if (!has("make")) missing.push("make");
for (const what of missing) console.error(`ogrt needs ${what}`);
process.exitCode = missing.length === 0 ? 0 : 1;
