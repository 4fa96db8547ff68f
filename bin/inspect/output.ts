import { resolve } from "node:path";
import { isDirectory, type RawPath, rawFromArgument, rawToText } from "../../lib/files/index.js";
import {
  type Catalogue,
  catalogueEntry,
  catalogueOutput,
  checkOutput,
  comparison,
  csvListing,
  DEFAULT_COLUMNS,
  fileReports,
  inspect,
  json,
  ndjson,
  type Output,
  Resolver,
  readCatalogue,
  type ScanOptions,
  sbom,
  tableListing,
} from "../../lib/inspect/index.js";
import { loadRegister } from "../../lib/register/index.js";
import packageFile from "../../package.json" with { type: "json" };
import { painter, printPaged, terminalWidth } from "../shared/terminal.js";
import { type InspectOptions, scanOptions } from "./options.js";

/** The output that the options select. */
export async function outputFor(
  options: InspectOptions,
  paths: readonly RawPath[],
  hasDirectory: boolean,
  signal: AbortSignal,
): Promise<Output> {
  const write = (text: string) => void process.stdout.write(text);
  const roots = paths.map((path) => resolve(rawToText(path)));
  if (options.check) {
    const { rule: levels = {}, rpathRoot: rpathRoots } = options;
    const check = { levels, resolver: resolverFor(options), ...(rpathRoots !== undefined && { rpathRoots }) };
    return checkOutput(write, check, options.json === true);
  }
  if (options.diff !== undefined) {
    const old = isDirectory(rawFromArgument(options.diff))
      ? await catalogueOf(options.diff, scanOptions(options, signal))
      : readCatalogue(options.diff);
    return comparison(write, old, roots, options.json === true);
  }
  if (options.catalogue !== undefined) return catalogueOutput(options.catalogue, roots);
  if (options.sbom !== undefined) return sbom(write, packageFile.version);
  if (options.ndjson) return ndjson(write);
  if (options.json) return json(write);
  if (options.csv) return csvListing(write, options.columns ?? DEFAULT_COLUMNS);
  if (options.columns !== undefined || (hasDirectory && !options.resolve && !options.showSignature)) {
    return tableListing(printPaged, options.columns ?? DEFAULT_COLUMNS, options.wide ? undefined : terminalWidth());
  }
  const paint = painter();
  const register = options.register === undefined ? undefined : loadRegister(options.register);
  return fileReports(write, {
    titled: paths.length > 1 || hasDirectory,
    signaturesOnly: options.showSignature === true,
    ...(options.resolve && { resolver: resolverFor(options) }),
    ...(register !== undefined && { nameOf: (uuid) => register.names(uuid) }),
    ...(paint !== undefined && { paint: (text, meaning) => paint(text, meaning === "title" ? "heading" : meaning) }),
  });
}

function resolverFor(options: InspectOptions): Resolver {
  const libraryPath = options.libraryPath ?? process.env["LD_LIBRARY_PATH"];
  const { limitScale } = options;
  return new Resolver({
    ...(libraryPath !== undefined && { libraryPath }),
    ...(limitScale !== undefined && { limitScale }),
  });
}

/** A catalogue of a directory as it is now, to compare another one with. */
async function catalogueOf(directory: string, options: ScanOptions): Promise<Catalogue> {
  const catalogue: Catalogue = {
    header: { "ogrt-catalogue": 1, created: new Date().toISOString(), roots: [resolve(directory)] },
    entries: [],
  };
  for await (const finding of inspect([resolve(directory)], options)) {
    if (finding.finding === "file") catalogue.entries.push(catalogueEntry(finding));
  }
  return catalogue;
}
