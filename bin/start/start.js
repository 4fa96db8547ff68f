// Starts a built tool, or says what is missing. Runs on any Node.js, in a checkout before anything is installed or built.
import { fileURLToPath } from "node:url";
import { nodeProblem } from "./requirements.js";

/** Exit code for what cannot be read (docs/reference/errors.md). */
const UNREADABLE = 3;

/** @param {string} tool - name of the tool */
export async function start(tool) {
  const problem = nodeProblem();
  if (problem !== undefined) return complain(`${tool}: needs ${problem}`);
  try {
    await import(`../../dist/bin/${tool}.js`);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    const root = fileURLToPath(new URL("../..", import.meta.url));
    complain(`${tool}: is not built, or its packages are not installed; run in ${root}: npm ci && npm run build`);
  }
}

function complain(sentence) {
  console.error(sentence);
  process.exitCode = UNREADABLE;
}
