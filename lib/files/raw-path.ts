import { statSync } from "node:fs";
import { bytesToText, textToBytes } from "../text/escape.js";

/**
 * A path with one character for each byte (Latin-1): Linux gives names no encoding, so this form loses nothing, and as
 * long as it is plain ASCII it costs nothing either.
 */
export type RawPath = string;

const NON_ASCII = /[^\x00-\x7f]/;

/** For the functions of node:fs, which would encode a string as UTF-8. */
export function openable(path: RawPath): string | Buffer {
  return NON_ASCII.test(path) ? Buffer.from(path, "latin1") : path;
}

/** As reversible text, for people, JSON and errors. */
export function rawToText(path: RawPath): string {
  return NON_ASCII.test(path) || path.includes("\\") ? bytesToText(Buffer.from(path, "latin1")) : path;
}

/** From what a program's argument or Node's own paths hold: UTF-8. */
export const rawFromArgument = (argument: string | Buffer): RawPath =>
  (typeof argument === "string" ? Buffer.from(argument) : argument).toString("latin1");

/** From reversible text, such as a path in a catalogue. */
export const rawFromText = (text: string): RawPath => Buffer.from(textToBytes(text)).toString("latin1");

/** Whether the path leads to a directory, through symbolic links; false when nothing can be said. */
export function isDirectory(path: RawPath): boolean {
  try {
    return statSync(openable(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
