/** Making stamps and turning them into something to link. */
export { stampAssembly } from "./assembly.js";
export { createStamp, type Stamp, type StampOptions } from "./create.js";
