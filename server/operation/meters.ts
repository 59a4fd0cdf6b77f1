/**
 * What this process counts and measures, in Prometheus' text format. Laws:
 * 1. A label takes few values: kinds, routes, teams, outcomes; never an id, never what somebody wrote.
 * 2. What comes after `MOST_SERIES` different labels of one figure is counted as `other`, so memory has a bound.
 */

/** Seconds, for what a person or a program waits for. */
const QUICK = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** Seconds, for what people do. */
const SLOW = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400]
const MOST_SERIES = 500

export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** A counter with labels. */
export interface Counter {
  add(...values: readonly string[]): void
}
/** A histogram with labels. */
export interface Histogram {
  observe(seconds: number, ...values: readonly string[]): void
}

export interface Meters {
  readonly requests: Histogram
  readonly events: Histogram
  readonly started: Counter
  readonly asked: Counter
  readonly reasons: Counter
  readonly waits: Histogram
  readonly handoffs: Histogram
  readonly offers: Counter
  readonly effects: Histogram
  readonly outgoing: Histogram
  readonly feeds: { opened(): void; closed(): void }
  text(): string
}

export function createMeters(): Meters {
  const requests = histogram('baton_http_request_seconds', 'Requests, from their head to that of the answer.', QUICK, [
    'method',
    'route',
    'status',
  ])
  const events = histogram(
    'baton_event_seconds',
    'Events of conversations, from being asked to being durable.',
    QUICK,
    ['type', 'outcome'],
  )
  const started = counter('baton_conversations_started_total', 'Conversations begun since the process started.', [])
  const asked = counter(
    'baton_handoffs_total',
    'Conversations that left the bot for people since the process started.',
    [],
  )
  const reasons = counter('baton_handoff_reasons_total', 'Handoffs by reason since the process started.', ['reason'])
  const waits = histogram('baton_queue_wait_seconds', 'How long customers waited for a person.', SLOW, [
    'team',
    'outcome',
  ])
  const handoffs = histogram(
    'baton_handoff_seconds',
    'Handoffs, from asking for a person to the end of that person’s part.',
    SLOW,
    ['team'],
  )
  const offers = counter('baton_offers_total', 'Offers to agents, by how they ended.', ['outcome'])
  const effects = histogram('baton_effect_seconds', 'Tries of effects.', QUICK, ['effect', 'outcome'])
  const outgoing = histogram('baton_outgoing_request_seconds', 'Requests to bots, services and webhooks.', QUICK, [
    'outcome',
  ])
  let open = 0
  return {
    ...{ requests, events, started, asked, reasons, waits, handoffs, offers, effects, outgoing },
    feeds: {
      opened: () => void open++,
      closed: () => void open--,
    },
    text: () =>
      [requests, events, started, asked, reasons, waits, handoffs, offers, effects, outgoing]
        .map((each) => each.text())
        .join('') + family('baton_feeds', 'gauge', 'Open streams of server-sent events.', [[{}, open]]),
  }
}

/** A figure of one name with all its samples. */
export function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(([labels, value]) => `${name}${labelled(labels)} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

interface Series<Kept> {
  of(values: readonly string[]): Kept
  readonly all: ReadonlyMap<string, { readonly labels: Readonly<Record<string, string>>; readonly kept: Kept }>
}

function series<Kept>(names: readonly string[], empty: () => Kept): Series<Kept> {
  const all = new Map<string, { readonly labels: Readonly<Record<string, string>>; readonly kept: Kept }>()
  function of(values: readonly string[]): Kept {
    const key = values.join('\n')
    const known = all.get(key)
    if (known !== undefined) return known.kept
    const other = all.size >= MOST_SERIES
    if (other && values.some((value) => value !== 'other')) return of(names.map(() => 'other'))
    const made = { labels: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])), kept: empty() }
    all.set(key, made)
    return made.kept
  }
  return { of, all }
}

function counter(name: string, help: string, labels: readonly string[]): Counter & { text(): string } {
  const counts = series(labels, () => ({ count: 0 }))
  // What may be none yet is told as 0, so that the first one counts.
  if (labels.length === 0) counts.of([])
  return {
    add: (...values) => void counts.of(values).count++,
    text: () =>
      family(
        name,
        'counter',
        help,
        [...counts.all.values()].map((each) => [each.labels, each.kept.count]),
      ),
  }
}

function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
  labels: readonly string[],
): Histogram & { text(): string } {
  const kept = series(labels, () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }))
  return {
    observe(seconds, ...values) {
      const one = kept.of(values)
      const found = bounds.findIndex((bound) => seconds <= bound)
      const index = found === -1 ? bounds.length : found
      one.counts[index] = (one.counts[index] ?? 0) + 1
      one.sum += seconds
    },
    text() {
      const lines = [...kept.all.values()].flatMap(({ labels: own, kept: { counts, sum } }) => {
        let all = 0
        const buckets = [...bounds.map(String), '+Inf'].map((le, index) => {
          all += counts[index] ?? 0
          return `${name}_bucket${labelled({ ...own, le })} ${all}\n`
        })
        return [...buckets, `${name}_sum${labelled(own)} ${sum}\n`, `${name}_count${labelled(own)} ${all}\n`]
      })
      return `# HELP ${name} ${help}\n# TYPE ${name} histogram\n${lines.join('')}`
    },
  }
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
