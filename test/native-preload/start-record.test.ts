import { readFileSync, realpathSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { MessageDecoder } from "../../lib/wire/decode.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { builtLibrary, folder as nativeFolder } from "./support/library.js";
import { observe, only } from "./support/observe.js";
import { asDeployedServer, type Message } from "./support/schema.js";
import { stampSource } from "./support/stamp.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();

const programId = "11111111-2222-4333-8444-555555555555";
const secondId = "22222222-3333-4444-9555-666666666666";
const libraryId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

source(folder, "library.s", stampSource(libraryId));
source(folder, "first.s", stampSource(programId));
source(folder, "second.s", stampSource(secondId));
source(folder, "library.c", "int answer(void) { return 42; }\n");
source(folder, "main.c", "int answer(void);\nint main(void) { return answer() == 42 ? 7 : 1; }\n");
run(
  "gcc",
  "-shared",
  "-fPIC",
  "-Wl,-soname,libanswer.so.1",
  "-o",
  at("libanswer.so.1"),
  at("library.c"),
  at("library.s"),
);
run("gcc", "-o", at("program"), at("main.c"), at("first.s"), at("libanswer.so.1"), `-Wl,-rpath,${folder}`);
run(
  "gcc",
  "-o",
  at("twice"),
  at("main.c"),
  at("first.s"),
  at("second.s"),
  at("libanswer.so.1"),
  `-Wl,-rpath,${folder}`,
);
run("gcc", "-o", at("relative"), at("main.c"), at("libanswer.so.1"), "-Wl,-rpath,.");

const text = (bytes: Buffer | undefined): string | undefined => bytes?.toString("latin1");
const paths = (start: Message): string[] => start.shared_objects.map((object: Message) => text(object.path));
const buildIdBy = (path: string): string | undefined => /Build ID: ([0-9a-f]+)/.exec(run("readelf", "-nW", path))?.[1];

/** The objects that the loader says it maps, in its order, without the vDSO. */
function listedByLoader(program: string): string[] {
  const listing = run("env", `LD_PRELOAD=${library}`, "LD_TRACE_LOADED_OBJECTS=1", program);
  return listing
    .split("\n")
    .filter((line) => line.includes("/"))
    .map((line) =>
      line
        .trim()
        .replace(/^.* => /, "")
        .replace(/ \(0x[0-9a-f]+\)$/, ""),
    );
}

const buildIdOf = (size: number) => `-Wl,--build-id=0x${"5a".repeat(size)}`;

const loaderOf = (program: string) => /program interpreter: (.*)\]/.exec(run("readelf", "-lW", program))?.[1] ?? "";

