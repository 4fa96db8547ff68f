// Generates lib/wire/generated from proto/ogrt.proto. With --check: fails when what is in the tree is not what the
// schema gives.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pbjs from "protobufjs-cli/pbjs.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const schema = join(root, "proto/ogrt.proto");
const target = join(root, "lib/wire/generated");
const files = ["ogrt.js", "ogrt.d.ts"];
const banner = "// Generated from proto/ogrt.proto by `npm run generate`; do not edit.\n";

async function generate(directory) {
  const options = ["-t", "static-module", "-w", "esm", "--keep-case", "--dependency", "protobufjs/minimal.js"];
  const without = ["create", "verify", "convert", "delimited", "typeurl"].map((feature) => `--no-${feature}`);
  await promisify(pbjs.main)([...options, ...without, "-d", "-o", join(directory, "ogrt.js"), schema]);
  for (const file of files) {
    const path = join(directory, file);
    writeFileSync(path, banner + readFileSync(path, "utf8"));
  }
}

if (process.argv.includes("--check")) {
  const directory = mkdtempSync(join(tmpdir(), "ogrt-generate-"));
  try {
    await generate(directory);
    const read = (path) => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    };
    const stale = files.filter((file) => read(join(directory, file)) !== read(join(target, file)));
    if (stale.length > 0) {
      process.stderr.write(
        `stale: ${stale.map((file) => `lib/wire/generated/${file}`).join(", ")}; run npm run generate\n`,
      );
      process.exitCode = 1;
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
} else {
  await generate(target);
}
