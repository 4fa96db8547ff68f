import { Command, CommanderError } from "commander";
import { ERRORS, OgrtError } from "../../lib/errors.js";
import { printable } from "../../lib/text/escape.js";
import packageFile from "../../package.json" with { type: "json" };

/** Exit codes shared by all tools; documented in the README. */
export const EXIT = {
  /** The tool did everything it was asked to do. */
  fine: 0,
  /** A check failed or nothing was found. */
  negative: 1,
  /** The command line is invalid. */
  usage: 2,
  /** An input cannot be read, or an output cannot be written. */
  unreadable: 3,
} as const;

/** A commander program with the conventions of all tools: --version, --help, and exit code {@link EXIT.usage} for wrong usage. */
export function createProgram(name: string, description: string, versionOption = "--version"): Command {
  return new Command(name)
    .description(description)
    .version(packageFile.version, versionOption, "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError(`run '${name} --help' for usage`)
    .exitOverride();
}

/** Writes one line to stderr, `tool: sentence`. */
export function complain(tool: string, sentence: string): void {
  process.stderr.write(`${tool}: ${printable(sentence)}\n`);
}

/**
 * Runs a program and sets its exit code. An {@link OgrtError} becomes one line on stderr; any other error is an internal
 * error and keeps its stack.
 */
export async function runProgram(program: Command): Promise<void> {
  // A reader that closes the pipe early, such as `head`, is not an error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    complain(program.name(), `cannot write to standard output: ${error.message}`);
    process.exit(EXIT.unreadable);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    } else if (error instanceof OgrtError) {
      complain(program.name(), error.message);
      process.exitCode = ERRORS[error.code].exit;
    } else {
      complain(program.name(), "internal error; please report the following");
      process.stderr.write(`${(error as Error).stack ?? error}\n`);
      process.exitCode = EXIT.unreadable;
    }
  }
}
