import { Option } from "commander";
import { ODD_ENVIRONMENTS, ODD_LIBRARIES, ODD_OBJECTS } from "../../lib/lists/odd.js";
import type { CommandFamily } from "./session.js";

export const oddCommands: CommandFamily = (program, session) => {
  const odd = session.group(program, "odd", "List unusual libraries, environments and objects.");
  session.addList(odd, "libraries", ODD_LIBRARIES, {
    description: "List libraries loaded from unusual directories, or through LD_LIBRARY_PATH or LD_PRELOAD.",
    options: [new Option("--soname <glob>", "select libraries with this soname")],
  });
  session.addList(odd, "environments", ODD_ENVIRONMENTS, {
    description: "List environments that break a rule, of the last seven days unless --since is given.",
    options: [new Option("--rule <name>", "check only this rule")],
  });
  session.addList(odd, "objects", ODD_OBJECTS, {
    description: "List objects with a suspicious verdict, and signatures that several builds share.",
    options: [new Option("--verdict <verdict>", "select mismatch, stripped, changed, conflict, …")],
  });
};
