const UNITS = ["KiB", "MiB", "GiB", "TiB"];

/** A size for people: `512 B`, `1.5 MiB`, `12 GiB`. */
export function shortBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let [value, unit] = [bytes / 1024, 0];
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
