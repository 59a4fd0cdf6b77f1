import { parseDuration } from '../flow/values.ts'
import type { ScenarioStep } from './scenario.ts'
import type { SentEvent } from './course.ts'
import { givenOf } from './given.ts'
import { serverEvent } from './server-step.ts'
import type { Simulation } from './simulation.ts'

export type ScenarioDoing = Exclude<ScenarioStep, { readonly expect: unknown }>
type CustomerStep = Extract<ScenarioDoing, { readonly customer: unknown }>
type BotStep = Extract<ScenarioDoing, { readonly bot: unknown }>
type AgentDoing = Extract<ScenarioDoing, { readonly agent: unknown }>['agent']

/** Does what a step of a scenario says. @throws Refusal when the conversation does not take it */
export function perform(simulation: Simulation, step: ScenarioDoing): Simulation {
  if ('clock' in step) {
    const length = parseDuration(step.clock)
    return length === undefined ? simulation.skipTo(Date.parse(step.clock)) : simulation.skip(length)
  }
  if ('given' in step) return simulation.give(givenOf(step.given))
  if ('server' in step) return simulation.tell(serverEvent(step.server, simulation.now, simulation.setting.agents))
  if ('agent' in step) return performAgent(simulation, step.agent)
  if ('customer' in step) return simulation.send(customerEvent(step))
  if ('bot' in step) return simulation.send(botEvent(step))
  return simulation.send({ ...step.event, ...(step.by === undefined ? {} : { by: step.by }) })
}

function performAgent(simulation: Simulation, agent: AgentDoing): Simulation {
  if ('goesOnline' in agent) return simulation.presence(agent.goesOnline, true)
  if ('goesOffline' in agent) return simulation.presence(agent.goesOffline, false)
  if ('accepts' in agent) return simulation.send({ type: 'agent.accept', agent: agent.accepts })
  if ('declines' in agent) return simulation.send({ type: 'agent.decline', agent: agent.declines })
  if ('says' in agent) return simulation.send({ type: 'agent.message', text: agent.says })
  if ('notes' in agent) return simulation.send({ type: 'agent.note', text: agent.notes })
  if ('transfersTo' in agent) return simulation.send({ type: 'agent.transfer', ...agent.transfersTo })
  if ('resolves' in agent) return simulation.send({ type: 'agent.resolve', resolution: agent.resolves })
  return simulation.send({ type: 'agent.handback', ...(agent.handsBack === '' ? {} : { note: agent.handsBack }) })
}

function customerEvent(step: CustomerStep): SentEvent {
  if (isMessage(step)) {
    const { customer, ...rest } = step
    return { type: 'customer.message', text: customer, ...rest }
  }
  if ('leaves' in step.customer) return { type: 'customer.left' }
  if ('returns' in step.customer) return { type: 'customer.returned' }
  const { scores, ...comment } = step.customer
  return { type: 'survey.answer', score: scores, ...comment }
}

function botEvent(step: BotStep): SentEvent {
  if (isAnswer(step)) {
    const { bot, ...rest } = step
    return { type: 'bot.message', text: bot, ...rest }
  }
  if ('intent' in step.bot) return { type: 'bot.intent', intent: step.bot.intent }
  if ('done' in step.bot) return { type: 'bot.done' }
  if ('failed' in step.bot) return { type: 'bot.failed' }
  const { escalate, ...summary } = step.bot
  return { type: 'bot.escalate', reason: escalate, ...summary }
}

function isMessage(step: CustomerStep): step is Extract<CustomerStep, { readonly customer: string }> {
  return typeof step.customer === 'string'
}

function isAnswer(step: BotStep): step is Extract<BotStep, { readonly bot: string }> {
  return typeof step.bot === 'string'
}
