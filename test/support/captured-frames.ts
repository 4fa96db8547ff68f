import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./tools.js";

const FOLDER = join(root, "test-fixtures/frames");

/** The names of all frames that were captured from deployed clients. */
export const capturedFrames = (): string[] =>
  readdirSync(FOLDER).flatMap((name) => (name.endsWith(".frame") ? [name.slice(0, -".frame".length)] : []));

/**
 * A captured frame as its client would send it now: a collector refuses one whose time is days ago, because it could
 * not tell it from a duplicate.
 */
export function capturedFrameOfNow(name: string): Buffer {
  const frame = readFileSync(join(FOLDER, `${name}.frame`));
  const { message } = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
  const at = frame.indexOf(varintOfSeconds(message.time));
  if (at < 0) throw new Error(`${name}.frame does not hold the time that ${name}.json names.`);
  frame.set(varintOfSeconds(Math.floor(Date.now() / 1000)), at);
  return frame;
}

/** Seconds since the epoch are varints of five bytes from 1978 to 3058. */
const varintOfSeconds = (seconds: number): Buffer =>
  Buffer.from([0, 1, 2, 3, 4].map((index) => (Math.floor(seconds / 2 ** (7 * index)) % 128) + (index < 4 ? 128 : 0)));
