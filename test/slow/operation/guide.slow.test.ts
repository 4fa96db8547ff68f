import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";
import { bootContainer, canBoot, run } from "./support/container.js";
import { type Block, blocksOf } from "./support/guide.js";

/*
 * The guides, command by command, on a minimal Debian 12 without network. Conventions: VERSION is the version of the release
 * in "Deploy on a cluster", and of the next one in "Operate a collector". The host has the address and the name that the
 * guides use, and its administrator has the files that they name: tarballs, sums, and a certificate with its authority.
 */

const DEBIAN = "bookworm";
/** Packages that the guides install, which is not possible without network, and what every real host has. */
const PACKAGES = ["curl", "jq", "systemd-sysv", "dbus", "procps", "iproute2", "libstdc++6", "bsdutils"];
/** Where apt has the addresses of its mirrors, and what the driver needs. */
const SOURCES = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].find(existsSync);

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const isDebian12 = existsSync("/etc/os-release") && readFileSync("/etc/os-release", "utf8").includes(DEBIAN);
const needs = [
  ...(canBoot ? [] : ["root and systemd-nspawn"]),
  ...(have("mmdebstrap") ? [] : ["mmdebstrap"]),
  ...(isDebian12 && SOURCES !== undefined ? [] : ["apt sources of Debian 12"]),
  ...(have("openssl") ? [] : ["openssl"]),
];
if (needs.length > 0) console.warn(`skipped: the guides on Debian 12: it needs ${needs.join(", ")}`);

const DEPLOY = blocksOf("deploy-on-a-cluster.md");
const OPERATE = blocksOf("operate-a-collector.md");

/** Commands of this test, between those of the guides. */
const check = (name: string, text: string): Block => ({ name, language: "sh", text: `${text}\n`, notRun: undefined });

const commandsOf = (blocks: readonly Block[], version: string): Block[] =>
  blocks
    .filter(({ language, notRun }) => language === "sh" && notRun === undefined)
    .map((block) => ({ ...block, text: block.text.replaceAll("VERSION", version) }));

/** A certificate for the name of the guide alone, from an authority that only this test knows. */
function issueCertificate(directory: string): void {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=authority of the site");
  openssl("req", ...key, "-keyout", "tls.key", "-out", "tls.csr", "-subj", "/CN=ogrt");
  writeFileSync(join(directory, "names"), "subjectAltName=DNS:ogrt.cluster.example\n");
  const files = ["-in", "tls.csr", "-out", "tls.crt", "-extfile", "names"];
  openssl("x509", "-req", ...files, "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2");
}

/** Makes the release, and one with the next version, in which only the names differ. Returns both versions. */
function makeReleases(home: string): { version: string; next: string } {
  execFileSync(process.execPath, [join(root, "scripts/release.mjs"), "--output", at("release")], { stdio: "pipe" });
  const [tarball = ""] = readdirSync(at("release")).filter((name) => name.endsWith(".tar.gz"));
  const [, version = ""] = /^ogrt-(.*)-linux-x64/.exec(tarball) ?? [];
  const next = `${version}-next`;
  for (const name of [tarball, "SHA256SUMS"]) copyFileSync(at("release", name), join(home, name));
  execFileSync("tar", ["-xzf", at("release", tarball), "-C", folder]);
  renameSync(at(`ogrt-${version}-linux-x64`), at(`ogrt-${next}-linux-x64`));
  const name = `ogrt-${next}-linux-x64`;
  execFileSync("tar", ["-I", "gzip -1", "-cf", join(home, `${name}.tar.gz`), "-C", folder, name]);
  const sums = execFileSync("sha256sum", [`${name}.tar.gz`], { cwd: home, encoding: "utf8" });
  writeFileSync(at("next-sums"), sums);
  return { version, next };
}

/** Node.js as nodejs.org packs it. */
function packNode(home: string): void {
  const name = `node-${process.version}-linux-x64`;
  mkdirSync(at(name, "bin"), { recursive: true });
  copyFileSync(process.execPath, at(name, "bin/node"));
  chmodSync(at(name, "bin/node"), 0o755);
  execFileSync("tar", ["-I", "gzip -1", "-cf", join(home, `${name}.tar.gz`), "-C", folder, name]);
}

