import { OpenAPIHono } from '@hono/zod-openapi'
import type { DayReport, Staffed } from '#engine/routing/staffing/index.ts'
import type { DryRun } from '#server/runtime/dry-run.ts'
import type { Deps, Env } from '../environment.ts'
import { gives, route, takesJson } from '../route.ts'
import { dryRunBody, dryRunParam, dryRunView } from '../schemas/dry-run.ts'

const dryRunRoute = route('queues.plan', ['invalid', 'not-found', 'unavailable'], '/queues/{team}/dry-run', {
  method: 'post',
  tags: ['Queues'],
  summary: 'Replay a past day with other staff or other rules',
  description:
    'The arrivals of that day go through the same matching again, as it was and as asked. Nothing is changed.',
  request: { params: dryRunParam, body: takesJson(dryRunBody) },
  responses: { 200: gives('What happened, and both replays, for every half hour.', dryRunView) },
})

/** What another staffing would have come to. */
export function dryRuns({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(dryRunRoute, async (c) =>
    c.json(shown(await runtime.dryRuns.run(c.req.valid('param').team, c.req.valid('json'))), 200),
  )
}

function shown({ from, to, handle, patience, staff, measured, asItWas, asAsked, ...rest }: DryRun) {
  return {
    ...rest,
    from: iso(from),
    to: iso(to),
    handle: { ...handle, mean: whole(handle.mean) },
    patience: { ...patience, mean: whole(patience.mean) },
    staff: { asItWas: staff.asItWas.map(shift), asAsked: staff.asAsked.map(shift) },
    measured: outcome(measured),
    asItWas: outcome(asItWas),
    asAsked: outcome(asAsked),
  }
}

function shift({ shift: { agent, from, to }, because }: Staffed) {
  return { id: agent.id, name: agent.name, from: iso(from), to: iso(to), capacity: agent.capacity, because }
}

function outcome({ totals, intervals }: DayReport) {
  return {
    totals: {
      ...totals,
      meanWait: whole(totals.meanWait),
      medianWait: whole(totals.medianWait),
      p90Wait: whole(totals.p90Wait),
      longestWait: whole(totals.longestWait),
    },
    intervals: intervals.map((each) => ({
      ...each,
      from: iso(each.from),
      meanWait: whole(each.meanWait),
      p90Wait: whole(each.p90Wait),
    })),
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}

/** Replays count in fractions of milliseconds. */
function whole(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds)
}
