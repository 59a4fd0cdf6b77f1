/**
 * What a server works with beside its conversations: the clock, the saved flows and the settings. With the embedded
 * PostgreSQL they are files of this machine; with DATABASE_URL the database holds them for all servers, and what lies in
 * the folders is brought over.
 */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Config } from './config.ts'
import type { Log } from './runtime/log.ts'
import { RuntimeError } from './runtime/runtime.ts'
import { connectionTo } from './store/connection.ts'
import { openDatabaseClock, realTiming, type Clock } from './store/database-clock.ts'
import { openDocuments } from './store/documents-postgres.ts'
import { documentsInFolder, type Documents } from './store/documents.ts'
import { bringFlows } from './store/flows-brought.ts'
import type { FindErrors } from './store/flow-refusals.ts'
import { openFlowStore } from './store/flows-lowdb.ts'
import { flowsInDatabase } from './store/flows-postgres.ts'
import type { Deployed, FlowStore, FlowSummary } from './store/flows.ts'
import { bringUpToDate } from './store/migrate.ts'
import { openPool } from './store/pool.ts'
import { createSeal, type Seal } from './store/seal.ts'
import { compareConfigured, sealKept, shareSecret } from './store/secrets.ts'
import { warmUp } from './warm-up.ts'

export interface Workspace {
  /** The database's. */
  readonly clock: Clock
  readonly flows: FlowStore
  readonly documents: Documents
  /** The secrets, by the name of their file, that this start has made for all servers. */
  readonly made: ReadonlySet<string>
  /** How secrets lie in the database. */
  readonly seal: Seal
  close(): Promise<void>
}

/** Brings the database up to date, then opens what stands on it. */
export async function openWorkspace(
  config: Config,
  databaseUrl: string,
  log: Log,
  findErrors: FindErrors,
): Promise<Workspace> {
  const lost = (error: Error) => log.warn({ error: error.message }, 'A connection of the node was lost.')
  const { pool, close } = openPool({ ...connectionTo(databaseUrl, 'baton node'), max: 3 }, lost)
  const closers: (() => Promise<void> | void)[] = [close]
  const closeAll = async (): Promise<void> => {
    for (const each of closers.splice(0).toReversed()) await each()
  }
  try {
    await bringUpToDate(databaseUrl, lost)
    const clock = await openDatabaseClock(realTiming(pool), log)
    closers.push(clock.close)
    const seal = createSeal(config.secretKeys)
    await sealKept(pool, seal)
    const made = config.databaseUrl === undefined ? new Set<string>() : await shareSecrets(config, pool, seal, log)
    const { flows, deploy } = openFlows(config, pool, findErrors)
    await sayDeployed(deploy, log)
    const saved = await flows.list()
    warnOfBroken(saved, log)
    await warmUp(flows, saved, clock)
    return { clock, flows, documents: openSettings(config, pool, closers, seal, log), made, seal, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

function openFlows(
  { databaseUrl, flowsDir }: Config,
  pool: pg.Pool,
  findErrors: FindErrors,
): { readonly flows: FlowStore; deploy(): Promise<readonly Deployed[]> } {
  const folder = openFlowStore(flowsDir, Date.now, findErrors)
  if (databaseUrl === undefined) return { flows: folder, deploy: folder.deploy }
  const broken = async () => (await folder.list()).filter((each) => each.broken !== undefined)
  return { flows: flowsInDatabase(pool, broken, findErrors), deploy: () => bringFlows(pool, folder) }
}

function openSettings(
  { databaseUrl, dataDir }: Config,
  pool: pg.Pool,
  closers: (() => Promise<void> | void)[],
  seal: Seal,
  log: Log,
): Documents {
  if (databaseUrl === undefined) return documentsInFolder(dataDir, log)
  const documents = openDocuments(pool, dataDir, seal, log)
  closers.push(documents.close)
  return documents
}

async function shareSecrets(
  { dataDir: folder, adminKey, identitySecret }: Config,
  pool: pg.Pool,
  seal: Seal,
  log: Log,
): Promise<ReadonlySet<string>> {
  if (!seal.seals)
    log.warn(
      {},
      'Secrets lie in the database as they are. Set BATON_SECRET_KEY, alike for all servers, to have them encrypted.',
    )
  const random = (): string => randomBytes(32).toString('base64url')
  const shared: readonly (readonly [name: string, make: () => string])[] = [
    ['token.secret', random],
    ...(identitySecret === undefined ? [['identity.secret', random] as const] : []),
    ...(adminKey === undefined ? [['admin.key', () => `baton_admin_${random()}`] as const] : []),
  ]
  const made = new Set<string>()
  for (const [name, make] of shared)
    if ((await shareSecret(pool, { folder, name, make, seal, log })).made) made.add(name)
  if (adminKey !== undefined) await compareConfigured(pool, 'BATON_ADMIN_KEY', adminKey, log)
  if (identitySecret !== undefined) await compareConfigured(pool, 'WIDGET_IDENTITY_SECRET', identitySecret, log)
  return made
}

/** A broken file keeps its own flow from running, no other. */
function warnOfBroken(saved: readonly FlowSummary[], log: Log): void {
  for (const { broken } of saved) {
    for (const { pointer, message } of broken?.faults ?? [])
      log.warn({}, `${broken?.file}: ${pointer || 'the document'} ${message}`)
  }
}

/** Flows that came by git run from the start; one with errors waits, as a broken file does. */
async function sayDeployed(deploy: () => Promise<readonly Deployed[]>, log: Log): Promise<void> {
  try {
    for (const flow of await deploy()) say(flow, log)
  } catch (error) {
    // A folder that cannot be written keeps new flows from running, not those that are published.
    if (!(error instanceof RuntimeError)) throw error
    log.warn({}, `New flows could not be published. ${error.message}`)
  }
}

function say(flow: Deployed, log: Log): void {
  const { id } = flow
  if ('version' in flow)
    log.info({}, `The flow “${id}” came as a file and is published now, as version ${flow.version}.`)
  else if ('brought' in flow)
    log.info({}, `The flow “${id}” was brought into the database, with ${flow.brought} published versions.`)
  else if ('draft' in flow) sayDraft(id, flow.draft, log)
  else
    for (const { node, message } of flow.errors)
      log.warn(
        {},
        `${id}.flow.json is not published: ${node === null ? '' : `node “${node}”: `}${message} ` +
          `Mend it, then start again or publish it with POST /v1/flows/${id}/publish.`,
      )
}

function sayDraft(id: string, draft: 'taken' | 'kept', log: Log): void {
  if (draft === 'taken')
    log.info({}, `${id}.flow.json has changed and is the draft now; publish it with POST /v1/flows/${id}/publish.`)
  else
    log.warn(
      {},
      `${id}.flow.json has changed, and so has its draft in the database, which stays. To use the file, save it with ` +
        `PUT /v1/flows/${id}.`,
    )
}
