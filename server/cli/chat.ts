/** The lines that a person types in `baton simulate`: plain text is the customer, a slash begins everything else. */
import { didYouMean } from '#engine/expression/nearest.ts'
import { parseDuration, Refusal } from '#engine/index.ts'
import { type SentEvent, type Simulation } from '#engine/simulate/index.ts'
import { saveScenario } from './save.ts'
import { said, standing } from './screen.ts'
import type { Style } from './style.ts'
import { UsageError, type Terminal } from './terminal.ts'

export interface Turn {
  readonly simulation: Simulation
  readonly text: string
  readonly leaves: boolean
}
export interface ChatPlace {
  readonly path: string
  readonly style: Style
  readonly terminal: Terminal
}

interface ChatCommand {
  readonly usage: string
  readonly help: string
  run(rest: string, simulation: Simulation, place: ChatPlace): Simulation | string | Promise<string>
}

/** THE list of what can be typed with a slash. */
const commands: Readonly<Record<string, ChatCommand>> = {
  bot: saying('/bot <text>', 'the bot answers', (text) => ({ type: 'bot.message', text })),
  'bot!': saying('/bot! <text>', 'the bot answers that it did not understand', (text) => ({
    type: 'bot.message',
    text,
    fallback: true,
  })),
  intent: saying('/intent <id>', 'the bot goes on by an intent', (intent) => ({ type: 'bot.intent', intent })),
  done: doing('/done', 'the bot is done', () => ({ type: 'bot.done' })),
  fail: doing('/fail', 'the bot fails', () => ({ type: 'bot.failed' })),
  escalate: saying('/escalate <reason>', 'the bot asks for a person', (reason) => ({ type: 'bot.escalate', reason })),
  leave: doing('/leave', 'the customer leaves', () => ({ type: 'customer.left' })),
  return: doing('/return', 'the customer comes back', () => ({ type: 'customer.returned' })),
  score: saying('/score <number> [comment]', 'the customer answers the survey', score),
  accept: doing('/accept [agent]', 'a person accepts; without a name, who is offered it', (rest, simulation) => ({
    type: 'agent.accept',
    agent: rest || askedAgent(simulation),
  })),
  decline: doing('/decline [agent]', 'a person declines the offer', (rest, simulation) => ({
    type: 'agent.decline',
    agent: rest || askedAgent(simulation),
  })),
  agent: saying('/agent <text>', 'the person writes to the customer', (text) => ({ type: 'agent.message', text })),
  note: saying('/note <text>', 'the person writes a note that the customer never sees', (text) => ({
    type: 'agent.note',
    text,
  })),
  transfer: saying('/transfer <team> | @<agent> [note]', 'the person passes the conversation on', transfer),
  handback: doing('/handback [note]', 'the person gives the conversation back to the bot', (note) => ({
    type: 'agent.handback',
    ...(note === '' ? {} : { note }),
  })),
  resolve: doing('/resolve [resolution]', 'the person has solved it', (rest) => ({
    type: 'agent.resolve',
    resolution: rest || 'solved',
  })),
  online: {
    usage: '/online <agent>',
    help: 'a person comes online',
    run: (rest, simulation) => simulation.presence(rest, true),
  },
  offline: {
    usage: '/offline <agent>',
    help: 'a person goes offline',
    run: (rest, simulation) => simulation.presence(rest, false),
  },
  skip: { usage: '/skip <duration>', help: 'time passes, such as 5m', run: skip },
  back: { usage: '/back [turns]', help: 'takes turns back; one when not said', run: back },
  handoff: {
    usage: '/handoff',
    help: 'what a person who takes over is shown',
    run: (_, { handoff: { transcript: _said, ...shown } }) => `${JSON.stringify(shown, null, 2)}\n`,
  },
  save: {
    usage: '/save <name>',
    help: 'saves this run as a scenario beside the flow',
    run: (name, simulation, place) => saveScenario(simulation, name, place),
  },
  help: { usage: '/help', help: 'shows this', run: () => help() },
  quit: { usage: '/quit', help: 'leaves', run: () => '' },
}

