// Writes the man pages and the completion for bash, zsh and fish to dist/share, from the tables of options.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "./reference/generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const share = join(root, "dist/share");
const { manualFiles } = await load(root, "scripts/manual/files.ts");
rmSync(share, { recursive: true, force: true });
for (const [name, text] of await manualFiles()) {
  mkdirSync(dirname(join(share, name)), { recursive: true });
  writeFileSync(join(share, name), text);
}
