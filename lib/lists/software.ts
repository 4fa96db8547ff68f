import type { Answer } from "../client/index.js";
import { computed, detail, duration, type List, list, names, number, path, text, time } from "./column.js";

export const SOFTWARE = list("software", "software", [
  text("period", "Period"),
  text("software", "Software"),
  detail(text("source", "Named by")),
  number("runs", "Runs"),
  number("users", "Users"),
  detail(number("jobs", "Jobs")),
  detail(duration("cpuSeconds", "CPU time")),
  detail(time("lastUse", "Last use")),
]);

/** No compilers and unknown ones are two answers. */
const COMPILERS = computed<Pick<Answer<"userPrograms">["programs"][number], "compilers">>(
  "compilers",
  "Compilers",
  "names",
  ({ compilers }) => compilers ?? ["not known"],
);

export const USER_PROGRAMS = list("userPrograms", "programs", [
  names("paths", "Program", "pathCount"),
  detail(text("buildId", "Build-id")),
  names("users", "Users", "userCount"),
  number("runs", "Runs"),
  detail(duration("cpuSeconds", "CPU time")),
  detail(COMPILERS),
  detail(names("libraries", "Libraries")),
  time("lastUse", "Last use"),
]);

export const UNUSED_BUILDS = list("unusedBuilds", "builds", [
  path("path", "File"),
  text("software", "Software"),
  detail(text("buildId", "Build-id")),
  number("processes", "Processes"),
  time("lastUse", "Last use"),
]);

/** A module that no process ever loaded has no last use; only ogrt-query lists those. */
type UnusedModule = Omit<Answer<"unusedModules">["modules"][number], "lastUse"> & { readonly lastUse: string | null };

export const UNUSED_MODULES: List<"unusedModules", "modules", UnusedModule> = list("unusedModules", "modules", [
  text("module", "Module"),
  number("processes", "Processes"),
  number("users", "Users"),
  time("lastUse", "Last use"),
]);
