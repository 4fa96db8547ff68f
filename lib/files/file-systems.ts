/**
 * Pseudo file systems of the kernel: they hold no program files, and opening or reading some of their files has effects.
 * Names are those of mountinfo, numbers those of statfs(2) (linux/magic.h). devtmpfs and cpuset share their numbers with
 * tmpfs and cgroup.
 */
const PSEUDO_FILE_SYSTEMS: Readonly<Record<string, number | undefined>> = {
  anon_inodefs: 0x09041934,
  apparmorfs: 0x5a3c69f0,
  autofs: 0x0187,
  bdev: 0x62646576,
  binder: 0x6c6f6f70,
  binfmt_misc: 0x42494e4d,
  bpf: 0xcafe4a11,
  cgroup: 0x0027e0eb,
  cgroup2: 0x63677270,
  configfs: 0x62656570,
  cpuset: undefined,
  debugfs: 0x64626720,
  devpts: 0x1cd1,
  devtmpfs: undefined,
  efivarfs: 0xde5e81e4,
  functionfs: 0x0a647361,
  fusectl: 0x65735543,
  gadgetfs: 0xaee71ee7,
  mqueue: 0x19800202,
  nfsd: 0x6e667364,
  nsfs: 0x6e736673,
  ocfs2_dlmfs: 0x76a9f425,
  pidfs: 0x50494446,
  pipefs: 0x50495045,
  proc: 0x9fa0,
  pstore: 0x6165676c,
  resctrl: 0x07655821,
  rpc_pipefs: 0x67596969,
  secretmem: 0x5345434d,
  securityfs: 0x73636673,
  selinuxfs: 0xf97cff8c,
  smackfs: 0x43415d53,
  sockfs: 0x534f434b,
  sysfs: 0x62656572,
  tracefs: 0x74726163,
  usbfs: 0x9fa2,
  xenfs: 0xabba1974,
};

const PSEUDO_NUMBERS: ReadonlySet<number | undefined> = new Set(
  Object.values(PSEUDO_FILE_SYSTEMS).filter((number) => number !== undefined),
);

/** Whether a file system of this name, as in mountinfo, is a pseudo file system. */
export const isPseudoName = (name: string | undefined): boolean =>
  name !== undefined && Object.hasOwn(PSEUDO_FILE_SYSTEMS, name);

/** Whether `f_type` of statfs(2) is that of a pseudo file system. */
export const isPseudoNumber = (number: number): boolean => PSEUDO_NUMBERS.has(number);

/** Whether a FUSE file system has this name: "fuse", or "fuse." and the name of its server. A fuseblk is mounted by root. */
export const isFuse = (name: string | undefined): boolean => name === "fuse" || name?.startsWith("fuse.") === true;
