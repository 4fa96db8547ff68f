import { useEffect, useRef, useState } from "preact/hooks";
import type { PagePath } from "../../lib/shared/page-views.js";
import { absoluteTime, TIME_FORMS } from "../../lib/shared/time-expression.js";
import { changed, navigate, type Place, type ViewProps } from "../base/router.js";
import { browserZone, PRESETS, rangeLabel, timeZoneOf } from "../base/time-range.js";
import { Choice, Field, Form } from "../parts/form.js";

/** Views of one thing, which show all of its time. */
const WITHOUT_RANGE: ReadonlySet<string> = new Set<PagePath>(["/live", "/job", "/compare", "/process"]);

/** Says the time range and the time zone of all views, and changes them. */
export function TimeRangePicker({ place }: ViewProps) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    if (box.current?.contains(document.activeElement)) button.current?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    const closeOnEscape = ({ key }: KeyboardEvent) => key === "Escape" && close();
    addEventListener("pointerdown", closeOutside);
    addEventListener("keydown", closeOnEscape);
    return () => {
      removeEventListener("pointerdown", closeOutside);
      removeEventListener("keydown", closeOnEscape);
    };
  }, [isOpen]);
  useEffect(close, [place]);
  const hasRange = !WITHOUT_RANGE.has(place.path);
  const zone = timeZoneOf(place.query) ?? browserZone();
  return (
    <div class="range" ref={box}>
      <button type="button" ref={button} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class="unseen">{hasRange ? "Time range: " : "Time zone: "}</span>
        {hasRange && `${rangeLabel(place.range)} · `}
        {zone}
      </button>
      {isOpen && <Panel place={place} zone={zone} hasRange={hasRange} onChange={close} />}
    </div>
  );
}

interface PanelProps {
  readonly place: Place;
  readonly zone: string;
  readonly hasRange: boolean;
  readonly onChange: () => void;
}

function Panel({ place, zone, hasRange, onChange }: PanelProps) {
  const { since, until } = place.range;
  const go = (changes: Record<string, string | undefined>) => {
    navigate(changed(place, { ...changes, cursor: undefined }));
    onChange();
  };
  return (
    <div class="panel">
      {hasRange && (
        <nav aria-label="Time range">
          {PRESETS.map(({ label, ...preset }) => (
            <a
              key={label}
              href={changed(place, { until: undefined, ...preset, cursor: undefined })}
              aria-current={preset.since === since && preset.until === until ? "true" : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
      )}
      <Form onSubmit={({ tz = "", ...times }) => go({ ...times, tz: tz === browserZone() ? undefined : tz })}>
        {hasRange && (
          <>
            <Field name="since" label="From" value={since} placeholder="7d, yesterday, 2026-11-22" check={checkTime} />
            <Field name="until" label="Before" value={until} placeholder="now" check={checkTime} />
          </>
        )}
        <Choice name="tz" label="Time zone" options={zones(zone)} value={zone} />
        <button type="submit" class="primary">
          Apply
        </button>
      </Form>
    </div>
  );
}

/** What is wrong with a time; empty for nothing. */
const checkTime = (text: string): string =>
  text === "" || text === "all" || absoluteTime(text, new Date()) !== undefined ? "" : `Write ${TIME_FORMS}.`;

function zones(current: string): Record<string, string> {
  const own = browserZone();
  const all = [own, "UTC", current, ...Intl.supportedValuesOf("timeZone")];
  return Object.fromEntries(all.map((zone) => [zone, zone === own ? `${zone} (this browser)` : zone]));
}
