/**
 * The only place that wires. What is opened is closed in the opposite order, also when a later part does not open:
 *
 *   database -> clock, saved flows and settings -> keys and tokens -> runtime with its effects -> application -> socket
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { teamOf } from '#engine/index.ts'
import { createApp, routeOf } from './app.ts'
import { createInbound } from './channels/inbound.ts'
import { createChannels } from './channels/index.ts'
import { createFlowChecks } from './checks/checks.ts'
import { readConfig, StartError, type Config } from './config.ts'
import { createCallbackBook, createEffects, createFollowUps, createTicketStore } from './effects/index.ts'
import { FIRST_FLOW, firstHandoff, quoted } from './http/first-handoff.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { createIdentities, identitySecret } from './http/identity.ts'
import { adminKeyOf, moveKeys } from './http/keys-file.ts'
import { LIMITS, listen } from './http/listen.ts'
import { createRateLimiter } from './http/rate.ts'
import { deskApp } from './http/routes/desk-app.ts'
import { editorApp } from './http/routes/editor.ts'
import { widgetApp } from './http/routes/widget-app.ts'
import { createTokens, tokenSecret } from './http/tokens.ts'
import { openWidgetRules } from './http/widget-rules.ts'
import { createOidc } from './identity/oidc.ts'
import { keepFiledKeys, openWhoMayCall } from './identity/open.ts'
import { createMailer } from './mail/mailer.ts'
import { createNetwork, endpointsOf, type Endpoints, type Network } from './network/index.ts'
import { openCannedReplies } from './replies/canned.ts'
import { drain } from './operation/drain.ts'
import { createLog } from './operation/log.ts'
import { openTelling } from './operation/telling.ts'
import { createSuggest } from './replies/model.ts'
import { createRuntime, type EffectsGiven } from './runtime/create.ts'
import { startFault } from './start-fault.ts'
import type { Clock } from './store/database-clock.ts'
import { startEmbedded } from './store/embedded/index.ts'
import { failureOf } from './store/failures.ts'
import type { FlowStore } from './store/flows.ts'
import { topFolder } from './top-folder.ts'
import { openWorkspace } from './workspace.ts'

export interface Serving {
  readonly url: string
  /** What to open, for the terminal: the sign-in link, or where the administrator's key is. */
  readonly signIn: string
  /** A whole handoff as lines for a shell; undefined where the flow that it runs on is not there. */
  readonly handoff: string | undefined
  /** Resolves to the reason when the server can no longer go on; never otherwise. */
  readonly failed: Promise<Error>
  /** Takes no new work, lets what runs end, closes everything. Calling it again waits for the same end. */
  close(): Promise<void>
}

type Closer = () => Promise<unknown> | void

const ECHO = 1_000

/** What is not configured by who runs a server. */
export interface Parts {
  /** The folder `vite build` has left the designers' app in. */
  readonly editor?: string
  /** The folders of the agents' desk and of the widget, likewise. */
  readonly desk?: string
  readonly widget?: string
}

const BUILT = join(topFolder, 'dist')

/** Starts a server. Rejects with a `StartError` whose sentence names the cure, and leaves nothing running then. */
export async function serve(config: Config, parts: Parts = {}): Promise<Serving> {
  const closers: Closer[] = []
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= closeAll(closers))
  try {
    const log = createLog(config.logLevel)
    await mkdir(config.dataDir, { recursive: true })
    let giveUp = (_: Error): void => {}
    const failed = new Promise<Error>((resolve) => {
      giveUp = resolve
    })
    const databaseUrl = config.databaseUrl ?? (await embedded(config, log, closers, giveUp))
    const checks = createFlowChecks()
    closers.push(() => checks.close())
    const workspace = await openWorkspace(config, databaseUrl, log, checks.errorsOf)
    closers.push(() => workspace.close())
    const { clock, flows, documents } = workspace
    const kept = await adminKeyOf(config.dataDir, config.adminKey)
    const admin = { key: kept.key, made: kept.made || workspace.made.has('admin.key') }
    const firstTokenSecret = await tokenSecret(config.dataDir)
    const identities = createIdentities(await identitySecret(config.dataDir, config.identitySecret), clock)
    const bots = await endpointsOf(documents, 'bots', log)
    const channels = await endpointsOf(documents, 'channels', log)
    const webhooks = await endpointsOf(documents, 'webhooks', log)
    const told = await openTelling(config, log)
    closers.push(() => told.close())
    const network = told.network(createNetwork({ allow: config.outboundAllow }))
    closers.push(() => network.close())
    const widget = await openWidgetRules(documents)
    const mailer = config.mail && (await createMailer(config.mail))
    if (mailer) closers.push(() => mailer.close())
    const runtime = await createRuntime({
      databaseUrl,
      flows,
      clock,
      log,
      mailer,
      mayLink: (origin) => widget.takesOrigin(origin),
      retentionDays: config.retentionDays,
      telemetry: told.telemetry,
      effects: (given) => effects(given, { bots, channels, webhooks, network, flows, log, clock }),
    })
    closers.push(() => runtime.close())
    const who = openWhoMayCall({
      databaseUrl,
      adminKey: admin.key,
      tokenSecret: firstTokenSecret,
      seal: workspace.seal,
      log,
    })
    closers.push(() => who.close())
    await moveKeys(config.dataDir, (filed) => keepFiledKeys(who.database, filed))
    await who.audit.settleForsaken(clock.now())
    const [draining, closing] = [new AbortController(), new AbortController()]
    const app = createApp({
      runtime,
      flows,
      checks,
      ...who,
      oidc: config.oidc && createOidc({ ...who, config: config.oidc, network, log }),
      tokens: createTokens(who.tokenSecrets, clock),
      identities,
      widget,
      proxies: config.proxies,
      canned: await openCannedReplies(documents),
      suggest: config.suggest && createSuggest(config.suggest, network, log),
      bots,
      inbound: createInbound({
        endpoints: channels,
        conversations: runtime.conversations,
        heard: runtime.heard,
        clock,
      }),
      log,
      clock,
      closing: closing.signal,
      draining: draining.signal,
      requests: told.requests,
      meters: told.meters,
      rate: createRateLimiter(config.rates),
      editor: editorApp(parts.editor ?? join(BUILT, 'editor')),
      desk: deskApp(parts.desk ?? join(BUILT, 'desk')),
      widgetFiles: widgetApp(parts.widget ?? join(BUILT, 'widget')),
    })
    const crossed = crossOrigin((request, bindings) => app.fetch(request, bindings), config.corsOrigins, widget)
    const answer = told.requests.around(crossed, (method, path) => routeOf(app, method, path))
    const { url, close: stopListening } = await listen(answer, config.host, config.port, LIMITS, draining.signal)
    closers.push(stopListening, () => closing.abort())
    closers.push(() => drain(draining, runtime, config.drainSeconds))
    const handoff = (await flows.live(FIRST_FLOW)) && firstHandoff(url, keyForShell(config, admin))
    return { url, signIn: signIn(url, config, admin), handoff, failed, close }
  } catch (error) {
    await close()
    throw startFault(error, config)
  }
}

