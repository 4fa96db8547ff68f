// Generated from proto/openapi.json by `npm run generate`; do not edit.
export interface paths {
    readonly "/api/v1/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An overview of jobs, users, software and verdicts */
        readonly get: operations["overview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/affected": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who is affected: how often, when and by whom a signature, build-id, path or soname was used */
        readonly get: operations["affected"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/affected/jobs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Affected jobs, latest use first */
        readonly get: operations["affectedJobs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/affected/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Affected users with their mail addresses, latest use first */
        readonly get: operations["affectedUsers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/affected/hosts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Affected hosts, latest use first */
        readonly get: operations["affectedHosts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/affected/processes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Affected processes, latest received first */
        readonly get: operations["affectedProcesses"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/processes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Processes, latest received first */
        readonly get: operations["processes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/process": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One process with its whole record */
        readonly get: operations["process"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/jobs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Jobs, latest use first */
        readonly get: operations["jobs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/job": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One job: its processes, with every object and its verdict */
        readonly get: operations["job"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/jobs/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The same as `/job`, for job ids that are valid in a path */
        readonly get: operations["jobByPath"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/job/difference": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Differences between two jobs, program by program */
        readonly get: operations["jobDifference"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/software": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Software by its use */
        readonly get: operations["software"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/unused/builds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Catalogued builds and their latest use, longest unused first */
        readonly get: operations["unusedBuilds"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/unused/modules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Modules and their latest use, longest unused first */
        readonly get: operations["unusedModules"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/user-programs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Programs of users: below home and scratch directories, and in no catalogue */
        readonly get: operations["userPrograms"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/odd/libraries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Libraries loaded from unusual directories, or through LD_LIBRARY_PATH or LD_PRELOAD */
        readonly get: operations["oddLibraries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/odd/environments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Environments that break a rule */
        readonly get: operations["oddEnvironments"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/odd/objects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Objects with a suspicious verdict or a conflict: mismatching, stripped, changed or conflicting */
        readonly get: operations["oddObjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the collector received and lost, over time */
        readonly get: operations["coverage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/coverage/hosts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Processes per host and day */
        readonly get: operations["coverageHosts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/coverage/jobs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Jobs with a start frame and few or no processes */
        readonly get: operations["coverageJobs"];
        readonly put?: never;
        /** Jobs of a list, such as the scheduler's, with few or no processes */
        readonly post: operations["coverageOfJobs"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/accounting": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Outcome of every frame since the collector's start: received = stored + duplicate + rejected + dropped + pending */
        readonly get: operations["accounting"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Rates and durations of inputs and outputs in recent minutes */
        readonly get: operations["stats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/backups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Copy the store to backups/NAME.duckdb while the collector runs */
        readonly post: operations["backup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/exports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Write all processes to exports/NAME.parquet */
        readonly post: operations["export"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/forget": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Remove a user's processes from store, backups and exports */
        readonly post: operations["forget"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/verify": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Verify the findings that have no verdict yet */
        readonly post: operations["verify"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/login-links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Make a login link that works once; requires the token, a session is not enough */
        readonly post: operations["loginLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** The time that an answer covers, by when processes started: as asked for, else from the first process to now. */
        readonly Span: {
            /**
             * Format: date-time
             * Null when the store is empty and nothing was asked for.
             */
            readonly since: string | null;
            /**
             * Format: date-time
             * Exclusive.
             */
            readonly until: string | null;
        };
        /** How complete the data of the span are. Frames are counted by the minute in which they came, processes by their start. */
        readonly Completeness: {
            /** Frames that were stored in the span. */
            readonly stored: number;
            /** Repeats: nothing is missing because of them. */
            readonly duplicate: number;
            /** Frames that made no sense, by reason. */
            readonly rejected: {
                readonly [key: string]: number;
            };
            /** Frames that could not be kept, by reason. */
            readonly dropped: {
                readonly [key: string]: number;
            };
            /** Datagrams that the kernel's full receive buffers lost. */
            readonly kernelDropped: number;
            /** Minutes in which no collector was running, or it was killed before it noted what it counted. */
            readonly unseenMinutes: number;
            /**
             * Format: date-time
             * The counts above begin here; null when nothing of the span was counted.
             */
            readonly countedSince: string | null;
            /** Processes in the span. */
            readonly processes: number;
            /** Processes of which the client left something out: a record has a largest size. */
            readonly incomplete: number;
            /** Processes whose program was not looked at on disk. */
            readonly unchecked: number;
            /** Processes that run still, or ended without saying so: their CPU time is not known. */
            readonly withoutEnd: number;
            /** Stored records that may be missing here because the rollup lags behind the store; /readyz gives the reason. */
            readonly rollupLag: number;
        };
        /** An executable or shared object as a process saw it, and the verdict on it. */
        readonly Object: {
            readonly path: string;
            readonly soname: string | null;
            readonly signatures: readonly string[];
            /** What the register and the catalogues call the signatures. */
            readonly software: readonly string[];
            readonly buildId: string | null;
            readonly verdict: string;
            readonly reason: string | null;
            /** With verdict `changed`: what the comparison with the changed file says. */
            readonly compared: string | null;
            /** What the file on disk says, where it was read. */
            readonly onDisk: {
                readonly signatures: readonly string[];
                readonly buildId: string | null;
            } | null;
        };
        /** What the record says about its sender; nobody has checked it. */
        readonly Claimed: {
            readonly user: string | null;
            readonly uid: number | null;
            readonly gid: number | null;
            readonly effectiveUid: number | null;
            readonly effectiveGid: number | null;
            readonly host: string | null;
        };
        readonly Placement: {
            readonly cluster: string | null;
            readonly step: string | null;
            readonly arrayJob: string | null;
            readonly arrayTask: string | null;
            readonly node: string | null;
            readonly rank: string | null;
            readonly localRank: string | null;
        };
        /** Elements that the client left out because the record would not have fitted. */
        readonly Omitted: {
            readonly arguments: number;
            readonly environment: number;
            readonly objects: number;
            readonly modules: number;
            readonly signatures: number;
        };
        /** A process without its long lists. */
        readonly ProcessSummary: {
            readonly uuid: string;
            /** Format: date-time */
            readonly started: string;
            /** Format: date-time */
            readonly received: string;
            readonly job: string | null;
            readonly claimed: components["schemas"]["Claimed"];
            readonly pid: number;
            readonly parentPid: number;
            readonly workingDirectory: string | null;
            readonly arguments: readonly string[];
            /** From clients that send their arguments joined by spaces. */
            readonly commandLine: string | null;
            readonly modules: readonly string[];
            readonly placement: components["schemas"]["Placement"];
            readonly container: string | null;
            readonly libraryPath: string | null;
            readonly preload: string | null;
            readonly omitted: components["schemas"]["Omitted"] | null;
            readonly program: components["schemas"]["Object"];
            /** How many of the process's shared objects have which verdict. */
            readonly verdicts: {
                readonly [key: string]: number;
            };
        };
        /** CPU times in milliseconds, sizes in kibibytes. */
        readonly Usage: {
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly userTime: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly systemTime: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly maxResident: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly minorFaults: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly majorFaults: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly blocksIn: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly blocksOut: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly voluntarySwitches: number | string;
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly involuntarySwitches: number | string;
        };
        readonly End: {
            /** Format: date-time */
            readonly ended: string | null;
            readonly usage: components["schemas"]["Usage"];
            /** Decimal text where JavaScript could not hold it exactly. */
            readonly unloadedObjects: number | string;
            /** Objects that were loaded after the start. */
            readonly objects: readonly components["schemas"]["Object"][];
        };
        /** A process with everything that its record holds. */
        readonly Process: {
            readonly uuid: string;
            /** Format: date-time */
            readonly started: string;
            /** Format: date-time */
            readonly received: string;
            readonly job: string | null;
            readonly claimed: components["schemas"]["Claimed"];
            readonly pid: number;
            readonly parentPid: number;
            readonly workingDirectory: string | null;
            readonly arguments: readonly string[];
            /** From clients that send their arguments joined by spaces. */
            readonly commandLine: string | null;
            readonly modules: readonly string[];
            readonly placement: components["schemas"]["Placement"];
            readonly container: string | null;
            readonly libraryPath: string | null;
            readonly preload: string | null;
            readonly omitted: components["schemas"]["Omitted"] | null;
            readonly program: components["schemas"]["Object"];
            readonly environment: readonly string[];
            readonly objects: readonly components["schemas"]["Object"][];
            /** Lengths of the whole lists; fewer may stand in an answer that says `truncated`. */
            readonly counts: {
                readonly modules: number;
                readonly environment: number;
                readonly objects: number;
            };
            /** Null while the process runs, or when it ended without saying so. */
            readonly end: components["schemas"]["End"] | null;
            /** The image that this one replaced in the same process by exec: same host, pid and parent, and no end record. */
            readonly execOf: string | null;
        };
        readonly JobEvent: {
            /** `start` or `end` */
            readonly kind: string;
            /** Format: date-time */
            readonly happened: string;
        };
        /** A build as processes found it, whatever list it stands in. */
        readonly Found: {
            readonly path: string;
            readonly soname: string | null;
            readonly signatures: readonly string[];
            readonly buildId: string | null;
            readonly verdicts: readonly string[];
            readonly software: readonly string[];
            /** That ran it or loaded it, at their start or later. */
            readonly processes: number;
            /** Format: date-time */
            readonly firstUse: string | null;
            /** Format: date-time */
            readonly lastUse: string | null;
        };
        /** Files of one name that were verified on disk with this signature, on different builds. */
        readonly Conflict: {
            readonly fileName: string;
            readonly buildIds: readonly string[];
        };
        readonly SoftwareUse: {
            /** `YYYY-MM-DD` or `YYYY-MM`; null for the whole span. */
            readonly period: string | null;
            readonly software: string;
            /** Where the name is from: `register` (and catalogues, by signature), `catalogue` (by build-id or path), `package` (the file's own package note), `module` or `path`. */
            readonly source: string;
            readonly runs: number;
            readonly users: number;
            readonly jobs: number;
            /** Of processes that told their end. */
            readonly cpuSeconds: number;
            /** Format: date-time */
            readonly firstUse: string;
            /** Format: date-time */
            readonly lastUse: string;
        };
        /** `code` is stable and listed in docs/reference/errors.md; `parameter` names the invalid parameter. */
        readonly Error: {
            readonly code: string;
            readonly message: string;
            readonly parameter?: string;
        };
        readonly OverviewAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly processes: number;
            readonly jobs: number;
            readonly users: number;
            readonly hosts: number;
            readonly cpuSeconds: number;
            /** Processes by the verdict on their program. */
            readonly verdicts: {
                readonly [key: string]: number;
            };
            /** The ten that ran most. */
            readonly software: readonly components["schemas"]["SoftwareUse"][];
            readonly topUsers: readonly {
                readonly user: string | null;
                readonly processes: number;
                readonly jobs: number;
            }[];
            readonly topHosts: readonly {
                readonly host: string | null;
                readonly processes: number;
                readonly jobs: number;
            }[];
            /** Frames of the last hour by the minute, oldest first; a minute that nobody counted is missing. */
            readonly lastHour: readonly {
                /** Format: date-time */
                readonly minute: string;
                readonly received: number;
                readonly stored: number;
                /** Rejected, dropped, and dropped by the kernel. */
                readonly lost: number;
            }[];
        };
        /** Exactly one of the five selecting parameters must be given. */
        readonly AffectedAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly selection: {
                /** `signature`, `buildId`, `path` or `soname` */
                readonly kind: string;
                readonly value: string;
            };
            /** What the register and the catalogues call what was found. */
            readonly software: readonly string[];
            readonly processes: number;
            /** Distinct ones; processes without a job count as none. */
            readonly jobs: number;
            readonly users: number;
            readonly hosts: number;
            /** Format: date-time */
            readonly firstUse: string | null;
            /** Format: date-time */
            readonly lastUse: string | null;
            /** At most 100, last used first. */
            readonly objects: readonly components["schemas"]["Found"][];
            readonly objectCount: number;
            readonly conflicts: readonly components["schemas"]["Conflict"][];
        };
        readonly AffectedJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly jobs: readonly {
                /** Null for processes outside of jobs. */
                readonly job: string | null;
                /** At most 100. */
                readonly users: readonly (string | null)[];
                /** At most 100. */
                readonly hosts: readonly (string | null)[];
                readonly userCount: number;
                readonly hostCount: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly AffectedUsersAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly users: readonly {
                readonly user: string | null;
                /** Null without `domain`, and for names that make no address. */
                readonly address: string | null;
                readonly jobs: number;
                readonly hosts: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly AffectedHostsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly hosts: readonly {
                readonly host: string | null;
                readonly jobs: number;
                readonly users: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly AffectedProcessesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** The page would have been too large; `next` goes on. */
            readonly truncated: boolean;
            readonly processes: readonly components["schemas"]["ProcessSummary"][];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly ProcessesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** The page would have been too large; `next` goes on. */
            readonly truncated: boolean;
            readonly processes: readonly components["schemas"]["ProcessSummary"][];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly ProcessAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly process: components["schemas"]["Process"] | null;
            readonly truncated: boolean;
        };
        readonly JobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly jobs: readonly {
                readonly job: string;
                readonly users: readonly (string | null)[];
                readonly hosts: readonly (string | null)[];
                readonly userCount: number;
                readonly hostCount: number;
                /** Different ones. */
                readonly programs: number;
                readonly cpuSeconds: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly JobAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly job: string;
            /** In order of their start. */
            readonly processes: readonly components["schemas"]["Process"][];
            /** How many there are. */
            readonly total: number;
            /** Processes or parts of their lists were left out. */
            readonly truncated: boolean;
            /** What job start and end frames said. */
            readonly events: readonly components["schemas"]["JobEvent"][];
            /** `cursor` of the next page. */
            readonly next: string | null;
        };
        readonly JobDifferenceAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly first: string;
            readonly second: string;
            /** True when the programs that both ran show no difference. */
            readonly identical: boolean;
            /** A job has more processes than are compared: those that started first are. */
            readonly truncated: boolean;
            /** Programs that only the first job ran. */
            readonly onlyFirst: readonly string[];
            readonly onlySecond: readonly string[];
            /** Programs that both ran and that show a difference. */
            readonly programs: readonly {
                /** Path; where that is another in each job, its file name. */
                readonly program: string;
                readonly runsFirst: number;
                readonly runsSecond: number;
                /** Those that are other builds, other files, or in one job only. */
                readonly objects: readonly {
                    /** Soname, or else the path. */
                    readonly name: string;
                    readonly first: components["schemas"]["Object"] | null;
                    readonly second: components["schemas"]["Object"] | null;
                }[];
                /** Variables that differ; those that differ between any two runs (of the scheduler, for example) too. */
                readonly environment: readonly {
                    readonly name: string;
                    /** Values in processes of the first job. */
                    readonly first: readonly string[];
                    readonly second: readonly string[];
                }[];
                /** Modules loaded in one job only. */
                readonly modules: {
                    readonly onlyFirst: readonly string[];
                    readonly onlySecond: readonly string[];
                };
                /** Empty lists when they are the same. */
                readonly arguments: {
                    /** Distinct argument lists. */
                    readonly first: readonly (readonly string[])[];
                    readonly second: readonly (readonly string[])[];
                };
            }[];
        };
        readonly SoftwareAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly total: {
                readonly runs: number;
                readonly cpuSeconds: number;
            };
            /** Of that, what has no name but its path. */
            readonly unnamed: {
                readonly runs: number;
                readonly cpuSeconds: number;
            };
            readonly software: readonly components["schemas"]["SoftwareUse"][];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly UnusedBuildsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Files in the catalogues. */
            readonly catalogued: number;
            readonly builds: readonly {
                readonly path: string;
                readonly software: string | null;
                readonly soname: string | null;
                readonly buildId: string | null;
                readonly signatures: readonly string[];
                /**
                 * Format: date-time
                 * Null: never, as far as the store goes back.
                 */
                readonly lastUse: string | null;
                readonly processes: number;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly UnusedModulesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly modules: readonly {
                readonly module: string;
                /** Format: date-time */
                readonly lastUse: string;
                readonly processes: number;
                readonly users: number;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly UserProgramsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Globs of the directories that count as users' own. */
            readonly roots: readonly string[];
            readonly programs: readonly {
                readonly buildId: string | null;
                /** At most 10. */
                readonly paths: readonly string[];
                readonly pathCount: number;
                readonly software: readonly string[];
                readonly signatures: readonly string[];
                /** At most 100. */
                readonly users: readonly (string | null)[];
                readonly userCount: number;
                readonly runs: number;
                readonly jobs: number;
                readonly cpuSeconds: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
                /** As the file says in `.comment`; empty when it was not read or says nothing. */
                readonly compilers: readonly string[];
                /** Sonames, or paths, of what it loads; at most 200. */
                readonly libraries: readonly string[];
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly OddLibrariesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly libraries: readonly {
                readonly soname: string;
                readonly path: string;
                /** Directories where most processes find this soname; at most 10. */
                readonly usual: readonly string[];
                /** `user-directory`, `rare-directory`, `library-path`, `preload` */
                readonly reasons: readonly string[];
                readonly software: readonly string[];
                readonly processes: number;
                readonly jobs: number;
                /** At most 100. */
                readonly users: readonly (string | null)[];
                readonly userCount: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly OddEnvironmentsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly environments: readonly {
                readonly rule: string;
                readonly description: string;
                /** Value of the variable in one of them; null when it is missing. */
                readonly example: string | null;
                readonly processes: number;
                readonly jobs: number;
                /** At most 100. */
                readonly users: readonly (string | null)[];
                readonly userCount: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
                readonly lastJob: string | null;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly OddObjectsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly objects: readonly {
                readonly path: string;
                readonly soname: string | null;
                /** Or `conflict`: one signature under one file name on several builds. */
                readonly verdict: string;
                readonly reason: string | null;
                readonly software: readonly string[];
                readonly signatures: readonly string[];
                readonly buildId: string | null;
                readonly onDisk: {
                    readonly signatures: readonly string[];
                    readonly buildId: string | null;
                } | null;
                /** With `conflict`: the builds. */
                readonly buildIds: readonly string[];
                readonly processes: number;
                readonly jobs: number;
                readonly userCount: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly CoverageAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly periods: readonly {
                /** Format: date-time */
                readonly start: string;
                /** Counted minutes. */
                readonly minutes: number;
                readonly received: number;
                readonly stored: number;
                readonly duplicate: number;
                readonly rejected: {
                    readonly [key: string]: number;
                };
                readonly dropped: {
                    readonly [key: string]: number;
                };
                readonly kernelDropped: number;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly CoverageHostsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly hosts: readonly {
                readonly host: string | null;
                /** `YYYY-MM-DD`, UTC */
                readonly day: string;
                readonly processes: number;
                readonly jobs: number;
                readonly users: number;
                /** Processes that told their end. */
                readonly ended: number;
                /** Processes a day on this host, over the days of the span on which it had any. */
                readonly usual: number;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly CoverageJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Jobs that were looked for. */
            readonly known: number;
            readonly jobs: readonly {
                readonly job: string;
                readonly processes: number;
                readonly user: string | null;
                /** Format: date-time */
                readonly started: string | null;
                /** Format: date-time */
                readonly ended: string | null;
                /** `event`: a job start frame; `list`: it was asked for. */
                readonly source: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly CoverageOfJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Jobs that were looked for. */
            readonly known: number;
            readonly jobs: readonly {
                readonly job: string;
                readonly processes: number;
                readonly user: string | null;
                /** Format: date-time */
                readonly started: string | null;
                /** Format: date-time */
                readonly ended: string | null;
                /** `event`: a job start frame; `list`: it was asked for. */
                readonly source: string;
            }[];
            /** `cursor` of the next page; null on the last. */
            readonly next: string | null;
        };
        readonly AccountingAnswer: {
            readonly received: number;
            readonly stored: number;
            readonly duplicate: number;
            /** By reason. */
            readonly rejected: {
                readonly [key: string]: number;
            };
            /** By reason. */
            readonly dropped: {
                readonly [key: string]: number;
            };
            /** Under way. */
            readonly pending: number;
            /** Datagrams that never became frames. */
            readonly kernelDropped: number;
        };
        /** Per second, over the last 1, 5 and 15 minutes; over the time since the start while that is shorter. */
        readonly Rates: {
            readonly last1: number;
            readonly last5: number;
            readonly last15: number;
        };
        /** Milliseconds, of the newest 1024 at most that were measured in the last 15 minutes; null when nothing was. */
        readonly Durations: {
            readonly count: number;
            readonly min: number | null;
            readonly median: number | null;
            readonly max: number | null;
        };
        readonly StatsAnswer: {
            /**
             * Format: date-time
             * Start of the collector.
             */
            readonly since: string;
            readonly received: components["schemas"]["Rates"];
            readonly stored: components["schemas"]["Rates"];
            /** Durations: from reception to the disk, of some of the frames. */
            readonly inputs: readonly {
                /** `udp`, `tcp`, `unix`, `websocket` and the address */
                readonly name: string;
                /** Since the start. */
                readonly frames: number;
                readonly rates: components["schemas"]["Rates"];
                readonly durations: components["schemas"]["Durations"];
            }[];
            /** Durations: of the last deliveries. */
            readonly outputs: readonly {
                readonly name: string;
                readonly kind: string;
                /**
                 * `waiting`: after a failure, until the next try.
                 * @enum {string}
                 */
                readonly state: "idle" | "delivering" | "waiting" | "stopped";
                /** Why it waits. */
                readonly error: string | null;
                /** Delivered since the start; repeats count. */
                readonly records: number;
                /** Refused by the receiver for good. */
                readonly refused: number;
                readonly failures: number;
                /** Events in the store that wait. */
                readonly lag: number;
                /** For how long the oldest of them waits. */
                readonly lagSeconds: number;
                readonly rates: components["schemas"]["Rates"];
                readonly durations: components["schemas"]["Durations"];
            }[];
            /** Frames in each interval of the last hour, the oldest first; fewer after a start. */
            readonly history: {
                /** Seconds. */
                readonly interval: number;
                /**
                 * Format: date-time
                 * End of the newest interval.
                 */
                readonly until: string;
                readonly received: readonly number[];
                readonly stored: readonly number[];
            };
        };
        readonly BackupAnswer: {
            /** That were written. */
            readonly files: readonly string[];
        };
        readonly ExportAnswer: {
            /** That were written. */
            readonly files: readonly string[];
        };
        readonly ForgetAnswer: {
            /** That were written. */
            readonly files: readonly string[];
        };
        readonly VerifyAnswer: {
            /** Findings without a verdict before the operation. */
            readonly unresolved: number;
            /** Of those, findings that have a verdict now. */
            readonly resolved: number;
        };
        readonly LoginLink: {
            /** Format: uri */
            readonly url: string;
            /**
             * Format: date-time
             * When it is worth nothing any more.
             */
            readonly expires: string;
        };
    };
    responses: {
        /** An error. */
        readonly Error: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
        readonly since: string;
        /** Selects processes that started before this time. */
        readonly until: string;
        /** Maximum number of rows in the answer. */
        readonly limit: number;
        /** `next` of the previous page. */
        readonly cursor: string;
        /** Job id, reversible text. */
        readonly job: string;
        /** User that the process claims. */
        readonly user: string;
        /** Host that the process claims. */
        readonly host: string;
        /** UUID of a stamp. */
        readonly signature: string;
        /** Complete GNU build-id in hexadecimal. */
        readonly buildId: string;
        /** Path, a glob: `*` stands for any characters, `?` for one. */
        readonly path: string;
        /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
        readonly soname: string;
        /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
        readonly text: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly overview: {
        readonly parameters: {
            readonly query?: {
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OverviewAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly affected: {
        readonly parameters: {
            readonly query?: {
                /** UUID of a stamp. */
                readonly signature?: components["parameters"]["signature"];
                /** Complete GNU build-id in hexadecimal. */
                readonly buildId?: components["parameters"]["buildId"];
                /** Path, a glob: `*` stands for any characters, `?` for one. */
                readonly path?: components["parameters"]["path"];
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
                readonly text?: components["parameters"]["text"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AffectedAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly affectedJobs: {
        readonly parameters: {
            readonly query?: {
                /** UUID of a stamp. */
                readonly signature?: components["parameters"]["signature"];
                /** Complete GNU build-id in hexadecimal. */
                readonly buildId?: components["parameters"]["buildId"];
                /** Path, a glob: `*` stands for any characters, `?` for one. */
                readonly path?: components["parameters"]["path"];
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
                readonly text?: components["parameters"]["text"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AffectedJobsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly affectedUsers: {
        readonly parameters: {
            readonly query?: {
                /** UUID of a stamp. */
                readonly signature?: components["parameters"]["signature"];
                /** Complete GNU build-id in hexadecimal. */
                readonly buildId?: components["parameters"]["buildId"];
                /** Path, a glob: `*` stands for any characters, `?` for one. */
                readonly path?: components["parameters"]["path"];
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
                readonly text?: components["parameters"]["text"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Mail domain, from which the addresses of the users are made. */
                readonly domain?: string;
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AffectedUsersAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly affectedHosts: {
        readonly parameters: {
            readonly query?: {
                /** UUID of a stamp. */
                readonly signature?: components["parameters"]["signature"];
                /** Complete GNU build-id in hexadecimal. */
                readonly buildId?: components["parameters"]["buildId"];
                /** Path, a glob: `*` stands for any characters, `?` for one. */
                readonly path?: components["parameters"]["path"];
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
                readonly text?: components["parameters"]["text"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AffectedHostsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly affectedProcesses: {
        readonly parameters: {
            readonly query?: {
                /** UUID of a stamp. */
                readonly signature?: components["parameters"]["signature"];
                /** Complete GNU build-id in hexadecimal. */
                readonly buildId?: components["parameters"]["buildId"];
                /** Path, a glob: `*` stands for any characters, `?` for one. */
                readonly path?: components["parameters"]["path"];
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
                readonly text?: components["parameters"]["text"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AffectedProcessesAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly processes: {
        readonly parameters: {
            readonly query?: {
                /** Job id, reversible text. */
                readonly job?: components["parameters"]["job"];
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Host that the process claims. */
                readonly host?: components["parameters"]["host"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProcessesAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly process: {
        readonly parameters: {
            readonly query: {
                /** UUID of the process. */
                readonly uuid: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProcessAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly jobs: {
        readonly parameters: {
            readonly query?: {
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Host that the process claims. */
                readonly host?: components["parameters"]["host"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly job: {
        readonly parameters: {
            readonly query: {
                /** Job id, reversible text. */
                readonly id: string;
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly jobByPath: {
        readonly parameters: {
            readonly query?: {
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path: {
                /** Job id, reversible text. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly jobDifference: {
        readonly parameters: {
            readonly query: {
                /** Job id. */
                readonly first: string;
                /** Job id. */
                readonly second: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobDifferenceAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly software: {
        readonly parameters: {
            readonly query?: {
                /** Order of the rows. */
                readonly by?: "runs" | "users" | "jobs" | "cpu";
                /** One row per day, per month, or for the whole span. */
                readonly period?: "all" | "month" | "day";
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SoftwareAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly unusedBuilds: {
        readonly parameters: {
            readonly query?: {
                /** Selects what was not used since this time. */
                readonly since?: string;
                /** Selects files with this path, a glob. */
                readonly path?: string;
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UnusedBuildsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly unusedModules: {
        readonly parameters: {
            readonly query?: {
                /** Selects what was not used since this time. */
                readonly since?: string;
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UnusedModulesAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly userPrograms: {
        readonly parameters: {
            readonly query?: {
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UserProgramsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly oddLibraries: {
        readonly parameters: {
            readonly query?: {
                /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
                readonly soname?: components["parameters"]["soname"];
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OddLibrariesAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly oddEnvironments: {
        readonly parameters: {
            readonly query?: {
                /** Selects this rule. */
                readonly rule?: string;
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OddEnvironmentsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly oddObjects: {
        readonly parameters: {
            readonly query?: {
                /** Selects this verdict. */
                readonly verdict?: "mismatch" | "stripped" | "unreported" | "changed" | "malformed" | "missing" | "unreadable" | "conflict";
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OddObjectsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly coverage: {
        readonly parameters: {
            readonly query?: {
                /** Period that a row covers. */
                readonly period?: "hour" | "day";
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CoverageAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly coverageHosts: {
        readonly parameters: {
            readonly query?: {
                /** Host that the process claims. */
                readonly host?: components["parameters"]["host"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CoverageHostsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly coverageJobs: {
        readonly parameters: {
            readonly query?: {
                /** Selects jobs with fewer processes than this. */
                readonly fewer?: number;
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CoverageJobsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly coverageOfJobs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @default 1 */
                    readonly fewer?: number;
                    readonly jobs: readonly {
                        readonly job: string;
                        readonly user?: string;
                        readonly started?: string;
                        readonly ended?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CoverageOfJobsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly accounting: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccountingAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly stats: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly backup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string;
                };
            };
        };
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackupAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly export: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string;
                };
            };
        };
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly forget: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly user: string;
                };
            };
        };
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ForgetAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly verify: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VerifyAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly loginLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** The result. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LoginLink"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
}
