/**
 * The only place that wires. What is opened is closed in the opposite order, also when a later part does not open:
 *
 *   keys and tokens -> database -> saved flows -> runtime with its effects -> application -> socket
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pino, type Logger } from 'pino'
import { teamOf } from '#engine/index.ts'
import { createApp } from './app.ts'
import { createChannels } from './channels/index.ts'
import { readConfig, StartError, type Config } from './config.ts'
import { createCallbackBook, createEffects, createFollowUps, createTicketStore } from './effects/index.ts'
import { FIRST_FLOW, firstHandoff, quoted } from './http/first-handoff.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { createIdentities, identitySecret } from './http/identity.ts'
import { adminKeyOf, openKeys } from './http/keys-file.ts'
import { listen } from './http/listen.ts'
import { createRateLimiter } from './http/rate.ts'
import { deskApp } from './http/routes/desk-app.ts'
import { editorApp } from './http/routes/editor.ts'
import { widgetApp } from './http/routes/widget-app.ts'
import { createTokens, tokenSecret } from './http/tokens.ts'
import { openWidgetRules } from './http/widget-rules.ts'
import { createMailer } from './mail/mailer.ts'
import { createNetwork, openEndpoints, type Endpoints, type Network } from './network/index.ts'
import { openCannedReplies } from './replies/canned.ts'
import { createSuggest } from './replies/model.ts'
import { createRuntime, type EffectsGiven } from './runtime/create.ts'
import { RuntimeError } from './runtime/runtime.ts'
import { startFault } from './start-fault.ts'
import { startEmbedded } from './store/embedded/index.ts'
import { failureOf } from './store/failures.ts'
import { openFlowStore, type FlowFolder } from './store/flows-lowdb.ts'
import type { FlowStore } from './store/flows.ts'
import { topFolder } from './top-folder.ts'

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

const clock = { now: Date.now }
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
    const log = pino({ level: config.logLevel })
    await mkdir(config.dataDir, { recursive: true })
    const admin = await adminKeyOf(config.dataDir, config.adminKey)
    const keys = await openKeys(config.dataDir, admin.key)
    const tokens = createTokens(await tokenSecret(config.dataDir))
    const identities = createIdentities(await identitySecret(config.dataDir, config.identitySecret), clock)
    let giveUp = (_: Error): void => {}
    const failed = new Promise<Error>((resolve) => {
      giveUp = resolve
    })
    const databaseUrl = config.databaseUrl ?? (await embedded(config, log, closers, giveUp))
    const flows = openFlowStore(config.flowsDir)
    await warnOfBroken(flows, log)
    await deploy(flows, log)
    const bots = openEndpoints(join(config.dataDir, 'bots.json'), log)
    const network = createNetwork({ allow: config.outboundAllow })
    closers.push(() => network.close())
    const widget = openWidgetRules(join(config.dataDir, 'widget.json'), log)
    const mailer = config.mail && createMailer(config.mail)
    if (mailer) closers.push(() => mailer.close())
    const runtime = await createRuntime({
      databaseUrl,
      flows,
      clock,
      log,
      mailer,
      mayLink: (origin) => widget.takesOrigin(origin),
      effects: (given) => effects(config, given, { bots, network, flows, log }),
    })
    closers.push(() => runtime.close())
    const closing = new AbortController()
    const app = createApp({
      runtime,
      flows,
      keys,
      tokens,
      identities,
      widget,
      proxies: config.proxies,
      canned: openCannedReplies(join(config.dataDir, 'canned-replies.json'), log),
      suggest: config.suggest && createSuggest(config.suggest, network, log),
      bots,
      log,
      clock,
      closing: closing.signal,
      rate: createRateLimiter(config.rates),
      editor: editorApp(parts.editor ?? join(BUILT, 'editor')),
      desk: deskApp(parts.desk ?? join(BUILT, 'desk')),
      widgetFiles: widgetApp(parts.widget ?? join(BUILT, 'widget')),
    })
    const answer = crossOrigin((request, bindings) => app.fetch(request, bindings), config.corsOrigins, widget)
    const { url, close: stopListening } = await listen(answer, config.host, config.port)
    closers.push(stopListening, () => closing.abort())
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

function effects(
  { dataDir }: Config,
  { conversations, database }: EffectsGiven,
  { bots, network, flows, log }: { bots: Endpoints; network: Network; flows: FlowStore; log: Logger },
) {
  const endpoints = (name: string) => openEndpoints(join(dataDir, name), log)
  return createEffects({
    conversations,
    network,
    log,
    clock,
    bots,
    webhooks: endpoints('webhooks.json'),
    channels: createChannels({ network, clock, endpoints: endpoints('channels.json') }),
    tickets: createTicketStore(database),
    callbacks: createCallbackBook(database),
    followUps: createFollowUps(database, clock),
    async teamOf(snapshot) {
      const flow = await flows.version(snapshot.flow.id, snapshot.flow.version)
      return flow ? teamOf(flow, snapshot) : null
    },
  })
}

/** A broken file keeps its own flow from running, no other. */
async function warnOfBroken(flows: FlowStore, log: Logger): Promise<void> {
  for (const { broken } of await flows.list()) {
    for (const { pointer, message } of broken?.faults ?? [])
      log.warn(`${broken?.file}: ${pointer || 'the document'} ${message}`)
  }
}

/** Flows that came by git run from the start; one with errors waits, as a broken file does. */
async function deploy(flows: FlowFolder, log: Logger): Promise<void> {
  try {
    for (const flow of await flows.deploy()) {
      if ('version' in flow) {
        log.info(`The flow “${flow.id}” came as a file and is published now, as version ${flow.version}.`)
        continue
      }
      for (const { node, message } of flow.errors)
        log.warn(
          `${flow.id}.flow.json is not published: ${node === null ? '' : `node “${node}”: `}${message} ` +
            `Mend it, then start again or publish it with POST /v1/flows/${flow.id}/publish.`,
        )
    }
  } catch (error) {
    // A folder that cannot be written keeps new flows from running, not those that are published.
    if (!(error instanceof RuntimeError)) throw error
    log.warn(`New flows could not be published. ${error.message}`)
  }
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
