import type { Answer } from "../client/index.js";
import { bytes, computed, cpuTime, detail, type List, list, names, number, text, time } from "./column.js";

export const SOFTWARE = list("software", "software", [
  text("period", "Period"),
  text("software", "Software"),
  detail(text("source", "Named by")),
  number("runs", "Runs"),
  number("users", "Users"),
  detail(number("jobs", "Jobs")),
  detail(cpuTime("runs")),
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
  detail(cpuTime("runs")),
  detail(COMPILERS),
  detail(names("libraries", "Libraries")),
  time("lastUse", "Last use"),
]);

export const UNUSED_BUILDS = list("unusedBuilds", "builds", [
  text("package", "Package"),
  names("paths", "Files", "files"),
  bytes("size", "Size"),
  number("processes", "Processes"),
  detail(number("withoutEnd", "Without end")),
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
