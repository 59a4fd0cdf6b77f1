/**
 * Figures in Prometheus' text format (version 0.0.4). What is counted is counted by this process (`meters.ts`), from zero
 * when it began: a count of rows would fall when rows go, and be told by each server again. What is read is what is now.
 * What each figure says is in docs/metrics.md; a test holds that table against this.
 */
import { family, type Meters, type Sample } from '#server/operation/meters.ts'
import type { Work } from '#server/operation/work.ts'
import type { QueueView } from '#server/runtime/runtime.ts'

export interface ProcessFigures {
  readonly startedAt: number
  readonly residentBytes: number
  readonly heapBytes: number
  /** CPU seconds used so far. */
  readonly cpuSeconds: number
  /** How late the event loop was since the last look, in seconds. */
  readonly loopLag: { readonly p99: number; readonly max: number }
}

export interface Scraped {
  /** Open conversations, by phase. */
  readonly open: Readonly<Record<string, number>>
  readonly queues: readonly QueueView[]
  readonly work: Work
  readonly process: ProcessFigures
  readonly meters?: Pick<Meters, 'text'> | undefined
}

export function prometheusText({ open, queues, work, process, meters }: Scraped): string {
  return [ofConversations(open), ofQueues(queues), ofWork(work), meters?.text() ?? '', ofProcess(process)].join('')
}

function ofConversations(open: Scraped['open']): string {
  return family('baton_conversations_open', 'gauge', 'Open conversations by phase.', by('phase', open))
}

function ofQueues(queues: readonly QueueView[]): string {
  const byTeam = (value: (queue: QueueView) => number | null): readonly Sample[] =>
    queues.flatMap((queue) => {
      const figure = value(queue)
      return figure === null ? [] : ([[{ team: queue.team }, figure]] as const)
    })
  const gauge = (name: string, help: string, value: (queue: QueueView) => number | null): string =>
    family(name, 'gauge', help, byTeam(value))
  return [
    gauge('baton_queue_waiting', 'Conversations that wait for a team.', (queue) => queue.waiting),
    gauge('baton_queue_offered', 'Conversations that are offered to somebody of a team.', (queue) => queue.offered),
    gauge('baton_queue_longest_wait_seconds', 'How long the first in the queue has waited.', (queue) =>
      seconds(queue.longestWait),
    ),
    gauge('baton_queue_eta_seconds', 'How long a new conversation would wait.', (queue) => seconds(queue.eta)),
    gauge('baton_agents_online', 'Agents of a team who are online.', (queue) => queue.agents.online),
    gauge(
      'baton_agents_capacity',
      'Conversations that the online agents of a team can hold.',
      (queue) => queue.agents.capacity,
    ),
    gauge('baton_agents_load', 'Conversations that the agents of a team hold.', (queue) => queue.agents.load),
  ].join('')
}

function ofWork({ jobs, deadLetters, connections }: Work): string {
  return [
    family(
      'baton_jobs',
      'gauge',
      'Timers and effects that wait or run, by task.',
      each(jobs, (job) => job.count),
    ),
    family(
      'baton_jobs_lag_seconds',
      'gauge',
      'How late the first job of a task is.',
      each(jobs, (job) => job.lag / 1000),
    ),
    family('baton_dead_letters', 'gauge', 'Effects and mails that failed for good.', by('state', deadLetters)),
    family(
      'baton_database_connections',
      'gauge',
      'Connections for events, and who waits for one.',
      by('state', connections),
    ),
  ].join('')
}

function ofProcess({ startedAt, residentBytes, heapBytes, cpuSeconds, loopLag }: ProcessFigures): string {
  const gauge = (name: string, help: string, value: number): string => family(name, 'gauge', help, [[{}, value]])
  return [
    gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', startedAt / 1000),
    gauge('process_resident_memory_bytes', 'Memory held by the process.', residentBytes),
    gauge('nodejs_heap_size_used_bytes', 'Heap used by the process.', heapBytes),
    gauge('nodejs_eventloop_lag_p99_seconds', 'How late the event loop was since the last scrape.', loopLag.p99),
    gauge(
      'nodejs_eventloop_lag_max_seconds',
      'How late the event loop was at most since the last scrape.',
      loopLag.max,
    ),
    family('process_cpu_seconds_total', 'counter', 'Processor time used by the process.', [[{}, cpuSeconds]]),
  ].join('')
}

function by(label: string, figures: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(figures).map(([name, value]) => [{ [label]: name }, value])
}

function each(jobs: Work['jobs'], value: (job: Work['jobs'][number]) => number): readonly Sample[] {
  return jobs.map((job) => [{ task: job.task }, value(job)])
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000
}
