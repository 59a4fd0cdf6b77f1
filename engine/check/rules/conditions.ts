import type { AnyNode, NodeOfKind } from '../../kinds/index.ts'
import { allOf, everyCase, type Cases } from '../names/cases.ts'
import { answersOf, domainOf } from '../names/domain.ts'
import { knownAt } from '../names/known.ts'
import { notTrue, outcomesOf, type Outcomes } from '../names/outcomes.ts'
import { neverFires } from '../names/triggers.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

/**
 * Every condition can hold for somebody, and none takes away from the next: what is said to be never so is proved by the
 * values it is held against. A question whose answers are all refused is an error: nobody gets past it.
 */
export const conditions: CheckRule = {
  name: 'conditions',
  title: 'Every condition can decide something',
  find: (examined) =>
    examined.compiled.flow.nodes.flatMap((node) => {
      if (node.type === 'trigger') return ofTrigger(node, examined)
      if (!examined.graph.reachable.has(node.id)) return []
      return node.type === 'branch' ? ofBranch(node, examined) : node.type === 'ask' ? ofAnswers(node, examined) : []
    }),
}

interface Judged {
  readonly label: string
  readonly when: string
  readonly outcomes: Outcomes
}

function ofBranch(node: NodeOfKind<'branch'>, examined: Examined): readonly Problem[] {
  const { compiled, graph } = examined
  const known = knownAt(compiled, graph)
  const domain = domainOf(compiled.flow, (path) => known.surely(node.id, path))
  const cases = node.data.cases.map(({ label, when }): Judged => ({ label, when, outcomes: outcomesOf(when, domain) }))
  const messages: string[] = []
  /** Whom the cases so far leave over. */
  let left: Cases = everyCase
  for (const [index, own] of cases.entries()) {
    const name = `“${own.label}” of “${node.id}”`
    if (own.outcomes.yes.length === 0) {
      messages.push(`${name} can never be true: ${own.when}; correct the condition or take the case out`)
    } else if (allOf(left, own.outcomes.yes).length === 0) {
      messages.push(
        `${name} is never reached: ${hiddenBy(own, cases.slice(0, index))}; put it first, or narrow what stands before it`,
      )
    }
    left = allOf(left, notTrue(own.outcomes))
    if (left.length > 0) continue
    messages.push(
      index + 1 < cases.length
        ? `${name} is always true when it is reached, so nothing after it is ever taken; correct it, or take out what stands after it`
        : `“otherwise” of “${node.id}” is never taken, for its cases leave nobody over; lead “otherwise” where the last case leads`,
    )
    break
  }
  return told(messages, node, examined)
}

/** The first case that alone takes all that this one could take, else all before it. */
function hiddenBy(own: Judged, before: readonly Judged[]): string {
  const first = before.find(({ outcomes }) => allOf(notTrue(outcomes), own.outcomes.yes).length === 0)
  if (first === undefined) return 'the cases before it take everybody it is for'
  return `“${first.label}” before it ${first.when === own.when ? 'asks the same' : 'is true whenever it is'}`
}

function ofAnswers(node: NodeOfKind<'ask'>, examined: Examined): readonly Problem[] {
  const { check, as, choices } = node.data
  if (check === undefined) return []
  const answers = outcomesOf(check, domainOf(examined.compiled.flow, undefined, answersOf(as, choices)))
  if (answers.yes.length > 0) return []
  const message = `No answer to “${node.id}” is ever accepted: ${check}; correct the condition, or take it out`
  return told([message], node, examined, 'error')
}

function ofTrigger(node: NodeOfKind<'trigger'>, examined: Examined): readonly Problem[] {
  const why = neverFires(node, examined.compiled)
  if (why !== undefined) return told([`The trigger “${node.id}” can never fire: ${why}`], node, examined)
  const domain = domainOf(examined.compiled.flow)
  const { signals, match } = node.data
  const always = signals.filter(
    (each) => each.signal === 'value' && notTrue(outcomesOf(each.when, domain)).length === 0,
  )
  if (always.length < (match === 'any' ? 1 : signals.length)) return []
  return told(
    [`The trigger “${node.id}” fires at every customer’s first message: its condition is always true; correct it`],
    node,
    examined,
  )
}

type Severity = Problem['severity']
function told(
  messages: readonly string[],
  node: AnyNode,
  examined: Examined,
  severity: Severity = 'warning',
): readonly Problem[] {
  if (messages.length === 0) return []
  // It is proved by the values alone: the path shows where it matters, and takes nothing away where none is found.
  const { path, confirmed } = examined.pathTo({ node: node.type === 'trigger' ? examined.graph.start : node.id })
  const shown = {
    ...(path === undefined ? {} : { path }),
    ...(confirmed && node.type !== 'trigger' ? { confirmed } : {}),
  }
  const at = { rule: 'conditions', severity, node: node.id, pointer: examined.pointerOf(node.id) }
  return messages.map((message) => ({ ...at, message, ...shown }))
}
