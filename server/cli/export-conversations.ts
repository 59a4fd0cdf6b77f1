import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { CliCommand } from './command.ts'
import { connect, type RunningServer } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

interface Options {
  readonly to: string
  readonly most: number
  readonly url?: string
}

const help = `
The file holds what customers said, word by word: keep it as you keep the conversations themselves.
It asks a server that runs, and changes nothing there. The environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of a supervisor, designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Example:
  baton export-conversations support --to last-week.jsonl
  baton backtest support --draft flows/support.flow.json --conversations last-week.jsonl`

/** The versions of a flow, the opening hours, and its conversations with their logs, for a backtest without a server. */
export const exportingConversations: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<flow>', 'the flow’s id')
      .requiredOption('--to <file>', 'the file that is written, one JSON document a line')
      .option('--most <count>', 'how many, the newest first', Number, 10_000)
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((flow: string, options: Options) => run(write(flow, options, terminal)))
  },
}

const page = z.object({
  items: z.array(z.looseObject({ id: z.string(), flow: z.object({ version: z.int() }) })),
  next: z.string().nullable(),
})
const entries = z.object({ items: z.array(z.looseObject({ at: z.string() })), next: z.string().nullable() })
const schedules = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

async function write(flow: string, { to, most, url }: Options, terminal: Terminal): Promise<number> {
  if (!(most > 0)) throw new UsageError('--most is a number, such as 1000.')
  const server = await connect(terminal, url)
  const file = createWriteStream(resolve(terminal.folder, to))
  const put = async (document: object): Promise<void> => {
    if (!file.write(`${JSON.stringify(document)}\n`)) await once(file, 'drain')
  }
  try {
    await put({ schedules: await savedSchedules(server) })
    const known = new Set<number>()
    let written = 0
    for await (const { id, version } of conversations(server, flow, most)) {
      if (!known.has(version)) {
        await put({
          version,
          flow: JSON.parse(
            await server.text(`/v1/flows/${encodeURIComponent(flow)}/export?as=json&version=${version}`),
          ),
        })
        known.add(version)
      }
      await put({ conversation: id, version, log: await logOf(server, id) })
      written++
    }
    terminal.output.write(`${terminal.style.green('✓')} ${counted(written, 'conversation')} in ${to}\n`)
    return 0
  } finally {
    file.end()
    await once(file, 'close')
    await server.close()
  }
}

async function* conversations(
  server: RunningServer,
  flow: string,
  most: number,
): AsyncIterable<{ readonly id: string; readonly version: number }> {
  let left = most
  let cursor: string | null = null
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const asked = `/v1/conversations?flow=${encodeURIComponent(flow)}&limit=200${after}`
    const { items, next } = page.parse(JSON.parse(await server.text(asked)))
    for (const {
      id,
      flow: { version },
    } of items.slice(0, left))
      yield { id, version }
    left -= items.length
    cursor = next
  } while (cursor !== null && left > 0)
}

async function logOf(server: RunningServer, id: string): Promise<readonly object[]> {
  const log: object[] = []
  let after: string | null = '0'
  while (after !== null) {
    const { items, next }: z.output<typeof entries> = entries.parse(
      JSON.parse(await server.text(`/v1/conversations/${encodeURIComponent(id)}/log?after=${after}&limit=1000`)),
    )
    log.push(...items.map((entry) => ({ ...entry, at: Date.parse(entry.at) })))
    after = next
  }
  return log
}

async function savedSchedules(server: RunningServer): Promise<Readonly<Record<string, unknown>>> {
  const { items } = schedules.parse(JSON.parse(await server.text('/v1/schedules')))
  return Object.fromEntries(items.map(({ id, name: _, ...schedule }) => [id, schedule]))
}
