import { describe, expectTypeOf, test } from 'vitest'
import type { Advance, ConversationEvent, OutsideEvent, OutsideType, Owner, Phase, ServerEvent } from '#engine/index.ts'
import type { SentEvent } from '#engine/simulate/index.ts'

describe('Events', () => {
  test('from outside are those of the contract, no more and no fewer', () => {
    expectTypeOf<OutsideType>().toEqualTypeOf<
      | 'customer.message' | 'customer.left' | 'customer.returned'
      | 'bot.message' | 'bot.intent' | 'bot.done' | 'bot.failed' | 'bot.escalate'
      | 'agent.accept' | 'agent.decline' | 'agent.message' | 'agent.note' | 'agent.transfer' | 'agent.handback'
      | 'agent.resolve'
      | 'survey.answer'
    >()
    expectTypeOf<OutsideEvent['type']>().toEqualTypeOf<OutsideType>()
  })

  test('carry what their type says, inferred from the schema that reads them', () => {
    type Intent = Extract<OutsideEvent, { type: 'bot.intent' }>
    expectTypeOf<Intent>().toEqualTypeOf<{ type: 'bot.intent'; intent: string }>()
    expectTypeOf<Extract<OutsideEvent, { type: 'survey.answer' }>['score']>().toEqualTypeOf<number>()
    expectTypeOf({ type: 'agent.transfer', team: 'vip' } as const).toExtend<OutsideEvent>()
    // @ts-expect-error a transfer goes to a team or to an agent
    expectTypeOf({ type: 'agent.transfer' } as const).toExtend<OutsideEvent>()
  })

  test('of the server cannot be sent from outside', () => {
    expectTypeOf<Extract<ServerEvent['type'], OutsideType>>().toEqualTypeOf<never>()
    expectTypeOf<Extract<ServerEvent, SentEvent>>().toEqualTypeOf<never>()
    expectTypeOf<ServerEvent>().toExtend<ConversationEvent>()
  })

  test('that a switch forgets do not compile', () => {
    const speaker = (event: ServerEvent): string => {
      switch (event.type) {
        case 'timer': return 'clock'
        case 'offer.made': case 'offer.ended': return 'queue'
        case 'effect.done': return 'world'
        case 'agent.gone': return 'presence'
        // @ts-expect-error “conversation.started” is forgotten
        default: return event satisfies never
      }
    }
    expectTypeOf(speaker).returns.toBeString()
  })
})

describe('An Advance', () => {
  test('says who owns the conversation and what it expects', () => {
    expectTypeOf<Advance['conversation']['owner']>().toEqualTypeOf<Owner>()
    expectTypeOf<Owner>().toEqualTypeOf<'bot' | 'queue' | `agent:${string}`>()
    expectTypeOf<Advance['conversation']['expects']>().toEqualTypeOf<readonly OutsideType[]>()
    expectTypeOf<Advance['conversation']['phase']>().toEqualTypeOf<Phase>()
    expectTypeOf<Phase>().toEqualTypeOf<'bot' | 'escalation' | 'queued' | 'agentActive' | 'handback' | 'closed'>()
    expectTypeOf<Advance['botMayReply']>().toBeBoolean()
  })

  test('has a queue, an agent or an end only where there is one', () => {
    expectTypeOf<Advance['conversation']>().toHaveProperty('queue').extract<undefined>().toBeUndefined()
    expectTypeOf<Advance['conversation']>().toHaveProperty('closed').extract<undefined>().toBeUndefined()
  })

  test('speaks to the customer in ISO times, and cannot be changed', () => {
    expectTypeOf<Advance['messages'][number]['at']>().toBeString()
    // @ts-expect-error an answer is not changed
    const change = (advance: Advance): void => { advance.botMayReply = true }
    expectTypeOf(change).toBeFunction()
  })
})
