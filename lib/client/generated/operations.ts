// Generated from proto/openapi.json by `npm run generate`; do not edit.
import type { Answer, Input, OperationName } from "../operations.js";

/** Method and path of each operation. */
export const OPERATIONS = {
  overview: { method: "get", path: "/api/v1/overview" },
  affected: { method: "get", path: "/api/v1/affected" },
  affectedJobs: { method: "get", path: "/api/v1/affected/jobs" },
  affectedUsers: { method: "get", path: "/api/v1/affected/users" },
  affectedBuilds: { method: "get", path: "/api/v1/affected/builds" },
  affectedHosts: { method: "get", path: "/api/v1/affected/hosts" },
  affectedProcesses: { method: "get", path: "/api/v1/affected/processes" },
  processes: { method: "get", path: "/api/v1/processes" },
  process: { method: "get", path: "/api/v1/process" },
  jobs: { method: "get", path: "/api/v1/jobs" },
  job: { method: "get", path: "/api/v1/job" },
  jobByPath: { method: "get", path: "/api/v1/jobs/{id}" },
  jobDifference: { method: "get", path: "/api/v1/job/difference" },
  software: { method: "get", path: "/api/v1/software" },
  unusedBuilds: { method: "get", path: "/api/v1/unused/builds" },
  unusedModules: { method: "get", path: "/api/v1/unused/modules" },
  userPrograms: { method: "get", path: "/api/v1/user-programs" },
  oddLibraries: { method: "get", path: "/api/v1/odd/libraries" },
  oddEnvironments: { method: "get", path: "/api/v1/odd/environments" },
  oddObjects: { method: "get", path: "/api/v1/odd/objects" },
  search: { method: "get", path: "/api/v1/search" },
  coverage: { method: "get", path: "/api/v1/coverage" },
  coverageOutages: { method: "get", path: "/api/v1/coverage/outages" },
  coverageHosts: { method: "get", path: "/api/v1/coverage/hosts" },
  coverageNodes: { method: "get", path: "/api/v1/coverage/nodes" },
  coverageJobs: { method: "get", path: "/api/v1/coverage/jobs" },
  coverageOfJobs: { method: "post", path: "/api/v1/coverage/jobs" },
  accounting: { method: "get", path: "/api/v1/accounting" },
  stats: { method: "get", path: "/api/v1/stats" },
  backup: { method: "post", path: "/api/v1/backups" },
  export: { method: "post", path: "/api/v1/exports" },
  forget: { method: "post", path: "/api/v1/forget" },
  verify: { method: "post", path: "/api/v1/verify" },
  loginLink: { method: "post", path: "/api/v1/login-links" },
} as const;

/** A method for each operation. */
export abstract class Operations {
  abstract ask<N extends OperationName>(name: N, input: Input<N>): Promise<Answer<N>>;

  /**
   * An overview of jobs, users, software and verdicts.
   *
   * `GET /api/v1/overview`
   */
  overview(input: Input<"overview"> = {}): Promise<Answer<"overview">> {
    return this.ask("overview", input);
  }

  /**
   * Who is affected: how often, when and by whom a signature, build-id, path or soname was used.
   *
   * `GET /api/v1/affected`
   */
  affected(input: Input<"affected"> = {}): Promise<Answer<"affected">> {
    return this.ask("affected", input);
  }

  /**
   * Affected jobs, latest use first.
   *
   * `GET /api/v1/affected/jobs`
   */
  affectedJobs(input: Input<"affectedJobs"> = {}): Promise<Answer<"affectedJobs">> {
    return this.ask("affectedJobs", input);
  }

  /**
   * Affected users with their mail addresses, latest use first.
   *
   * `GET /api/v1/affected/users`
   */
  affectedUsers(input: Input<"affectedUsers"> = {}): Promise<Answer<"affectedUsers">> {
    return this.ask("affectedUsers", input);
  }