describe("the start record", () => {
  it("says who runs what, where and when", async () => {
    const before = BigInt(Date.now()) * 1_000_000n;
    const { status, stderr, starts } = await observe(["/bin/true", "one", "", "three"], { library, cwd: folder });
    const after = BigInt(Date.now() + 1) * 1_000_000n;
    expect(status).toBe(0);
    expect(stderr).toHaveLength(0);
    const start = only(starts);
    const executable = statSync("/bin/true", { bigint: true });
    expect({ ...start, arguments: start.arguments.map(text) }).toMatchObject({
      parent_pid: process.pid,
      uid: process.getuid?.(),
      gid: process.getgid?.(),
      euid: process.geteuid?.(),
      egid: process.getegid?.(),
      arguments: ["/bin/true", "one", "", "three"],
      binpath_device: String(executable.dev),
      binpath_inode: String(executable.ino),
      binpath_size: String(executable.size),
    });
    expect(text(start.binpath)).toBe(realpathSync("/bin/true"));
    expect(text(start.hostname)).toBe(hostname());
    expect(text(start.cwd)).toBe(realpathSync(folder));
    expect(text(start.job_id)).toBe("UNKNOWN");
    expect(text(start.ld_preload)).toBe(library);
    expect(start.pid).toBeGreaterThan(0);
    expect(BigInt(start.time_ns)).toBeGreaterThanOrEqual(before);
    expect(BigInt(start.time_ns)).toBeLessThanOrEqual(after);
    expect(BigInt(start.time)).toBe(BigInt(start.time_ns) / 1_000_000n);
    expect(start.omitted).toBeUndefined();
    expect(start.part).toBeUndefined();
  });

  it("has a random version-4 UUID", async () => {
    const first = only((await observe(["/bin/true"], { library })).starts).uuid.toString("hex");
    const second = only((await observe(["/bin/true"], { library })).starts).uuid.toString("hex");
    expect(first).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(second).not.toBe(first);
  });

  it("has the fields that deployed servers require", async () => {
    const { frames } = await observe([at("program")], { library });
    const message = asDeployedServer(frames[0]?.payload ?? Buffer.alloc(0));
    expect(text(message.binpath)).toBe(at("program"));
    expect(text(message.signature)).toBe(programId);
  });

  it.each(["/bin/true", "/bin/ls", "program"])("lists what the loader mapped for %s, in load order", async (name) => {
    const program = name.startsWith("/") ? name : at(name);
    const { starts } = await observe([program], { library });
    expect(paths(only(starts))).toEqual(listedByLoader(program));
  });

  it.each([1, 100, 1024])("gives a build-id of %i bytes", async (size) => {
    run(
      "gcc",
      "-o",
      at("identified"),
      source(folder, "identified.c", "int main(void) { return 0; }\n"),
      buildIdOf(size),
    );
    const { starts } = await observe([at("identified")], { library });
    expect(only(starts).build_id.toString("hex")).toBe("5a".repeat(size));
  });

  it("gives every object the build-id and soname that readelf finds in its file", async () => {
    const { starts } = await observe([at("program")], { library });
    const start = only(starts);
    expect(start.build_id.toString("hex")).toBe(buildIdBy(at("program")));
    for (const object of start.shared_objects) {
      const path = text(object.path) ?? "";
      expect(object.build_id.toString("hex"), path).toBe(buildIdBy(path));
      const soname = /SONAME.*\[(.*)\]/.exec(run("readelf", "-dW", path))?.[1];
      expect(text(object.soname), path).toBe(soname);
    }
  });

  it("has the signatures of program and libraries, read from memory", async () => {
    const { status, starts } = await observe([at("program")], { library });
    expect(status).toBe(7);
    const start = only(starts);
    expect(text(start.signature)).toBe(programId);
    expect(start.signatures).toEqual([]);
    const signatures = start.shared_objects.map((object: Message) => [
      basename(String(object.path)),
      text(object.signature),
    ]);
    expect(Object.fromEntries(signatures)).toMatchObject({ "libanswer.so.1": libraryId, "libc.so.6": undefined });
  });

  it("has all signatures of an object, in file order", async () => {
    const start = only((await observe([at("twice")], { library })).starts);
    expect(text(start.signature)).toBe(programId);
    expect(start.signatures.map(text)).toEqual([programId, secondId]);
  });

  it("counts signatures beyond 16 of an object, and a segment of notes that it does not read to its end", async () => {
    const stamps = Array.from({ length: 18 }, (_, index) =>
      source(folder, `many${index}.s`, stampSource(programId.replace("1111", `${1000 + index}`))),
    );
    run("gcc", "-o", at("many"), at("main.c"), ...stamps, at("libanswer.so.1"), `-Wl,-rpath,${folder}`);
    const many = only((await observe([at("many")], { library })).starts);
    expect([many.signatures.length, many.omitted.signatures]).toEqual([16, 2]);
    source(folder, "long.s", '.section .note.long,"a",%note\n.p2align 2\n.long 4,70000,1\n.asciz "abc"\n.zero 70000\n');
    run("gcc", "-w", "-o", at("long"), at("main.c"), at("long.s"), at("libanswer.so.1"), `-Wl,-rpath,${folder}`);
    const long = only((await observe([at("long")], { library })).starts);
    expect(long.omitted).toEqual({ signatures: 1 });
  });

  it("makes the paths of a relative search path absolute", async () => {
    const start = only((await observe([at("relative")], { library, cwd: folder })).starts);
    const own = paths(start).find((path) => path.endsWith("libanswer.so.1")) ?? "";
    expect(own.startsWith("/")).toBe(true);
    expect(realpathSync(own)).toBe(realpathSync(at("libanswer.so.1")));
  });

  it.each([
    ["PROGRAM", [], "./program"],
    ["--argv0 /no/such PROGRAM", ["--argv0", "/no/such"], "/no/such"],
    ["--argv0 X PROGRAM", ["--argv0", "X"], "X"],
  ])("names the program, not the loader, for `ld.so %s`", async (_, options, name) => {
    const { status, starts, ends } = await observe([loaderOf(at("program")), ...options, "./program", "x"], {
      library,
      cwd: folder,
    });
    expect([status, ends.length]).toEqual([7, 1]);
    const start = only(starts);
    expect(text(start.binpath)).toBe(realpathSync(at("program")));
    expect(start.binpath_inode).toBe(String(statSync(at("program")).ino));
    expect(text(start.signature)).toBe(programId);
    expect(start.arguments.map(text)).toEqual([name, "x"]);
  });

  it.runIf(have("musl-gcc"))("names the program for the loader of musl as a command", async () => {
    source(folder, "musl.c", "int main(int argc, char **argv) { return argc; }\n");
    run("musl-gcc", "-o", at("musl"), at("musl.c"));
    for (const options of [[], ["--argv0", "/no/such"]]) {
      const command = [loaderOf(at("musl")), ...options, "./musl", "x"];
      const { status, starts, ends } = await observe(command, { library, cwd: folder });
      expect([status, text(only(starts).binpath), ends.length]).toEqual([2, realpathSync(at("musl")), 1]);
    }
  });

  it("is sent by a shell and the programs that it runs, but not by its forks", async () => {
    const { starts, ends } = await observe(["/bin/sh", "-c", "/bin/true; (:); /bin/ls / >/dev/null; :"], { library });
    expect(starts.map((start) => basename(String(start.binpath)))).toEqual([
      basename(realpathSync("/bin/sh")),
      "true",
      "ls",
    ]);
    const [shell, ...children] = starts;
    for (const child of children) expect(child.parent_pid).toBe(shell?.pid);
    // A shell may exit by _exit(2), which sends no end record.
    const ended = ends.map((end) => end.uuid.toString("hex"));
    for (const child of children) expect(ended).toContain(child.uuid.toString("hex"));
  });

  it("is sent by every image of an exec chain", async () => {
    const { starts } = await observe(["/bin/sh", "-c", "exec /usr/bin/env /bin/true"], { library });
    expect(starts.map((start) => basename(String(start.arguments[0])))).toEqual(["sh", "env", "true"]);
    expect(new Set(starts.map((start) => start.pid)).size).toBe(1);
    expect(new Set(starts.map((start) => start.uuid.toString("hex"))).size).toBe(3);
  });

  it("keeps bytes that are not UTF-8", async () => {
    const { starts } = await observe(["/bin/sh", "-c", String.raw`exec /bin/true "$(printf 'a\377b')"`], { library });
    expect(starts.at(-1)?.arguments.at(-1)).toEqual(Buffer.from([0x61, 0xff, 0x62]));
  });

  it("uses the field numbers of the schema", () => {
    const schema = readFileSync(join(nativeFolder, "../proto/ogrt.proto"), "utf8");
    const header = readFileSync(join(nativeFolder, "src/wire/fields.h"), "utf8");
    const snake = (name: string) => name.replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase();
    const inSchema = new Map<string, string>();
    for (const [, message = "", body = ""] of schema.matchAll(/^message (\w+) \{(.*?)^\}/gms)) {
      for (const [, field = "", number = ""] of body.matchAll(/(\w+) = (\d+);/g)) {
        inSchema.set(`${snake(message)}_${field.toUpperCase()}`, number);
      }
    }
    const inHeader = [...header.matchAll(/^ {2}(\w+) = (\d+),/gm)];
    expect(inHeader.length).toBeGreaterThan(30);
    for (const [, name = "", number] of inHeader) expect(inSchema.get(name), name).toBe(number);
  });
});

