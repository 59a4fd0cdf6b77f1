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

function ignore(): void {}
