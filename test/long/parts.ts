/** The list of what `npm run test:long` runs, in order: a part is a command and the figures that it has to tell. */
import type { Promised } from './figure.ts'

export interface Part {
  /** The word after `npm run test:long --`. */
  readonly name: string
  readonly what: string
  /** Minutes that it takes on two cores, about. */
  readonly minutes: number
  readonly command: readonly string[]
  readonly figures: readonly Promised[]
}

const none = { atMost: 0 }

export const parts: readonly Part[] = [
  {
    name: 'simulation',
    what: 'the runtime on virtual time, with faults between any two steps, and forty planted bugs',
    minutes: 140,
    command: vitest('test/simulation'),
    figures: [
      {
        name: 'simulated seeds',
        what: 'random histories that were played',
        reach: { atLeast: 20_000 },
        as: /^(\d+) seeds, \d+ events/,
      },
      {
        name: 'simulated events',
        what: 'events in them',
        reach: { atLeast: 2_000_000 },
        as: /^\d+ seeds, (\d+) events/,
      },
      {
        name: 'simulated violations',
        what: 'laws that were broken',
        reach: none,
        as: /^\d+ seeds, .* (\d+) violations/,
      },
      {
        name: 'planted bugs caught',
        what: 'of those planted by hand',
        reach: { atLeast: 40 },
        lines: /^.+: seed \d+, \w/,
      },
    ],
  },
  {
    name: 'crash',
    what: 'kill -9 of the server and of PostgreSQL under load',
    minutes: 30,
    command: vitest('test/server/crash/crash.test.ts'),
    figures: [
      { name: 'kills of the server', what: 'at random moments', reach: { atLeast: 300 } },
      { name: 'lost or doubled by kills of the server', what: 'faults found by the audit', reach: none },
      { name: 'kills of PostgreSQL', what: 'at random moments', reach: { atLeast: 100 } },
      { name: 'lost or doubled by kills of PostgreSQL', what: 'faults found by the audit', reach: none },
    ],
  },
  {
    name: 'timers',
    what: 'deadlines over kills of the server',
    minutes: 20,
    command: vitest('test/server/crash/timers.test.ts'),
    figures: [
      { name: 'deadlines set', what: 'each in a conversation that waits', reach: { atLeast: 100_000 } },
      { name: 'restarts between deadlines', what: 'kill -9 of the server, and its next start', reach: { atLeast: 50 } },
      { name: 'deadlines lost, early or double', what: 'faults found by the audit', reach: none },
      {
        name: 'deadlines late, p99',
        what: 'after a deadline was due, or the server was ready again, whichever came later',
        reach: { atMost: 1_000 },
        unit: 'ms',
      },
    ],
  },
  {
    name: 'poison',
    what: 'effects that always fail and effects that hang beside healthy ones',
    minutes: 5,
    command: vitest('test/server/crash/poison.test.ts'),
    figures: [
      {
        name: 'healthy effects beside poison, p99',
        what: 'the time from event to delivery, against the time without poison',
        reach: { atMost: 1.5 },
      },
      { name: 'poison that is no dead letter', what: 'of the effects that fail or hang', reach: none },
      { name: 'dead letters not delivered when retried', what: 'once their destination is well', reach: none },
    ],
  },
  {
    name: 'nodes',
    what: 'three nodes on one database: killed, frozen, the database restarted',
    minutes: 20,
    command: vitest('test/server/nodes'),
    figures: [
      { name: 'chaos violations', what: 'faults found by the audit', reach: none },
      { name: 'takeover', what: 'until the work of a node that is gone goes on', reach: { atMost: 15 }, unit: 's' },
    ],
  },
  {
    name: 'rights',
    what: 'every role against every route; a leak fails the part',
    minutes: 5,
    command: vitest('test/server/identity', 'test/server/http/rights.test.ts'),
    figures: [],
  },
  {
    name: 'hostile',
    what: 'hostile requests, flows, addresses and payloads',
    minutes: 60,
    command: vitest('test/hostile', 'test/server/http/hostile.test.ts', 'test/server/network'),
    figures: [
      {
        name: 'hostile requests',
        what: 'none of them answered 5xx, none that was refused changed anything, or the part fails',
        reach: { atLeast: 200_000 },
        as: /hostile requests: (\d+)/,
      },
      {
        name: 'hostile flows',
        what: 'read, checked and run',
        reach: { atLeast: 20_000 },
        as: /hostile flows: (\d+) documents/,
      },
      {
        name: 'hostile memory growth',
        what: 'of the server',
        reach: { atMost: 64 },
        unit: 'MB',
        as: /hostile requests: .* grown by (-?\d+) MB/,
      },
      {
        name: 'SSRF forms',
        what: 'of addresses inside',
        reach: { atLeast: 300 },
        as: /hostile network: (\d+) forms/,
      },
      {
        name: 'SSRF connections',
        what: 'sockets that were opened for them',
        reach: none,
        as: /hostile network: .* (\d+) sockets opened/,
      },
      {
        name: 'XSS payloads',
        what: 'in a real browser',
        reach: { atLeast: 500 },
        as: /hostile browser: (\d+) of/,
      },
      {
        name: 'XSS executions',
        what: 'of them; a report of a policy fails the part as well',
        reach: none,
        as: /hostile browser: .* (\d+) executions/,
      },
    ],
  },
  {
    name: 'load',
    what: '500 events a second for 15 minutes, with feeds open',
    minutes: 20,
    command: ['npm', 'run', '-s', 'bench:load', '--', '--minutes', '15', '--rate', '500'],
    figures: [
      { name: 'load errors', what: 'requests that were not taken, and feeds that broke', reach: none },
      {
        name: 'load p99',
        what: 'from the intended time to the answer, by which the event is durable',
        reach: { atMost: 100 },
        unit: 'ms',
      },
      { name: 'load rate', what: 'events a second that were acknowledged', reach: { atLeast: 495 } },
      {
        name: 'load memory slope',
        what: 'that the server holds after a large collection of garbage, over the last two thirds',
        reach: { atMost: 1 },
        unit: 'MB/min',
      },
      {
        name: 'load process',
        what: 'of the process, garbage and all: the highest of its last half above that of the half before',
        reach: { atMost: 10 },
        unit: '%',
      },
    ],
  },
  {
    name: 'memory',
    what: '50,000 conversations begun and closed',
    minutes: 20,
    command: ['npm', 'run', '-s', 'bench:load', '--', 'memory'],
    figures: [
      { name: 'closed conversations', what: 'begun, led and closed', reach: { atLeast: 50_000 } },
      {
        name: 'memory of closed conversations',
        what: 'that the server holds of each thousand after a large collection, after the first twenty thousand',
        reach: { atMost: 0.1 },
        unit: 'MB',
      },
      {
        name: 'process of closed conversations',
        what: 'garbage and all: the highest of its last half above that of the half before',
        reach: { atMost: 10 },
        unit: '%',
      },
    ],
  },
  {
    name: 'mutants',
    what: 'mutants of step, routing and conversation',
    minutes: 240,
    command: ['npm', 'run', '-s', 'test:mutants'],
    figures: [
      { name: 'mutants killed', what: 'of all', reach: { atLeast: 90 }, unit: '%', as: /^All files\s*\|\s*([\d.]+)/ },
    ],
  },
]

/** Test files, or folders of them, in their long form. */
function vitest(...paths: readonly string[]): readonly string[] {
  return ['npx', 'vitest', 'run', '--no-file-parallelism', ...paths]
}
