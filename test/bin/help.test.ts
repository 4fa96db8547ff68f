import { describe, expect, it } from "vitest";
import { tool } from "../support/tools.js";

const TOOLS = ["ogrt", "ogrt-stamp", "ogrt-inspect", "ogrt-run", "ogrt-collector", "ogrt-query"];
const COMMANDS = [
  "overview software user-programs affected processes process jobs job difference",
  "unused,builds unused,modules odd,libraries odd,environments odd,objects coverage,frames coverage,outages coverage,hosts coverage,jobs",
  "verify backup export forget login verify-store",
]
  .flatMap((line) => line.split(" "))
  .map((command) => ["ogrt-query", ...command.split(",")]);

describe.each([...TOOLS.map((name) => [name]), ...COMMANDS])("%s %s %s", (name, ...command) => {
  it("is described by sentences, in lines of at most 80 characters", () => {
    const { status, stdout } = tool(name, ...command.filter((word) => word !== undefined), "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: .*\n\n[A-Z](?:.+\n)+(?<=\.\n)\n/);
    const isExample = (line: string) => line.startsWith("  ogrt-") || line.startsWith("  module ");
    expect(stdout.split("\n").filter((line) => line.length > 80 && !isExample(line))).toEqual([]);
  });
});
