import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { TypedResponse } from 'hono'
import type { Erasure } from '#server/operation/customers.ts'
import { tell } from '../audited.ts'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { customerParam, erased, erasure, exported } from '../schemas/operation.ts'
import { listOf, whole } from '../schemas/list.ts'

const tags = ['Customers']
const DOWNLOAD = {
  'Content-Type': 'application/json',
  'Content-Disposition': 'attachment; filename="customer.json"',
  'Cache-Control': 'no-store',
}
const WHO =
  'A customer is all conversations that are known by this id or e-mail address; who gave neither is the one conversation of this id.'

const exportRoute = route('customers.export', ['not-found', 'unavailable'], '/customers/{id}/export', {
  method: 'get',
  tags,
  summary: 'Give out everything of a customer',
  'x-audit': 'customer.exported',
  description: `${WHO} One JSON document: conversations with their logs, files, tickets, calls and mails.`,
  request: { params: customerParam },
  responses: { 200: gives('Everything that is kept.', exported) },
})
const eraseRoute = route('customers.erase', ['not-found', 'unavailable'], '/customers/{id}', {
  method: 'delete',
  tags,
  summary: 'Forget a customer',
  'x-audit': 'customer.erased',
  description: [
    WHO,
    'Everything goes, at once and for good, on all servers; conversations that are open end by it. Only the figures of',
    'handoffs stay, without the person. What is left is a record of the erasure that names nobody: `customer` is the',
    'SHA-256 of `proof`, a line break and the id or address in small letters. `proof` is shown this once and kept',
    'nowhere: whoever keeps it can show whose record it is.',
  ].join(' '),
  request: { params: customerParam },
  responses: { 200: gives('Nothing is kept any more.', erased) },
})
const erasuresRoute = route('customers.erase', ['unavailable'], '/erasures', {
  method: 'get',
  tags,
  summary: 'See what was erased and when',
  responses: { 200: gives('The latest first.', listOf(erasure)) },
})

/** What is kept of one customer. */
export function customers({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(exportRoute, async (c) => {
      const bundle = await runtime.customers.export(c.req.valid('param').id)
      // The pieces of one JSON document of the schema above.
      return new Response(readable(bundle), { status: 200, headers: DOWNLOAD }) as Response &
        TypedResponse<z.output<typeof exported>, 200, 'json'>
    })
    .openapi(eraseRoute, async (c) => {
      const { proof, ...record } = await runtime.customers.erase(c.req.valid('param').id)
      tell(c, { id: record.customer })
      return c.json({ ...shown(record), proof }, 200)
    })
    .openapi(erasuresRoute, async (c) => c.json(whole((await runtime.customers.erasures()).map(shown)), 200))
}

function shown({ at, rows, ...same }: Erasure) {
  return { ...same, rows: { ...rows }, at: new Date(at).toISOString() }
}

/** A piece is made when the one before has been taken. */
function readable(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
