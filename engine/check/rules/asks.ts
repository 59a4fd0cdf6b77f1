/**
 * Who has been promised a person is asked for little: at most a name, an email address and what it is about, a phone
 * number for a call, and what the queue ahead says it requires. And nobody is asked for what is known.
 *
 * The decision is made where a trigger fires, a ladder gives way, or a queue ends without a person; what is asked from
 * there to the next queue, ticket or callback counts. What a bot's own business asks before that does not.
 */
import type { Flow } from '../../flow/parse.ts'
import { kindOf, type AnyNode, type NodeOfKind } from '../../kinds/index.ts'
import { inWords } from '../../kinds/phrase.ts'
import { knownAt } from '../names/known.ts'
import type { Step } from '../graph.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'
import type { Witness } from '../witness.ts'

type Ask = NodeOfKind<'ask'>

export const asks: CheckRule = {
  name: 'asks',
  title: 'Nobody is asked too much',
  find: (examined) => [...tooMuch(examined), ...asked(examined), ...askedTwice(examined)],
}

/** A name and a brief are texts: more of them than two are more than a name and a brief. */
const TEXTS = 2

function tooMuch(examined: Examined): readonly Problem[] {
  const {
    compiled: { nodes },
    graph,
  } = examined
  const told = new Set<string>()
  const problems: Problem[] = []
  // Each place with how many texts were asked for on the way: the walk is finite, and the first way to each is the shortest.
  const open = graph.arcs
    .filter((step) => !step.returns && decides(step, nodes))
    .map((step) => ({ place: step.to, texts: 0 }))
  const seen = new Set<string>()
  for (const { place, texts } of open) {
    const node = nodes.get(place)
    if (node === undefined || seen.has(`${place} ${texts}`) || !isOnTheWay(node)) continue
    seen.add(`${place} ${texts}`)
    const now = node.type === 'ask' && node.data.as === 'text' && !isRequired(node, examined) ? texts + 1 : texts
    const why = node.type === 'ask' ? excess(node, now, examined) : undefined
    if (node.type === 'ask' && why !== undefined && !told.has(node.id)) {
      told.add(node.id)
      problems.push({ ...problem(node, why, examined), ...afterDeciding(node, examined) })
    }
    for (const step of graph.stepsFrom(place))
      if (isAnswered(step, node)) open.push({ place: step.to, texts: Math.min(now, TEXTS + 1) })
  }
  return problems
}

/** A conversation in which there is a reason for a person already when the question is put. */
function afterDeciding({ id }: Ask, { pathTo }: Examined): Witness {
  return pathTo({
    at: id,
    holds: ({ state, machine: { context } }) => state === `bot.${id}` && context.reason !== null,
  })
}

/** Whether a step is the decision that a person is needed. */
function decides({ from, event, outlet }: Step, nodes: Examined['compiled']['nodes']): boolean {
  if (event.startsWith('trigger.')) return true
  const type = nodes.get(from)?.type
  if (type === 'ladder') return outlet === 'human'
  return type === 'queue' && outlet !== undefined && outlet !== 'accepted' && outlet !== 'helped'
}

/** Between the decision and the person: what the bot passes and asks, until it talks again or the customer waits. */
function isOnTheWay(node: AnyNode): boolean {
  return node.type === 'trigger' || (kindOf(node).phase === 'bot' && node.type !== 'listen')
}

/** A trigger that fires meanwhile, or a bot that fails, is a decision of its own. */
function isAnswered({ event, returns }: Step, node: AnyNode): boolean {
  return (
    !returns &&
    (node.type === 'trigger' || !event.startsWith('trigger.')) &&
    event !== 'bot.failed' &&
    event !== 'bot.escalate'
  )
}

