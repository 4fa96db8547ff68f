import { Option } from "commander";
import { addListCommand } from "./list-command.js";
import { ODD_ENVIRONMENTS, ODD_LIBRARIES, ODD_OBJECTS } from "./listings.js";
import { SPAN, USER } from "./options.js";
import type { CommandFamily } from "./session.js";

export const oddCommands: CommandFamily = (program, session) => {
  const odd = program.command("odd").description("List unusual libraries, environments and objects.");
  addListCommand(odd, session, "libraries", {
    description: "List libraries loaded from unusual directories, or through LD_LIBRARY_PATH or LD_PRELOAD.",
    options: [new Option("--soname <glob>", "select libraries with this soname"), USER, ...SPAN],
    question: "oddLibraries",
    rows: "libraries",
    columns: ODD_LIBRARIES,
  });
  addListCommand(odd, session, "environments", {
    description: "List environments that break a rule, of the last seven days unless --since is given.",
    options: [new Option("--rule <name>", "check only this rule"), USER, ...SPAN],
    question: "oddEnvironments",
    rows: "environments",
    columns: ODD_ENVIRONMENTS,
  });
  addListCommand(odd, session, "objects", {
    description: "List objects with a suspicious verdict, and signatures that several builds share.",
    options: [
      new Option("--verdict <verdict>", "select objects with this verdict: mismatch, stripped, changed, conflict, …"),
      ...SPAN,
    ],
    question: "oddObjects",
    rows: "objects",
    columns: ODD_OBJECTS,
  });
};
