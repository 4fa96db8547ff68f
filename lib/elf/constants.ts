/**
 * Numbers of the ELF format that this library acts on. Source: System V gABI, chapters 4 and 5
 * (https://gabi.xinuos.com), and elf(5).
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

/** e_phnum when the real count stands in sh_info of section 0. */
export const PN_XNUM = 0xffff;
/** e_shstrndx when the real index stands in sh_link of section 0. */
export const SHN_XINDEX = 0xffff;

export const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHF_ALLOC = 0x2;

export const PT_LOAD = 1;
export const PT_NOTE = 4;

/** Note owner and type of the GNU build-id (ELF.h of glibc, NT_GNU_BUILD_ID). */
export const GNU_OWNER = "GNU";
export const NT_GNU_BUILD_ID = 3;