/** What a line does. A refusal is said and changes nothing. */
export async function answer(line: string, simulation: Simulation, place: ChatPlace): Promise<Turn> {
  const stays = (text: string): Turn => ({ simulation, text, leaves: false })
  if (line === '') return stays('')
  try {
    const [, name, rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(line) ?? []
    if (name === 'quit') return { simulation, text: '', leaves: true }
    const done =
      name === undefined
        ? simulation.send(customerSays(line, simulation))
        : await commandNamed(name).run(rest.trim(), simulation, place)
    if (typeof done === 'string') return stays(done)
    return {
      simulation: done,
      text: said(name === 'back' ? [] : done.messages, place.style) + standing(done, place.style),
      leaves: false,
    }
  } catch (error) {
    if (error instanceof Refusal) return stays(`  ${place.style.yellow(`refused (${error.code})`)} ${error.message}\n`)
    // A wrong duration, an agent nobody knows, a clock turned back: said by the simulation in a sentence.
    if (error instanceof UsageError || error instanceof RangeError) {
      return stays(`  ${place.style.yellow(error.message)}\n`)
    }
    throw error
  }
}

function commandNamed(name: string): ChatCommand {
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (found === undefined) {
    throw new UsageError(
      `There is no /${name}; ${didYouMean(
        `/${name}`,
        Object.keys(commands).map((each) => `/${each}`),
      )}`,
    )
  }
  return found
}

function help(): string {
  return Object.values(commands)
    .map(({ usage, help }) => `  ${usage.padEnd(36)} ${help}\n`)
    .join('')
}

function doing(usage: string, help: string, event: (rest: string, simulation: Simulation) => SentEvent): ChatCommand {
  return { usage, help, run: (rest, simulation) => simulation.send(event(rest, simulation)) }
}

/** A command that needs words after it. */
function saying(usage: string, help: string, event: (rest: string, simulation: Simulation) => SentEvent): ChatCommand {
  return doing(usage, help, (rest, simulation) => {
    if (rest === '') throw new UsageError(`Write ${usage}.`)
    return event(rest, simulation)
  })
}

/** A label or an id of what was offered last counts as its button. */
function customerSays(text: string, simulation: Simulation): SentEvent {
  const offered = simulation.transcript.findLast((each) => each.from !== 'customer')?.quickReplies ?? []
  const reply = offered.find(({ id, label }) => [id, label].some((each) => each.toLowerCase() === text.toLowerCase()))
  return reply === undefined
    ? { type: 'customer.message', text }
    : { type: 'customer.message', text: reply.label, choice: reply.id }
}

function score(rest: string): SentEvent {
  const [, digits, comment = ''] = /^(\d{1,2})\s*(.*)$/s.exec(rest) ?? []
  if (digits === undefined) throw new UsageError('Write /score <number> [comment], such as /score 5.')
  return { type: 'survey.answer', score: Number(digits), ...(comment === '' ? {} : { comment }) }
}

function transfer(rest: string): SentEvent {
  const [, at, id = '', note = ''] = /^(@?)(\S+)\s*(.*)$/s.exec(rest) ?? []
  return { type: 'agent.transfer', ...(at === '@' ? { agent: id } : { team: id }), ...(note === '' ? {} : { note }) }
}

function askedAgent({ view, standing, setting }: Simulation): string {
  return view.queue?.offeredTo ?? standing.online[0] ?? setting.agents[0]?.id ?? 'sarah'
}

function skip(rest: string, simulation: Simulation): Simulation {
  if (parseDuration(rest) === undefined) {
    throw new UsageError(`“${rest}” is not a duration; write one such as /skip 90s, /skip 5m, /skip 2h or /skip 1d.`)
  }
  return simulation.skip(rest)
}

function back(rest: string, simulation: Simulation): Simulation {
  if (!/^\d{0,4}$/.test(rest)) throw new UsageError('Write /back [turns], such as /back 3.')
  return simulation.back(rest === '' ? 1 : Number(rest))
}
