/**
 * What is known at each node, on whichever way a customer comes to it: an analysis of definite assignment over the graph
 * that the machine runs. What is not said to be known is unknown to some customer, unless a guard that is taken as free
 * forbids that way.
 *
 * Laws:
 *   1. A conversation begins with nothing known: callers may bring variables and a profile, none has to.
 *   2. An answered question, a fetched answer and a value that can be computed make a variable known; `null` and the empty
 *      text make it unknown again. A way that a condition opens knows what the condition had to know.
 *   3. `agent` is known from the accepting on, until the queue, the bot, a survey or the end; `handoff.reason` while it
 *      leads to a person; `hours` once business hours were looked at; what was understood of a message until the next.
 *   4. Coming back to a step (a handback, a transfer) adds nothing: what was known there is taken to be so still. Proofs
 *      (`surely`) do not rely on that.
 */
import type { Compiled } from '../../compile/compiled.ts'
import { faceOf } from '../../kinds/faces.ts'
import type { AnyNode } from '../../kinds/index.ts'
import type { Graph, Step } from '../graph.ts'
import { areOpen } from './cases.ts'
import { domainOf } from './domain.ts'
import { forgottenAt, learntAt, learntBy, type Learnt } from './learnt.ts'
import { lostIn } from './outcomes.ts'

export interface Known {
  /** Whether a name is known at a node to whoever comes to it, once the node has done what it does on being entered. */
  at(node: string, name: string): boolean
  /** Whether a variable certainly has a value before a node: known there, and nowhere in the flow taken back; for proofs. */
  surely(node: string, name: string): boolean
}

const analysed = new WeakMap<Compiled, Known>()

export function knownAt(compiled: Compiled, graph: Graph): Known {
  const cached = analysed.get(compiled)
  if (cached) return cached
  const known = new Analysis(compiled, graph, () => true)
  analysed.set(compiled, known)
  return known
}

/** The same for those who come only by some steps. */
export function knownBy(compiled: Compiled, graph: Graph, follow: (step: Step) => boolean): Known {
  return new Analysis(compiled, graph, follow)
}

/** Names as bits of one number. */
type Bits = bigint
interface Way {
  readonly step: Step
  readonly learns: Bits
}

class Analysis implements Known {
  readonly #compiled: Compiled
  readonly #start: string
  readonly #bitOf = new Map<string, Bits>()
  readonly #ways = new Map<string, Way[]>()
  readonly #forgets = new Map<string, Bits>()
  readonly #learns = new Map<string, Bits>()
  readonly #before = new Map<string, Bits>()
  /** What is known once a node was entered; looked up when nothing changes any more. */
  readonly #after = new Map<string, Bits>()
  readonly #takenBack: ReadonlySet<string>
  readonly #groups = new Map<string, Bits>()

  constructor(compiled: Compiled, graph: Graph, follow: (step: Step) => boolean) {
    this.#compiled = compiled
    this.#start = graph.start
    const learnt = learntBy(compiled)
    this.#name(learnt)
    for (const node of compiled.flow.nodes) this.#place(node)
    for (const step of graph.arcs) {
      if (step.returns || !follow(step)) continue
      const way = { step, learns: this.#bits(learnt.by(step)) }
      const ways = this.#ways.get(step.from)
      if (ways) ways.push(way)
      else this.#ways.set(step.from, [way])
    }
    this.#settle()
    for (const [place, bits] of this.#before) this.#after.set(place, this.#entered(place, bits))
    // A call may bring nothing.
    this.#takenBack = new Set(
      compiled.flow.nodes.flatMap((node) =>
        node.type === 'call'
          ? faceOf(node)
              .sets(node.data)
              .map((variable) => `vars.${variable}`)
          : node.type === 'set'
            ? node.data.assign.map((each) => `vars.${each.variable}`).filter((name) => !this.at(node.id, name))
            : [],
      ),
    )
  }

  at(node: string, name: string): boolean {
    const bits = this.#after.get(node)
    return bits === undefined || this.#holds(bits, name)
  }

  surely(node: string, name: string): boolean {
    const bits = this.#before.get(node)
    return (
      name.startsWith('vars.') &&
      (bits === undefined || this.#holds(bits, name)) &&
      !this.#takenBack.has(name.split('.').slice(0, 2).join('.'))
    )
  }

  #name({ names }: Learnt): void {
    const variables = Object.keys(this.#compiled.flow.variables).map((variable) => `vars.${variable}`)
    const own = ['agent.id', 'agent.name', 'handoff.reason', 'hours.open', 'hours.opens']
    for (const name of [...variables, ...own, ...names].flatMap(withHolders)) {
      if (!this.#bitOf.has(name)) this.#bitOf.set(name, 1n << BigInt(this.#bitOf.size))
    }
  }

  #place(node: AnyNode): void {
    const forgotten = forgottenAt(node).reduce((bits, group) => bits | this.#group(group), 0n)
    if (forgotten !== 0n) this.#forgets.set(node.id, forgotten)
    const learnt = learntAt(node)
    if (learnt.length > 0) this.#learns.set(node.id, this.#bits(learnt))
  }

  /** Until nothing more is found unknown: what is known at a place only grows less, so it ends. */
  #settle(): void {
    this.#before.set(this.#start, 0n)
    const open = new Set([this.#start])
    for (const place of open) {
      open.delete(place)
      const entered = this.#entered(place, this.#before.get(place) ?? 0n)
      for (const {
        step: { to },
        learns,
      } of this.#ways.get(place) ?? []) {
        const before = this.#before.get(to)
        const after = before === undefined ? entered | learns : before & (entered | learns)
        if (after === before) continue
        this.#before.set(to, after)
        open.add(to)
      }
    }
  }

  #entered(place: string, before: Bits): Bits {
    const node = this.#compiled.nodes.get(place)
    const kept = (before & ~(this.#forgets.get(place) ?? 0n)) | (this.#learns.get(place) ?? 0n)
    if (node?.type !== 'set') return kept
    return node.data.assign.reduce((bits, { variable, value }) => {
      const isLost = areOpen(
        lostIn(
          value,
          domainOf(this.#compiled.flow, (path) => this.#holds(bits, path)),
        ),
      )
      const own = this.#bitOf.get(`vars.${variable}`) ?? 0n
      const emptied = bits & ~own & ~this.#group(`vars.${variable}.`)
      return isLost ? emptied : emptied | own
    }, kept)
  }

  /** All names that begin so: everything inside one, as `vars.order.`, or of a kind, as `agent.`. */
  #group(beginning: string): Bits {
    const cached = this.#groups.get(beginning)
    if (cached !== undefined) return cached
    const bits = this.#bits([...this.#bitOf.keys()].filter((name) => name.startsWith(beginning)))
    this.#groups.set(beginning, bits)
    return bits
  }

  #holds(bits: Bits, name: string): boolean {
    return (bits & (this.#bitOf.get(name) ?? 0n)) !== 0n
  }

  #bits(names: readonly string[]): Bits {
    return names.flatMap(withHolders).reduce((bits, name) => bits | (this.#bitOf.get(name) ?? 0n), 0n)
  }
}

/** What is known of a part makes its holders known: of `vars.order.state` also `vars.order`. */
function withHolders(name: string): readonly string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 2).join('.'))
}
