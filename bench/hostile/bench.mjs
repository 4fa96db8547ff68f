// Attacks a collector beside a sender that behaves well, and prints what the latter notices.
//
//   --attack NAME      one of them (repeatable); all without
//   --seconds N        length of each attack (600 for the record)
//   --rate N           frames per second of the well-behaved sender
//   --transport NAME   udp or tcp
//   --directory DIR    directory for all files
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeFrames } from "../collector/frames.mjs";
import { buildSender } from "../collector/sending.mjs";
import { ATTACKS } from "./attacks.mjs";
import { trial } from "./trial.mjs";

const { values } = parseArgs({
  options: {
    attack: { type: "string", multiple: true, default: Object.keys(ATTACKS) },
    seconds: { type: "string", default: "20" },
    rate: { type: "string", default: "1000" },
    transport: { type: "string", default: "tcp" },
    directory: { type: "string", default: tmpdir() },
  },
});
const MAX_P99_MS = 1000;
const MAX_ANSWER_MS = 1000;
const MAX_RESIDENT_MB = 1024;
const directory = mkdtempSync(join(values.directory, "ogrt-hostile-"));
let isHeld = true;

try {
  const send = buildSender(directory);
  const frames = makeFrames(directory, fileURLToPath(new URL("../..", import.meta.url)));
  console.log(
    "attack        sent    lost  false  unchecked  p99 ms  longest /livez ms  peak MB  adds up  exit  unchecked for",
  );
  for (const attack of values.attack) {
    const figures = await trial({
      attack,
      send,
      frames,
      directory,
      transport: values.transport,
      rate: Number(values.rate),
      seconds: Number(values.seconds),
    });
    print(figures);
    const { sent, stored, unchecked, p99, longestAnswer, peak, adds, exit } = figures;
    isHeld &&= sent === stored && figures.false + unchecked === 0 && adds && exit === 0;
    isHeld &&= p99 <= MAX_P99_MS && longestAnswer <= MAX_ANSWER_MS && peak <= MAX_RESIDENT_MB;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = isHeld ? 0 : 1;

function print({ attack, sent, stored, unchecked, reasons, p99, longestAnswer, peak, adds, exit, ...rest }) {
  const cells = [sent, sent - stored, rest.false, unchecked, p99, longestAnswer, peak, adds ? "yes" : "NO", exit];
  const widths = [6, 6, 5, 9, 6, 17, 7, 7, 4];
  console.log(
    `${attack.padEnd(12)}${cells.map((cell, i) => `  ${`${cell}`.padStart(widths[i])}`).join("")}  ${reasons}`,
  );
}
