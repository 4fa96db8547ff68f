/** One note (gABI, "Note Section"). `noteDescriptor` reads its descriptor. */
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
  /** Name of the section that holds the note. */
  section?: string;
  /** Index of the PT_NOTE segment that holds the note, where no section does. */
  segment?: number;
  /** Whether the note is in memory at run time. */
  allocatable: boolean;
}
