import { flowVersion } from '#server/http/schemas/flow.ts'
import { listOf } from '#server/http/schemas/list.ts'
import { migrationPreview, moved } from '#server/http/schemas/migration.ts'
import type { CliCommand } from './command.ts'
import { answerAs, get, post } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  readonly to?: number
  readonly move?: boolean
  readonly url?: string
}

const versions = listOf(flowVersion)

const help = `
Without --move it says who would move and who stays, and changes nothing. It asks a server that runs; the environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of a designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Examples:
  baton migrate support
  baton migrate support --to 3 --move`

export const migrate: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<flow>', 'its id')
      .option('--to <version>', 'a published version; the live one when left out', wholeNumber(1, 999_999_999, 3))
      .option('--move', 'move them, each all or not at all')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((flow: string, options: Options) =>
        run(options.move === true ? move(flow, options, terminal) : preview(flow, options, terminal)),
      )
  },
}

async function preview(flow: string, { to, url }: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const version = to ?? (await liveOf(flow, url, terminal))
  const { moves, stays } = answerAs(migrationPreview, await post(`${pathOf(flow)}/preview`, { version }, terminal, url))
  if (moves.length + stays.length === 0) output.write(`Nobody runs on another version than ${version}.\n`)
  for (const { count, from, state, notes } of moves) {
    output.write(`${style.green('✓')} ${count} at ${state} would move from version ${from} to ${version}\n`)
    for (const note of notes) output.write(`  ${note}\n`)
  }
  for (const { count, from, state, why, conversations } of stays) {
    const names = `${conversations.join(', ')}${count > conversations.length ? ', …' : ''}`
    output.write(`${style.yellow('!')} ${count} at ${state} would stay on version ${from}, because ${why}: ${names}\n`)
  }
  return 0
}

/** Goes on until nobody is left who could move; who stays is named once. */
async function move(flow: string, { to, url }: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const stays = new Map<string, string>()
  let count = 0
  for (;;) {
    const answer = answerAs(moved, await post(pathOf(flow), to === undefined ? {} : { version: to }, terminal, url))
    count += answer.moved.length
    for (const { conversation, why } of answer.stayed) stays.set(conversation, why)
    if (answer.left === 0 || answer.moved.length === 0) break
  }
  output.write(`${style.green('✓')} ${count} moved\n`)
  for (const [conversation, why] of stays) output.write(`${style.yellow('!')} ${conversation} stays, because ${why}\n`)
  return 0
}

async function liveOf(flow: string, url: string | undefined, terminal: Terminal): Promise<number> {
  const { items } = answerAs(versions, await get(`/v1/flows/${encodeURIComponent(flow)}/versions`, terminal, url))
  const live = items.find((each) => each.live)
  if (live) return live.version
  throw new UsageError(`The flow “${flow}” has no published version to move to; publish it first.`)
}

function pathOf(flow: string): string {
  return `/v1/flows/${encodeURIComponent(flow)}/migration`
}
