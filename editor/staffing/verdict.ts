/** What was asked for and what it would have come to, in sentences: what differs, and only that. */
import type { DryRun, DryRunTotals } from '#ui/dry-run.ts'
import { words } from '../words/en.ts'
import { length, percent } from './figures.ts'

const said = words.staffing.verdict

/** Wait, who leaves, how busy people are: as asked instead of as it was. Nothing differs: one sentence says why. */
export function verdictOf(run: Pick<DryRun, 'asItWas' | 'asAsked'>, isAsItWas: boolean): readonly string[] {
  if (isAsItWas) return [said.same]
  const [was, asked] = [run.asItWas.totals, run.asAsked.totals]
  const sentences = parts.flatMap(({ figure, say }) => {
    const [before, after] = [figure(was), figure(asked)]
    return before === after ? [] : [say(after, before)]
  })
  return sentences.length === 0 ? [said.unchanged] : sentences
}

/** How far the replay is to be trusted: what it says of the day beside what was measured. */
export function trustOf({ measured, asItWas }: Pick<DryRun, 'measured' | 'asItWas'>): string {
  return said.trust(length(asItWas.totals.meanWait), length(measured.totals.meanWait))
}

interface Part {
  figure(totals: DryRunTotals): string
  say(after: string, before: string): string
}

const parts: readonly Part[] = [
  { figure: ({ p90Wait }) => length(p90Wait), say: said.wait },
  { figure: ({ abandonment }) => percent(abandonment), say: said.left },
  { figure: ({ occupancy }) => percent(occupancy), say: said.busy },
  { figure: ({ inGoal }) => percent(inGoal), say: said.inGoal },
]
