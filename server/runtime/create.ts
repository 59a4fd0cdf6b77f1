/** The runtime: everything between an HTTP route and the database, wired once. */
import type { Snapshot } from '#engine/index.ts'
import type { Database } from '../store/database.ts'
import type { FlowStore } from '../store/flows.ts'
import { createAttachments } from '../attachments/attachments.ts'
import { createHeardStore } from '../channels/heard.ts'
import type { Mailer } from '../mail/mailer.ts'
import { createMails } from '../mail/mails.ts'
import { createCustomers } from '../operation/customers.ts'
import { createDeadLetters } from '../operation/dead-letters.ts'
import { createReadiness } from '../operation/readiness.ts'
import { createRetention } from '../operation/retention.ts'
import { untold, type Telemetry } from '../operation/telemetry.ts'
import { readWork } from '../operation/work.ts'
import { createPromises } from '../promises/create.ts'
import { every, type Rounds } from '../store/rounds.ts'
import { createReader } from '../store/rows.ts'
import { createAcceptor, type Acceptor } from './accept.ts'
import { createAssigner, type Assigner } from './assigner.ts'
import { createBacktests, inThread } from './backtest.ts'
import { createDesk } from './desk.ts'
import { createDryRuns } from './dry-run.ts'
import { createWorld } from './facts.ts'
import { createFeed } from './feed.ts'
import { createFlows } from './flows.ts'
import { realGround, type Ground } from './ground.ts'
import type { Log } from './log.ts'
import { createMigrations } from './migrate.ts'
import { createOutbox } from './outbox.ts'
import { leave } from './presence.ts'
import { noSuchConversation } from './refusals.ts'
import { createReads } from './read.ts'
import { FORGOTTEN, type Conversations, type EffectHandlers, type Runtime } from './runtime.ts'
import { createTimers } from './timers.ts'
import { createTyping } from './typing.ts'
import { createViews } from './views.ts'
import { createWrapped, wrapUpJobs } from './wrap-up.ts'
import { reading } from './write.ts'

/** What the effects stand on. */
export interface EffectsGiven {
  readonly conversations: Conversations
  readonly database: Database
}

export interface RuntimeDeps {
  readonly databaseUrl: string
  readonly flows: FlowStore
  /** Called once, when the conversations can be spoken to. */
  effects(given: EffectsGiven): EffectHandlers
  readonly clock: { now(): number }
  readonly log: Log
  /** Without one no mail is sent from here; another node may send it. */
  readonly mailer?: Mailer | undefined
  /** Whether mails may link to pages of an origin; any when left out. */
  readonly mayLink?: (origin: string) => boolean
  /** Connections for events; jobs and listening take their own. */
  readonly connections?: number
  /** The real one when left out. */
  readonly ground?: Ground
  /** How long conversations are kept after they have ended; for ever when left out. */
  readonly retentionDays?: number | undefined
  /** Tells nobody of its work when left out. */
  readonly telemetry?: Telemetry
}

export interface RunningRuntime extends Runtime {
  /**
   * Does what is due by the clock: overdue deadlines, ended offers, waiting customers. It happens by itself all the
   * time; who moves the clock by hand calls it after.
   */
  settle(): Promise<void>
}

const LOOK_EVERY = 1_000
const SWEEP_EVERY = 5_000
const FORGET_EVERY = 3_600_000
/** How long the answer to an Idempotency-Key is kept. */
const KEYS_KEPT = 7 * 86_400_000

