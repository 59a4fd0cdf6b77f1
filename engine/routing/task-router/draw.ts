/**
 * Filters and their queues as a flow. Laws:
 * 1. The first filter that matches is the one. When its last target times out, the next filter that matches is; when
 *    there is none, the wait ends with a ticket, where TaskRouter cancels the task.
 * 2. The default filter is for tasks that no filter matches, or that were skipped on from one.
 */
import { Drawing } from './drawing.ts'
import { nodeNames, type Names } from './names.ts'
import { A_DAY, AT_ONCE, type PlannedQueue } from './plan.ts'

export interface PlannedFilter {
  readonly path: readonly PropertyKey[]
  readonly name: string
  /** CEL; true for every task. */
  readonly when: string | true
  readonly queues: readonly [PlannedQueue, ...PlannedQueue[]]
}

export interface Plan {
  readonly filters: readonly PlannedFilter[]
  readonly otherwise: PlannedFilter | null
}

export interface Drawn {
  readonly drawing: Drawing
  /** Which part of the workflow a node stands for, by its id. */
  readonly origins: ReadonlyMap<string, readonly PropertyKey[]>
}

const FIXED = { start: 'start', person: 'person', message: 'leaveMessage', done: 'done' } as const

const WORDS = {
  join:
    'You are number {{ queue.position }} in line, about {{ queue.eta }}. Whoever takes over sees everything, so you ' +
    'won’t need to repeat yourself.',
  moved: 'You keep your place: number {{ queue.position }} in line, about {{ queue.eta }}.',
  person: '{{ agent.name }} here. I have read everything, so you won’t need to repeat yourself.',
  message: 'Nobody is free right now. A colleague will answer you by email within a day.',
  done: 'Thank you for writing to us.',
} as const

/** Draws the flow that does what the workflow says. */
export function draw(plan: Plan): Drawn {
  return new Drawer(plan).drawn()
}

/** Whether any queue has a priority. */
export function hasPriorities({ filters, otherwise }: Plan): boolean {
  const all = otherwise === null ? filters : [...filters, otherwise]
  return all.some(({ queues }) => queues.some(({ priority }) => priority > 0))
}

/** Where a task goes that no filter matches: to the default filter, or to a ticket. */
type Rest = 'otherwise' | 'message'

class Drawer {
  readonly #plan: Plan
  readonly #drawing = new Drawing()
  readonly #origins = new Map<string, readonly PropertyKey[]>()
  readonly #names: Names = nodeNames(Object.values(FIXED))
  readonly #entries = new Map<string, string>()
  /** One point of priority goes before all waiting, as in TaskRouter, where any is used. */
  readonly #hasPriorities: boolean

  constructor(plan: Plan) {
    this.#plan = plan
    this.#hasPriorities = hasPriorities(plan)
  }

  drawn(): Drawn {
    const drawing = this.#drawing
    drawing.node(FIXED.start, 'start', {})
    drawing.edge(FIXED.start, 'next', this.#enter(0, 'otherwise'))
    drawing.node(FIXED.person, 'agent', { intro: WORDS.person })
    drawing.node(FIXED.message, 'ticket', { text: WORDS.message, replyWithin: '1d' })
    drawing.node(FIXED.done, 'close', { text: WORDS.done, reason: 'resolved' })
    drawing.edge(FIXED.person, 'resolved', FIXED.done)
    // There is no bot to hand back to.
    drawing.edge(FIXED.person, 'handback', FIXED.done)
    drawing.edge(FIXED.message, 'created', FIXED.done)
    return { drawing, origins: this.#origins }
  }

  /** Where a task goes that is held against the filters from the one at `from` on. Each such place is drawn once. */
  #enter(from: number, rest: Rest): string {
    const key = `${from} ${rest}`
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const entry = this.#drawEntry(from, rest)
    this.#entries.set(key, entry)
    return entry
  }

  #drawEntry(from: number, rest: Rest): string {
    const left = this.#plan.filters.slice(from)
    const always = left.findIndex(({ when }) => when === true)
    const asked = always < 0 ? left : left.slice(0, always)
    const last = (): string => (always < 0 ? this.#enterRest(rest) : this.#enterFilter(from + always))
    const [first] = asked
    if (first === undefined) return last()
    const cases = asked.map(({ name, when }, index) => ({ id: `filter${from + index + 1}`, label: name, when }))
    const id = from === 0 ? 'route' : `route-after-${from}`
    const branch = this.#node({
      wish: id,
      type: 'branch',
      data: { cases },
      origin: first.path,
      height: heightOf(cases),
    })
    cases.forEach(({ id }, index) => this.#drawing.edge(branch, `case:${id}`, this.#enterFilter(from + index)))
    this.#drawing.edge(branch, 'else', last())
    return branch
  }

