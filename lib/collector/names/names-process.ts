import { spawn } from "node:child_process";
import { entryFile } from "../threads/entry.js";
import { NamesOutput } from "./names-output.js";
import type { NamesRead, NamesSettings } from "./protocol.js";

/** Heap of the names process, which reads files that may be writable for everyone. */
const MAX_HEAP_MB = 512;
/** A process that shows no life for this time is killed: it waits for a dead file server. One source may take a minute. */
const HANG_TIMEOUT_MS = 120_000;
const MAX_ERROR_CHARACTERS = 500;

export interface NamesProcessEvents {
  readonly onNames: (names: NamesRead) => void;
  /** The process has ended without names; not called after `kill`. */
  readonly onFailure: (reason: string) => void;
}

/** A process that reads the sources of names once, after they have changed. */
export class NamesProcess {
  readonly kill: () => void;

  constructor(settings: NamesSettings, { onNames, onFailure }: NamesProcessEvents) {
    const arguments_ = [`--max-old-space-size=${MAX_HEAP_MB}`, entryFile("names-child"), JSON.stringify(settings)];
    const child = spawn(process.execPath, arguments_, { stdio: ["pipe", "pipe", "pipe"], env: {} });
    const output = new NamesOutput();
    let isOver = false;
    let names: NamesRead | undefined;
    let failure = "";
    let printed = "";
    const stopReading = (reason: string) => {
      failure ||= reason;
      clearTimeout(timer);
      child.kill("SIGKILL");
      // A process that hangs may outlive the collector.
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const expectLife = () =>
      setTimeout(() => stopReading(`no answer for ${HANG_TIMEOUT_MS / 1000} s`), HANG_TIMEOUT_MS).unref();
    let timer = expectLife();
    this.kill = () => {
      isOver = true;
      stopReading("");
    };
    child.stdin.on("error", () => {});
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(0, MAX_ERROR_CHARACTERS);
    });
    child.stdout.on("data", (piece: Buffer) => {
      clearTimeout(timer);
      timer = expectLife();
      try {
        names = output.push(piece) ?? names;
      } catch (error) {
        stopReading((error as Error).message);
      }
    });
    const onEnd = (reason: string) => {
      clearTimeout(timer);
      if (isOver) return;
      isOver = true;
      if (names === undefined) onFailure(failure || reason);
      else onNames(names);
    };
    child.on("error", (error) => onEnd(error.message));
    child.on("close", (code, signal) => onEnd(printed.trim() || `the names process ended with ${code ?? signal}`));
  }
}
