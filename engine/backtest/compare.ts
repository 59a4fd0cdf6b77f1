/**
 * One conversation as it was and as it would have been. Law: what stands before the first message that differs is known,
 * for the customer said it to the very same words; what comes after is a guess, and is called one.
 */
import type { Flow } from '../flow/parse.ts'
import type { Message } from '../step/result.ts'
import type { Course, Told, Trace } from './course.ts'
import type { Schedules } from './past-world.ts'
import { play, type Played } from './play.ts'
import { stepsOf, type Recorded, type RecordedStep } from './record.ts'
import type { Change } from './report.ts'

export interface Compared {
  readonly conversation: string
  /** When it began, epoch ms. */
  readonly at: number
  /** What would have been otherwise, the most telling first; nothing where it would have been the same. */
  readonly what: readonly Change[]
  readonly before: Course
  readonly after: Course
  /** The first message that the customer would not have read so; a side that said nothing at that turn is null. */
  readonly firstDifferent: {
    readonly turn: number
    readonly before: string | null
    readonly after: string | null
  } | null
  /** Whether what would have been otherwise rests on a guess: it came after the first message that differs. */
  readonly unsure: boolean
  /** Events of the record that the draft did not take. */
  readonly refused: number
  /** In a sentence, what is known and what is a guess. */
  readonly notice: string
}

export interface Backtesting {
  /** Saved schedules by id, for flows that ask whether it is open. */
  readonly schedules?: Schedules
  /** With what everybody said. */
  readonly detail?: boolean
}

/**
 * Plays a draft over the record of one conversation and says what would have been otherwise.
 * @throws Refusal when the record does not begin, or where the draft goes round without the customer
 */
export function backtest(
  { flow, log }: Recorded,
  draft: Flow,
  { schedules = {}, detail = false }: Backtesting = {},
): Compared {
  return compared(stepsOf(log), flow, draft, { schedules, detail })
}

/** The same for a record that has been cut already. */
export function compared(
  steps: readonly RecordedStep[],
  flow: Flow,
  draft: Flow,
  options: Required<Backtesting>,
): Compared {
  const played = play(steps, flow, draft, options)
  const { live, draft: drafted, refused } = played
  const first = firstDifference(live.told, drafted.told)
  const what = changesIn(played, first !== undefined)
  const isUnsure = first !== undefined && what.some((change) => evidence(change, played) > first.step)
  const opening = steps[0]?.event
  return {
    conversation: opening?.type === 'conversation.started' ? opening.opening.id : '',
    at: steps[0]?.at ?? 0,
    what,
    before: live.course(),
    after: drafted.course(),
    firstDifferent: first === undefined ? null : { turn: first.turn, before: first.before, after: first.after },
    unsure: isUnsure,
    refused,
    notice: noticeOf(first, isUnsure),
  }
}

/** A handoff on the same turn counts as another in time when so much lies between: less is how late a server may be. */
const SAME_TIME = 5_000

function changesIn({ live, draft }: Played, readsOtherwise: boolean): readonly Change[] {
  const changes = [...handoffChanges(live, draft), ...rungChanges(live, draft)]
  if (changes.length > 0) return changes
  if (live.state !== draft.state) return ['otherEnd']
  return readsOtherwise ? ['otherWords'] : []
}

function handoffChanges({ handoff: was }: Trace, { handoff: is }: Trace): readonly Change[] {
  if (was === null && is === null) return []
  if (is === null) return ['never']
  if (was === null) return ['newly']
  const later = is.turn === was.turn ? is.at - was.at : (is.turn - was.turn) * Infinity
  return [
    ...(later < -SAME_TIME ? (['earlier'] as const) : later > SAME_TIME ? (['later'] as const) : []),
    ...(is.team === was.team ? [] : (['otherTeam'] as const)),
  ]
}

function rungChanges({ rungs: was }: Trace, { rungs: is }: Trace): readonly Change[] {
  return is.length > was.length ? ['rungsGained'] : is.length < was.length ? ['rungsLost'] : []
}

/** The event of the record by which a change is seen to have come. */
function evidence(change: Change, { live, draft }: Played): number {
  switch (change) {
    case 'earlier':
    case 'later':
    case 'newly':
    case 'otherTeam':
      return draft.handoff?.step ?? Infinity
    case 'rungsGained':
      return draft.rungs[live.rungs.length] ?? Infinity
    case 'never':
    case 'rungsLost':
    case 'otherEnd':
      return Infinity
    case 'otherWords':
      return -Infinity
    default:
      return change satisfies never
  }
}

interface Difference {
  readonly turn: number
  readonly step: number
  readonly before: string | null
  readonly after: string | null
}

function firstDifference(live: readonly Told[], draft: readonly Told[]): Difference | undefined {
  for (let index = 0; ; index++) {
    const [was, is] = [live[index], draft[index]]
    if (was === undefined && is === undefined) return undefined
    if (was !== undefined && is !== undefined && was.turn === is.turn && readsSame(was.message, is.message)) continue
    const turn = Math.min(was?.turn ?? Infinity, is?.turn ?? Infinity)
    const step = Math.min(was?.step ?? Infinity, is?.step ?? Infinity)
    return {
      turn,
      step,
      before: was?.turn === turn ? was.message.text : null,
      after: is?.turn === turn ? is.message.text : null,
    }
  }
}

/** The same words, and the same to choose from. */
function readsSame(was: Message, is: Message): boolean {
  if (was.text !== is.text || was.from !== is.from) return false
  if (was.quickReplies === undefined && is.quickReplies === undefined) return true
  const [before, after] = [was.quickReplies ?? [], is.quickReplies ?? []]
  return (
    before.length === after.length &&
    before.every((reply, index) => reply.label === after[index]?.label && reply.id === after[index]?.id)
  )
}

function noticeOf(first: Difference | undefined, isUnsure: boolean): string {
  if (first === undefined)
    return 'The customer reads the same to the end, so nothing here rests on a guess about their answers.'
  const where = first.turn === 0 ? 'From the first words on' : `From the answer to message ${first.turn} on`
  const guess = `${where} the customer would have read something else: what follows it is a guess, for their real words are played on.`
  return isUnsure ? `${guess} What is said to change rests on that guess.` : guess
}
