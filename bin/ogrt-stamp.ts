#!/usr/bin/env node
import { writeWhole } from "../lib/files/index.js";
import { createStamp, stampAssembly } from "../lib/stamp/index.js";
import { createProgram, runProgram } from "./shared/program.js";

interface Options {
  uuid?: string;
  output?: string;
}

const program = createProgram(
  "ogrt-stamp",
  "Write the GNU assembly of a stamp, to be linked into a program or library.",
)
  .option("--uuid <uuid>", "identity to use instead of a random one")
  .option("-o, --output <file>", "write to this file instead of standard output")
  .allowExcessArguments(false)
  .addHelpText("after", "\nExample:\n  ogrt-stamp -o stamp.s && cc -o app app.c stamp.s")
  .action(({ uuid, output }: Options) => {
    const assembly = stampAssembly(createStamp({ ...(uuid !== undefined && { uuid }) }));
    if (output === undefined || output === "-") process.stdout.write(assembly);
    else writeWhole(output, assembly);
  });

await runProgram(program);
