import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
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

describe("the lists of executables to skip and to keep", () => {
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
  ])("%j leave %j", async (environment, expected) => {
    expect(await reported(environment)).toEqual(expected);
  });

  it("can be compiled in, and locked", async () => {
    const open = variant(join(folder, "open"), "SKIP=*/true");
    expect(await reported({}, open)).toEqual([shell, "ls"]);
    expect(await reported({ OGRT_SKIP: "*/ls" }, open)).toEqual([shell, "true"]);
    // The server that is compiled in is nowhere: a locked library does not take another.
    const locked = variant(join(folder, "locked"), "SKIP=*/true", "LOCK=1");
    const { stderr, starts } = await observe(["/bin/true"], {
      library: locked,
      environment: { OGRT_SKIP: "", OGRT_DEBUG: "1" },
    });
    expect(starts).toEqual([]);
    expect(stderr.toString()).toContain("list of those to skip: */true");
  });
});

describe("the sample", () => {
  it("keeps jobs whole, about one in so many, and processes of no job always", async () => {
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
  const said = async (environment: Record<string, string>, inactive = false): Promise<string> =>
    (await observe([truth], { library, environment, inactive })).stderr.toString();

  it("explain each decision", async () => {
    const debug = { OGRT_DEBUG: "1" };
    expect(await said(debug)).toMatch(
      /^ogrt: start record sent: frames 1, bytes \d+\nogrt: end record sent: frames 1, bytes \d+\n$/,
    );
    expect(await said(debug, true)).toBe("ogrt: not reported: OGRT_ACTIVE does not say so\n");
    expect(await said({ ...debug, OGRT_SKIP: "*true" })).toBe(
      "ogrt: not reported: the executable is on the list of those to skip: *true\n",
    );
    expect(await said({ ...debug, OGRT_SAMPLE: "4000000000", SLURM_JOB_ID: "7\u001b" })).toBe(
      "ogrt: not reported: this job is not in the sample: 7?\n",
    );
    expect(await said({ ...debug, OGRT_SERVER: "udp://host" })).toMatch(/no server that .* by number: udp:\/\/host\n$/);
    expect(await said({ ...debug, OGRT_SERVER: "unix:///nowhere" })).toMatch(
      /^ogrt: start record not sent: .* errno 2\n$/,
    );
  });

  it("print what was compiled in", async () => {
    const text = await said({ OGRT_DEBUG_INFO: "1" }, true);
    expect(text).toMatch(/^ogrt: version \d+\.\d+\.\d+/);
    expect(text).toContain("ogrt: server udp://127.0.0.1:7971\n");
    expect(text).toContain("ogrt: job variable JOB_ID+SGE_ROOT\n");
  });

  it("are silent otherwise", async () => {
    expect(await said({ OGRT_DEBUG: "0", OGRT_DEBUG_INFO: "yes", OGRT_DEBUGX: "1" })).toBe("");
  });
});

describe("compile-time settings", () => {
  it("choose job variables, what is sent and the default of activity", async () => {
    const chosen = variant(
      join(folder, "chosen"),
      "JOB_VARIABLES=MY_JOB OTHER+FLAG",
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

  it("name the server, with the compiler's default left behind", async () => {
    const other = variant(join(folder, "server"), "SERVER=unix:///nowhere/at/all", "LOCK=1");
    const { starts, stderr } = await observe(["/bin/true"], { library: other, environment: { OGRT_DEBUG: "1" } });
    expect(starts).toEqual([]);
    expect(stderr.toString()).toContain("start record not sent");
  });

  it("go where make install is told", () => {
    run("make", "-s", "-C", native, "install", "PREFIX=/opt/ogrt", `DESTDIR=${folder}`);
    const { status } = spawnSync("/bin/true", [], { env: { LD_PRELOAD: join(folder, "opt/ogrt/lib/libogrt.so") } });
    expect(status).toBe(0);
  });
});
