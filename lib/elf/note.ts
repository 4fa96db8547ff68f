/** One note (gABI, "Note Section"). Its descriptor is read on demand by `noteDescriptor`. */
export interface Note {
  /** Owner ("name" in the gABI) without its terminating NULs, as reversible text. */
  owner: string;
  /** Meaningful only together with the owner. */
  type: number;
  /** File offset of the note's first word. */
  offset: number;
  descriptorOffset: number;
  /** descsz: bytes of the descriptor, without padding. */
  descriptorSize: number;
  /** Name of the section the note was found in. */
  section?: string;
  /** Index of the PT_NOTE segment the note was found through, where no section holds it. */
  segment?: number;
  /** Whether the note is in memory at run time. */
  allocatable: boolean;
}
