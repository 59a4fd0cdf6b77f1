/** Who uses the simulated nodes: customers, agents who come and go, a designer, and screens that follow conversations. */
import type { OutsideEvent, Snapshot } from '#engine/index.ts'
import { RuntimeError, type AgentProfile, type Presence } from '#server/runtime/runtime.ts'
import type { Callers } from './callers.ts'
import { FLOW, simulatedFlow } from './flows.ts'
import type { SharedFlows } from './flow-store.ts'
import type { Oracle } from './oracle.ts'
import { Violation } from './violation.ts'
import { holdsOf, waitsOf } from './written.ts'
import type { Plan } from './plan.ts'
import type { SimulatedNode } from './nodes.ts'
import { randomOf, type Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import { staffOf } from './staff.ts'

export interface Crew {
  begin(): void
  /** From now on nobody does anything. */
  rest(): void
  /** From now on agents come, and finish what there is. */
  finish(): void
  /** What followers have seen: by conversation, the last of each. */
  readonly followed: readonly { readonly conversation: string; readonly seen: number }[]
}

export interface CrewDeps {
  readonly plan: Plan
  readonly scheduler: Scheduler
  readonly random: Random
  readonly callers: Callers
  readonly oracle: Oracle
  readonly nodes: readonly SimulatedNode[]
  readonly flows: SharedFlows
  failed(error: unknown): void
}

const SAYINGS: readonly [(text: string) => OutsideEvent, ...((text: string) => OutsideEvent)[]] = [
  (text) => ({ type: 'customer.message', text }),
  (text) => ({ type: 'customer.message', text }),
  (text) => ({ type: 'customer.message', text: `a human please ${text}` }),
  (text) => ({ type: 'customer.message', text: `I want to talk to a person ${text}` }),
  () => ({ type: 'customer.left' }),
  () => ({ type: 'customer.returned' }),
  () => ({ type: 'survey.answer', score: 4 }),
  () => ({ type: 'bot.intent', intent: 'look' }),
  (text) => ({ type: 'bot.message', text: `api ${text}` }),
  () => ({ type: 'bot.done' }),
  (text) => ({ type: 'customer.message', text: `ann@${text.replace('/', '.')}.example` }),
  (text) => ({ type: 'customer.message', text: `1, please, ${text}` }),
]

export function createCrew({ plan, scheduler, random, callers, oracle, nodes, flows, failed }: CrewDeps): Crew {
  const { agents, teams } = staffOf(plan, simulatedFlow(plan, randomOf(plan.seed, 'flow'), 1), random)
  const presences = new Map<string, Presence>()
  const followed: { conversation: string; seen: number }[] = []
  let keys = 0
  let activity: 'living' | 'resting' | 'finishing' = 'living'

  const newKey = (): string => `key-${++keys}`
  const later = (delay: number, what: string, run: () => void): unknown => scheduler.after(delay, what, undefined, run)

  function send(conversation: string, event: OutsideEvent, by?: string): void {
    const key = newKey()
    callers.send({
      what: `${conversation} ${event.type}`,
      keyed: { conversation, key },
      call: (runtime) =>
        runtime.conversations.accept(conversation, event, { idempotencyKey: key, ...(by === undefined ? {} : { by }) }),
      known: ({ taken }) => taken && random.chance(0.05) && misuse(conversation, key),
    })
  }

  /** The same key for something else must be refused, whatever node hears it. */
  function misuse(conversation: string, key: string): void {
    callers.send({
      what: `${conversation} misuses a key`,
      async call(runtime) {
        const event = { type: 'customer.message', text: `not this ${conversation}` } as const
        await runtime.conversations.accept(conversation, event, { idempotencyKey: key })
        throw new Violation('I17', `${conversation}: the key ${key} was taken for something else`)
      },
      known: () => undefined,
    })
  }

  function customer(index: number): void {
    const id = `c${plan.seed}-${index}`
    const key = newKey()
    callers.send({
      what: `${id} starts`,
      keyed: { conversation: id, key },
      call: (runtime) =>
        runtime.conversations.start(
          {
            flow: FLOW,
            id,
            channel: index % 3 === 0 ? 'sms' : 'web',
            customer: { id: `person-${index % 4}`, ...(index % 2 === 0 ? { tier: 'vip' } : {}) },
          },
          { idempotencyKey: key },
        ),
      known: () => speak(id, random.between(1, plan.turns + 1)),
    })
  }

  function speak(id: string, turns: number): void {
    if (turns === 0 || activity !== 'living') return
    later(random.between(30, 1_200), `${id} thinks`, () => {
      if (activity !== 'living') return
      send(id, random.pick(SAYINGS)(`${id}/${turns}`))
      speak(id, turns - 1)
    })
  }

  function staff(profile: AgentProfile): void {
    oracle.staffed(profile)
    callers.send({
      what: `${profile.id} is hired`,
      call: (runtime) => runtime.desk.putAgent(profile),
      known: () => work(profile),
    })
  }

  function work(profile: AgentProfile): void {
    later(activity === 'finishing' ? random.between(50, 500) : random.between(80, 900), `${profile.id} looks`, () => {
      if (activity === 'finishing') finishWork(profile.id)
      if (activity === 'living') live(profile)
      work(profile)
    })
  }

  /** A bot is always there, and answers by its webhook. */
  function live({ id, bot }: AgentProfile): void {
    if (bot !== undefined) show(id, 'online')
    else if (random.chance(plan.restless)) blink(id)
    else if (plan.meddling > 0 && random.chance(plan.meddling)) meddle(id)
    else doSomething(id)
  }

  function meddle(agent: string): void {
    const others = snapshots().filter((each) => holdsOf(each) && !isHeld(each, agent))
    const one = random.pick(others)
    if (one) send(one.conversation, deed(agent, one.conversation), agent)
  }

  /** Gone again as soon as the next customer may be on the way, and back. */
  function blink(agent: string): void {
    show(agent, 'online')
    later(random.between(1, 120), `${agent} goes again`, () => show(agent, random.pick(['away', 'offline'])))
    if (random.chance(0.7)) later(random.between(200, 900), `${agent} is back`, () => show(agent, 'online'))
  }

  /** Some go home, whatever they hold. */
  function goHome(): void {
    for (const { id, bot } of agents) if (bot === undefined && random.chance(0.4)) show(id, 'offline')
  }

  /** All who talk to a bot have had enough of it, at once. */
  function rush(): void {
    for (const { conversation, owner, closed } of snapshots())
      if (owner === 'bot' && !closed && random.chance(0.8))
        send(conversation, { type: 'customer.message', text: `a human please, all of us ${++keys}` })
  }

  function show(agent: string, presence: Presence): void {
    presences.set(agent, presence)
    callers.send({ what: `${agent} is ${presence}`, call: (runtime) => runtime.desk.setPresence(agent, presence) })
  }

  const snapshots = (): readonly Snapshot[] => [...oracle.conversations.values()].map(({ snapshot }) => snapshot)
  const isOffered = (snapshot: Snapshot, agent: string): boolean =>
    waitsOf(snapshot) && snapshot.machine.context.waiting?.offered?.agent.id === agent
  const isHeld = (snapshot: Snapshot, agent: string): boolean =>
    holdsOf(snapshot) && snapshot.machine.context.agent?.id === agent

  /** What an agent sees may be old by the time that it is sent: that is left to the callers. */
  function doSomething(agent: string): void {
    if (presences.get(agent) !== 'online' || random.chance(0.12))
      return show(agent, random.chance(0.75) ? 'online' : random.pick(['away', 'offline', 'offline']))
    const mine = snapshots().filter((each) => isHeld(each, agent))
    const offered = snapshots().filter((each) => isOffered(each, agent))
    const waiting = snapshots().filter(waitsOf)
    const offer = random.pick(offered)
    if (offer && random.chance(0.7))
      return send(
        offer.conversation,
        random.chance(0.75) ? { type: 'agent.accept', agent } : { type: 'agent.decline', agent },
        agent,
      )
    const one = random.pick(mine)
    if (one && random.chance(0.8)) return send(one.conversation, deed(agent, one.conversation), agent)
    const other = random.pick(waiting)
    if (other && random.chance(0.6)) return send(other.conversation, { type: 'agent.accept', agent }, agent)
  }

  function deed(agent: string, id: string): OutsideEvent {
    const drawn = random.next()
    if (drawn < 0.3) return { type: 'agent.message', text: `${agent} to ${id} ${++keys}` }
    if (drawn < 0.45) return { type: 'agent.resolve', resolution: 'done' }
    if (drawn < 0.75) return { type: 'agent.handback' }
    if (drawn < 0.85) return { type: 'agent.transfer', team: random.pick(teams) ?? 'support', note: 'for you' }
    if (drawn < 0.93) return { type: 'agent.transfer', agent: random.pick(agents)?.id ?? agent }
    return { type: 'agent.note', text: 'Careful.' }
  }

  function finishWork(agent: string): void {
    if (presences.get(agent) !== 'online' || random.chance(0.05)) show(agent, 'online')
    for (const each of snapshots()) {
      if (isOffered(each, agent)) send(each.conversation, { type: 'agent.accept', agent }, agent)
      else if (isHeld(each, agent)) send(each.conversation, { type: 'agent.resolve', resolution: 'done' }, agent)
    }
  }

  /** Follows a conversation for ever, on whichever node is there, from where it was before. */
  function follow(state: { conversation: string; seen: number }): void {
    const node = random.pick(nodes)?.ready
    const again = (): unknown => later(random.between(200, 2_000), `follows ${state.conversation}`, () => follow(state))
    if (!node || !oracle.conversations.has(state.conversation)) return void again()
    const stop = new AbortController()
    let isOver = false
    const watch = (): unknown =>
      later(1_500, 'is the feed alive', () => (node.place.alive && !isOver ? watch() : again()))
    watch()
    scheduler.after(5, `feed of ${state.conversation}`, node.place, () => {
      void (async () => {
        for await (const { seq } of node.runtime.conversations.follow(state.conversation, state.seen, stop.signal)) {
          if (seq !== state.seen + 1)
            throw new Violation('I12', `${state.conversation}: its feed showed ${seq} after ${state.seen}`)
          state.seen = seq
        }
      })().catch((error: unknown) => {
        // The node could not read for too long: the screen connects anew.
        isOver = error instanceof RuntimeError && error.code === 'unavailable'
        if (!isOver) failed(error)
      })
    })
  }

  return {
    followed,
    begin() {
      for (const id of teams)
        callers.send({
          what: `team ${id} is made`,
          call: (runtime) => runtime.desk.putTeam({ id, name: id, offerFor: '6s' }),
        })
      for (const agent of agents) later(random.below(1_000), `${agent.id} comes`, () => staff(agent))
      for (let index = 0; index < plan.rushes; index++) later(random.below(plan.length), 'a rush', rush)
      for (let index = 0; index < plan.customers; index++)
        later(random.below(plan.length / 2), `customer ${index} comes`, () => customer(index))
      for (let index = 0; index < plan.followers; index++) {
        // Also from the middle of the first event.
        const state = { conversation: `c${plan.seed}-${index}`, seen: random.below(3) }
        followed.push(state)
        later(random.below(plan.length / 2), 'somebody follows', () => follow(state))
      }
      for (let index = 0; index < plan.faults.publishes; index++)
        later(random.below(plan.length), 'somebody publishes', () => {
          if (random.chance(0.3)) flows.rollBack(FLOW)
          else flows.publish(simulatedFlow(plan, random, index + 2))
        })
    },
    rest() {
      activity = 'resting'
      goHome()
    },
    finish() {
      activity = 'finishing'
    },
  }
}
