/** The simulated nodes: each a whole runtime on simulated connections, which dies, is closed, and begins again. */
import { createChannels } from '#server/channels/index.ts'
import { createCallbackBook, createEffects, createFollowUps, createTicketStore } from '#server/effects/index.ts'
import { teamOf } from '#engine/index.ts'
import type { Endpoint, Endpoints } from '#server/network/index.ts'
import { createRuntime, type RunningRuntime } from '#server/runtime/create.ts'
import type { Log } from '#server/runtime/log.ts'
import { openDatabaseClock, realTiming } from '#server/store/database-clock.ts'
import type { FlowStore } from '#server/store/flows.ts'
import type { SimulatedDatabase } from './connections.ts'
import { BOTS } from './flows.ts'
import type { SimulatedJobs } from './jobs.ts'
import type { Lines } from './line.ts'
import type { Outside } from './outside.ts'
import type { Place, Scheduler } from './scheduler.ts'

export interface SimulatedNode {
  readonly name: string
  /** Undefined while it begins, and while it is dead. */
  readonly ready: { readonly place: Place; readonly runtime: RunningRuntime } | undefined
  begin(): void
  /** Nothing of it happens any more. */
  crash(): void
  /** As on SIGTERM; `after` is called when it is over. */
  close(after: () => void): void
  /** Its own clock is moved. */
  jump(milliseconds: number): void
}

export interface NodeDeps {
  readonly scheduler: Scheduler
  readonly database: SimulatedDatabase
  readonly lines: Lines
  readonly jobs: SimulatedJobs
  readonly outside: Outside
  readonly flows: FlowStore
  /** Whether the node follows the database's time, as it does in production, or its own. */
  readonly databaseTime: boolean
  /** A runtime that could not begin, or not end. */
  failed(error: unknown): void
}

export function createNode(name: string, deps: NodeDeps): SimulatedNode {
  const { scheduler, database, lines, jobs, outside, flows, databaseTime, failed } = deps
  let lives = 0
  let skew = 0
  let place: Place | undefined
  let runtime: RunningRuntime | undefined

  async function run(here: Place): Promise<void> {
    const clock = databaseTime
      ? await openDatabaseClock(realTiming(database.connectionsOf(here).pool), silent)
      : { now: Date.now }
    const made = await createRuntime({
      databaseUrl: 'simulated',
      flows,
      clock,
      log: silent,
      ground: {
        connect: () => database.connectionsOf(here),
        openLine: () => Promise.resolve(lines.open(here)),
        runJobs: (_url, tasks, line) => jobs.run(here, tasks, line),
      },
      effects: ({ conversations, database: kysely }) => {
        const network = outside.networkOf(here)
        return createEffects({
          conversations,
          network,
          log: silent,
          clock,
          bots,
          webhooks: none,
          channels: createChannels({ network, clock, endpoints: channels }),
          tickets: createTicketStore(kysely),
          callbacks: createCallbackBook(kysely),
          followUps: createFollowUps(kysely, clock),
          async teamOf(snapshot) {
            const flow = await flows.version(snapshot.flow.id, snapshot.flow.version)
            return flow ? teamOf(flow, snapshot) : null
          },
          pause,
        })
      },
    })
    if (here.alive) runtime = made
  }

  function bury(here: Place): void {
    here.alive = false
    if (place === here) runtime = undefined
    database.buried(here)
    lines.buried(here)
  }

  return {
    name,
    get ready() {
      return place?.alive === true && runtime ? { place, runtime } : undefined
    },
    begin() {
      if (place?.alive) return
      const here: Place = { name: `${name}.${++lives}`, alive: true, skew }
      place = here
      scheduler.after(0, 'begins', here, () => {
        run(here).catch((error: unknown) => {
          // The database was away: the process ends, and its supervisor begins it again.
          bury(here)
          if (isPassing(error)) scheduler.after(500, 'is begun again', undefined, () => place === here && this.begin())
          else failed(error)
        })
      })
    },
    crash() {
      if (place?.alive) bury(place)
    },
    close(after) {
      const closing = runtime
      const here = place
      if (!closing || !here?.alive) return after()
      runtime = undefined
      scheduler.after(0, 'closes', here, () => {
        closing.close().then(() => {
          bury(here)
          scheduler.after(0, 'is closed', undefined, after)
        }, failed)
      })
    },
    jump(milliseconds) {
      skew = milliseconds
      if (place) place.skew = milliseconds
    },
  }
}

/** As `realPause`, in the node's time. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(new Error('The node closes.'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop)
  })
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && /ECONN|terminated|does not answer|deadlock|Too many changes/.test(error.message)
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const bots = endpoints(BOTS.map((name) => ({ name, url: 'https://bots.example/bot', secret: SECRET })))
const channels = endpoints([{ name: 'sms', url: 'https://sms.example/out', secret: SECRET }])
const none = endpoints([{ name: 'tickets', url: 'https://tickets.example', secret: SECRET }])

function endpoints(list: readonly Endpoint[]): Endpoints {
  return {
    get: (name) => list.find((each) => each.name === name),
    list: () => list,
    put: () => {
      throw new Error('Simulated endpoints do not change.')
    },
    remove: () => Promise.resolve(false),
  }
}
