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
    readonly "/api/v1/affected/builds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Affected builds, latest use first */
        readonly get: operations["affectedBuilds"];
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
        /** Catalogued packages that nobody uses, longest unused first */
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
    readonly "/api/v1/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What is named like a text: software, users, jobs, hosts, modules, libraries, paths and identifiers */
        readonly get: operations["search"];
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
    readonly "/api/v1/coverage/outages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Times without a collector */
        readonly get: operations["coverageOutages"];
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
    readonly "/api/v1/coverage/nodes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Nodes with an agent: last sign of life, and losses */
        readonly get: operations["coverageNodes"];
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
        /** Write all processes to exports/NAME.parquet, and the times without a collector to exports/NAME.outages.parquet */
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
        /** The time that the answer covers, by the start of processes. Without `since` it begins at the first process, without `until` it ends now. */
        readonly Span: {
            /**
             * Format: date-time
             * Null when the store is empty and the request has no `since`.
             */
            readonly since: string | null;
            /**
             * Format: date-time
             * End of the span, exclusive.
             */
            readonly until: string | null;
        };
        /** How complete the data of the span are. Frames count by the minute of their reception, processes by their start. */
        readonly Completeness: {
            /** Frames that were received: the sum of those stored, duplicate, rejected, dropped and pending. */
            readonly received: number;
            /** Frames that were stored. */
            readonly stored: number;
            /** Frames that were received again. No data are missing because of them. */
            readonly duplicate: number;
            /** Invalid frames, by reason. */
            readonly rejected: {
                readonly [key: string]: number;
            };
            /** Valid frames that were not stored, by reason. */
            readonly dropped: {
                readonly [key: string]: number;
            };
            /** Frames in flight at the last account, which the collector writes every minute. */
            readonly pending: number;
            /** Datagrams that the kernel dropped because its receive buffer was full. */
            readonly kernelDropped: number;
            /**
             * Format: date-time
             * Time from which the counts above are known; null when no frames were counted in the span.
             */
            readonly countedSince: string | null;
            /** Times without a collector that touch the span; null when the span ends before `watchedSince`. */
            readonly outages: number | null;
            /** Seconds of the span without a collector, rounded up. Nobody can count the frames that were sent then. 0 with an outage: its length is unknown, because the clock was set. */
            readonly outageSeconds: number | null;
            /**
             * Format: date-time
             * Time from which outages are known: the first start of a collector with this store, or the oldest data that were kept. Null when no collector recorded it.
             */
            readonly watchedSince: string | null;
            /** Processes that started in the span. */
            readonly processes: number;
            /** Processes whose client left out a part of the record, because the size of a record is limited. */
            readonly incomplete: number;
            /** Processes whose program has the verdict `unchecked`. */
            readonly unchecked: number;
            /** Processes that began in the span and whose start was lost, as their end, a later part of their start, or after an outage their children show. They are not among the processes that this answer counts. */
            readonly withoutStart: number;
            /** Processes without an end record, whose CPU time is unknown: they are still running, or sent none. */
            readonly withoutEnd: number;
            /** Stored records that this answer may lack because the rollup lags behind the store. `/readyz` gives the reason. */
            readonly rollupLag: number;
            /** Where the answer found nothing: how the question was read, what it may mean instead, and what the store holds. Also what an answer about environments cannot know. */
            readonly notes: readonly string[];
        };
        /** An executable or shared object as a process reported it, and the verdict on it. */
        readonly Object: {
            /** Path as the process reported it. */
            readonly path: string;
            /** DT_SONAME. */
            readonly soname: string | null;
            /** UUIDs of the stamps that the process found in memory. */
            readonly signatures: readonly string[];
            /** Names of the signatures in the register and the catalogues. */
            readonly software: readonly string[];
            /** GNU build-id in hexadecimal. */
            readonly buildId: string | null;
            /** Result of the comparison with the file on disk. */
            readonly verdict: string;
            /** Why the file was not examined or could not be read. */
            readonly reason: string | null;
            /** With verdict `changed`: the verdict on the file as it is now. */
            readonly compared: string | null;
            /** Signatures and build-id of the file on disk; null when it was not read. */
            readonly onDisk: {
                readonly signatures: readonly string[];
                readonly buildId: string | null;
            } | null;
        };
        /** What the record says about its sender, unverified. */
        readonly Claimed: {
            readonly user: string | null;
            readonly uid: number | null;
            readonly gid: number | null;
            readonly effectiveUid: number | null;
            readonly effectiveGid: number | null;
            readonly host: string | null;
        };
        /** The process's place in its job, from the scheduler's environment variables. */
        readonly Placement: {
            readonly cluster: string | null;
            readonly step: string | null;
            readonly arrayJob: string | null;
            readonly arrayTask: string | null;
            readonly node: string | null;
            readonly rank: string | null;
            readonly localRank: string | null;
        };
        /** Numbers of elements that the client left out, because the size of a record is limited. */
        readonly Omitted: {
            readonly arguments: number;
            readonly environment: number;
            readonly objects: number;
            readonly modules: number;
            readonly signatures: number;
        };
        /** Numbers of elements that the client left out of the record of an end, because its size is limited. */
        readonly OmittedAtEnd: {
            readonly objects: number;
            readonly signatures: number;
        };
        /** What the kernel told an agent of the process, beside what the record claims. */
        readonly Attested: {
            /** Who saw the process: `kernel`, `preload` or `both`. With `kernel`, executable and objects are attested, too. */
            readonly observedBy: string;
            /** Node of the agent, as it was enrolled. */
            readonly agent: string;
            readonly uid: number | null;
            readonly gid: number | null;
            /** In the pid namespace of the agent. */
            readonly pid: number | null;
            /** Inode of its own pid namespace; null in that of the agent. */
            readonly pidNamespace: number | string | null;
            /** Its pid in its own pid namespace. */
            readonly innerPid: number | null;
            readonly cgroup: string | null;
            /** True when it ran before the agent did, or its exec was lost. */
            readonly existed: boolean | null;
        };
        /** What the kernel told an agent of the end. */
        readonly AttestedEnd: {
            readonly observedBy: string;
            readonly agent: string;
            /** `exit`; `exec`: the process went on as another image; `lost`: nobody saw its end. */
            readonly by: string | null;
            /** Exit status; null when a signal ended it, or when it is unknown. */
            readonly status: number | null;
            /** Number of the signal that ended it. */
            readonly signal: number | null;
            readonly coreDumped: boolean | null;
            readonly usage: components["schemas"]["AttestedUsage"] | null;
            readonly forks: components["schemas"]["Forks"] | null;
        };
        /** Of all threads, since before the exec. CPU times in microseconds, `maxResident` in kibibytes, bytes of storage. */
        readonly AttestedUsage: {
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly userTime: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly systemTime: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly maxResident: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly readBytes: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly writtenBytes: number | string;
            readonly threads: number;
            /** Of some threads nothing is known. */
            readonly isLowerBound: boolean;
        };
        /** Processes that it forked and that executed nothing: how many ended, were killed by a signal, failed with a status, and their CPU time in microseconds. */
        readonly Forks: {
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly ended: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly killed: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly failed: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly userTime: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly systemTime: number | string;
        };
        /** A process without its environment and objects. */
        readonly ProcessSummary: {
            /** UUID of the process record. */
            readonly uuid: string;
            /**
             * Format: date-time
             * Start that the process claims.
             */
            readonly started: string;
            /**
             * Format: date-time
             * Time at which the collector received the record.
             */
            readonly received: string;
            /** Job id; null outside of jobs. */
            readonly job: string | null;
            readonly claimed: components["schemas"]["Claimed"];
            readonly pid: number;
            readonly parentPid: number;
            /** Working directory at the start. */
            readonly workingDirectory: string | null;
            /** Arguments, from argv[0] on. */
            readonly arguments: readonly string[];
            /** Arguments joined by spaces, from clients that send them in this form only. */
            readonly commandLine: string | null;
            /** Loaded environment modules. */
            readonly modules: readonly string[];
            readonly placement: components["schemas"]["Placement"];
            /** Container that the process ran in; null outside of containers. */
            readonly container: string | null;
            /** LD_LIBRARY_PATH. */
            readonly libraryPath: string | null;
            /** LD_PRELOAD. */
            readonly preload: string | null;
            /** Null when the record is complete. */
            readonly omitted: components["schemas"]["Omitted"] | null;
            /** Null when no agent delivered the record. */
            readonly attested: components["schemas"]["Attested"] | null;
            readonly program: components["schemas"]["Object"];
            /** Number of the process's shared objects by verdict. */
            readonly verdicts: {
                readonly [key: string]: number;
            };
        };
        /** Resource usage, as from getrusage(2). CPU times are in milliseconds, `maxResident` is in kibibytes. */
        readonly Usage: {
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly userTime: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly systemTime: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly maxResident: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly minorFaults: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly majorFaults: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly blocksIn: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly blocksOut: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly voluntarySwitches: number | string;
            /** Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly involuntarySwitches: number | string;
        };
        readonly End: {
            /**
             * Format: date-time
             * Time of the end.
             */
            readonly ended: string | null;
            readonly usage: components["schemas"]["Usage"];
            /** Objects that were unloaded again before the end. Null when the process does not know, as while other threads are running. Decimal text when a JavaScript number cannot hold the value exactly. */
            readonly unloadedObjects: number | string | null;
            /** Null when the record is complete. */
            readonly omitted: components["schemas"]["OmittedAtEnd"] | null;
            /** Null when no agent delivered the record. */
            readonly attested: components["schemas"]["AttestedEnd"] | null;
            /** Objects that the process loaded after its start. */
            readonly objects: readonly components["schemas"]["Object"][];
        };
        /** A process with its whole record. */
        readonly Process: {
            /** UUID of the process record. */
            readonly uuid: string;
            /**
             * Format: date-time
             * Start that the process claims.
             */
            readonly started: string;
            /**
             * Format: date-time
             * Time at which the collector received the record.
             */
            readonly received: string;
            /** Job id; null outside of jobs. */
            readonly job: string | null;
            readonly claimed: components["schemas"]["Claimed"];
            readonly pid: number;
            readonly parentPid: number;
            /** Working directory at the start. */
            readonly workingDirectory: string | null;
            /** Arguments, from argv[0] on. */
            readonly arguments: readonly string[];
            /** Arguments joined by spaces, from clients that send them in this form only. */
            readonly commandLine: string | null;
            /** Loaded environment modules. */
            readonly modules: readonly string[];
            readonly placement: components["schemas"]["Placement"];
            /** Container that the process ran in; null outside of containers. */
            readonly container: string | null;
            /** LD_LIBRARY_PATH. */
            readonly libraryPath: string | null;
            /** LD_PRELOAD. */
            readonly preload: string | null;
            /** Null when the record is complete. */
            readonly omitted: components["schemas"]["Omitted"] | null;
            /** Null when no agent delivered the record. */
            readonly attested: components["schemas"]["Attested"] | null;
            readonly program: components["schemas"]["Object"];
            /** Environment variables, as `NAME=value`. */
            readonly environment: readonly string[];
            /** Shared objects that were loaded at the start, in load order. */
            readonly objects: readonly components["schemas"]["Object"][];
            /** Lengths of the complete lists. The lists of a truncated answer may be shorter. */
            readonly counts: {
                readonly modules: number;
                readonly environment: number;
                readonly objects: number;
            };
            /** End record; null while the process is running, and when it sent none. */
            readonly end: components["schemas"]["End"] | null;
            /** UUID of the process image that this one replaced by exec: same host, pid and parent, and no end record. */
            readonly execOf: string | null;
        };
        readonly JobEvent: {
            /** `start` or `end`. */
            readonly kind: string;
            /** Format: date-time */
            readonly happened: string;
        };
        /** A build that processes reported, with its use. */
        readonly Found: {
            readonly path: string;
            readonly soname: string | null;
            readonly signatures: readonly string[];
            readonly buildId: string | null;
            readonly verdicts: readonly string[];
            /** Names of its signatures, or else its package note. */
            readonly software: readonly string[];
            /** Processes that ran or loaded the build, at their start or later. */
            readonly processes: number;
            /** Format: date-time */
            readonly firstUse: string | null;
            /** Format: date-time */
            readonly lastUse: string | null;
        };
        /** Files with this signature and one name that were verified on disk with different build-ids. */
        readonly Conflict: {
            readonly fileName: string;
            readonly buildIds: readonly string[];
        };
        readonly SoftwareUse: {
            /** `YYYY-MM-DD` or `YYYY-MM`, UTC; null for the whole span. */
            readonly period: string | null;
            readonly software: string;
            /** Source of the name: `register` (register or catalogue, by signature), `catalogue` (by build-id or path), `package` (the file's package note), `module` (a loaded module) or `path`. */
            readonly source: string;
            /** Number of processes. */
            readonly runs: number;
            /** Number of different users. */
            readonly users: number;
            /** Number of different jobs. */
            readonly jobs: number;
            /** CPU time of the processes that ended, in seconds; null when none of them did. */
            readonly cpuSeconds: number | null;
            /** Processes with an end, whose CPU time is known. */
            readonly ended: number;
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
        /** What the setting `answers.ignored-programs` left out of this answer. */
        readonly Ignored: {
            /** The name globs of the setting. Programs and libraries with such a path are not listed. */
            readonly patterns: readonly string[];
            /** Processes of the span that were not counted, because their program is ignored. */
            readonly processes: number;
        };
        /** Rows of the whole list. Null on a page after the last row. */
        readonly RowCount: number | null;
        /** Cluster of the host, since names of hosts repeat between clusters. Processes that name no cluster count for the only one that others on a host of that name name. */
        readonly HostCluster: string | null;
        readonly OverviewAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            readonly processes: number;
            readonly jobs: number;
            readonly users: number;
            readonly hosts: number;
            /** CPU time of the processes that ended, in seconds; null when none of them did. */
            readonly cpuSeconds: number | null;
            /** Processes with an end, whose CPU time is known. */
            readonly ended: number;
            /** Number of processes by the verdict on their program. */
            readonly verdicts: {
                readonly [key: string]: number;
            };
            /** The ten with most runs. */
            readonly software: readonly components["schemas"]["SoftwareUse"][];
            readonly topUsers: readonly {
                readonly user: string | null;
                readonly processes: number;
                readonly jobs: number;
            }[];
            readonly topHosts: readonly {
                readonly cluster: components["schemas"]["HostCluster"];
                readonly host: string | null;
                readonly processes: number;
                readonly jobs: number;
            }[];
            /** Frames of the last hour by minute, oldest first. Minutes without counts are left out. */
            readonly lastHour: readonly {
                /** Format: date-time */
                readonly minute: string;
                readonly received: number;
                readonly stored: number;
                /** Frames that were rejected or dropped, and datagrams that the kernel dropped. */
                readonly lost: number;
            }[];
        };
        /** The request must give exactly one of `signature`, `buildId`, `path`, `soname` and `text`. */
        readonly AffectedAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly selection: {
                /** `signature`, `buildId`, `path`, `soname` or `software`. */
                readonly kind: string;
                readonly value: string;
            };
            /** Names of the selection in the register and the catalogues. */
            readonly software: readonly string[];
            readonly processes: number;
            /** Number of different jobs. Processes outside of jobs do not count. */
            readonly jobs: number;
            readonly users: number;
            readonly hosts: number;
            /** Format: date-time */
            readonly firstUse: string | null;
            /** Format: date-time */
            readonly lastUse: string | null;
            /** At most 100, latest use first; `/affected/builds` lists all. */
            readonly objects: readonly components["schemas"]["Found"][];
            readonly objectCount: number;
            readonly conflicts: readonly components["schemas"]["Conflict"][];
        };
        readonly AffectedJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly jobs: readonly {
                /** Cluster of the job; null when no record names one. */
                readonly cluster: string | null;
                /** Job id; `ID_TASK` for a task of an array job, null for all processes outside of jobs. */
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
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly AffectedUsersAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly users: readonly {
                readonly user: string | null;
                /** Mail address; null without `domain`, and for user names that cannot be part of an address. */
                readonly address: string | null;
                readonly jobs: number;
                readonly hosts: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly AffectedBuildsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly builds: readonly components["schemas"]["Found"][];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly AffectedHostsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly hosts: readonly {
                readonly cluster: components["schemas"]["HostCluster"];
                readonly host: string | null;
                readonly jobs: number;
                readonly users: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly AffectedProcessesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** True when the page holds fewer rows than asked because it would have been too large. `next` continues after them. */
            readonly truncated: boolean;
            readonly processes: readonly components["schemas"]["ProcessSummary"][];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly ProcessesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** True when the page holds fewer rows than asked because it would have been too large. `next` continues after them. */
            readonly truncated: boolean;
            readonly processes: readonly components["schemas"]["ProcessSummary"][];
            /** `cursor` of the next page; null on the last page. */
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
                /** Cluster of the job; null when no record names one. */
                readonly cluster: string | null;
                /** Job id; `ID_TASK` for a task of an array job. */
                readonly job: string;
                readonly users: readonly (string | null)[];
                readonly hosts: readonly (string | null)[];
                readonly userCount: number;
                readonly hostCount: number;
                /** Number of different programs. */
                readonly programs: number;
                /** CPU time of the processes that ended, in seconds; null when none of them did. */
                readonly cpuSeconds: number | null;
                /** Processes with an end, whose CPU time is known. */
                readonly ended: number;
                readonly processes: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        /** Place of a process in the tree of its job. The parent is the last process with the parent's pid that started before on the same host; an image that replaced another by exec stands beside it. */
        readonly TreePlace: {
            /** UUID of the parent; null at the top, where the parent is not known. */
            readonly parent: string | null;
            /** Number of ancestors. */
            readonly level: number;
            /** Number of processes below it, on all pages. */
            readonly descendants: number;
            /** True when no sibling follows. */
            readonly isLast: boolean;
        };
        /** A process with its whole record and its place in the job. */
        readonly JobProcess: components["schemas"]["Process"] & {
            readonly tree: components["schemas"]["TreePlace"];
        };
        /** A process above a page. */
        readonly Ancestor: {
            /** UUID of the process record. */
            readonly uuid: string;
            readonly pid: number;
            /** Path of the program. */
            readonly path: string;
            readonly tree: components["schemas"]["TreePlace"];
        };
        readonly JobAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** The job as it was asked for. */
            readonly job: string;
            /** Cluster of the job; null when no record names one. */
            readonly cluster: string | null;
            /** Number of tasks with processes, of a whole array job; null for other jobs. */
            readonly tasks: number | null;
            /** The ancestors of the first process, from the top of the tree; at most 64. */
            readonly ancestors: readonly components["schemas"]["Ancestor"][];
            /** Processes in the order of the tree: each below its parent, siblings by their start. */
            readonly processes: readonly components["schemas"]["JobProcess"][];
            /** Number of the job's processes. */
            readonly total: number;
            /** True when processes, or parts of their lists, were left out because the answer would have been too large. */
            readonly truncated: boolean;
            /** Start and end frames of the job. */
            readonly events: readonly components["schemas"]["JobEvent"][];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly JobDifferenceAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly first: string;
            readonly second: string;
            /** True when the programs of both jobs show no difference. */
            readonly identical: boolean;
            /** True when a job has more processes than are compared. Those that started first are compared. */
            readonly truncated: boolean;
            /** Programs of the first job only. Empty, as all lists, if a job has no process. */
            readonly onlyFirst: readonly string[];
            readonly onlySecond: readonly string[];
            /** Programs of both jobs that show a difference. */
            readonly programs: readonly {
                /** Path of the program, or its file name when the jobs ran it from different paths. */
                readonly program: string;
                readonly runsFirst: number;
                readonly runsSecond: number;
                /** Objects that differ: other builds or files, or loaded in one job only. */
                readonly objects: readonly {
                    /** Soname, or the path of an object without one; `(program)` for the program. */
                    readonly name: string;
                    readonly first: components["schemas"]["Object"] | null;
                    readonly second: components["schemas"]["Object"] | null;
                }[];
                /** Variables with different values, including those that differ between any two jobs, such as the scheduler's. */
                readonly environment: readonly {
                    readonly name: string;
                    /** At most 10 values in processes of the first job. */
                    readonly first: readonly string[];
                    readonly second: readonly string[];
                }[];
                /** Modules that one job only loaded. */
                readonly modules: {
                    readonly onlyFirst: readonly string[];
                    readonly onlySecond: readonly string[];
                };
                /** At most 10 argument lists of each job; none when both jobs have the same. */
                readonly arguments: {
                    /** Different argument lists in processes of the first job. */
                    readonly first: readonly (readonly string[])[];
                    readonly second: readonly (readonly string[])[];
                };
            }[];
        };
        readonly SoftwareAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            readonly total: {
                readonly runs: number;
                /** CPU time of the processes that ended, in seconds; null when none of them did. */
                readonly cpuSeconds: number | null;
                /** Processes with an end, whose CPU time is known. */
                readonly ended: number;
            };
            /** The part of `total` that has no name but its path. */
            readonly unnamed: {
                readonly runs: number;
                /** CPU time of the processes that ended, in seconds; null when none of them did. */
                readonly cpuSeconds: number | null;
                /** Processes with an end, whose CPU time is known. */
                readonly ended: number;
            };
            /** The sums of the newest 1,000 days or months with processes, oldest first; empty without `period`. */
            readonly periods: readonly {
                /** `YYYY-MM-DD` or `YYYY-MM`, UTC. */
                readonly period: string;
                /** Number of processes. */
                readonly runs: number;
                /** CPU time of the processes that ended, in seconds; null when none of them did. */
                readonly cpuSeconds: number | null;
                /** Processes with an end, whose CPU time is known. */
                readonly ended: number;
            }[];
            readonly software: readonly components["schemas"]["SoftwareUse"][];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly UnusedBuildsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Number of files in the catalogues. */
            readonly catalogued: number;
            readonly builds: readonly {
                /** Name and version of the package; null for a file without one, which is a row of its own. */
                readonly package: string | null;
                /** Paths of its files, at most 10. */
                readonly paths: readonly string[];
                /** Number of its files in the catalogues. */
                readonly files: number;
                /** Bytes of these files. */
                readonly size: number;
                /**
                 * Format: date-time
                 * Latest start of a process with one of the files; null when the store has none.
                 */
                readonly lastUse: string | null;
                /** Processes that used the most used of its files. */
                readonly processes: number;
                /** Processes without a known end that used one of its files: those may still run. */
                readonly withoutEnd: number;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
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
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly SearchAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Kinds of which something was found. */
            readonly kinds: readonly {
                /** @enum {string} */
                readonly kind: "software" | "user" | "job" | "host" | "module" | "library" | "path" | "signature" | "buildId" | "process";
                /** All names of this kind. */
                readonly count: number;
                /** The first of them: those that are the text, those that begin with it, and then the last used. */
                readonly names: readonly {
                    readonly name: string;
                    /** Of a job or host. */
                    readonly cluster: string | null;
                    /** Processes of all time; null for libraries, paths, signatures and build-ids. */
                    readonly processes: number | null;
                    /** Format: date-time */
                    readonly lastUse: string | null;
                }[];
            }[];
        };
        readonly UserProgramsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            /** Globs of the directories that belong to users. */
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
                /** CPU time of the processes that ended, in seconds; null when none of them did. */
                readonly cpuSeconds: number | null;
                /** Processes with an end, whose CPU time is known. */
                readonly ended: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
                /** Compilers from the section `.comment` of the file; empty when it has none, null when they are not known. */
                readonly compilers: readonly string[] | null;
                /** Sonames of the libraries that the program loads, or paths of those without one; at most 200. */
                readonly libraries: readonly string[];
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly OddLibrariesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            readonly libraries: readonly {
                readonly soname: string;
                readonly path: string;
                /** Directories from which most processes load this soname; at most 10. */
                readonly usual: readonly string[];
                /** Why the directory is odd: `user-directory` (it belongs to a user), `rare-directory` (below 1 % of the soname's processes), `library-path` (from LD_LIBRARY_PATH) or `preload` (from LD_PRELOAD). */
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
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly OddEnvironmentsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            /** What the rules could look at. */
            readonly collected: {
                /** Processes that the question is about. */
                readonly processes: number;
                /** Those that reported a part of their environment at least. Rules say nothing about the others. */
                readonly environments: number;
            };
            /** The rules that were applied. */
            readonly rules: readonly {
                readonly rule: string;
                readonly variable: string;
                /** Processes that the rule applied to. */
                readonly examined: number;
                /** Those that reported the variable. When none did, either nobody sets it or the library was built not to send it. */
                readonly reported: number;
            }[];
            readonly environments: readonly {
                readonly rule: string;
                readonly description: string;
                /** Value of the variable in one of the processes; null when it is missing there. */
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
                readonly lastCluster: string | null;
                readonly lastJob: string | null;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly OddObjectsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly ignored: components["schemas"]["Ignored"];
            readonly objects: readonly {
                readonly path: string;
                readonly soname: string | null;
                /** Verdict, or `conflict`: several builds have the same signature and file name. */
                readonly verdict: string;
                readonly reason: string | null;
                readonly software: readonly string[];
                readonly signatures: readonly string[];
                readonly buildId: string | null;
                readonly onDisk: {
                    readonly signatures: readonly string[];
                    readonly buildId: string | null;
                } | null;
                /** With `conflict`: the build-ids of the files in conflict. */
                readonly buildIds: readonly string[];
                readonly processes: number;
                readonly jobs: number;
                readonly userCount: number;
                /** Format: date-time */
                readonly firstUse: string;
                /** Format: date-time */
                readonly lastUse: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly periods: readonly {
                /** Format: date-time */
                readonly start: string;
                /** Minutes in which a collector counted frames. */
                readonly minutes: number;
                /** The sum of those stored, duplicate, rejected, dropped and pending. */
                readonly received: number;
                readonly stored: number;
                readonly duplicate: number;
                readonly rejected: {
                    readonly [key: string]: number;
                };
                readonly dropped: {
                    readonly [key: string]: number;
                };
                /** Frames in flight at the last account. */
                readonly pending: number;
                readonly kernelDropped: number;
                /** Seconds of the period, as far as it is in the span, without a collector. */
                readonly outageSeconds: number;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageOutagesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Latest first. */
            readonly outages: readonly {
                /** Format: date-time */
                readonly began: string;
                /** Format: date-time */
                readonly ended: string;
                /** Its length, rounded up; 0 when that is unknown, because the clock was set. */
                readonly seconds: number;
                /**
                 * How the collector before it ended: `stopped`, `killed` (also with its host), or `unknown`, as after the restore of a backup.
                 * @enum {string}
                 */
                readonly how: "stopped" | "killed" | "unknown";
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageHostsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly hosts: readonly {
                readonly cluster: components["schemas"]["HostCluster"];
                readonly host: string | null;
                /** `YYYY-MM-DD`, UTC. */
                readonly day: string;
                readonly processes: number;
                readonly jobs: number;
                readonly users: number;
                /** Processes with an end record. */
                readonly ended: number;
                /** Average number of processes per day on this host, over the days of the span with any. */
                readonly usual: number;
                /**
                 * Format: date-time
                 * Last sign of life of the agent on this host; null if there never was one.
                 */
                readonly agentLastSeen: string | null;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageNodesAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            readonly nodes: readonly {
                /** Name of the node as it was enrolled. */
                readonly host: string;
                /** Of the agent. */
                readonly version: string;
                readonly kernel: string;
                /** What its kernel lets the agent see. */
                readonly features: readonly string[];
                /**
                 * Format: date-time
                 * Start of its first agent in the span.
                 */
                readonly since: string;
                /**
                 * Format: date-time
                 * Last sign of life.
                 */
                readonly lastSeen: string;
                /** True after 30 seconds without a sign of life. */
                readonly isSilent: boolean;
                /** Time since the last sign of life. */
                readonly silentSeconds: number;
                /** Time without an agent between its first and its last start in the span. */
                readonly absentSeconds: number;
                /** Starts of the agent. */
                readonly runs: number;
                /** Records that it had not delivered at its last sign of life. */
                readonly spooledRecords: number;
                readonly spooledBytes: number;
                /** What its agents have lost since their starts, by reason. */
                readonly lost: {
                    readonly [key: string]: number;
                };
                /** The sum of `lost`. */
                readonly lostInAll: number;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Number of jobs that were examined. */
            readonly known: number;
            readonly jobs: readonly {
                /** Cluster of the job; null when no record names one. */
                readonly cluster: string | null;
                readonly job: string;
                readonly processes: number;
                readonly user: string | null;
                /** Format: date-time */
                readonly started: string | null;
                /** Format: date-time */
                readonly ended: string | null;
                /** `event` for a job with a start frame, `list` for a job of the request. */
                readonly source: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly CoverageOfJobsAnswer: {
            readonly span: components["schemas"]["Span"];
            readonly completeness: components["schemas"]["Completeness"];
            /** Number of jobs that were examined. */
            readonly known: number;
            readonly jobs: readonly {
                /** Cluster of the job; null when no record names one. */
                readonly cluster: string | null;
                readonly job: string;
                readonly processes: number;
                readonly user: string | null;
                /** Format: date-time */
                readonly started: string | null;
                /** Format: date-time */
                readonly ended: string | null;
                /** `event` for a job with a start frame, `list` for a job of the request. */
                readonly source: string;
            }[];
            readonly rowCount: components["schemas"]["RowCount"];
            /** `cursor` of the next page; null on the last page. */
            readonly next: string | null;
        };
        readonly AccountingAnswer: {
            /** Frames since the start of the collector. */
            readonly received: number;
            /** Frames on disk. */
            readonly stored: number;
            /** Frames that were received again. */
            readonly duplicate: number;
            /** Frames by reason. */
            readonly rejected: {
                readonly [key: string]: number;
            };
            /** Frames by reason. */
            readonly dropped: {
                readonly [key: string]: number;
            };
            /** Frames in flight between reception and store. */
            readonly pending: number;
            /** Datagrams that the kernel dropped because its receive buffer was full. They are not part of `received`. */
            readonly kernelDropped: number;
            /** Records in the store whose verdicts are still to come, as an amendment. Their frames are part of `stored`. */
            readonly awaitingVerdicts: number;
        };
        /** Rates per second over the last 1, 5 and 15 minutes, or since the start if that is shorter. */
        readonly Rates: {
            readonly last1: number;
            readonly last5: number;
            readonly last15: number;
        };
        /** Durations in milliseconds, from at most the newest 1024 measurements of the last 15 minutes; null without measurements. */
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
            /** Inputs. Durations are from reception to the disk, of a sample of the frames. */
            readonly inputs: readonly {
                /** `udp`, `tcp`, `unix` or `websocket`, and the address. */
                readonly name: string;
                /** Frames since the start of the collector. */
                readonly frames: number;
                readonly rates: components["schemas"]["Rates"];
                readonly durations: components["schemas"]["Durations"];
            }[];
            /** Outputs. Durations are those of recent deliveries. */
            readonly outputs: readonly {
                readonly name: string;
                readonly kind: string;
                /**
                 * `waiting` after a failure until the next attempt.
                 * @enum {string}
                 */
                readonly state: "idle" | "delivering" | "waiting" | "stopped";
                /** Reason for `waiting` or `stopped`; null otherwise. */
                readonly error: string | null;
                /** Records that were delivered since the start, including duplicates. */
                readonly records: number;
                /** Records that the receiver refused permanently. */
                readonly refused: number;
                readonly failures: number;
                /** Number of stored events that are still to be delivered. */
                readonly lag: number;
                /** Age of the oldest of them, in seconds. */
                readonly lagSeconds: number;
                readonly rates: components["schemas"]["Rates"];
                readonly durations: components["schemas"]["Durations"];
            }[];
            /** Frames in each interval of the last hour, oldest first. Shortly after a start there are fewer intervals. */
            readonly history: {
                /** Length of an interval in seconds. */
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
            /** Files that were written. */
            readonly files: readonly string[];
        };
        readonly ExportAnswer: {
            /** Files that were written. */
            readonly files: readonly string[];
        };
        readonly ForgetAnswer: {
            readonly dryRun: boolean;
            /** Processes of the user in the store. */
            readonly processes: number;
            /** Jobs with a process of the user in the store. */
            readonly jobs: number;
            /** Files with something of the user, which were rewritten or removed unless `dryRun` was given; none if nobody of that name is known. */
            readonly files: readonly {
                readonly path: string;
                /** Processes of the user; documents in files of outputs. */
                readonly records: number;
            }[];
        };
        readonly VerifyAnswer: {
            /** Records with files that the collector could not look at. */
            readonly unresolved: number;
            /** Those of them that were amended, since some of these files have a verdict now. */
            readonly resolved: number;
        };
        readonly LoginLink: {
            /** Format: uri */
            readonly url: string;
            /**
             * Format: date-time
             * Time from which the link is invalid.
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
        /** UUID of a process: selects it and the processes below it. */
        readonly root: string;
        /** Number of levels of the tree, from its top or from `root` on; by default all. */
        readonly levels: number;
        /** Maximum number of rows in the answer. */
        readonly limit: number;
        /** `next` of the previous page. */
        readonly cursor: string;
        /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
        readonly snapshot: boolean;
        /** Job: `[CLUSTER:]ID`, with `_TASK` for a task of an array job and `.STEP` for a step. Reversible text. */
        readonly job: string;
        /** Cluster that the process claims, or that its listener gives it. */
        readonly cluster: string;
        /** User that the process claims. */
        readonly user: string;
        /** Host that the process claims. */
        readonly host: string;
        /** Module that the process had loaded, with its version. */
        readonly module: string;
        /** UUID of a stamp. */
        readonly signature: string;
        /** Complete GNU build-id in hexadecimal. */
        readonly buildId: string;
        /** Path, a glob: `*` stands for any characters, `?` for one. */
        readonly path: string;
        /** DT_SONAME of a shared object, or its file name when it has none; a glob. */
        readonly soname: string;
        /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
        readonly software: string;
        /** Any of the four above, recognized by its form: a UUID, a build-id, a path with a slash, otherwise a soname. */
        readonly text: string;
        /** File that a process of the job used: a UUID, a build-id, a path, software with its version, otherwise a soname, as for `text`. */
        readonly used: string;
        /** A second file that a process of the job used, the same one or another. */
        readonly alsoUsed: string;
        /** File that no process of the job used. */
        readonly notUsed: string;
        /** `running`: no end arrived so far, so the process runs, or its end was lost; `ended`: its end arrived. Without `since`, of the last 30 days. */
        readonly state: "running" | "ended";
        /** Whether the program has a stamp: `some` or `none`. */
        readonly stamp: "some" | "none";
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
                /** Cluster that the process claims, or that its listener gives it. */
                readonly cluster?: components["parameters"]["cluster"];
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
    readonly affectedBuilds: {
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                    readonly "application/json": components["schemas"]["AffectedBuildsAnswer"];
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Name of software, in any version or with one, as in `simulate 1.0`; a glob. */
                readonly software?: components["parameters"]["software"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Job: `[CLUSTER:]ID`, with `_TASK` for a task of an array job and `.STEP` for a step. Reversible text. */
                readonly job?: components["parameters"]["job"];
                /** Cluster that the process claims, or that its listener gives it. */
                readonly cluster?: components["parameters"]["cluster"];
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Host that the process claims. */
                readonly host?: components["parameters"]["host"];
                /** `running`: no end arrived so far, so the process runs, or its end was lost; `ended`: its end arrived. Without `since`, of the last 30 days. */
                readonly state?: components["parameters"]["state"];
                /** Whether the program has a stamp: `some` or `none`. */
                readonly stamp?: components["parameters"]["stamp"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Cluster that the process claims, or that its listener gives it. */
                readonly cluster?: components["parameters"]["cluster"];
                /** User that the process claims. */
                readonly user?: components["parameters"]["user"];
                /** Host that the process claims. */
                readonly host?: components["parameters"]["host"];
                /** Module that the process had loaded, with its version. */
                readonly module?: components["parameters"]["module"];
                /** File that a process of the job used: a UUID, a build-id, a path, software with its version, otherwise a soname, as for `text`. */
                readonly used?: components["parameters"]["used"];
                /** A second file that a process of the job used, the same one or another. */
                readonly alsoUsed?: components["parameters"]["alsoUsed"];
                /** File that no process of the job used. */
                readonly notUsed?: components["parameters"]["notUsed"];
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Job: `[CLUSTER:]ID`, with `_TASK` for a task of an array job and `.STEP` for a step. Reversible text. */
                readonly id: string;
                /** UUID of a process: selects it and the processes below it. */
                readonly root?: components["parameters"]["root"];
                /** Number of levels of the tree, from its top or from `root` on; by default all. */
                readonly levels?: components["parameters"]["levels"];
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
                /** UUID of a process: selects it and the processes below it. */
                readonly root?: components["parameters"]["root"];
                /** Number of levels of the tree, from its top or from `root` on; by default all. */
                readonly levels?: components["parameters"]["levels"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path: {
                /** Job: `[CLUSTER:]ID`, with `_TASK` for a task of an array job and `.STEP` for a step. Reversible text. */
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
                /** Selects software of this name, in any version or with one; a glob. */
                readonly name?: string;
                /** Order of the rows. */
                readonly by?: "runs" | "users" | "jobs" | "cpu";
                /** One row per day, per month, or for the whole span. */
                readonly period?: "all" | "month" | "day";
                /** Cluster that the process claims, or that its listener gives it. */
                readonly cluster?: components["parameters"]["cluster"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Selects what was not used since this time. What was used in the last 24 hours is never listed. */
                readonly since?: string;
                /** Selects packages with a file at this path, a glob. */
                readonly path?: string;
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
    readonly search: {
        readonly parameters: {
            readonly query: {
                /** Part of a name, or a name with `*` and `?`; the first four characters or more of a UUID or build-id. Upper and lower case are the same. */
                readonly text: string;
                /** Names of each kind, at most; 5 by default. */
                readonly limit?: number;
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
                    readonly "application/json": components["schemas"]["SearchAnswer"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
    readonly coverageOutages: {
        readonly parameters: {
            readonly query?: {
                /** Selects processes that started at this time or later: `2026-11-22` (UTC) or `2026-11-22T08:00:00Z` (ISO 8601). */
                readonly since?: components["parameters"]["since"];
                /** Selects processes that started before this time. */
                readonly until?: components["parameters"]["until"];
                /** Maximum number of rows in the answer. */
                readonly limit?: components["parameters"]["limit"];
                /** `next` of the previous page. */
                readonly cursor?: components["parameters"]["cursor"];
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                    readonly "application/json": components["schemas"]["CoverageOutagesAnswer"];
                };
            };
            readonly default: components["responses"]["Error"];
        };
    };
    readonly coverageHosts: {
        readonly parameters: {
            readonly query?: {
                /** Cluster that the process claims, or that its listener gives it. */
                readonly cluster?: components["parameters"]["cluster"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
    readonly coverageNodes: {
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                    readonly "application/json": components["schemas"]["CoverageNodesAnswer"];
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
                /** Answers from a snapshot of the store, which the pages after `next` read too: each row is on exactly one page, whatever arrives meanwhile. The snapshot ends with the last page, or when no page was asked for within five minutes. Lists of processes need none. */
                readonly snapshot?: components["parameters"]["snapshot"];
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
                        readonly cluster?: string;
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
                    /** The name that the processes reported, reversible text. */
                    readonly user: string;
                    /**
                     * Counts what would be removed, and removes nothing.
                     * @default false
                     */
                    readonly dryRun?: boolean;
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
