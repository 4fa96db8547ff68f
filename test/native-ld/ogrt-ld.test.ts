import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRegister } from "../../lib/register/index.js";
import { createStamp, deriveUuid, stampObject } from "../../lib/stamp/index.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { tool } from "../support/tools.js";
import { buildWrapper, launch, uuids } from "./support/wrapper.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const machine = run("uname", "-m").trim();
const reader = join(import.meta.dirname, "../stamp/print-signatures.c");
let bin = "";

beforeAll(() => {
  bin = buildWrapper(folder);
  source(folder, "main.c", "int main(void) { return 0; }\n");
  source(folder, "answer.c", "int answer(void) { return 42; }\n");
  source(folder, "start.c", "void _start(void) { for (;;); }\n");
  run("gcc", "-c", "-o", at("main.o"), at("main.c"));
  run("gcc", "-c", "-o", at("start.o"), at("start.c"));
});

/** gcc with the wrapper in front of its linker. */
const gcc = (args: string[], env: Record<string, string | undefined> = {}, cwd = folder) =>
  launch(cwd, ["gcc", "-B", bin, ...args], env);
const quiet = { status: 0, signal: null, stdout: "", stderr: "" };
const fresh = () => mkdtempSync(at("work-"));

describe("every final link is stamped", () => {
  describe.each(["bfd", "gold", "lld", "mold"])("by %s", (linker) => {
    const present = have(`ld.${linker}`) || have(linker);
    const WAYS: Record<string, string[]> = {
      "a program": [],
      "a static program": ["-static"],
      "a shared object": ["-shared", "-fPIC"],
      "link-time optimisation": ["-flto"],
      "--gc-sections": ["-Wl,--gc-sections"],
    };
    const ways = Object.entries(WAYS).filter(([way]) => linker !== "lld" || way !== "link-time optimisation");
    it.skipIf(!present).each(ways)("%s, exactly once, quietly", (way, flags) => {
      const output = `${linker} ${way}`;
      expect(gcc([`-fuse-ld=${linker}`, "-Wl,--fatal-warnings", ...flags, "-o", output, reader])).toEqual(quiet);
      const found = uuids(at(output));
      expect(found).toHaveLength(1);
      if (way !== "a shared object") expect(run(at(output)).trim().split("\n")).toEqual(found);
    });
  });

  it("found first in PATH", () => {
    expect(launch(folder, ["gcc", "-o", "by-path", "main.c"], { PATH: `${bin}:${process.env["PATH"]}` })).toEqual(
      quiet,
    );
    expect(uuids(at("by-path"))).toHaveLength(1);
  });

  it("with a new UUID each time", () => {
    for (const name of ["one", "two"]) gcc(["-o", name, "main.c"]);
    expect(uuids(at("one"))).not.toEqual(uuids(at("two")));
    expect(uuids(at("one"))[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  });

  it("of intermediate code alone, of archives alone and from response files", () => {
    run("ar", "rcs", at("libstart.a"), at("start.o"));
    writeFileSync(at("link.rsp"), `'start.o' -o "with \\"quotes\\""\n--gc-sections`);
    writeFileSync(at("outer.rsp"), "@link.rsp");
    const ld = (...args: string[]) => launch(folder, [join(bin, "ld"), ...args]);
    expect(ld("-o", "archive", "-e", "_start", "--whole-archive", "libstart.a")).toEqual(quiet);
    expect(ld("-o", "library", "-L.", "-e", "_start", "--whole-archive", "-lstart")).toEqual(quiet);
    expect(uuids(at("library"))).toHaveLength(1);
    expect(ld("@outer.rsp")).toEqual(quiet);
    expect(uuids(at("archive"))).toHaveLength(1);
    expect(uuids(at('with "quotes"'))).toHaveLength(1);
  });

  const CROSS = ["i686", "aarch64", "powerpc64le", "powerpc64", "powerpc", "riscv64", "s390x"].map(
    (name) => `${name}-linux-gnu-gcc`,
  );
  for (const compiler of [...CROSS, "arm-linux-gnueabihf-gcc"]) {
    it.skipIf(!have(compiler))(`of ${compiler}, by its own linker`, () => {
      const flags = ["-shared", "-fPIC", "-nostdlib", "-Wl,--fatal-warnings", "-o", `${compiler}.so`, "answer.c"];
      expect(launch(folder, [compiler, "-B", bin, ...flags])).toEqual(quiet);
      expect(uuids(at(`${compiler}.so`))).toHaveLength(1);
      expect(run("readelf", "-hW", at(`${compiler}.so`))).not.toMatch("X86-64");
    });
  }

  it.skipIf(!have("clang"))("of clang", () => {
    expect(launch(folder, ["clang", "-B", bin, "-o", "by-clang", "main.c"])).toEqual(quiet);
    expect(uuids(at("by-clang"))).toHaveLength(1);
    if (have("ld.lld")) {
      launch(folder, ["clang", "-B", bin, "-flto", "-fuse-ld=lld", "-o", "clang-lto", "main.c"]);
      expect(uuids(at("clang-lto"))).toHaveLength(1);
    }
  });

  it.skipIf(!have("riscv64-linux-gnu-gcc"))("with the ABI of its inputs where linkers compare it", () => {
    const soft = ["-march=rv64imac", "-mabi=lp64", "-nostdlib", "-shared", "-fPIC", "-Wl,--fatal-warnings"];
    expect(launch(folder, ["riscv64-linux-gnu-gcc", "-B", bin, ...soft, "-o", "soft.so", "answer.c"])).toEqual(quiet);
    expect(uuids(at("soft.so"))).toHaveLength(1);
  });
});

describe("everything else goes to the linker unchanged", () => {
  const both = (...args: string[]) => [launch(folder, ["ld", ...args]), launch(folder, [join(bin, "ld"), ...args])];

  it.each([
    ["no arguments", []],
    ["-v", ["-v"]],
    ["--version", ["--version"]],
    ["--help", ["--help"]],
    ["an unknown option", ["--no-such-option"]],
    ["a missing input", ["nowhere.o"]],
    ["no inputs", ["-o", "nothing"]],
    ["a text file as input", ["main.c"]],
    ["a directory as input", ["/"]],
    ["a missing response file", ["@nowhere.rsp"]],
  ])("%s: same output, same status", (_, args) => {
    const [plain, wrapped] = both(...args).map(({ stderr, stdout, ...rest }) => ({
      ...rest,
      // Linkers start their messages with argv[0].
      text: `${stdout}${stderr}`.replace(/^(\S*\/)?ld(\.bfd)?(?=:)|(?<=Usage: )\S+/gm, "ld"),
    }));
    expect(wrapped).toEqual(plain);
  });

  it.each([
    ["a partial link", ["-r"]],
    ["a linker script", ["-T", "script.ld"]],
    ["a linker script, in one word", ["-Tscript.ld"]],
    ["a linker script, as a long option", ["--script=script.ld"]],
    ["boot code at its address", ["-N", "-Ttext", "0x7c00"]],
    ["boot code at its address, in one word", ["-Ttext=0x7c00"]],
    ["a flat binary", ["--oformat", "binary"]],
    ["a flat binary, in one word", ["--oformat=binary"]],
  ])("%s gives the same output as the linker alone", (_, flags) => {
    source(folder, "script.ld", "SECTIONS { .text 0x1000 : { *(.text*) } /DISCARD/ : { *(.note*) *(.eh_frame) } }\n");
    run("ld", ...flags.map((flag) => flag.replace("script.ld", at("script.ld"))), "-o", at("plain.out"), at("start.o"));
    const { status, stderr } = launch(folder, [join(bin, "ld"), ...flags, "-o", "wrapped.out", "start.o"]);
    expect({ status, warned: stderr.includes("ogrt-ld") }).toEqual({ status: 0, warned: false });
    expect(readFileSync(at("wrapped.out")).equals(readFileSync(at("plain.out")))).toBe(true);
  });

  it("a script on standard input", () => {
    const script = "INPUT(start.o)\nENTRY(_start)\n";
    launch(folder, ["sh", "-c", `printf '${script.replaceAll("\n", "\\n")}' | '${bin}/ld' -o piped -T /dev/stdin`]);
    expect(existsSync(at("piped"))).toBe(true);
    expect(uuids(at("piped"))).toEqual([]);
  });

  it("an option that moves a section is not a script, so the link is stamped", () => {
    expect(gcc(["-Wl,-Ttext-segment=0x600000", "-no-pie", "-o", "moved", "main.c"])).toEqual(quiet);
    expect(uuids(at("moved"))).toHaveLength(1);
  });

  it("a binary input stays raw, and the link is stamped", () => {
    source(folder, "data.bin", "raw bytes\n");
    const raw = machine === "x86_64" ? ["-Wl,-b,binary,data.bin,-b,elf64-x86-64"] : [];
    expect(gcc([...raw, "-z", "noexecstack", "-o", "raw", "main.c"])).toEqual(quiet);
    expect(uuids(at("raw"))).toHaveLength(1);
  });

  it("trials of configure, CMake and Meson", () => {
    for (const output of ["conftest", "conftest.exe", "cmTC_1a2b3"]) {
      expect(gcc(["-o", output, "main.c"])).toEqual(quiet);
      expect(uuids(at(output))).toEqual([]);
    }
  });

  it("the trial of configure for the default output name", () => {
    const cwd = fresh();
    source(cwd, "conftest.c", "int main(void) { return 0; }\n");
    expect(gcc(["conftest.c"], {}, cwd)).toEqual(quiet);
    expect(uuids(join(cwd, "a.out"))).toEqual([]);
  });

  it("a link that opts out", () => {
    expect(gcc(["-o", "opted-out", "main.c"], { OGRT_LD_OFF: "1" })).toEqual(quiet);
    expect(uuids(at("opted-out"))).toEqual([]);
    gcc(["-o", "not-opted-out", "main.c"], { OGRT_LD_OFF: "0" });
    expect(uuids(at("not-opted-out"))).toHaveLength(1);
  });

  it("the dependency file of the linker does not name the stamp", () => {
    const link = (output: string, flags: string[]) => {
      const { status } = launch(folder, ["gcc", ...flags, `-Wl,--dependency-file=${output}.d`, "-o", output, "main.o"]);
      expect(status).toBe(0);
      return readFileSync(at(`${output}.d`), "utf8").replaceAll(output, "OUTPUT");
    };
    expect(link("tracked", ["-B", bin])).toBe(link("untracked", []));
    expect(uuids(at("tracked"))).toHaveLength(1);
  });
});

describe("the UUID is", () => {
  it("derived from the contents of the inputs in order, not from their names", () => {
    const env = { OGRT_LD_DETERMINISTIC: "1" };
    const link = (output: string) => {
      // gcc gives the temporary object a random name.
      expect(gcc(["-o", output, "main.c"], env)).toEqual(quiet);
      return readFileSync(at(output));
    };
    expect(link("deterministic-1").equals(link("deterministic-2"))).toBe(true);
    gcc(["-DOTHER=1", "-O2", "-o", "deterministic-3", "answer.c", "main.c"], env);
    expect(uuids(at("deterministic-3"))).not.toEqual(uuids(at("deterministic-1")));
  });

  it("the same as the library and ogrt-stamp derive", () => {
    const inputs = [at("start.o"), at("main.o")].map((path) =>
      createHash("sha256").update(readFileSync(path)).digest(),
    );
    const args = ["-e", "_start", "-o", "derived", "start.o", "main.o"];
    expect(launch(folder, [join(bin, "ld"), ...args], { OGRT_LD_DETERMINISTIC: "1" })).toEqual(quiet);
    expect(uuids(at("derived"))).toEqual([deriveUuid({ inputs })]);
  });

  it("derived from the members of thin archives", () => {
    const link = (value: number, name: string) => {
      run("gcc", "-c", "-o", at(`${name}.o`), source(folder, "value.c", `int answer(void) { return ${value}; }\n`));
      run("sh", "-c", `cd '${folder}' && rm -f libthin.a && ar rcsT libthin.a ${name}.o`);
      const args = ["-shared", "-o", "thin.so", "--whole-archive", "libthin.a"];
      expect(launch(folder, [join(bin, "ld"), ...args], { OGRT_LD_DETERMINISTIC: "1" })).toEqual(quiet);
      return uuids(at("thin.so"));
    };
    for (const name of ["short", "a-name-longer-than-fifteen-characters"]) {
      const first = link(1, name);
      expect(first).toHaveLength(1);
      expect(link(2, name)).not.toEqual(first);
      expect(link(1, name)).toEqual(first);
    }
  });

  it("one for a whole package, with package metadata", () => {
    const stamp = createStamp({ package: { name: "hello", version: "1.0" } });
    writeFileSync(at("package.o"), stampObject(stamp, machine));
    const env = { OGRT_LD_TEMPLATE: at("package.o"), OGRT_LD_UUID: stamp.uuid.toUpperCase() };
    for (const output of ["package-1", "package-2"]) {
      expect(gcc(["-o", output, "main.c"], env)).toEqual(quiet);
      expect(uuids(at(output))).toEqual([stamp.uuid]);
      expect(run("readelf", "-p", ".note.package", at(output))).toMatch('"name":"hello"');
    }
  });

  it("two stamps in one link are both kept", () => {
    writeFileSync(at("own.o"), stampObject(createStamp(), machine));
    expect(gcc(["-o", "two-stamps", "main.c", "own.o"])).toEqual(quiet);
    expect(new Set(uuids(at("two-stamps"))).size).toBe(2);
  });

  it("a program with CET keeps it", () => {
    if (machine !== "x86_64") return;
    gcc(["-fcf-protection", "-shared", "-fPIC", "-nostdlib", "-o", "cet.so", "answer.c"]);
    expect(uuids(at("cet.so"))).toHaveLength(1);
    expect(run("readelf", "-nW", at("cet.so"))).toMatch("IBT, SHSTK");
  });
});

describe("the register", () => {
  it("gets a line for each stamped link, which the library reads", () => {
    const directory = fresh();
    const env = {
      OGRT_LD_REGISTER: directory,
      OGRT_LD_NAME: "app",
      OGRT_LD_VERSION: "1.0",
      USER: 'o"d\\d',
      SOURCE_DATE_EPOCH: "1700000000",
    };
    expect(gcc(["-o", "registered", "main.o"], env)).toEqual(quiet);
    gcc(["-o", "conftest", "main.o"], env);
    const [uuid = ""] = uuids(at("registered"));
    const register = loadRegister(directory);
    expect(register.size).toBe(1);
    expect(register.entries(uuid)[0]).toMatchObject({
      scope: "link",
      name: "app",
      version: "1.0",
      host: hostname(),
      user: 'o"d\\\\d',
      time: "2023-11-14T22:13:20Z",
      output: at("registered"),
    });
    expect(register.entries(uuid)[0]?.inputs).toContain("main.o");
  });

  it("gives the build its name in ogrt-inspect", () => {
    const directory = fresh();
    gcc(["-o", "named", "main.o"], { OGRT_LD_REGISTER: directory, OGRT_LD_NAME: "app", OGRT_LD_VERSION: "1.0" });
    expect(tool("ogrt-inspect", "--register", directory, at("named")).stdout).toMatch(/known as:\s+app 1\.0/);
  });

  it.skipIf(!have("git"))("names the commit of the checkout", () => {
    const checkout = fresh();
    const git = (...args: string[]) =>
      run("git", "-C", checkout, "-c", "user.name=t", "-c", "user.email=t@t", ...args).trim();
    git("init", "-q");
    git("commit", "-q", "--allow-empty", "-m", "first");
    const directory = fresh();
    const commits = () => {
      gcc(["-o", join(checkout, "app"), at("main.o")], { OGRT_LD_REGISTER: directory }, checkout);
      return loadRegister(directory).entries(uuids(join(checkout, "app"))[0] ?? "")[0]?.commit;
    };
    expect(commits()).toBe(git("rev-parse", "HEAD"));
    git("pack-refs", "--all");
    expect(commits()).toBe(git("rev-parse", "HEAD"));
    git("checkout", "-q", "--detach");
    expect(commits()).toBe(git("rev-parse", "HEAD"));
  });

  it("loses nothing when a hundred links run at once", async () => {
    const directory = fresh();
    const links = Array.from({ length: 100 }, (_, i) => i);
    const one = (i: number) =>
      new Promise<void>((resolve, reject) => {
        const args = ["-e", "_start", "-o", join(directory, `out-${i}`), at("start.o")];
        const child = spawn(join(bin, "ld"), args, { env: { ...process.env, OGRT_LD_REGISTER: directory } });
        child.on("error", reject);
        child.on("close", (status) => (status === 0 ? resolve() : reject(new Error(`ld ended with ${status}`))));
      });
    await Promise.all(links.map(one));
    const register = loadRegister(directory);
    expect(register.size).toBe(100);
    const stamped = links.flatMap((i) => uuids(join(directory, `out-${i}`)));
    expect(new Set(stamped).size).toBe(100);
    expect(stamped.every((uuid) => register.entries(uuid).length === 1)).toBe(true);
  });
});

describe("when something fails, the build goes on as without the wrapper", () => {
  const oneLine = /^ogrt-ld: [^\n]+\n$/;

  it("no linker except the wrapper: a one-line warning and status 127", () => {
    for (const PATH of ["/nonexistent", bin, `${bin}:${bin}`]) {
      const { status, stderr } = launch(folder, [join(bin, "ld"), "main.o"], { PATH });
      expect(status).toBe(127);
      expect(stderr).toMatch(oneLine);
    }
  });

  it("the wrapper several times in PATH, as link and as copy: one stamp, no loop", () => {
    const [link, copy] = [fresh(), fresh()];
    symlinkSync(join(bin, "ld"), join(link, "ld"));
    copyFileSync(join(bin, "ld"), join(copy, "ld"));
    const PATH = `${bin}:${link}:${copy}:${bin}:${process.env["PATH"]}`;
    expect(launch(folder, ["ld", "-e", "_start", "-o", "circle", "start.o"], { PATH })).toEqual(quiet);
    expect(uuids(at("circle"))).toHaveLength(1);
  });

  it("a script in PATH that searches PATH for the linker again: one stamp, no loop", () => {
    const scripts = fresh();
    writeFileSync(join(scripts, "ld"), '#!/bin/sh\nexec ld "$@"\n');
    chmodSync(join(scripts, "ld"), 0o755);
    const PATH = `${bin}:${scripts}:${process.env["PATH"]}`;
    expect(launch(folder, ["ld", "-e", "_start", "-o", "scripted", "start.o"], { PATH })).toEqual(quiet);
    expect(uuids(at("scripted"))).toHaveLength(1);
  });

  it("a script that starts the linker as a child: one stamp", () => {
    const scripts = fresh();
    writeFileSync(join(scripts, "ld"), `#!/bin/sh\nPATH='${bin}:/usr/bin:/bin'\nld "$@"\nexit $?\n`);
    chmodSync(join(scripts, "ld"), 0o755);
    const PATH = `${bin}:${scripts}:${process.env["PATH"]}`;
    expect(launch(folder, ["ld", "-e", "_start", "-o", "nested", "start.o"], { PATH })).toEqual(quiet);
    expect(uuids(at("nested"))).toHaveLength(1);
  });

  it.each([
    ["an invalid UUID", { OGRT_LD_UUID: 'x"y' }, 0],
    ["a missing template", { OGRT_LD_TEMPLATE: "/nonexistent.o" }, 1],
    ["a template without a stamp", { OGRT_LD_TEMPLATE: "main.o" }, 1],
    ["a missing register", { OGRT_LD_REGISTER: "/nonexistent" }, 1],
  ])("%s: linked, with a one-line warning", (_, env, stamps) => {
    const { status, stderr } = gcc(["-o", "warned", "main.o"], env);
    expect(status).toBe(0);
    expect(stderr).toMatch(oneLine);
    expect(uuids(at("warned"))).toHaveLength(stamps);
    expect(launch(folder, [at("warned")]).status).toBe(0);
  });

  it("inputs for an unsupported machine: linked unstamped", () => {
    const strange = readFileSync(at("start.o"));
    strange.writeUInt16LE(0xfeed, 18);
    writeFileSync(at("strange.o"), strange);
    const { stderr } = launch(folder, [join(bin, "ld"), "-o", "strange", "strange.o"]);
    expect(stderr).toMatch(/^ogrt-ld: linking strange unstamped: no stamp template for machine 65261\n/);
    expect(stderr).toMatch(
      launch(folder, ["ld", "-o", "strange", "strange.o"])
        .stderr.split("\n")[0]
        ?.replace(/^\S+: /, "") ?? "-",
    );
  });

  it("an unreadable input in a deterministic link: message and status of the linker", () => {
    const { status, stderr } = gcc(["-o", "unread", "main.o", "nowhere.o"], { OGRT_LD_DETERMINISTIC: "1" });
    expect(status).toBe(1);
    expect(stderr).toMatch("cannot find nowhere.o");
  });

  it("a missing or read-only temporary directory: no difference", () => {
    for (const TMPDIR of ["/nonexistent", "/proc"]) {
      expect(launch(folder, [join(bin, "ld"), "-e", "_start", "-o", "no-tmp", "start.o"], { TMPDIR })).toEqual(quiet);
      expect(uuids(at("no-tmp"))).toHaveLength(1);
    }
  });

  it.skipIf(!have("strace"))(
    "a kernel without memfd: the stamp is in a file without a name, or the link is unstamped",
    () => {
      const work = fresh();
      const without = (...calls: string[]) => {
        const inject = calls.flatMap((call) => ["-e", `inject=${call}`]);
        const ld = [join(bin, "ld"), "-e", "_start", "-o", "no-memfd", "start.o"];
        return launch(folder, ["strace", "-o", "/dev/null", ...inject, ...ld], { TMPDIR: work });
      };
      expect(without("memfd_create:error=ENOSYS")).toEqual(quiet);
      expect(uuids(at("no-memfd"))).toHaveLength(1);
      expect(readdirSync(work)).toEqual([]);
      const { status, stderr } = without("memfd_create:error=ENOSYS", "getrandom:error=ENOSYS");
      expect({ status, line: oneLine.test(stderr) }).toEqual({ status: 0, line: true });
      expect(uuids(at("no-memfd"))).toEqual([]);
    },
  );

  it("a megabyte of arguments", () => {
    const objects = Array.from({ length: 16_000 }, (_, i) => `-Lnowhere/${"x".repeat(50)}/${i}`);
    expect(launch(folder, [join(bin, "ld"), ...objects, "-e", "_start", "-o", "long", "start.o"])).toEqual(quiet);
    expect(uuids(at("long"))).toHaveLength(1);
    writeFileSync(at("long.rsp"), `${objects.join("\n").repeat(10)}\n-e _start -o longer start.o`);
    expect(launch(folder, [join(bin, "ld"), "@long.rsp"])).toEqual(quiet);
    expect(uuids(at("longer"))).toHaveLength(1);
  });

  it("a response file that includes itself: status of the linker", () => {
    writeFileSync(at("self.rsp"), "@self.rsp start.o");
    expect(launch(folder, [join(bin, "ld"), "@self.rsp"]).status).toBe(launch(folder, ["ld", "@self.rsp"]).status);
  });

  it("the status or signal of the linker is passed on, also with a dependency file", () => {
    const fakes = fresh();
    const fake = (body: string, ...args: string[]) => {
      writeFileSync(join(fakes, "ld"), `#!/bin/sh\n${body}\n`);
      chmodSync(join(fakes, "ld"), 0o755);
      return launch(folder, [join(bin, "ld"), ...args, "start.o"], { OGRT_LD_REAL: join(fakes, "ld") });
    };
    for (const args of [[], ["--dependency-file=x.d"]]) {
      expect(fake("exit 42", ...args)).toMatchObject({ status: 42, signal: null });
      expect(fake("kill -TERM $$", ...args)).toMatchObject({ status: null, signal: "SIGTERM" });
      expect(fake("kill -KILL $$", ...args)).toMatchObject({ status: null, signal: "SIGKILL" });
    }
  });

  it("a build tool that ignores the ends of its children: the status of the linker", () => {
    const ignoring = (...args: string[]) =>
      launch(folder, ["bash", "-c", `trap "" CHLD; exec "$@"`, "bash", join(bin, "ld"), "-e", "_start", ...args]);
    expect(ignoring("-o", "ignored", "start.o")).toEqual(quiet);
    expect(uuids(at("ignored"))).toHaveLength(1);
    expect(ignoring("-o", "ignored", "start.o", "nowhere.o").status).toBe(1);
  });

  it("a killed link leaves no file behind", async () => {
    const [fakes, work] = [fresh(), fresh()];
    writeFileSync(join(fakes, "ld"), "#!/bin/sh\necho started\nexec sleep 60\n");
    chmodSync(join(fakes, "ld"), 0o755);
    const env = { ...process.env, OGRT_LD_REAL: join(fakes, "ld"), TMPDIR: work };
    const child = spawn(join(bin, "ld"), ["-o", "x", at("start.o")], { cwd: work, env });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    expect(readdirSync(work)).toEqual([]);
  });
});
