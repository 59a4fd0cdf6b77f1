/**
 * Records histories.
 *
 *     npx tsx test/histories/record.ts <flow>[-<beginning of its scenario's name>] ...
 *     npx tsx test/histories/record.ts --again [<history> ...]
 *
 * The first plays scenarios of `flows/` on the engine as it is and keeps what happened. It changes no history that is
 * there. The second gives the recorded inputs to the engine again, on the recorded flows, and keeps what comes of them
 * now: only for a change that is meant to change conversations that run. Where nothing but the snapshots changed, the
 * history as it was goes to `older/`: snapshots like its own still stand in databases.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal, type ConversationEvent, type Flow } from '#engine/index.ts'
import {
  optionsOf,
  perform,
  simulate,
  Simulation,
  type Scenario,
  type ScenarioDoing,
  type SentEvent,
} from '#engine/simulate/index.ts'
import { hello, ready } from '#test/engine/flows/library.ts'
import {
  again,
  flowPathOf,
  historiesIn,
  historyText,
  isTaken,
  pathOf,
  readFlow,
  readHistory,
  versionsOf,
  type History,
  type RecordedStep,
  type Versions,
} from './history.ts'

const FLOWS = join(import.meta.dirname, '../../flows')
const NAME_LENGTH = 56

class NotRecorded extends Error {}

/** Knows what it was sent last. */
class Overheard extends Simulation {
  sent: SentEvent | undefined

  override send(event: SentEvent): Simulation {
    this.sent = event
    return super.send(event)
  }
}

try {
  const { values, positionals: named } = parseArgs({ allowPositionals: true, options: { again: { type: 'boolean' } } })
  if (values.again !== true) record(named)
  else for (const name of named.length === 0 ? historiesIn('.') : named) recordAgain(name)
} catch (error) {
  if (!(error instanceof NotRecorded)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function record(wanted: readonly string[]): void {
  const all = [...ready, hello].flatMap(({ id, flow, scenarios }) =>
    scenarios.map((scenario) => ({ id, flow, scenario, name: nameOf(id, scenario) })),
  )
  const found = all.filter(({ name }) => wanted.some((beginning) => name.startsWith(beginning)))
  if (found.length === 0) throw new NotRecorded(listed('Say which, by the beginning of a name:', all.map(nameIn)))
  const there = found.filter(({ name }) => existsSync(pathOf(name))).map(nameIn)
  if (there.length > 0) {
    const meaning =
      'Another one means that conversations of users would go on differently. If that is meant, say --again.'
    throw new NotRecorded(listed(`These are recorded. ${meaning}`, there))
  }
  for (const { name, id, flow, scenario } of found) {
    write(name, { scenario: scenario.name, flow: copyOf(id), steps: played(flow, scenario) })
  }
}

/** What happened in a scenario: also what was refused. */
function played(flow: Flow, scenario: Scenario): readonly RecordedStep[] {
  let simulation = simulate(flow, optionsOf(scenario))
  const steps = [...stepsFrom(flow, simulation, 0)]
  for (const doing of scenario.steps) {
    if ('expect' in doing) continue
    const tried = attempt(simulation, doing)
    if (tried instanceof Simulation) {
      steps.push(...stepsFrom(flow, tried, simulation.steps.length))
      simulation = tried
    } else {
      const input = { at: simulation.now, event: tried }
      steps.push({ ...input, ...again(() => flow, simulation.snapshot, input) })
    }
  }
  return steps
}

/** The simulation after it, or the event that it does not take. */
function attempt(simulation: Simulation, doing: ScenarioDoing): Simulation | ConversationEvent {
  const overheard = new Overheard(simulation)
  try {
    return perform(overheard, doing)
  } catch (error) {
    if (error instanceof Refusal && overheard.sent !== undefined) return overheard.sent
    throw error
  }
}

/** The events of a simulation from one of its steps on. Presence and passing time are none. */
function stepsFrom(flow: Flow, { steps }: Simulation, from: number): readonly RecordedStep[] {
  return steps.slice(from).flatMap(({ doing, now }, index) => {
    if (doing.type !== 'event') return []
    const input = { at: now, event: doing.event }
    return [{ ...input, ...again(() => flow, steps[from + index - 1]?.snapshot, input) }]
  })
}

function recordAgain(name: string): void {
  if (!existsSync(pathOf(name)))
    throw new NotRecorded(listed(`There is no history “${name}”; there are:`, historiesIn('.')))
  const before = readHistory(name)
  const after = { ...before, steps: doneAgain(versionsOf(before, readFlow), before) }
  if (historyText(after) === historyText(before)) return
  if (outwardly(after) === outwardly(before)) keepOlder(name, before)
  write(name, after)
}

function doneAgain(versions: Versions, { scenario, steps }: History): readonly RecordedStep[] {
  let snapshot: Parameters<typeof again>[1]
  return steps.map((each, index) => {
    const { at, event } = each
    const outcome = again(versions, snapshot, { at, event })
    if ('refused' in outcome && isTaken(each)) {
      const what = `“${scenario}”: “${event.type}” of step ${index} is refused now (${outcome.refused})`
      throw new NotRecorded(`${what}; delete the history and record the scenario anew.`)
    }
    if ('snapshot' in outcome) snapshot = outcome.snapshot
    return { at, event, ...outcome }
  })
}

/** All but the snapshots, which only the engine reads. */
function outwardly({ steps }: History): string {
  return JSON.stringify(steps.map((each) => (isTaken(each) ? { ...each, snapshot: null } : each)))
}

function keepOlder(name: string, history: History): void {
  mkdirSync(join(import.meta.dirname, 'older'), { recursive: true })
  const count = historiesIn('older').filter((each) => each.startsWith(`older/${name}.`)).length
  writeFileSync(pathOf(`older/${name}.${count + 1}`), historyText(history))
}

function write(name: string, history: History): void {
  writeFileSync(pathOf(name), historyText(history))
  process.stdout.write(`${name}: ${history.steps.length} steps\n`)
}

/** The copy of a ready flow as it is now, made when there is none yet. */
function copyOf(id: string): string {
  const text = readFileSync(join(FLOWS, `${id}.flow.json`), 'utf8')
  for (let count = 1; ; count++) {
    const copy = `${id}-${count}`
    const path = flowPathOf(copy)
    if (!existsSync(path)) writeFileSync(path, text)
    if (readFileSync(path, 'utf8') === text) return copy
  }
}

function nameOf(flow: string, { name }: Scenario): string {
  const words = `${flow}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  return words.length <= NAME_LENGTH ? words : words.slice(0, words.lastIndexOf('-', NAME_LENGTH))
}

function nameIn({ name }: { readonly name: string }): string {
  return name
}

function listed(sentence: string, names: readonly string[]): string {
  return [sentence, ...names].join('\n  ')
}
