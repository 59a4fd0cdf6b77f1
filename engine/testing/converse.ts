import { compiledFlow } from '../compile/compiled.ts'
import type { HandoffPackage } from '../conversation/handoff.ts'
import type { SentEvent } from '../simulate/course.ts'
import { simulate, type Simulation } from '../simulate/simulation.ts'
import { standIns, type SimulationOptions } from '../simulate/setting.ts'
import { LiveConversation, type Look } from './conversed.ts'
import { agentOf, botOf, customerOf, type Agent, type Bot, type Customer } from './sentences.ts'

/** A conversation under test, in memory. */
export interface Conversing {
  readonly customer: Customer
  readonly bot: Bot & {
    /** Says nothing until the flow counts it as silent. Throws when no answer is owed. */
    staysSilent(): void
  }
  readonly agent: Agent & { goesOnline(agent: string): void; goesOffline(agent: string): void }
  readonly clock: {
    /** Epoch ms of the virtual clock. */
    readonly now: number
    /** Lets time pass: `"5m"`, or milliseconds. What is due meanwhile comes at its time. */
    skip(duration: string | number): void
    /** Lets time pass until a moment: epoch ms, or a time such as `"2026-03-03T09:00:00Z"`. */
    skipTo(moment: string | number): void
  }
  readonly conversation: RehearsedConversation
}

/**
 * Begins a conversation to be tested, sentence by sentence:
 *
 *   const { customer, bot, agent, clock, conversation } = converse(flow)
 *   customer.says('I want to talk to a person')
 *   expect(conversation).toBeIn('queued.billing')
 *   agent.accepts('sarah')
 *
 * An event that the conversation does not take throws its `Refusal` and changes nothing.
 * @param flow a flow, or a flow document as it was read from a file
 * @param options who it is with and what stands around it; without `agents`, Sarah and Tom are online in every team
 * @throws FlowFaults when the document is malformed
 */
export function converse(flow: object, options: SimulationOptions = {}): Conversing {
  const compiled = compiledFlow(flow)
  const agents = options.agents ?? standIns(compiled.flow)
  const conversation = new RehearsedConversation(simulate(flow, { ...options, agents }))
  const now = (): Simulation => conversation.simulation
  const tell = (event: SentEvent): void => conversation.become(now().send(event))
  return {
    conversation,
    customer: customerOf(tell, () => conversation.offered),
    bot: {
      ...botOf(tell),
      staysSilent: () => {
        const owed = now().timers.find(({ id }) => compiled.timers.get(id)?.botOwes)
        if (owed === undefined) throw new Error(`The bot owes no answer at “${conversation.state}”; nobody misses one.`)
        conversation.become(now().skipTo(owed.due))
      },
    },
    agent: {
      ...agentOf(tell),
      goesOnline: (agent) => conversation.become(now().presence(agent, true)),
      goesOffline: (agent) => conversation.become(now().presence(agent, false)),
    },
    clock: {
      get now() {
        return now().now
      },
      skip: (duration) => conversation.become(now().skip(duration)),
      skipTo: (to) => conversation.become(now().skipTo(typeof to === 'number' ? to : Date.parse(to))),
    },
  }
}

/** A conversation in memory, as it stands after the last sentence. */
export class RehearsedConversation extends LiveConversation {
  #simulation: Simulation

  constructor(simulation: Simulation) {
    super()
    this.#simulation = simulation
  }

  /** All there is to see: steps, log, effects. It never changes; the next sentence puts another in its place. */
  get simulation(): Simulation {
    return this.#simulation
  }

  /** What a person who takes over is given. */
  get handoff(): HandoffPackage {
    return this.#simulation.handoff
  }

  /** Goes on from another simulation, such as an earlier one: `become(conversation.simulation.back(1))`. */
  become(simulation: Simulation): void {
    this.#simulation = simulation
  }

  protected look(): Look {
    const { snapshot, transcript, view, now } = this.#simulation
    return { snapshot, transcript, expects: view.expects, now }
  }
}