describe("the job", () => {
  const jobOf = async (environment: Record<string, string>): Promise<Message> =>
    only((await observe(["/bin/true"], { library, environment })).starts);

  it.each([
    [{ SLURM_JOB_ID: "17", JOBID: "18" }, "17"],
    [{ OGRT_JOB_ID: "mine", SLURM_JOB_ID: "17" }, "mine"],
    [{ PBS_JOBID: "12.server" }, "12.server"],
    [{ LSB_JOBID: "3" }, "3"],
    [{ JOB_ID: "44" }, "UNKNOWN"],
    [{ JOB_ID: "44", SGE_ROOT: "/opt/sge" }, "44"],
    [{ FLUX_JOB_ID: "ƒ2WXYZ" }, Buffer.from("ƒ2WXYZ").toString("latin1")],
    [{ JOBID: "5", SLURM_JOB_ID: "" }, "5"],
    [{ JOBIDX: "5", XJOBID: "6" }, "UNKNOWN"],
  ])("of %j is %s", async (environment, expected) => {
    expect(text((await jobOf(environment as Record<string, string>)).job_id)).toBe(expected);
  });

  it("and other names are omitted and counted where the collector would reject the frame", async () => {
    const observed = async (length: number) => {
      const [name, module] = ["n".repeat(length), "m".repeat(length + 3056)];
      const environment = { OGRT_JOB_ID: name, USER: name, SLURM_STEP_ID: name, LOADEDMODULES: `a:${module}` };
      const { frames, starts } = await observe(["/bin/true"], { library, environment });
      const { job_id, username, step_id, loaded_modules, omitted } = only(starts);
      const decoded = frames.map((frame) => new MessageDecoder().decode(frame));
      for (const message of decoded) expect(message).toBeTypeOf("object");
      return [job_id, username, step_id].map((bytes) => bytes?.length).concat(loaded_modules.length, omitted ?? {});
    };
    expect(await observed(1024)).toEqual([1024, 1024, 1024, 2, {}]);
    expect(await observed(1025)).toEqual([
      "UNKNOWN".length,
      undefined,
      undefined,
      1,
      expect.objectContaining({ environment_variables: 3, loaded_modules: 1 }),
    ]);
  });

  it("brings its modules and its place in the cluster", async () => {
    const start = await jobOf({
      LOADEDMODULES: "gcc/12.2::openmpi/4.1.4:",
      SLURM_JOB_ID: "1",
      SLURM_STEP_ID: "2",
      SLURM_CLUSTER_NAME: "trial",
      SLURM_ARRAY_JOB_ID: "9",
      SLURM_ARRAY_TASK_ID: "10",
      SLURM_NODEID: "3",
      SLURM_PROCID: "0",
      PMIX_RANK: "4",
      SLURM_LOCALID: "5",
      APPTAINER_CONTAINER: "/images/a.sif",
      LD_LIBRARY_PATH: "/opt/lib",
      USER: "alice",
    });
    const fields = [
      "step_id",
      "cluster",
      "array_job_id",
      "array_task_id",
      "node_id",
      "rank",
      "local_rank",
      "container",
      "ld_library_path",
      "username",
    ];
    expect(fields.map((field) => text(start[field]))).toEqual([
      "2",
      "trial",
      "9",
      "10",
      "3",
      "4",
      "5",
      "APPTAINER_CONTAINER=/images/a.sif",
      "/opt/lib",
      "alice",
    ]);
    expect(start.loaded_modules.map((module: Message) => text(module.name))).toEqual(["gcc/12.2", "openmpi/4.1.4"]);
  });
});
