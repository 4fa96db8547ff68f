/**
 * What a build environment says by itself about the thing being built: Spack, RPM and conda name the package,
 * EasyBuild and environment modules name what it is built against. Pure: the environment is an argument.
 */

/** Something taken from the environment, and the variable that said so. */
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

const MAXIMUM_DEPENDENCIES = 1000;

export function readBuildEnvironment(environment: Environment): BuildEnvironment {
  const found = spack(environment) ?? rpm(environment) ?? conda(environment) ?? {};
  const toolchain = finding(environment, "SPACK_COMPILER_SPEC") ?? easyBuildToolchain(environment);
  return { ...found, ...(toolchain !== undefined && { toolchain }), dependencies: dependencies(environment) };
}

type PackageFindings = Pick<BuildEnvironment, "type" | "name" | "version">;

function finding(environment: Environment, variable: string): EnvironmentValue | undefined {
  const value = environment[variable];
  return value === undefined || value === "" ? undefined : { value, variable };
}

/** `zlib@1.2.13%gcc@12.2.0+optimize arch=linux-debian12-zen2/abcdefg`: name, `@` and version come first. */
function spack(environment: Environment): PackageFindings | undefined {
  const variable = "SPACK_SHORT_SPEC";
  const [, name, version] = /^([\w.-]+)(?:@=?([\w.-]+))?/.exec(environment[variable] ?? "") ?? [];
  if (name === undefined) return undefined;
  return {
    type: { value: "spack", variable },
    name: { value: name, variable },
    ...(version !== undefined && { version: { value: version, variable } }),
  };
}

function rpm(environment: Environment): PackageFindings | undefined {
  const name = finding(environment, "RPM_PACKAGE_NAME");
  const version = finding(environment, "RPM_PACKAGE_VERSION");
  const release = finding(environment, "RPM_PACKAGE_RELEASE");
  if (name === undefined || version === undefined) return undefined;
  const full = release === undefined ? version.value : `${version.value}-${release.value}`;
  return {
    type: { value: "rpm", variable: name.variable },
    name,
    version: { value: full, variable: version.variable },
  };
}

function conda(environment: Environment): PackageFindings | undefined {
  const name = finding(environment, "PKG_NAME");
  const version = finding(environment, "PKG_VERSION");
  if (environment["CONDA_BUILD"] !== "1" || name === undefined || version === undefined) return undefined;
  return { type: { value: "conda", variable: "CONDA_BUILD" }, name, version };
}

/** EasyBuild's modules set EBROOTNAME and EBVERSIONNAME; names of compiler toolchains are few. */
function easyBuildToolchain(environment: Environment): EnvironmentValue | undefined {
  for (const name of ["GCC", "GCCCORE", "CLANG", "LLVM", "INTELMINCOMPILERS", "NVHPC", "AOCC"]) {
    const version = finding(environment, `EBVERSION${name}`);
    if (version !== undefined && environment[`EBROOT${name}`] !== undefined) {
      return { value: `${name}/${version.value}`, variable: version.variable };
    }
  }
  return undefined;
}

/** Loaded modules by their own names; EasyBuild's upper-case names only where nothing says which modules are loaded. */
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
  return named.slice(0, MAXIMUM_DEPENDENCIES);
}
