import { existsSync, readFileSync } from "node:fs";

/** Directories and tokens of the loader that depend on machine and distribution. */
export interface Platform {
  /** Value of $LIB. */
  lib: string;
  /** Value of $PLATFORM. */
  platform: string;
  /** Directories that the loader searches last. */
  defaultDirectories: string[];
  /** Subdirectories that the loader searches before each directory, best first. */
  hwcaps: string[];
}

/** Debian's multiarch directories. */
const TRIPLETS: Readonly<Record<string, string>> = {
  EM_X86_64: "x86_64-linux-gnu",
  EM_386: "i386-linux-gnu",
  EM_AARCH64: "aarch64-linux-gnu",
  EM_ARM: "arm-linux-gnueabihf",
  EM_PPC64: "powerpc64le-linux-gnu",
  EM_PPC: "powerpc-linux-gnu",
  EM_RISCV: "riscv64-linux-gnu",
  EM_S390: "s390x-linux-gnu",
};
const PLATFORMS: Readonly<Record<string, string>> = { EM_X86_64: "x86_64", EM_AARCH64: "aarch64", EM_386: "i686" };

/** The platform of the loader on this host, for programs of a machine and word size. */
export function platformOf(machine: string, bits: 32 | 64): Platform {
  const triplet = TRIPLETS[machine];
  const multiarch = triplet !== undefined && existsSync(`/usr/lib/${triplet}`);
  const lib = multiarch ? `lib/${triplet}` : bits === 64 && existsSync("/lib64") ? "lib64" : "lib";
  return {
    lib,
    platform: PLATFORMS[machine] ?? machine.replace("EM_", "").toLowerCase(),
    defaultDirectories: [...new Set([`/${lib}`, `/usr/${lib}`, "/lib", "/usr/lib"])],
    hwcaps: machine === "EM_X86_64" ? levels().map((level) => `glibc-hwcaps/${level}`) : [],
  };
}

/** Flags of /proc/cpuinfo that the levels of the x86-64 psABI require. */
const LEVELS: [level: string, flags: string][] = [
  ["x86-64-v2", "cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3"],
  ["x86-64-v3", "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"],
  ["x86-64-v4", "avx512f avx512bw avx512cd avx512dq avx512vl"],
];

/** Levels that this processor supports, best first. */
function levels(): string[] {
  let flags: Set<string>;
  try {
    flags = new Set(/^flags\s*: (.*)$/m.exec(readFileSync("/proc/cpuinfo", "latin1"))?.[1]?.split(" "));
  } catch {
    return [];
  }
  const has: string[] = [];
  for (const [level, needed] of LEVELS) {
    if (!needed.split(" ").every((flag) => flags.has(flag))) break;
    has.unshift(level);
  }
  return has;
}
