import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const integrations = join(root, "integrations");

interface Panel {
  title: string;
  targets: { expr: string }[];
}
const dashboard = JSON.parse(readFileSync(join(integrations, "grafana/ogrt-collector.json"), "utf8"));

describe.skipIf(!have("prometheus") || !have("promtool"))("Prometheus (needs prometheus and promtool)", () => {
  let collector: RunningCollector;
  let server: ChildProcess | undefined;
  let url: string;

  const query = async (expression: string) => {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
    const { status, data, error } = (await answer.json()) as {
      status: string;
      error?: string;
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    if (status !== "success") throw new Error(`${expression}: ${error}`);
    return data.result;
  };

  async function startBoth() {
    const config = join(folder, "collector.toml");
    writeFileSync(config, "[[output]]\nkind = 'null'\n");
    collector = await startCollector(join(folder, "data"), "--config", config);
    const scrape = join(folder, "prometheus.yml");
    writeFileSync(
      scrape,
      `global: { scrape_interval: 1s, evaluation_interval: 1s }\n${readFileSync(join(integrations, "prometheus/scrape.yml"), "utf8")}`
        .replace("/etc/prometheus/ogrt-token", collector.where.tokenFile)
        .replace("127.0.0.1:7972", new URL(collector.where.http).host),
    );
    cpSync(join(integrations, "prometheus/ogrt-rules.yml"), join(folder, "ogrt-rules.yml"));
    mkdirSync(join(folder, "series"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const options = [`--config.file=${scrape}`, `--storage.tsdb.path=${join(folder, "series")}`];
    server = spawn("prometheus", [...options, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
    while ((await query('up{job="ogrt"} == 1').catch(() => [])).length === 0) await sleep(200);
    // Rates need values that grow between scrapes.
    for (let round = 0; round < 8; round++) {
      await collector.send(...Array.from({ length: 20 }, () => encodeMessage(processStart())));
      await sleep(1000);
    }
  }

  afterAll(async () => {
    if (server === undefined) return;
    const exit = once(server, "exit");
    server.kill("SIGTERM");
    await exit;
  });

  async function checkMetrics() {
    const input = await (await collector.get("/metrics")).text();
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  }

  async function checkRules() {
    const { status } = spawnSync("promtool", ["check", "rules", join(folder, "ogrt-rules.yml")]);
    expect(status).toBe(0);
    const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as {
      data: { groups: { rules: { health: string; state: string; lastError?: string }[] }[] };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(4);
    expect(rules.map(({ health, state }) => `${health} ${state}`)).toEqual(rules.map(() => "ok inactive"));
  }

  async function checkDashboard() {
    const targets = (dashboard.panels as Panel[]).flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ title, expr })),
    );
    expect(targets.length).toBeGreaterThan(20);
    for (const { title, expr } of targets) {
      const expression = expr
        .replaceAll("$instance", ".*")
        .replaceAll("$__rate_interval", "1m")
        .replaceAll("$__range", "1m");
      const result = await query(expression);
      // No problem is in the log.
      if (title !== "Problems in the log") expect(result.length, `${title}: ${expression}`).toBeGreaterThan(0);
    }
  }

  async function checkCounts() {
    const counts = await collector.accounting();
    for (let tries = 0; tries < 50; tries++) {
      const [stored] = await query("ogrt_frames_stored_total");
      if (Number(stored?.value[1]) === counts.stored) return;
      await sleep(200);
    }
    throw new Error("Prometheus does not show the number of stored frames");
  }

  // One test, because a collector ends with the test that started it.
  it("reads the metrics, fires no alert, and answers every query of the dashboard", async () => {
    await startBoth();
    await checkMetrics();
    await checkRules();
    await checkDashboard();
    await checkCounts();
  });
});

describe.skipIf(!have("promtool"))("the alerting rules (need promtool)", () => {
  it("fire when a problem exists, and only then", () => {
    const path = join(folder, "rules-test.yml");
    cpSync(join(integrations, "prometheus/ogrt-rules.yml"), join(folder, "rules.yml"));
    const labels = 'instance="a", job="ogrt"';
    const series = {
      [`up{${labels}}`]: "1 1 1 0x200",
      [`ogrt_ready{${labels}}`]: "0x200",
      [`ogrt_kernel_dropped_datagrams_total{${labels}}`]: "0+5x200",
      [`ogrt_frames_dropped_total{${labels}, reason="overload"}`]: "0x200",
      [`ogrt_data_free_bytes{${labels}}`]: "100x200",
      [`ogrt_store_bytes{${labels}, file="database"}`]: "60x200",
      [`ogrt_store_bytes{${labels}, file="log"}`]: "1x200",
      [`ogrt_output_lag_seconds{${labels}, output="o", kind="syslog"}`]: "4000x200",
    };
    const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    const firing = (alertname: string, more = {}) => ({
      eval_time: "3h",
      alertname,
      exp_alerts: [{ exp_labels: { instance: "a", ...more }, exp_annotations: EXPECTED[alertname] }],
    });
    const job = { job: "ogrt" };
    const alerts = [
      firing("OgrtCollectorDown", job),
      firing("OgrtNotStoring", job),
      firing("OgrtLosingReports"),
      firing("OgrtDiskFull"),
      firing("OgrtOutputBehind", { ...job, output: "o", kind: "syslog" }),
    ];
    const noAlerts = Object.keys(EXPECTED).map((alertname) => ({ eval_time: "3h", alertname, exp_alerts: [] }));
    const healthy = {
      [`up{${labels}}`]: "1x200",
      [`ogrt_ready{${labels}}`]: "1x200",
      [`ogrt_kernel_dropped_datagrams_total{${labels}}`]: "7x200",
      [`ogrt_frames_dropped_total{${labels}, reason="overload"}`]: "0x200",
      [`ogrt_frames_dropped_total{${labels}, reason="shutdown"}`]: "0+1x200",
      [`ogrt_data_free_bytes{${labels}}`]: "1000x200",
      [`ogrt_store_bytes{${labels}, file="database"}`]: "60x200",
      [`ogrt_output_lag_seconds{${labels}, output="o", kind="syslog"}`]: "3x200",
    };
    const tests = [
      { interval: "1m", input_series: input, alert_rule_test: alerts },
      {
        interval: "1m",
        input_series: Object.entries(healthy).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: noAlerts,
      },
    ];
    // JSON is valid YAML.
    writeFileSync(path, JSON.stringify({ rule_files: ["rules.yml"], tests }));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", path], { encoding: "utf8" });
    expect(status, stdout + stderr).toBe(0);
  });
});

/** The annotations of each alert, with the labels of the test. */
const EXPECTED: Record<string, { summary: string }> = Object.fromEntries(
  [
    ...readFileSync(join(integrations, "prometheus/ogrt-rules.yml"), "utf8").matchAll(
      /alert: (\w+)[\s\S]*?summary: (.*)$/gm,
    ),
  ].map(([, name = "", summary = ""]) => [
    name,
    { summary: summary.replaceAll("{{ $labels.instance }}", "a").replaceAll("{{ $labels.output }}", "o") },
  ]),
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
