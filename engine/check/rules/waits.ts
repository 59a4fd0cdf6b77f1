import { milliseconds } from '../../flow/values.ts'
import type { NodeOfKind } from '../../kinds/index.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

type Queue = NodeOfKind<'queue'>

/** What a queue does with time comes before the wait ends, and eases only what the queue asks for. */
export const waits: CheckRule = {
  name: 'waits',
  title: 'What a queue does with time can come about',
  find: (examined) =>
    examined.compiled.flow.nodes.flatMap((node) => (node.type === 'queue' ? problemsAt(node, examined) : [])),
}

function problemsAt(node: Queue, { pointerOf, pathTo }: Examined): readonly Problem[] {
  const messages = [...tooLate(node), ...unasked(node)]
  if (messages.length === 0) return []
  const { path } = pathTo({ node: node.id })
  return messages.map((message) => ({
    rule: 'waits',
    severity: 'warning',
    node: node.id,
    pointer: pointerOf(node.id),
    message,
    ...(path === undefined ? {} : { path }),
  }))
}

function tooLate({ id, data }: Queue): readonly string[] {
  const { maxWait, relax = [], sla, sameAgent } = data
  const isLate = (after: string): boolean => milliseconds(after) >= milliseconds(maxWait)
  const cure = `; “${id}” ends the wait after ${maxWait}: make that longer or this shorter`
  return [
    ...relax.filter((step) => isLate(step.after)).map((step) => `The step after ${step.after} never comes${cure}`),
    ...(sla !== undefined && isLate(sla.firstResponse)
      ? [`A first answer that is due within ${sla.firstResponse} is never late here${cure}`]
      : []),
    ...(sameAgent !== undefined && isLate(sameAgent) ? [`Nobody else is asked for ${sameAgent}${cure}`] : []),
  ]
}

function unasked({ id, data }: Queue): readonly string[] {
  const { team, relax = [], skills = {}, language, tier } = data
  const asked = new Set([
    ...Object.keys(skills),
    ...(language === undefined ? [] : ['language']),
    ...(tier ? ['tier'] : []),
  ])
  return relax.flatMap(({ after, drop = [], lower = {}, teams = [] }) => [
    ...[...drop, ...Object.keys(lower)]
      .filter((need) => !asked.has(need))
      .map(
        (need) => `The step after ${after} eases “${need}”, which “${id}” never asks for; ask for it or take it out`,
      ),
    ...Object.entries(lower)
      .filter(([skill, level]) => level >= (skills[skill] ?? Infinity))
      .map(
        ([skill]) => `The step after ${after} does not lower “${skill}”; name a smaller level than ${skills[skill]}`,
      ),
    ...(teams.includes(team)
      ? [`The step after ${after} asks the team “${team}”, which “${id}” asks already; name another team`]
      : []),
  ])
}
