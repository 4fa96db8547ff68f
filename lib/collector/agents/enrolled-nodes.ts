import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { unreadable } from "../../files/file-errors.js";

/** A line has about a hundred bytes. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const LINE = /^(?<node>[\w.-]{1,253})\s+sha256:(?<hash>[0-9a-f]{64})$/;
/** Of the token of a node that is not enrolled: it takes as long to be refused as a wrong token. */
const NO_HASH = Buffer.alloc(32);

/**
 * The nodes whose agents may deliver: a file with a line for each, its name and the SHA-256 of its token, as
 * `ogrt-agent --enrol` prints it. It is read again when it has changed.
 */
export class EnrolledNodes {
  readonly #path: string;
  readonly #onProblem: (sentence: string) => void;
  #version = "";
  #hashes: ReadonlyMap<string, Buffer> = new Map();

  /** @throws {@link OgrtError} FILE_UNREADABLE. */
  constructor(path: string, onProblem: (sentence: string) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
    try {
      this.#read();
    } catch (error) {
      throw error instanceof OgrtError ? error : unreadable(path, error);
    }
  }

  /** Whether a token is that of a node. */
  has(node: string, token: string): boolean {
    try {
      this.#read();
    } catch (error) {
      // Those that were enrolled before stay.
      this.#onProblem(`the nodes stay as they were: ${(error as Error).message}`);
    }
    const hash = this.#hashes.get(node);
    const isSame = timingSafeEqual(createHash("sha256").update(token).digest(), hash ?? NO_HASH);
    return hash !== undefined && isSame;
  }

  #read(): void {
    const status = statSync(this.#path);
    const version = `${status.ino} ${status.size} ${status.mtimeMs}`;
    if (version === this.#version) return;
    // A file with a mistake is not read again until it changes.
    this.#version = version;
    const refuse = (sentence: string) => new OgrtError("FILE_UNREADABLE", sentence, { path: this.#path });
    if (!status.isFile() || status.size > MAX_FILE_BYTES) throw refuse(`is no file of at most ${MAX_FILE_BYTES} bytes`);
    if ((status.mode & 0o022) !== 0) throw refuse("other users may change it, and enrol nodes");
    const hashes = new Map<string, Buffer>();
    for (const [index, text] of readFileSync(this.#path, "utf8").split("\n").entries()) {
      const line = text.trim();
      if (line === "" || line.startsWith("#")) continue;
      const { node, hash } = LINE.exec(line)?.groups ?? {};
      if (node === undefined || hash === undefined) throw refuse(`line ${index + 1} is not NODE sha256:HASH`);
      hashes.set(node, Buffer.from(hash, "hex"));
    }
    this.#hashes = hashes;
  }
}
