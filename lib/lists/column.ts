import type { Answer, OperationName } from "../client/index.js";
import { jobReference } from "../shared/job-reference.js";

/*
 * Each list of an answer is described once. ogrt-query prints its tables and CSV from the description, and the collector's
 * page shows its tables and saves its CSV from it.
 */

/** How a column is shown: `duration` is in seconds, `bytes` a size, `time` is in UTC (RFC 3339), `names` are several texts. */
export type ColumnKind = "text" | "path" | "number" | "bytes" | "duration" | "time" | "names";

export type ColumnValue = string | number | null | readonly (string | null)[];

export interface Column<Row> {
  /** Heading of the column in CSV. Columns that show a member of the row have its name. */
  readonly name: string;
  /** Heading for people. */
  readonly heading: string;
  readonly kind: ColumnKind;
  readonly value: (row: Row) => ColumnValue;
  /**
   * Member that counts what the value is made of: the names, of which answers may list only some, or the processes with a
   * known duration. It is a separate column in CSV.
   */
  readonly countedBy?: keyof Row & string;
  /** Member that counts the processes whose durations the value would be the sum of, if all were known. */
  readonly outOf?: keyof Row & string;
  /** True for columns that small screens leave out. */
  readonly isDetail?: boolean;
  /** True for columns of verdicts, which have a severity. */
  readonly isVerdict?: boolean;
  /** Whether tables show the column, from the values of their rows; without it, they always do. */
  readonly isShownFor?: (values: ReadonlySet<ColumnValue>) => boolean;
  /** Reference to the job whose id the column shows. */
  readonly jobReference?: (row: Row) => string | null;
}

/** The columns of a table with these rows. */
export const tableColumnsOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] =>
  columns.filter(({ isShownFor, value }) => isShownFor?.(new Set(rows.map(value))) ?? true);

type RowOf<N extends OperationName, K extends keyof Answer<N>> = Answer<N>[K] extends readonly (infer Row)[]
  ? Row
  : never;

export interface List<N extends OperationName, K extends keyof Answer<N>, Row = RowOf<N, K>> {
  readonly question: N;
  /** The member of the answer that is the list. */
  readonly rows: K;
  readonly columns: readonly Column<Row>[];
}

export const list = <N extends OperationName, K extends keyof Answer<N>, Row = RowOf<N, K>>(
  question: N,
  rows: K,
  columns: readonly Column<NoInfer<Row>>[],
): List<N, K, Row> => ({ question, rows, columns });

export const computed = <Row>(
  name: string,
  heading: string,
  kind: ColumnKind,
  value: Column<Row>["value"],
): Column<Row> => ({ name, heading, kind, value });

const member =
  <Value extends ColumnValue>(kind: ColumnKind) =>
  <Name extends string>(name: Name, heading: string): Column<Readonly<Record<Name, Value>>> =>
    computed(name, heading, kind, (row) => row[name]);

export const text = member<string | null>("text");
export const path = member<string | null>("path");
export const number = member<number>("number");
export const bytes = member<number>("bytes");
export const duration = member<number | null>("duration");
export const time = member<string | null>("time");

interface JobOfRow {
  readonly cluster: string | null;
  readonly job: string | null;
}

/** The job of a row, and the cluster of that. */
export const jobColumns = <Row>(
  jobOf: (row: Row) => JobOfRow,
  { job, cluster, heading } = { job: "job", cluster: "cluster", heading: "Job" },
): Column<Row>[] => [
  {
    ...computed(job, heading, "text", (row: Row) => jobOf(row).job),
    jobReference: (row) => {
      const { cluster, job } = jobOf(row);
      return job === null ? null : jobReference(cluster, job);
    },
  },
  {
    ...computed(cluster, "Cluster", "text", (row: Row) => jobOf(row).cluster),
    isShownFor: (clusters) => clusters.size > 1,
  },
];

export const JOB_COLUMNS = jobColumns((row: JobOfRow) => row);

/** The host of a row, and the cluster of that, which matters only where rows name several. */
export const HOST_COLUMNS: readonly Column<Readonly<Record<"cluster" | "host", string | null>>>[] = [
  text("host", "Host"),
  { ...text("cluster", "Cluster"), isShownFor: (clusters) => [...clusters].filter((name) => name !== null).length > 1 },
];

export const names = <Name extends string, Count extends string = never>(
  name: Name,
  heading: string,
  countedBy?: Count,
): Column<Readonly<Record<Name, readonly (string | null)[]> & Record<Count, number>>> => ({
  ...computed(name, heading, "names", (row) => row[name]),
  ...(countedBy !== undefined && { countedBy }),
});

/** The CPU time of the processes that ended. @param outOf - the member that counts all processes. */
export const cpuTime = <All extends string>(
  outOf: All,
): Column<Readonly<{ cpuSeconds: number | null } & Record<"ended" | All, number>>> => ({
  ...computed("cpuSeconds", "CPU time", "duration", (row) => row.cpuSeconds),
  countedBy: "ended",
  outOf,
});

/** For a duration, of how many of how many processes it is the sum; undefined when it is that of all. */
export function partOf<Row>({ countedBy, outOf }: Column<Row>, row: Row): { known: number; all: number } | undefined {
  if (countedBy === undefined || outOf === undefined) return undefined;
  const [known, all] = [row[countedBy] as number, row[outOf] as number];
  return known < all ? { known, all } : undefined;
}

/** A column that small screens leave out. */
export const detail = <Row>(column: Column<Row>): Column<Row> => ({ ...column, isDetail: true });

/** A column of verdicts. */
export const verdicts = <Row>(column: Column<Row>): Column<Row> => ({ ...column, isVerdict: true });
