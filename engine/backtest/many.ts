/** Many conversations through a draft, and through the draft at every value of a swept figure. */
import type { Flow } from '../flow/parse.ts'
import { Refusal } from '../step/result.ts'
import { compared, type Backtesting, type Compared } from './compare.ts'
import { stepsOf, type Recorded, type RecordedStep } from './record.ts'
import { byTelling, countsOf, type Change, type Report, type Swept } from './report.ts'

/** A draft, and the same draft at each value of a swept figure. */
export interface Drafts {
  readonly draft: Flow
  readonly sweep?: readonly { readonly value: number; readonly flow: Flow }[]
}

/** Backtests every conversation. One that cannot be played is skipped, and the report says why. */
export function backtestAll(
  conversations: Iterable<Recorded & { readonly conversation: string }>,
  { draft, sweep }: Drafts,
  { schedules = {}, detail = false }: Backtesting = {},
): Report<Compared> {
  const tally = new Tally()
  const swept = sweep?.map((each) => ({ ...each, tally: new Tally() }))
  for (const { conversation, flow, log } of conversations) {
    const steps = stepsOf(log)
    const attempt = (through: Flow, into: Tally, detail: boolean): void => {
      const result = attempted(steps, flow, through, { schedules, detail })
      if (typeof result === 'string') into.skip(conversation, result)
      else into.count(result)
    }
    attempt(draft, tally, detail)
    for (const { flow: at, tally: its } of swept ?? []) attempt(at, its, false)
  }
  return {
    ...tally.report(),
    ...(swept === undefined ? {} : { sweep: swept.map(({ value, tally: its }) => its.swept(value)) }),
  }
}

/** Why it cannot be played, in a sentence, where it cannot: one bad record keeps nobody from the others. */
function attempted(
  steps: readonly RecordedStep[],
  flow: Flow,
  draft: Flow,
  options: Required<Backtesting>,
): Compared | string {
  try {
    return compared(steps, flow, draft, options)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    return `It cannot be played: ${error instanceof Error ? error.message : String(error)}`
  }
}

class Tally {
  readonly #changes = new Map<Change, number>()
  readonly #differences: Compared[] = []
  readonly #skipped: { readonly conversation: string; readonly why: string }[] = []
  #replayed = 0
  #before = 0
  #after = 0

  count(compared: Compared): void {
    this.#replayed++
    if (compared.before.handoff !== null) this.#before++
    if (compared.after.handoff !== null) this.#after++
    for (const change of compared.what) this.#changes.set(change, this.#of(change) + 1)
    if (compared.what.length > 0) this.#differences.push(compared)
  }

  skip(conversation: string, why: string): void {
    this.#skipped.push({ conversation, why })
  }

  report(): Report<Compared> {
    return {
      replayed: this.#replayed,
      same: this.#replayed - this.#differences.length,
      unsure: this.#differences.filter((each) => each.unsure).length,
      handoffs: { before: this.#before, after: this.#after },
      changes: countsOf((change) => this.#of(change)),
      differences: this.#differences.sort(byTelling),
      skipped: this.#skipped,
    }
  }

  swept(value: number): Swept {
    return {
      value,
      handoffs: this.#after,
      earlier: this.#of('earlier'),
      later: this.#of('later'),
      never: this.#of('never'),
      newly: this.#of('newly'),
      otherTeam: this.#of('otherTeam'),
    }
  }

  #of(change: Change): number {
    return this.#changes.get(change) ?? 0
  }
}
