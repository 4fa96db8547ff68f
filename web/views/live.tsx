import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type StreamFilters, type StreamState, subscribe } from "../../lib/client/index.js";
import { announce } from "../base/announce.js";
import { SIGNED_OUT } from "../base/answers.js";
import { count, duration } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Form } from "../parts/form.js";
import { given } from "../parts/span-form.js";
import { VERDICT_NAMES } from "../parts/verdict.js";
import { View } from "../parts/view.js";
import { type LiveRow, LiveRows } from "./live-rows.js";
import { LiveTable } from "./live-table.js";

/** The stream as a table, newest first. */
export function Live({ query }: { query: URLSearchParams }) {
  const filters: StreamFilters = given(query, "job", "user", "host", "verdict", "path");
  const wanted = JSON.stringify(filters);
  const rows = useRef(new LiveRows());
  const [shown, setShown] = useState<readonly LiveRow[]>([]);
  const [held, setHeld] = useState(0);
  const [lost, setLost] = useState(0);
  const [stream, setStream] = useState<StreamState>({ kind: "connecting" });
  const [isPaused, setPaused] = useState(false);
  const paused = useRef(false);

  const refresh = useCallback(() => {
    setHeld(rows.current.sinceLook);
    if (!paused.current) setShown(rows.current.look());
  }, []);

  useEffect(() => {
    rows.current = new LiveRows();
    setLost(0);
    refresh();
    let frame = 0;
    const subscription = subscribe({
      server: location.origin,
      filters: JSON.parse(wanted) as StreamFilters,
      last: 200,
      onProcess: (process) => {
        rows.current.add(process);
        // However many records come, the table is drawn once a frame.
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          refresh();
        });
      },
      onLost: (messages) => setLost((before) => before + messages),
      onState: (state) => {
        setStream(state);
        if (state.kind === "refused" && state.status === 401) dispatchEvent(new Event(SIGNED_OUT));
      },
    });
    return () => {
      cancelAnimationFrame(frame);
      subscription.close();
    };
  }, [wanted, refresh]);

  const pause = () => {
    paused.current = !isPaused;
    setPaused(!isPaused);
    announce(isPaused ? "The table follows the stream." : "The table stands still.");
    refresh();
  };

  const { total } = rows.current;
  return (
    <View title="Live" aside={<Connection state={stream} />}>
      <Filters filters={filters} />
      <div class="actions">
        <button type="button" aria-pressed={isPaused} onClick={pause}>
          {isPaused ? "Continue" : "Pause"}
        </button>
        <span class="faint">
          {isPaused && held > 0 && `${count(held)} new while paused. `}
          {count(total)} received here
          {total > shown.length && !isPaused && `, the newest ${count(shown.length)} shown`}
          {lost > 0 && <span class="tone-warn"> · {count(lost)} left out: this browser was too slow for them</span>}
        </span>
      </div>
      <LiveTable rows={shown} isFiltered={wanted !== "{}"} state={stream} />
    </View>
  );
}

function Connection({ state }: { state: StreamState }) {
  return (
    <span class="aside" role="status">
      <span class={`dot ${state.kind}`} aria-hidden="true" />
      {connectionSentence(state)}
    </span>
  );
}

function connectionSentence(state: StreamState): string {
  switch (state.kind) {
    case "connecting":
      return "Connecting";
    case "open":
      return "Connected";
    case "waiting":
      return `Disconnected, tries again in ${duration(state.delay)}`;
    case "refused":
      return `Refused: ${state.reason}`;
    case "closed":
      return "Closed";
  }
}

/** What is asked of the collector; in the address, so that a filtered view can be shared. */
function Filters({ filters }: { filters: StreamFilters }) {
  return (
    <Form class="filters" shows={JSON.stringify(filters)} onSubmit={(fields) => navigate(address("/live", fields))}>
      <Field name="job" label="Job" value={filters.job} />
      <Field name="user" label="User" value={filters.user} />
      <Field name="host" label="Host" value={filters.host} />
      <label>
        Verdict on any object
        <select name="verdict">
          <option value="">any</option>
          {VERDICT_NAMES.map((name) => (
            <option key={name} selected={name === filters.verdict}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Field name="path" label="Path of any object" value={filters.path} placeholder="/opt/*/libblas*" />
      <div class="actions">
        <button type="submit" class="primary">
          Filter
        </button>
        {Object.keys(filters).length > 0 && (
          <a class="button" href="/live">
            Clear
          </a>
        )}
      </div>
    </Form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder?: string;
}

function Field({ name, label, value = "", placeholder }: FieldProps) {
  return (
    <label>
      {label}
      <input
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        maxLength={1024}
        autocomplete="off"
        spellcheck={false}
      />
    </label>
  );
}
