/*
 * The tables of the store. Values that many processes share are stored once: objects as they were reported, findings about
 * objects, lists of findings, lists of texts. A process is a row of plain values that refers to those by number.
 */

/** Version of the layout below. The table `meta` holds the version that a store has. */
export const SCHEMA_VERSION = 3;

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
 * Tables in creation order; columns in the order in which rows are appended. Facts (a start, a later part, an end, a job's
 * event, an amendment) have a `sequence`: one counter for all of their tables, which rises in the order of commits and never
 * repeats, so that a reader that resumes at a sequence misses nothing.
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
    /** From the file's package note; NULL when it has none. */
    disk_package: "VARCHAR",
    /** From the file's section `.comment`; empty when it has none, NULL when they are not known. */
    disk_compilers: "VARCHAR[]",
  },
  /** Findings in load order. List 0 is the empty one and has no rows. */
  object_list: {
    list: "INTEGER",
    position: "INTEGER",
    finding: "INTEGER",
  },
  /** Lists of modules and of environment variables. List 0 is the empty one and has no rows. */
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
    /** Numbers of elements that the client left out. NULL when the record is complete. */
    omitted_arguments: "UINTEGER",
    omitted_environment: "UINTEGER",
    omitted_objects: "UINTEGER",
    omitted_modules: "UINTEGER",
    omitted_signatures: "UINTEGER",
    sequence: "BIGINT",
  },
  /** Objects in the later frames of a record that was sent in several. */
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
  /** Verdicts that came after their record was stored. They replace those of the record and of its earlier amendments. */
  amendment: {
    uuid: "UUID",
    /** The record's message: start or end. */
    record: "VARCHAR",
    part: "INTEGER",
    /** Finding on the executable; NULL for records without one: later parts and ends. */
    program: "INTEGER",
    objects: "INTEGER",
    /** When the last of the verdicts came. */
    received: "TIMESTAMP_NS",
    sequence: "BIGINT",
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

/** Frames by the minute, from which answers tell how complete the data of a span are. */
const ACCOUNTING = {
  minute: "TIMESTAMP_NS",
  /** As the ledger names it. `received` has a row for every minute in which a collector was running. */
  kind: "VARCHAR",
  /** Why they were rejected or dropped. */
  reason: "VARCHAR",
  frames: "BIGINT",
} as const satisfies Record<string, ColumnType>;

/**
 * The rollup, derived from the tables above (rollup.ts): one row stands for all processes of a day that are equal but for
 * their times, and texts are ids. It can be derived again at any time, so copies of a store leave it out.
 */
const ROLLUP = {
  /** Texts that `usage` refers to, each once. */
  name: {
    id: "INTEGER",
    value: "VARCHAR",
  },
  /** Several rows may have the same key, and add up: an end that is stored later adds a row. */
  usage: {
    /** Day of the start, UTC. */
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
    /** Processes whose client left something out. */
    incomplete: "BIGINT",
    first_use: "TIMESTAMP_NS",
    last_use: "TIMESTAMP_NS",
  },
  /** One row: `usage` covers processes and ends up to this sequence. */
  digested: {
    sequence: "BIGINT",
    /** Rows of `usage` after its last compaction. */
    compact_rows: "BIGINT",
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

/** Frames of one process may be stored this far apart, in sequence numbers, when they arrive in disorder. */
export const MAX_DISORDER_SEQUENCES = 1_000_000;

/** Objects that one answer reads from lists, unless a single list has more. */
export const MAX_LIST_OBJECTS = 25_000;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Tables of facts; the other tables hold what these refer to. */
export type FactTable = "process" | "process_part" | "process_end" | "job_event" | "amendment";
export const FACT_TABLES: readonly FactTable[] = ["process", "process_part", "process_end", "job_event", "amendment"];

/** A value to store: times as nanoseconds, UUIDs as text. */
export type Value = string | number | bigint | null | readonly string[];

/** A row, by column. */
export type Row<T extends TableName> = { [C in keyof (typeof TABLES)[T]]: Value };

/** Columns of rows, in the order of {@link TABLES}. */
export type Columns = Value[][];

/** Rows that one commit appends. */
export type Batch = Partial<Record<TableName, Columns>>;

/** Statements that create an empty store. @param prefix - name of an attached database, with its dot. */
export const createStatements = (prefix = ""): string[] => [
  `CREATE TABLE ${prefix}meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)`,
  ...tableStatements(TABLES, prefix),
  ...answerStatements(prefix),
];

/** Statements that create one of the {@link TABLES} in a store that lacks it. */
export const tableStatement = (table: TableName): string[] => tableStatements({ [table]: TABLES[table] }, "");

/** Statements that create the tables that only answers need. */
export const answerStatements = (prefix = ""): string[] =>
  tableStatements({ accounting: ACCOUNTING, ...ROLLUP }, prefix);

function tableStatements(tables: Record<string, Record<string, ColumnType>>, prefix: string): string[] {
  return Object.entries(tables).map(([table, types]) => {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    return `CREATE TABLE ${prefix}"${table}" (${columns.join(", ")})`;
  });
}

/** Names of the tables of the rollup. */
export const ROLLUP_TABLES = Object.keys(ROLLUP);
