import { createInterface } from 'node:readline/promises'
import { parseFlow, Refusal, type Flow, type Json } from '#engine/index.ts'
import { simulate as begin, standIns, type Simulation } from '#engine/simulate/index.ts'
import { answer } from './chat.ts'
import type { CliCommand } from './command.ts'
import { findDocument, readDocument, shown } from './documents.ts'
import { said, standing } from './screen.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

interface Options {
  readonly at?: string
  readonly language?: string
  readonly customer?: readonly string[]
}

export const simulate: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<flow>', 'a file, or an id in FLOWS_DIR')
      .option('--at <time>', 'when it begins, such as 2026-03-02T22:00:00Z (a Monday at 10:00 in the flow’s zone)')
      .option('--language <language>', 'the customer’s language, such as de')
      .option('--customer <key=value...>', 'what is known of the customer, such as name=Ann tier=vip')
      .action((name: string, options: Options) => run(chat(name, options, terminal)))
  },
}

async function chat(name: string, options: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const path = await findDocument('flow', name, terminal)
  const read = parseFlow(await readDocument(path, terminal))
  if (!read.ok) {
    throw new UsageError(
      `${shown(path, terminal)} has ${counted(read.faults.length, 'fault')}; see them with \`baton check ${name}\`.`,
    )
  }
  let simulation = opened(read.flow, options)
  output.write(
    `${style.bold(read.flow.name)} ${style.dim('· write as the customer, /help for the rest, /quit to leave')}\n`,
  )
  for (const schedule of savedSchedules(read.flow)) {
    output.write(style.dim(`“${schedule}” is a saved schedule of the server; here it counts as closed.\n`))
  }
  output.write(said(simulation.messages, style) + standing(simulation, style))
  const lines = createInterface({
    input: terminal.input,
    ...(terminal.isInteractive ? { output, prompt: style.green('› ') } : {}),
  })
  if (terminal.isInteractive) lines.prompt()
  for await (const line of lines) {
    // What comes through a pipe is written, so that the whole reads like a conversation.
    if (!terminal.isInteractive && line.trim() !== '') output.write(`› ${line}\n`)
    const turn = await answer(line.trim(), simulation, { path, style, terminal })
    output.write(turn.text)
    if (turn.leaves) break
    simulation = turn.simulation
    if (terminal.isInteractive) lines.prompt()
  }
  lines.close()
  return 0
}

function opened(flow: Flow, { at, language, customer = [] }: Options): Simulation {
  const start = at === undefined ? undefined : Date.parse(at)
  if (start !== undefined && Number.isNaN(start)) {
    throw new UsageError(`“${at}” is no time; write one such as 2026-03-02T22:00:00Z.`)
  }
  try {
    return begin(flow, {
      at: start,
      language,
      customer: Object.fromEntries(customer.map(known)),
      agents: standIns(flow),
    })
  } catch (error) {
    if (error instanceof Refusal) throw new UsageError(error.message)
    throw error
  }
}

function known(pair: string): readonly [string, Json] {
  const [key = '', ...rest] = pair.split('=')
  const value = rest.join('=')
  if (key === '' || rest.length === 0) throw new UsageError(`“${pair}” is not key=value, such as tier=vip.`)
  return [
    key,
    value === 'true'
      ? true
      : value === 'false'
        ? false
        : value.trim() !== '' && !Number.isNaN(Number(value))
          ? Number(value)
          : value,
  ]
}

function savedSchedules(flow: Flow): readonly string[] {
  return [
    ...new Set(
      flow.nodes.flatMap((node) =>
        (node.type === 'hours' || node.type === 'callback') && typeof node.data.schedule === 'string'
          ? [node.data.schedule]
          : [],
      ),
    ),
  ]
}
