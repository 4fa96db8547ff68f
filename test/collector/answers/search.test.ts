import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const STAMP = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";
const BUILD_ID = "c0ffee".repeat(6);

describe("a search", () => {
  const collector = sharedCollector(join(temporaryFolder(), "data"));
  const records = [
    processStart({
      job: "4711",
      user: "solveig",
      host: "node1",
      placement: { ...processStart().placement, cluster: "alpha" },
      modules: ["Solver/1.0", "gcc/12.2"],
      program: object("/sw/solver/1.0/bin/solve", [STAMP], BUILD_ID),
      objects: [{ ...object("/sw/lib/libsolve.so.3.1"), soname: "libsolve.so.3" }],
    }),
    processStart({ job: "14711", user: "bob", host: "node2", modules: [], program: object("/bin/100%_sure") }),
  ];
  beforeAll(() => collector().report(...records));

  const search = async (text: string, limit?: number) => {
    const client = new CollectorClient({ url: collector().where.http, token: collector().token });
    const { kinds } = await client.search({ text, ...(limit !== undefined && { limit }) });
    return kinds;
  };
  const names = async (text: string) =>
    Object.fromEntries((await search(text)).map(({ kind, names }) => [kind, names.map(({ name }) => name)]));

  it("finds every kind of thing whose name contains the text, in any case", async () => {
    expect(await names("SOLVE")).toEqual({
      software: ["Solver/1.0"],
      user: ["solveig"],
      module: ["Solver/1.0"],
      library: ["libsolve.so.3"],
      path: ["/sw/lib/libsolve.so.3.1", "/sw/solver/1.0/bin/solve"],
    });
  });

  it("says how often and when a name was used, and the cluster of jobs and hosts", async () => {
    const [{ names: [user] = [] } = {}] = (await search("solveig")).filter(({ kind }) => kind === "user");
    expect(user).toMatchObject({ name: "solveig", processes: 1, cluster: null });
    expect(new Date(user?.lastUse ?? "").getFullYear()).toBe(new Date().getFullYear());
    expect((await search("node1"))[0]).toMatchObject({ kind: "host", names: [{ cluster: "alpha", processes: 1 }] });
  });

  it("has the name that is the text first, and counts those that it leaves out", async () => {
    expect(await names("4711")).toEqual({ job: ["4711", "14711"] });
    const [jobs] = await search("4711", 1);
    expect([jobs?.count, jobs?.names.length]).toEqual([2, 1]);
  });

  it("finds identifiers by their first four characters", async () => {
    expect(await names(STAMP.slice(0, 4))).toEqual({ signature: [STAMP] });
    expect(await names("C0FFEE")).toEqual({ buildId: [BUILD_ID] });
    expect(await names(`${records[0]?.uuid}`)).toEqual({ process: [records[0]?.uuid] });
  });

  it("takes only * and ? for wildcards", async () => {
    expect(await names("*solve")).toEqual({ path: ["/sw/solver/1.0/bin/solve"] });
    expect((await names("node?"))["host"]?.toSorted()).toEqual(["node1", "node2"]);
    expect(await names("100%_s")).toEqual({ path: ["/bin/100%_sure"] });
    expect(await names("0%s")).toEqual({});
  });

  it("says that it found nothing", async () => {
    const answer = await collector().json("/api/v1/search?text=nobody");
    expect([answer.kinds, answer.completeness.notes]).toEqual([
      [],
      ["no name, path or identifier of a stored process contains this text"],
    ]);
  });

  it("leads to the jobs that had loaded a module", async () => {
    const client = new CollectorClient({ url: collector().where.http, token: collector().token });
    expect((await client.jobs({ module: "gcc/12.2" })).jobs.map(({ job }) => job)).toEqual(["4711"]);
    expect((await client.jobs({ module: "gcc/13" })).jobs).toEqual([]);
  });
});
