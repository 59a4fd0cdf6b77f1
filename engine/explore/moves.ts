/** What may happen next in a conversation: a short list, the likeliest first, the same for the same conversation. */
import type { Compiled } from '../compile/compiled.ts'
import { placeOf } from '../compile/runner.ts'
import { milliseconds, type Json } from '../flow/values.ts'
import type { AnyNode, NodeOfKind } from '../kinds/index.ts'
import type { SentEvent } from '../simulate/course.ts'
import type { Simulation } from '../simulate/simulation.ts'
import type { ExpectedInput } from '../step/effect.ts'
import { deadlineEvent, exitsBy } from './bearings.ts'
import { cuesFor, type Cue, type Turn } from './cues.ts'
import {
  AGENT_ANSWER,
  AGENT_NOTE,
  AGENT_RESOLUTION,
  ANSWERS,
  BOT_ANSWER,
  BOT_ASKS,
  BOT_FALLBACK,
  NO_ANSWER,
  PERSON_WANTED,
  QUESTIONS,
  SMALL_TALK,
} from './phrases.ts'
import type { Premise } from './premise.ts'
import { candidates } from './satisfy.ts'

export interface Move {
  /** The event of the chart that it means to bring about. */
  readonly event: string
  /** The outlet by which it leads on, where one of many is meant: an intent. */
  readonly outlet?: string
  /** About how many events it takes. */
  readonly length: number
  /**
   * `spend` is called for each event that it tries besides the first.
   * @throws Refusal where the conversation does not take it
   */
  play(simulation: Simulation, spend: () => void): Simulation
}

export function movesAt(compiled: Compiled, simulation: Simulation, premise: Premise): readonly Move[] {
  const { snapshot } = simulation
  const node = compiled.nodes.get(placeOf(snapshot.machine.value).node)
  if (snapshot.closed !== null || node === undefined) return []
  const { expects, input } = simulation.view
  const sending = (events: readonly SentEvent[]): readonly Move[] =>
    events
      .filter((event) => expects.includes(event.type))
      .map((event) => ({
        event: event.type,
        ...(event.type === 'bot.intent' ? { outlet: `intent:${event.intent}` } : {}),
        length: 1,
        play: (before) => before.send(event),
      }))
  return [
    ...sending([
      ...saidByCustomer(compiled, node, input, premise),
      ...doneByAgent(compiled, simulation),
      ...(node.type === 'survey' ? [{ type: 'survey.answer', score: Math.min(5, node.data.scale) } as const] : []),
      ...(snapshot.phase === 'queued' ? [{ type: 'customer.left' } as const] : []),
    ]),
    ...triggering(compiled, simulation, premise),
    ...sending(saidByBot(node)).map((move) => spokenTo(move, simulation, premise)),
    ...waiting(compiled, node, simulation),
    ...coming(node, simulation),
  ]
}

function saidByCustomer(
  compiled: Compiled,
  node: AnyNode,
  input: ExpectedInput | undefined,
  { nlu, answers }: Premise,
): readonly SentEvent[] {
  const says = (text: string, choice?: string): SentEvent => ({
    type: 'customer.message',
    text,
    ...(choice === undefined ? {} : { choice }),
    ...(nlu === undefined ? {} : { nlu }),
  })
  // Of many times to choose from one is as good as another.
  const all = input?.choices ?? []
  const offered = node.type === 'callback' ? [...all.slice(0, 1), ...all.slice(-1)] : all
  const choices = offered.map((each) => says(each.label, each.id))
  const typed = input === undefined || input.choices !== undefined ? [] : answersTo(compiled, node, input, answers)
  return [
    ...(node.type === 'ask' ? preferred(choices, answers.get(node.data.variable)) : choices),
    ...typed.map((each) => says(each)),
    says(input === undefined ? QUESTIONS[0] : NO_ANSWER),
    ...(input?.as === 'text' ? [WORDLESS] : []),
    says(PERSON_WANTED),
  ]
}

/** Where any text is an answer, only a file without a word is none. */
const PHOTO = { id: 'photo', name: 'photo.jpg', type: 'image/jpeg', size: 20_000 }
const WORDLESS: SentEvent = { type: 'customer.message', text: '', attachments: [PHOTO] }

/** The one that was wanted goes first. */
function preferred(choices: readonly SentEvent[], wanted: Json | undefined): readonly SentEvent[] {
  const id = wanted === true ? 'yes' : wanted === false ? 'no' : wanted
  const isWanted = (event: SentEvent): boolean => event.type === 'customer.message' && event.choice === id
  return [...choices.filter(isWanted), ...choices.filter((each) => !isWanted(each))]
}

