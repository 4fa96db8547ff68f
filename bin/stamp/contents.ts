import { OgrtError } from "../../lib/errors.js";
import { digestFile, digestStream } from "../../lib/files/index.js";
import { currentTime } from "../../lib/register/index.js";
import {
  type BuildEnvironment,
  createStamp,
  PACKAGE_KEYS,
  type PackageMetadata,
  readBuildEnvironment,
  type Stamp,
} from "../../lib/stamp/index.js";
import { printable } from "../../lib/text/escape.js";
import type { StampOptions } from "./options.js";

/** A value and the option or variable that it comes from. */
interface Sourced {
  value: string;
  source: string;
}

/** What a stamp says, and what its UUID is derived from. */
export interface StampContents {
  metadata: Map<string, Sourced>;
  toolchain: Sourced | undefined;
  dependencies: Sourced[];
}

/** Collects the contents from the options and, with lower precedence, from the build environment. */
export function gatherContents(options: StampOptions): StampContents {
  const environment = options.environment ? readBuildEnvironment(process.env) : { dependencies: [] };
  return {
    metadata: gatherMetadata(options, environment),
    toolchain:
      options.toolchain === undefined
        ? environment.toolchain && sourced(environment.toolchain)
        : { value: options.toolchain, source: "--toolchain" },
    dependencies:
      options.dependency?.map((value) => ({ value, source: "--dependency" })) ?? environment.dependencies.map(sourced),
  };
}

const sourced = ({ value, variable }: { value: string; variable: string }): Sourced => ({ value, source: variable });

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function gatherMetadata(options: StampOptions, environment: BuildEnvironment): Map<string, Sourced> {
  const metadata = new Map<string, Sourced>();
  const add = (key: string, value: string | undefined, source: string) => {
    if (value !== undefined) metadata.set(key, { value, source });
  };
  for (const key of ["type", "name", "version"] as const) {
    add(key, environment[key]?.value, environment[key]?.variable ?? "");
  }
  // The environment's version belongs to the environment's package, not to one that the user names.
  if (options.name !== undefined) metadata.clear();
  for (const key of PACKAGE_KEYS) add(key, options[key], `--${kebabCase(key)}`);
  for (const pair of options.key ?? []) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) throw new OgrtError("INVALID_METADATA", `--key "${pair}" is not KEY=VALUE`, { value: pair });
    add(key, value, "--key");
  }
  return metadata;
}

export function makeStamp(options: StampOptions, { metadata, toolchain, dependencies }: StampContents): Stamp {
  const deriveFrom = {
    toolchain: toolchain?.value,
    dependencies: dependencies.map(({ value }) => value),
    inputs: options.deterministic
      ? (options.input ?? []).map((path) => (path === "-" ? digestStream(0) : digestFile(path)))
      : [],
  };
  return createStamp({
    package: Object.fromEntries([...metadata].map(([key, { value }]) => [key, value])) as PackageMetadata,
    ...(options.uuid !== undefined && { uuid: options.uuid }),
    ...(options.timeOrdered && { timeOrdered: currentTime() }),
    ...(options.deterministic && { deriveFrom }),
  });
}

/** One line for each value, with its origin. */
export function explainStamp(options: StampOptions, stamp: Stamp, contents: StampContents, target: string): string {
  const { metadata, toolchain, dependencies } = contents;
  const rows: [string, string, string][] = [["uuid", stamp.uuid, identitySource(options)]];
  for (const [key, { value, source }] of metadata) rows.push([key, value, source]);
  if (toolchain !== undefined) rows.push(["toolchain", toolchain.value, toolchain.source]);
  for (const { value, source } of dependencies) rows.push(["dependency", value, source]);
  for (const input of options.input ?? []) rows.push(["input", input, "--input"]);
  rows.push(["target", target, options.target === undefined ? "this machine" : "--target"]);
  return rows.map(([key, value, source]) => `${key}: ${printable(value)} (${source})\n`).join("");
}

function identitySource({ uuid, timeOrdered, deterministic }: StampOptions): string {
  if (uuid !== undefined) return "--uuid";
  if (deterministic) return "--deterministic: derived from the values below";
  if (timeOrdered) return `--time-ordered: ${process.env["SOURCE_DATE_EPOCH"] ? "SOURCE_DATE_EPOCH" : "now"}`;
  return "random";
}
