/**
 * Figures in Prometheus' text format (version 0.0.4). Counters begin at zero when the process does, as its counters do.
 */
import type { Metrics, QueueView } from '#server/runtime/runtime.ts'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

export interface ProcessFigures {
  readonly startedAt: number
  readonly residentBytes: number
  readonly heapBytes: number
  /** CPU seconds used so far. */
  readonly cpuSeconds: number
}

export function prometheusText(
  metrics: Metrics,
  queues: readonly QueueView[],
  { startedAt, residentBytes, heapBytes, cpuSeconds }: ProcessFigures,
): string {
  const byTeam = (value: (queue: QueueView) => number | null): readonly Sample[] =>
    queues.flatMap((queue) => {
      const figure = value(queue)
      return figure === null ? [] : ([[{ team: queue.team }, figure]] as const)
    })
  return [
    family('baton_conversations_started_total', 'counter', 'Conversations begun since the process started.', [
      [{}, metrics.conversations],
    ]),
    family('baton_handoffs_total', 'counter', 'Conversations that left the bot for people since the process started.', [
      [{}, metrics.handoffs],
    ]),
    family(
      'baton_handoff_reasons_total',
      'counter',
      'Handoffs by reason since the process started.',
      Object.entries(metrics.reasons).map(([reason, count]) => [{ reason }, count]),
    ),
    family(
      'baton_conversations_open',
      'gauge',
      'Open conversations by phase.',
      Object.entries(metrics.open).map(([phase, count]) => [{ phase }, count]),
    ),
    family(
      'baton_queue_waiting',
      'gauge',
      'Conversations that wait for a team.',
      byTeam((queue) => queue.waiting),
    ),
    family(
      'baton_queue_offered',
      'gauge',
      'Conversations that are offered to somebody of a team.',
      byTeam((queue) => queue.offered),
    ),
    family(
      'baton_queue_longest_wait_seconds',
      'gauge',
      'How long the first in the queue has waited.',
      byTeam((queue) => seconds(queue.longestWait)),
    ),
    family(
      'baton_queue_eta_seconds',
      'gauge',
      'How long a new conversation would wait.',
      byTeam((queue) => seconds(queue.eta)),
    ),
    family(
      'baton_agents_online',
      'gauge',
      'Agents of a team who are online.',
      byTeam((queue) => queue.agents.online),
    ),
    family(
      'baton_agents_capacity',
      'gauge',
      'Conversations that the online agents of a team can hold.',
      byTeam((queue) => queue.agents.capacity),
    ),
    family(
      'baton_agents_load',
      'gauge',
      'Conversations that the agents of a team hold.',
      byTeam((queue) => queue.agents.load),
    ),
    family('process_start_time_seconds', 'gauge', 'When the process started, in seconds since 1970.', [
      [{}, startedAt / 1000],
    ]),
    family('process_resident_memory_bytes', 'gauge', 'Memory held by the process.', [[{}, residentBytes]]),
    family('nodejs_heap_size_used_bytes', 'gauge', 'Heap used by the process.', [[{}, heapBytes]]),
    family('process_cpu_seconds_total', 'counter', 'Processor time used by the process.', [[{}, cpuSeconds]]),
  ].join('')
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return ''
  const lines = samples.map(([labels, value]) => `${name}${labelled(labels)} ${value}`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000
}
