import { shortBytes } from "../../lib/shared/bytes.js";
import { plural } from "../../lib/shared/plural.js";
import { localClock, localDay, localTime } from "../../lib/shared/time.js";
import { timeZoneOf } from "./time-range.js";

/* Numbers and times for people. Times arrive in UTC and are shown in the time zone of the address. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** `1 frame`, `1,234 frames` */
export const counted = (value: number, noun: string): string => `${count(value)} ${plural(value, noun)}`;

/** 1.2M */
export const compact = (value: number): string => (value < 10_000 ? whole.format(value) : short.format(value));

export function share(part: number, all: number): string {
  if (all === 0) return "–";
  const percent = (100 * part) / all;
  return percent > 0 && percent < 0.1 ? "<0.1 %" : `${percent.toFixed(percent >= 99.95 || percent === 0 ? 0 : 1)} %`;
}

/** `2026-11-22 08:15:02` */
export function time(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return "–";
  return Number.isNaN(new Date(iso).getTime()) ? iso : localTime(iso, zone());
}

/** `2026-11-22` */
export const day = (iso: string): string => localDay(iso, zone());

/** `08:15:02` */
export const clock = (iso: string): string => localClock(iso, zone());

const zone = () => timeZoneOf(new URLSearchParams(location.search));

/** Milliseconds as `12 ms`, `3.4 s`, `5 min 12 s`, `3 h 05 min`, `2 d 4 h`. */
export function duration(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || Number.isNaN(milliseconds)) return "–";
  if (milliseconds > 0 && milliseconds < 1) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${`${minutes % 60}`.padStart(2, "0")} min`;
  return `${count(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** Seconds of CPU time: below an hour as {@link duration}, and then as `1.4 core h`, `18,477 core h`, as reports have it. */
export function coreTime(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "–";
  const hours = seconds / 3600;
  if (hours < 1) return duration(1000 * seconds);
  return `${coreHours(hours)} core h`;
}

/** `0.04`, `1.4`, `18,477`: core hours where the unit stands beside. */
export const coreHours = (hours: number): string =>
  hours === 0 || hours >= 100 ? count(hours) : hours < 1 ? `${Number(hours.toPrecision(2))}` : hours.toFixed(1);

/** The processes of which a sum of CPU times is known; undefined when it is known of all. */
export const knownFor = (ended: number, processes: number): string | undefined =>
  ended < processes ? `known for ${count(ended)} of ${counted(processes, "process")}` : undefined;

/** Kibibytes as `12 MiB`. */
export const kibibytes = (value: number): string => shortBytes(1024 * value);
