import * as elf from "../elf/constants.js";
import { OgrtError } from "../errors.js";

/** An instruction set and ABI: what the header of a relocatable object states. */
export interface Target {
  name: TargetName;
  bits: 32 | 64;
  byteOrder: "little" | "big";
  /** e_machine (gABI, "ELF Header"). */
  machine: number;
  /**
   * e_flags, for linkers that refuse or warn about objects of another ABI. Holds only the flags that every object of this
   * ABI has: the linker adds the others from its other inputs.
   */
  flags: number;
  /** The feature property that a linker keeps in its output only if every input has it. */
  property?: FeatureProperty;
}

/** An element of a `.note.gnu.property` whose bits are ANDed over all inputs of a link. */
export interface FeatureProperty {
  /** pr_type. */
  type: number;
  /** pr_data: a 4-byte word. */
  bits: number;
}

/** IBT and SHSTK (x86-64 psABI, "Program Property"). */
const CET: FeatureProperty = { type: elf.GNU_PROPERTY_X86_FEATURE_1_AND, bits: 0b11 };
/** BTI, PAC and GCS (AArch64 ELF ABI, "Program Property"). */
const BTI_PAC_GCS: FeatureProperty = { type: elf.GNU_PROPERTY_AARCH64_FEATURE_1_AND, bits: 0b111 };

const TARGETS = {
  x86_64: { bits: 64, byteOrder: "little", machine: elf.EM_X86_64, flags: 0, property: CET },
  i386: { bits: 32, byteOrder: "little", machine: elf.EM_386, flags: 0, property: CET },
  aarch64: { bits: 64, byteOrder: "little", machine: elf.EM_AARCH64, flags: 0, property: BTI_PAC_GCS },
  // EABI version 5. Attributes state the floating-point ABI; an object without code needs none.
  armhf: { bits: 32, byteOrder: "little", machine: elf.EM_ARM, flags: 0x0500_0000 },
  // ABI version 2. Big-endian ppc64 uses both ABIs, and 0 is compatible with either.
  ppc64le: { bits: 64, byteOrder: "little", machine: elf.EM_PPC64, flags: 2 },
  ppc64: { bits: 64, byteOrder: "big", machine: elf.EM_PPC64, flags: 0 },
  powerpc: { bits: 32, byteOrder: "big", machine: elf.EM_PPC, flags: 0 },
  // EF_RISCV_FLOAT_ABI_DOUBLE: the ABI (lp64d) of all distributions.
  riscv64: { bits: 64, byteOrder: "little", machine: elf.EM_RISCV, flags: 4 },
  s390x: { bits: 64, byteOrder: "big", machine: elf.EM_S390, flags: 0 },
  // Base ABI lp64d (3) and object ABI version 1 (0x40).
  loongarch64: { bits: 64, byteOrder: "little", machine: elf.EM_LOONGARCH, flags: 0x43 },
} as const satisfies Record<string, Omit<Target, "name">>;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];

/** Other names of the same targets: those of uname, Debian, Node and compiler triplets. */
const ALIASES: Partial<Record<TargetName, readonly string[]>> = {
  x86_64: ["amd64", "x64"],
  i386: ["i486", "i586", "i686", "ia32", "x86"],
  aarch64: ["arm64"],
  armhf: ["arm", "armv7", "armv7a", "armv7l", "armv8l"],
  ppc64le: ["powerpc64le", "ppc64el"],
  ppc64: ["powerpc64"],
  powerpc: ["ppc"],
  loongarch64: ["loong64"],
};

/**
 * The target of a name such as `aarch64`, `arm64` or `aarch64-linux-gnu`.
 *
 * @throws {@link OgrtError} INVALID_TARGET when the target is not supported.
 */
export function findTarget(name: string): Target {
  const target = knownTarget(name);
  if (target === undefined) {
    throw new OgrtError("INVALID_TARGET", `"${name}" is not one of the targets ${TARGET_NAMES.join(", ")}`, {
      value: name,
    });
  }
  return target;
}

/** As {@link findTarget}, with undefined for an unknown name. */
export function knownTarget(name: string): Target | undefined {
  const architecture = name.toLowerCase().split("-", 1)[0] ?? "";
  const known = TARGET_NAMES.find((target) => target === architecture || ALIASES[target]?.includes(architecture));
  return known && { name: known, ...TARGETS[known] };
}
