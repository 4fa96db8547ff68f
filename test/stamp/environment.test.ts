import { describe, expect, it } from "vitest";
import { readBuildEnvironment } from "../../lib/stamp/index.js";

/** The values, without their variables. */
function values(environment: Record<string, string>) {
  const { type, name, version, toolchain, dependencies } = readBuildEnvironment(environment);
  return {
    package: [type?.value, name?.value, version?.value],
    toolchain: toolchain?.value,
    dependencies: dependencies.map(({ value }) => value),
  };
}

describe("readBuildEnvironment", () => {
  it("finds nothing in an ordinary environment", () => {
    expect(readBuildEnvironment({ PATH: "/bin", HOME: "/root", PKG_NAME: "x", PKG_VERSION: "1" })).toEqual({
      dependencies: [],
    });
  });

  it.each([
    ["zlib@1.2.13%gcc@12.2.0+optimize arch=linux-debian12-zen2/abcdefg", "zlib", "1.2.13"],
    ["py-numpy@=1.26.4 %c=gcc@13 arch=linux-x/abc", "py-numpy", "1.26.4"],
    ["zlib-ng@2.1.6/abc", "zlib-ng", "2.1.6"],
    ["hello%gcc", "hello", undefined],
  ])("takes name and version from Spack's %j", (spec, name, version) => {
    expect(values({ SPACK_SHORT_SPEC: spec }).package).toEqual(["spack", name, version]);
  });

  it("uses Spack's compiler as toolchain", () => {
    expect(readBuildEnvironment({ SPACK_COMPILER_SPEC: "gcc@=12.2.0" }).toolchain).toEqual({
      value: "gcc@=12.2.0",
      variable: "SPACK_COMPILER_SPEC",
    });
  });

  it("uses the package of RPM and conda", () => {
    const rpm = { RPM_PACKAGE_NAME: "coreutils", RPM_PACKAGE_VERSION: "9.4", RPM_PACKAGE_RELEASE: "7.fc40" };
    expect(values(rpm).package).toEqual(["rpm", "coreutils", "9.4-7.fc40"]);
    const conda = { CONDA_BUILD: "1", PKG_NAME: "hdf5", PKG_VERSION: "1.14.3" };
    expect(values(conda).package).toEqual(["conda", "hdf5", "1.14.3"]);
  });

  it("uses loaded modules as dependencies, and EasyBuild's roots without a list of modules", () => {
    const easybuild = {
      EBROOTZLIB: "/apps/zlib",
      EBVERSIONZLIB: "1.2.13",
      EBROOTGCC: "/apps/gcc",
      EBVERSIONGCC: "12.3.0",
    };
    expect(values(easybuild)).toMatchObject({ toolchain: "GCC/12.3.0", dependencies: ["GCC/12.3.0", "ZLIB/1.2.13"] });
    expect(values({ ...easybuild, LOADEDMODULES: "GCC/12.3.0:zlib/1.2.13-GCCcore-12.3.0:" }).dependencies).toEqual([
      "GCC/12.3.0",
      "zlib/1.2.13-GCCcore-12.3.0",
    ]);
  });

  it("names the variable of each value", () => {
    const { name, dependencies } = readBuildEnvironment({ SPACK_SHORT_SPEC: "a@1", EBROOTX: "/x" });
    expect(name).toEqual({ value: "a", variable: "SPACK_SHORT_SPEC" });
    expect(dependencies).toEqual([{ value: "X", variable: "EBROOTX" }]);
  });
});
