import { statSync } from "node:fs";
import { bytesToText, textToBytes } from "../text/escape.js";

/**
 * A path with one character for each byte (Latin-1). Linux file names have no encoding, so this form loses nothing; for
 * plain ASCII it costs nothing.
 */
export type RawPath = string;

const NON_ASCII = /[^\x00-\x7f]/;

/** The path as an argument for node:fs, which encodes strings as UTF-8. */
export function openable(path: RawPath): string | Buffer {
  return NON_ASCII.test(path) ? Buffer.from(path, "latin1") : path;
}

/** The path as reversible text, for people, JSON and errors. */
export function rawToText(path: RawPath): string {
  return NON_ASCII.test(path) || path.includes("\\") ? bytesToText(Buffer.from(path, "latin1")) : path;
}

/** A raw path from a program's argument or a path of Node, which are UTF-8. */
export const rawFromArgument = (argument: string | Buffer): RawPath =>
  (typeof argument === "string" ? Buffer.from(argument) : argument).toString("latin1");

/** A raw path from reversible text, such as a path in a catalogue. */
export const rawFromText = (text: string): RawPath => Buffer.from(textToBytes(text)).toString("latin1");

/** Whether the path is a directory, after following symbolic links; false when it cannot be read. */
export function isDirectory(path: RawPath): boolean {
  try {
    return statSync(openable(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
