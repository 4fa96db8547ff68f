import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UserNames } from "../../../lib/collector/pipeline/user-names.js";

type Lookup = NonNullable<ConstructorParameters<typeof UserNames>[0]>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const nameOf = (names: UserNames, uid: number) =>
  new Promise<string | undefined>((resolve) => names.resolve(uid, resolve));

it("delays no record by more than two seconds when the directory service hangs, however many users there are", async () => {
  // As execFile does, which calls back when it has killed the lookup.
  const hanging: Lookup = (_, done) => setTimeout(() => done(undefined), 2000);
  const names = new UserNames(hanging);
  let open = 150;
  for (let uid = 1000; uid < 1150; uid++) {
    void nameOf(names, uid).then((name) => {
      expect(name).toBeUndefined();
      open--;
    });
  }
  await vi.advanceTimersByTimeAsync(2001);
  expect(open).toBe(0);
  // Users whose lookup is still queued do not wait a second time.
  expect(await nameOf(names, 1149)).toBeUndefined();
});

it("keeps a name when the directory service does not answer later, and lets no record wait for it again", async () => {
  const answers: Parameters<Lookup>[1][] = [];
  const names = new UserNames((_, done) => answers.push(done));
  const first = nameOf(names, 1000);
  answers[0]?.({ name: "ada" });
  expect(await first).toBe("ada");
  await vi.advanceTimersByTimeAsync(700_000);
  expect(await nameOf(names, 1000)).toBe("ada");
  answers[1]?.(undefined);
  expect(await nameOf(names, 1000)).toBe("ada");
  expect(answers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await nameOf(names, 1000)).toBe("ada");
  answers[2]?.({ name: "grace" });
  expect(await nameOf(names, 1000)).toBe("grace");
});

it("looks each user up once, few at a time, and within the rate", async () => {
  const asked: number[] = [];
  const answers: Parameters<Lookup>[1][] = [];
  const names = new UserNames((uid, done) => {
    asked.push(uid);
    answers.push(done);
  });
  const found = Promise.all([7, 7, 7].map((uid) => nameOf(names, uid)));
  const others = Promise.all(Array.from({ length: 1000 }, (_, index) => nameOf(names, 1000 + index)));
  expect(asked).toEqual([7, 1000, 1001, 1002]);
  while (answers.length > 0) answers.shift()?.({ name: "alice" });
  expect(await found).toEqual(["alice", "alice", "alice"]);
  expect(asked.length).toBeLessThan(300);
  // A user beyond the rate has no name at once.
  expect((await others).at(-1)).toBeUndefined();
});
