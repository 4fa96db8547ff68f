import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { variant } from "./support/library.js";
import { observe, only } from "./support/observe.js";
import { asDeployedServer, fieldNumbers } from "./support/schema.js";

const library = variant(join(temporaryFolder(), "compat"), "OGRT_COMPAT=0.5");

describe("a library built with OGRT_COMPAT=0.5", () => {
  it("sends what a 0.5 client sends: time in seconds, one command line, no newer field", async () => {
    const before = Math.floor(Date.now() / 1000);
    const { status, stderr, frames } = await observe(["/bin/sh", "-c", "exit 3", "a b", ""], {
      library,
      environment: { JOBID: "4711", LOADEDMODULES: "gcc/12.2:hdf5/1.14", USER: "alice" },
    });
    const after = Math.floor(Date.now() / 1000);
    expect([status, stderr.length]).toEqual([3, 0]);
    const { type, payload } = only(frames);
    expect(type).toBe(12);
    const message = asDeployedServer(payload);
    expect(Number(message.time)).toBeGreaterThanOrEqual(before);
    expect(Number(message.time)).toBeLessThanOrEqual(after);
    expect(message.cmdline.toString()).toBe("/bin/sh -c exit 3 a b ");
    expect(message.arguments).toEqual([]);
    expect(message.job_id.toString()).toBe("4711");
    expect(message.username.toString()).toBe("alice");
    expect(message.loaded_modules.map(({ name }: { name: Buffer }) => name.toString())).toEqual([
      "gcc/12.2",
      "hdf5/1.14",
    ]);
    const numbers = new Set(fieldNumbers(payload));
    expect([...numbers].filter((number) => number < 300 || number > 313)).toEqual([]);
    expect(message.shared_objects.map(({ path }: { path: Buffer }) => path.toString())).toContain(library);
  });

  it("sends one frame even if something does not fit", async () => {
    const { status, frames } = await observe(
      [
        "/bin/true",
        ..."x"
          .repeat(20)
          .split("")
          .map((c) => c.repeat(10_000)),
      ],
      {
        library,
      },
    );
    expect(status).toBe(0);
    const message = asDeployedServer(only(frames).payload);
    expect(message.cmdline.toString()).toMatch(/^\/bin\/true xxx/);
  });
});
