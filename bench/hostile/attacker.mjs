// A process that attacks: ATTACK TARGET, the latter as JSON. Ends when its parent says so, or goes.
import { setMaxListeners } from "node:events";
import { ATTACKS } from "./attacks.mjs";

const [, , name, target] = process.argv;
const controller = new AbortController();
setMaxListeners(0, controller.signal);
process.on("message", () => controller.abort());
process.on("disconnect", () => process.exit(0));
await ATTACKS[name](JSON.parse(target), controller.signal);
process.exit(0);
