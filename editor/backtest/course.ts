/** The course of a conversation in words: when it came to a person, why, and where it ended. */
import { nodeOfState } from '#engine/conversation/state.ts'
import type { BacktestCourse } from '#ui/backtest.ts'
import { cardOf } from '../document/card.ts'
import { nodeOf, type FlowDocument } from '../document/document.ts'
import { teamName, type NamedTeam } from '../inspector/queue/names.ts'
import { words } from '../words/en.ts'

const said = words.backtest.course

export interface CourseWords {
  readonly handoff: string
  /** What brought it there; null where nothing says so. */
  readonly why: string | null
  readonly rungs: string | null
  readonly end: string
}

/** @param teams as the server has them */
export function courseInWords(
  { handoff, rungs, end }: BacktestCourse,
  document: FlowDocument,
  teams: readonly NamedTeam[],
): CourseWords {
  const [trigger, team] = [handoff?.trigger ?? null, handoff?.team ?? null]
  return {
    handoff: handoff === null ? said.none : said.handoff(handoff.turn, team && teamName(team, teams)),
    why: trigger === null ? null : said.by(named(document, trigger)),
    rungs: rungs === 0 ? null : said.rungs(rungs),
    end: said.end(named(document, nodeOfState(end))),
  }
}

/** A step by its card; by its id where this draft has no such step. */
function named(document: FlowDocument, id: string): string {
  const node = nodeOf(document, id.split('.')[0] ?? id)
  return node === undefined ? id : `“${cardOf(node).sentence}”`
}
