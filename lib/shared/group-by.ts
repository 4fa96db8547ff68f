/** Groups elements, or values made from them, by a key, in the order in which the keys first occur. */
export function groupBy<T, K, V = T>(
  elements: Iterable<T>,
  keyFrom: (element: T) => K,
  valueFrom: (element: T) => V = (element) => element as unknown as V,
): Map<K, [V, ...V[]]> {
  const groups = new Map<K, [V, ...V[]]>();
  for (const element of elements) {
    const key = keyFrom(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [valueFrom(element)]);
    else group.push(valueFrom(element));
  }
  return groups;
}
