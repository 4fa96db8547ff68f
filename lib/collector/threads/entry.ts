import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The collector's threads and child processes; each is an entry of tsup.config.ts. */
export type EntryName = "ingest-worker" | "store-worker" | "names-worker" | "output-worker" | "examine-child";

/**
 * The built file of a thread or child process. It is looked for from the package's root, so that it is found both from
 * the bundled tools in dist/ and from the sources in lib/ (tests): threads always run built code, `npm test` builds
 * it first.
 */
export function entryFile(name: EntryName): string {
  return builtFile(`collector/${name}.js`);
}

/** A file of dist/, which is there when it was built. */
export function builtFile(path: string): string {
  const file = join(packageRoot(), "dist", path);
  if (!existsSync(file)) throw new Error(`${file} is missing: run npm run build`);
  return file;
}

function packageRoot(): string {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const manifest = join(directory, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "ogrt") return directory;
    if (directory === dirname(directory)) throw new Error("the package's own package.json is missing");
  }
}
