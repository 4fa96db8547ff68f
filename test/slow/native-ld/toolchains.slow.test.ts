import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWrapper, launch, uuids } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run, source } from "../../support/toolchain.js";

const folder = temporaryFolder();
const quiet = { status: 0, signal: null, stdout: "", stderr: "" };
let bin = "";

beforeAll(() => {
  bin = buildWrapper(folder);
  source(folder, "main.c", "int part(void); int main(void) { return part(); }\n");
  source(folder, "part.c", "int part(void) { return 0; }\n");
  source(
    folder,
    "main.cpp",
    "#include <string>\n#include <vector>\nnamespace { struct S { S(); int v; } s; S::S() { v = 3; } }\n" +
      "int main(int c, char **v) { std::vector<std::string> a(c, v[0]); return int(a.size()) > 100 + s.v; }\n",
  );
});

const TARGETS = ["aarch64", "riscv64", "s390x", "powerpc64le", "powerpc64", "i686"].map((name) => `${name}-linux-gnu`);

describe.skipIf(!have("clang"))("clang links for another target as without the wrapper, stamped", () => {
  const cross = [...TARGETS, "arm-linux-gnueabihf"].filter((target) => have(`${target}-ld`));
  const linkers = ["", "bfd", "gold", "lld"];
  it.each(cross.flatMap((target) => linkers.map((linker) => [target, linker] as const)))("%s %s", (target, linker) => {
    const command = ["clang", `--target=${target}`, ...(linker === "" ? [] : [`-fuse-ld=${linker}`])];
    const link = (...flags: string[]) => launch(folder, [...command, ...flags, "-o", "out", "main.c", "part.c"]);
    const plain = link();
    const wrapped = link("-B", bin);
    expect(wrapped.status).toBe(plain.status);
    if (plain.status === 0) expect(uuids(join(folder, "out"))).toHaveLength(1);
  });
});

describe("code for link-time optimization gives the same output twice, as without the wrapper", () => {
  const COMMANDS = [
    "g++ -O2 -g -flto main.cpp",
    "g++ -flto=2 -ffat-lto-objects -O2 main.cpp",
    "gcc -flto -fno-fat-lto-objects -g3 main.c part.c",
    "gcc -flto -fuse-ld=gold main.c part.c",
    "gcc -flto -fuse-ld=mold main.c part.c",
    "clang -flto=thin -fuse-ld=lld -O2 -g main.c part.c",
    "s390x-linux-gnu-gcc -flto -O2 main.c part.c",
    "arm-linux-gnueabihf-gcc -flto main.c part.c",
  ];
  it.each(COMMANDS)("%s", (command) => {
    const [compiler = "", ...args] = command.split(" ");
    const linker = /-fuse-ld=(\w+)/.exec(command)?.[1];
    if (!have(compiler) || (linker !== undefined && !have(`ld.${linker}`))) return;
    const link = () => {
      const outcome = launch(folder, [compiler, ...args, "-B", bin, "-o", "lto"], { OGRT_LD_DETERMINISTIC: "1" });
      expect(outcome).toEqual(quiet);
      return readFileSync(join(folder, "lto"));
    };
    const first = link();
    expect(uuids(join(folder, "lto"))).toHaveLength(1);
    expect(link().equals(first)).toBe(true);
  });

  it.each([
    "gcc-ar rcD part.a part.o",
    "gcc-ar rcDT part.a part.o",
    "gcc -flto -r -flinker-output=rel -o part.a part.o",
  ])("also from another link: %s", (pack) => {
    const work = join(folder, "pack");
    const link = () => {
      run("sh", "-c", `rm -rf '${work}' && mkdir '${work}' && cd '${work}' && gcc -flto -O2 -c ../part.c && ${pack}`);
      launch(work, ["gcc", "-flto", "-O2", "-B", bin, "-o", "out", "../main.c", "part.a"], {
        OGRT_LD_DETERMINISTIC: "1",
      });
      return uuids(join(work, "out"));
    };
    const first = link();
    expect(first).toHaveLength(1);
    expect(link()).toEqual(first);
  });
});
