import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { NamesOutput } from "../../../lib/collector/names/names-output.js";
import { formatEntry } from "../../../lib/register/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const SIGNATURE = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

it("names come from what is readable, whatever else lies in registers and catalogues", async () => {
  const register = join(folder, "register");
  mkdirSync(register);
  const entry = { uuid: SIGNATURE, scope: "link", name: "zlib", host: "h", user: "u", time: "2026-01-01T00:00:00Z" };
  writeFileSync(join(register, "good.jsonl"), `${formatEntry({ ...entry, scope: "link" })}\n`);
  writeFileSync(join(register, "sparse.jsonl"), "");
  truncateSync(join(register, "sparse.jsonl"), 2 ** 42);
  spawnSync("mkfifo", [join(register, "fifo.jsonl")]);
  symlinkSync("/dev/zero", join(register, "device.jsonl"));
  const at = (name: string) => join(folder, name);
  spawnSync("mkfifo", [at("fifo")]);
  writeFileSync(at("sparse"), "");
  truncateSync(at("sparse"), 2 ** 42);
  const catalogues = [at("fifo"), at("sparse"), "/dev/zero"].flatMap((path) => ["--catalogue", path]);
  const collector = await startCollector(join(folder, "data"), "--register", register, ...catalogues);
  expect((await collector.json(`/api/v1/affected?signature=${SIGNATURE}`)).software).toEqual(["zlib"]);
  const problems = () => collector.log().filter(({ event }) => event === "names-unreadable");
  while (problems().length < 4) await sleep(20);
  expect(problems().map(({ message }) => message)).toEqual([
    expect.stringContaining("sparse.jsonl"),
    expect.stringContaining("fifo: not a regular file"),
    expect.stringContaining("longer than"),
    expect.stringContaining("/dev/zero: not a regular file"),
  ]);
  expect(await collector.stop()).toBe(0);
});

it("the output of the names process is checked before memory is allocated for it", () => {
  const header = (bytes: number[]) => Buffer.from(`\n\n${JSON.stringify({ fingerprint: "", problems: [], bytes })}\n`);
  expect(() => new NamesOutput().push(header([2 ** 40, 0, 4, 0, 0]))).toThrow("invalid header");
  expect(() => new NamesOutput().push(header([]))).toThrow("invalid header");
  expect(() => new NamesOutput().push(Buffer.alloc(2 ** 21, 0x20))).toThrow("invalid header");
  const output = new NamesOutput();
  const whole = Buffer.concat([header([16, 4, 8, 3, 2]), Buffer.from(Uint32Array.of(1, 2, 3, 4, 0, 0, 3).buffer)]);
  for (const byte of whole) expect(output.push(Uint8Array.of(byte))).toBeUndefined();
  const { arrays, catalogue } = output.push(Buffer.from("abc[]")) ?? {};
  expect(arrays?.signatures).toEqual(Uint32Array.of(1, 2, 3, 4));
  expect(arrays?.offsets).toEqual(Uint32Array.of(0, 3));
  expect([arrays?.text, catalogue].map((bytes) => `${Buffer.from(bytes ?? [])}`)).toEqual(["abc", "[]"]);
});
