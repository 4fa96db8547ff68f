import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { ODD_ENVIRONMENTS, ODD_LIBRARIES, ODD_OBJECTS } from "../../lib/lists/odd.js";
import { SPAN, USER } from "./options.js";
import type { CommandFamily } from "./session.js";

export const oddCommands: CommandFamily = (program, session) => {
  const odd = program.command("odd").description("List unusual libraries, environments and objects.");
  session.add(odd, "libraries", {
    description: "List libraries loaded from unusual directories, or through LD_LIBRARY_PATH or LD_PRELOAD.",
    options: [new Option("--soname <glob>", "select libraries with this soname"), USER, ...SPAN],
    run: async (input: Input<"oddLibraries">) => {
      const found = await session.ask("oddLibraries", { ...input, ...session.page });
      session.showList(found, ODD_LIBRARIES);
    },
  });
  session.add(odd, "environments", {
    description: "List environments that break a rule, of the last seven days unless --since is given.",
    options: [new Option("--rule <name>", "check only this rule"), USER, ...SPAN],
    run: async (input: Input<"oddEnvironments">) => {
      const found = await session.ask("oddEnvironments", { ...input, ...session.page });
      session.showList(found, ODD_ENVIRONMENTS);
    },
  });
  session.add(odd, "objects", {
    description: "List objects with a suspicious verdict, and signatures that several builds share.",
    options: [new Option("--verdict <verdict>", "select mismatch, stripped, changed, conflict, …"), ...SPAN],
    run: async (input: Input<"oddObjects">) => {
      const found = await session.ask("oddObjects", { ...input, ...session.page });
      session.showList(found, ODD_OBJECTS);
    },
  });
};
