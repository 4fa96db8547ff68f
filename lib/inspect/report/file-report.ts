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
  /** Leave out everything but the signatures. */
  signaturesOnly?: boolean;
}

type Paint = NonNullable<FileReportOptions["paint"]>;

const LABEL_WIDTH = 14;

/** All facts about one file, for a person. */
export function fileReport(finding: FileFinding, options: FileReportOptions = {}): string {
  const paint = options.paint ?? ((text) => text);
  const { members = [], signatures, unreadMembers, unread = [] } = finding;
  const lines = options.signaturesOnly ? [] : factLines(finding, options.resolution, paint);
  for (const member of members.filter(({ signatures }) => signatures.length > 0)) {
    lines.push("", `member ${shown(member.name)}: ${member.kind}`, ...member.signatures.map(({ uuid }) => `  ${uuid}`));
  }
  if (finding.members === undefined) {
    for (const { section, allocatable, version, owner, uuid } of signatures) {
      const place = section === undefined ? "a PT_NOTE segment" : `section ${shown(section)}`;
      lines.push(
        ...["", paint(`OGRT signature in ${place}`, "title")],
        fact("allocatable", allocatable ? "yes" : paint("no", "bad")),
        fact("version", String(version)),
        fact("name", owner),
        fact("uuid", paint(uuid, "good")),
        ...(options.nameOf?.(uuid) ?? []).map((name) => fact("known as", shown(name))),
      );
    }
  }
  if (unread.length > 0) lines.push("", paint(`not read, over a limit: ${unread.join(", ")}`, "bad"));
  if (unreadMembers !== undefined) lines.push("", paint(`members not read: ${unreadMembers}`, "bad"));
  else if (!unread.includes("notes") && !unread.includes("members")) {
    if (finding.members?.length === 0) lines.push("", "no ELF members");
    else if (finding.machine === undefined) lines.push("", "not read");
    else if (signatures.length === 0) lines.push("", paint("no OGRT signature", "bad"));
  }
  if (options.signaturesOnly && lines[0] === "") lines.shift();
  return lines.map((line) => `${line}\n`).join("");
}

const fact = (name: string, value: string) => `${`${name}:`.padEnd(LABEL_WIDTH)}${value}`;

function factLines(finding: FileFinding, resolution: Resolution | undefined, paint: Paint): string[] {
  const lines: string[] = [];
  const say = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") lines.push(fact(name, value));
  };
  const { hardening } = finding;
  const { kind, machine, bits, byteOrder } = finding;
  say("kind", machine === undefined ? kind : `${kind}, ${machine.replace("EM_", "")}, ${bits}-bit ${byteOrder}-endian`);
  say("compression", finding.compression);
  say("interpreter", shown(finding.interpreter));
  say("build-id", finding.buildId);
  say("package", shown(packageName(finding.package)));
  say("soname", shown(finding.soname));
  if (resolution === undefined) for (const name of finding.needed) say("needs", shown(name));
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
  const { libraries = [], problem } = resolution ?? {};
  for (const library of libraries) lines.push(...libraryLines(library, paint));
  if (problem !== undefined) lines.push(paint("not all libraries were searched for, over a limit", "bad"));
  return lines;
}

function libraryLines(library: ResolvedLibrary, paint: Paint): string[] {
  const name = `${"loads:".padEnd(LABEL_WIDTH)}${shown(library.name)}`;
  if (isMissing(library)) return [`${name} => ${paint("not found", "bad")}, needed by ${shown(library.neededBy)}`];
  const identity =
    library.signatures.map(({ uuid }) => paint(uuid, "good")).join(" ") || library.buildId || "no build-id";
  return [`${name} => ${shown(library.path)} (${library.via})`, `${"".padEnd(LABEL_WIDTH + 2)}${identity}`];
}

const shown = (text: string | undefined): string => printable(text ?? "");
