/** Why a path was not opened. */
export type Refusal =
  | "missing"
  | "permission"
  | "not-regular"
  | "outside-roots"
  | "excluded"
  | "automount"
  /** In proc, sysfs or another file system of the kernel that holds no program files. */
  | "pseudo-file-system"
  /** In a mount that the caller avoids. */
  | "avoided"
  /** Too many steps to resolve the path. */
  | "limit-exceeded"
  | "io-error";

export const FUSE_POLICIES = ["root", "all", "none"] as const;
/** Which FUSE file systems may be touched, by who mounted them. Any user can mount one, and let every access to it hang. */
export type FusePolicy = (typeof FUSE_POLICIES)[number];

export interface GuardOptions {
  /** Absolute directories; the file must lie below one of them after all symbolic links are resolved. */
  readonly roots: readonly string[];
  /** Absolute directories, with links resolved, below which nothing is touched, wherever the path begins. */
  readonly excluded?: readonly string[] | undefined;
  /** "root" by default. */
  readonly fuse?: FusePolicy | undefined;
  /** Mount points, one character for each byte, of mounts that are not touched. */
  readonly avoid?: readonly string[] | undefined;
  /** Called with the mount that the text of the path names, then before the path leads into another one. */
  readonly onMount?: ((point: string) => void) | undefined;
}
