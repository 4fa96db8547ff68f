import { plural } from "../../lib/shared/plural.js";
import { printable } from "../../lib/text/escape.js";

export const lines = (texts: readonly string[]): string => texts.map((text) => `${printable(text)}\n`).join("");

export const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** `1 process`, `2 processes` */
export const counted = (count: number, noun: string): string => `${count} ${plural(count, noun)}`;

/** How many processes, jobs, users and hosts an answer is about. */
export function scope(counts: Record<"processes" | "jobs" | "users" | "hosts", number>): string {
  const { processes, jobs, users, hosts } = counts;
  const where = `in ${counted(jobs, "job")} of ${counted(users, "user")} on ${counted(hosts, "host")}`;
  return `${counted(processes, "process")} ${where}`;
}
