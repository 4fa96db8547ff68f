import { describe, expect, it } from "vitest";
import { isElf, type OgrtError, type Source, toSource, withBudget } from "../../lib/index.js";
import { archiveFacts } from "../../lib/inspect/archive-facts.js";
import { elfFacts } from "../../lib/inspect/facts.js";
import { CONSTRUCTED } from "./constructed.js";
import { executedBlocks } from "./executed.js";

/** A tenth of the default, so that the files that exceed it are small. */
const LIMITS = { maxSteps: 50_000, maxTextBytes: 100_000 };
/** A step is some blocks of code. */
const MAX_BLOCKS_PER_STEP = 12;
/** An error has a stack. */
const STEPS_PER_PROBLEM = 64;
/** Bytes of an archive for which it may take a step more. */
const BYTES_PER_STEP = 7;

const notThin = (): never => {
  throw new Error("not a thin archive");
};

function read(bytes: Uint8Array) {
  const problems: OgrtError[] = [];
  let reads = 0;
  const counted: Source = {
    size: bytes.length,
    path: "made",
    read: (offset, length) => {
      reads++;
      return toSource(bytes).read(offset, length);
    },
  };
  const source = withBudget(counted, LIMITS);
  const options = { onProblem: (problem: OgrtError) => problems.push(problem) };
  const facts = isElf(source) ? elfFacts(source, options) : archiveFacts(source, options, notThin);
  return { facts, problems, reads };
}

describe("files with few bytes that many headers refer to cost no more than the budget of a file", () => {
  it.each(Object.entries(CONSTRUCTED))("%s", (_, make) => {
    const bytes = make(3000);
    read(make(30));
    let found: ReturnType<typeof read> | undefined;
    const blocks = executedBlocks(() => {
      found = read(bytes);
    });
    const { facts, problems, reads } = found as ReturnType<typeof read>;
    const steps = LIMITS.maxSteps + (facts.kind === "archive" ? bytes.length / BYTES_PER_STEP : 0);
    expect(blocks).toBeLessThan(MAX_BLOCKS_PER_STEP * steps);
    expect(reads).toBeLessThan(steps / 2);
    expect(JSON.stringify(facts).length).toBeLessThan(6 * LIMITS.maxTextBytes);
    expect(problems.length).toBeLessThan(steps / STEPS_PER_PROBLEM);
    const limits = problems.filter(({ code }) => code === "LIMIT_EXCEEDED");
    expect(limits).toHaveLength(facts.unread === undefined ? 0 : 1);
    for (const problem of problems) {
      expect(problem).toMatchObject({ path: expect.any(String), offset: expect.any(Number), value: expect.anything() });
    }
    for (const part of facts.unread ?? []) expect(limits[0]?.message).toContain(part);
  });
});
