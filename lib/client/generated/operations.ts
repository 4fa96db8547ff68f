// Generated from proto/openapi.json by `npm run generate`; do not edit.
import type { Answer, Input, OperationName } from "../operations.js";

/** Method and path of each operation. */
export const OPERATIONS = {
  overview: { method: "get", path: "/api/v1/overview" },
  affected: { method: "get", path: "/api/v1/affected" },
  affectedJobs: { method: "get", path: "/api/v1/affected/jobs" },
  affectedUsers: { method: "get", path: "/api/v1/affected/users" },
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
  coverage: { method: "get", path: "/api/v1/coverage" },
  coverageHosts: { method: "get", path: "/api/v1/coverage/hosts" },
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
   * What there is, at a glance.
   *
   * `GET /api/v1/overview`
   */
  overview(input: Input<"overview">): Promise<Answer<"overview">> {
    return this.ask("overview", input);
  }

  /**
   * Who is affected: the use of a signature, build-id, path or soname, in one view.
   *
   * `GET /api/v1/affected`
   */
  affected(input: Input<"affected">): Promise<Answer<"affected">> {
    return this.ask("affected", input);
  }

  /**
   * The jobs that used it, last use first.
   *
   * `GET /api/v1/affected/jobs`
   */
  affectedJobs(input: Input<"affectedJobs">): Promise<Answer<"affectedJobs">> {
    return this.ask("affectedJobs", input);
  }

  /**
   * The users who used it, last use first, with addresses to write to.
   *
   * `GET /api/v1/affected/users`
   */
  affectedUsers(input: Input<"affectedUsers">): Promise<Answer<"affectedUsers">> {
    return this.ask("affectedUsers", input);
  }

  /**
   * The hosts on which it was used, last use first.
   *
   * `GET /api/v1/affected/hosts`
   */
  affectedHosts(input: Input<"affectedHosts">): Promise<Answer<"affectedHosts">> {
    return this.ask("affectedHosts", input);
  }

  /**
   * The processes that used it, last received first.
   *
   * `GET /api/v1/affected/processes`
   */
  affectedProcesses(input: Input<"affectedProcesses">): Promise<Answer<"affectedProcesses">> {
    return this.ask("affectedProcesses", input);
  }

  /**
   * The newest processes, last received first.
   *
   * `GET /api/v1/processes`
   */
  processes(input: Input<"processes">): Promise<Answer<"processes">> {
    return this.ask("processes", input);
  }

  /**
   * One process with everything that its record holds.
   *
   * `GET /api/v1/process`
   */
  process(input: Input<"process">): Promise<Answer<"process">> {
    return this.ask("process", input);
  }

  /**
   * Jobs, last use first.
   *
   * `GET /api/v1/jobs`
   */
  jobs(input: Input<"jobs">): Promise<Answer<"jobs">> {
    return this.ask("jobs", input);
  }

  /**
   * What a job was: its processes, with every object and its verdict.
   *
   * `GET /api/v1/job`
   */
  job(input: Input<"job">): Promise<Answer<"job">> {
    return this.ask("job", input);
  }

  /**
   * The same as `/job`, for ids that survive in a path.
   *
   * `GET /api/v1/jobs/{id}`
   */
  jobByPath(input: Input<"jobByPath">): Promise<Answer<"jobByPath">> {
    return this.ask("jobByPath", input);
  }

  /**
   * What is different between two jobs, program by program.
   *
   * `GET /api/v1/job/difference`
   */
  jobDifference(input: Input<"jobDifference">): Promise<Answer<"jobDifference">> {
    return this.ask("jobDifference", input);
  }

  /**
   * What runs here: software by use.
   *
   * `GET /api/v1/software`
   */
  software(input: Input<"software">): Promise<Answer<"software">> {
    return this.ask("software", input);
  }

  /**
   * What can go: catalogued builds and their last use, longest unused first.
   *
   * `GET /api/v1/unused/builds`
   */
  unusedBuilds(input: Input<"unusedBuilds">): Promise<Answer<"unusedBuilds">> {
    return this.ask("unusedBuilds", input);
  }

  /**
   * Modules that were ever loaded and their last use, longest unused first.
   *
   * `GET /api/v1/unused/modules`
   */
  unusedModules(input: Input<"unusedModules">): Promise<Answer<"unusedModules">> {
    return this.ask("unusedModules", input);
  }

  /**
   * What users brought themselves: programs below home and scratch directories that no catalogue knows.
   *
   * `GET /api/v1/user-programs`
   */
  userPrograms(input: Input<"userPrograms">): Promise<Answer<"userPrograms">> {
    return this.ask("userPrograms", input);
  }

  /**
   * Sonames from unusual places, or through LD_LIBRARY_PATH or LD_PRELOAD.
   *
   * `GET /api/v1/odd/libraries`
   */
  oddLibraries(input: Input<"oddLibraries">): Promise<Answer<"oddLibraries">> {
    return this.ask("oddLibraries", input);
  }

  /**
   * Environments that break a rule.
   *
   * `GET /api/v1/odd/environments`
   */
  oddEnvironments(input: Input<"oddEnvironments">): Promise<Answer<"oddEnvironments">> {
    return this.ask("oddEnvironments", input);
  }

  /**
   * Objects that are not what they should be: mismatching, stripped, changed, conflicting.
   *
   * `GET /api/v1/odd/objects`
   */
  oddObjects(input: Input<"oddObjects">): Promise<Answer<"oddObjects">> {
    return this.ask("oddObjects", input);
  }

  /**
   * What was received and what was not, over time.
   *
   * `GET /api/v1/coverage`
   */
  coverage(input: Input<"coverage">): Promise<Answer<"coverage">> {
    return this.ask("coverage", input);
  }

  /**
   * Processes per host and day.
   *
   * `GET /api/v1/coverage/hosts`
   */
  coverageHosts(input: Input<"coverageHosts">): Promise<Answer<"coverageHosts">> {
    return this.ask("coverageHosts", input);
  }

  /**
   * Jobs that were announced by a start frame and have no or few processes.
   *
   * `GET /api/v1/coverage/jobs`
   */
  coverageJobs(input: Input<"coverageJobs">): Promise<Answer<"coverageJobs">> {
    return this.ask("coverageJobs", input);
  }

  /**
   * Which jobs of a list, from the scheduler for example, have no or few processes.
   *
   * `POST /api/v1/coverage/jobs`
   */
  coverageOfJobs(input: Input<"coverageOfJobs">): Promise<Answer<"coverageOfJobs">> {
    return this.ask("coverageOfJobs", input);
  }

  /**
   * Where every frame went since the collector's start: received = stored + duplicate + rejected + dropped + pending.
   *
   * `GET /api/v1/accounting`
   */
  accounting(input: Input<"accounting">): Promise<Answer<"accounting">> {
    return this.ask("accounting", input);
  }

  /**
   * Rates and durations of inputs and outputs, over the last minutes.
   *
   * `GET /api/v1/stats`
   */
  stats(input: Input<"stats">): Promise<Answer<"stats">> {
    return this.ask("stats", input);
  }

  /**
   * Copy the store as backups/NAME.duckdb, while the collector goes on.
   *
   * `POST /api/v1/backups`
   */
  backup(input: Input<"backup">): Promise<Answer<"backup">> {
    return this.ask("backup", input);
  }

  /**
   * Write all processes as exports/NAME.parquet.
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
   * Look again at files that were not looked at.
   *
   * `POST /api/v1/verify`
   */
  verify(input: Input<"verify">): Promise<Answer<"verify">> {
    return this.ask("verify", input);
  }

  /**
   * A link that lets a browser in, once; with the token only, a session asks in vain.
   *
   * `POST /api/v1/login-links`
   */
  loginLink(input: Input<"loginLink">): Promise<Answer<"loginLink">> {
    return this.ask("loginLink", input);
  }
}
