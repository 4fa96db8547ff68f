import type { Reporter, TestModule } from "vitest/node";

/** Lists the skipped tests at the end of a run, with their reasons. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const note = "note" in result && result.note !== undefined ? ` (${result.note})` : "";
        lines.push(`  ${module.relativeModuleId} > ${test.fullName}${note}`);
      }
    }
    if (lines.length > 0)
      process.stdout.write(`\n SKIPPED because this machine lacks a requirement:\n${lines.join("\n")}\n`);
  }
}
