import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { inflateZstd } from "../../lib/elf/zstd/inflate-zstd.js";
import { Random } from "../fuzz/random.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run } from "../support/toolchain.js";

const folder = temporaryFolder();
const input = join(folder, "in");
const output = join(folder, "out");
const LIMIT = 1 << 24;

/** What the zstd tool makes of bytes. */
function deflated(bytes: Uint8Array, ...options: string[]): Uint8Array {
  writeFileSync(input, bytes);
  run("zstd", "-q", "-f", ...options, input, "-o", output);
  return new Uint8Array(readFileSync(output));
}

describe.runIf(have("zstd"))("data of the zstd tool", () => {
  const random = new Random(3);
  const program = readFileSync(process.execPath).subarray(0, 1 << 19);
  const noise = Uint8Array.from({ length: 200_000 }, () => random.below(256));
  const text = Buffer.from(Array.from({ length: 9000 }, () => `line ${random.below(300)}\n`).join(""));

  it.each([["-1"], ["-19"], ["--fast=5"], ["-3", "--no-check"], ["-3", "--no-content-size"], ["-9", "--long=20"]])(
    "inflates to the original: %s %s",
    (...options) => {
      const inputs = [program, noise, text, new Uint8Array(500_000), program.subarray(0, 131_073)];
      const short = [0, 1, 5, 33, 300, 5000].map((size) => program.subarray(70_000, 70_000 + size));
      for (const bytes of [...inputs, ...short]) {
        expect(Buffer.compare(inflateZstd(deflated(bytes, ...options), LIMIT) ?? Buffer.from("?"), bytes)).toBe(0);
      }
    },
  );

  it("inflates several frames, and skips others", () => {
    const skipped = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
    const frames = Buffer.concat([
      skipped,
      deflated(text),
      skipped,
      deflated(noise, "--no-check"),
      deflated(text, "-1"),
    ]);
    const inflated = inflateZstd(new Uint8Array(frames), LIMIT);
    expect(Buffer.compare(inflated ?? Buffer.from("?"), Buffer.concat([text, noise, text]))).toBe(0);
  });

  it("is refused where it inflates to more than the limit", () => {
    const zeros = new Uint8Array(500_000);
    for (const options of [[], ["--no-content-size"]]) {
      expect(inflateZstd(deflated(zeros, ...options), 499_999)).toBeUndefined();
      expect(inflateZstd(deflated(zeros, ...options), 500_000)).toHaveLength(500_000);
    }
  });

  it("is refused with a wrong checksum, cut or followed by other bytes", () => {
    const sound = deflated(text);
    const wrong = Uint8Array.from(sound);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    expect(inflateZstd(wrong, LIMIT)).toBeUndefined();
    for (let size = 1; size < sound.length; size += 97)
      expect(inflateZstd(sound.subarray(0, size), LIMIT)).toBeUndefined();
    expect(inflateZstd(Uint8Array.of(...sound, 0), LIMIT)).toBeUndefined();
  });

  it("never inflates to something else when it is damaged", () => {
    const sound = deflated(text.subarray(0, 20_000), "-19");
    let refused = 0;
    for (let round = 0; round < 1500; round++) {
      const damaged = Uint8Array.from(sound);
      for (let count = random.below(3); count >= 0; count--) {
        damaged[random.below(round % 2 === 0 ? 150 : damaged.length)] = random.below(256);
      }
      const inflated = inflateZstd(damaged, LIMIT);
      if (inflated === undefined) refused++;
      else expect(Buffer.compare(inflated, text.subarray(0, 20_000))).toBe(0);
    }
    expect(refused).toBeGreaterThan(1450);
  });
});

describe("hostile Zstandard data", () => {
  const little = (value: number, bytes: number) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);
  const block = (type: number, size: number, body: number[], isLast: boolean) => [
    ...little((size << 3) | (type << 1) | (isLast ? 1 : 0), 3),
    ...body,
  ];
  const frame = (announced: number, ...blocks: number[][]) =>
    Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...little(announced, 4), ...blocks.flat());
  const compressed = (body: number[]) => frame(1 << 17, block(2, body.length, body, true));

  it("with sequences that give thousands of times the size of a block", () => {
    // One literal, then 30,000 sequences whose only match length is 65,539.
    const sequences = [(30_000 >> 8) + 128, 30_000 & 255, 0b01010100, 0, 2, 52, 255, 255, 255, 255, 255, 1];
    expect(inflateZstd(compressed([0x09, 0x41, ...sequences]), LIMIT)).toBeUndefined();
  });

  it("with Huffman weights of a state that takes no bits", () => {
    const weights = [4, 0xf0, 0x03, 0x00, 0x08];
    const body = [...little(2 | (10 << 4) | (6 << 14), 3), ...weights, 1, 0];
    expect(inflateZstd(compressed(body), LIMIT)).toBeUndefined();
  });

  it("that announces much and holds little allocates for what it holds", () => {
    const inflated = inflateZstd(frame(100, block(1, 100, [7], true)), LIMIT);
    expect(inflated?.buffer.byteLength).toBe(100);
    expect(inflateZstd(frame(0x7fffffff, block(1, 100, [7], true)), 2 ** 40)).toBeUndefined();
  });

  it("of many blocks", () => {
    const blocks = (count: number) => Array.from({ length: count }, (_, i) => block(0, 1, [65], i === count - 1));
    expect(inflateZstd(frame(4096, ...blocks(4096)), LIMIT)).toHaveLength(4096);
    expect(inflateZstd(frame(4097, ...blocks(4097)), LIMIT)).toBeUndefined();
  });

  it.each([
    ["a dictionary", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xa1, 9, 1, 0, 0, 0, ...block(0, 1, [65], true))],
    ["a reserved bit", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x28, 1, ...block(0, 1, [65], true))],
    ["a reserved type of block", frame(1, block(3, 1, [65], true))],
    ["a skippable frame longer than the data", Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 255, 255, 255, 255)],
    ["a match before the start", compressed([0x09, 0x41, 1, 0b01010100, 0, 5, 0, 0x20])],
    ["no sequences section", compressed([0x09, 0x41])],
    ["a table to repeat without a first one", compressed([0x09, 0x41, 1, 0b11111100, 1])],
    ["literals without a Huffman table", compressed([...little(3 | (1 << 4) | (1 << 14), 3), 1, 0])],
  ])("with %s", (_, data) => {
    expect(inflateZstd(data, LIMIT)).toBeUndefined();
  });
});

beforeAll(() => {
  if (!have("zstd")) console.warn("zstd is not installed: its data is not tried");
});
