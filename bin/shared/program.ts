import { Command, CommanderError } from "commander";
import { OgrtError } from "../../lib/errors.js";
import { printable } from "../../lib/text/escape.js";
import packageFile from "../../package.json" with { type: "json" };
import { EXIT } from "./exit.js";

/** A commander program with what all tools share: version, help wording, usage errors that end with {@link EXIT.usage}. */
export function createProgram(name: string, description: string, versionOption = "--version"): Command {
  return new Command(name)
    .description(description)
    .version(packageFile.version, versionOption, "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError(`run '${name} --help' for usage`)
    .exitOverride();
}

/** One line on stderr, `tool: sentence`. */
export function complain(tool: string, sentence: string): void {
  process.stderr.write(`${tool}: ${printable(sentence)}\n`);
}

/** Runs a program to its exit code. Expected errors become one line on stderr, others are called what they are and keep their stack. */
export async function runProgram(program: Command): Promise<void> {
  // A reader that closes early (`| head`) is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    complain(program.name(), `standard output cannot be written: ${error.message}`);
    process.exit(EXIT.unreadable);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    } else if (error instanceof OgrtError) {
      complain(program.name(), error.message);
      process.exitCode = error.code.startsWith("INVALID_") ? EXIT.usage : EXIT.unreadable;
    } else {
      // A fault of ours: the stack says where to look, the line before it what this is.
      complain(program.name(), "internal error; please report what follows");
      process.stderr.write(`${(error as Error).stack ?? error}\n`);
      process.exitCode = EXIT.unreadable;
    }
  }
}
