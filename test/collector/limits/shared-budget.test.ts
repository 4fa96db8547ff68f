import { expect, it } from "vitest";
import { SharedBudget } from "../../../lib/collector/limits/shared-budget.js";

const takeAll = (budget: SharedBudget, holder: { held: number }) => {
  while (budget.allows(holder, 1)) budget.take(holder, 1);
  return holder.held;
};

it("a shared budget gives one holder half, and a newcomer as much as each of those that take what they can get", () => {
  const budget = new SharedBudget(1200);
  expect(takeAll(budget, { held: 0 })).toBe(600);
  for (let others = 0; others < 9; others++) takeAll(budget, { held: 0 });
  const newcomer = { held: 0 };
  expect(budget.allows(newcomer, 1)).toBe(true);
  expect(budget.allows(newcomer, 1200)).toBe(false);
});

it("what costs more than was allowed is paid back before anything else is allowed", () => {
  const budget = new SharedBudget(100);
  const [greedy, modest] = [{ held: 0 }, { held: 0 }];
  budget.take(greedy, 500);
  expect(budget.allows(modest, 0)).toBe(false);
  budget.give(greedy, 500);
  expect(budget.allows(modest, 100)).toBe(true);
});
