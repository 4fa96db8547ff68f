import type { Fields } from "../fields.js";
import type { ElfHeader } from "../header.js";

/** How to read the notes of one owner and type. */
export interface NoteKind<N extends { readonly kind: string }> {
  /** Owner of the note, which gives its type a meaning. */
  readonly owner: string;
  readonly type: number;
  /** What a descriptor says; undefined when it does not have the layout of this kind. */
  readonly decode: (descriptor: Uint8Array, fields: Fields, header: ElfHeader) => N | undefined;
  /** A line for people, which ogrt-inspect prints behind the owner. */
  readonly summary?: (note: N) => string;
  /** A file may hold thousands of such notes: ogrt-inspect counts them without reading their descriptors. */
  readonly isNumerous?: true;
}
