/**
 * A TaskRouter workflow as a flow. Laws:
 * 1. Nothing is guessed in silence: what cannot be translated is a fault, and then there is no flow; what is translated
 *    but not quite the same is a note.
 * 2. The flow is one that `parseFlow` admits and the check finds no error in.
 * 3. It never throws, whatever it is given.
 */
import { compileCondition } from '../../expression/index.ts'
import type { VariableType } from '../../flow/document.ts'
import { pointer, type Fault } from '../../flow/fault.ts'
import { unpoisoned } from '../../flow/poisoned.ts'
import { parseFlow } from '../../flow/parse.ts'
import { LIMITS } from '../../flow/values.ts'
import { Attributes, type Settled } from './attributes.ts'
import { conditionOf } from './condition.ts'
import { readWorkflow, type TargetShape, type Workflow } from './document.ts'
import { draw, hasPriorities, type Drawn, type Plan, type PlannedFilter } from './draw.ts'
import { nodeNames, skillNames, teamNames } from './names.ts'
import { planQueues } from './plan.ts'
import { Report } from './report.ts'
import { expressionAt, targetsOf, type Dictionary } from './targets.ts'

export interface ImportOptions {
  /** The flow's id and name; made of the workflow's name when left out. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  /** The team's id for a TaskQueue, by its SID or name; made of that when left out. */
  readonly teams?: Readonly<Record<string, string>> | undefined
}

/** A flow, and what must be set up for it. */
export interface ImportedWorkflow {
  readonly ok: true
  /** A flow document. */
  readonly flow: Readonly<Record<string, unknown>>
  /** Teams by id, with their TaskQueues. TaskRouter asks who is idle longest, and so does `longestIdle`. */
  readonly teams: readonly { readonly id: string; readonly queue: string; readonly routing: 'longestIdle' }[]
  /** Skills by id, with the attribute of workers that each stands for. */
  readonly skills: readonly { readonly id: string; readonly attribute: string }[]
  /** The attributes of tasks: variables that whoever begins a conversation brings. */
  readonly variables: readonly { readonly name: string; readonly type: VariableType }[]
  /** What is translated but not quite the same, each with its place in the workflow. */
  readonly notes: readonly Fault[]
}

export type TaskRouterImport = ImportedWorkflow | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads a TaskRouter workflow, as JSON, and translates it into a flow of branches and queues. */
export function importTaskRouter(input: unknown, options: ImportOptions = {}): TaskRouterImport {
  const read = unpoisoned<ReturnType<typeof readWorkflow>>(
    input,
    () => readWorkflow(input),
    (fault) => ({ ok: false, faults: [fault] }),
  )
  if (!read.ok) return read
  const translation = new Translation(options.teams ?? {})
  const { report, attributes } = translation
  const plan = planned(read.workflow, read.base, translation)
  const { variables, torn, untold } = attributes.settle()
  for (const name of torn) {
    report.fault(read.base, `“${name}” is compared with values of several kinds; keep to one kind`)
  }
  for (const name of untold) {
    report.note(read.base, `“${name}” is taken as a text: it is compared with no value that tells.`)
  }
  if (report.faults.length === 0) admitConditions(plan, variables, report)
  if (report.faults.length > 0) return { ok: false, faults: report.faults }
  const name = (options.name ?? read.name ?? '').trim().slice(0, 200) || 'TaskRouter workflow'
  return finished(draw(plan), { id: options.id ?? nodeNames([]).idOf(name), name, variables }, translation)
}

/** Conditions have limits of their own: what breaks them is told at its filter. */
function admitConditions({ filters }: Plan, variables: Settled['variables'], report: Report): void {
  for (const { path, when } of filters) {
    const compiled = when === true ? undefined : compileCondition(when, { variables })
    if (compiled === undefined || compiled.ok) continue
    for (const { message } of compiled.faults)
      report.fault([...path, 'expression'], `It makes no condition: ${message}`)
  }
}

/** What is gathered while a workflow is translated. */
class Translation {
  readonly report = new Report()
  readonly attributes = new Attributes()
  readonly dictionary: Dictionary

  constructor(teams: Readonly<Record<string, string>>) {
    this.dictionary = { teams: teamNames(teams), skills: skillNames() }
  }
}

type Path = readonly PropertyKey[]

