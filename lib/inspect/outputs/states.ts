import { printable, printableJson } from "../../text/escape.js";
import { type Catalogue, type CatalogueEntry, CatalogueWriter, catalogueEntry } from "../catalogue.js";
import { byRelativePath, type Change, compareCatalogues } from "../compare.js";
import { Checker, type CheckOptions, type Offence } from "../rules.js";
import type { Output, Write } from "./output.js";

/** Writes a catalogue. After an interruption the old one stays. */
export function catalogueOutput(path: string, roots: string[]): Output {
  const writer = new CatalogueWriter(path, roots);
  return {
    file: (finding) => writer.add(catalogueEntry(finding)),
    end: ({ interrupted }) => void (interrupted || writer.finish()),
    abandon: () => writer.abandon(),
  };
}

/** Reports changes since an old state. Negative when there are any. */
export function comparison(write: Write, old: Catalogue, roots: string[], asJson: boolean): Output {
  const now: CatalogueEntry[] = [];
  return {
    file: (finding) => void now.push(catalogueEntry(finding)),
    end({ interrupted }) {
      // Files that were not scanned would appear as removed.
      if (interrupted) return undefined;
      const before = byRelativePath(old.entries, old.header.roots);
      const changes = compareCatalogues(before, byRelativePath(now, roots));
      write(asJson ? `${printableJson(changes, 1)}\n` : changes.map(changeLine).join(""));
      return changes.length > 0 ? "negative" : "fine";
    },
  };
}

function changeLine({ change, path, from, before, after }: Change): string {
  const name = (entry: CatalogueEntry | undefined) => entry?.uuids?.join(" ") ?? entry?.buildId ?? "-";
  const place = from === undefined ? printable(path) : `${printable(from)} -> ${printable(path)}`;
  const identities =
    change === "rebuilt" && before?.buildId !== undefined && after?.buildId !== undefined
      ? `  ${before.buildId} -> ${after.buildId}`
      : change === "rebuilt" || change === "re-stamped" || change === "stamp lost"
        ? `  ${name(before)} -> ${name(after)}`
        : "";
  return `${change.padEnd(10)}  ${place}${identities}\n`;
}

/** Checks the rules and lists each offence at once. Negative when a file breaks a rule of level `fail`. */
export function checkOutput(write: Write, options: CheckOptions, asJson: boolean): Output {
  const checker = new Checker(options);
  const offences: Offence[] = [];
  let failed = false;
  return {
    file(finding) {
      for (const offence of checker.check(finding)) {
        failed ||= offence.level === "fail";
        if (asJson) offences.push(offence);
        else write(`${offence.level}: ${offence.rule}: ${printable(offence.path)} ${printable(offence.message)}\n`);
      }
    },
    end() {
      if (asJson) write(`${printableJson(offences, 1)}\n`);
      return failed ? "negative" : "fine";
    },
  };
}
