import { measured } from '#engine/routing/staffing/day.ts'
import type { DryRunAsk, DryRuns } from '#server/runtime/dry-run.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { came, DAY, HOUR, MINUTE, pastDay, shift, SPAN } from '../../engine/routing/staffing/past.ts'

/** One customer at one in the morning of 1970-01-01 waited for two minutes; `asked` holds what was asked for. */
export function fakeDryRuns(): DryRuns & { readonly asked: DryRunAsk[] } {
  const asked: DryRunAsk[] = []
  const staff = [{ shift: shift('ann', {}, 0, 2 * HOUR), because: 'accepted' as const }]
  const arrivals = [came('c1', HOUR, { waited: 2 * MINUTE + 0.4 })]
  const outcome = measured(
    pastDay(
      arrivals,
      staff.map((each) => each.shift),
    ),
    SPAN,
  )
  return {
    asked,
    async run(team, ask) {
      asked.push(ask)
      if (team !== 'support') throw new RuntimeError('not-found', `There is no team “${team}”.`)
      return {
        ...SPAN,
        team,
        day: ask.day,
        timezone: ask.timezone,
        from: 0,
        to: DAY,
        handle: { mean: 5 * MINUTE + 0.4, over: 1 },
        patience: { mean: null, over: 0 },
        staff: { asItWas: staff, asAsked: staff },
        measured: outcome,
        asItWas: outcome,
        asAsked: outcome,
        notes: ['Who was online that day is not kept.'],
      }
    },
  }
}
