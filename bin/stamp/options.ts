import { type Command, Option } from "commander";
import { STAMP_SCOPES, type StampScope } from "../../lib/register/index.js";
import { type PACKAGE_KEYS, TARGET_NAMES } from "../../lib/stamp/index.js";
import { repeatable } from "../shared/option-values.js";

export type Format = "assembly" | "object" | "c" | "json";

export interface StampOptions extends Partial<Record<(typeof PACKAGE_KEYS)[number], string>> {
  uuid?: string;
  timeOrdered?: true;
  deterministic?: true;
  input?: string[];
  toolchain?: string;
  dependency?: string[];
  key?: string[];
  environment: boolean;
  target?: string;
  format?: Format;
  json?: true;
  output?: string;
  register?: string;
  scope: StampScope;
  explain?: true;
  linkerDirectory?: true;
}

export function addStampOptions(program: Command): Command {
  return program
    .option(
      "-o, --output <file>",
      "write to this file instead of standard output; the suffix .s, .o, .c or .json selects the format",
    )
    .addOption(new Option("--format <format>", "write this format").choices(["assembly", "object", "c", "json"]))
    .option("--json", "write JSON, as with --format json")
    .option(
      "--target <target>",
      `make the stamp for this target, or "any" for assembly that suits all: ${TARGET_NAMES.join(", ")} ` +
        "(default: this machine)",
    )
    .option("--explain", "print each value and its origin on standard error")
    .optionsGroup("Identity (default: a random UUID):")
    .option("--uuid <uuid>", "use this UUID")
    .option("--time-ordered", "make a UUID version 7 from SOURCE_DATE_EPOCH or the current time")
    .option(
      "--deterministic",
      "derive the UUID from the package, --toolchain, --dependency and the contents of every --input",
    )
    .option("--input <file>", "file that is linked, or - for standard input; may be repeated", repeatable)
    .option("--toolchain <text>", "compiler and linker")
    .option("--dependency <text>", "dependency of the build; may be repeated", repeatable)
    .optionsGroup("Package (each of these also writes a .note.package):")
    .option("--name <text>", "name of the package")
    .option("--version <text>", "version of the package")
    .option("--type <text>", "type of the package, such as deb, rpm, easybuild or spack")
    .option("--architecture <text>", "architecture of the package")
    .option("--os <text>", "operating system: ID of os-release(5)")
    .option("--os-version <text>", "version of the operating system: VERSION_ID of os-release(5)")
    .option("--os-cpe <text>", "CPE of the operating system")
    .option("--app-cpe <text>", "CPE of the package")
    .option("--debug-info-url <url>", "URL of the debuginfod server with the debugging information")
    .option("--key <key=value>", "any other key of the note; may be repeated", repeatable)
    .option("--no-environment", "ignore the variables of Spack, RPM, conda, EasyBuild and environment modules")
    .optionsGroup("Register:")
    .option("--register <directory>", "append an entry for this stamp to the register in this directory")
    .addOption(new Option("--scope <scope>", "record what the UUID identifies").choices(STAMP_SCOPES).default("link"))
    .optionsGroup("Linker wrapper:")
    .option("--linker-directory", "print the directory of ogrt-ld for PATH or gcc -B, and exit");
}

/** Refuses options of which one would be without effect. */
export function checkOptions(options: StampOptions, command: Command): void {
  const { uuid, timeOrdered, deterministic, register } = options;
  if ([uuid, timeOrdered, deterministic].filter((choice) => choice !== undefined).length > 1) {
    command.error("error: --uuid, --time-ordered and --deterministic exclude each other");
  }
  if (deterministic) return;
  if (options.input !== undefined && register === undefined) {
    command.error("error: --input requires --deterministic or --register");
  }
  for (const name of ["toolchain", "dependency"] as const) {
    if (options[name] !== undefined) command.error(`error: --${name} requires --deterministic`);
  }
}
