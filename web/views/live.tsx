import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type StreamFilters, type StreamState, subscribe } from "../../lib/client/index.js";
import { announce } from "../base/announce.js";
import { SIGNED_OUT } from "../base/answers.js";
import { count, duration } from "../base/format.js";
import { address, given, navigate, type ViewProps } from "../base/router.js";
import { anyOf, Choice, Field, Form } from "../parts/form.js";
import { VERDICT_NAMES } from "../parts/verdict.js";
import { View } from "../parts/view.js";
import { type LiveRow, LiveRows } from "./live-rows.js";
import { LiveTable } from "./live-table.js";

/** Stored records that the table starts with. */
const FIRST_RECORDS = 200;

/** The live stream as a table, newest first. */
export function Live({ place }: ViewProps) {
  const filters: StreamFilters = given(place.query, "job", "user", "host", "verdict", "path");
  const { rows, shown, unseen, lost, state, isPaused, togglePause, hold } = useStream(filters);
  return (
    <View title="Live" aside={<Connection state={state} />}>
      <Filters filters={filters} />
      <div class="actions">
        <button type="button" aria-pressed={isPaused} onClick={togglePause}>
          {isPaused ? "Continue" : "Pause"}
        </button>
        <span class="faint">
          {unseen > 0 && `${count(unseen)} new while ${isPaused ? "paused" : "you are in the table"}. `}
          {count(rows.total)} received here
          {rows.total > shown.length && unseen === 0 && `, the newest ${count(shown.length)} shown`}
          {lost > 0 && <span class="tone-warn"> · {count(lost)} skipped because this browser was too slow</span>}
        </span>
      </div>
      <LiveTable rows={shown} isFiltered={Object.keys(filters).length > 0} state={state} onHold={hold} />
    </View>
  );
}

/** What the view had when it was left, for those who come back from a process. */
let kept = { key: "", rows: new LiveRows(), isPaused: false };

/**
 * Subscribes to the stream. While the table is paused, or held because a pointer or the focus is in it, records still arrive,
 * but the shown rows stay.
 */
function useStream(filters: StreamFilters) {
  const key = JSON.stringify(filters);
  if (kept.key !== key) kept = { key, rows: new LiveRows(), isPaused: false };
  const { rows } = kept;
  const [shown, setShown] = useState<readonly LiveRow[]>([]);
  const [unseen, setUnseen] = useState(0);
  const [lost, setLost] = useState(0);
  const [state, setState] = useState<StreamState>({ kind: "connecting" });
  const [isPaused, setPaused] = useState(kept.isPaused);
  const isHeld = useRef(false);

  const refresh = useCallback(() => {
    if (!kept.isPaused && !isHeld.current) setShown(kept.rows.newest());
    setUnseen(kept.rows.unseen);
  }, []);

  useEffect(() => {
    const { rows } = kept;
    setLost(0);
    setPaused(kept.isPaused);
    setShown(rows.newest());
    refresh();
    let frame = 0;
    // At any rate of records, the table is drawn once per frame.
    const draw = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        refresh();
      });
    };
    const subscription = subscribe({
      url: location.origin,
      filters: JSON.parse(key) as StreamFilters,
      last: FIRST_RECORDS,
      onProcess: (process) => {
        rows.add(process);
        draw();
      },
      onAmendment: (amendment) => {
        rows.amend(amendment);
        draw();
      },
      onLost: (messages) => setLost((before) => before + messages),
      onState: (state) => {
        setState(state);
        if (state.kind === "refused" && state.status === 401) dispatchEvent(new Event(SIGNED_OUT));
      },
    });
    return () => {
      cancelAnimationFrame(frame);
      subscription.close();
    };
  }, [key, refresh]);

  const togglePause = () => {
    kept.isPaused = !isPaused;
    setPaused(!isPaused);
    announce(isPaused ? "The table follows the stream." : "The table is paused.");
    refresh();
  };
  const hold = useCallback((isIn: boolean) => {
    isHeld.current = isIn;
    refresh();
  }, []);
  return { rows, shown, unseen, lost, state, isPaused, togglePause, hold };
}

const Connection = ({ state }: { state: StreamState }) => (
  <span class="small faint" role="status">
    <span class={`dot ${state.kind}`} aria-hidden="true" />
    {connectionSentence(state)}
  </span>
);

function connectionSentence(state: StreamState): string {
  switch (state.kind) {
    case "connecting":
      return "Connecting";
    case "open":
      return "Connected";
    case "waiting":
      return `Disconnected, retrying in ${duration(state.delay)}`;
    case "refused":
      return `Refused: ${state.reason}`;
    case "closed":
      return "Closed";
  }
}

/** The filters of the stream, which are part of the address. */
const Filters = ({ filters }: { filters: StreamFilters }) => (
  <Form class="filters" shows={JSON.stringify(filters)} onSubmit={(fields) => navigate(address("/live", fields))}>
    <Field name="job" label="Job" value={filters.job} />
    <Field name="user" label="User" value={filters.user} />
    <Field name="host" label="Host" value={filters.host} />
    <Choice name="verdict" label="Verdict on any object" options={anyOf(VERDICT_NAMES)} value={filters.verdict} />
    <Field name="path" label="Path of any object" value={filters.path} placeholder="/opt/*/libblas*" />
    <div class="actions">
      <button type="submit" class="primary">
        Filter
      </button>
      {Object.keys(filters).length > 0 && (
        <a class="button" href={address("/live")}>
          Clear
        </a>
      )}
    </div>
  </Form>
);
