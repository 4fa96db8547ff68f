/* Pure data: any thread may import it. */

/** The collector's settings that answers depend on. */
export interface AnswerOptions {
  readonly userDirectories: readonly string[];
  readonly ignoredPrograms: readonly string[];
  /** Path of a file with rules; undefined for the built-in rules. */
  readonly environmentRules: string | undefined;
}

/** What a site states about itself, as far as answers depend on it. */
export interface AnswerSettings {
  /** Name globs of the directories in which users keep their own files. */
  readonly userDirectories: readonly string[];
  /** Name globs of the programs and libraries that rankings and lists of odd things leave out. */
  readonly ignoredPrograms: readonly string[];
  readonly environmentRules: readonly EnvironmentRule[];
}

/** A rule for environments. */
export interface EnvironmentRule {
  readonly name: string;
  readonly description: string;
  readonly variable: string;
  /** The environment is odd when the variable is missing, is present, or has a value that `pattern` matches or does not. */
  readonly oddWhen: "missing" | "present" | "matches" | "differs";
  /** RE2 expression for `matches` and `differs`. It matches anywhere in the value unless it is anchored. */
  readonly pattern?: string;
  /** Name globs: the rule applies to processes that loaded one of these sonames at their start. */
  readonly sonames?: readonly string[];
}

const OPENMP = ["libgomp.so*", "libiomp5.so*", "libomp.so*"];

export const DEFAULT_SETTINGS: AnswerSettings = {
  userDirectories: [
    "/home/*",
    "/users/*",
    "/scratch/*",
    "/work/*",
    "/lustre/*",
    "/gpfs/*",
    "/tmp/*",
    "/var/tmp/*",
    "/dev/shm/*",
  ],
  ignoredPrograms: [
    "/opt/ogrt/*",
    "/usr/lib*/libogrt.so",
    "/usr/local/lib*/libogrt.so",
    "*/native-preload/prebuilt/*/libogrt.so",
    "*/native-preload/build/libogrt.so",
    "/etc/ogrt/*",
    "/etc/slurm/*",
  ],
  environmentRules: [
    {
      name: "omp-num-threads-missing",
      description: "an OpenMP program without OMP_NUM_THREADS takes all cores of the node, in every rank",
      variable: "OMP_NUM_THREADS",
      oddWhen: "missing",
      sonames: OPENMP,
    },
    {
      name: "omp-num-threads-invalid",
      description: "OMP_NUM_THREADS is not a list of positive numbers",
      variable: "OMP_NUM_THREADS",
      oddWhen: "differs",
      pattern: "^ *[1-9][0-9]*( *, *[1-9][0-9]*)* *$",
    },
    {
      name: "locale",
      description: "LANG is neither C nor UTF-8: numbers and names may be misread",
      variable: "LANG",
      oddWhen: "differs",
      pattern: "(?i)^(c|posix|.*utf-?8.*)?$",
    },
    {
      name: "locale-override",
      description: "LC_ALL is neither C nor UTF-8: numbers and names may be misread",
      variable: "LC_ALL",
      oddWhen: "differs",
      pattern: "(?i)^(c|posix|.*utf-?8.*)?$",
    },
    {
      name: "ld-library-path-empty-element",
      description: "an empty element of LD_LIBRARY_PATH means the working directory: libraries are loaded from there",
      variable: "LD_LIBRARY_PATH",
      oddWhen: "matches",
      pattern: "^:|::|:$",
    },
    {
      name: "ld-library-path-relative",
      description: "an element of LD_LIBRARY_PATH depends on the working directory",
      variable: "LD_LIBRARY_PATH",
      oddWhen: "matches",
      pattern: "(^|:)[^/:$]",
    },
    {
      name: "path-working-directory",
      description: "PATH contains the working directory",
      variable: "PATH",
      oddWhen: "matches",
      pattern: "^:|::|:$|(^|:)\\.\\.?(:|$)",
    },
  ],
};
