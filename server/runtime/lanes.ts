/**
 * One lane per conversation: what concerns one conversation runs one after the other, so that its events do not meet
 * in the database. Other nodes are held off by the version check of the commit, not by this.
 */
export interface Lanes {
  run<Result>(id: string, work: () => Promise<Result>): Promise<Result>
  /** Resolves when nothing runs. */
  idle(): Promise<void>
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(id, work) {
      const before = tails.get(id)
      const result = before === undefined ? work() : before.then(work)
      const tail = result.then(ignore, ignore)
      tails.set(id, tail)
      void tail.then(() => {
        if (tails.get(id) === tail) tails.delete(id)
      })
      return result
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}

/** Does the work for all of these, `lanes` at once; the results are in their order. Rejects with the first failure. */
export async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

function ignore(): void {}
