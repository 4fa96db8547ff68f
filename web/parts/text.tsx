import type { FunctionComponent } from "preact";
import { printable } from "../../lib/text/escape.js";
import { clock, day, time } from "../base/format.js";

const CHARACTERS_SHOWN = 200;
const TOOLTIP_CHARACTERS = 2000;
const NAMES_SHOWN = 3;

/**
 * A text that a process reported: a path, an argument, a name. Characters that are not printable are shown as
 * escapes, and a long text is truncated.
 */
export function Reported({ text, empty = "–" }: { text: string | null | undefined; empty?: string }) {
  if (text === null || text === undefined || text === "") return <span class="faint">{empty}</span>;
  const safe = printable(text);
  if (safe.length <= CHARACTERS_SHOWN) return <bdi class="reported">{safe}</bdi>;
  return (
    <bdi class="reported" title={safe.slice(0, TOOLTIP_CHARACTERS)}>
      {safe.slice(0, CHARACTERS_SHOWN)}
      <span class="faint">… ({safe.length.toLocaleString("en")} characters)</span>
    </bdi>
  );
}

/** A path with a faint directory. Where the line is too short, the directory is truncated and the file name stays. */
export function Path({ path }: { path: string }) {
  const at = path.lastIndexOf("/") + 1;
  const safe = printable(path);
  if (safe.length > CHARACTERS_SHOWN || at === 0) return <Reported text={path} />;
  const directory = printable(path.slice(0, at));
  return (
    <bdi class="path" title={safe}>
      <span class="directory">{directory}</span>
      <span class="file">{safe.slice(directory.length)}</span>
    </bdi>
  );
}

/** Short texts such as modules, each in its own frame. */
export const Chips = ({ texts }: { texts: readonly string[] }) => (
  <ol class="chips">
    {texts.map((text, index) => (
      <li key={index}>
        <Reported text={text} empty="(empty)" />
      </li>
    ))}
  </ol>
);

interface NamesProps {
  readonly names: readonly (string | null)[];
  readonly count: number;
  /** Shows a name. */
  readonly link?: FunctionComponent<{ name: string }> | undefined;
}

const PlainName = ({ name }: { name: string }) => <Reported text={name} />;

/** The first names and the number of the others. */
export function Names({ names, count, link: Name = PlainName }: NamesProps) {
  const known = names.filter((name) => name !== null).slice(0, NAMES_SHOWN);
  if (known.length === 0) return <span class="faint">–</span>;
  return (
    <>
      {known.map((name, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <Name name={name} />
        </span>
      ))}
      {count > known.length && <span class="faint"> and {count - known.length} more</span>}
    </>
  );
}

/** A time that breaks between day and clock only. */
export function When({ iso }: { iso: string | null }) {
  if (iso === null || Number.isNaN(Date.parse(iso))) return <>{time(iso)}</>;
  return (
    <time dateTime={iso}>
      <span class="nowrap">{day(iso)}</span> <span class="nowrap">{clock(iso)}</span>
    </time>
  );
}