  /**
   * Affected builds, latest use first.
   *
   * `GET /api/v1/affected/builds`
   */
  affectedBuilds(input: Input<"affectedBuilds"> = {}): Promise<Answer<"affectedBuilds">> {
    return this.ask("affectedBuilds", input);
  }

  /**
   * Affected hosts, latest use first.
   *
   * `GET /api/v1/affected/hosts`
   */
  affectedHosts(input: Input<"affectedHosts"> = {}): Promise<Answer<"affectedHosts">> {
    return this.ask("affectedHosts", input);
  }

  /**
   * Affected processes, latest received first.
   *
   * `GET /api/v1/affected/processes`
   */
  affectedProcesses(input: Input<"affectedProcesses"> = {}): Promise<Answer<"affectedProcesses">> {
    return this.ask("affectedProcesses", input);
  }

  /**
   * Processes, latest received first.
   *
   * `GET /api/v1/processes`
   */
  processes(input: Input<"processes"> = {}): Promise<Answer<"processes">> {
    return this.ask("processes", input);
  }

  /**
   * One process with its whole record.
   *
   * `GET /api/v1/process`
   */
  process(input: Input<"process">): Promise<Answer<"process">> {
    return this.ask("process", input);
  }

  /**
   * Jobs, latest use first.
   *
   * `GET /api/v1/jobs`
   */
  jobs(input: Input<"jobs"> = {}): Promise<Answer<"jobs">> {
    return this.ask("jobs", input);
  }

  /**
   * One job: its processes, with every object and its verdict.
   *
   * `GET /api/v1/job`
   */
  job(input: Input<"job">): Promise<Answer<"job">> {
    return this.ask("job", input);
  }

  /**
   * The same as `/job`, for job ids that are valid in a path.
   *
   * `GET /api/v1/jobs/{id}`
   */
  jobByPath(input: Input<"jobByPath">): Promise<Answer<"jobByPath">> {
    return this.ask("jobByPath", input);
  }

  /**
   * Differences between two jobs, program by program.
   *
   * `GET /api/v1/job/difference`
   */
  jobDifference(input: Input<"jobDifference">): Promise<Answer<"jobDifference">> {
    return this.ask("jobDifference", input);
  }

  /**
   * Software by its use.
   *
   * `GET /api/v1/software`
   */
  software(input: Input<"software"> = {}): Promise<Answer<"software">> {
    return this.ask("software", input);
  }

  /**
   * Catalogued packages that nobody uses, longest unused first.
   *
   * `GET /api/v1/unused/builds`
   */
  unusedBuilds(input: Input<"unusedBuilds"> = {}): Promise<Answer<"unusedBuilds">> {
    return this.ask("unusedBuilds", input);
  }

  /**
   * Modules and their latest use, longest unused first.
   *
   * `GET /api/v1/unused/modules`
   */
  unusedModules(input: Input<"unusedModules"> = {}): Promise<Answer<"unusedModules">> {
    return this.ask("unusedModules", input);
  }

  /**
   * Programs of users: below home and scratch directories, and in no catalogue.
   *
   * `GET /api/v1/user-programs`
   */
  userPrograms(input: Input<"userPrograms"> = {}): Promise<Answer<"userPrograms">> {
    return this.ask("userPrograms", input);
  }

  /**
   * Libraries loaded from unusual directories, or through LD_LIBRARY_PATH or LD_PRELOAD.
   *
   * `GET /api/v1/odd/libraries`
   */
  oddLibraries(input: Input<"oddLibraries"> = {}): Promise<Answer<"oddLibraries">> {
    return this.ask("oddLibraries", input);
  }

  /**
   * Environments that break a rule.
   *
   * `GET /api/v1/odd/environments`
   */
  oddEnvironments(input: Input<"oddEnvironments"> = {}): Promise<Answer<"oddEnvironments">> {
    return this.ask("oddEnvironments", input);
  }

