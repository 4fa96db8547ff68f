import { useEffect, useRef, useState } from "preact/hooks";
import type { StreamState } from "../../lib/client/subscribe.js";
import { localClock } from "../../lib/shared/time.js";
import { address, navigate } from "../base/router.js";
import { Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import type { LiveRow } from "./live-rows.js";

/** Height of a row in pixels, as `--row` in main.css. */
const ROW = 30;
/** Rows beyond the visible ones, so that scrolling finds them there. */
const SPARE = 12;

interface Props {
  readonly rows: readonly LiveRow[];
  readonly isFiltered: boolean;
  readonly state: StreamState;
}

/** A table of which only the visible rows exist, so that its length costs nothing. */
export function LiveTable({ rows, isFiltered, state }: Props) {
  const box = useRef<HTMLElement>(null);
  const [window, setWindow] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setWindow({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);

  const first = Math.max(0, Math.floor(window.top / ROW) - SPARE);
  const visible = rows.slice(first, first + Math.ceil(window.height / ROW) + 2 * SPARE);
  return (
    <div class="sheet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
      <section class="live" ref={box} tabIndex={0} aria-label="Processes as they are received, newest first">
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col" class="c-time">
                Started
              </th>
              <th scope="col" class="c-program">
                Program
              </th>
              <th scope="col" class="c-verdict">
                Verdict
              </th>
              <th scope="col" class="c-name wide-only">
                Job
              </th>
              <th scope="col" class="c-name wide-only">
                User
              </th>
              <th scope="col" class="c-name wide-only">
                Host
              </th>
              <th scope="col" class="c-objects num wide-only">
                Objects
              </th>
            </tr>
          </thead>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: for the mouse; each row has a link for keyboards */}
          <tbody
            onClick={(event) => {
              if (event.defaultPrevented || !(event.target instanceof Element) || event.target.closest("a")) return;
              const uuid = event.target.closest<HTMLElement>("tr[data-uuid]")?.dataset["uuid"];
              if (uuid !== undefined && !getSelection()?.toString()) navigate(address("/process", { uuid }));
            }}
          >
            <Space rows={first} />
            {visible.map((row, index) => (
              <Row key={row.uuid} row={row} index={first + index + 2} />
            ))}
            <Space rows={rows.length - first - visible.length} />
          </tbody>
        </table>
        {rows.length === 0 && state.kind === "open" && (
          <Notice title={isFiltered ? "Nothing has passed this filter yet" : "No process has been received yet"}>
            <p>
              {isFiltered
                ? "Rows appear here as soon as a process is received that passes it."
                : "Rows appear here as soon as a program runs under the preload library."}
            </p>
            {!isFiltered && (
              <pre class="command">
                <code>ogrt-run --job test -- ls</code>
              </pre>
            )}
          </Notice>
        )}
      </section>
    </div>
  );
}

function Space({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr class="space" aria-hidden="true">
      <td colSpan={3} style={{ height: `${rows * ROW}px` }} />
    </tr>
  );
}

function Row({ row, index }: { row: LiveRow; index: number }) {
  const { uuid, started, job, user, host, program, verdict, reason, objects, doubtful } = row;
  return (
    <tr class="row" data-uuid={uuid} aria-rowindex={index}>
      <td class="nowrap">{localClock(started)}</td>
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
        {doubtful > 0 && (
          <span class="tone-warn" title="Objects whose file is not what was reported">
            △ {doubtful} of{" "}
          </span>
        )}
        {objects}
      </td>
    </tr>
  );
}
