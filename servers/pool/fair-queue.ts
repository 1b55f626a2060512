/** The items of one request: what fairness counts by. */
export class Flow<Item> {
  /** Waiting for their turn, in the order they came. */
  readonly waiting: Item[] = [];
  /** How many have had their turn and are not finished. */
  begun = 0;
}

/**
 * Items of many flows, handed out one flow after the other and first come first served within each. A flow that has
 * its share begun is passed over until one of them is finished, so that a flow of a thousand items delays the others by
 * its share and no more.
 */
export class FairQueue<Item> {
  readonly #share: number;
  /** The flows whose turn comes, in that order. */
  readonly #line = new Set<Flow<Item>>();

  constructor(share: number) {
    this.#share = share;
  }

  push(flow: Flow<Item>, item: Item): void {
    flow.waiting.push(item);
    this.#lineUp(flow);
  }

  /** The next item, now begun; undefined when there is none, or only such as must wait for others of their flow. */
  shift(): Item | undefined {
    const [flow] = this.#line;
    const item = flow?.waiting.shift();
    if (!flow || item === undefined) return undefined;
    flow.begun += 1;
    this.#line.delete(flow);
    this.#lineUp(flow);
    return item;
  }

  /** An item of the flow that was begun is finished. */
  finish(flow: Flow<Item>): void {
    flow.begun -= 1;
    this.#lineUp(flow);
  }

  /** Takes out what of the flow has not begun. */
  clear(flow: Flow<Item>): Item[] {
    this.#line.delete(flow);
    return flow.waiting.splice(0);
  }

  /** To the end of the line, or where it stands in it already. */
  #lineUp(flow: Flow<Item>): void {
    if (flow.waiting.length > 0 && flow.begun < this.#share) this.#line.add(flow);
  }
}
