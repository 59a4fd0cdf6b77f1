/** A runtime for tests: a clock that is moved by hand, and effects that write down what they were given. */
import type { Effect, EffectOf, EffectType, Flow } from '#engine/index.ts'
import type { Ground } from '#server/runtime/ground.ts'
import { createRuntime, type EffectsGiven, type RunningRuntime } from '#server/runtime/create.ts'
import type { AgentProfile, EffectContext, EffectHandler, EffectHandlers } from '#server/runtime/runtime.ts'
import type { Log } from '#server/runtime/log.ts'
import type { FlowStore } from '#server/store/flows.ts'
import { migrated } from '#test/driver/postgres.ts'
import { supportFlow } from './support-flow.ts'

export interface HandClock {
  now(): number
  skip(milliseconds: number): void
}

export function handClock(start = Date.parse('2026-11-23T10:00:00Z')): HandClock {
  let now = start
  return {
    now: () => now,
    skip: (milliseconds) => {
      now += milliseconds
    },
  }
}

export interface Tried {
  readonly effect: Effect
  readonly context: EffectContext
}
export interface Effects {
  /** How effects of a type end; those without one succeed and tell nothing. */
  readonly run?: {
    readonly [Type in EffectType]?: (
      effect: EffectOf<Type>,
      context: EffectContext,
      given: EffectsGiven,
    ) => Promise<void>
  }
  readonly gaveUp?: (effect: Effect, context: EffectContext, given: EffectsGiven) => Promise<void>
  readonly maxAttempts?: number
  readonly tried?: Tried[]
}

export async function runtimeOn(
  url: string,
  options: {
    readonly clock?: { now(): number }
    readonly flows?: readonly Flow[]
    readonly effects?: Effects
    readonly connections?: number
    readonly log?: Log
    readonly ground?: Ground
  } = {},
): Promise<RunningRuntime> {
  const { clock = handClock(), flows = [supportFlow()], effects = {}, connections, log = silent, ground } = options
  return createRuntime({
    databaseUrl: await migrated(url),
    flows: publishedFlows(flows),
    clock,
    log,
    effects: (given) => recordingEffects(effects, given),
    ...(connections === undefined ? {} : { connections }),
    ...(ground === undefined ? {} : { ground }),
  })
}

export function publishedFlows(flows: readonly Flow[]): FlowStore {
  const find = (id: string) => flows.find((flow) => flow.id === id)
  const refused = () => Promise.reject(new Error('These flows are not changed.'))
  return {
    list: () => Promise.resolve([]),
    draft: () => Promise.resolve(undefined),
    versions: () => Promise.resolve([]),
    save: refused,
    remove: refused,
    publish: refused,
    rollback: refused,
    version: (id) => Promise.resolve(find(id)),
    live: (id) => {
      const flow = find(id)
      return Promise.resolve(flow && { flow, version: 1 })
    },
  }
}

export function agent(id: string, over: Partial<AgentProfile> = {}): AgentProfile {
  return {
    id,
    name: id.toUpperCase(),
    teams: ['billing'],
    skills: {},
    languages: [],
    channels: [],
    capacity: 2,
    ...over,
  }
}

export const silent = { debug() {}, info() {}, warn() {}, error() {} }

function recordingEffects(
  { run = {}, gaveUp, maxAttempts = 3, tried = [] }: Effects,
  given: EffectsGiven,
): EffectHandlers {
  function handler<Type extends EffectType>(type: Type): EffectHandler<Type> {
    const does = run[type]
    return {
      type,
      maxAttempts,
      needs: () => (does === undefined ? 'nothing' : 'job'),
      async run(effect, context) {
        tried.push({ effect, context })
        await does?.(effect, context, given)
      },
      async gaveUp(effect, context) {
        await gaveUp?.(effect, context, given)
      },
    }
  }
  return {
    message: handler('message'),
    'bot.turn': handler('bot.turn'),
    'queue.join': handler('queue.join'),
    'queue.leave': handler('queue.leave'),
    http: handler('http'),
    ticket: handler('ticket'),
    callback: handler('callback'),
    notify: handler('notify'),
    handoff: handler('handoff'),
  }
}
