import type { Answer } from "../../client/index.js";
import { rows } from "../database/rows.js";
import { type Assembled, assemble } from "./assemble.js";
import { coverageOf } from "./completeness.js";
import { nameProcess } from "./names.js";
import type { Context, Question } from "./question.js";
import { parseSpan } from "./span.js";

type Difference = Answer<"jobDifference">;
type ProgramDifference = Difference["programs"][number];
type ObjectJson = Assembled["program"];

/** Processes of each job that are compared: those that started first. */
const COMPARED = 200;
/** Values or argument lists that are shown of each side. */
const SHOWN = 10;

export const jobDifference: Question<"jobDifference"> = async (context, { first, second }) => {
  const [one, other] = [await processesOf(context, first), await processesOf(context, second)];
  const [mine, theirs] = byProgram(one.processes, other.processes);
  const common = [...mine.keys()].filter((name) => theirs.has(name));
  const programs = common
    .map((name) => compare(name, mine.get(name) ?? [], theirs.get(name) ?? []))
    .filter((program) => isDifferent(program));
  const [known] = await rows<{ first: bigint | null; last: bigint | null }>(
    context.connection,
    "SELECT epoch_ns(min(started)) AS first, epoch_ns(max(started)) AS last FROM process WHERE job IN ($first, $second)",
    { first, second },
  );
  const span =
    known?.first == null || known.last === null ? parseSpan({}) : { since: known.first, until: known.last + 1n };
  return {
    ...(await coverageOf(context, span)),
    first,
    second,
    identical: common.length > 0 && programs.length === 0,
    truncated: one.truncated || other.truncated,
    onlyFirst: [...mine.keys()].filter((name) => !theirs.has(name)),
    onlySecond: [...theirs.keys()].filter((name) => !mine.has(name)),
    programs,
  };
};

async function processesOf({ connection, naming }: Context, job: string) {
  const { processes, truncated } = await assemble(connection, {
    where: "WHERE p.job = $job",
    order: "p.started, p.sequence",
    values: { job, limit: COMPARED + 1 },
  });
  return {
    processes: processes.slice(0, COMPARED).map((process) => nameProcess(process, naming)),
    truncated: truncated || processes.length > COMPARED,
  };
}

/**
 * Processes by their program's path. A program that has another path in each job, as after an update, is the same one by its
 * file name where that is not ambiguous.
 */
function byProgram(one: Assembled[], other: Assembled[]): [Map<string, Assembled[]>, Map<string, Assembled[]>] {
  const mine = grouped(one, ({ program }) => program.path);
  const theirs = grouped(other, ({ program }) => program.path);
  const leftOver = (own: Map<string, Assembled[]>, foreign: Map<string, Assembled[]>) =>
    grouped(
      [...own.keys()].filter((path) => !foreign.has(path)),
      fileName,
    );
  const [here, there] = [leftOver(mine, theirs), leftOver(theirs, mine)];
  for (const [name, [path = "", ...more]] of here) {
    const [elsewhere = "", ...others] = there.get(name) ?? [];
    if (elsewhere === "" || more.length > 0 || others.length > 0) continue;
    for (const [programs, from] of [
      [mine, path],
      [theirs, elsewhere],
    ] as const) {
      programs.set(name, programs.get(from) ?? []);
      programs.delete(from);
    }
  }
  return [mine, theirs];
}

function grouped<T>(list: readonly T[], keyOf: (element: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of list) {
    const group = groups.get(keyOf(element));
    if (group === undefined) groups.set(keyOf(element), [element]);
    else group.push(element);
  }
  return groups;
}

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function compare(program: string, one: Assembled[], other: Assembled[]): ProgramDifference {
  const argumentLists = (list: Assembled[]) =>
    distinct(list.map((process) => (process.commandLine === null ? [...process.arguments] : [process.commandLine])));
  const [first, second] = [argumentLists(one), argumentLists(other)];
  const isSame = JSON.stringify(first) === JSON.stringify(second);
  return {
    program,
    runsFirst: one.length,
    runsSecond: other.length,
    objects: changedObjects(one, other),
    environment: changedVariables(one, other),
    modules: changedTexts(
      one.flatMap(({ modules }) => modules),
      other.flatMap(({ modules }) => modules),
    ),
    arguments: isSame ? { first: [], second: [] } : { first: first.slice(0, SHOWN), second: second.slice(0, SHOWN) },
  };
}

