import { OpenAPIHono } from '@hono/zod-openapi'
import type { z } from 'zod'
import type { Compared, Course } from '#engine/backtest/index.ts'
import { parseFlow, type Flow } from '#engine/index.ts'
import type { BacktestAsk, BacktestPage } from '#server/runtime/backtest.ts'
import type { Deps, Env } from '../environment.ts'
import { MEGABYTE } from '../json-body.ts'
import { Problem } from '../problem.ts'
import { shownMessage } from '../project.ts'
import { gives, route, takesJson } from '../route.ts'
import { backtestBody, backtestView } from '../schemas/backtest.ts'
import { FLOW_LIMIT_MB } from '../schemas/flow.ts'
import { idParam } from '../schemas/list.ts'

const backtestRoute = route(
  'flows.backtest',
  ['invalid', 'not-found', 'unavailable'],
  '/flows/{id}/backtest',
  {
    method: 'post',
    tags: ['Flows'],
    summary: 'Play past conversations through a draft',
    description:
      'The customers, the bots and the agents do what they did; the draft does with it what it would have done. ' +
      'What comes after the first message that differs is a guess, and is called one. Nothing is changed. ' +
      'One call does one page, the newest conversations first: ' +
      'send `next` as `cursor` with the same body for the following one.',
    request: { params: idParam, body: takesJson(backtestBody) },
    responses: { 200: gives('What would have been otherwise in the conversations of this page.', backtestView) },
  },
  FLOW_LIMIT_MB * MEGABYTE,
)

/** What a draft would have done. */
export function backtests({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(backtestRoute, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(shown(await runtime.backtests.run(id, askOf(id, c.req.valid('json')))), 200)
  })
}

function askOf(id: string, { flow, from, to, ...rest }: z.output<typeof backtestBody>): BacktestAsk {
  return {
    ...rest,
    ...(flow === undefined ? {} : { flow: draftOf(id, flow) }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  }
}

/** A malformed draft is refused with every fault at once. */
function draftOf(id: string, body: unknown): Flow {
  const read = parseFlow(body)
  if (!read.ok) {
    const errors = read.faults.map(({ pointer, message }) => ({ pointer: `/flow${pointer}`, message }))
    throw new Problem(
      'malformed',
      `The flow has ${errors.length} ${errors.length === 1 ? 'fault' : 'faults'}; see “errors”.`,
      { errors },
    )
  }
  if (read.flow.id === id) return read.flow
  throw new Problem('invalid', `The flow’s id is “${read.flow.id}” and the address says “${id}”; make them the same.`, {
    errors: [{ pointer: '/flow/id', message: `must be “${id}”` }],
  })
}

function shown({ differences, ...page }: BacktestPage) {
  return { ...page, differences: differences.map(difference) }
}

function difference({ at, before, after, ...rest }: Compared) {
  return { ...rest, at: new Date(at).toISOString(), before: course(before), after: course(after) }
}

function course({ messages, ...rest }: Course) {
  return { ...rest, ...(messages === undefined ? {} : { messages: messages.map(shownMessage) }) }
}
