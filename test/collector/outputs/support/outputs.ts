import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessJson } from "../../../../lib/collector/frames/json.js";
import { startCollector } from "../../../support/collector.js";

type Options = Record<string, string | number | boolean>;

/** Starts a collector with outputs from a configuration file beside its data directory. */
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

/** Reads a value again and again until it passes a test; returns it. */
export async function eventually<T>(read: () => T | Promise<T>, passes: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (passes(value)) return value;
    await sleep(25);
  }
}

/** A document of type `process`; those of other types have some of its members. */
type EventDocument = ProcessJson & { readonly type: string; readonly sequence: number };

/** Parses text with one JSON document per line. */
export const documentsOf = (text: string): EventDocument[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EventDocument);
