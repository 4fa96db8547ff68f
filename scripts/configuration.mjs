// What is made from the table of the collector's settings: the documented default file, and the table in the guide.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const BEGIN = "<!-- generated: npm run generate -->\n";
const END = "<!-- end -->";

export const CONFIGURATION_FILES = ["integrations/ogrt-collector.toml", "docs/configuration.md", "docs/operation.md"];

/** Writes the files below a directory that is the root of the tree, or stands in for it. */
export async function generateConfiguration(root, directory) {
  const { printDefaultFile, printTable, printEvents } = await load(join(root, "lib/collector/config/print.ts"));
  const [file, settings, events] = CONFIGURATION_FILES;
  writeFileSync(join(directory, file), printDefaultFile());
  writeFileSync(join(directory, settings), between(join(root, settings), printTable()));
  writeFileSync(join(directory, events), between(join(root, events), printEvents()));
}

/** A guide with the generated part made anew. */
function between(path, text) {
  const guide = readFileSync(path, "utf8");
  const [begin, end] = [guide.indexOf(BEGIN), guide.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} has no place for what is generated`);
  return guide.slice(0, begin + BEGIN.length) + text + guide.slice(end);
}

/** The library's sources, without a build before. */
async function load(entry) {
  const directory = mkdtempSync(join(tmpdir(), "ogrt-configuration-"));
  try {
    const outfile = join(directory, "print.mjs");
    const packages = { packages: "external", format: "esm", platform: "node", target: "node20" };
    await build({ entryPoints: [entry], outfile, bundle: true, logLevel: "error", ...packages });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
