import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../lib/collector/answers/settings.js";
import { temporaryFolder } from "../support/folder.js";
import { run } from "../support/toolchain.js";
import { builtLibrary, folder as native, variant } from "./support/library.js";
import { observe } from "./support/observe.js";

const folder = temporaryFolder();
const library = builtLibrary();
const truth = realpathSync("/bin/true");
const bin = truth.slice(0, -"/true".length);

/** Names of the executables that are reported when a shell runs true and ls. */
async function reported(environment: Record<string, string>, which = library): Promise<string[]> {
  const { status, stderr, starts } = await observe(["/bin/sh", "-c", "/bin/true; /bin/ls / >/dev/null; :"], {
    library: which,
    environment,
  });
  expect([status, stderr.toString()]).toEqual([0, ""]);
  return starts.map((start) => basename(String(start.binpath)));
}
const shell = basename(realpathSync("/bin/sh"));

describe("OGRT_SKIP and OGRT_KEEP", () => {
  it.each<[Record<string, string>, string[]]>([
    [{ OGRT_SKIP: truth }, [shell, "ls"]],
    [{ OGRT_SKIP: `${bin}/` }, []],
    [{ OGRT_SKIP: bin.slice(0, -1) }, [shell, "true", "ls"]],
    [{ OGRT_SKIP: "*/tr?e:*/l*" }, [shell]],
    [{ OGRT_SKIP: "true" }, [shell, "true", "ls"]],
    [{ OGRT_SKIP: "*", OGRT_KEEP: `/nowhere:${bin}/ls` }, ["ls"]],
    [{ OGRT_SKIP: "/", OGRT_KEEP: "*ue" }, ["true"]],
    [{ OGRT_KEEP: "/nowhere" }, [shell, "true", "ls"]],
    [{ OGRT_SKIP: "" }, [shell, "true", "ls"]],
    [{ OGRT_SKIP: ":::" }, [shell, "true", "ls"]],
  ])("%j report %j", async (environment, expected) => {
    expect(await reported(environment)).toEqual(expected);
  });

  it("can be compiled in, and locked", async () => {
    const open = variant(join(folder, "open"), "SKIP=*/true");
    expect(await reported({}, open)).toEqual([shell, "ls"]);
    expect(await reported({ OGRT_SKIP: "*/ls" }, open)).toEqual([shell, "true"]);
    // A locked library ignores OGRT_SERVER, so nothing arrives here.
    const locked = variant(join(folder, "locked"), "SKIP=*/true", "LOCK=1");
    const { stderr, starts } = await observe(["/bin/true"], {
      library: locked,
      environment: { OGRT_SKIP: "", OGRT_DEBUG: "1" },
    });
    expect(starts).toEqual([]);
    expect(stderr.toString()).toContain("matches the skip list: */true");
  });
});

describe("scripts that a scheduler runs around every task", () => {
  const script = (path: string) => {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "#!/bin/sh\n/bin/true\n:\n");
    chmodSync(path, 0o755);
    return path;
  };
  const names = async (path: string, which: string) => {
    const { status, starts } = await observe([path], { library: which });
    expect(status).toBe(0);
    return starts.map((start) => basename(String(start.binpath)));
  };

  it("are not reported themselves, but what they start is", async () => {
    const helpers = variant(join(folder, "helpers"), `HELPERS=/nowhere:${folder}/etc`);
    const [inside, outside] = [script(join(folder, "etc/prolog.sh")), script(join(folder, "etcetera/prolog.sh"))];
    expect(await names(inside, helpers)).toEqual(["true"]);
    expect(await names(outside, helpers)).toEqual([shell, "true"]);
    expect(await names(inside, library)).toEqual([shell, "true"]);
  });
});

describe("OGRT_SAMPLE", () => {
  it("keeps about one job in N, with all its processes, and every process outside jobs", async () => {
    const jobs = Array.from({ length: 60 }, (_, index) => `${4000 + index}`);
    const kept: string[] = [];
    for (const job of jobs) {
      const names = await reported({ OGRT_SAMPLE: "4", SLURM_JOB_ID: job });
      expect([[], [shell, "true", "ls"]]).toContainEqual(names);
      if (names.length > 0) kept.push(job);
    }
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.length).toBeLessThan(30);
    expect(await reported({ OGRT_SAMPLE: "1000000" })).toHaveLength(3);
    expect(await reported({ OGRT_SAMPLE: "nonsense", SLURM_JOB_ID: "1" })).toHaveLength(3);
  });
});

