import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { builtLibrary } from "../../native-preload/support/library.js";
import { type Hazard, MODES, matrix } from "../../native-preload/support/matrix.js";
import { observe } from "../../native-preload/support/observe.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run, source } from "../../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();
const harm = await matrix(library, folder);
afterAll(() => harm.close());

source(
  folder,
  "main.c",
  '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { free(malloc(3)); puts("done"); return 3; }\n',
);
run("gcc", "-g", "-o", at("main"), at("main.c"));
run("gcc", "-g", "-fsanitize=undefined", "-o", at("undefined"), at("main.c"));
run("gcc", "-g", "-fsanitize=thread", "-o", at("thread"), at("main.c"));
run("gcc", "-g", "-fsanitize=address", "-o", at("address"), at("main.c"));

/** Debugging tools and large programs. */
const hazards: (Hazard & { tool: string })[] = [
  {
    name: "valgrind memcheck",
    tool: "valgrind",
    command: ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full", "--trace-children=no", at("main")],
  },
  {
    name: "gdb",
    unsteady: /process \d+/g,
    tool: "gdb",
    command: [
      "gdb",
      "-nx",
      "-batch",
      "-ex",
      "set print inferior-events off",
      "-ex",
      "break main",
      "-ex",
      "run",
      "-ex",
      "continue",
      "-ex",
      "print $_exitcode",
      at("main"),
    ],
  },
  { name: "UndefinedBehaviorSanitizer", tool: "gcc", command: [at("undefined")] },
  { name: "ThreadSanitizer", tool: "gcc", command: ["setarch", "-R", at("thread")] },
  {
    name: "Python with threads, processes and extensions",
    tool: "python3",
    command: [
      "python3",
      "-c",
      "import ctypes, sqlite3, subprocess, multiprocessing, threading\n" +
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n" +
        "print(subprocess.run(['echo', 'child'], capture_output=True).stdout)\n" +
        "p = multiprocessing.Process(target=print, args=('fork',)); p.start(); p.join()\n" +
        "print(ctypes.CDLL(None).rand())",
    ],
  },
  { name: "Perl", tool: "perl", command: ["perl", "-e", "print join(',', map { $_ * 2 } 1..3), `echo x`; exit 4"] },
  { name: "Node.js", tool: "node", command: ["node", "-e", "console.log(require('fs').readdirSync('/').length > 3)"] },
];

describe.each(MODES)("with the library %s", (mode) => {
  it.for(hazards)("$name", (hazard, context) => {
    if (!have(hazard.tool)) {
      console.warn(`skipped: ${hazard.name}: ${hazard.tool} is not installed`);
      return context.skip();
    }
    harm.check(hazard, mode);
  });
});

describe("known limits", () => {
  it("a program with AddressSanitizer refuses any preload before its own", () => {
    const { status, stderr } = spawnSync(at("address"), [], { encoding: "utf8", env: { LD_PRELOAD: library } });
    expect(status).not.toBe(3);
    expect(stderr).toContain("ASan runtime does not come first");
    // An option of AddressSanitizer allows it.
    const relaxed = spawnSync(at("address"), [], {
      encoding: "utf8",
      env: { LD_PRELOAD: library, ASAN_OPTIONS: "verify_asan_link_order=0" },
    });
    expect([relaxed.status, relaxed.stdout]).toEqual([3, "done\n"]);
  });

  it("for a program of another word size, ld.so prints a line", (context) => {
    if (!have("i686-linux-gnu-gcc")) {
      console.warn("skipped: word size: i686-linux-gnu-gcc is not installed");
      return context.skip();
    }
    run(
      "i686-linux-gnu-gcc",
      "-o",
      at("small"),
      at("main.c"),
      "-Wl,-dynamic-linker,/usr/i686-linux-gnu/lib/ld-linux.so.2",
    );
    const { stdout, stderr, status } = spawnSync(at("small"), [], {
      encoding: "utf8",
      env: { LD_PRELOAD: library, LD_LIBRARY_PATH: "/usr/i686-linux-gnu/lib" },
    });
    expect([status, stdout]).toEqual([3, "done\n"]);
    expect(stderr).toMatch(/^ERROR: ld.so: object '.*libogrt.so' from LD_PRELOAD cannot be preloaded .*: ignored.\n$/);
  });
});

describe("Open MPI with two ranks", () => {
  it("runs unchanged, and the records have different ranks", async (context) => {
    if (!have("mpirun") || !have("mpicc")) {
      console.warn("skipped: MPI: mpirun or mpicc is not installed (Debian: openmpi-bin, libopenmpi-dev)");
      return context.skip();
    }
    source(
      folder,
      "ranks.c",
      `#include <mpi.h>
       #include <stdio.h>
       int main(int argc, char **argv) {
         int rank, sum;
         MPI_Init(&argc, &argv);
         MPI_Comm_rank(MPI_COMM_WORLD, &rank);
         MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
         if (rank == 0) printf("sum %d\\n", sum);
         MPI_Finalize();
         return 0;
       }`,
    );
    run("mpicc", "-o", at("ranks"), at("ranks.c"));
    const root = { OMPI_ALLOW_RUN_AS_ROOT: "1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1" };
    const command = ["mpirun", "-n", "2", "--oversubscribe", "--mca", "btl", "self,vader", at("ranks")];
    const seen = await observe(command, { library, environment: { ...root, HOME: folder } });
    expect([seen.status, seen.stdout.toString()]).toEqual([0, "sum 1\n"]);
    const ranks = seen.starts.filter((start) => String(start.binpath) === at("ranks"));
    expect(ranks.map((start) => String(start.rank)).sort()).toEqual(["0", "1"]);
    // Open MPI loads plugins by dlopen, and MPI_Finalize unloads them and ends its threads.
    const ids = ranks.map((start) => start.uuid.toString("hex"));
    const ended = seen.ends.filter((end) => ids.includes(end.uuid.toString("hex")));
    expect(ended).toHaveLength(2);
    for (const end of ended) expect(Number(end.unloaded_objects)).toBeGreaterThan(10);
  });
});