/** Answers that a question's own check lets in and, for trying again, one that it does not. */
function answersTo(
  { expressions }: Compiled,
  node: AnyNode,
  { as }: ExpectedInput,
  wanted: Premise['answers'],
): readonly string[] {
  if (as === 'choice' || as === 'score') return []
  const usual = ANSWERS[as]
  if (node.type !== 'ask') return usual.slice(0, 1)
  const first = wanted.get(node.data.variable)
  const own = first === undefined ? [] : [String(first)]
  const check = expressions.conditions.get(`${node.id}/check`)
  if (check === undefined) return [...own, ...usual.slice(0, 2)]
  const tried = [...new Set([...own, ...usual, ...candidates([check.source]).map(String)])]
  const fits = (text: string): boolean =>
    check.evaluate({ value: as === 'number' ? Number(text) : text }).value === true
  const admitted = tried.filter(fits)
  return [...admitted.slice(0, 2), ...tried.filter((text) => !admitted.includes(text)).slice(0, 1)]
}

function saidByBot(node: AnyNode): readonly SentEvent[] {
  const intents = node.type === 'listen' ? (node.data.intents ?? []) : []
  return [
    ...intents.map(({ id }) => ({ type: 'bot.intent', intent: id }) as const),
    { type: 'bot.message', text: BOT_ANSWER, nlu: { confidence: 0.95 } },
    { type: 'bot.message', text: BOT_FALLBACK, fallback: true },
    { type: 'bot.done' },
    { type: 'bot.failed' },
    { type: 'bot.escalate', reason: BOT_ASKS },
  ]
}

/** A bot speaks when it is spoken to. */
function spokenTo(move: Move, { snapshot }: Simulation, premise: Premise): Move {
  if (snapshot.phase !== 'bot' || snapshot.machine.context.owes) return move
  return {
    ...move,
    length: 2,
    play: (before, spend) => {
      const asked = before.send(messageOf({}, premise))
      return asked.snapshot.state === before.snapshot.state ? move.play(asked, spend) : asked
    },
  }
}

function doneByAgent({ flow }: Compiled, { snapshot: { phase, machine }, standing }: Simulation): readonly SentEvent[] {
  const [online] = standing.online
  if (phase === 'queued') {
    const offered = machine.context.waiting?.offered?.agent.id
    return [
      ...(online === undefined ? [] : [{ type: 'agent.accept', agent: online } as const]),
      ...(offered === undefined ? [] : [{ type: 'agent.decline', agent: offered } as const]),
    ]
  }
  if (phase !== 'agentActive') return []
  const queue = flow.nodes.find((node): node is NodeOfKind<'queue'> => node.type === 'queue')
  return [
    { type: 'agent.resolve', resolution: AGENT_RESOLUTION },
    { type: 'agent.handback', note: AGENT_NOTE },
    { type: 'agent.message', text: AGENT_ANSWER },
    ...(queue === undefined ? [] : [{ type: 'agent.transfer', team: queue.data.team } as const]),
  ]
}

/** What makes each trigger fire from here. */
function triggering(compiled: Compiled, { snapshot: { phase } }: Simulation, premise: Premise): readonly Move[] {
  if (phase !== 'bot') return []
  return compiled.triggers.flatMap(({ id, data }) =>
    cuesFor(data.signals, data.match).map((cue): Move => ({
      event: `trigger.${id}`,
      length: lengthOf(cue),
      play: (before, spend) => talk(compiled, before, cue, premise, spend),
    })),
  )
}

/** Long talk counts a quarter: a trigger that needs much of it would never be tried otherwise. */
function lengthOf({ length }: Cue): number {
  return Math.min(length, 3) + Math.ceil(Math.max(0, length - 3) / 4)
}

/** Ways of talking tried for one cue. */
const TALKS = 300

/**
 * Turn after turn while the bot has the word: what comes later is not the bot's to hear. Where a turn may be anything, the
 * customer answers what they are asked, so that they stay in the talk.
 */
