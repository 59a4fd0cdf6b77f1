import { faceOf } from '../../kinds/faces.ts'
import type { AnyNode } from '../../kinds/index.ts'
import { allOf, whereIs } from '../names/cases.ts'
import { answersOf, domainOf } from '../names/domain.ts'
import { knownAt, type Known } from '../names/known.ts'
import { lostIn, notTrue, outcomesOf } from '../names/outcomes.ts'
import { pathWithout } from '../names/probe.ts'
import { bareReads } from '../names/text-reads.ts'
import { every, unknown } from '../names/values.ts'
import type { CheckRule, Examined } from '../rule.ts'

/**
 * Nothing is said or decided by what may not be known yet: a text would have a gap where the value belongs, a condition
 * would not be decided. A name that is asked for first (`{% if … %}`, `default`, `has(…)`) is safe.
 */
export const unset: CheckRule = {
  name: 'unset',
  title: 'What is used is known by then',
  find: (examined) => {
    const {
      compiled: { flow },
      graph,
    } = examined
    const own = new Set(
      flow.nodes.flatMap((node) =>
        faceOf(node)
          .sets(node.data)
          .map((variable) => `vars.${variable}`),
      ),
    )
    const known = knownAt(examined.compiled, graph)
    const reached = flow.nodes.filter((node) => graph.reachable.has(node.id))
    return reached.flatMap((node) =>
      gapsAt(node, { known, own }, examined).map(({ name, message }) => ({
        rule: 'unset',
        severity: 'warning' as const,
        node: node.id,
        pointer: examined.pointerOf(node.id),
        message,
        ...pathWithout(examined, node, name),
      })),
    )
  },
}

/** What is known where, and the variables that the flow sets itself. */
interface Facts {
  readonly known: Known
  readonly own: ReadonlySet<string>
}
interface Gap {
  readonly name: string
  readonly message: string
}

function gapsAt(node: AnyNode, facts: Facts, examined: Examined): readonly Gap[] {
  const said = faceOf(node)
    .texts(node.data)
    .flatMap(({ source }) => bareReads(source))
  const texts = [...new Set(said)].flatMap((name) => textGap(node, name, facts, examined) ?? [])
  const undecided = [...new Set(undecidedAt(node, facts, examined))].filter((name) => !said.includes(name))
  const decided = undecided.map((name): Gap => ({
    name,
    message:
      `“${node.id}” decides by ${name}, which some customers come without: then it is not decided; ` +
      `ask for it before, or write has(${name}) first`,
  }))
  return [...texts, ...decided]
}

/** A text's name that may be unknown there, in the words of what kind of name it is. */
function textGap(node: AnyNode, name: string, { known }: Facts, { compiled: { flow } }: Examined): Gap | undefined {
  const [root = ''] = name.split('.')
  const hasKind = (type: AnyNode['type']): boolean => flow.nodes.some((each) => each.type === type)
  const gap = (why: string, cure: string): Gap => ({
    name,
    message: `“${node.id}” uses {{ ${name} }}, ${why}; ${cure} {% if ${name} %} around it or {{ ${name} | default: "…" }}`,
  })
  switch (root) {
    case 'vars':
      return known.at(node.id, name)
        ? undefined
        : gap('which some customers come there without', 'ask for it on every way there, or write')
    case 'customer':
      return known.at(node.id, name) ? undefined : gap('which not every profile holds', 'ask for it, or write')
    case 'agent':
      return known.at(node.id, name)
        ? undefined
        : gap('but no person holds the conversation there', 'say it in the introduction of the person’s node, or write')
    case 'hours':
      return hasKind('hours')
        ? undefined
        : gap('but the flow has no business hours', 'add an hours node before it, or write')
    case 'queue':
      return hasKind('queue') ? undefined : gap('but the flow has no queue', 'lead it to one, or write')
    case 'handoff':
      if (name === 'handoff.note') return gap('but a person need not leave a note', 'write')
      return name === 'handoff.summary' || known.at(node.id, name)
        ? undefined
        : gap('but nothing has led to a person there', 'say it in a queue, or write')
    default:
      return undefined
  }
}

/**
 * Variables that a condition of the node reads, of which the outcome is not what it says while they are not known. What
 * nothing in the flow sets is for the caller to bring.
 */
function undecidedAt(
  node: AnyNode,
  { known, own }: Facts,
  { compiled: { flow, expressions } }: Examined,
): readonly string[] {
  if (node.type === 'set' || node.type === 'trigger') return []
  const value = node.type === 'ask' ? answersOf(node.data.as, node.data.choices) : every
  const domain = domainOf(flow, (path) => known.at(node.id, path), value)
  return faceOf(node)
    .conditions(node.data)
    .flatMap(({ path, source, returns }) => {
      const reads = expressions.conditions.get(`${node.id}/${path}`)?.reads ?? []
      return reads
        .filter((name) => own.has(variableOf(name)) && !known.at(node.id, variableOf(name)) && isMissed(name))
        .map(variableOf)

      function isMissed(name: string): boolean {
        const gap = whereIs(name, unknown, domain)
        if (returns !== 'bool') return allOf(gap, lostIn(source, domain)).length > 0
        const meant = outcomesOf(source, domain, true)
        return (
          allOf(gap, meant.undecided).length > 0 ||
          allOf(gap, meant.yes, notTrue(outcomesOf(source, domain))).length > 0
        )
      }
    })
}

function variableOf(name: string): string {
  return name.split('.').slice(0, 2).join('.')
}
