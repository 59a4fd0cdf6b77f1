/**
 * A file of past conversations: one JSON document a line. `{"version", "flow"}` is a version of the flow; `{"schedules"}`
 * the opening hours; `{"conversation", "version", "log"}` a conversation with its log, after the version that it ran on.
 */
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import {
  backtestAll,
  emptyReport,
  merge,
  withFigure,
  type Compared,
  type Drafts,
  type Schedules,
} from '#engine/backtest/index.ts'
import { parseFlow, type Flow, type LogEntry } from '#engine/index.ts'
import { schedule } from '#engine/hours/index.ts'
import type { Sum, Sweep } from './backtest.ts'
import { isFile, shown } from './documents.ts'
import { UsageError, type Terminal } from './terminal.ts'

export interface FileAsk {
  readonly file: string
  readonly flow: string
  readonly draft: unknown
  readonly sweep: Sweep | undefined
  /** Epoch ms. */
  readonly from: number
  readonly to: number
}

const line = z.union([
  z.strictObject({ conversation: z.string(), version: z.int(), log: z.array(z.custom<LogEntry>(isEntry)) }),
  z.strictObject({ version: z.int(), flow: z.looseObject({}) }),
  z.strictObject({ schedules: z.record(z.string(), schedule) }),
])

export async function playFile(ask: FileAsk, terminal: Terminal): Promise<Sum> {
  const path = resolve(terminal.folder, ask.file)
  if (!(await isFile(path)))
    throw new UsageError(`There is no file ${ask.file}; \`baton export-conversations ${ask.flow}\` writes one.`)
  const drafts = draftsOf(ask)
  const versions = new Map<number, Flow>()
  let schedules: Schedules = {}
  let report = emptyReport<Compared>()
  let number = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++
    if (text.trim() === '') continue
    const wrong = (what: string): UsageError => new UsageError(`${shown(path, terminal)}, line ${number}: ${what}.`)
    const read = line.safeParse(parsed(text))
    if (!read.success) throw wrong('is no line of a file of conversations; write it with `baton export-conversations`')
    if ('schedules' in read.data) schedules = read.data.schedules
    else if ('flow' in read.data) versions.set(read.data.version, flowIn(read.data.flow, wrong))
    else {
      const { conversation, version, log } = read.data
      const at = log[0]?.at ?? 0
      if (at < ask.from || at >= ask.to) continue
      const flow = versions.get(version)
      if (flow === undefined) throw wrong(`version ${version} of the flow does not stand before it`)
      report = merge(report, backtestAll([{ conversation, flow, log }], drafts, { schedules }))
    }
  }
  return {
    ...report,
    differences: report.differences.map((each) => ({
      ...each,
      at: new Date(each.at).toISOString(),
      before: timed(each.before),
      after: timed(each.after),
    })),
  }
}

function draftsOf({ draft: document, sweep, flow }: FileAsk): Drafts {
  const read = parseFlow(document)
  if (!read.ok) throw new UsageError('The draft cannot be read as a flow.')
  if (read.flow.id !== flow)
    throw new UsageError(`The draft’s id is “${read.flow.id}” and not “${flow}”; name the flow that it is a draft of.`)
  if (sweep === undefined) return { draft: read.flow }
  return {
    draft: read.flow,
    sweep: sweep.values.map((value) => {
      const swept = withFigure(read.flow, sweep, value)
      if (swept.ok) return { value, flow: swept.flow }
      throw new UsageError(`It cannot be swept: ${swept.faults.map(({ message }) => message).join('; ')}.`)
    }),
  }
}

function flowIn(document: object, wrong: (what: string) => UsageError): Flow {
  const read = parseFlow(document)
  if (read.ok) return read.flow
  throw wrong('the flow cannot be read')
}

/** Offline nobody asks for what was said. */
function timed({ handoff, rungs, end }: Compared['before']) {
  return { handoff, rungs, end }
}

/** As far as it must be to be played; a log is written by a server, and what it holds is the engine’s to read. */
function isEntry(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'at' in value &&
    typeof value.at === 'number'
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