function changedTexts(one: readonly string[], other: readonly string[]) {
  const [mine, theirs] = [new Set(one), new Set(other)];
  return {
    onlyFirst: [...mine].filter((text) => !theirs.has(text)),
    onlySecond: [...theirs].filter((text) => !mine.has(text)),
  };
}

/**
 * By soname, which stays where a build changes; the program itself is one of them. Where processes of one job have several
 * builds of a name, the one that the other job does not have is told.
 */
function changedObjects(one: Assembled[], other: Assembled[]): ProgramDifference["objects"] {
  const [mine, theirs] = [objectsOf(one), objectsOf(other)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  return names.flatMap((name) => {
    const [here, there] = [mine.get(name) ?? new Map(), theirs.get(name) ?? new Map()];
    const first = onlyIn(here, there);
    const second = onlyIn(there, here);
    if (first === undefined && second === undefined) return [];
    return [{ name, first: first ?? firstOf(here), second: second ?? firstOf(there) }];
  });
}

type Builds = ReadonlyMap<string, ObjectJson>;

const firstOf = (builds: Builds): ObjectJson | null => builds.values().next().value ?? null;
const onlyIn = (here: Builds, there: Builds) => [...here].find(([identity]) => !there.has(identity))?.[1];

/** Builds by their identity, by name. */
function objectsOf(processes: Assembled[]): Map<string, Map<string, ObjectJson>> {
  const found = new Map<string, Map<string, ObjectJson>>();
  const add = (name: string, object: ObjectJson) => {
    const builds = found.get(name) ?? new Map<string, ObjectJson>();
    const identity = identityOf(object);
    if (!builds.has(identity)) builds.set(identity, object);
    found.set(name, builds);
  };
  for (const { program, objects, end } of processes) {
    add("(program)", program);
    for (const object of [...objects, ...(end?.objects ?? [])]) add(object.soname ?? object.path, object);
  }
  return found;
}

/** Not the verdict: it may only tell on which host somebody could look at the file. */
const identityOf = ({ path, buildId, signatures }: ObjectJson) => JSON.stringify([path, buildId, signatures]);

function changedVariables(one: Assembled[], other: Assembled[]): ProgramDifference["environment"] {
  const [mine, theirs] = [variablesOf(one), variablesOf(other)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])].sort();
  return names.flatMap((name) => {
    const [first, second] = [[...(mine.get(name) ?? [])].sort(), [...(theirs.get(name) ?? [])].sort()];
    if (JSON.stringify(first) === JSON.stringify(second)) return [];
    return [{ name, first: first.slice(0, SHOWN), second: second.slice(0, SHOWN) }];
  });
}

function variablesOf(processes: Assembled[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const assignment of processes.flatMap(({ environment }) => environment)) {
    const at = assignment.indexOf("=");
    const name = at === -1 ? assignment : assignment.slice(0, at);
    const values = found.get(name) ?? new Set();
    found.set(name, values.add(at === -1 ? "" : assignment.slice(at + 1)));
  }
  return found;
}

const distinct = (lists: string[][]) =>
  [...new Set(lists.map((list) => JSON.stringify(list)))].sort().map((text) => JSON.parse(text) as string[]);

const isDifferent = ({ objects, environment, modules, arguments: given }: ProgramDifference) =>
  objects.length +
    environment.length +
    modules.onlyFirst.length +
    modules.onlySecond.length +
    given.first.length +
    given.second.length >
  0;
