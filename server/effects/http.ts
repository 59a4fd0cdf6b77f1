import type { EffectOf, Json } from '#engine/index.ts'
import { messageId, OutboundError, persist, readJson, realPause, type OutboundAnswer } from '../network/index.ts'
import type { EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'
import { tellDone, type Outcome } from './report.ts'

/**
 * A flow's `call`. The whole of its tries is one run; the job's own attempts are for our faults, not the service's. The
 * service may know a repeated call by its `idempotency-key`, the effect's id.
 */
export function createHttp(deps: EffectDeps): EffectHandler<'http'> {
  return {
    type: 'http',
    maxAttempts: 5,
    needs: () => 'job',
    async run(effect, context) {
      await tellDone(deps, effect, context, await call(deps, effect, context.signal))
    },
    async gaveUp(effect, context, error) {
      await tellDone(deps, effect, context, { ok: false, error })
    },
  }
}

async function call(
  { network, clock, pause = realPause }: EffectDeps,
  effect: EffectOf<'http'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const send = (): Promise<OutboundAnswer> =>
    network.request({
      url: effect.url,
      method: effect.method,
      headers: { ...ownHeaders(effect), ...lowerCased(effect.headers) },
      ...(effect.body === undefined ? {} : { body: effect.body }),
      timeout: Math.min(effect.timeout, LONGEST_TRY),
      maxBytes: LARGEST_ANSWER,
      redirects: 3,
      signal,
    })
  try {
    return outcomeOf(await persist(send, { tries: effect.retries + 1, pause, clock, signal }))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof OutboundError) return { ok: false, error: error.message }
    throw error
  }
}

function outcomeOf(answer: OutboundAnswer): Outcome {
  const value = { status: answer.status, body: bodyOf(answer) }
  if (answer.status >= 200 && answer.status <= 299) return { ok: true, value }
  return { ok: false, error: `The service answered ${answer.status}.`, value }
}

/** JSON as what it is, all else as text. */
function bodyOf({ body, headers }: OutboundAnswer): Json {
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '')
  return (isJson ? readJson(body)?.value : undefined) ?? body
}

function ownHeaders(effect: EffectOf<'http'>): Readonly<Record<string, string>> {
  const about = { accept: 'application/json, */*;q=0.5', 'idempotency-key': messageId(effect.id) }
  if (effect.body === undefined) return about
  return { ...about, 'content-type': readJson(effect.body) ? 'application/json' : 'text/plain; charset=utf-8' }
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

const LONGEST_TRY = 60_000
const LARGEST_ANSWER = 256 * 1024