describe("the commands of the guides", () => {
  it("are almost all run by the test below", () => {
    const blocks = [...DEPLOY, ...OPERATE];
    const left = blocks.filter(({ language, notRun }) => language !== "sh" || notRun !== undefined);
    for (const { name, notRun, text } of left) {
      console.warn(`not run: ${name}: ${notRun ?? `no command, but ${text.split("\n")[0]} …`}`);
    }
    expect(left.filter(({ notRun }) => notRun !== undefined).map(({ notRun }) => notRun)).toEqual([
      "a container cannot set the kernel's parameters",
      "an agent in a container does not see its host",
      "it has no other nodes",
    ]);
    // Lines of slurm.conf (twice), what TaskProlog prints, and rules of nftables.
    expect(left.filter(({ notRun }) => notRun === undefined)).toHaveLength(4);
    expect(blocks.length - left.length).toBeGreaterThan(20);
  });
});

describe.skipIf(needs.length > 0)("the guides on Debian 12 (needs root, systemd-nspawn and mmdebstrap)", () => {
  const debian = at("debian");
  const exchange = at("exchange");
  let scripts: readonly Block[] = [];
  let next: string;
  const numbered = (index: number) => join(exchange, String(index).padStart(3, "0"));
  const printedBy = (name: string) => {
    const index = scripts.findIndex((block) => block.name === name || block.name.endsWith(`: ${name}`));
    const path = `${numbered(index)}.out`;
    if (index < 0 || !existsSync(path)) throw new Error(`"${name}" was not run`);
    // On a terminal, jq prints colours.
    return stripVTControlCharacters(readFileSync(path, "utf8"));
  };

  beforeAll(() => {
    const made = run(
      "mmdebstrap",
      "--variant=minbase",
      "--format=directory",
      `--include=${PACKAGES.join(",")}`,
      DEBIAN,
      debian,
      SOURCES ?? "",
    );
    if (made.status !== 0) throw new Error(`mmdebstrap: ${made.stderr}`);
    mkdirSync(exchange);
    const home = join(debian, "root");
    issueCertificate(home);
    packNode(home);
    const releases = makeReleases(home);
    next = releases.next;
    copyFileSync(at("next-sums"), join(debian, "root/next-sums"));
    writeFileSync(join(debian, "etc/hosts"), "127.0.0.1 localhost\n10.0.0.5 ogrt.cluster.example\n");
    writeFileSync(join(debian, "etc/hostname"), "collector1\n");
    const deploy = commandsOf(DEPLOY, releases.version);
    // From here on, the collector is restarted, which ends links.
    const agents = deploy.findIndex(({ name }) => name.includes("Put agents on the nodes"));
    scripts = [
      ...deploy.slice(0, agents),
      check("a browser follows the printed link", FOLLOW_LINK),
      ...deploy.slice(agents),
      check("nodes after the removal of an agent", "cut -d ' ' -f 1 /etc/ogrt/nodes"),
      check("nodes", "sleep 2; ogrt-query --data /var/lib/ogrt job trial2; ogrt-query --data /var/lib/ogrt software"),
      check("back to loopback", "sed -i '/^\\[http\\]/,$d' /etc/ogrt/collector.toml; systemctl restart ogrt-collector"),
      check("a process of alice", "USER=alice ogrt-run --server udp://10.0.0.5:7971 --job hers -- /bin/true; sleep 2"),
      check("the token of before", "cp /var/lib/ogrt/token /root/old-token"),
      check("the sums of the next release", "mv /root/next-sums /root/SHA256SUMS"),
      ...commandsOf(OPERATE, releases.next).filter(({ name }) => !name.includes("Uninstall")),
      check("after the upgrade", AFTER_UPGRADE),
      ...commandsOf(OPERATE, releases.next).filter(({ name }) => name.includes("Uninstall")),
      check(
        "after the uninstallation",
        "! find /opt /etc /usr/local /var/lib -name '*ogrt*' | grep . && ! getent passwd ogrt",
      ),
    ];
    for (const [index, { text }] of scripts.entries()) writeFileSync(`${numbered(index)}.sh`, text);
    cpSync(join(import.meta.dirname, "guide-driver.sh"), join(exchange, "driver.sh"));
    // For the agent.
    const capabilities = "--capability=CAP_PERFMON,CAP_NET_ADMIN,CAP_CHECKPOINT_RESTORE";
    const options = [capabilities, "--system-call-filter=perf_event_open"];
    const printed = bootContainer({ root: debian, exchange, driver: "/bin/bash /exchange/driver.sh", options });
    if (!existsSync(join(exchange, "journal"))) throw new Error(`the container did not run the driver:\n${printed}`);
  }, 1_800_000);

  afterAll(() => {
    run("rm", "-rf", "--one-file-system", debian);
  });

  it("run without an error", () => {
    for (const [index, { name, text }] of scripts.entries()) {
      const status = `${numbered(index)}.status`;
      if (existsSync(status) && readFileSync(status, "utf8").trim() === "0") continue;
      const output = existsSync(`${numbered(index)}.out`) ? readFileSync(`${numbered(index)}.out`, "utf8") : "";
      const journal = readFileSync(join(exchange, "journal"), "utf8");
      throw new Error(`${name} failed:\n${text}\nIt printed:\n${output}\nThe journal:\n${journal}`);
    }
  });

  it("log lines of JSON, for jq", () => {
    const events = printedBy("2. Run it as a service, block 4");
    expect(events).toContain('"event": "started"');
    expect(events).toContain('"event": "token-created"');
  });

  it("print links with the name that the certificate has, which a browser can follow", () => {
    expect(printedBy("Answers over the network, block 1")).toMatch(
      /https:\/\/ogrt\.cluster\.example:7972\/login\?code=[\w-]+\s*$/m,
    );
    expect(printedBy("a browser follows the printed link")).toBe("303");
    expect(printedBy("Answers over the network, block 2")).toContain("/usr/bin/true");
  });

  it("make jobs known, with their processes, and leave the scheduler's scripts out", () => {
    expect(printedBy("6. Switch it on in TaskProlog, block 1")).toBe(
      "export LD_PRELOAD=/opt/ogrt/lib/libogrt.so\nexport OGRT_SERVER=udp://10.0.0.5:7971\nexport OGRT_ACTIVE=1\n",
    );
    expect(printedBy("7. Make starts and ends of jobs known, block 1")).toMatch(/start[\s\S]*end/);
    expect(printedBy("nodes")).toContain("/usr/bin/true");
  });

  it("put an agent on a node, which delivers by TLS, and remove it again", () => {
    const started = printedBy("10. Put agents on the nodes, block 5");
    expect(started).toContain("ogrt.cluster.example: delivers to this collector");
    expect(started).toMatch(/^collector1\b/m);
    expect(printedBy("Upgrade an agent, block 1")).toBe("active\n");
    expect(printedBy("nodes after the removal of an agent")).toBe("node01\nnode02\n");
  });

  it("replace the token, so that the old one is refused", () => {
    expect(printedBy("Replace the token, block 1")).toContain('"event": "token-created"');
  });

  it("upgrade the release and keep Node.js", () => {
    const after = printedBy("after the upgrade");
    expect(after).toContain("node /opt/ogrt/node/bin/node\n");
    expect(after).toContain(`runs /opt/ogrt/ogrt-${next}-linux-x64/share/ogrt/dist/bin/ogrt-collector.js\n`);
    expect(after).toContain("old token 401\n");
    expect(after).toContain("new token 200\n");
  });
});

/** The last link, which a new block of the guide printed into its output beside this one. */
const FOLLOW_LINK = `link=$(grep -hoE 'https://ogrt[^ ]*code=[A-Za-z0-9_-]+' /exchange/*.out | tail -n 1)
curl --silent --cacert /root/ca.crt --output /dev/null --write-out '%{http_code}' "$link"`;

const AFTER_UPGRADE = `pid=$(systemctl show ogrt-collector --property MainPID --value)
echo "node $(readlink /proc/$pid/exe)"
echo "runs $(tr '\\0' '\\n' </proc/$pid/cmdline | grep '\\.js$')"
ask() { curl --silent --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $(cat $1)" \\
  http://127.0.0.1:7972/api/v1/accounting; }
echo "old token $(ask /root/old-token)"
echo "new token $(ask /var/lib/ogrt/token)"`;
