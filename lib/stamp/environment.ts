/*
 * What a build environment says about the software being built. Spack, RPM and conda name the package; EasyBuild and
 * environment modules name its dependencies. Pure: the environment is an argument.
 */

/** A value found in the environment, and the variable it comes from. */
export interface EnvironmentValue {
  value: string;
  variable: string;
}

export interface BuildEnvironment {
  type?: EnvironmentValue;
  name?: EnvironmentValue;
  version?: EnvironmentValue;
  toolchain?: EnvironmentValue;
  /** `name/version` each. */
  dependencies: EnvironmentValue[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_DEPENDENCIES = 1000;

export function readBuildEnvironment(environment: Environment): BuildEnvironment {
  const found = spack(environment) ?? rpm(environment) ?? conda(environment) ?? {};
  const toolchain = environmentValue(environment, "SPACK_COMPILER_SPEC") ?? easyBuildToolchain(environment);
  return { ...found, ...(toolchain !== undefined && { toolchain }), dependencies: dependencies(environment) };
}

type PackageValues = Pick<BuildEnvironment, "type" | "name" | "version">;

function environmentValue(environment: Environment, variable: string): EnvironmentValue | undefined {
  const value = environment[variable];
  return value === undefined || value === "" ? undefined : { value, variable };
}

/** `zlib@1.2.13%gcc@12.2.0+optimize arch=linux-debian12-zen2/abcdefg`: name, `@` and version come first. */
function spack(environment: Environment): PackageValues | undefined {
  const variable = "SPACK_SHORT_SPEC";
  const [, name, version] = /^([\w.-]+)(?:@=?([\w.-]+))?/.exec(environment[variable] ?? "") ?? [];
  if (name === undefined) return undefined;
  return {
    type: { value: "spack", variable },
    name: { value: name, variable },
    ...(version !== undefined && { version: { value: version, variable } }),
  };
}

function rpm(environment: Environment): PackageValues | undefined {
  const name = environmentValue(environment, "RPM_PACKAGE_NAME");
  const version = environmentValue(environment, "RPM_PACKAGE_VERSION");
  const release = environmentValue(environment, "RPM_PACKAGE_RELEASE");
  if (name === undefined || version === undefined) return undefined;
  const full = release === undefined ? version.value : `${version.value}-${release.value}`;
  return {
    type: { value: "rpm", variable: name.variable },
    name,
    version: { value: full, variable: version.variable },
  };
}

function conda(environment: Environment): PackageValues | undefined {
  const name = environmentValue(environment, "PKG_NAME");
  const version = environmentValue(environment, "PKG_VERSION");
  if (environment["CONDA_BUILD"] !== "1" || name === undefined || version === undefined) return undefined;
  return { type: { value: "conda", variable: "CONDA_BUILD" }, name, version };
}

/** EasyBuild's modules set EBROOTNAME and EBVERSIONNAME. */
function easyBuildToolchain(environment: Environment): EnvironmentValue | undefined {
  for (const name of ["GCC", "GCCCORE", "CLANG", "LLVM", "INTELMINCOMPILERS", "NVHPC", "AOCC"]) {
    const version = environmentValue(environment, `EBVERSION${name}`);
    if (version !== undefined && environment[`EBROOT${name}`] !== undefined) {
      return { value: `${name}/${version.value}`, variable: version.variable };
    }
  }
  return undefined;
}

/** Names of loaded modules; without LOADEDMODULES, the upper-case names in EasyBuild's variables. */
function dependencies(environment: Environment): EnvironmentValue[] {
  const loaded = (environment["LOADEDMODULES"] ?? "").split(":").filter((name) => name !== "");
  const named =
    loaded.length > 0
      ? loaded.map((value) => ({ value, variable: "LOADEDMODULES" }))
      : Object.keys(environment)
          .filter((variable) => /^EBROOT[A-Z0-9_]+$/.test(variable))
          .sort()
          .map((variable) => {
            const name = variable.slice("EBROOT".length);
            const version = environment[`EBVERSION${name}`];
            return { value: version ? `${name}/${version}` : name, variable };
          });
  return named.slice(0, MAX_DEPENDENCIES);
}