function planned(workflow: Workflow, base: Path, translation: Translation): Plan {
  const { report } = translation
  const filters = workflow.filters.flatMap((filter, index) =>
    plannedFilter(filter, [...base, 'filters', index], translation),
  )
  const otherwise = plannedDefault(workflow.default_filter ?? null, [...base, 'default_filter'], translation)
  if (workflow.filters.length === 0 && otherwise === null) {
    report.fault(base, 'No task goes anywhere; give the workflow a filter or a “default_filter”')
  }
  noteDifferences({ filters, otherwise }, base, report)
  return { filters, otherwise }
}

function noteDifferences(plan: Plan, base: Path, report: Report): void {
  const who = plan.otherwise === null ? 'Who matches no filter, or waits in vain,' : 'Who waits in vain'
  report.note(base, `${who} leaves a message, where TaskRouter cancels the task.`)
  if (!hasPriorities(plan)) return
  report.note(base, PRIORITY)
  for (const { path, queues } of plan.filters.slice(0, -1)) {
    const { priority, lasts, skip } = queues.at(-1) ?? queues[0]
    const goesOn = lasts !== null || skip !== 'never'
    if (goesOn && priority > 0) report.note(path, 'The filter after it begins at its own priority, not at this one.')
  }
}

const PRIORITY =
  'A point of priority goes before a day of waiting (“ageing”), since in TaskRouter it always goes before. Shorten ' +
  'it, and nobody starves.'

function plannedFilter(
  filter: Workflow['filters'][number],
  path: Path,
  translation: Translation,
): readonly PlannedFilter[] {
  const { report, attributes } = translation
  const at = [...path, 'expression']
  const expression = expressionAt(filter.expression, at, report)
  const queues = queuesOf(filter.targets, [...path, 'targets'], translation)
  if (expression === undefined || queues === undefined) return []
  if (expression === false) {
    report.note(at, 'Left out: no task ever matches it.')
    return []
  }
  const when = expression === true ? true : report.attempt(at, () => conditionOf(expression, attributes))
  if (when === undefined) return []
  const called = filter.filter_friendly_name ?? filter.friendly_name ?? ''
  const name = called.trim().slice(0, 200) || `Filter ${Number(path.at(-1)) + 1}`
  return [{ path, name, when, queues }]
}

function plannedDefault(target: TargetShape | null, path: Path, translation: Translation): PlannedFilter | null {
  const queues = target && queuesOf([target], path, translation)
  return queues ? { path, name: 'Everything else', when: true, queues } : null
}

function queuesOf(
  targets: readonly TargetShape[],
  path: Path,
  { report, dictionary }: Translation,
): PlannedFilter['queues'] | undefined {
  const [first, ...rest] = planQueues(targetsOf(targets, path, dictionary, report), report)
  return first && [first, ...rest]
}

interface Head {
  readonly id: string
  readonly name: string
  readonly variables: Settled['variables']
}

/** The flow, once the parser admits it; what it refuses, such as too long a condition, is told by its place. */
function finished({ drawing, origins }: Drawn, head: Head, { report, dictionary }: Translation): TaskRouterImport {
  const nodes = drawing.placed()
  const flow = { baton: 1, ...head, nodes, edges: drawing.edges, notes: stickyNotes(report.notes) }
  const parsed = parseFlow(flow)
  if (!parsed.ok) {
    const place = (node: string | null) => pointer(origins.get(node ?? '') ?? [])
    return {
      ok: false,
      faults: parsed.faults.map(({ node, message }) => ({ pointer: place(node), node: null, message })),
    }
  }
  return {
    ok: true,
    flow,
    teams: dictionary.teams.all.map(({ id, name }) => ({ id, queue: name, routing: 'longestIdle' })),
    skills: dictionary.skills.all.map(({ id, name }) => ({ id, attribute: name })),
    variables: Object.entries(head.variables).map(([name, { type }]) => ({ name, type })),
    notes: report.notes,
  }
}

/** The notes above the drawing, where the designer sees them. */
function stickyNotes(notes: readonly Fault[]): readonly object[] {
  const lines = [
    'From TaskRouter. Not quite as there:',
    ...notes.map(({ message, pointer }) => `${message} (${pointer})`),
  ]
  const height = 40 + 20 * lines.reduce((sum, line) => sum + Math.ceil(line.length / 90), 0)
  const text = lines.join('\n').slice(0, LIMITS.textLength)
  return [{ id: 'imported', text, position: { x: 0, y: -height - 60 }, width: 680, height }]
}