/**
 * Runs a server until a signal ends it; resolves to the exit code. What keeps it from running is one sentence on
 * stderr.
 */
export async function run(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  outliveLostConnections()
  try {
    const serving = await serve(readConfig(environment))
    process.stdout.write(greeting(serving))
    const failed = await Promise.race([signalled(), serving.failed])
    await serving.close()
    if (!failed) return 0
    throw startFault(failed)
  } catch (error) {
    process.stderr.write(
      `${error instanceof StartError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    )
    return 1
  }
}

/**
 * graphile-worker leaves the failure of its own connection unhandled when it cannot write that a job has failed. A
 * database that is gone for a moment must not end the server; anything else that nobody handles still does.
 */
function outliveLostConnections(): void {
  process.on('unhandledRejection', (reason) => {
    if (failureOf(reason) !== 'lost') throw reason
  })
}

/**
 * Resolves at the first SIGTERM or SIGINT; a later one ends the process as it is, by which nothing acknowledged is
 * lost. One that follows within `ECHO` is the same one: npm passes on to us what the terminal has already sent us.
 */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    let first: number | undefined
    const tell = (): void => {
      first ??= performance.now()
      if (performance.now() - first > ECHO) process.exit(1)
      resolve(undefined)
    }
    process.on('SIGTERM', tell).on('SIGINT', tell)
  })
}

async function embedded(
  { dataDir }: Config,
  log: Logger,
  closers: Closer[],
  onGivenUp: (error: Error) => void,
): Promise<string> {
  const postgres = await startEmbedded({ dataDir, log: (line) => log.info(line), onGivenUp })
  closers.push(() => postgres.stop())
  return postgres.url
}

interface EffectsStand {
  readonly bots: Endpoints
  readonly channels: Endpoints
  readonly webhooks: Endpoints
  readonly network: Network
  readonly flows: FlowStore
  readonly log: Logger
  readonly clock: Clock
}

function effects(
  { conversations, database }: EffectsGiven,
  { bots, channels, webhooks, network, flows, log, clock }: EffectsStand,
) {
  return createEffects({
    conversations,
    network,
    log,
    clock,
    bots,
    webhooks,
    channels: createChannels({ network, clock, endpoints: channels }),
    tickets: createTicketStore(database),
    callbacks: createCallbackBook(database),
    followUps: createFollowUps(database, clock),
    async teamOf(snapshot) {
      const flow = await flows.version(snapshot.flow.id, snapshot.flow.version)
      return flow ? teamOf(flow, snapshot) : null
    },
  })
}

interface AdminKey {
  readonly key: string
  /** Whether this start made it: the one time that it is shown. */
  readonly made: boolean
}

function signIn(url: string, { dataDir, adminKey }: Config, { key, made }: AdminKey): string {
  if (made) return `Sign in as administrator: ${url}/#key=${key}`
  const where = adminKey === undefined ? `in ${join(dataDir, 'admin.key')}` : 'that of BATON_ADMIN_KEY'
  return `Open ${url}/ and sign in; the administrator’s key is ${where}.`
}

function keyForShell({ dataDir, adminKey }: Config, { key, made }: AdminKey): string {
  if (made) return key
  return adminKey === undefined ? `$(cat ${quoted(resolve(dataDir, 'admin.key'))})` : '$BATON_ADMIN_KEY'
}

function greeting({ url, signIn: open, handoff }: Serving): string {
  const lines = [
    `Baton runs at ${url}`,
    open,
    `The agents’ desk: ${url}/desk`,
    `A shop with the customers’ chat: ${url}/demo`,
    `The reference of its HTTP interface: ${url}/docs`,
  ]
  if (handoff !== undefined) lines.push('', 'A whole handoff, to be pasted into a second terminal:', '', handoff)
  return `${lines.join('\n')}\n`
}

async function closeAll(closers: readonly Closer[]): Promise<void> {
  for (const close of closers.toReversed()) await close()
}