  /**
   * Objects with a suspicious verdict or a conflict: mismatching, stripped, changed or conflicting.
   *
   * `GET /api/v1/odd/objects`
   */
  oddObjects(input: Input<"oddObjects"> = {}): Promise<Answer<"oddObjects">> {
    return this.ask("oddObjects", input);
  }

  /**
   * What is named like a text: software, users, jobs, hosts, modules, libraries, paths and identifiers.
   *
   * `GET /api/v1/search`
   */
  search(input: Input<"search">): Promise<Answer<"search">> {
    return this.ask("search", input);
  }

  /**
   * What the collector received and lost, over time.
   *
   * `GET /api/v1/coverage`
   */
  coverage(input: Input<"coverage"> = {}): Promise<Answer<"coverage">> {
    return this.ask("coverage", input);
  }

  /**
   * Times without a collector.
   *
   * `GET /api/v1/coverage/outages`
   */
  coverageOutages(input: Input<"coverageOutages"> = {}): Promise<Answer<"coverageOutages">> {
    return this.ask("coverageOutages", input);
  }

  /**
   * Processes per host and day.
   *
   * `GET /api/v1/coverage/hosts`
   */
  coverageHosts(input: Input<"coverageHosts"> = {}): Promise<Answer<"coverageHosts">> {
    return this.ask("coverageHosts", input);
  }

  /**
   * Nodes with an agent: last sign of life, and losses.
   *
   * `GET /api/v1/coverage/nodes`
   */
  coverageNodes(input: Input<"coverageNodes"> = {}): Promise<Answer<"coverageNodes">> {
    return this.ask("coverageNodes", input);
  }

  /**
   * Jobs with a start frame and few or no processes.
   *
   * `GET /api/v1/coverage/jobs`
   */
  coverageJobs(input: Input<"coverageJobs"> = {}): Promise<Answer<"coverageJobs">> {
    return this.ask("coverageJobs", input);
  }

  /**
   * Jobs of a list, such as the scheduler's, with few or no processes.
   *
   * `POST /api/v1/coverage/jobs`
   */
  coverageOfJobs(input: Input<"coverageOfJobs">): Promise<Answer<"coverageOfJobs">> {
    return this.ask("coverageOfJobs", input);
  }

  /**
   * Outcome of every frame since the collector's start: received = stored + duplicate + rejected + dropped + pending.
   *
   * `GET /api/v1/accounting`
   */
  accounting(input: Input<"accounting"> = {}): Promise<Answer<"accounting">> {
    return this.ask("accounting", input);
  }

  /**
   * Rates and durations of inputs and outputs in recent minutes.
   *
   * `GET /api/v1/stats`
   */
  stats(input: Input<"stats"> = {}): Promise<Answer<"stats">> {
    return this.ask("stats", input);
  }

  /**
   * Copy the store to backups/NAME.duckdb while the collector runs.
   *
   * `POST /api/v1/backups`
   */
  backup(input: Input<"backup">): Promise<Answer<"backup">> {
    return this.ask("backup", input);
  }

  /**
   * Write all processes to exports/NAME.parquet, and the times without a collector to exports/NAME.outages.parquet.
   *
   * `POST /api/v1/exports`
   */
  export(input: Input<"export">): Promise<Answer<"export">> {
    return this.ask("export", input);
  }

  /**
   * Remove a user's processes from store, backups and exports.
   *
   * `POST /api/v1/forget`
   */
  forget(input: Input<"forget">): Promise<Answer<"forget">> {
    return this.ask("forget", input);
  }

  /**
   * Verify the findings that have no verdict yet.
   *
   * `POST /api/v1/verify`
   */
  verify(input: Input<"verify"> = {}): Promise<Answer<"verify">> {
    return this.ask("verify", input);
  }

  /**
   * Make a login link that works once; requires the token, a session is not enough.
   *
   * `POST /api/v1/login-links`
   */
  loginLink(input: Input<"loginLink"> = {}): Promise<Answer<"loginLink">> {
    return this.ask("loginLink", input);
  }
}
