/**
 * What the server tells of its own work: figures always, traces where they are on. The runtime and the application name
 * what they do by one of the methods below; where no traces are taken a span is a plain call.
 */
import { waitingOf, type Snapshot } from '#engine/index.ts'
import { OutboundError, type Network, type OutboundRequest } from '../network/index.ts'
import { agentOf } from '../runtime/columns.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import type { HandoffStep } from '../store/commit.ts'
import type { Meters } from './meters.ts'

export interface Span {
  name(name: string): void
  set(attributes: Readonly<Record<string, string | number>>): void
  failed(): void
}

export interface SpanOptions {
  readonly name: string
  readonly kind?: 'inside' | 'server' | 'client' | 'consumer'
  readonly attributes?: Readonly<Record<string, string | number>>
  /** A `traceparent` it goes on from; left out: the span that runs now. */
  readonly parent?: string | undefined
}

export interface Tracing {
  /** Runs work as a span. */
  run<Result>(options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>
  /** Of the span that runs now. */
  traceparent(): string | undefined
  /** Sends what is left. */
  close(): Promise<void>
}

export interface Telemetry {
  /** An event of a conversation, from being asked to being durable or refused. */
  event<Result>(type: string, conversation: string, work: () => Promise<Result>): Promise<Result>
  /** A part of one. */
  part<Result>(name: 'decide' | 'commit', work: () => Promise<Result>): Promise<Result>
  /** A try of an effect; `parent` is the trace that the effect was decided in. */
  effect(type: string, conversation: string, parent: string | undefined, work: () => Promise<void>): Promise<void>
  /** The trace that runs now, to be gone on with by an effect. */
  trace(): string | undefined
  /** What a durable event changed: what began by it, and which waits, persons' parts and offers it ended. */
  committed(before: Snapshot | null, after: Snapshot, event: string, handoff: readonly HandoffStep[]): void
}

/** Tells nothing. */
export const untold: Telemetry = {
  event: (_type, _conversation, work) => work(),
  part: (_name, work) => work(),
  effect: (_type, _conversation, _parent, work) => work(),
  trace: () => undefined,
  committed: () => undefined,
}

export function createTelemetry(meters: Meters, tracing: Tracing | undefined): Telemetry {
  return {
    async event(type, conversation, work) {
      const began = performance.now()
      try {
        const span = { name: `event ${type}`, attributes: { 'baton.conversation': conversation, 'baton.event': type } }
        const result = await (tracing === undefined ? work() : tracing.run(span, work))
        meters.events.observe(since(began), type, 'taken')
        return result
      } catch (error) {
        meters.events.observe(since(began), type, outcomeOf(error))
        throw error
      }
    },
    part: (name, work) => (tracing === undefined ? work() : tracing.run({ name }, work)),
    async effect(type, conversation, parent, work) {
      const began = performance.now()
      const attributes = { 'baton.conversation': conversation, 'baton.effect': type }
      try {
        await (tracing === undefined
          ? work()
          : tracing.run({ name: `effect ${type}`, kind: 'consumer', attributes, parent }, work))
        meters.effects.observe(since(began), type, 'done')
      } catch (error) {
        meters.effects.observe(since(began), type, 'failed')
        throw error
      }
    },
    trace: () => tracing?.traceparent(),
    committed: (before, after, event, handoff) => {
      if (before === null) meters.started.add()
      else noteEnded(meters, before, after, event)
      for (const step of handoff) {
        if (step.did !== 'entered') continue
        meters.asked.add()
        meters.reasons.add(step.signals[0] ?? 'flow')
      }
    },
  }
}

/** A way out that carries the trace along and is measured. Which host is told, not which address on it. */
export function tellingNetwork(network: Network, meters: Meters, tracing: Tracing | undefined): Network {
  async function measured(request: OutboundRequest) {
    const began = performance.now()
    try {
      const answer = await network.request(request)
      meters.outgoing.observe(since(began), `${Math.floor(answer.status / 100)}xx`)
      return answer
    } catch (error) {
      meters.outgoing.observe(since(began), error instanceof OutboundError ? error.code : 'failed')
      throw error
    }
  }
  if (tracing === undefined) return { request: measured, close: () => network.close() }
  return {
    request: (request) => {
      const method = request.method.toUpperCase()
      const host = URL.canParse(request.url) ? new URL(request.url).hostname : ''
      const attributes = { 'http.request.method': method, 'server.address': host }
      return tracing.run({ name: method, kind: 'client', attributes }, async (span) => {
        const traceparent = tracing.traceparent()
        const headers = { ...request.headers, ...(traceparent === undefined ? {} : { traceparent }) }
        const answer = await measured({ ...request, headers })
        span.set({ 'http.response.status_code': answer.status })
        if (answer.status >= 400) span.failed()
        return answer
      })
    },
    close: () => network.close(),
  }
}

function noteEnded(meters: Meters, before: Snapshot, after: Snapshot, event: string): void {
  const [waited, waiting] = [waitingOf(before), waitingOf(after)]
  const [held, holds] = [agentOf(before), agentOf(after)]
  if (waited !== null && waiting?.team !== waited.team)
    meters.waits.observe((after.at - waited.since) / 1000, waited.team, holds === null ? 'left' : 'accepted')
  if (waited?.offered != null && waiting?.offered?.agent.id !== waited.offered.agent.id)
    meters.offers.add(offerOutcome(event, holds === waited.offered.agent.id))
  const asked = before.machine.context.waiting
  if (held !== null && held !== holds && asked !== null)
    meters.handoffs.observe((after.at - asked.since) / 1000, asked.team)
}

function offerOutcome(event: string, taken: boolean): string {
  if (taken) return 'accepted'
  if (event === 'agent.decline') return 'declined'
  return event === 'offer.ended' ? 'missed' : 'withdrawn'
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof RuntimeError)) return 'failed'
  return error.code === 'unavailable' ? 'unavailable' : 'refused'
}

function since(began: number): number {
  return (performance.now() - began) / 1000
}
