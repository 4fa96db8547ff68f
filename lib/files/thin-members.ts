import { realpathSync } from "node:fs";
import { type ArchiveMember, memberAt, type Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { textToBytes } from "../text/escape.js";
import { unreadable } from "./file-errors.js";
import { FileSource } from "./file-source.js";
import type { Refusal } from "./guard-options.js";
import { openGuarded } from "./guarded.js";
import { openable, type RawPath, rawFromArgument, rawToText } from "./raw-path.js";

const REASONS: Readonly<Record<Refusal, string>> = {
  missing: "there is no such file",
  permission: "permission denied",
  "not-regular": "not a regular file",
  "outside-roots": "outside of the directory",
  excluded: "excluded",
  "pseudo-file-system": "on a file system without programs",
  avoided: "in a mount that is avoided",
  "limit-exceeded": "its path has too many steps",
  automount: "below an automount point",
  "io-error": "input/output error",
};

/**
 * Opens the members of a thin archive, which are files of their own. Their names are hostile input: only regular files
 * below a root, after links are resolved, are opened. Linux only.
 */
export class ThinMembers {
  readonly #archive: RawPath;
  readonly #directory: RawPath;
  readonly #root: RawPath;
  #realRoot: string | undefined;
  #current: FileSource | undefined;

  /**
   * @param archive - path of the archive; names of members are relative to its directory.
   * @param root - directory below which members may lie.
   */
  constructor(archive: RawPath, root: RawPath) {
    this.#archive = archive;
    const absolute = archive.startsWith("/") ? archive : `${rawFromArgument(process.cwd())}/${archive}`;
    this.#directory = absolute.slice(0, absolute.lastIndexOf("/") + 1);
    this.#root = root;
  }

  /**
   * The content of a member, valid until the next one is opened.
   *
   * @throws `OgrtError` MEMBER_UNREAD, or MALFORMED_ARCHIVE for a part of another archive that is not there.
   */
  open({ name, offset, origin }: ArchiveMember): Source {
    this.close();
    const unread = (why: string) =>
      new OgrtError("MEMBER_UNREAD", `member ${name} was not read: ${why}`, {
        path: rawToText(this.#archive),
        offset,
        value: name,
      });
    this.#realRoot ??= realpathSync(openable(this.#root));
    const path = Buffer.from(textToBytes(name));
    const absolute = path[0] === SLASH ? path : Buffer.concat([Buffer.from(this.#directory, "latin1"), path]);
    const found = this.#find(absolute, this.#realRoot);
    if (typeof found === "string") {
      throw unread(found === "outside-roots" ? `${REASONS[found]} ${this.#realRoot}` : REASONS[found]);
    }
    this.#current = new FileSource(
      found.descriptor,
      Number(found.identity.size),
      `${rawToText(this.#archive)}(${name})`,
    );
    return origin === undefined ? this.#current : memberAt(this.#current, origin);
  }

  #find(path: Buffer, root: string) {
    try {
      return openGuarded(path, { roots: [root], fuse: "all" });
    } catch (cause) {
      throw unreadable(rawToText(this.#archive), cause);
    }
  }

  close(): void {
    this.#current?.close();
    this.#current = undefined;
  }
}

const SLASH = 0x2f;
