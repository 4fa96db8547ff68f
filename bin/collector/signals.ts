/** Two promises that signals settle: the first signal stops the collector, the second ends it at once. */
export function listenToSignals(names: readonly NodeJS.Signals[]): Record<"first" | "second", Promise<NodeJS.Signals>> {
  const resolvers: ((signal: NodeJS.Signals) => void)[] = [];
  const next = () => new Promise<NodeJS.Signals>((resolve) => resolvers.push(resolve));
  const promises = { first: next(), second: next() };
  for (const name of names) process.on(name, () => resolvers.shift()?.(name));
  return promises;
}
