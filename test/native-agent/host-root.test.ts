import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { blindness, builtAgent } from "./support/agent.js";

const blind = blindness();
if (blind !== undefined) console.warn(`skipped: an agent in a mount namespace needs ${blind}`);

it.skipIf(blind !== undefined)("takes the root of process 1 for that of the host, as an agent of systemd must", () => {
  // In a pid namespace, where the shell is process 1.
  const agent = `unshare --mount timeout --signal=TERM 2 ${builtAgent()} --print`;
  const shell = ["--pid", "--fork", "--mount", "--mount-proc", "sh", "-c", `sleep 60 & ${agent}; kill $!`];
  const { stdout } = spawnSync("unshare", shell, { encoding: "utf8", timeout: 60_000 });
  const lines = stdout.split("\n").filter((line) => line.includes('"type":"start"'));
  const starts = lines.map((line) => JSON.parse(line));
  expect(starts.find(({ name }) => name === "sleep")).toMatchObject({ ownRoot: false, namespaces: {} });
  const own = starts.find(({ name }) => name === "ogrt-agent");
  expect([own.ownRoot, Object.keys(own.namespaces)]).toEqual([true, ["mnt"]]);
});
