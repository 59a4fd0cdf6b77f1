import { InvalidArgumentError } from 'commander'
import { auditRecord } from '#server/http/schemas/audit.ts'
import { checkChain, type AuditRecord } from '#server/identity/audit.ts'
import type { CliCommand } from './command.ts'
import { pagesOf, type Page } from './pages.ts'
import { connect, type RunningServer } from './running-server.ts'
import type { Terminal } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  readonly verify?: boolean
  readonly known?: Known
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly since?: string
  readonly limit: number
  readonly url?: string
}
/** An entry as somebody noted it outside of the server. */
interface Known {
  readonly id: string
  readonly hash: string
}

const PAGE = 200

const help = `
Each entry’s hash covers the one before, so that whoever changes or removes an entry changes all after it. --verify
computes them anew and prints the newest: note it where nobody who has the database can change it, and give it back
later with --known, which finds out as well whether the end of the log was cut off or all of it written anew.
It asks a server that runs; the environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Examples:
  baton audit --action flow --since 2026-11-01T00:00:00Z
  baton audit --verify --known 1200:9f2c…`

export const audit: CliCommand = {
  define(command, terminal, run) {
    command
      .option('--actor <id>', 'what this key or person did')
      .option('--action <action>', 'such as flow.published, or flow for all that happened to flows')
      .option('--target <id>', 'what happened to this')
      .option('--since <time>', 'from then on, such as 2026-11-01T00:00:00Z')
      .option('--limit <count>', 'how many at most', wholeNumber(1, 1_000_000, 100), 50)
      .option('--verify', 'check the whole log')
      .option('--known <id:hash>', 'with --verify: what it printed earlier', known)
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((options: Options) => run(options.verify === true ? verify(options, terminal) : show(options, terminal)))
  },
}

async function show({ actor, action, target, since, limit, url }: Options, terminal: Terminal): Promise<number> {
  const server = await connect(terminal, url)
  const { output, style } = terminal
  try {
    let left = limit
    for await (const { items } of pages(server, { actor, action, target, since })) {
      for (const { id, at, actor: who, action: what, target: on, change } of items.slice(0, left)) {
        const detail = change === undefined ? '' : `  ${style.dim(JSON.stringify(change))}`
        output.write(`${style.dim(id)} ${at}  ${style.bold(what)} ${on.id}  by ${who.name ?? who.id}${detail}\n`)
      }
      left -= items.length
      if (left <= 0) break
    }
    return 0
  } finally {
    await server.close()
  }
}

async function verify({ known: noted, url }: Options, terminal: Terminal): Promise<number> {
  const server = await connect(terminal, url)
  const { output, style } = terminal
  let [count, newest, faults]: [number, AuditRecord | undefined, string[]] = [0, undefined, []]
  let later: AuditRecord | undefined
  let found = noted === undefined
  try {
    for await (const { items } of pages(server, {})) {
      newest ??= items[0]
      count += items.length
      if (noted) found ||= items.some(({ id, hash }) => id === noted.id && hash === noted.hash)
      const fault = checkChain([...(later ? [later] : []), ...items.slice(0, -1)], items.at(-1) ?? null)
      if (fault !== undefined) faults = [...faults, fault]
      later = items.at(-1)
    }
    const first = later && checkChain([later], null)
    if (first !== undefined) faults = [...faults, first]
  } finally {
    await server.close()
  }
  if (!found) faults = [...faults, `The log no longer holds entry ${noted?.id} as it was noted.`]
  for (const fault of faults) output.write(`${style.red('✗')} ${fault}\n`)
  if (faults.length > 0) return 1
  output.write(`${style.green('✓')} ${count} entries, each as it was written\n`)
  if (newest) output.write(`  newest ${newest.id}:${newest.hash}\n`)
  return 0
}

/** Page after page, the latest first. */
function pages(
  server: RunningServer,
  asked: Readonly<Record<string, string | undefined>>,
): AsyncIterable<Page<AuditRecord>> {
  return pagesOf(server, '/v1/audit', auditRecord, { ...asked, limit: String(PAGE) })
}

function known(text: string): Known {
  const [, id, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (id === undefined || hash === undefined)
    throw new InvalidArgumentError('It is what --verify printed, such as 1200:9f….')
  return { id, hash }
}
