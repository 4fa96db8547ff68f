import { printable } from "../../text/escape.js";
import type { FileFinding } from "../finding.js";
import { isMissing, type Resolution, type ResolvedLibrary } from "../resolve/resolver.js";
import { packageName } from "./columns.js";

export interface FileReportOptions {
  /** Names of a UUID in the register. */
  nameOf?: (uuid: string) => string[];
  /** The libraries that the loader would load, on request. */
  resolution?: Resolution;
  /** Colours a text for a terminal. */
  paint?: (text: string, meaning: "good" | "bad" | "title") => string;
}

const LABEL_WIDTH = 14;

/** All facts about one file, for a person. */
export function fileReport(finding: FileFinding, options: FileReportOptions = {}): string {
  const paint = options.paint ?? ((text) => text);
  const lines: string[] = [];
  const say = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") lines.push(`${`${name}:`.padEnd(LABEL_WIDTH)}${value}`);
  };
  const { hardening } = finding;
  const { kind, machine, bits, byteOrder } = finding;
  say("kind", machine === undefined ? kind : `${kind}, ${machine.replace("EM_", "")}, ${bits}-bit ${byteOrder}-endian`);
  say("compression", finding.compression);
  say("interpreter", shown(finding.interpreter));
  say("build-id", finding.buildId);
  say("package", shown(packageName(finding.package)));
  say("soname", shown(finding.soname));
  if (options.resolution === undefined) for (const name of finding.needed) say("needs", shown(name));
  say("rpath", shown(finding.rpath));
  say("runpath", shown(finding.runpath));
  for (const { owner, summary } of finding.notes) say(shown(owner), shown(summary));
  for (const line of finding.compilers) say("made by", shown(line));
  if (hardening !== undefined) {
    const stack = `stack ${hardening.stack}`;
    const facts = [
      hardening.stack === "executable" ? paint(stack, "bad") : stack,
      `RELRO ${hardening.relro}`,
      hardening.bindNow ? "BIND_NOW" : "lazy binding",
      ...(hardening.textRelocations ? [paint("text relocations", "bad")] : []),
    ];
    say("hardening", facts.join(", "));
  }
  say("size", `${finding.size} bytes`);
  say("owner", `${finding.uid}:${finding.gid}, mode ${finding.mode}`);
  say("modified", finding.modified);
  say("sha256", finding.sha256);
  const { libraries = [], problem } = options.resolution ?? {};
  for (const library of libraries) lines.push(...libraryLines(library, paint));
  if (problem !== undefined) lines.push(paint("not all libraries were searched for, over a limit", "bad"));
  for (const member of finding.members?.filter(({ signatures }) => signatures.length > 0) ?? []) {
    lines.push("", `member ${shown(member.name)}: ${member.kind}`, ...member.signatures.map(({ uuid }) => `  ${uuid}`));
  }
  if (finding.members === undefined) {
    for (const { section, allocatable, version, owner, uuid } of finding.signatures) {
      const place = section === undefined ? "a PT_NOTE segment" : `section ${shown(section)}`;
      lines.push("", paint(`OGRT signature in ${place}`, "title"));
      say("allocatable", allocatable ? "yes" : paint("no", "bad"));
      say("version", String(version));
      say("name", owner);
      say("uuid", paint(uuid, "good"));
      for (const name of options.nameOf?.(uuid) ?? []) say("known as", shown(name));
    }
  }
  const { unreadMembers, unread = [] } = finding;
  if (unread.length > 0) lines.push("", paint(`not read, over a limit: ${unread.join(", ")}`, "bad"));
  if (unreadMembers !== undefined) lines.push("", paint(`members not read: ${unreadMembers}`, "bad"));
  else if (unread.includes("notes") || unread.includes("members")) return `${lines.join("\n")}\n`;
  else if (finding.members?.length === 0) lines.push("", "no ELF members");
  else if (machine === undefined) lines.push("", "not read");
  else if (finding.signatures.length === 0) lines.push("", paint("no OGRT signature", "bad"));
  return `${lines.join("\n")}\n`;
}

function libraryLines(library: ResolvedLibrary, paint: NonNullable<FileReportOptions["paint"]>): string[] {
  const name = `${"loads:".padEnd(LABEL_WIDTH)}${shown(library.name)}`;
  if (isMissing(library)) return [`${name} => ${paint("not found", "bad")}, needed by ${shown(library.neededBy)}`];
  const identity =
    library.signatures.map(({ uuid }) => paint(uuid, "good")).join(" ") || library.buildId || "no build-id";
  return [`${name} => ${shown(library.path)} (${library.via})`, `${"".padEnd(LABEL_WIDTH + 2)}${identity}`];
}

const shown = (text: string | undefined): string => printable(text ?? "");
