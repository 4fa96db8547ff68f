import { printable } from "../../lib/text/escape.js";

/** Characters of a text that are shown; the rest is there on demand. */
const SHOWN = 200;

/**
 * What a process reported: a path, an argument, a name. Control characters and marks that turn the writing direction
 * are shown as escapes, and a text of any length keeps to its place.
 */
export function Reported({ text, empty = "–" }: { text: string | null | undefined; empty?: string }) {
  if (text === null || text === undefined || text === "") return <span class="faint">{empty}</span>;
  const safe = printable(text);
  if (safe.length <= SHOWN) return <bdi class="reported">{safe}</bdi>;
  return (
    <bdi class="reported" title={safe.slice(0, 2000)}>
      {safe.slice(0, SHOWN)}
      <span class="faint">… ({safe.length.toLocaleString("en")} characters)</span>
    </bdi>
  );
}

/** A path whose directory steps back behind its file name, which stays visible where there is no room for all. */
export function Path({ path }: { path: string }) {
  const at = path.lastIndexOf("/") + 1;
  const safe = printable(path);
  if (safe.length > SHOWN || at === 0) return <Reported text={path} />;
  const directory = printable(path.slice(0, at));
  return (
    <bdi class="path" title={safe}>
      <span class="directory">{directory}</span>
      <span class="file">{safe.slice(directory.length)}</span>
    </bdi>
  );
}
