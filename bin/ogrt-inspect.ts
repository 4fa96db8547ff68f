#!/usr/bin/env node
import { OgrtError } from "../lib/errors.js";
import { openFileSource } from "../lib/files/index.js";
import { readSignatures, type Signature } from "../lib/signature/index.js";
import { printable } from "../lib/text/escape.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

interface Finding {
  path: string;
  signatures: Signature[];
  /** Malformed notes: each ended its own list, the rest of the file was read. */
  problems: { code: string; message: string }[];
  /** Why the file could not be read at all. */
  error?: { code: string; message: string };
}

const problemOf = ({ code, message }: OgrtError) => ({ code, message });

function inspect(path: string): Finding {
  const problems: OgrtError[] = [];
  let source: ReturnType<typeof openFileSource> | undefined;
  try {
    source = openFileSource(path);
    const signatures = readSignatures(source, { onProblem: (problem) => problems.push(problem) });
    return { path, signatures, problems: problems.map(problemOf) };
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    return { path, signatures: [], problems: problems.map(problemOf), error: problemOf(error) };
  } finally {
    source?.close();
  }
}

function page({ path, signatures }: Finding, several: boolean): string {
  const blocks = signatures.map(({ section, allocatable, version, owner, uuid }) =>
    [
      `OGRT signature in ${section === undefined ? "a PT_NOTE segment" : `section ${printable(section)}`}`,
      `allocatable:  ${allocatable ? "yes" : "no"}`,
      `version:      ${version}`,
      `name:         ${owner}`,
      `uuid:         ${uuid}`,
      "",
    ].join("\n"),
  );
  if (blocks.length === 0) blocks.push("no OGRT signature\n");
  return (several ? `${printable(path)}:\n` : "") + blocks.join("\n");
}

const program = createProgram("ogrt-inspect", "Show the OGRT signatures of ELF files.")
  .argument("<file...>", "ELF files")
  .option("--json", "print one JSON array for programs")
  .addHelpText("after", "\nExit status: 0 every file is stamped, 1 one is not, 3 one could not be read.")
  .action((files: string[], { json }: { json?: true }) => {
    const findings = files.map(inspect);
    if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    for (const finding of findings) {
      for (const { message } of finding.problems) complain(program.name(), `warning: ${message}`);
      if (finding.error !== undefined) complain(program.name(), finding.error.message);
    }
    if (!json) {
      const readable = findings.filter(({ error }) => error === undefined);
      process.stdout.write(readable.map((finding) => page(finding, files.length > 1)).join("\n"));
    }
    if (findings.some(({ error }) => error !== undefined)) process.exitCode = EXIT.unreadable;
    else if (findings.some(({ signatures }) => signatures.length === 0)) process.exitCode = EXIT.negative;
  });

await runProgram(program);
