/** Creates stamps and renders them as assembly, C source or objects. */
export { type AssemblyOptions, stampAssembly } from "./assembly.js";
export { createStamp, type Stamp, type StampOptions } from "./create.js";
export { type BuildEnvironment, type EnvironmentValue, readBuildEnvironment } from "./environment.js";
export { deriveUuid, type Ingredients } from "./identity.js";
export { stampJson } from "./json.js";
export { stampObject } from "./object.js";
export { PACKAGE_KEYS, type PackageMetadata } from "./package-metadata.js";
export { stampSource } from "./source.js";
export {
  type FeatureProperty,
  findTarget,
  knownTarget,
  TARGET_NAMES,
  type Target,
  type TargetName,
} from "./targets.js";
