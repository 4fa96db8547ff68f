import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadRegister } from "../../../lib/register/index.js";
import { installed, integrations, succeed } from "../../integrations/support.js";
import { launch, uuids } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { run } from "../../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const LMOD = "/usr/share/lmod/lmod/libexec";

/** Installs EasyBuild from PyPI in a virtual environment. */
function install(): boolean {
  if (!existsSync(`${LMOD}/lmod`) || launch(folder, ["python3", "-m", "venv", "venv"]).status !== 0) return false;
  if (launch(folder, [at("venv/bin/pip"), "-q", "install", "easybuild"]).status !== 0) return false;
  // EasyBuild 5 looks for its scripts inside the package, where pip does not put them.
  const packages = join(at("venv/lib"), readdirSync(at("venv/lib"))[0] ?? "", "site-packages/easybuild");
  if (existsSync(at("venv/easybuild/scripts")))
    cpSync(at("venv/easybuild/scripts"), join(packages, "scripts"), { recursive: true });
  return true;
}
const available = install();

it.skipIf(!available)(`EasyBuild's hooks stamp what it builds${available ? "" : " (needs lmod, and PyPI)"}`, () => {
  mkdirSync(at("hello-1.0"), { recursive: true });
  mkdirSync(at("register"));
  writeFileSync(at("hello-1.0/hello.c"), "int main(void) { return 0; }\n");
  writeFileSync(
    at("hello-1.0/Makefile"),
    "all: hello libhello.so\nlibhello.so: hello.c\n\t$(CC) -shared -fPIC -o $@ $<\ninstall: all\n\tinstall -D -t $(PREFIX)/bin hello\n\tinstall -D -t $(PREFIX)/lib libhello.so\n",
  );
  run("tar", "-C", folder, "-czf", at("hello-1.0.tar.gz"), "hello-1.0");
  writeFileSync(
    at("hello.eb"),
    `easyblock = 'MakeCp'
name = 'hello'
version = '1.0'
homepage = 'https://example.org'
description = 'a program and a library'
toolchain = SYSTEM
sources = ['hello-1.0.tar.gz']
files_to_copy = [(['hello'], 'bin'), (['libhello.so'], 'lib')]
sanity_check_paths = {'files': ['bin/hello', 'lib/libhello.so'], 'dirs': []}
moduleclass = 'tools'
`,
  );
  const environment = installed(folder);
  const eb = [at("venv/bin/python"), "-m", "easybuild.main", "hello.eb", "--modules-tool=Lmod", "--module-syntax=Lua"];
  succeed(
    folder,
    [...eb, `--hooks=${join(integrations, "easybuild/ogrt_hooks.py")}`, "--allow-use-as-root-and-accept-consequences"],
    {
      PATH: `${environment["PATH"]}:${LMOD}`,
      LMOD_CMD: `${LMOD}/lmod`,
      HOME: folder,
      EASYBUILD_PREFIX: at("prefix"),
      EASYBUILD_SOURCEPATH: folder,
      OGRT_LD_REGISTER: at("register"),
    },
  );
  const found = ["bin/hello", "lib/libhello.so"].flatMap((name) => uuids(at(`prefix/software/hello/1.0/${name}`)));
  expect(new Set(found).size).toBe(2);
  const register = loadRegister(at("register"));
  for (const uuid of found) expect(register.names(uuid)).toEqual(["hello 1.0"]);
});
