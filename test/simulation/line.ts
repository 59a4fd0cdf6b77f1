/** The simulated lines between the nodes: hints come late, twice, in another order, or never. */
import type { Hint, Typing } from '#server/runtime/runtime.ts'
import type { Line } from '#server/runtime/line.ts'
import type { Random } from './random.ts'
import type { Place, Scheduler } from './scheduler.ts'

export interface Lines {
  open(place: Place): Line
  /** Its claims count for a while longer, as those of a machine that has gone do. */
  buried(place: Place): void
  /** Of a hint that never comes. */
  loss: number
}

interface Listening {
  readonly place: Place
  readonly hints: Set<(hint: Hint | undefined) => void>
}

export function createLines(scheduler: Scheduler, random: Random): Lines {
  let nodes: Listening[] = []
  const claims = new Map<string, Place>()
  let loss = 0

  function tellOthers(from: Place, hint: Hint): void {
    for (const node of nodes) {
      if (node.place === from || !node.place.alive) continue
      const times = random.chance(loss) ? 0 : random.chance(loss / 2) ? 2 : 1
      for (let each = 0; each < times; each++)
        scheduler.after(random.between(1, 120), 'hint', node.place, () => tell(node, hint))
    }
  }

  const tell = ({ hints }: Listening, hint: Hint): void => {
    for (const listener of hints) listener(hint)
  }

  return {
    open(place) {
      const self: Listening = { place, hints: new Set() }
      nodes = [...nodes.filter((each) => each.place.alive), self]
      const typing = new Set<(typing: Typing) => void>()
      return {
        announce(hint) {
          tell(self, hint)
          tellOthers(place, hint)
        },
        onHint(listener) {
          self.hints.add(listener)
          return () => self.hints.delete(listener)
        },
        type: (each) => typing.forEach((listener) => listener(each)),
        onTyping(listener) {
          typing.add(listener)
          return () => typing.delete(listener)
        },
        async claim(name) {
          claims.set(name, place)
        },
        async release(name) {
          claims.delete(name)
        },
        async unclaimed(names) {
          return names.filter((name) => !claims.has(name))
        },
        async close() {
          nodes = nodes.filter((each) => each !== self)
          for (const [name, owner] of claims) if (owner === place) claims.delete(name)
        },
      }
    },
    buried(place) {
      scheduler.after(random.between(500, 8_000), 'claims are over', undefined, () => {
        for (const [name, owner] of claims) if (owner === place) claims.delete(name)
      })
    },
    get loss() {
      return loss
    },
    set loss(next) {
      loss = next
    },
  }
}
