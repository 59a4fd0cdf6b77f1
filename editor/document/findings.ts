/**
 * Keeps `problems`, `faults` and `longest` true to the document: after each change a worker parses and checks it. Laws:
 * one document is looked at at a time; of the changes that come meanwhile only the latest is looked at; what is reported
 * names the document it speaks of (`checked`), and never another flow. The ways to the problems are looked for once the
 * hands rest. Where the worker broke it is asked again, after longer and longer, until it answers.
 */
import type { WorstWait } from '#engine/check/worst-waits.ts'
import type { Fault, Problem } from '#engine/index.ts'
import type { FlowDocument } from './document.ts'
import type { Editor } from './editor.ts'
import type { Examiner } from './findings.examiner.ts'

export interface Findings {
  readonly faults: readonly Fault[]
  readonly problems: readonly Problem[]
  /** How long a customer waits at worst, and from which step; null where no bot ever rests, or nothing can be read. */
  readonly longest: LongestWait | null
}

export type LongestWait = WorstWait & { readonly from: string }

/** Looks at a document somewhere else. */
export type Examining = Pick<Examiner, 'examine' | 'ways'>

/** A pause after a change, so that typing is not slowed; in milliseconds. */
const PAUSE = 120
/** Before the ways are looked for, which keeps the worker from the next change. */
const REST = 500
/** Before a worker that broke is asked again: at first, and at most. */
const AGAIN = { first: 2_000, most: 60_000 }

/** Watches an editor for as long as the page lives. */
export function watchFindings(editor: Pick<Editor, 'state' | 'subscribe' | 'report'>, examiner: Examining): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false
  let again = AGAIN.first

  const look = async (): Promise<void> => {
    const { document, opening, checked, flowId } = editor.state()
    if (looking || opening !== 'open' || document === checked) return
    looking = true
    const found = await examiner.examine(document).catch(() => undefined)
    looking = false
    const now = editor.state()
    if (found && now.opening === 'open' && now.flowId === flowId) editor.report({ ...found, checked: document })
    if (found) again = AGAIN.first
    if (now.document !== document) void look()
    else if (!found) {
      timer = setTimeout(() => void look(), again)
      again = Math.min(2 * again, AGAIN.most)
    } else if (found.problems.length > 0) timer = setTimeout(() => void lookForWays(found, document), REST)
  }
  const lookForWays = async (found: Findings, document: FlowDocument): Promise<void> => {
    const problems = await examiner.ways(document).catch(() => undefined)
    if (problems && editor.state().checked === document) editor.report({ ...found, problems, checked: document })
  }
  editor.subscribe((now, before) => {
    if (now.opening !== 'open' || (now.document === before.document && before.opening === 'open')) return
    clearTimeout(timer)
    timer = setTimeout(() => void look(), before.opening === 'open' ? PAUSE : 0)
  })
}
