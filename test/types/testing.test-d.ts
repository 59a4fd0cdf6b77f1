import '#test/driver/matchers.ts'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { matchers, type BatonMatchers, type Conversed, type Conversing } from '#engine/testing/index.ts'
import type { Scenario, ScenarioStep, Simulation } from '#engine/simulate/index.ts'
import type { HttpConversing } from '#test/driver/http.ts'

describe('What developers test with', () => {
  test('every matcher that is promised is there', () => {
    expectTypeOf<keyof typeof matchers>().toEqualTypeOf<keyof BatonMatchers<unknown>>()
  })

  test('the matchers are known to expect', () => {
    const look = (conversation: Conversed): void => {
      expect(conversation).toBeIn('queued')
      expect(conversation).toBeOwnedBy('agent:sarah')
      // @ts-expect-error nobody is called so
      expect(conversation).toBeOwnedBy('sarah')
      // @ts-expect-error there is no such event
      expect(conversation).toExpect('customer.shouts')
    }
    expectTypeOf(look).toBeFunction()
  })

  test('a conversation over HTTP is looked at like one in memory', () => {
    expectTypeOf<Conversing['conversation']>().toExtend<Conversed>()
    expectTypeOf<HttpConversing['conversation']>().toExtend<Conversed>()
    expectTypeOf<keyof HttpConversing['customer']>().toEqualTypeOf<keyof Conversing['customer']>()
  })

  test('a simulation gives the next one and cannot be changed', () => {
    expectTypeOf<Simulation['send']>().returns.toEqualTypeOf<Simulation>()
    expectTypeOf<Simulation['skip']>().returns.toEqualTypeOf<Simulation>()
    // @ts-expect-error the steps are not written from outside
    const change = (simulation: Simulation): void => { simulation.steps = [simulation.steps[0]] }
    expectTypeOf(change).toBeFunction()
  })

  test('a scenario’s steps are told apart by their head', () => {
    expectTypeOf<Scenario['steps'][number]>().toEqualTypeOf<ScenarioStep>()
    expectTypeOf({ customer: 'Hello' }).toExtend<ScenarioStep>()
    // @ts-expect-error nobody else takes part
    expectTypeOf({ robot: 'Hello' }).toExtend<ScenarioStep>()
  })
})
