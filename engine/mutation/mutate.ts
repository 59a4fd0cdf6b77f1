/**
 * Mutants of a flow. Law: the same flow gives the same mutants in the same order; nothing is drawn by lot, also where
 * there are more of them than are wanted.
 */
import { compiledFlow } from '../compile/compiled.ts'
import type { Mutant, Operator } from './mutant.ts'
import { fewerAttempts, moreAttempts } from './operators/attempts.ts'
import { boundary } from './operators/boundary.ts'
import { dropEdge } from './operators/drop-edge.ts'
import { dropItem } from './operators/drop-item.ts'
import { dropSignal } from './operators/drop-signal.ts'
import { lengthen, shorten } from './operators/duration.ts'
import { otherMatch } from './operators/match.ts'
import { negate } from './operators/negate.ts'
import { sendElsewhere } from './operators/send-elsewhere.ts'
import { swapCases } from './operators/swap-cases.ts'
import { otherTeam } from './operators/team.ts'
import { otherText } from './operators/text.ts'
import { lowerThreshold, raiseThreshold } from './operators/threshold.ts'
import { dropVariable } from './operators/variable.ts'

/** THE list of operators. A new one is its file and a line here. */
export const operators: readonly Operator[] = [
  dropEdge,
  sendElsewhere,
  dropSignal,
  otherMatch,
  raiseThreshold,
  lowerThreshold,
  negate,
  boundary,
  swapCases,
  lengthen,
  shorten,
  moreAttempts,
  fewerAttempts,
  otherTeam,
  dropItem,
  dropVariable,
  otherText,
]

/**
 * Every mutant of a flow, or `most` of them, evenly taken from all.
 * @param flow a flow, or a flow document as it was read from a file
 * @throws FlowFaults when it is malformed
 */
export function mutate(flow: object, most: number = Infinity): readonly Mutant[] {
  const parsed = compiledFlow(flow).flow
  const all = operators.flatMap(({ name, mistakes }) =>
    mistakes(parsed).map(({ node, place, change, flow }): Mutant => ({
      id: `${name}:${node}/${place}`,
      operator: name,
      node,
      change,
      flow,
    })),
  )
  if (all.length <= most) return all
  return all.filter(
    (_, index) => Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length),
  )
}
