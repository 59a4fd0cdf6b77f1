/** What a seed stands for: who is there and what goes wrong. A plan is plain JSON, so that it can be made smaller and kept. */
import { z } from 'zod'
import { randomOf } from './random.ts'
import { READY } from './ready-flows.ts'

const probability = z.number().min(0).max(1)

export const plan = z.strictObject({
  seed: z.int(),
  nodes: z.int().min(1).max(5),
  customers: z.int().min(1).max(100),
  agents: z.int().min(0).max(20),
  /** What each customer does at most. */
  turns: z.int().min(1).max(100),
  /** Virtual milliseconds that people are active. */
  length: z.int().min(1),
  /** One of this folder, or one that comes with Baton. */
  flow: z.enum(['desk', 'bots', 'random', ...READY]),
  /** When it begins: epoch ms. */
  begins: z.int(),
  /** Whether the queue is behind business hours. */
  doors: z.boolean(),
  /** Whether agents differ in what they can do, and queues ask for it; otherwise everybody can do everything. */
  skilled: z.boolean(),
  /** How often all customers ask for a person at once. */
  rushes: z.int().min(0),
  /** Of what an agent does: that they go and come again before anybody has noticed. */
  restless: probability,
  /** Of what an agent does: that they speak where another has the word. */
  meddling: probability,
  /** Whether people rest before they finish: then it is seen what nodes do by themselves. */
  calm: z.boolean(),
  /** Feeds that are followed. */
  followers: z.int().min(0),
  faults: z.strictObject({
    /** Nodes that are killed in the time. */
    crashes: z.int().min(0),
    /** Nodes that are killed just after a service has answered them. */
    struck: z.int().min(0),
    /** Nodes that are closed, and others that begin. */
    restarts: z.int().min(0),
    outages: z.int().min(0),
    /** Times at which all are asleep for minutes. */
    leaps: z.int().min(0),
    /** Clocks of nodes that jump. */
    jumps: z.int().min(0),
    lost: probability,
    contended: probability,
    slow: probability,
    hints: probability,
    /** Requests that are sent twice, or late. */
    doubled: probability,
    trouble: probability,
    publishes: z.int().min(0),
    /** Customers whose texts nobody ever takes. */
    poison: z.int().min(0),
  }),
})
export type Plan = z.infer<typeof plan>
export type Faults = Plan['faults']

export const noFaults: Faults = {
  crashes: 0,
  struck: 0,
  restarts: 0,
  outages: 0,
  leaps: 0,
  jumps: 0,
  lost: 0,
  contended: 0,
  slow: 0,
  hints: 0,
  doubled: 0,
  trouble: 0,
  publishes: 0,
  poison: 0,
}

/** An ordinary Monday, the day on which New York sets its clocks, and that on which Berlin does. */
const MORNINGS = ['2026-11-23T10:00:00Z', '2026-11-01T10:00:00Z', '2027-03-28T10:00:00Z'] as const
const MINUTE = 60_000
/** The next minute, and what opens or closes with it, is soon. */
const LATE_IN_MINUTE = 55_000

/** Each fault is there in a part of all seeds only: what one hides another shows. */
export function planOf(seed: number): Plan {
  const random = randomOf(seed, 'plan')
  const sometimes = (probability: number, value: () => number): number => (random.chance(probability) ? value() : 0)
  return {
    seed,
    nodes: random.pick([1, 1, 2, 2, 3]),
    customers: random.between(6, 22),
    agents: random.between(1, 5),
    turns: random.between(4, 16),
    length: random.between(5_000, 14_000),
    calm: random.chance(0.4),
    flow: random.chance(0.15) ? random.pick(READY) : random.pick(['desk', 'bots', 'bots', 'random']),
    begins: Date.parse(random.pick(MORNINGS)) + random.below(60) * MINUTE + LATE_IN_MINUTE,
    doors: random.chance(0.3),
    skilled: random.chance(0.5),
    rushes: sometimes(0.5, () => random.between(1, 4)),
    restless: sometimes(0.4, () => random.next() * 0.5),
    followers: random.between(0, 4),
    faults: {
      crashes: sometimes(0.5, () => random.between(1, 4)),
      struck: sometimes(0.4, () => random.between(1, 4)),
      restarts: sometimes(0.3, () => random.between(1, 3)),
      outages: sometimes(0.2, () => 1),
      leaps: sometimes(0.4, () => random.between(1, 4)),
      jumps: sometimes(0.4, () => random.between(1, 4)),
      lost: sometimes(0.5, () => random.next() * 0.08),
      contended: sometimes(0.3, () => random.next() * 0.08),
      slow: sometimes(0.4, () => random.next() * 0.2),
      hints: sometimes(0.5, () => random.next()),
      doubled: sometimes(0.6, () => random.next() * 0.5),
      trouble: sometimes(0.5, () => random.next() * 0.6),
      publishes: sometimes(0.3, () => random.between(1, 4)),
      poison: sometimes(0.1, () => 1),
    },
    meddling: sometimes(0.2, () => random.next() * 0.3),
  }
}
