/*
 * The tables of the store. What repeats endlessly is kept once: an object as it was reported, a finding about it, a
 * list of findings, a list of texts. A process is a row of plain values that points at those.
 */

/** Version of the layout below; the table `meta` holds the one a store was written with. */
export const SCHEMA_VERSION = 2;

/** Column types in use, as DuckDB names them. */
export type ColumnType =
  | "VARCHAR"
  | "VARCHAR[]"
  | "INTEGER"
  | "UINTEGER"
  | "BIGINT"
  | "UBIGINT"
  | "DOUBLE"
  | "DATE"
  | "UUID"
  | "TIMESTAMP_NS";

/**
 * Tables in creation order; columns in the order in which rows are appended. What happened (a start, a later part, an end,
 * a job's event) has a `sequence`: one counter for all of these tables, rising in the order of commits and never given
 * out twice, so that whoever reads the store from a place in it misses nothing.
 */
export const TABLES = {
  /** An object as processes reported it. */
  object: {
    id: "INTEGER",
    path: "VARCHAR",
    soname: "VARCHAR",
    signatures: "VARCHAR[]",
    build_id: "VARCHAR",
  },
  /** A verdict on an object. */
  finding: {
    id: "INTEGER",
    object: "INTEGER",
    verdict: "VARCHAR",
    reason: "VARCHAR",
    compared: "VARCHAR",
    /** NULL when the file was not read. */
    disk_signatures: "VARCHAR[]",
    disk_build_id: "VARCHAR",
    /** What the file's package note calls it, and what it says of its compilers; NULL when it says nothing. */
    disk_package: "VARCHAR",
    disk_compilers: "VARCHAR[]",
  },
  /** Findings in load order. List 0 is the empty one and has no rows. */
  object_list: {
    list: "INTEGER",
    position: "INTEGER",
    finding: "INTEGER",
  },
  /** Modules, environments. List 0 is the empty one and has no rows. */
  text_list: {
    list: "INTEGER",
    position: "INTEGER",
    value: "VARCHAR",
  },
  process: {
    uuid: "UUID",
    started: "TIMESTAMP_NS",
    received: "TIMESTAMP_NS",
    job: "VARCHAR",
    /** Claimed by the sender, like uid, gid and host. */
    user_name: "VARCHAR",
    uid: "UINTEGER",
    gid: "UINTEGER",
    effective_uid: "UINTEGER",
    effective_gid: "UINTEGER",
    host: "VARCHAR",
    pid: "INTEGER",
    parent_pid: "INTEGER",
    directory: "VARCHAR",
    arguments: "VARCHAR[]",
    command_line: "VARCHAR",
    environment: "INTEGER",
    modules: "INTEGER",
    /** Finding on the executable. */
    program: "INTEGER",
    objects: "INTEGER",
    cluster: "VARCHAR",
    step: "VARCHAR",
    array_job: "VARCHAR",
    array_task: "VARCHAR",
    node: "VARCHAR",
    rank: "VARCHAR",
    local_rank: "VARCHAR",
    container: "VARCHAR",
    library_path: "VARCHAR",
    preload: "VARCHAR",
    /** Elements that the client left out: arguments, environment, objects, modules, signatures. NULL for a whole record. */
    omitted_arguments: "UINTEGER",
    omitted_environment: "UINTEGER",
    omitted_objects: "UINTEGER",
    omitted_modules: "UINTEGER",
    omitted_signatures: "UINTEGER",
    sequence: "BIGINT",
  },
  /** Objects of the later frames of a record that came in several. */
  process_part: {
    uuid: "UUID",
    part: "INTEGER",
    objects: "INTEGER",
    sequence: "BIGINT",
    received: "TIMESTAMP_NS",
  },
  process_end: {
    uuid: "UUID",
    part: "INTEGER",
    ended: "TIMESTAMP_NS",
    received: "TIMESTAMP_NS",
    user_time: "BIGINT",
    system_time: "BIGINT",
    max_resident: "BIGINT",
    minor_faults: "BIGINT",
    major_faults: "BIGINT",
    blocks_in: "BIGINT",
    blocks_out: "BIGINT",
    voluntary_switches: "BIGINT",
    involuntary_switches: "BIGINT",
    children_user_time: "BIGINT",
    children_system_time: "BIGINT",
    children_max_resident: "BIGINT",
    /** Loaded after the start. */
    objects: "INTEGER",
    unloaded_objects: "UBIGINT",
    sequence: "BIGINT",
  },
  job_event: {
    job: "VARCHAR",
    /** start or end */
    kind: "VARCHAR",
    happened: "TIMESTAMP_NS",
    received: "TIMESTAMP_NS",
    sequence: "BIGINT",
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

/** Frames that were counted in a minute, so that answers can say how complete the data of a span are. */
const ACCOUNTING = {
  minute: "TIMESTAMP_NS",
  /** As the ledger calls it; `received` has a row for every minute in which a collector was running. */
  kind: "VARCHAR",
  /** Why they were rejected or dropped. */
  reason: "VARCHAR",
  frames: "BIGINT",
} as const satisfies Record<string, ColumnType>;

/**
 * What answers are made from, worked out of the tables above (digest.ts): equal processes of one day are one row, and texts
 * are numbers. It can always be made again, so copies leave it out.
 */
const DIGEST = {
  /** Texts that `usage` points at, each once. */
  name: {
    id: "INTEGER",
    value: "VARCHAR",
  },
  /** Rows of the same key add up: what comes later, as an end, is a row of its own. */
  usage: {
    /** Of the start, UTC. */
    day: "DATE",
    program: "INTEGER",
    objects: "INTEGER",
    modules: "INTEGER",
    job: "INTEGER",
    user_name: "INTEGER",
    host: "INTEGER",
    library_path: "INTEGER",
    preload: "INTEGER",
    processes: "BIGINT",
    /** Processes whose end is known, and the milliseconds of CPU time that they used. */
    ended: "BIGINT",
    cpu: "DOUBLE",
    /** Processes of which the client left something out. */
    incomplete: "BIGINT",
    first_use: "TIMESTAMP_NS",
    last_use: "TIMESTAMP_NS",
  },
  /** Its row says up to which sequence processes and ends are in `usage`. */
  digested: {
    sequence: "BIGINT",
    /** Rows of `usage` after it was last made compact. */
    compact_rows: "BIGINT",
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** What happened; the other tables hold what these point at. */
export type FactTable = "process" | "process_part" | "process_end" | "job_event";
export const FACT_TABLES: readonly FactTable[] = ["process", "process_part", "process_end", "job_event"];

/** A value on its way into the store: times as nanoseconds, UUIDs as text. */
export type Value = string | number | bigint | null | readonly string[];

/** A row; the key is the column. */
export type Row<T extends TableName> = { [C in keyof (typeof TABLES)[T]]: Value };

/** Columns of rows, in the order of {@link TABLES}. */
export type Columns = Value[][];

/** What one commit appends. */
export type Batch = Partial<Record<TableName, Columns>>;

/** @param prefix - of an attached database, with its dot. */
export const createStatements = (prefix = ""): string[] => [
  `CREATE TABLE ${prefix}meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)`,
  ...tableStatements(TABLES, prefix),
  ...answerStatements(prefix),
];

/** The tables that answers need beside those of what happened. */
export const answerStatements = (prefix = ""): string[] =>
  tableStatements({ accounting: ACCOUNTING, ...DIGEST }, prefix);

function tableStatements(tables: Record<string, Record<string, ColumnType>>, prefix: string): string[] {
  return Object.entries(tables).map(([table, types]) => {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    return `CREATE TABLE ${prefix}"${table}" (${columns.join(", ")})`;
  });
}

/** @see {@link DIGEST} */
export const ROLLUP_TABLES = Object.keys(DIGEST);
