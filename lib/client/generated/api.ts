// Generated from proto/openapi.json by `npm run generate`; do not edit.
export interface paths {
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What there is, at a glance */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/affected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is affected: the use of a signature, build-id, path or soname, in one view */
        get: operations["affected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/affected/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs that used it, last use first */
        get: operations["affectedJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/affected/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The users who used it, last use first, with addresses to write to */
        get: operations["affectedUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/affected/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hosts on which it was used, last use first */
        get: operations["affectedHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/affected/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The processes that used it, last received first */
        get: operations["affectedProcesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest processes, last received first */
        get: operations["processes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One process with everything that its record holds */
        get: operations["process"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, last use first */
        get: operations["jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/job": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a job was: its processes, with every object and its verdict */
        get: operations["job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as `/job`, for ids that survive in a path */
        get: operations["jobByPath"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/job/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is different between two jobs, program by program */
        get: operations["jobDifference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/software": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs here: software by use */
        get: operations["software"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unused/builds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can go: catalogued builds and their last use, longest unused first */
        get: operations["unusedBuilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unused/modules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Modules that were ever loaded and their last use, longest unused first */
        get: operations["unusedModules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user-programs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What users brought themselves: programs below home and scratch directories that no catalogue knows */
        get: operations["userPrograms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/odd/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sonames from unusual places, or through LD_LIBRARY_PATH or LD_PRELOAD */
        get: operations["oddLibraries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/odd/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments that break a rule */
        get: operations["oddEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/odd/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Objects that are not what they should be: mismatching, stripped, changed, conflicting */
        get: operations["oddObjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was received and what was not, over time */
        get: operations["coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Processes per host and day */
        get: operations["coverageHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that were announced by a start frame and have no or few processes */
        get: operations["coverageJobs"];
        put?: never;
        /** Which jobs of a list, from the scheduler for example, have no or few processes */
        post: operations["coverageOfJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where every frame went since the collector's start: received = stored + duplicate + rejected + dropped + pending */
        get: operations["accounting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rates and durations of inputs and outputs, over the last minutes */
        get: operations["stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy the store as backups/NAME.duckdb, while the collector goes on */
        post: operations["backup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write all processes as exports/NAME.parquet */
        post: operations["export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove a user's processes from store, backups and exports */
        post: operations["forget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look again at files that were not looked at */
        post: operations["verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/login-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link that lets a browser in, once; with the token only, a session asks in vain */
        post: operations["loginLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The time that an answer covers, by when processes started: as asked for, else from the first process to now. */
        Span: {
            /**
             * Format: date-time
             * @description Null when the store is empty and nothing was asked for.
             */
            since: string | null;
            /**
             * Format: date-time
             * @description Exclusive.
             */
            until: string | null;
        };
        /** @description How complete the data of the span are. Frames are counted by the minute in which they came, processes by their start. */
        Completeness: {
            /** @description Frames that were stored in the span. */
            stored: number;
            /** @description Repeats: nothing is missing because of them. */
            duplicate: number;
            /** @description Frames that made no sense, by reason. */
            rejected: {
                [key: string]: number;
            };
            /** @description Frames that could not be kept, by reason. */
            dropped: {
                [key: string]: number;
            };
            /** @description Datagrams that the kernel's full receive buffers lost. */
            kernelDropped: number;
            /** @description Minutes in which no collector was running, or it was killed before it noted what it counted. */
            unseenMinutes: number;
            /**
             * Format: date-time
             * @description The counts above begin here; null when nothing of the span was counted.
             */
            countedSince: string | null;
            /** @description Processes in the span. */
            processes: number;
            /** @description Processes of which the client left something out: a record has a largest size. */
            incomplete: number;
            /** @description Processes whose program was not looked at on disk. */
            unchecked: number;
            /** @description Processes that run still, or ended without saying so: their CPU time is not known. */
            withoutEnd: number;
        };
        /** @description An executable or shared object as a process saw it, and the verdict on it. */
        Object: {
            path: string;
            soname: string | null;
            signatures: string[];
            /** @description What the register and the catalogues call the signatures. */
            software: string[];
            buildId: string | null;
            verdict: string;
            reason: string | null;
            /** @description With verdict `changed`: what the comparison with the changed file says. */
            compared: string | null;
            /** @description What the file on disk says, where it was read. */
            onDisk: {
                signatures: string[];
                buildId: string | null;
            } | null;
        };
        /** @description What the record says about its sender; nobody has checked it. */
        Claimed: {
            user: string | null;
            uid: number | null;
            gid: number | null;
            effectiveUid: number | null;
            effectiveGid: number | null;
            host: string | null;
        };
        Placement: {
            cluster: string | null;
            step: string | null;
            arrayJob: string | null;
            arrayTask: string | null;
            node: string | null;
            rank: string | null;
            localRank: string | null;
        };
        /** @description Elements that the client left out because the record would not have fitted. */
        Omitted: {
            arguments: number;
            environment: number;
            objects: number;
            modules: number;
            signatures: number;
        };
        /** @description A process without its long lists. */
        ProcessSummary: {
            uuid: string;
            /** Format: date-time */
            started: string;
            /** Format: date-time */
            received: string;
            job: string | null;
            claimed: components["schemas"]["Claimed"];
            pid: number;
            parentPid: number;
            workingDirectory: string | null;
            arguments: string[];
            /** @description From clients that send their arguments joined by spaces. */
            commandLine: string | null;
            modules: string[];
            placement: components["schemas"]["Placement"];
            container: string | null;
            libraryPath: string | null;
            preload: string | null;
            omitted: components["schemas"]["Omitted"] | null;
            program: components["schemas"]["Object"];
            /** @description How many of the process's shared objects have which verdict. */
            verdicts: {
                [key: string]: number;
            };
        };
        /** @description CPU times in milliseconds, sizes in kibibytes. */
        Usage: {
            /** @description Decimal text where JavaScript could not hold it exactly. */
            userTime: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            systemTime: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            maxResident: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            minorFaults: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            majorFaults: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            blocksIn: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            blocksOut: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            voluntarySwitches: number | string;
            /** @description Decimal text where JavaScript could not hold it exactly. */
            involuntarySwitches: number | string;
        };
        End: {
            /** Format: date-time */
            ended: string | null;
            usage: components["schemas"]["Usage"];
            /** @description Decimal text where JavaScript could not hold it exactly. */
            unloadedObjects: number | string;
            /** @description Objects that were loaded after the start. */
            objects: components["schemas"]["Object"][];
        };
        /** @description A process with everything that its record holds. */
        Process: {
            uuid: string;
            /** Format: date-time */
            started: string;
            /** Format: date-time */
            received: string;
            job: string | null;
            claimed: components["schemas"]["Claimed"];
            pid: number;
            parentPid: number;
            workingDirectory: string | null;
            arguments: string[];
            /** @description From clients that send their arguments joined by spaces. */
            commandLine: string | null;
            modules: string[];
            placement: components["schemas"]["Placement"];
            container: string | null;
            libraryPath: string | null;
            preload: string | null;
            omitted: components["schemas"]["Omitted"] | null;
            program: components["schemas"]["Object"];
            environment: string[];
            objects: components["schemas"]["Object"][];
            /** @description Lengths of the whole lists; fewer may stand in an answer that says `truncated`. */
            counts: {
                modules: number;
                environment: number;
                objects: number;
            };
            /** @description Null while the process runs, or when it ended without saying so. */
            end: components["schemas"]["End"] | null;
            /** @description The image that this one replaced in the same process by exec: same host, pid and parent, and no end record. */
            execOf: string | null;
        };
        JobEvent: {
            /** @description `start` or `end` */
            kind: string;
            /** Format: date-time */
            happened: string;
        };
        /** @description A build as processes found it, whatever list it stands in. */
        Found: {
            path: string;
            soname: string | null;
            signatures: string[];
            buildId: string | null;
            verdicts: string[];
            software: string[];
            /** @description That loaded it at their start or ran it. */
            processes: number;
            /** Format: date-time */
            firstUse: string | null;
            /** Format: date-time */
            lastUse: string | null;
        };
        /** @description Files of one name that were verified on disk with this signature, on different builds. */
        Conflict: {
            fileName: string;
            buildIds: string[];
        };
        SoftwareUse: {
            /** @description `YYYY-MM-DD` or `YYYY-MM`; null for the whole span. */
            period: string | null;
            software: string;
            /** @description Where the name is from: `register` (and catalogues, by signature), `catalogue` (by build-id or path), `package` (the file's own package note), `module` or `path`. */
            source: string;
            runs: number;
            users: number;
            jobs: number;
            /** @description Of processes that told their end. */
            cpuSeconds: number;
            /** Format: date-time */
            firstUse: string;
            /** Format: date-time */
            lastUse: string;
        };
        /** @description `code` is stable (docs/errors.md); `parameter` names the one that makes no sense. */
        Error: {
            code: string;
            message: string;
            parameter?: string;
        };
        OverviewAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            processes: number;
            jobs: number;
            users: number;
            hosts: number;
            cpuSeconds: number;
            /** @description Processes by the verdict on their program. */
            verdicts: {
                [key: string]: number;
            };
            /** @description The ten that ran most. */
            software: components["schemas"]["SoftwareUse"][];
            topUsers: {
                user: string | null;
                processes: number;
                jobs: number;
            }[];
            topHosts: {
                host: string | null;
                processes: number;
                jobs: number;
            }[];
            /** @description Frames of the last hour by the minute, oldest first; a minute that nobody counted is missing. */
            lastHour: {
                /** Format: date-time */
                minute: string;
                received: number;
                stored: number;
                /** @description Rejected, dropped, and dropped by the kernel. */
                lost: number;
            }[];
        };
        /** @description Exactly one of the five selecting parameters must be given. */
        AffectedAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            selection: {
                /** @description `signature`, `buildId`, `path` or `soname` */
                kind: string;
                value: string;
            };
            /** @description What the register and the catalogues call what was found. */
            software: string[];
            processes: number;
            /** @description Distinct ones; processes without a job count as none. */
            jobs: number;
            users: number;
            hosts: number;
            /** Format: date-time */
            firstUse: string | null;
            /** Format: date-time */
            lastUse: string | null;
            /** @description At most 100, last used first. */
            objects: components["schemas"]["Found"][];
            objectCount: number;
            conflicts: components["schemas"]["Conflict"][];
        };
        AffectedJobsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            jobs: {
                /** @description Null for processes outside of jobs. */
                job: string | null;
                /** @description At most 100. */
                users: (string | null)[];
                /** @description At most 100. */
                hosts: (string | null)[];
                userCount: number;
                hostCount: number;
                processes: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        AffectedUsersAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            users: {
                user: string | null;
                /** @description Null without `domain`, and for names that make no address. */
                address: string | null;
                jobs: number;
                hosts: number;
                processes: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        AffectedHostsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            hosts: {
                host: string | null;
                jobs: number;
                users: number;
                processes: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        AffectedProcessesAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description The page would have been too large; `next` goes on. */
            truncated: boolean;
            processes: components["schemas"]["ProcessSummary"][];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        ProcessesAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description The page would have been too large; `next` goes on. */
            truncated: boolean;
            processes: components["schemas"]["ProcessSummary"][];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        ProcessAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            process: components["schemas"]["Process"] | null;
            truncated: boolean;
        };
        JobsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            jobs: {
                job: string;
                users: (string | null)[];
                hosts: (string | null)[];
                userCount: number;
                hostCount: number;
                /** @description Different ones. */
                programs: number;
                cpuSeconds: number;
                processes: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        JobAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            job: string;
            /** @description In order of their start. */
            processes: components["schemas"]["Process"][];
            /** @description How many there are. */
            total: number;
            /** @description Processes or parts of their lists were left out. */
            truncated: boolean;
            /** @description What job start and end frames said. */
            events: components["schemas"]["JobEvent"][];
            /** @description `cursor` of the next page. */
            next: string | null;
        };
        JobDifferenceAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            first: string;
            second: string;
            /** @description True when the programs that both ran show no difference. */
            identical: boolean;
            /** @description A job has more processes than are compared: those that started first are. */
            truncated: boolean;
            /** @description Programs that only the first job ran. */
            onlyFirst: string[];
            onlySecond: string[];
            /** @description Programs that both ran and that show a difference. */
            programs: {
                /** @description Path; where that is another in each job, its file name. */
                program: string;
                runsFirst: number;
                runsSecond: number;
                /** @description Those that are other builds, other files, or in one job only. */
                objects: {
                    /** @description Soname, or else the path. */
                    name: string;
                    first: components["schemas"]["Object"] | null;
                    second: components["schemas"]["Object"] | null;
                }[];
                /** @description Variables that differ; those that differ between any two runs (of the scheduler, for example) too. */
                environment: {
                    name: string;
                    /** @description Values in processes of the first job. */
                    first: string[];
                    second: string[];
                }[];
                /** @description Modules loaded in one job only. */
                modules: {
                    onlyFirst: string[];
                    onlySecond: string[];
                };
                /** @description Empty lists when they are the same. */
                arguments: {
                    /** @description Distinct argument lists. */
                    first: string[][];
                    second: string[][];
                };
            }[];
        };
        SoftwareAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            total: {
                runs: number;
                cpuSeconds: number;
            };
            /** @description Of that, what has no name but its path. */
            unnamed: {
                runs: number;
                cpuSeconds: number;
            };
            software: components["schemas"]["SoftwareUse"][];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        UnusedBuildsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description Files in the catalogues. */
            catalogued: number;
            builds: {
                path: string;
                software: string | null;
                soname: string | null;
                buildId: string | null;
                signatures: string[];
                /**
                 * Format: date-time
                 * @description Null: never, as far as the store goes back.
                 */
                lastUse: string | null;
                processes: number;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        UnusedModulesAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            modules: {
                module: string;
                /** Format: date-time */
                lastUse: string;
                processes: number;
                users: number;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        UserProgramsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description Globs of the directories that count as users' own. */
            roots: string[];
            programs: {
                buildId: string | null;
                /** @description At most 10. */
                paths: string[];
                pathCount: number;
                software: string[];
                signatures: string[];
                /** @description At most 100. */
                users: (string | null)[];
                userCount: number;
                runs: number;
                jobs: number;
                cpuSeconds: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
                /** @description As the file says in `.comment`; empty when it was not read or says nothing. */
                compilers: string[];
                /** @description Sonames, or paths, of what it loads; at most 200. */
                libraries: string[];
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        OddLibrariesAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            libraries: {
                soname: string;
                path: string;
                /** @description Directories where most processes find this soname; at most 10. */
                usual: string[];
                /** @description `user-directory`, `rare-directory`, `library-path`, `preload` */
                reasons: string[];
                software: string[];
                processes: number;
                jobs: number;
                /** @description At most 100. */
                users: (string | null)[];
                userCount: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        OddEnvironmentsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            environments: {
                rule: string;
                description: string;
                /** @description Value of the variable in one of them; null when it is missing. */
                example: string | null;
                processes: number;
                jobs: number;
                /** @description At most 100. */
                users: (string | null)[];
                userCount: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
                lastJob: string | null;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        OddObjectsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            objects: {
                path: string;
                soname: string | null;
                /** @description Or `conflict`: one signature under one file name on several builds. */
                verdict: string;
                reason: string | null;
                software: string[];
                signatures: string[];
                buildId: string | null;
                onDisk: {
                    signatures: string[];
                    buildId: string | null;
                } | null;
                /** @description With `conflict`: the builds. */
                buildIds: string[];
                processes: number;
                jobs: number;
                userCount: number;
                /** Format: date-time */
                firstUse: string;
                /** Format: date-time */
                lastUse: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        CoverageAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            periods: {
                /** Format: date-time */
                start: string;
                /** @description Counted minutes. */
                minutes: number;
                received: number;
                stored: number;
                duplicate: number;
                rejected: {
                    [key: string]: number;
                };
                dropped: {
                    [key: string]: number;
                };
                kernelDropped: number;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        CoverageHostsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            hosts: {
                host: string | null;
                /** @description `YYYY-MM-DD`, UTC */
                day: string;
                processes: number;
                jobs: number;
                users: number;
                /** @description Processes that told their end. */
                ended: number;
                /** @description Processes a day on this host, over the days of the span on which it had any. */
                usual: number;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        CoverageJobsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description Jobs that were looked for. */
            known: number;
            jobs: {
                job: string;
                processes: number;
                user: string | null;
                /** Format: date-time */
                started: string | null;
                /** Format: date-time */
                ended: string | null;
                /** @description `event`: a job start frame; `list`: it was asked for. */
                source: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        CoverageOfJobsAnswer: {
            span: components["schemas"]["Span"];
            completeness: components["schemas"]["Completeness"];
            /** @description Jobs that were looked for. */
            known: number;
            jobs: {
                job: string;
                processes: number;
                user: string | null;
                /** Format: date-time */
                started: string | null;
                /** Format: date-time */
                ended: string | null;
                /** @description `event`: a job start frame; `list`: it was asked for. */
                source: string;
            }[];
            /** @description `cursor` of the next page; null on the last. */
            next: string | null;
        };
        AccountingAnswer: {
            received: number;
            stored: number;
            duplicate: number;
            /** @description By reason. */
            rejected: {
                [key: string]: number;
            };
            /** @description By reason. */
            dropped: {
                [key: string]: number;
            };
            /** @description Under way. */
            pending: number;
            /** @description Datagrams that never became frames. */
            kernelDropped: number;
        };
        /** @description Per second, over the last 1, 5 and 15 minutes; over the time since the start while that is shorter. */
        Rates: {
            last1: number;
            last5: number;
            last15: number;
        };
        /** @description Milliseconds, of the newest 1024 at most that were measured in the last 15 minutes; null when nothing was. */
        Durations: {
            count: number;
            min: number | null;
            median: number | null;
            max: number | null;
        };
        StatsAnswer: {
            /**
             * Format: date-time
             * @description Start of the collector.
             */
            since: string;
            received: components["schemas"]["Rates"];
            stored: components["schemas"]["Rates"];
            /** @description Durations: from reception to the disk, of some of the frames. */
            inputs: {
                /** @description `udp`, `tcp`, `unix`, `websocket` and the address */
                name: string;
                /** @description Since the start. */
                frames: number;
                rates: components["schemas"]["Rates"];
                durations: components["schemas"]["Durations"];
            }[];
            /** @description Durations: of the last deliveries. */
            outputs: {
                name: string;
                kind: string;
                /**
                 * @description `waiting`: after a failure, until the next try.
                 * @enum {string}
                 */
                state: "idle" | "delivering" | "waiting" | "stopped";
                /** @description Why it waits. */
                error: string | null;
                /** @description Delivered since the start; repeats count. */
                records: number;
                /** @description Refused by the receiver for good. */
                refused: number;
                failures: number;
                /** @description Events in the store that wait. */
                lag: number;
                /** @description For how long the oldest of them waits. */
                lagSeconds: number;
                rates: components["schemas"]["Rates"];
                durations: components["schemas"]["Durations"];
            }[];
            /** @description Frames in each interval of the last hour, the oldest first; fewer after a start. */
            history: {
                /** @description Seconds. */
                interval: number;
                /**
                 * Format: date-time
                 * @description End of the newest interval.
                 */
                until: string;
                received: number[];
                stored: number[];
            };
        };
        BackupAnswer: {
            /** @description That were written. */
            files: string[];
        };
        ExportAnswer: {
            /** @description That were written. */
            files: string[];
        };
        ForgetAnswer: {
            /** @description That were written. */
            files: string[];
        };
        VerifyAnswer: {
            open: number;
            settled: number;
        };
        LoginLink: {
            /** Format: uri */
            url: string;
            /**
             * Format: date-time
             * @description When it is worth nothing any more.
             */
            expires: string;
        };
    };
    responses: {
        /** @description An error. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
        since: string;
        /** @description Only processes that started before. */
        until: string;
        /** @description Rows of a page. */
        limit: number;
        /** @description `next` of the page before. */
        cursor: string;
        /** @description Job id, reversible text. */
        job: string;
        /** @description User, as processes claim it. */
        user: string;
        /** @description Host, as processes claim it. */
        host: string;
        /** @description UUID of a stamp. */
        signature: string;
        /** @description GNU build-id in hexadecimal, whole. */
        buildId: string;
        /** @description Path, a glob: `*` stands for any characters, `?` for one. */
        path: string;
        /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
        soname: string;
        /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
        text: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    overview: {
        parameters: {
            query?: {
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    affected: {
        parameters: {
            query?: {
                /** @description UUID of a stamp. */
                signature?: components["parameters"]["signature"];
                /** @description GNU build-id in hexadecimal, whole. */
                buildId?: components["parameters"]["buildId"];
                /** @description Path, a glob: `*` stands for any characters, `?` for one. */
                path?: components["parameters"]["path"];
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
                text?: components["parameters"]["text"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    affectedJobs: {
        parameters: {
            query?: {
                /** @description UUID of a stamp. */
                signature?: components["parameters"]["signature"];
                /** @description GNU build-id in hexadecimal, whole. */
                buildId?: components["parameters"]["buildId"];
                /** @description Path, a glob: `*` stands for any characters, `?` for one. */
                path?: components["parameters"]["path"];
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
                text?: components["parameters"]["text"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedJobsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    affectedUsers: {
        parameters: {
            query?: {
                /** @description UUID of a stamp. */
                signature?: components["parameters"]["signature"];
                /** @description GNU build-id in hexadecimal, whole. */
                buildId?: components["parameters"]["buildId"];
                /** @description Path, a glob: `*` stands for any characters, `?` for one. */
                path?: components["parameters"]["path"];
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
                text?: components["parameters"]["text"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Mail domain: addresses are made of it and the users' names. */
                domain?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedUsersAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    affectedHosts: {
        parameters: {
            query?: {
                /** @description UUID of a stamp. */
                signature?: components["parameters"]["signature"];
                /** @description GNU build-id in hexadecimal, whole. */
                buildId?: components["parameters"]["buildId"];
                /** @description Path, a glob: `*` stands for any characters, `?` for one. */
                path?: components["parameters"]["path"];
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
                text?: components["parameters"]["text"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedHostsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    affectedProcesses: {
        parameters: {
            query?: {
                /** @description UUID of a stamp. */
                signature?: components["parameters"]["signature"];
                /** @description GNU build-id in hexadecimal, whole. */
                buildId?: components["parameters"]["buildId"];
                /** @description Path, a glob: `*` stands for any characters, `?` for one. */
                path?: components["parameters"]["path"];
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description Any of these, told apart by its looks: a UUID, a build-id, a path with a slash, else a library's name. */
                text?: components["parameters"]["text"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffectedProcessesAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    processes: {
        parameters: {
            query?: {
                /** @description Job id, reversible text. */
                job?: components["parameters"]["job"];
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Host, as processes claim it. */
                host?: components["parameters"]["host"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessesAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    process: {
        parameters: {
            query: {
                /** @description UUID of the process. */
                uuid: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    jobs: {
        parameters: {
            query?: {
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Host, as processes claim it. */
                host?: components["parameters"]["host"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    job: {
        parameters: {
            query: {
                /** @description Job id, reversible text. */
                id: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    jobByPath: {
        parameters: {
            query?: {
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Job id, reversible text. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    jobDifference: {
        parameters: {
            query: {
                /** @description Job id. */
                first: string;
                /** @description Job id. */
                second: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDifferenceAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    software: {
        parameters: {
            query?: {
                /** @description What to order by. */
                by?: "runs" | "users" | "jobs" | "cpu";
                /** @description A row for every day or month, or for the whole span. */
                period?: "all" | "month" | "day";
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoftwareAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    unusedBuilds: {
        parameters: {
            query?: {
                /** @description Only those that nobody used since. */
                since?: string;
                /** @description Only files there; a glob. */
                path?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnusedBuildsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    unusedModules: {
        parameters: {
            query?: {
                /** @description Only those that nobody used since. */
                since?: string;
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnusedModulesAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    userPrograms: {
        parameters: {
            query?: {
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserProgramsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    oddLibraries: {
        parameters: {
            query?: {
                /** @description DT_SONAME, or else the file name, of a shared object; a glob. */
                soname?: components["parameters"]["soname"];
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OddLibrariesAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    oddEnvironments: {
        parameters: {
            query?: {
                /** @description Only this rule. */
                rule?: string;
                /** @description User, as processes claim it. */
                user?: components["parameters"]["user"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OddEnvironmentsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    oddObjects: {
        parameters: {
            query?: {
                /** @description Only this. */
                verdict?: "mismatch" | "stripped" | "unreported" | "changed" | "malformed" | "missing" | "unreadable" | "conflict";
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OddObjectsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    coverage: {
        parameters: {
            query?: {
                /** @description Length of a row. */
                period?: "hour" | "day";
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    coverageHosts: {
        parameters: {
            query?: {
                /** @description Host, as processes claim it. */
                host?: components["parameters"]["host"];
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageHostsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    coverageJobs: {
        parameters: {
            query?: {
                /** @description Jobs with fewer processes than this. */
                fewer?: number;
                /** @description Only processes that started then or later: ISO 8601, `2026-11-22` (UTC) or `2026-11-22T08:00:00Z`. */
                since?: components["parameters"]["since"];
                /** @description Only processes that started before. */
                until?: components["parameters"]["until"];
                /** @description Rows of a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageJobsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    coverageOfJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 1 */
                    fewer?: number;
                    jobs: {
                        job: string;
                        user?: string;
                        started?: string;
                        ended?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageOfJobsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    accounting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountingAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatsAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    forget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgetAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    loginLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginLink"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