describe("OGRT_DEBUG and OGRT_DEBUG_INFO", () => {
  const debugOutput = async (environment: Record<string, string>, inactive = false): Promise<string> =>
    (await observe([truth], { library, environment, inactive })).stderr.toString();

  it("explain each decision", async () => {
    const debug = { OGRT_DEBUG: "1" };
    expect(await debugOutput(debug)).toMatch(
      /^ogrt: start record sent: frames 1, bytes \d+\nogrt: end record sent: frames 1, bytes \d+\n$/,
    );
    expect(await debugOutput(debug, true)).toBe("ogrt: not reported: not enabled by OGRT_ACTIVE\n");
    expect(await debugOutput({ ...debug, OGRT_SKIP: "*true" })).toBe(
      "ogrt: not reported: the executable matches the skip list: *true\n",
    );
    expect(await debugOutput({ ...debug, OGRT_SAMPLE: "4000000000", SLURM_JOB_ID: "7\u001b" })).toBe(
      "ogrt: not reported: this job is not in the sample: 7?\n",
    );
    expect(await debugOutput({ ...debug, OGRT_SERVER: "udp://host" })).toBe(
      "ogrt: not reported: the server is not a numeric address: udp://host\n",
    );
    expect(await debugOutput({ ...debug, OGRT_SERVER: "unix:///nowhere" })).toBe(
      "ogrt: start record not sent: errno 2\n",
    );
  });

  it("print the compiled settings", async () => {
    const text = await debugOutput({ OGRT_DEBUG_INFO: "1" }, true);
    expect(text).toMatch(/^ogrt: version \d+\.\d+\.\d+/);
    expect(text).toContain("ogrt: server udp://127.0.0.1:7971\n");
    expect(text).toContain("ogrt: job variable JOB_ID+SGE_ROOT\n");
    expect(text).toContain("ogrt: environment LANG:LC_ALL:OMP_NUM_THREADS:PATH\n");
    expect(text).toContain("ogrt: helpers /etc/ogrt:/etc/slurm\n");
  });

  it("are silent otherwise", async () => {
    expect(await debugOutput({ OGRT_DEBUG: "0", OGRT_DEBUG_INFO: "yes", OGRT_DEBUGX: "1" })).toBe("");
  });
});

describe("compile-time settings", () => {
  it("choose job variables, fields and whether reporting is on by default", async () => {
    const chosen = variant(
      join(folder, "chosen"),
      "JOB_VARIABLES=MY_JOB OTHER+FLAG SLURM_ARRAY_JOB_ID MY_JOB",
      "WITHOUT=arguments modules user-name",
      "ENVIRONMENT=OMP_*:EDITOR",
      "ACTIVE=1",
    );
    const environment = {
      SLURM_JOB_ID: "1",
      OTHER: "2",
      FLAG: "",
      LOADEDMODULES: "a:b",
      USER: "u",
      OMP_NUM_THREADS: "4",
      EDITOR: "vi",
      EDITORS: "x",
    };
    const { starts } = await observe(["/bin/true"], { library: chosen, inactive: true, environment });
    expect(starts).toHaveLength(1);
    const [start] = starts;
    expect([String(start.job_id), start.arguments, start.loaded_modules, start.username]).toEqual([
      "2",
      [],
      [],
      undefined,
    ]);
    expect(start.environment_variables.map(String).sort()).toEqual(["EDITOR=vi", "OMP_NUM_THREADS=4"]);
    const off = await observe(["/bin/true"], { library: chosen, environment: { OGRT_ACTIVE: "0" } });
    expect(off.starts).toEqual([]);
  });

  it("send by default the variables that the built-in rules read, and none if told so", async () => {
    const environment = {
      LANG: "C.UTF-8",
      LC_ALL: "",
      OMP_NUM_THREADS: "4",
      OMP_PLACES: "cores",
      LD_LIBRARY_PATH: "/nowhere",
      SECRET_TOKEN: "x",
    };
    const sent = async (which: string) => {
      const { starts } = await observe(["/bin/true"], { library: which, environment });
      return starts[0].environment_variables.map(String).sort();
    };
    const path = `PATH=${process.env["PATH"]}`;
    expect(await sent(library)).toEqual(["LANG=C.UTF-8", "LC_ALL=", "OMP_NUM_THREADS=4", path]);
    const read = DEFAULT_SETTINGS.environmentRules.map(({ variable }) => variable);
    const own = ["LD_LIBRARY_PATH", "LD_PRELOAD"];
    expect([...new Set(read)].filter((name) => !own.includes(name)).sort()).toEqual(
      (await sent(library)).map((assignment: string) => assignment.replace(/=.*/, "")),
    );
    expect(await sent(variant(join(folder, "silent"), "WITHOUT=environment"))).toEqual([]);
  });

  it("choose the server", async () => {
    const other = variant(join(folder, "server"), "SERVER=unix:///nowhere/at/all", "LOCK=1");
    const { starts, stderr } = await observe(["/bin/true"], { library: other, environment: { OGRT_DEBUG: "1" } });
    expect(starts).toEqual([]);
    expect(stderr.toString()).toContain("start record not sent");
  });

  it("are installed below PREFIX and DESTDIR", () => {
    run("make", "-s", "-C", native, "install", "PREFIX=/opt/ogrt", `DESTDIR=${folder}`);
    const { status } = spawnSync("/bin/true", [], { env: { LD_PRELOAD: join(folder, "opt/ogrt/lib/libogrt.so") } });
    expect(status).toBe(0);
  });
});
