/**
 * From the parts of a text to something that runs. Law: a text always renders. What is not known is empty, what does
 * not fit is left out, and when the steps are spent the text ends where it is.
 */
import type { Frame } from '../budget.ts'
import { BUDGET, spend } from '../budget.ts'
import { cut } from '../cut.ts'
import type { SourceFault } from '../failure.ts'
import type { Names } from '../scope.ts'
import { ANY, type StaticType } from '../static-type.ts'

/** One rendering: what is written so far, and whether a loop or its turn is being left. */
export interface TextFrame extends Frame {
  text: string
  leaving: 'nothing' | 'turn' | 'loop'
}

export type Run = (frame: TextFrame) => unknown

export interface Plan {
  readonly type: StaticType
  readonly run: Run
}

/** One part of a text: it writes, and may leave a loop. */
export type Part = (frame: TextFrame) => void

export interface Local {
  readonly type: StaticType
  readonly slot: number
}

export interface TextPlanner {
  /** Undefined when the names are not known, as for a text that stands alone: nothing is checked then. */
  readonly names: Names | undefined
  /** Loop variables, by block. */
  readonly locals: ReadonlyMap<string, Local>
  /** Names that `assign` has given so far, anywhere in the text. */
  readonly assigned: Map<string, Local>
  readonly slots: { used: number }
  readonly reads: Set<string>
  readonly faults: SourceFault[]
  readonly depth: number
}

export function createPlanner(names: Names | undefined): TextPlanner {
  return { names, locals: new Map(), assigned: new Map(), slots: { used: 0 }, reads: new Set(), faults: [], depth: 0 }
}

/** Notes a fault at a place of the source and stands in for the part that has it. */
export function refuse(planner: TextPlanner, at: { readonly begin: number }, message: string): Plan {
  planner.faults.push({ message, column: at.begin + 1 })
  return { type: ANY, run: () => null }
}

/** Writes, up to the limit: past it the text is cut, never inside a character, and the rendering ends. */
export function write(frame: TextFrame, text: string): void {
  if (!spend(frame, 1 + (text.length >> 6))) return
  const room = BUDGET.text - frame.text.length
  frame.text += cut(text, room)
  if (text.length > room) frame.steps = -1
}
