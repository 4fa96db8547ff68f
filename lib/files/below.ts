const SLASH = 0x2f;

/** Whether a path is one of the directories or lies below one. */
export const isBelowAny = (path: Buffer, directories: readonly string[]): boolean =>
  directories.some((directory) => isBelow(path, Buffer.from(directory)));

/** Whether a path is a directory or lies below it. */
export function isBelow(path: Buffer, directory: Buffer): boolean {
  const length = directory.length > 1 && directory.at(-1) === SLASH ? directory.length - 1 : directory.length;
  if (length === 1) return path[0] === SLASH;
  if (path.length < length || !path.subarray(0, length).equals(directory.subarray(0, length))) return false;
  return path.length === length || path[length] === SLASH;
}
