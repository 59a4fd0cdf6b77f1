import { InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '#engine/index.ts'
import { dryRunView } from '#server/http/schemas/dry-run.ts'
import type { DryRunAsk } from '#server/runtime/dry-run.ts'
import type { CliCommand } from './command.ts'
import { answerAs, post } from './running-server.ts'
import { table } from './staff-table.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  readonly team: string
  readonly day?: string
  readonly timezone?: string
  readonly agents?: number
  readonly more?: number
  readonly policy?: 'leastLoaded' | 'longestIdle'
  readonly ageing?: string
  readonly maxWait?: string
  readonly relax?: readonly Step[]
  readonly handle?: string
  readonly goal?: Goal
  readonly json?: boolean
  readonly url?: string
}
interface Step {
  readonly after: string
  readonly drop: readonly string[]
}
interface Goal {
  readonly share: number
  readonly within: string
}

const help = `
It asks a server that runs, and changes nothing there. The environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of a supervisor, designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Examples:
  baton staff --team support --more 2
  baton staff --team support --day 2026-11-20 --agents 12 --relax 1m:spanish --relax 3m:language`

export const staff: CliCommand = {
  define(command, terminal, run) {
    command
      .requiredOption('--team <team>', 'whose day')
      .option('--day <day>', 'such as 2026-11-20; yesterday when left out')
      .option('--timezone <zone>', 'whose midnight, such as Europe/Berlin; this machine’s when left out')
      .option('--agents <count>', 'how many work', wholeNumber(0, 999, 12))
      .option('--more <count>', 'how many more work; below 0, fewer', wholeNumber(-999, 999, 12))
      .addOption(new Option('--policy <policy>', 'who goes first').choices(['leastLoaded', 'longestIdle']))
      .option('--ageing <duration>', 'what one point of priority is worth in waiting', length)
      .option('--max-wait <duration>', 'the longest wait', length)
      .option('--relax <after:needs...>', 'what is not asked for any more after a while: 1m:spanish,language', step)
      .option('--handle <duration>', 'what a conversation takes on the mean, instead of what was measured', length)
      .option('--goal <share/within>', 'what “needed” is for, such as 80/20s', goal)
      .option('--json', 'write the answer as the server gives it')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((options: Options) => run(dryRun(options, terminal)))
  },
}

async function dryRun(options: Options, terminal: Terminal): Promise<number> {
  const answer = await post(
    `/v1/queues/${encodeURIComponent(options.team)}/dry-run`,
    asked(options),
    terminal,
    options.url,
  )
  if (options.json === true) {
    terminal.output.write(`${JSON.stringify(answer, null, 2)}\n`)
    return 0
  }
  terminal.output.write(table(answerAs(dryRunView, answer, 'Use --json.'), terminal.style))
  return 0
}

function asked(options: Options): DryRunAsk {
  const { day, agents, more, policy, ageing, maxWait, relax, handle, goal } = options
  const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const rules = given({ policy, ageing, maxWait, relax })
  return {
    day: day ?? yesterday(timezone),
    timezone,
    ...given({ count: agents, more, handle, goal }),
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
  }
}

type Given<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }

/** The fields that have a value. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  // Holds: what is undefined is left out, the rest is unchanged.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>
}

function yesterday(timezone: string): string {
  try {
    // Sweden writes dates as ISO 8601 does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(Date.now() - 86_400_000)
  } catch {
    throw new UsageError(`“${timezone}” is no time zone; write one such as Europe/Berlin.`)
  }
}

function length(text: string): string {
  if (parseDuration(text) === undefined) throw new InvalidArgumentError('It is a duration, such as 90s, 5m or 2h.')
  return text
}

function step(text: string, before: readonly Step[] = []): readonly Step[] {
  const [after = '', needs = ''] = text.split(':')
  if (parseDuration(after) === undefined || needs === '')
    throw new InvalidArgumentError('Write when and what, such as 1m:spanish,language.')
  return [...before, { after, drop: needs.split(',') }]
}

function goal(text: string): Goal {
  const [, share = '', within = ''] = /^(\d{1,2}(?:\.\d+)?)%?\/(.+)$/.exec(text) ?? []
  if (!(Number(share) > 0) || parseDuration(within) === undefined)
    throw new InvalidArgumentError('Write a share and a time, such as 80/20s.')
  return { share: Number(share) / 100, within }
}
