import { z } from 'zod'
import {
  FlowFaults,
  parseFlow,
  Refusal,
  verify as compare,
  versionsIn,
  type Flow,
  type Verified,
} from '#engine/index.ts'
import { brokenLaws, laws } from '../store/laws.ts'
import { connect as openDatabase } from '../store/database.ts'
import type { CliCommand } from './command.ts'
import { conversations, documentOfVersion, logOf, pathOf } from './conversations.ts'
import type { Page } from './pages.ts'
import { connect, type RunningServer } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted, lengthInWords } from './words.ts'

interface Options {
  readonly flow?: string
  readonly after?: string
  readonly url?: string
  readonly database?: string
}

const help = `
Each conversation's log is replayed here, by this Baton, on the versions of its flow; what comes out must be, byte by
byte, the snapshot that the server keeps. With --database the tables are asked as well whether they agree with one another:
that logs have no gap, that who waits is in the queue, that what has a deadline is woken ... It changes nothing. The exit
code is 1 when something is wrong. The environment says which server:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an agent, supervisor, designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Examples:
  baton verify
  baton verify c-1729 c-1730
  baton verify --flow support --after WzE3NjM3…
  baton verify --database "$DATABASE_URL"`

export const verify: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('[conversation...]', 'their ids; all that there are when left out, the latest first')
      .option('--flow <flow>', 'only those of this flow')
      .option('--after <cursor>', 'go on where an earlier run was stopped')
      .option('--url <address>', 'the server’s address')
      .option('--database <url>', 'the PostgreSQL of the server: its tables are looked at too')
      .addHelpText('after', help)
      .action((ids: readonly string[], options: Options) => run(verifyAll(ids, options, terminal)))
  },
}

const PAGE = 100
/** Conversations that are read at the same time. */
const TOGETHER = 8

interface Tally {
  equal: number
  events: number
  trimmed: number
  differ: number
}

async function verifyAll(ids: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const server = await connect(terminal, options.url)
  const checker = createChecker(server)
  const tally: Tally = { equal: 0, events: 0, trimmed: 0, differ: 0 }
  const began = performance.now()
  try {
    for await (const { items, next } of pagesOfIds(ids, options, server)) {
      for (let from = 0; from < items.length; from += TOGETHER) {
        const some = items.slice(from, from + TOGETHER)
        const verdicts = await Promise.all(some.map(checker))
        for (const [index, verdict] of verdicts.entries()) tell(some[index] ?? '', verdict, tally, terminal)
      }
      if (next !== null) tellProgress(tally, next, terminal)
    }
  } finally {
    await server.close()
  }
  terminal.output.write(summary(tally, performance.now() - began, terminal))
  const agree = options.database === undefined || (await tablesAgree(options.database, terminal))
  return tally.differ === 0 && agree ? 0 : 1
}

async function tablesAgree(databaseUrl: string, { output, style }: Terminal): Promise<boolean> {
  const { pool, close } = openDatabase({ databaseUrl })
  const broken = await brokenLaws(pool).finally(close)
  for (const { law, conversation, what } of broken)
    output.write(`${style.red('✗')} ${conversation}: ${what} (${law.toLowerCase()})\n`)
  if (broken.length === 0)
    output.write(`${style.green('✓')} ${counted(Object.keys(laws).length, 'law')} between the tables hold\n`)
  return broken.length === 0
}

async function* pagesOfIds(
  ids: readonly string[],
  { flow, after }: Options,
  server: RunningServer,
): AsyncGenerator<Page<string>> {
  if (ids.length > 0) return yield { items: ids, next: null }
  for await (const { items, next } of conversations(server, { flow, cursor: after, limit: PAGE }))
    yield { items: items.map(({ id }) => id), next }
}

/** A verdict, or why there can be none. */
type Checked = Verified | { readonly verdict: 'unreadable'; readonly message: string }

