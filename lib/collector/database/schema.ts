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
    /** 1 when the reporter could not read the signatures. */
    stamps_unknown: "UINTEGER",
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
    /** How an agent delivered the record: its node, the epoch and the number in it; NULL for all other records. */
    agent: "VARCHAR",
    agent_epoch: "UUID",
    agent_sequence: "BIGINT",
    /** kernel, preload or both. */
    observed_by: "VARCHAR",
    /** What the kernel told the agent, beside what the columns above claim. */
    attested_uid: "UINTEGER",
    attested_gid: "UINTEGER",
    attested_pid: "UINTEGER",
    attested_pid_namespace: "UBIGINT",
    attested_inner_pid: "UINTEGER",
    attested_cgroup: "VARCHAR",
    /** 1 when it ran before the agent did, or its exec was lost. */
    attested_existed: "UINTEGER",
  },
  /** Objects in the later frames of a record that was sent in several. */
  process_part: {
    uuid: "UUID",
    part: "INTEGER",
    objects: "INTEGER",
    sequence: "BIGINT",
    received: "TIMESTAMP_NS",
    agent: "VARCHAR",
    agent_epoch: "UUID",
    agent_sequence: "BIGINT",
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
    /** Start of the process and its pid, as the end says them. */
    started: "TIMESTAMP_NS",
    pid: "INTEGER",
    /** Numbers of elements that the client left out. NULL when the record is complete. */
    omitted_objects: "UINTEGER",
    omitted_signatures: "UINTEGER",
    agent: "VARCHAR",
    agent_epoch: "UUID",
    agent_sequence: "BIGINT",
    observed_by: "VARCHAR",
    /** What the kernel told the agent: exit, exec or lost; a status or a signal. */
    ended_by: "VARCHAR",
    exit_status: "UINTEGER",
    exit_signal: "UINTEGER",
    core_dumped: "UINTEGER",
    /** Of all threads: microseconds, kibibytes, bytes of storage. */
    attested_user_time: "BIGINT",
    attested_system_time: "BIGINT",
    attested_max_resident: "BIGINT",
    read_bytes: "BIGINT",
    written_bytes: "BIGINT",
    threads: "UINTEGER",
    usage_is_lower_bound: "UINTEGER",
    /** Processes that it forked and that executed nothing. */
    forks_ended: "BIGINT",
    forks_killed: "BIGINT",
    forks_failed: "BIGINT",
    forks_user_time: "BIGINT",
    forks_system_time: "BIGINT",
  },
  job_event: {
    job: "VARCHAR",
    /** start or end */
    kind: "VARCHAR",
    happened: "TIMESTAMP_NS",
    received: "TIMESTAMP_NS",
    sequence: "BIGINT",
    cluster: "VARCHAR",
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

/**
 * Frames by the minute of their reception, from which answers tell how complete the data of a span are. In each minute,
 * received = stored + duplicate + rejected + dropped + those that are in flight.
 */
const ACCOUNTING = {
  minute: "TIMESTAMP_NS",
  /** As the ledger names it. `received` has a row for every minute in which a collector was running. */
  kind: "VARCHAR",
  /** Why they were rejected or dropped. */
  reason: "VARCHAR",
  frames: "BIGINT",
} as const satisfies Record<string, ColumnType>;

/** Times without a collector since the first start, which is `known_since` in the table `meta`. They may overlap. */
const OUTAGE = {
  began: "TIMESTAMP_NS",
  ended: "TIMESTAMP_NS",
  /** How the collector before it ended: stopped, killed or unknown. */
  how: "VARCHAR",
} as const satisfies Record<string, ColumnType>;

/** The last heartbeat of each run of an agent. */
const AGENT_RUN = {
  node: "VARCHAR",
  run: "UUID",
  /** By the clock of the collector. */
  began: "TIMESTAMP_NS",
  last_seen: "TIMESTAMP_NS",
  version: "VARCHAR",
  kernel: "VARCHAR",
  /** JSON: what its kernel lets it see; and what it has lost since its start, by reason. */
  features: "VARCHAR",
  records: "BIGINT",
  spooled_records: "BIGINT",
  spooled_bytes: "BIGINT",
  lost: "VARCHAR",
} as const satisfies Record<string, ColumnType>;

/** What rows of the rollup sum up of processes. */
const MEASURES = {
  processes: "BIGINT",
  /** Processes whose end is known, and the milliseconds of CPU time that they used. */
  ended: "BIGINT",
  cpu: "DOUBLE",
  /** Processes whose client left something out. */
  incomplete: "BIGINT",
  first_use: "TIMESTAMP_NS",
  last_use: "TIMESTAMP_NS",
} as const satisfies Record<string, ColumnType>;

/**
 * The rollup, derived from the tables above (rollup/): one row stands for all processes of a day that are equal but for
 * their times, and texts are ids. It can be derived again at any time, so copies of a store leave it out.
 */
const ROLLUP = {
  /** Texts that `usage` refers to, each once. */
  name: {
    id: "INTEGER",
    value: "VARCHAR",
  },
  /** Jobs that `usage` refers to, each once: their ids repeat between clusters. */
  job_identity: {
    id: "INTEGER",
    cluster: "VARCHAR",
    /** As the process reported it. Each task of an array job of Slurm has an id of its own. */
    job: "VARCHAR",
    array_job: "VARCHAR",
    array_task: "VARCHAR",
    /** As people name it (expressions.ts). */
    name: "VARCHAR",
  },
  /** Several rows may have the same key, and add up: an end that is stored later adds a row. */
  usage: {
    /** Day of the start, UTC. */
    day: "DATE",
    program: "INTEGER",
    objects: "INTEGER",
    modules: "INTEGER",
    job: "INTEGER",
    cluster: "INTEGER",
    user_name: "INTEGER",
    host: "INTEGER",
    library_path: "INTEGER",
    preload: "INTEGER",
    ...MEASURES,
  },
  /** `usage` summed up over jobs, hosts and variables of the loader: far fewer rows. Rows with the same key add up here, too. */
  daily_usage: {
    day: "DATE",
    program: "INTEGER",
    objects: "INTEGER",
    modules: "INTEGER",
    cluster: "INTEGER",
    user_name: "INTEGER",
    ...MEASURES,
    /** When the last end was received. */
    last_end: "TIMESTAMP_NS",
  },
  /**
   * One row for each job, with the set of programs that it ran. Most jobs run the same as others, so there are far fewer
   * sets than jobs, and distinct jobs are counted by set: the jobs of a library are those whose set has it (job-sets.ts).
   */
  job_usage: {
    job: "INTEGER",
    cluster: "INTEGER",
    /** NULL when the job ran too many programs for a set. */
    program_set: "INTEGER",
    processes: "BIGINT",
    /** One of its users. */
    user_name: "INTEGER",
    first_use: "TIMESTAMP_NS",
    last_use: "TIMESTAMP_NS",
  },
  program_set: {
    id: "INTEGER",
    /** Of its members. */
    hash: "UUID",
  },
  program_set_member: {
    program_set: "INTEGER",
    program: "INTEGER",
    objects: "INTEGER",
  },
  /** The lists that processes loaded later, by the object of their program. */
  later_list: {
    object: "INTEGER",
    list: "INTEGER",
  },
  /** Jobs whose start was reported, each once. */
  announced_job: {
    cluster: "VARCHAR",
    job: "VARCHAR",
    /** The first and the last report of its start. */
    first_start: "TIMESTAMP_NS",
    last_start: "TIMESTAMP_NS",
    /** Those of the job, in any cluster if either names none. */
    processes: "BIGINT",
  },
  /** Processes whose end or later parts were stored, and their start was not. */
  startless: {
    uuid: "UUID",
    /** As the end says it, or else when the first frame was received. */
    started: "TIMESTAMP_NS",
    received: "TIMESTAMP_NS",
    pid: "INTEGER",
  },
  /** Processes whose start fell into an outage, as their children show (lost-parents.ts). */
  lost_parent: {
    /** When the outage ended and began. */
    outage: "TIMESTAMP_NS",
    began: "TIMESTAMP_NS",
    pid: "INTEGER",
    /** The process began between the outage and this time, the start of its first child. */
    started: "TIMESTAMP_NS",
  },
  /** One row: the rollup covers facts up to this sequence. */
  rollup_progress: {
    sequence: "BIGINT",
    /** Rows of `usage`, `daily_usage` and `program_set_member` after the last compaction of each. */
    compact_rows: "BIGINT",
    compact_daily_rows: "BIGINT",
    compact_members: "BIGINT",
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
export type Value = string | number | bigint | null | undefined | readonly string[];

/** A row, by column. */
export type Row<T extends TableName> = { [C in keyof (typeof TABLES)[T]]: Value };

/** Statements that create an empty store. @param prefix - name of an attached database, with its dot. */
export const createStatements = (prefix = ""): string[] => [
  `CREATE TABLE ${prefix}meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)`,
  ...tableStatements(TABLES, prefix),
  ...accountingStatements(prefix),
  ...rollupStatements(prefix),
  ...outageStatements(prefix),
  ...agentStatements(prefix),
];

/** Statements that add columns, which must be its last ones, to one of the {@link TABLES}. */
export const addColumns = <T extends TableName>(table: T, from: keyof (typeof TABLES)[T]): string[] => {
  const columns = Object.entries(TABLES[table]);
  const first = columns.findIndex(([name]) => name === from);
  return columns.slice(first).map(([name, type]) => `ALTER TABLE ${table} ADD COLUMN "${name}" ${type}`);
};

/** Statements that create one of the {@link TABLES} in a store that lacks it. */
export const tableStatement = (table: TableName): string[] => tableStatements({ [table]: TABLES[table] }, "");

export const accountingStatements = (prefix = ""): string[] => tableStatements({ accounting: ACCOUNTING }, prefix);

/** Statements that create an empty rollup. */
export const rollupStatements = (prefix = ""): string[] => tableStatements(ROLLUP, prefix);

/** Statements that create the table of outages. */
export const outageStatements = (prefix = ""): string[] => tableStatements({ outage: OUTAGE }, prefix);

/** Statements that create the table of runs of agents. */
export const agentStatements = (prefix = ""): string[] => tableStatements({ agent_run: AGENT_RUN }, prefix);

function tableStatements(tables: Record<string, Record<string, ColumnType>>, prefix: string): string[] {
  return Object.entries(tables).map(([table, types]) => {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    return `CREATE TABLE ${prefix}"${table}" (${columns.join(", ")})`;
  });
}

/** Names of the tables of the rollup. */
export const ROLLUP_TABLES = Object.keys(ROLLUP);
