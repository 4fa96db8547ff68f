/** Names of numbers in ELF files, from elf.h and the gABI. A number without a name stays a number. */
import * as elf from "./constants.js";

type Names = Readonly<Record<number, string>>;

/** Names of runs of numbers: the first number of a run, then its names in order, `-` for a number without one. */
const namesOf = (prefix: string, ...runs: [first: number, names: string][]): Names =>
  Object.fromEntries(
    runs.flatMap(([first, names]) =>
      names.split(" ").flatMap((name, index) => (name === "-" ? [] : [[first + index, prefix + name]])),
    ),
  );

const ELF_TYPES = /* @__PURE__ */ namesOf("ET_", [0, "NONE REL EXEC DYN CORE"]);

/**
 * Name of an e_type (gABI, "ELF Header"), such as `ET_DYN`.
 *
 * @example
 * ```ts
 * assert.equal(elfTypeName(3), "ET_DYN");
 * assert.equal(elfTypeName(0xfe00), 0xfe00);
 * ```
 */
export const elfTypeName = (type: number): string | number => ELF_TYPES[type] ?? type;

/** Source: elf.h of glibc, which follows the registry of the gABI. */
const MACHINES = /* @__PURE__ */ namesOf(
  "EM_",
  [0, "NONE M32 SPARC 386 68K 88K IAMCU 860 MIPS S370"],
  [10, "MIPS_RS3_LE - - - - PARISC - VPP500 SPARC32PLUS 960"],
  [20, "PPC PPC64 S390 SPU"],
  [36, "V800 FR20 RH32 RCE"],
  [40, "ARM FAKE_ALPHA SH SPARCV9 TRICORE ARC H8_300 H8_300H H8S H8_500"],
  [50, "IA_64 MIPS_X COLDFIRE 68HC12 MMA PCP NCPU NDR1 STARCORE ME16"],
  [60, "ST100 TINYJ X86_64 PDSP PDP10 PDP11 FX66 ST9PLUS ST7 68HC16"],
  [70, "68HC11 68HC08 68HC05 SVX ST19 VAX CRIS JAVELIN FIREPATH ZSP"],
  [80, "MMIX HUANY PRISM AVR FR30 D10V D30V V850 M32R MN10300"],
  [90, "MN10200 PJ OPENRISC ARC_COMPACT XTENSA VIDEOCORE TMM_GPP NS32K TPC SNP1K"],
  [100, "ST200 IP2K MAX CR F2MC16 MSP430 BLACKFIN SE_C33 SEP ARCA"],
  [110, "UNICORE EXCESS DXP ALTERA_NIOS2 CRX XGATE C166 M16C DSPIC30F CE"],
  [120, "M32C"],
  [131, "TSK3000 RS08 SHARC ECOG2 SCORE7 DSP24 VIDEOCORE3 LATTICEMICO32 SE_C17"],
  [140, "TI_C6000 TI_C2000 TI_C5500 TI_ARP32 TI_PRU"],
  [160, "MMDSP_PLUS CYPRESS_M8C R32C TRIMEDIA QDSP6 8051 STXP7X NDS32 ECOG1X MAXQ30"],
  [170, "XIMO16 MANIK CRAYNV2 RX METAG MCST_ELBRUS ECOG16 CR16 ETPU SLE9X"],
  [180, "L10M K10M - AARCH64 - AVR32 STM8 TILE64 TILEPRO MICROBLAZE"],
  [190, "CUDA TILEGX CLOUDSHIELD COREA_1ST COREA_2ND ARCV2 OPEN8 RL78 VIDEOCORE5 78KOR"],
  [200, "56800EX BA1 BA2 XCORE MCHP_PIC INTELGT"],
  [210, "KM32 KMX32 EMX16 EMX8 KVARC CDP COGE COOL NORC CSR_KALIMBA"],
  [220, "Z80 VISIUM FT32 MOXIE AMDGPU"],
  [243, "RISCV - - - BPF"],
  [251, "VE CSKY - - - - - LOONGARCH"],
  [0x9026, "ALPHA"],
);

/**
 * Name of an e_machine, such as `EM_X86_64`.
 *
 * @example
 * ```ts
 * assert.equal(machineName(183), "EM_AARCH64");
 * ```
 */
export const machineName = (machine: number): string | number => MACHINES[machine] ?? machine;

