import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventDocument } from "../../../../lib/collector/outputs/worker/document.js";
import { startCollector } from "../../../support/collector.js";

type Options = Record<string, string | number | boolean>;

/** A collector with outputs, which stand in a configuration file beside its data directory. */
export function startWithOutputs(data: string, outputs: readonly Options[], ...options: string[]) {
  const tables = outputs.map(
    (output) =>
      `[[output]]\n${Object.entries(output)
        .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
        .join("")}`,
  );
  const file = `${data}.toml`;
  mkdirSync(join(data, ".."), { recursive: true });
  writeFileSync(file, tables.join("\n"));
  return startCollector(data, "--config", file, "--flush-interval", "20", ...options);
}

/** Waits until something holds; what it gives is what it was about. */
export async function eventually<T>(look: () => T | Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    await sleep(25);
  }
}

/** Documents from text of one JSON object a line. */
export const documentsOf = (text: string): EventDocument[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EventDocument);
