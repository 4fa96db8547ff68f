/**
 * Numbers of the ELF format that this library uses. Source: System V gABI, chapters 4 and 5
 * (https://gabi.xinuos.com), and elf(5). names.ts has their names.
 */

/** e_ident[EI_MAG0..EI_MAG3]: 0x7f, "ELF". */
export const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46] as const;

/** Length of e_ident. */
export const EI_NIDENT = 16;
export const EI_CLASS = 4;
export const EI_DATA = 5;
export const EI_VERSION = 6;
export const EI_OSABI = 7;
export const EI_ABIVERSION = 8;

export const ELFCLASS32 = 1;
export const ELFCLASS64 = 2;
export const ELFDATA2LSB = 1;
export const ELFDATA2MSB = 2;
export const EV_CURRENT = 1;

export const ET_REL = 1;
export const ET_EXEC = 2;
export const ET_DYN = 3;
export const ET_CORE = 4;

export const EM_386 = 3;
export const EM_MIPS = 8;
export const EM_PPC = 20;
export const EM_PPC64 = 21;
export const EM_S390 = 22;
export const EM_ARM = 40;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;
export const EM_RISCV = 243;
export const EM_LOONGARCH = 258;

/** e_phnum when sh_info of section 0 holds the count. */
export const PN_XNUM = 0xffff;
/** e_shstrndx when sh_link of section 0 holds the index. */
export const SHN_XINDEX = 0xffff;

export const SHT_NULL = 0;
export const SHT_PROGBITS = 1;
export const SHT_STRTAB = 3;
export const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHF_WRITE = 0x1;
export const SHF_ALLOC = 0x2;
export const SHF_EXECINSTR = 0x4;
export const SHF_COMPRESSED = 0x800;

export const ELFCOMPRESS_ZLIB = 1;
export const ELFCOMPRESS_ZSTD = 2;

export const PT_LOAD = 1;
export const PT_DYNAMIC = 2;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const PT_GNU_STACK = 0x6474e551;
export const PT_GNU_RELRO = 0x6474e552;
export const PF_X = 1;

export const DT_NULL = 0;
export const DT_NEEDED = 1;
export const DT_STRTAB = 5;
export const DT_STRSZ = 10;
export const DT_SONAME = 14;
export const DT_RPATH = 15;
export const DT_DEBUG = 21;
export const DT_TEXTREL = 22;
export const DT_BIND_NOW = 24;
export const DT_RUNPATH = 29;
export const DT_FLAGS = 30;
export const DT_FLAGS_1 = 0x6ffffffb;
export const DF_TEXTREL = 0x4;
export const DF_BIND_NOW = 0x8;
export const DF_1_NOW = 0x1;
export const DF_1_PIE = 0x08000000;

/** Note owner and types of GNU (elf.h of glibc; LSB, "Note Section"). */
export const GNU_OWNER = "GNU";
export const NT_GNU_ABI_TAG = 1;
export const NT_GNU_BUILD_ID = 3;
export const NT_GNU_PROPERTY_TYPE_0 = 5;

/** pr_type of properties (Linux Extensions to gABI, "Program Property"; x86-64 psABI; AArch64 ELF ABI). */
export const GNU_PROPERTY_STACK_SIZE = 1;
export const GNU_PROPERTY_NO_COPY_ON_PROTECTED = 2;
export const GNU_PROPERTY_AARCH64_FEATURE_1_AND = 0xc0000000;
export const GNU_PROPERTY_X86_FEATURE_1_AND = 0xc0000002;
export const GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002;
export const GNU_PROPERTY_X86_ISA_1_USED = 0xc0010002;

/** Note owner and types of the UAPI group (https://uapi-group.org/specifications). */
export const FDO_OWNER = "FDO";
export const NT_FDO_PACKAGING_METADATA = 0xcafe1a7e;
export const NT_FDO_DLOPEN_METADATA = 0x407c0c0a;

/** Bytes of namesz, descsz and type, which begin a note. */
export const NOTE_HEADER_SIZE = 12;

/** Bytes of the ELF header, of a program header and of a section header, by word size. */
export const ELF_HEADER_SIZE = { 32: 52, 64: 64 } as const;
export const PROGRAM_HEADER_SIZE = { 32: 32, 64: 56 } as const;
export const SECTION_HEADER_SIZE = { 32: 40, 64: 64 } as const;