function createChecker(server: RunningServer): (id: string) => Promise<Checked> {
  const flows = new Map<string, Promise<Flow | undefined>>()
  const flowOf = (id: string, version: number): Promise<Flow | undefined> => {
    const key = `${id} ${version}`
    const known = flows.get(key) ?? readFlow(server, id, version)
    flows.set(key, known)
    return known
  }
  return async (id) => {
    const path = pathOf(id)
    // The snapshot first: what the log holds beyond it came later.
    const stored = await server.text(`${path}/snapshot`)
    const log = await logOf(server, id)
    const flow = flowIn(stored) ?? flowIn(await server.text(path)) ?? { id: '', version: 0 }
    const events = log.flatMap((entry) => (entry.kind === 'event' ? [entry] : []))
    const versions = new Map<number, Flow>()
    for (const version of new Set(versionsIn(events, flow.version))) {
      const found = await flowOf(flow.id, version)
      if (found === undefined)
        return { verdict: 'unreadable', message: `version ${version} of “${flow.id}” cannot be read` }
      versions.set(version, found)
    }
    return compare((version) => versions.get(version) ?? missing(version), log, stored)
  }
}

/** Of a stored snapshot, or of a view; undefined where it is neither. */
function flowIn(text: string): { readonly id: string; readonly version: number } | undefined {
  try {
    return z.object({ flow: z.object({ id: z.string(), version: z.int() }) }).parse(JSON.parse(text)).flow
  } catch {
    return undefined
  }
}

function missing(version: number): never {
  throw new Refusal('stale', `The log does not name version ${version}.`)
}

async function readFlow(server: RunningServer, id: string, version: number): Promise<Flow | undefined> {
  try {
    const read = parseFlow(await documentOfVersion(server, id, version))
    return read.ok ? read.flow : undefined
  } catch (error) {
    if (error instanceof UsageError || error instanceof FlowFaults) return undefined
    throw error
  }
}

function tell(id: string, verdict: Checked, tally: Tally, { output, style }: Terminal): void {
  switch (verdict.verdict) {
    case 'equal':
      tally.equal++
      tally.events += verdict.events
      return
    case 'trimmed':
      tally.trimmed++
      output.write(
        `${style.yellow('!')} ${id}: the beginning of its log is not kept any more, so it cannot be replayed\n`,
      )
      return
    case 'unreadable':
      tally.differ++
      output.write(`${style.red('✗')} ${id}: ${verdict.message}\n`)
      return
    default:
      tally.differ++
      output.write(`${style.red('✗')} ${id}: ${inWords(verdict)}\n`)
  }
}

function inWords(verdict: Exclude<Verified, { readonly verdict: 'equal' | 'trimmed' }>): string {
  const event = `event ${verdict.event.seq} (${verdict.event.type})`
  switch (verdict.verdict) {
    case 'log differs':
      return `${event} brings about something else than what was logged, first at ${verdict.pointer}`
    case 'refused':
      return `${event} is not taken any more: ${verdict.message}`
    case 'snapshot differs':
      return verdict.pointer === ''
        ? `the stored snapshot is not the text that the log replays to after ${event}, though no value of it differs`
        : `the stored snapshot differs from what the log replays to after ${event}, first at ${verdict.pointer}`
    default:
      return verdict satisfies never
  }
}

/** On a screen in the place of the line before; in a file not at all, but for where to go on. */
function tellProgress(
  { equal, trimmed, differ }: Tally,
  next: string,
  { errors, isInteractive, style }: Terminal,
): void {
  const line = `${counted(equal + trimmed + differ, 'conversation')} checked; stopped here, go on with --after ${next}`
  errors.write(isInteractive ? `\r${style.dim(line)}\u001b[K` : `${line}\n`)
}

function summary(
  { equal, events, trimmed, differ }: Tally,
  length: number,
  { isInteractive, style }: Terminal,
): string {
  const all = equal + trimmed + differ
  const rate = Math.round(all / Math.max(length / 1_000, 0.001))
  const took = style.dim(`(${counted(events, 'event')}, ${lengthInWords(Math.round(length))}, ${rate} a second)`)
  const rest = [
    `${equal} byte-equal`,
    ...(differ === 0 ? [] : [style.red(`${differ} differ${differ === 1 ? 's' : ''}`)]),
    ...(trimmed === 0 ? [] : [style.yellow(`${trimmed} not kept whole`)]),
  ]
  const mark = differ === 0 ? style.green('✓') : style.red('✗')
  return `${isInteractive ? '\r\u001b[K' : ''}${mark} ${counted(all, 'conversation')}: ${rest.join(', ')} ${took}\n`
}
