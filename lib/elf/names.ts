/** Names of numbers in ELF files, from elf.h and the gABI. A number without a name stays a number. */
import * as elf from "./constants.js";

type Names = Readonly<Record<number, string>>;

const named = (names: Names, prefix: string, value: number): string | number => {
  const name = names[value];
  return name === undefined ? value : prefix + name;
};

const ELF_TYPES: Names = { 0: "NONE", 1: "REL", 2: "EXEC", 3: "DYN", 4: "CORE" };

/**
 * Name of an e_type (gABI, "ELF Header"), such as `ET_DYN`.
 *
 * @example
 * ```ts
 * assert.equal(elfTypeName(3), "ET_DYN");
 * assert.equal(elfTypeName(0xfe00), 0xfe00);
 * ```
 */
export const elfTypeName = (type: number): string | number => named(ELF_TYPES, "ET_", type);

/** Source: elf.h of glibc, which follows the registry of the gABI. */
const MACHINES: Names = {
  0: "NONE",
  1: "M32",
  2: "SPARC",
  3: "386",
  4: "68K",
  5: "88K",
  6: "IAMCU",
  7: "860",
  8: "MIPS",
  9: "S370",
  10: "MIPS_RS3_LE",
  15: "PARISC",
  17: "VPP500",
  18: "SPARC32PLUS",
  19: "960",
  20: "PPC",
  21: "PPC64",
  22: "S390",
  23: "SPU",
  36: "V800",
  37: "FR20",
  38: "RH32",
  39: "RCE",
  40: "ARM",
  41: "FAKE_ALPHA",
  42: "SH",
  43: "SPARCV9",
  44: "TRICORE",
  45: "ARC",
  46: "H8_300",
  47: "H8_300H",
  48: "H8S",
  49: "H8_500",
  50: "IA_64",
  51: "MIPS_X",
  52: "COLDFIRE",
  53: "68HC12",
  54: "MMA",
  55: "PCP",
  56: "NCPU",
  57: "NDR1",
  58: "STARCORE",
  59: "ME16",
  60: "ST100",
  61: "TINYJ",
  62: "X86_64",
  63: "PDSP",
  64: "PDP10",
  65: "PDP11",
  66: "FX66",
  67: "ST9PLUS",
  68: "ST7",
  69: "68HC16",
  70: "68HC11",
  71: "68HC08",
  72: "68HC05",
  73: "SVX",
  74: "ST19",
  75: "VAX",
  76: "CRIS",
  77: "JAVELIN",
  78: "FIREPATH",
  79: "ZSP",
  80: "MMIX",
  81: "HUANY",
  82: "PRISM",
  83: "AVR",
  84: "FR30",
  85: "D10V",
  86: "D30V",
  87: "V850",
  88: "M32R",
  89: "MN10300",
  90: "MN10200",
  91: "PJ",
  92: "OPENRISC",
  93: "ARC_COMPACT",
  94: "XTENSA",
  95: "VIDEOCORE",
  96: "TMM_GPP",
  97: "NS32K",
  98: "TPC",
  99: "SNP1K",
  100: "ST200",
  101: "IP2K",
  102: "MAX",
  103: "CR",
  104: "F2MC16",
  105: "MSP430",
  106: "BLACKFIN",
  107: "SE_C33",
  108: "SEP",
  109: "ARCA",
  110: "UNICORE",
  111: "EXCESS",
  112: "DXP",
  113: "ALTERA_NIOS2",
  114: "CRX",
  115: "XGATE",
  116: "C166",
  117: "M16C",
  118: "DSPIC30F",
  119: "CE",
  120: "M32C",
  131: "TSK3000",
  132: "RS08",
  133: "SHARC",
  134: "ECOG2",
  135: "SCORE7",
  136: "DSP24",
  137: "VIDEOCORE3",
  138: "LATTICEMICO32",
  139: "SE_C17",
  140: "TI_C6000",
  141: "TI_C2000",
  142: "TI_C5500",
  143: "TI_ARP32",
  144: "TI_PRU",
  160: "MMDSP_PLUS",
  161: "CYPRESS_M8C",
  162: "R32C",
  163: "TRIMEDIA",
  164: "QDSP6",
  165: "8051",
  166: "STXP7X",
  167: "NDS32",
  168: "ECOG1X",
  169: "MAXQ30",
  170: "XIMO16",
  171: "MANIK",
  172: "CRAYNV2",
  173: "RX",
  174: "METAG",
  175: "MCST_ELBRUS",
  176: "ECOG16",
  177: "CR16",
  178: "ETPU",
  179: "SLE9X",
  180: "L10M",
  181: "K10M",
  183: "AARCH64",
  185: "AVR32",
  186: "STM8",
  187: "TILE64",
  188: "TILEPRO",
  189: "MICROBLAZE",
  190: "CUDA",
  191: "TILEGX",
  192: "CLOUDSHIELD",
  193: "COREA_1ST",
  194: "COREA_2ND",
  195: "ARCV2",
  196: "OPEN8",
  197: "RL78",
  198: "VIDEOCORE5",
  199: "78KOR",
  200: "56800EX",
  201: "BA1",
  202: "BA2",
  203: "XCORE",
  204: "MCHP_PIC",
  205: "INTELGT",
  210: "KM32",
  211: "KMX32",
  212: "EMX16",
  213: "EMX8",
  214: "KVARC",
  215: "CDP",
  216: "COGE",
  217: "COOL",
  218: "NORC",
  219: "CSR_KALIMBA",
  220: "Z80",
  221: "VISIUM",
  222: "FT32",
  223: "MOXIE",
  224: "AMDGPU",
  243: "RISCV",
  247: "BPF",
  251: "VE",
  252: "CSKY",
  258: "LOONGARCH",
  36902: "ALPHA",
};

