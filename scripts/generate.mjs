// Generates lib/wire/generated from proto/ogrt.proto, lib/client/generated from proto/openapi.json, and, from the sources,
// the default configuration file and docs/reference. With --check: fails when a file differs from what its source gives.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import openapiTypes, { astToString } from "openapi-typescript";
import pbjs from "protobufjs-cli/pbjs.js";
import { generateReference, referenceFiles } from "./reference/generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const banner = (source) => `// Generated from ${source} by \`npm run generate\`; do not edit.\n`;
const files = [
  "lib/wire/generated/ogrt.js",
  "lib/wire/generated/ogrt.d.ts",
  "lib/client/generated/api.ts",
  "lib/client/generated/operations.ts",
  ...referenceFiles(root),
];

/** Writes the files below a directory that is the root of the tree, or stands in for it. */
async function generate(directory) {
  for (const file of files) mkdirSync(dirname(join(directory, file)), { recursive: true });
  await generateWire(directory);
  await generateClient(directory);
  await generateReference(root, directory);
}

async function generateWire(directory) {
  const source = "proto/ogrt.proto";
  const options = ["-t", "static-module", "-w", "esm", "--keep-case", "--dependency", "protobufjs/minimal.js"];
  const without = ["create", "verify", "convert", "delimited", "typeurl"].map((feature) => `--no-${feature}`);
  const [code, types] = files.map((file) => join(directory, file));
  await promisify(pbjs.main)([...options, ...without, "-d", "-o", code, join(root, source)]);
  for (const path of [code, types]) writeFileSync(path, banner(source) + readFileSync(path, "utf8"));
}

async function generateClient(directory) {
  const source = "proto/openapi.json";
  const document = JSON.parse(readFileSync(join(root, source), "utf8"));
  const [, , types, operations] = files.map((file) => join(directory, file));
  const text = astToString(await openapiTypes(structuredClone(document), { immutable: true }));
  // A comment's own text is its description (TSDoc has no tag for it).
  writeFileSync(types, banner(source) + text.replaceAll("@description ", ""));
  writeFileSync(operations, banner(source) + operationsSource(document));
}

/** The table of operations, and the class with a method for each. */
function operationsSource({ paths, components }) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  const rows = operations.map(
    ({ operationId, method, path }) => `  ${operationId}: { method: "${method}", path: "${path}" },`,
  );
  const whole = ({ $ref, ...given }) =>
    $ref === undefined ? given : components[$ref.split("/")[2]][$ref.split("/")[3]];
  const requiresInput = ({ parameters = [], requestBody }) =>
    parameters.some((parameter) => whole(parameter).required) ||
    whole(requestBody?.content["application/json"].schema ?? {}).required?.length > 0;
  const methods = operations.map((operation) => {
    const { operationId: name, method, path, summary, description } = operation;
    const comment = [`${summary}.`, description, `\`${method.toUpperCase()} ${path}\``].filter(Boolean);
    return `
  /**
${comment.map((paragraph) => `   * ${paragraph}`).join("\n   *\n")}
   */
  ${name}(input: Input<"${name}">${requiresInput(operation) ? "" : " = {}"}): Promise<Answer<"${name}">> {
    return this.ask("${name}", input);
  }`;
  });
  return `import type { Answer, Input, OperationName } from "../operations.js";

/** Method and path of each operation. */
export const OPERATIONS = {
${rows.join("\n")}
} as const;

/** A method for each operation. */
export abstract class Operations {
  abstract ask<N extends OperationName>(name: N, input: Input<N>): Promise<Answer<N>>;
${methods.join("\n")}
}
`;
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
    const stale = files.filter((file) => read(join(directory, file)) !== read(join(root, file)));
    if (stale.length > 0) {
      process.stderr.write(`stale: ${stale.join(", ")}; run npm run generate\n`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
} else {
  await generate(root);
}
