import type { Answer } from "../../lib/client/index.js";
import type { ObjectJson } from "./job-page.js";
import { counted, lines, shorten } from "./text.js";

/** The differences between two jobs, program by program. */
export function differencePage(found: Answer<"jobDifference">): string {
  const { first, second, identical, onlyFirst, onlySecond, programs } = found;
  const only = (job: string, names: readonly string[]) => names.map((name) => `only job ${job} ran ${name}`);
  const summary = [
    ...(identical ? ["the programs that both jobs ran do not differ"] : []),
    ...only(first, onlyFirst),
    ...only(second, onlySecond),
  ];
  return `${lines(summary)}${programs.map((program) => lines(programDifference(first, second, program))).join("\n")}`;
}

type Program = Answer<"jobDifference">["programs"][number];

function programDifference(first: string, second: string, program: Program): string[] {
  const { objects, environment, modules, arguments: commands, runsFirst, runsSecond } = program;
  const facts = [
    `${program.program}: ${counted(runsFirst, "run")} in job ${first}, ${counted(runsSecond, "run")} in job ${second}`,
  ];
  const compare = (what: string, inFirst: string | null, inSecond: string | null) =>
    facts.push(`  ${what}`, `    ${first}: ${inFirst ?? "(none)"}`, `    ${second}: ${inSecond ?? "(none)"}`);
  for (const { name, ...object } of objects) compare(name, build(object.first), build(object.second));
  for (const module of modules.onlyFirst) facts.push(`  module ${module}: only in job ${first}`);
  for (const module of modules.onlySecond) facts.push(`  module ${module}: only in job ${second}`);
  for (const { name, ...value } of environment) compare(name, joined(value.first), joined(value.second));
  if (commands.first.length + commands.second.length > 0) {
    const commandLines = (list: readonly (readonly string[])[]) => joined(list.map((command) => command.join(" ")));
    compare("arguments", commandLines(commands.first), commandLines(commands.second));
  }
  return facts;
}

const build = (object: ObjectJson | null) =>
  object && `${object.path} ${object.buildId ?? "without a build-id"} ${object.verdict}`;
const joined = (list: readonly string[]) =>
  list.length === 0 ? null : list.map((text) => shorten(text, 200)).join(" | ");
