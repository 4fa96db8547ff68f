import * as elf from "../constants.js";
import type { NoteKind } from "./note-kind.js";

/** Requirements and abilities of the code (NT_GNU_PROPERTY_TYPE_0: Linux Extensions to gABI; each psABI). */
export interface PropertyNote {
  kind: "GNU property";
  properties: Property[];
}

export interface Property {
  /** pr_type. */
  type: number;
  /** What the type means, where it is known. */
  name?:
    | "x86 features"
    | "x86 ISA needed"
    | "x86 ISA used"
    | "AArch64 features"
    | "stack size"
    | "no copy on protected";
  /** Names of the bits that are set; a bit without a name as its number in hexadecimal. */
  flags?: string[];
  /** pr_data. */
  data: Uint8Array;
}

const X86_FEATURES = ["IBT", "SHSTK", "LAM_U48", "LAM_U57"];
const X86_ISA = ["x86-64-baseline", "x86-64-v2", "x86-64-v3", "x86-64-v4"];
const AARCH64_FEATURES = ["BTI", "PAC", "GCS"];

type Meaning = Pick<Property, "name"> & { bits?: readonly string[] };

const GENERAL: Readonly<Record<number, Meaning>> = {
  [elf.GNU_PROPERTY_STACK_SIZE]: { name: "stack size" },
  [elf.GNU_PROPERTY_NO_COPY_ON_PROTECTED]: { name: "no copy on protected" },
};
const X86: Readonly<Record<number, Meaning>> = {
  [elf.GNU_PROPERTY_X86_FEATURE_1_AND]: { name: "x86 features", bits: X86_FEATURES },
  [elf.GNU_PROPERTY_X86_ISA_1_NEEDED]: { name: "x86 ISA needed", bits: X86_ISA },
  [elf.GNU_PROPERTY_X86_ISA_1_USED]: { name: "x86 ISA used", bits: X86_ISA },
};
const AARCH64: Readonly<Record<number, Meaning>> = {
  [elf.GNU_PROPERTY_AARCH64_FEATURE_1_AND]: { name: "AArch64 features", bits: AARCH64_FEATURES },
};

const BY_MACHINE: Readonly<Record<number, typeof GENERAL>> = {
  [elf.EM_X86_64]: X86,
  [elf.EM_386]: X86,
  [elf.EM_AARCH64]: AARCH64,
};

/** A list of pr_type, pr_datasz and pr_data, padded to the word size of the class. */
export const PropertyNote: NoteKind<PropertyNote> = {
  owner: elf.GNU_OWNER,
  type: elf.NT_GNU_PROPERTY_TYPE_0,
  decode(descriptor, fields, header) {
    const align = header.bits / 8;
    const properties: Property[] = [];
    for (let at = 0; at < descriptor.length; ) {
      const rest = descriptor.length - at - 8;
      if (rest < 0) return undefined;
      const type = fields.u32(at);
      const size = fields.u32(at + 4);
      if (size > rest) return undefined;
      const { name, bits } = BY_MACHINE[header.machine]?.[type] ?? GENERAL[type] ?? {};
      properties.push({
        type,
        ...(name !== undefined && { name }),
        ...(bits !== undefined && size >= 4 && { flags: flagNames(fields.u32(at + 8), bits) }),
        data: descriptor.slice(at + 8, at + 8 + size),
      });
      at += 8 + Math.ceil(size / align) * align;
    }
    return { kind: "GNU property", properties };
  },
};

function flagNames(bits: number, names: readonly string[]): string[] {
  const flags: string[] = [];
  for (let index = 0; index < 32; index++) {
    if (((bits >>> index) & 1) === 1) flags.push(names[index] ?? `0x${(2 ** index).toString(16)}`);
  }
  return flags;
}
