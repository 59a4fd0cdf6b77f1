/**
 * Traces, by OpenTelemetry: off unless OTEL_EXPORTER_OTLP_ENDPOINT is set, and then this module is loaded. Laws:
 * 1. A span says what was done, to which conversation and how it ended; never what anybody wrote, nor an address.
 * 2. Spans leave by OTLP over HTTP as JSON, through the server's own way out, many at once. A collector that is slow or
 *    gone costs spans, never a request.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type SpanContext,
} from '@opentelemetry/api'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace'
import { createNetwork, readAllowList } from '../network/index.ts'
import type { Log } from '../runtime/log.ts'
import type { Span, Tracing } from './telemetry.ts'

export interface TracingConfig {
  /** The collector’s address, without `/v1/traces`. */
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  /** How this server is called there. */
  readonly service: string
  /** The share of traces that are kept: 0 to 1. */
  readonly share: number
}

const KINDS = {
  inside: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
} as const
const TIMEOUT = 10_000
const LARGEST_ANSWER = 64 * 1024
const LAST_WORDS = 2_000

/** Starts tracing. One for a process. */
export function createTracing(config: TracingConfig, log: Log): Tracing {
  const exporter = createExporter(config, log)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': config.service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: TIMEOUT, scheduledDelayMillis: 1_000 })],
  })
  const tracer = provider.getTracer('baton')
  const running = new AsyncLocalStorage<SpanContext>()

  return {
    async run({ name, kind = 'inside', attributes = {}, parent }, work) {
      const over = parent === undefined ? running.getStore() : readTraceparent(parent)
      const context = over === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, over)
      const started = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes } }, context)
      const span: Span = {
        name: (given) => void started.updateName(given),
        set: (more) => void started.setAttributes(more satisfies Attributes),
        failed: () => void started.setStatus({ code: SpanStatusCode.ERROR }),
      }
      try {
        return await running.run(started.spanContext(), () => work(span))
      } catch (error) {
        // The kind of fault only: a message may quote what somebody wrote.
        started.setAttributes({ 'error.type': error instanceof Error ? error.name : typeof error })
        started.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        started.end()
      }
    },
    traceparent() {
      const now = running.getStore()
      return now && writeTraceparent(now)
    },
    async close() {
      await provider.forceFlush({ timeoutMillis: LAST_WORDS }).catch(() => undefined)
      await provider.shutdown().catch(() => undefined)
    },
  }
}

/** W3C Trace Context, https://www.w3.org/TR/trace-context/; undefined for what is none. */
function readTraceparent(text: string): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? []
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined
  const traceFlags = parseInt(flags, 16) & 1 ? TraceFlags.SAMPLED : TraceFlags.NONE
  return { traceId, spanId, traceFlags, isRemote: true }
}

function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

function createExporter({ endpoint, headers }: TracingConfig, log: Log): SpanExporter {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/v1/traces`)
  const port = url.port || (url.protocol === 'https:' ? 443 : 80)
  // Whoever configures the server names the collector, and it is mostly inside: it alone is allowed here.
  const network = createNetwork({ allow: readAllowList(`${url.hostname}:${port}`).allow })
  const decoder = new TextDecoder()
  let troubled = false

  async function send(body: string): Promise<void> {
    const { status } = await network.request({
      url: url.href,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      timeout: TIMEOUT,
      maxBytes: LARGEST_ANSWER,
    })
    if (status < 200 || status > 299) throw new Error(`The collector of traces answered ${status}.`)
  }

  return {
    export(spans, done) {
      const body = JsonTraceSerializer.serializeRequest(spans)
      send(decoder.decode(body)).then(
        () => {
          troubled = false
          done({ code: 0 })
        },
        (error: unknown) => {
          // Once, not for each batch.
          if (!troubled) log.warn({ err: error, spans: spans.length }, 'Traces could not be sent and are lost.')
          troubled = true
          done({ code: 1 })
        },
      )
    },
    shutdown: () => network.close(),
  }
}