/** Takes over what a dead node left, and runs until `close()`. The database is up to date already (`migrate`). */
export async function createRuntime({
  databaseUrl,
  flows: store,
  effects,
  clock,
  log,
  mailer,
  mayLink = () => true,
  connections,
  ground = realGround,
  retentionDays,
  telemetry = untold,
}: RuntimeDeps): Promise<RunningRuntime> {
  const {
    pool,
    pipeline,
    database,
    close: disconnect,
  } = ground.connect({
    databaseUrl,
    ...(connections === undefined ? {} : { size: connections }),
    onLost: (error) => log.warn({ error: error.message }, 'A connection to the database was lost.'),
  })
  const line = await ground.openLine(databaseUrl, log).catch(async (error: unknown) => {
    await disconnect()
    throw error
  })
  const flows = createFlows(store)
  const world = createWorld(database, clock, log)
  const handlers: { list?: EffectHandlers } = {}
  const outbox = createOutbox(database, () => handlers.list ?? tooEarly(), clock, log, telemetry)
  const timers = createTimers(pool, () => acceptor, clock, log)
  const acceptor: Acceptor = createAcceptor({
    pool,
    pipeline,
    flows,
    world,
    clock,
    telemetry,
    jobsFor: (before, stepped) => [...outbox.jobsFor(stepped), ...wrapUpJobs(before, stepped.snapshot)],
    committed(before, { snapshot: after, log: entries }, { wake, away }) {
      if (wake) timers.arm(after)
      feed.wrote(after.conversation, entries)
      views.wrote(after)
      line.announce({ conversation: after.conversation, seq: after.seq })
      if (away) staffChanged()
      assigner.committed(before, after)
    },
  })
  const assigner: Assigner = createAssigner(database, acceptor, clock, log)
  const readRow = createReader(pool)
  const read = async (id: string): Promise<Snapshot | undefined> => {
    const row = await readRow(id)
    // Only `commit_event` writes this column, from a Snapshot.
    return row && (JSON.parse(row.snapshot) as Snapshot)
  }
  const typing = createTyping(line, async (id) => {
    const snapshot = await reading(() => read(id))
    if (!snapshot) throw noSuchConversation(id)
    return snapshot
  })
  const views = createViews({
    database,
    line,
    clock,
    log,
    read,
    flowOf: ({ flow }) => flows.version(flow.id, flow.version),
  })
  const feed = createFeed(pool, line, views, typing)
  const mails = createMails({ pool, database }, mailer, clock, log)
  const staffChanged = () => line.announce({ conversation: null })
  const conversations: Conversations = {
    start: acceptor.start,
    accept: acceptor.accept,
    tell: acceptor.tell,
    follow: feed.follow,
    watch: feed.watch,
    followAll: feed.followAll,
    tellTyping: typing.tell,
    onTyping: (listener) => typing.listen(undefined, listener),
    ...createReads({ pool, database, flows, world, clock }),
  }
  handlers.list = effects({ conversations, database })
  const beginning = ground.runJobs(
    databaseUrl,
    {
      // Nodes of a release that adds jobs for deadlines still do; here the row itself says when.
      wake: () => undefined,
      // Only `presence.ts` adds these jobs.
      presence: (payload) => leave(database, acceptor, (payload as { readonly agent: string }).agent),
      effect: outbox.task,
      ...mails.tasks,
      wrapped: createWrapped(clock, (agent) => {
        assigner.freed(agent)
        staffChanged()
      }),
    },
    line,
    log,
  )
  const jobs = await beginning.catch(async (error: unknown) => {
    await line.close()
    await disconnect()
    throw error
  })
  timers.begin()

  // Also what other nodes have forgotten; what was missed while the line was down may be anything.
  line.onHint((hint) => {
    if (hint === undefined) acceptor.forgetAll()
    else if (hint.conversation !== null && hint.seq === FORGOTTEN) acceptor.forget(hint.conversation)
  })
  const forgotten = (ids: readonly string[]): void => {
    for (const conversation of ids) line.announce({ conversation, seq: FORGOTTEN })
    staffChanged()
  }
  const deadLetters = createDeadLetters(database, clock)
  const retention = createRetention({ database, clock, forgotten }, retentionDays)
  const desk = createDesk({ database, clock, freed: assigner.freed, changed: staffChanged })
  const promises = createPromises({ pool, database, conversations, desk, mails, flows, clock, log, mayLink })
  const backtests = createBacktests({ database, flows: store, player: inThread() })
  const sweeping = upkeep(SWEEP_EVERY, assigner.sweep, log)
  const keeping = upkeep(LOOK_EVERY, async () => void (await promises.look()), log)
  const calling = upkeep(SWEEP_EVERY, async () => void (await promises.call()), log)
  const heard = createHeardStore(pool, clock)
  const forgetting = upkeep(
    FORGET_EVERY,
    async () => {
      await heard.forget(clock.now() - KEYS_KEPT)
      await retention.look()
      await database
        .deleteFrom('baton.keys')
        .where('at', '<', clock.now() - KEYS_KEPT)
        .execute()
    },
    log,
  )
  let resting: Promise<unknown> | undefined
  const rest = async (): Promise<void> => {
    const rounds = [sweeping, keeping, calling, forgetting]
    resting ??= Promise.all([...rounds.map((each) => each.stop()), timers.close(), jobs.close()])
    await resting
  }

  return {
    conversations,
    desk,
    dryRuns: createDryRuns({ database, flows, clock }),
    backtests,
    migrations: createMigrations({ pool, flows: store, acceptor }),
    attachments: createAttachments(pool, clock),
    mails,
    promises,
    heard,
    customers: createCustomers({ database, clock, forgotten }),
    deadLetters: deadLetters.list,
    retryDeadLetter: deadLetters.retry,
    setDeadLetterAside: deadLetters.setAside,
    unready: createReadiness(pool, () => jobs.running()),
    work: () => reading(() => readWork(database, pool)),
    rest,
    async settle() {
      while ((await timers.look()) + (await promises.look()) + (await promises.call()) > 0);
      await assigner.sweep()
      await assigner.idle()
    },
    async close() {
      await rest()
      await backtests.close()
      await assigner.idle()
      await acceptor.idle()
      await feed.close()
      // What the last pages were shown while the server drained.
      await promises.settle()
      views.close()
      typing.close()
      await line.close()
      await disconnect()
    },
  }
}

/** Begins at once: what a node that died left undone is not to wait longer. */
function upkeep(milliseconds: number, work: () => Promise<void>, log: Log): Rounds {
  return every(
    milliseconds,
    () => work().catch((error: unknown) => log.warn({ err: error }, 'A round of upkeep failed; it is tried again.')),
    { atOnce: true },
  )
}

function tooEarly(): never {
  throw new Error('An event came before the effects were there.')
}