const OS_ABIS = /* @__PURE__ */ namesOf(
  "ELFOSABI_",
  [0, "NONE HPUX NETBSD GNU - - SOLARIS AIX IRIX FREEBSD"],
  [10, "TRU64 MODESTO OPENBSD OPENVMS NSK AROS FENIXOS CLOUDABI"],
  [64, "ARM_AEABI"],
  [97, "ARM"],
  [255, "STANDALONE"],
);

/**
 * Name of an e_ident[EI_OSABI], such as `ELFOSABI_GNU`.
 *
 * @example
 * ```ts
 * assert.equal(osAbiName(3), "ELFOSABI_GNU");
 * ```
 */
export const osAbiName = (osAbi: number): string | number => OS_ABIS[osAbi] ?? osAbi;

const SEGMENT_TYPES = /* @__PURE__ */ namesOf(
  "PT_",
  [0, "NULL LOAD DYNAMIC INTERP NOTE SHLIB PHDR TLS"],
  [0x6474e550, "GNU_EH_FRAME GNU_STACK GNU_RELRO GNU_PROPERTY GNU_SFRAME"],
  [0x65a3dbe6, "OPENBSD_RANDOMIZE"],
  [0x6ffffffa, "SUNWBSS SUNWSTACK"],
);

/** Numbers from PT_LOPROC up mean something else on every processor (each psABI). */
const PROCESSOR_SEGMENT_TYPES: Readonly<Record<number, Names>> = {
  [elf.EM_MIPS]: /* @__PURE__ */ namesOf("PT_", [0x70000000, "MIPS_REGINFO MIPS_RTPROC MIPS_OPTIONS MIPS_ABIFLAGS"]),
  [elf.EM_ARM]: /* @__PURE__ */ namesOf("PT_", [0x70000001, "ARM_EXIDX"]),
  [elf.EM_AARCH64]: /* @__PURE__ */ namesOf("PT_", [0x70000002, "AARCH64_MEMTAG_MTE"]),
  [elf.EM_RISCV]: /* @__PURE__ */ namesOf("PT_", [0x70000003, "RISCV_ATTRIBUTES"]),
};

/**
 * Name of a p_type, such as `PT_LOAD`. Processor-specific types need the file's e_machine.
 *
 * @example
 * ```ts
 * assert.equal(segmentTypeName(0x6474e551), "PT_GNU_STACK");
 * ```
 */
export const segmentTypeName = (type: number, machine = 0): string | number =>
  PROCESSOR_SEGMENT_TYPES[machine]?.[type] ?? SEGMENT_TYPES[type] ?? type;

const SECTION_TYPES = /* @__PURE__ */ namesOf(
  "SHT_",
  [0, "NULL PROGBITS SYMTAB STRTAB RELA HASH DYNAMIC NOTE NOBITS REL"],
  [10, "SHLIB DYNSYM - - INIT_ARRAY FINI_ARRAY PREINIT_ARRAY GROUP SYMTAB_SHNDX RELR"],
  [0x6ffffff5, "GNU_ATTRIBUTES GNU_HASH GNU_LIBLIST CHECKSUM - - - - GNU_verdef GNU_verneed"],
  [0x6fffffff, "GNU_versym"],
);

const PROCESSOR_SECTION_TYPES: Readonly<Record<number, Names>> = {
  [elf.EM_MIPS]: /* @__PURE__ */ namesOf(
    "SHT_",
    [0x70000006, "MIPS_REGINFO"],
    [0x7000000d, "MIPS_OPTIONS"],
    [0x7000001e, "MIPS_DWARF"],
    [0x7000002a, "MIPS_ABIFLAGS"],
  ),
  [elf.EM_ARM]: /* @__PURE__ */ namesOf("SHT_", [0x70000001, "ARM_EXIDX ARM_PREEMPTMAP ARM_ATTRIBUTES"]),
  [elf.EM_RISCV]: /* @__PURE__ */ namesOf("SHT_", [0x70000003, "RISCV_ATTRIBUTES"]),
  [elf.EM_X86_64]: /* @__PURE__ */ namesOf("SHT_", [0x70000001, "X86_64_UNWIND"]),
};

/**
 * Name of a sh_type, such as `SHT_PROGBITS`. Processor-specific types need the file's e_machine.
 *
 * @example
 * ```ts
 * assert.equal(sectionTypeName(7), "SHT_NOTE");
 * ```
 */
export const sectionTypeName = (type: number, machine = 0): string | number =>
  PROCESSOR_SECTION_TYPES[machine]?.[type] ?? SECTION_TYPES[type] ?? type;
