import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExamineResult, FromChild, ToChild } from "../../../lib/collector/verification/protocol.js";
import { isElf, toSource } from "../../../lib/index.js";
import { archiveFacts } from "../../../lib/inspect/archive-facts.js";
import { elfFacts } from "../../../lib/inspect/facts.js";
import { CONSTRUCTED } from "../../fuzz/constructed.js";
import { executedBlocks } from "../../fuzz/executed.js";
import { builtElf, builtNote, builtStamp } from "../../support/built-elf.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const MAX_STEPS = 500_000;
/** A step is a handful of blocks of code, or some comparisons or bytes of text, which are a block each. */
const MAX_BLOCKS_PER_STEP = 16;
/** Limits of an archive, as a multiple. */
const ARCHIVE_FACTOR = 16;
const MAX_CHILD_MB = 256;
const [PROGBITS, NOTE, PT_NOTE, COMPRESSED] = [1, 7, 4, 0x800];
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const names = (name: string) => Buffer.from(`\0${name}\0`);

type Expected = Pick<ExamineResult, "found"> | { found: object };
const SPENT = { found: { state: "unreadable", reason: "limit-exceeded" } };
const NOT_ELF = { found: { state: "unreadable", reason: "not-elf" } };
const WITHOUT_COMPILERS = { found: { state: "read", signatures: [], unread: ["compilers"] } };

/** Files that took a reader without a budget seconds, minutes or all memory, at the size at which they did. */
const BOMBS: Readonly<Record<string, readonly [make: () => Buffer, inChild: Expected]>> = {
  "16,000 empty note sections and 16,000 note segments": [
    () =>
      builtElf({
        body: Buffer.alloc(64),
        sections: times(16_000, () => ({ type: NOTE, at: 40, name: 1 })),
        segments: times(16_000, () => ({ type: PT_NOTE, size: 12 })),
        names: names(".n"),
      }),
    SPENT,
  ],
  "4,500 note sections over one list of 16,000 notes that no padding reads": [
    () => {
      const note = builtNote("ABC", 1, Buffer.alloc(0));
      const first = builtNote("ABC", 1, Buffer.alloc(4));
      const body = Buffer.concat([first, Buffer.alloc(4, 255), ...times(16_000, () => note), Buffer.alloc(16, 255)]);
      return builtElf({
        body,
        sections: times(4500, () => ({ type: NOTE, size: body.length, name: 1 })),
        names: names(".n"),
      });
    },
    SPENT,
  ],
  "12 compressed comments of 16 MiB": [
    () => {
      const size = 16 << 20;
      const parts = times(12, (index) => {
        const header = Buffer.alloc(24);
        header.writeUInt32LE(1, 0);
        header.writeBigUInt64LE(BigInt(size), 8);
        const text = Buffer.alloc(size, "a");
        text.write(String(index).padStart(8), size - 8);
        return Buffer.concat([header, deflateSync(text, { level: 9 })]);
      });
      let at = 0;
      const sections = parts.map(({ length }) => {
        const section = { type: PROGBITS, flags: COMPRESSED, at, size: length, name: 1 };
        at += length;
        return section;
      });
      return builtElf({ body: Buffer.concat(parts), sections, names: names(".comment") });
    },
    WITHOUT_COMPILERS,
  ],
  "270 comments over the same 16 MiB": [
    () => {
      const body = Buffer.alloc(16 << 20, "a");
      const sections = times(270, (at) => ({ type: PROGBITS, at, size: body.length - at, name: 1 }));
      return builtElf({ body, sections, names: names(".comment") });
    },
    WITHOUT_COMPILERS,
  ],
};
/** Headers in each of the constructed files. */
const COUNT = 16_000;
const ALL: Readonly<Record<string, readonly [make: () => Buffer, inChild: Expected | undefined]>> = {
  ...BOMBS,
  ...Object.fromEntries(Object.entries(CONSTRUCTED).map(([name, make]) => [name, [() => make(COUNT), undefined]])),
};

describe("a file takes no more steps than its budget, and says what is missing:", () => {
  it.each(Object.entries(ALL))("%s", (_, [make]) => {
    const source = toSource(make());
    const limits: string[] = [];
    const onProblem = ({ code, message }: { code: string; message: string }) => {
      if (code === "LIMIT_EXCEEDED") limits.push(message);
    };
    const isArchive = !isElf(source);
    let unread: readonly string[] = [];
    const blocks = executedBlocks(() => {
      const options = { onProblem };
      const facts = isArchive ? archiveFacts(source, options, () => source) : elfFacts(source, options);
      unread = facts.unread ?? [];
    });
    expect(blocks).toBeLessThan((isArchive ? ARCHIVE_FACTOR : 1) * MAX_STEPS * MAX_BLOCKS_PER_STEP);
    expect(limits).toHaveLength(unread.length === 0 ? 0 : 1);
    for (const part of unread) expect(limits[0]).toContain(part);
  });
});

describe("the process that examines reported files survives all of them:", () => {
  let child: ChildProcess;
  let id = 0;
  const send = (message: ToChild) => child.send(message);

  async function examined(path: string): Promise<ExamineResult> {
    send({ kind: "examine", requests: [{ id: ++id, path, reach: "host" }], avoid: [] });
    for (;;) {
      const [message] = (await once(child, "message")) as [FromChild];
      if (message.kind === "result" && message.id === id) return message;
      // Not begun, because the one before took long.
      if (message.kind === "returned" && message.ids.includes(id)) return examined(path);
    }
  }

  beforeAll(async () => {
    child = fork(join(root, "dist/collector/examine-child.js"), [], {
      stdio: ["pipe", "ignore", "inherit", "ipc"],
      execArgv: ["--max-old-space-size=256"],
      env: {},
    });
    send({ kind: "scope", scope: { roots: { host: [folder], shared: [] }, excluded: [], fuse: "root" } });
    await once(child, "message");
  });
  afterAll(() => void child.kill());

  it.each(Object.entries(ALL))("%s", async (_, [make, expected]) => {
    const bytes = make();
    const path = join(folder, "bomb");
    writeFileSync(path, bytes);
    const result = await examined(path);
    expect(result).not.toHaveProperty("fault");
    if (expected !== undefined) expect(result).toMatchObject(expected);
    else if (bytes[0] === 0x21) expect(result).toMatchObject(NOT_ELF);
    else if (result.found.state !== "read") {
      expect(result.found).toMatchObject({ state: "unreadable", reason: expect.stringMatching(/^limit|^malformed/) });
    }
    expect(child.exitCode).toBeNull();
  });

  it("and still verifies a stamped file, in little memory", async () => {
    const uuid = freshUuid();
    const path = join(folder, "sound");
    writeFileSync(path, builtElf({ body: builtStamp(uuid), sections: [{ type: NOTE, size: 60, flags: 2 }] }));
    expect(await examined(path)).toMatchObject({ found: { state: "read", signatures: [uuid] } });
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "latin1"))?.[1];
    expect(Number(peak) / 1024).toBeLessThan(MAX_CHILD_MB);
  });
});