/**
 * Name of an e_machine, such as `EM_X86_64`.
 *
 * @example
 * ```ts
 * assert.equal(machineName(183), "EM_AARCH64");
 * ```
 */
export const machineName = (machine: number): string | number => named(MACHINES, "EM_", machine);

const OS_ABIS: Names = {
  0: "NONE",
  1: "HPUX",
  2: "NETBSD",
  3: "GNU",
  6: "SOLARIS",
  7: "AIX",
  8: "IRIX",
  9: "FREEBSD",
  10: "TRU64",
  11: "MODESTO",
  12: "OPENBSD",
  13: "OPENVMS",
  14: "NSK",
  15: "AROS",
  16: "FENIXOS",
  17: "CLOUDABI",
  64: "ARM_AEABI",
  97: "ARM",
  255: "STANDALONE",
};

/**
 * Name of an e_ident[EI_OSABI], such as `ELFOSABI_GNU`.
 *
 * @example
 * ```ts
 * assert.equal(osAbiName(3), "ELFOSABI_GNU");
 * ```
 */
export const osAbiName = (osAbi: number): string | number => named(OS_ABIS, "ELFOSABI_", osAbi);

const SEGMENT_TYPES: Names = {
  0: "NULL",
  1: "LOAD",
  2: "DYNAMIC",
  3: "INTERP",
  4: "NOTE",
  5: "SHLIB",
  6: "PHDR",
  7: "TLS",
  1685382480: "GNU_EH_FRAME",
  1685382481: "GNU_STACK",
  1685382482: "GNU_RELRO",
  1685382483: "GNU_PROPERTY",
  1685382484: "GNU_SFRAME",
  1705237478: "OPENBSD_RANDOMIZE",
  1879048186: "SUNWBSS",
  1879048187: "SUNWSTACK",
};

/** Numbers from PT_LOPROC up mean something else on every processor (each psABI). */
const PROCESSOR_SEGMENT_TYPES: Readonly<Record<number, Names>> = {
  [elf.EM_MIPS]: {
    1879048192: "MIPS_REGINFO",
    1879048193: "MIPS_RTPROC",
    1879048194: "MIPS_OPTIONS",
    1879048195: "MIPS_ABIFLAGS",
  },
  [elf.EM_ARM]: { 1879048193: "ARM_EXIDX" },
  [elf.EM_AARCH64]: { 1879048194: "AARCH64_MEMTAG_MTE" },
  [elf.EM_RISCV]: { 1879048195: "RISCV_ATTRIBUTES" },
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
  named({ ...SEGMENT_TYPES, ...PROCESSOR_SEGMENT_TYPES[machine] }, "PT_", type);

const SECTION_TYPES: Names = {
  0: "NULL",
  1: "PROGBITS",
  2: "SYMTAB",
  3: "STRTAB",
  4: "RELA",
  5: "HASH",
  6: "DYNAMIC",
  7: "NOTE",
  8: "NOBITS",
  9: "REL",
  10: "SHLIB",
  11: "DYNSYM",
  14: "INIT_ARRAY",
  15: "FINI_ARRAY",
  16: "PREINIT_ARRAY",
  17: "GROUP",
  18: "SYMTAB_SHNDX",
  19: "RELR",
  1879048181: "GNU_ATTRIBUTES",
  1879048182: "GNU_HASH",
  1879048183: "GNU_LIBLIST",
  1879048184: "CHECKSUM",
  1879048189: "GNU_verdef",
  1879048190: "GNU_verneed",
  1879048191: "GNU_versym",
};

const PROCESSOR_SECTION_TYPES: Readonly<Record<number, Names>> = {
  [elf.EM_MIPS]: {
    1879048198: "MIPS_REGINFO",
    1879048205: "MIPS_OPTIONS",
    1879048222: "MIPS_DWARF",
    1879048234: "MIPS_ABIFLAGS",
  },
  [elf.EM_ARM]: { 1879048193: "ARM_EXIDX", 1879048194: "ARM_PREEMPTMAP", 1879048195: "ARM_ATTRIBUTES" },
  [elf.EM_RISCV]: { 1879048195: "RISCV_ATTRIBUTES" },
  [elf.EM_X86_64]: { 1879048193: "X86_64_UNWIND" },
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
  named({ ...SECTION_TYPES, ...PROCESSOR_SECTION_TYPES[machine] }, "SHT_", type);
