/** What a step of a conversation tells of the nodes it passed: texts that were said, variables that changed. */
import { kindOf, type AnyNode, type Json } from '#engine/index.ts'
import { isEqual, type SimulatedStep } from '#engine/simulate/index.ts'

export interface Clues {
  readonly said: readonly string[]
  readonly changed: ReadonlySet<string>
  readonly known: ReadonlySet<string>
}

export function clues(before: SimulatedStep | undefined, step: SimulatedStep): Clues {
  const [was, now] = [before?.snapshot.machine.context.vars ?? {}, step.snapshot.machine.context.vars]
  const changed = Object.keys(now).filter((name) => !isEqual(was[name] ?? null, now[name] ?? null))
  return {
    said: step.messages.map((each) => each.text),
    changed: new Set(changed),
    known: new Set(Object.keys(now).filter((name) => isKnown(now[name]))),
  }
}

/** How badly nodes on a way explain the clues; 0 when they explain all and promise nothing that is not there. */
export function cost(passed: readonly (AnyNode | undefined)[], { said, changed, known }: Clues): number {
  const nodes = passed.flatMap((node) => (node === undefined ? [] : [node]))
  const spoken = nodes.flatMap((node) =>
    kindOf(node)
      .texts(node.data)
      .map((each) => each.source),
  )
  const promised = nodes.filter((node) => node.type === 'say').map((node) => node.data.text)
  const assigned = new Set(nodes.flatMap((node) => kindOf(node).sets(node.data)))
  const unset = nodes.filter((node) => node.type === 'set').flatMap((node) => kindOf(node).sets(node.data))
  return (
    promised.filter((template) => !said.some((text) => fits(template, text))).length * 2 +
    said.filter((text) => !spoken.some((template) => fits(template, text))).length +
    [...changed].filter((name) => !assigned.has(name)).length +
    unset.filter((name) => !known.has(name)).length
  )
}

/** Whether a text may have come of a template: what stands outside of its fillings is there, in order. */
function fits(template: string, text: string): boolean {
  let from = 0
  for (const part of template.split(/\{\{.*?\}\}|\{%.*?%\}/s)) {
    const literal = part.trim()
    if (literal === '') continue
    const at = text.indexOf(literal, from)
    // A part inside a condition of the template may be left out.
    if (at < 0) return template.includes('{%')
    from = at + literal.length
  }
  return true
}

function isKnown(value: Json | undefined): boolean {
  return value !== undefined && value !== null
}
