interface Node<T> {
  rank: number;
  order: number;
  readonly value: T;
}

/** A binary min-heap. Values of equal rank leave in the order in which they were added. */
export class RankedHeap<T> {
  readonly #nodes: Node<T>[] = [];
  #lastOrder = 0;

  get size(): number {
    return this.#nodes.length;
  }

  /** The value of the lowest rank. */
  get first(): { readonly rank: number; readonly value: T } | undefined {
    return this.#nodes[0];
  }

  add(value: T, rank: number): void {
    const nodes = this.#nodes;
    const node = { rank, order: ++this.#lastOrder, value };
    let at = nodes.length;
    nodes.push(node);
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = nodes[(at - 1) >> 1] as Node<T>;
      if (isBefore(parent, node)) break;
      nodes[at] = parent;
    }
    nodes[at] = node;
  }

  removeFirst(): void {
    const last = this.#nodes.pop();
    if (last !== undefined && this.#nodes.length > 0) this.#sinkFirst(last);
  }

  /** Changes the rank of the first value. Among values of that rank it comes last. */
  rerankFirst(rank: number): void {
    const [first] = this.#nodes;
    if (first !== undefined) this.#sinkFirst({ rank, order: ++this.#lastOrder, value: first.value });
  }

  #sinkFirst(node: Node<T>): void {
    const nodes = this.#nodes;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [a, b] = [nodes[left], nodes[left + 1]];
      const child = b !== undefined && a !== undefined && isBefore(b, a) ? left + 1 : left;
      const smaller = nodes[child];
      if (smaller === undefined || isBefore(node, smaller)) break;
      nodes[at] = smaller;
      at = child;
    }
    nodes[at] = node;
  }
}

const isBefore = (a: Node<unknown>, b: Node<unknown>) => a.rank < b.rank || (a.rank === b.rank && a.order < b.order);
