/** Package types whose namespace is the operating system (purl types `deb`, `rpm`, `apk` and `alpm`). */
const SYSTEM_TYPES = new Set(["deb", "rpm", "apk", "alpm"]);

/**
 * The package URL (ECMA-427) for the package metadata of a file; undefined without a name. Packages of an operating system
 * have its name as namespace; all others are `generic`, because a note does not say where they come from.
 */
export function packageUrl(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const text = (key: string) => {
    const value = metadata[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const name = text("name");
  if (name === undefined) return undefined;
  const version = text("version");
  const type = text("type")?.toLowerCase();
  const os = text("os")?.toLowerCase();
  const url = (path: readonly string[], versionText = version) => {
    const at = versionText === undefined ? "" : `@${encoded(versionText)}`;
    return `pkg:${path.map(encoded).join("/")}${at}`;
  };
  if (type === undefined || os === undefined || !SYSTEM_TYPES.has(type)) return url(["generic", name]);

  // The epoch of RPM is a qualifier.
  const [, epoch, rest] = (type === "rpm" && /^(\d+):(.+)$/.exec(version ?? "")) || [];
  const osVersion = text("osVersion");
  const qualifiers = Object.entries({
    arch: text("architecture"),
    distro: osVersion === undefined ? undefined : `${os}-${osVersion}`,
    epoch,
  }).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encoded(value)}`));
  const path = url([type, os, type === "rpm" ? name : name.toLowerCase()], rest);
  return qualifiers.length === 0 ? path : `${path}?${qualifiers.join("&")}`;
}

/** Percent-encoding of package URLs: all but letters, digits, `.`, `-`, `_`, `~` and the colon. Text of a note is hostile. */
function encoded(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, "\ufffd");
  return encodeURIComponent(wellFormed)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
