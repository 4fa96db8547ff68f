import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { StreamState } from "../../lib/client/subscribe.js";
import { clock } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Headings } from "../parts/data-table.js";
import { Notice, TryCommand } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import type { LiveRow } from "./live-rows.js";

/** Height of a row, equal to `--row` in main.css. */
const ROW_PIXELS = 30;
/** Rows that exist above and below the visible ones, so that scrolling shows no gap. */
const SPARE_ROWS = 12;

const COLUMNS = [
  ["Started", "c-time"],
  ["Program", "c-program"],
  ["Verdict", "c-verdict"],
  ["Job", "c-name wide-only"],
  ["User", "c-name wide-only"],
  ["Host", "c-name wide-only"],
  ["Objects", "c-objects num wide-only"],
] as const;

interface Props {
  readonly rows: readonly LiveRow[];
  readonly isFiltered: boolean;
  readonly state: StreamState;
  /** A pointer or the focus came into the table, or left it. No row may move under either. */
  readonly onHold: (isIn: boolean) => void;
}

/** A table in which only the visible rows exist, so that its length does not matter. */
export function LiveTable({ rows, isFiltered, state, onHold }: Props) {
  const box = useRef<HTMLElement>(null);
  const visibleArea = useVisibleArea(box);
  useHolding(box, onHold);
  const first = Math.max(0, Math.floor(visibleArea.top / ROW_PIXELS) - SPARE_ROWS);
  const visible = rows.slice(first, first + Math.ceil(visibleArea.height / ROW_PIXELS) + 2 * SPARE_ROWS);
  return (
    <div class="sheet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
      <section class="live" ref={box} tabIndex={0} aria-label="Processes as they are received, newest first">
        <table aria-rowcount={rows.length + 1}>
          <Headings columns={COLUMNS} />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: for the mouse; each row has a link for keyboards */}
          <tbody onClick={openRow}>
            <Space rows={first} />
            {visible.map((row, index) => (
              <Row key={row.uuid} row={row} index={first + index + 2} />
            ))}
            <Space rows={rows.length - first - visible.length} />
          </tbody>
        </table>
        {rows.length === 0 && state.kind === "open" && <NothingYet isFiltered={isFiltered} />}
      </section>
    </div>
  );
}

function useHolding(box: RefObject<HTMLElement | null>, onHold: Props["onHold"]): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const changes = new AbortController();
    const update = () => onHold(element.matches(":hover, :focus-within"));
    update();
    for (const name of ["pointerenter", "pointerleave", "focusin", "focusout"]) {
      // When the focus leaves, the element has it until the event is over.
      element.addEventListener(name, () => queueMicrotask(update), { signal: changes.signal });
    }
    return () => changes.abort();
  }, [onHold]);
}

function useVisibleArea(box: RefObject<HTMLElement | null>): { top: number; height: number } {
  const [area, setArea] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setArea({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);
  return area;
}

/** Opens the process of a row that is clicked anywhere, but not where text is being selected. */
function openRow(event: MouseEvent): void {
  if (event.defaultPrevented || !(event.target instanceof Element) || event.target.closest("a")) return;
  const uuid = event.target.closest<HTMLElement>("tr[data-uuid]")?.dataset["uuid"];
  if (uuid !== undefined && !getSelection()?.toString()) navigate(address("/process", { uuid }));
}

const NothingYet = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <Notice title="No process has matched this filter yet">
      <p>Rows appear here as soon as a matching process is received.</p>
    </Notice>
  ) : (
    <Notice title="No process has been received yet">
      <p>Rows appear here as soon as a program runs under the preload library.</p>
      <TryCommand />
    </Notice>
  );

function Space({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr class="space" aria-hidden="true">
      <td colSpan={3} style={{ height: `${rows * ROW_PIXELS}px` }} />
    </tr>
  );
}

function Row({ row, index }: { row: LiveRow; index: number }) {
  const { uuid, started, job, user, host, program, verdict, reason, objects, conspicuous } = row;
  return (
    <tr class="row" data-uuid={uuid} aria-rowindex={index}>
      <td class="nowrap">{clock(started)}</td>
      <td>
        <a href={address("/process", { uuid })}>
          <Path path={program} />
        </a>
      </td>
      <td>
        <Verdict verdict={verdict} reason={reason} />
      </td>
      <td class="wide-only">
        <Reported text={job} />
      </td>
      <td class="wide-only">
        <Reported text={user} />
      </td>
      <td class="wide-only">
        <Reported text={host} />
      </td>
      <td class="num wide-only">
        {conspicuous > 0 && (
          <span class="tone-warn" title="Objects that differ from their report or could not be compared">
            △ {conspicuous} of{" "}
          </span>
        )}
        {objects}
      </td>
    </tr>
  );
}
