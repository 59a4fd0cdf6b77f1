/** What a conversation learns by taking a step, and what it learns and forgets by coming to a node. */
import type { Compiled } from '../../compile/compiled.ts'
import { kindOf, type AnyNode, type NodeOfKind } from '../../kinds/index.ts'
import type { Step } from '../graph.ts'
import { allOf, everyCase, knownIn, type Cases } from './cases.ts'
import { domainOf } from './domain.ts'
import { notTrue, outcomesOf } from './outcomes.ts'

export interface Learnt {
  /** Every name that a way of the flow teaches. */
  readonly names: readonly string[]
  /** Names that are known once the step is taken, whatever was known before. */
  by(step: Step): readonly string[]
}

export function learntBy(compiled: Compiled): Learnt {
  const byOutlet = new Map(
    compiled.flow.nodes.flatMap((node) =>
      [...taught(node, compiled)].map(([outlet, names]) => [`${node.id}\n${outlet}`, names] as const),
    ),
  )
  return {
    names: [...new Set([...byOutlet.values()].flat())],
    by: (step) => [
      ...step.ways.flatMap(({ node, outlet }) => byOutlet.get(`${node}\n${outlet}`) ?? []),
      ...(step.event.startsWith('trigger.') ? (byOutlet.get(`${step.to}\nfires`) ?? []) : []),
      ...(step.event === 'bot.escalate' || step.event === 'bot.failed' ? ['handoff.reason'] : []),
    ],
  }
}

/** Names that are known at a node by what it does on being entered. */
export function learntAt(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'hours':
      return ['hours.open', 'hours.opens']
    case 'trigger':
    case 'queue':
      return ['handoff.reason']
    default:
      return []
  }
}

/** Names that are not known any more at a node, whole groups of them as `nlu.`. */
export function forgottenAt(node: AnyNode): readonly string[] {
  const rests = kindOf(node).rests === true
  return [
    ...(rests || kindOf(node).phase !== 'bot' ? ['nlu.'] : []),
    ...(rests || ['queue', 'handback', 'survey', 'close'].includes(node.type) ? ['agent.'] : []),
    ...(node.type === 'handback' || node.type === 'listen' ? ['handoff.reason'] : []),
  ]
}

/** What each outlet of a node teaches; a trigger teaches by being fired. */
function taught(node: AnyNode, compiled: Compiled): ReadonlyMap<string, readonly string[]> {
  switch (node.type) {
    case 'ask': {
      const answer = [`vars.${node.data.variable}`]
      const choices = (node.data.choices ?? []).map((each) => [`choice:${each.id}`, answer] as const)
      return new Map([['answered', answer], ...choices, ['failed', ['handoff.reason']]])
    }
    case 'call': {
      const answer = node.data.save === undefined ? [] : [`vars.${node.data.save}`]
      return new Map([
        ['ok', answer],
        ['failed', ['handoff.reason']],
      ])
    }
    case 'listen':
      return new Map([
        ['failed', ['handoff.reason']],
        ['silent', ['handoff.reason']],
      ])
    case 'queue':
      return new Map([['accepted', ['agent.id', 'agent.name']]])
    case 'branch':
      return byCase(node, compiled)
    case 'trigger':
      return new Map([['fires', byFiring(node, compiled)]])
    default:
      return new Map()
  }
}

/** Behind a case its condition holds and none before it does. */
function byCase({ data }: NodeOfKind<'branch'>, { flow }: Compiled): ReadonlyMap<string, readonly string[]> {
  const domain = domainOf(flow)
  const ways = new Map<string, readonly string[]>()
  let left: Cases = everyCase
  for (const { id, when } of data.cases) {
    const outcomes = outcomesOf(when, domain)
    ways.set(`case:${id}`, knownIn(allOf(left, outcomes.yes)) ?? [])
    left = allOf(left, notTrue(outcomes))
  }
  return ways.set('else', knownIn(left) ?? [])
}

/** With `all` every condition of a trigger holds; with `any` each way to fire it must know the name. */
function byFiring({ data: { signals, match } }: NodeOfKind<'trigger'>, { flow }: Compiled): readonly string[] {
  const domain = domainOf(flow)
  const [first = [], ...rest] = signals.map((each) =>
    each.signal === 'value' ? (knownIn(outcomesOf(each.when, domain).yes) ?? []) : [],
  )
  return match === 'all' ? [first, ...rest].flat() : first.filter((name) => rest.every((names) => names.includes(name)))
}
