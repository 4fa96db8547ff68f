// The table of questions and admin operations, from proto/openapi.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function printQuestions(root) {
  const { paths, components } = JSON.parse(readFileSync(join(root, "proto/openapi.json"), "utf8"));
  const nameOf = ({ $ref, name }) => name ?? components.parameters[$ref.split("/").at(-1)].name;
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, summary, parameters = [], requestBody }]) => {
      const names = parameters.map((parameter) => `\`${nameOf(parameter)}\``);
      if (requestBody !== undefined) names.push("a JSON body");
      return `| ${method.toUpperCase()} | \`${path}\` | \`${operationId}\` | ${names.join(", ")} | ${summary} |`;
    }),
  );
  const head = ["| method | path | `CollectorClient` | parameters | answers or does |", "|---|---|---|---|---|"];
  return [...head, ...rows, ""].join("\n");
}