function talk(compiled: Compiled, before: Simulation, cue: Cue, premise: Premise, spend: () => void): Simulation {
  let left = TALKS
  const from = (simulation: Simulation, index: number): Simulation | undefined => {
    const turn = cue[index]
    if (turn === undefined) return simulation
    for (const said of messagesAt(compiled, simulation, turn, index, premise)) {
      if (left-- <= 0) return undefined
      spend()
      const after = answered(compiled, simulation.send(said), turn)
      const isOver = turn.text !== undefined || index === cue.length - 1
      const found = after.snapshot.phase === 'bot' ? from(after, index + 1) : isOver ? after : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
  return from(before, 0) ?? before
}

function messagesAt(
  compiled: Compiled,
  simulation: Simulation,
  turn: Turn,
  index: number,
  premise: Premise,
): readonly SentEvent[] {
  const { input } = simulation.view
  const node = compiled.nodes.get(placeOf(simulation.snapshot.machine.value).node)
  if (turn.text !== undefined || input === undefined || node === undefined) {
    return [messageOf({ text: index === 0 ? QUESTIONS[0] : SMALL_TALK, ...turn }, premise)]
  }
  return saidByCustomer(compiled, node, input, premise).slice(0, 3)
}

function messageOf({ text = QUESTIONS[0], loud, nlu }: Turn, premise: Premise): SentEvent {
  const understood = nlu === undefined ? premise.nlu : { ...premise.nlu, ...nlu }
  const said = loud ? text.toUpperCase() : text
  return { type: 'customer.message', text: said, ...(understood === undefined ? {} : { nlu: understood }) }
}

function answered(compiled: Compiled, simulation: Simulation, { then }: Turn): Simulation {
  if (then === undefined || simulation.snapshot.phase !== 'bot') return simulation
  switch (then) {
    case 'fallback':
      return simulation.send({ type: 'bot.message', text: BOT_FALLBACK, fallback: true })
    case 'failed':
      return simulation.send({ type: 'bot.failed' })
    case 'asks':
      return simulation.send({ type: 'bot.escalate', reason: BOT_ASKS })
    case 'silent': {
      const owed = simulation.timers.find(({ id }) => compiled.timers.get(id)?.botOwes)
      return owed === undefined ? simulation : simulation.skipTo(owed.due)
    }
    default:
      return then satisfies never
  }
}

/**
 * Until each of the running deadlines; what a queue only tells or eases with time leads nowhere. Whoever is there is asked
 * again and again meanwhile.
 */
function waiting(
  compiled: Compiled,
  { id: node, type }: AnyNode,
  { snapshot, standing, now }: Simulation,
): readonly Move[] {
  const asked = snapshot.phase === 'queued' && standing.online.length > 0 ? milliseconds('30s') : Infinity
  return snapshot.timers.flatMap(({ id, due }): readonly Move[] => {
    const event = deadlineEvent(compiled, id)
    const { arcs, passes } = exitsBy(compiled, node, event)
    if (type === 'queue' && arcs.length === 0 && !passes) return []
    return [{ event, length: 1 + Math.floor((due - now) / asked), play: (before, spend) => waited(before, id, spend) }]
  })
}

/** What comes before a deadline at most; past this the flow goes on by itself, for ever or for very long. */
const MOST_BEFORE = 40

/** Until the deadline comes, or another one leads elsewhere before. */
function waited(before: Simulation, timer: string, spend: () => void): Simulation {
  const {
    snapshot: { state },
  } = before
  const gen = before.timers.find((each) => each.id === timer)?.gen
  const runs = ({ snapshot, timers }: Simulation): boolean =>
    snapshot.state === state && timers.some((each) => each.id === timer && each.gen === gen)
  let simulation = before
  for (let count = 0; runs(simulation); count++) {
    if (count >= MOST_BEFORE) throw new RangeError('Too much comes before this deadline.')
    if (count > 0) spend()
    simulation = simulation.skipTo(Math.max(simulation.now, Math.min(...simulation.timers.map((each) => each.due))))
  }
  // All of it is one wait to whoever reads it.
  return simulation.last.turn - before.last.turn > 1 ? before.skipTo(simulation.now) : simulation
}

/** Somebody comes online, or goes offline and loses what they hold. */
function coming({ type }: AnyNode, { snapshot: { phase }, standing, setting }: Simulation): readonly Move[] {
  if (type !== 'queue' && type !== 'agent') return []
  return setting.agents.slice(0, 1).map(({ id }): Move => {
    const isOnline = standing.online.includes(id)
    const event = !isOnline ? 'offer.made' : phase === 'agentActive' ? 'agent.gone' : 'offer.ended'
    return { length: 1, event, play: (before) => before.presence(id, !isOnline) }
  })
}