  #enterRest(rest: Rest): string {
    return rest === 'message' ? FIXED.message : this.#enterFilter(this.#plan.filters.length)
  }

  /** The first queue of a filter; the default filter comes after all others. */
  #enterFilter(index: number): string {
    const key = `filter ${index}`
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const filter = this.#plan.filters[index] ?? this.#plan.otherwise
    if (filter === null) return FIXED.message
    const ids = filter.queues.map((queue, place) => this.#queue(filter, queue, place))
    const [first] = ids
    if (first === undefined) return FIXED.message
    this.#entries.set(key, first)
    const rest = index < this.#plan.filters.length ? 'otherwise' : 'message'
    filter.queues.forEach((queue, place) => {
      const id = ids[place] ?? first
      const next = ids[place + 1]
      const onTimeout = () => next ?? this.#enter(index + 1, 'message')
      const onSkip = () => next ?? this.#enter(index + 1, rest)
      this.#lead(id, queue, onTimeout, onSkip)
    })
    return first
  }

  #lead(id: string, { lasts, skip }: PlannedQueue, onTimeout: () => string, onSkip: () => string): void {
    this.#drawing.edge(id, 'accepted', FIXED.person)
    const timeout = skip === 'unlessAtOnce' ? onSkip() : lasts === null ? FIXED.message : onTimeout()
    this.#drawing.edge(id, 'timeout', timeout)
    if (skip !== 'never') this.#drawing.edge(id, 'empty', onSkip())
  }

  #queue(filter: PlannedFilter, queue: PlannedQueue, place: number): string {
    const { skills, prefer, language, sameAgent, relax, lasts, skip, priority } = queue
    const data = {
      team: queue.team,
      ...(isEmpty(skills) ? {} : { skills }),
      ...(isEmpty(prefer) ? {} : { prefer }),
      ...(language === null ? {} : { language }),
      ...(sameAgent === null ? {} : { sameAgent: duration(sameAgent) }),
      ...(priority === 0 ? {} : { priority }),
      ...(this.#hasPriorities ? { ageing: '1d' } : {}),
      text: place === 0 ? WORDS.join : WORDS.moved,
      maxWait: duration(skip === 'unlessAtOnce' ? AT_ONCE : (lasts ?? A_DAY)),
      ...(relax.length === 0 ? {} : { relax: relax.map(relaxStep) }),
    }
    return this.#node({ wish: filter.name, type: 'queue', data, origin: queue.path })
  }

  #node({ wish, type, data, origin, height }: Wanted): string {
    const id = this.#names.fresh(wish)
    this.#origins.set(id, origin)
    return this.#drawing.node(id, type, data, height)
  }
}

interface Wanted {
  /** The id it gets, unless that is taken. */
  readonly wish: string
  readonly type: string
  readonly data: unknown
  readonly origin: readonly PropertyKey[]
  readonly height?: number
}

/** A branch has a line for each case, and one more. */
function heightOf(cases: readonly unknown[]): number {
  return Math.max(200, 120 + 25 * (cases.length + 1))
}

function relaxStep({ after, drop, lower, teams }: PlannedQueue['relax'][number]) {
  return {
    after: duration(after),
    ...(drop.length === 0 ? {} : { drop }),
    ...(isEmpty(lower) ? {} : { lower }),
    ...(teams.length === 0 ? {} : { teams }),
  }
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0
}

/** Seconds as a person writes them, in the largest unit that needs no fraction. */
function duration(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ] as const
  const [size, unit] = units.find(([each]) => seconds % each === 0) ?? [1, 's']
  return `${seconds / size}${unit}`
}
