// Writes the man pages and the completion for bash, zsh and fish to dist/share, from the tables of options. The pages of
// the programs in C are texts beside their sources.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "./reference/generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const share = join(root, "dist/share");
const NATIVE_PAGES = { "man/man8/ogrt-agent.8": "native-agent", "man/man1/ogrt-ld.1": "native-ld" };
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { manualFiles } = await load(root, "scripts/manual/files.ts");
const files = await manualFiles();
for (const [name, folder] of Object.entries(NATIVE_PAGES)) {
  files.set(name, readFileSync(join(root, folder, basename(name)), "utf8").replaceAll("@VERSION@", version));
}
rmSync(share, { recursive: true, force: true });
for (const [name, text] of files) {
  mkdirSync(dirname(join(share, name)), { recursive: true });
  writeFileSync(join(share, name), text);
}
