import { compiledFlow } from '../compile/compiled.ts'
import type { HandoffPackage } from '../conversation/handoff.ts'
import { simulate, type Simulation } from '../simulate/simulation.ts'
import { standIns, type SimulationOptions } from '../simulate/setting.ts'
import type { Conversed } from './conversed.ts'
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
  readonly conversation: Conversed & {
    /** What a person who takes over is given. */
    readonly handoff: HandoffPackage
    /** All there is to see, steps and log and effects; it never changes. */
    readonly simulation: Simulation
  }
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
  let simulation = simulate(flow, { ...options, agents: options.agents ?? standIns(compiled.flow) })
  const become = (next: Simulation): void => {
    simulation = next
  }
  const tell = (event: Parameters<Simulation['send']>[0]): void => become(simulation.send(event))
  return {
    customer: customerOf(
      tell,
      () => simulation.transcript.findLast((each) => each.from !== 'customer')?.quickReplies ?? [],
    ),
    bot: {
      ...botOf(tell),
      staysSilent: () => {
        const owed = simulation.timers.find(({ id }) => compiled.timers.get(id)?.botOwes)
        if (owed === undefined)
          throw new Error(`The bot owes no answer at “${simulation.snapshot.state}”, so its silence is nothing.`)
        become(simulation.skipTo(owed.due))
      },
    },
    agent: {
      ...agentOf(tell),
      goesOnline: (agent) => become(simulation.presence(agent, true)),
      goesOffline: (agent) => become(simulation.presence(agent, false)),
    },
    clock: {
      get now() {
        return simulation.now
      },
      skip: (duration) => become(simulation.skip(duration)),
      skipTo: (moment) => become(simulation.skipTo(typeof moment === 'number' ? moment : Date.parse(moment))),
    },
    conversation: {
      get simulation() {
        return simulation
      },
      get phase() {
        return simulation.snapshot.phase
      },
      get state() {
        return simulation.snapshot.state
      },
      get owner() {
        return simulation.snapshot.owner
      },
      get said() {
        return simulation.transcript.filter((each) => each.from !== 'customer').map((each) => each.text)
      },
      get expects() {
        return simulation.view.expects
      },
      get timers() {
        return Object.fromEntries(simulation.timers.map(({ id, due }) => [id, due - simulation.now]))
      },
      get variables() {
        return simulation.snapshot.machine.context.vars
      },
      get closed() {
        return simulation.snapshot.closed?.reason ?? null
      },
      get reason() {
        return simulation.snapshot.machine.context.reason?.sentence ?? null
      },
      get handoff() {
        return simulation.handoff
      },
    },
  }
}
