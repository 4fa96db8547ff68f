import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtLibrary, variant } from "../../native-preload/support/library.js";
import { observe, only } from "../../native-preload/support/observe.js";
import type { Message } from "../../native-preload/support/schema.js";
import { temporaryFolder } from "../../support/folder.js";
import { run, source } from "../../support/toolchain.js";

const folder = temporaryFolder();
const library = builtLibrary();

describe("a record that is too large for a small frame or one datagram", () => {
  it("is one frame of more than 8 KiB if that is enough", async () => {
    const long = ["a", "b", "c"].map((letter) => letter.repeat(20_000));
    const { starts, frames } = await observe(["/bin/true", ...long], { library });
    expect(only(starts).arguments.slice(1).map(String)).toEqual(long);
    expect(starts[0]?.omitted).toBeUndefined();
    expect(frames[0]?.payload.length).toBeGreaterThan(60_000);
  });

  it("keeps the first arguments and counts the others", async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `${index}`.padEnd(500, "."));
    const { status, stderr, starts } = await observe(["/bin/true", ...many], { library });
    expect([status, stderr.length]).toEqual([0, 0]);
    const start = only(starts);
    const kept = start.arguments.length;
    expect(kept).toBeGreaterThan(100);
    expect(start.arguments.slice(1).map(String)).toEqual(many.slice(0, kept - 1));
    expect(start.omitted.arguments).toBe(many.length + 1 - kept);
    expect(start.shared_objects.length).toBeGreaterThanOrEqual(3);
  });

  it("omits and counts an argument that is too large by itself", async () => {
    const start = only((await observe(["/bin/true", "x".repeat(100_000), "tail"], { library })).starts);
    expect(start.arguments.map(String)).toEqual(["/bin/true"]);
    expect(start.omitted.arguments).toBe(2);
  });

  it("counts a variable that is too large by itself", async () => {
    const large = (name: string) => ({ [name]: `/opt/${"x".repeat(100_000)}` });
    for (const name of ["LD_LIBRARY_PATH", "USER", "SLURM_CLUSTER_NAME", "OGRT_JOB_ID"]) {
      const start = only((await observe(["/bin/true"], { library, environment: large(name) })).starts);
      expect([name, start.omitted.environment_variables]).toEqual([name, 1]);
      expect(start.shared_objects.length).toBeGreaterThanOrEqual(2);
    }
    const two = { ...large("LD_LIBRARY_PATH"), ...large("LOGNAME") };
    expect(only((await observe(["/bin/true"], { library, environment: two })).starts).omitted).toEqual({
      environment_variables: 2,
    });
  });

  it("omits environment before arguments", async () => {
    const all = variant(join(folder, "all"), "ENVIRONMENT=*");
    const environment = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`VARIABLE_${i}`, "v".repeat(900)]));
    const many = Array.from({ length: 40 }, () => "y".repeat(1000));
    const start = only((await observe(["/bin/true", ...many], { library: all, environment })).starts);
    expect(start.arguments).toHaveLength(41);
    expect(start.omitted.environment_variables + start.environment_variables.length).toBe(200 + 4);
    expect(start.omitted.arguments ?? 0).toBe(0);
  });

  it("is split into several frames of the same process if the objects do not fit", async () => {
    const count = 120;
    const deep = join(folder, "d".repeat(200));
    run("mkdir", "-p", deep);
    source(folder, "empty.c", "int main(void) { return 0; }\n");
    source(folder, "library.c", "int unused;\n");
    const names = Array.from({ length: count }, (_, i) => `libpart${i}.so`);
    run("gcc", "-shared", "-fPIC", "-o", join(deep, "libpart0.so"), join(folder, "library.c"));
    for (const name of names.slice(1)) run("cp", join(deep, "libpart0.so"), join(deep, name));
    const program = join(folder, "program");
    const libraries = names.map((name) => `-l:${name}`);
    run(
      "gcc",
      "-o",
      program,
      join(folder, "empty.c"),
      `-L${deep}`,
      "-Wl,--no-as-needed",
      ...libraries,
      `-Wl,-rpath,${deep}`,
    );

    const small = variant(join(folder, "small"), "MAX_DATAGRAM_BYTES=9000");
    const whole = only((await observe([program, "argument"], { library: small })).starts.slice(0, 1));
    const { status, starts } = await observe([program, "argument"], { library: small });
    expect(status).toBe(0);
    expect(starts.length).toBeGreaterThan(3);
    expect(starts.map(({ part }) => part)).toEqual(starts.map((_, index) => index));
    expect(new Set(starts.map(({ uuid }) => uuid.toString("hex"))).size).toBe(1);
    const objects = starts.flatMap((start) => start.shared_objects.map(({ path }: Message) => String(path)));
    expect(objects.filter((path) => path.startsWith(deep))).toEqual(names.map((name) => join(deep, name)));
    for (const start of starts) expect(start.shared_objects_total).toBe(objects.length);
    expect(starts[0]?.arguments.map(String)).toEqual([program, "argument"]);
    expect(whole.part).toBe(0);
  });
});
