import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { variant } from "../../native-preload/support/library.js";
import { parseFrame } from "../../native-preload/support/observe.js";
import { asStart } from "../../native-preload/support/schema.js";
import { temporaryFolder } from "../../support/folder.js";
import { startSlurm } from "../../support/slurm.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
/** As a site builds it, with its own place for the scripts of Slurm. */
const library = variant(join(folder, "library"), `HELPERS=${join(folder, "taskprolog.sh")}`);

it("the TaskProlog tracks batch scripts and steps on a one-node Slurm", async (context) => {
  const socket = createSocket("udp4");
  const received: Buffer[] = [];
  socket.on("message", (datagram) => received.push(datagram));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  try {
    // Changes the two settings of the file, as a site would.
    const prolog = readFileSync(join(root, "integrations/slurm/taskprolog.sh"), "utf8")
      .replace("/opt/ogrt/lib/libogrt.so", library)
      .replace("udp://127.0.0.1:7971", `udp://127.0.0.1:${socket.address().port}`);
    const slurm = await startSlurm(folder, {
      settings: ["TaskProlog=DIR/taskprolog.sh"],
      scripts: { "taskprolog.sh": prolog },
    });
    if (typeof slurm === "string") return context.skip(`Slurm: ${slurm}`);

    writeFileSync(
      join(folder, "job.sh"),
      '#!/bin/sh\n/bin/true batch\nsrun -n 2 /bin/true step\nprintf %s "$LD_PRELOAD"\n',
    );
    const id = slurm(
      "sbatch",
      "--parsable",
      "-n",
      "2",
      "--wait",
      "-o",
      join(folder, "out"),
      join(folder, "job.sh"),
    ).trim();
    // Nested, where the prolog runs twice but must add the library only once.
    expect(slurm("srun", "-n", "1", "/bin/sh", "-c", 'printf %s "$LD_PRELOAD"')).toBe(library);
    expect(readFileSync(join(folder, "out"), "utf8")).toBe(library);
    expect(slurm("srun", "-n", "1", "--export=ALL,OGRT_ACTIVE=0", "/bin/true", "silent")).toBe("");

    await sleep(500);
    const starts = received
      .map(parseFrame)
      .filter(({ type }) => type === 12)
      .map(({ payload }) => asStart(payload));
    const named = (name: string) =>
      starts.filter((start) => start.arguments.some((text: Buffer) => String(text) === name));
    const batch = named("batch");
    expect(batch.map((start) => [String(start.job_id), start.step_id, String(start.cluster)])).toEqual([
      [id, undefined, "trial"],
    ]);
    const steps = named("step").filter((start) => basename(String(start.binpath)) === "true");
    expect(steps.map((start) => [String(start.job_id), String(start.step_id), String(start.node_id)])).toEqual([
      [id, "0", "0"],
      [id, "0", "0"],
    ]);
    expect(steps.map((start) => String(start.rank)).sort()).toEqual(["0", "1"]);
    expect(named("silent")).toEqual([]);
    // The TaskProlog of a nested step runs under the library, too.
    expect(
      starts.filter((start) => start.arguments.some((text: Buffer) => String(text).endsWith("taskprolog.sh"))),
    ).toEqual([]);
    expect(starts.filter((start) => basename(String(start.binpath)) === "tr")).toEqual([]);
  } finally {
    socket.close();
  }
});
