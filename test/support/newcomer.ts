import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./folder.js";
import { root } from "./tools.js";

/** A folder in which the package is installed as by npm, with its tools in node_modules/.bin. */
export function newcomer(): string {
  const folder = temporaryFolder();
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: Record<string, string> };
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/ogrt"));
  for (const [name, path] of Object.entries(bin)) {
    symlinkSync(join(root, path), join(folder, "node_modules/.bin", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return folder;
}

/** The blocks of code of a page, or of a section of it, in one language. */
export const codeBlocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, code]) => code ?? "");