function excess(node: Ask, texts: number, examined: Examined): string | undefined {
  if (!leadsToAPerson(node, examined) || isRequired(node, examined)) return undefined
  const { as } = node.data
  const called = nameOf(node, examined.compiled.flow)
  // Whether they want a person at all may be asked.
  if (as === 'email' || as === 'yesno') return undefined
  if (as === 'phone') {
    const isCalled = nextStops(node, examined).some((each) => each.type === 'callback')
    return isCalled ? undefined : 'asks for a phone number, though nobody is to call; take it out'
  }
  if (as === 'text') {
    return texts <= TEXTS
      ? undefined
      : `asks for “${called}” as well as for a name and what it is about; take it out, or let the person ask`
  }
  return (
    `asks for “${called}” after it was decided that a person is needed; ` +
    'take it out, let the person ask, or name it in “requires” of the queue'
  )
}

/** As the designer calls what is asked for. */
function nameOf({ data: { variable } }: Ask, { variables }: Flow): string {
  return variables[variable]?.label ?? inWords(variable)
}

function leadsToAPerson(node: Ask, examined: Examined): boolean {
  return nextStops(node, examined).length > 0
}

/** What the queue behind a question needs before a person can begin. */
function isRequired(node: Ask, examined: Examined): boolean {
  return nextStops(node, examined).some(
    (each) => each.type === 'queue' && (each.data.requires ?? []).includes(node.data.variable),
  )
}

/** The queues, tickets and callbacks to which a question leads without the bot's talking again. */
function nextStops(from: Ask, { compiled: { nodes }, graph }: Examined): readonly AnyNode[] {
  const stops: AnyNode[] = []
  const seen = new Set<string>([from.id])
  for (const place of seen) {
    const node = nodes.get(place)
    if (node === undefined) continue
    if (kindOf(node).phase === 'queued') stops.push(node)
    else if (isOnTheWay(node)) for (const step of graph.stepsFrom(place)) if (isAnswered(step, node)) seen.add(step.to)
  }
  return stops
}

/** A question that everybody comes to with its answer known: it is never put. */
function asked(examined: Examined): readonly Problem[] {
  const {
    compiled: { flow },
    graph,
  } = examined
  const known = knownAt(examined.compiled, graph)
  return flow.nodes.flatMap((node) => {
    if (node.type !== 'ask' || !graph.reachable.has(node.id)) return []
    if (!known.surely(node.id, `vars.${node.data.variable}`) || !isTaken(node, examined)) return []
    const why = `asks for “${nameOf(node, flow)}”, which is known on every way there, so it is never asked; take the question out`
    return [problem(node, why, examined, true)]
  })
}

/** Whether what is known is an answer to the question: of a choice, one of its own. */
function isTaken({ data: { variable, as, choices = [] } }: Ask, { compiled: { flow } }: Examined): boolean {
  if (as !== 'choice') return true
  const ids = choices.map((each) => each.id)
  const writers = flow.nodes.filter((node) => kindOf(node).sets(node.data).includes(variable))
  return writers.every(
    (node) => node.type === 'ask' && node.data.choices?.every((each) => ids.includes(each.id)) === true,
  )
}

/** A ticket asks for what the profile lacks; what the flow itself has asked for does not stand there. */
function askedTwice(examined: Examined): readonly Problem[] {
  const {
    compiled: { flow },
    graph,
  } = examined
  const known = knownAt(examined.compiled, graph)
  return flow.nodes.flatMap((node) =>
    node.type === 'ticket' && graph.reachable.has(node.id)
      ? node.data.collect
          .filter((field) => field !== 'brief' && known.surely(node.id, `vars.${field}`))
          .map((field) => {
            const cure = `take ${field} out of what it collects, or the question out of the flow`
            return problem(
              node,
              `asks for the ${field}, which the flow has asked everybody for who comes there; ${cure}`,
              examined,
              true,
            )
          })
      : [],
  )
}

/** `isProved`: by what is known alone, whether or not a conversation is found that comes there. */
function problem(node: AnyNode, why: string, { pointerOf, pathTo }: Examined, isProved = false): Problem {
  const path = isProved ? pathTo({ node: node.id }).path : undefined
  return {
    rule: 'asks',
    severity: 'warning',
    node: node.id,
    pointer: pointerOf(node.id),
    message: `“${node.id}” ${why}`,
    ...(path === undefined ? {} : { path }),
  }
}
