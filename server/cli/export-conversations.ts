import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { CliCommand } from './command.ts'
import { conversations, documentOfVersion, logOf } from './conversations.ts'
import { answerAs, connect, type RunningServer } from './running-server.ts'
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

const PAGE = 200
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
    for await (const { id, version } of newest(server, flow, most)) {
      if (!known.has(version)) {
        await put({ version, flow: await documentOfVersion(server, flow, version) })
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

async function* newest(
  server: RunningServer,
  flow: string,
  most: number,
): AsyncIterable<{ readonly id: string; readonly version: number }> {
  let left = most
  for await (const { items } of conversations(server, { flow, limit: PAGE })) {
    for (const each of items.slice(0, left)) yield { id: each.id, version: each.flow.version }
    left -= items.length
    if (left <= 0) return
  }
}

async function savedSchedules(server: RunningServer): Promise<Readonly<Record<string, unknown>>> {
  const { items } = answerAs(schedules, JSON.parse(await server.text('/v1/schedules')))
  return Object.fromEntries(items.map(({ id, name: _, ...schedule }) => [id, schedule]))
}
