import { nearest } from '../../expression/nearest.ts'
import { declarations } from '../../flow/expressions.ts'
import { faceOf } from '../../kinds/faces.ts'
import type { NodeOfKind } from '../../kinds/index.ts'
import { knownBy, type Known } from '../names/known.ts'
import { isUnknown } from '../names/probe.ts'
import type { Step } from '../graph.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

type Queue = NodeOfKind<'queue'>

/**
 * Whoever comes to a queue by the way that is drawn brings what the queue says must be known. Who is taken away before
 * their turn to answer (by a trigger, a failing bot, a question that was not understood) may not: what is missing then is
 * shown to the person. Fields that are no variable of the flow are the profile's, and are not decided here.
 */
export const context: CheckRule = {
  name: 'context',
  title: 'Whoever waits brings what the queue requires',
  find: (examined) => {
    const { compiled, graph } = examined
    const queues = compiled.flow.nodes
      .filter((node) => node.type === 'queue')
      .filter((node) => node.data.requires !== undefined && graph.reachable.has(node.id))
    if (queues.length === 0) return []
    const drawn = knownBy(compiled, graph, isDrawnOn)
    return queues.flatMap((node) => missingAt(node, drawn, examined))
  },
}

function isDrawnOn({ event, outlet }: Step): boolean {
  return (
    !/^(?:trigger\.|promise\.|bot\.failed$|bot\.escalate$)/.test(event) && outlet !== 'failed' && outlet !== 'silent'
  )
}

function missingAt(node: Queue, drawn: Known, examined: Examined): readonly Problem[] {
  return (node.data.requires ?? []).flatMap((field) => {
    const why = whyMissing(field, node, drawn, examined)
    return why === undefined ? [] : [problem(node, field, why, examined)]
  })
}

interface Why {
  readonly says: string
  readonly byTrigger: boolean
}

function whyMissing(field: string, node: Queue, drawn: Known, examined: Examined): Why | undefined {
  const {
    compiled: { flow },
    graph,
  } = examined
  const variables = Object.keys(declarations(flow, flow.nodes))
  if (!variables.includes(field)) {
    const alike = variables.filter((each) => beginning(each) === beginning(field))
    const meant = isOfTheProfile(field, examined) ? undefined : nearest(field, alike)
    return meant === undefined
      ? undefined
      : { says: `which nothing in the flow is called; did you mean “${meant}”?`, byTrigger: true }
  }
  const behind = graph.behind([node.id])
  const isCollected = flow.nodes.some((each) => behind.has(each.id) && faceOf(each).sets(each.data).includes(field))
  if (!isCollected)
    return { says: 'and nothing on the way there asks for it; ask for it, or do not require it', byTrigger: true }
  return drawn.at(node.id, `vars.${field}`)
    ? undefined
    : { says: 'and not every way there asks for it; ask for it on each, or do not require it', byTrigger: false }
}

function problem({ id }: Queue, field: string, { says, byTrigger }: Why, { pointerOf, pathTo }: Examined): Problem {
  return {
    rule: 'context',
    severity: 'warning',
    node: id,
    pointer: pointerOf(id),
    message: `“${id}” requires “${field}”, ${says}`,
    ...pathTo({
      at: id,
      holds: ({ state, machine: { context } }) =>
        state === `queued.${id}` &&
        isUnknown(context, `vars.${field}`) &&
        (byTrigger || context.reason?.trigger === undefined),
    }),
  }
}

/** A misspelt name begins as it should; another name may well end alike. */
function beginning(name: string): string {
  return name.slice(0, 2).toLowerCase()
}

const USUAL: ReadonlySet<string> = new Set([
  'id',
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'brief',
  'company',
  'tier',
  'plan',
  'language',
  'address',
])

/** What callers usually tell of a customer, or what this flow itself reads of the profile. */
function isOfTheProfile(field: string, { compiled: { expressions } }: Examined): boolean {
  const isRead = (names: readonly string[]): boolean => names.includes(`customer.${field}`)
  return (
    USUAL.has(field) ||
    [...expressions.conditions.values()].some((each) => isRead(each.reads)) ||
    [...expressions.texts.values()].some((each) => isRead(each.variables))
  )
}
