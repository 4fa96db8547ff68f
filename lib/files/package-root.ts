import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of this package, found from the sources in lib/ and from the bundles in dist/ alike. Undefined in CommonJS,
 * which has no `import.meta`, and where the bundle was moved out of its package.
 */
export function packageRoot(): string | undefined {
  if (import.meta.url === undefined) return undefined;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "ogrt") return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** A file of dist/, such as the code of a thread. */
export function builtFile(path: string): string {
  const file = findBuiltFile(path);
  if (file === undefined) throw new Error(`dist/${path} is missing: run npm run build`);
  return file;
}

/** A file of dist/, or undefined when it is not built. */
export function findBuiltFile(path: string): string | undefined {
  const root = packageRoot();
  const file = root === undefined ? undefined : join(root, "dist", path);
  return file !== undefined && existsSync(file) ? file : undefined;
}
