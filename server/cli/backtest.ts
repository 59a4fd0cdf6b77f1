import { InvalidArgumentError } from 'commander'
import { merge, type Report, type Telling } from '#engine/backtest/index.ts'
import { parseFlow } from '#engine/index.ts'
import { backtestView, MOST_VALUES } from '#server/http/schemas/backtest.ts'
import type { z } from 'zod'
import { playFile } from './backtest-file.ts'
import { backtestTable } from './backtest-table.ts'
import type { CliCommand } from './command.ts'
import { findDocument, readDocument, shown } from './documents.ts'
import { answerAs, post } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  readonly draft?: string
  readonly version?: number
  readonly from?: string
  readonly to?: string
  readonly sweep?: Sweep
  readonly conversations?: string
  readonly list: number
  readonly json?: boolean
  readonly url?: string
}

export interface Sweep {
  readonly trigger: string
  readonly signal: string
  readonly field: string
  readonly values: readonly number[]
}

type Page = z.output<typeof backtestView>
/** All pages as one; `conversation` and `what` of each difference are enough for a table. */
export type Sum = Report<Page['differences'][number]>

const help = `
Past conversations are played again through a draft: customers, bots and agents do what they did, and the draft does with
it what it would have done. Nothing is changed. It asks a server that runs; the environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of a supervisor, designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR
With --conversations it asks nobody: it plays a file that \`baton export-conversations\` has written.

Examples:
  baton backtest support --from 2026-11-01
  baton backtest support --draft flows/support.flow.json --sweep unsure.lowConfidence.below=0.5..0.8/0.05
  baton backtest support --draft flows/support.flow.json --conversations last-week.jsonl --json`

export const backtest: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<flow>', 'whose conversations: the flow’s id')
      .option('--draft <file>', 'the draft: a file, or an id in FLOWS_DIR; what is saved as the draft when left out')
      .option('--version <version>', 'a published version instead of a draft', wholeNumber(1, 999_999_999, 3))
      .option('--from <time>', 'conversations that began at or after this: 2026-11-01, or a time with its zone', time)
      .option('--to <time>', 'conversations that began before this', time)
      .option(
        '--sweep <figure=values>',
        'a figure of a trigger at several values: trigger.signal.field=0.5..0.8/0.05',
        sweep,
      )
      .option('--conversations <file>', 'play the conversations of this file, without a server')
      .option('--list <count>', 'how many differences are listed', wholeNumber(0, 999_999, 20), 20)
      .option('--json', 'write all of it as JSON')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((flow: string, options: Options) => run(played(flow, options, terminal)))
  },
}

async function played(flow: string, options: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const draft = options.draft === undefined ? undefined : await draftFrom(options.draft, terminal)
  if (draft !== undefined && options.version !== undefined) throw new UsageError('Name a draft or a version, not both.')
  const sum =
    options.conversations === undefined
      ? await onServer(flow, draft, options, terminal)
      : await offline(flow, draft, options, terminal)
  if (options.json === true) output.write(`${JSON.stringify(sum, null, 2)}\n`)
  else output.write(backtestTable(sum, { flow, list: options.list, sweep: options.sweep }, style))
  return 0
}

async function draftFrom(name: string, terminal: Terminal): Promise<unknown> {
  const path = await findDocument('flow', name, terminal)
  const document = await readDocument(path, terminal)
  const read = parseFlow(document)
  if (read.ok) return document
  const faults = read.faults.map(({ pointer, message }) => `  ${pointer || '/'} ${message}`)
  throw new UsageError([`${shown(path, terminal)} has ${counted(read.faults.length, 'fault')}:`, ...faults].join('\n'))
}

async function onServer(flow: string, draft: unknown, options: Options, terminal: Terminal): Promise<Sum> {
  const { from, to, sweep, version } = options
  const body = {
    ...(draft === undefined ? {} : { flow: draft }),
    ...(version === undefined ? {} : { version }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(sweep === undefined ? {} : { sweep }),
  }
  let page = await pageOf(flow, body, options, terminal)
  let sum: Sum = page
  while (page.next !== null) {
    progress(sum, page.total, terminal)
    page = await pageOf(flow, { ...body, cursor: page.next }, options, terminal)
    sum = merge(sum, page)
  }
  progress(sum, page.total, terminal)
  return bare(sum)
}

async function pageOf(flow: string, body: object, { url }: Options, terminal: Terminal): Promise<Page> {
  return answerAs(backtestView, await post(`/v1/flows/${encodeURIComponent(flow)}/backtest`, body, terminal, url))
}

async function offline(flow: string, draft: unknown, options: Options, terminal: Terminal): Promise<Sum> {
  if (draft === undefined) throw new UsageError('Without a server there is no saved draft; name one with --draft.')
  const { from, to, sweep, conversations = '' } = options
  const span = {
    from: from === undefined ? -Infinity : Date.parse(from),
    to: to === undefined ? Infinity : Date.parse(to),
  }
  return playFile({ file: conversations, flow, draft, sweep, ...span }, terminal)
}

/** Without what is a page’s own. */
function bare({ replayed, same, unsure, handoffs, changes, differences, skipped, sweep }: Sum): Sum {
  return { replayed, same, unsure, handoffs, changes, differences, skipped, ...(sweep === undefined ? {} : { sweep }) }
}

function progress(sum: Report<Telling>, total: number, { errors, isInteractive }: Terminal): void {
  if (!isInteractive) return
  const done = sum.replayed + sum.skipped.length
  errors.write(`\r${done} of ${total} conversations${done >= total ? '\r\u001b[K' : ''}`)
}

function time(text: string): string {
  const at = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError('It is a day or a time, such as 2026-11-01 or 2026-11-01T09:00:00+01:00.')
  return new Date(at).toISOString()
}

function sweep(text: string): Sweep {
  const [, trigger, signal, field, range = ''] = /^([^.=]+)\.([^.=]+)\.([^.=]+)=(.+)$/.exec(text) ?? []
  const values = valuesOf(range)
  if (trigger === undefined || signal === undefined || field === undefined || values === undefined)
    throw new InvalidArgumentError(
      'Write trigger.signal.field=from..to/step, such as unsure.lowConfidence.below=0.5..0.8/0.05, or values with commas.',
    )
  if (values.length > MOST_VALUES)
    throw new InvalidArgumentError(`That is ${values.length} values; ${MOST_VALUES} at most. Take larger steps.`)
  return { trigger, signal, field, values }
}

function valuesOf(range: string): readonly number[] | undefined {
  const [, low, high, step] = /^(-?[\d.]+)\.\.(-?[\d.]+)\/([\d.]+)$/.exec(range) ?? []
  if (low === undefined) {
    const values = range.split(',').map((each) => (each.trim() === '' ? NaN : Number(each)))
    return values.every(Number.isFinite) ? [...new Set(values)] : undefined
  }
  const [from, to, by] = [Number(low), Number(high), Number(step)]
  if (!(by > 0) || !(to >= from)) return undefined
  // Counted in steps and rounded: 0.1 added up ten times is not 1.
  return Array.from({ length: Math.floor((to - from) / by + 1e-9) + 1 }, (_, index) =>
    Number((from + index * by).toFixed(10)),
  )
}
