import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hear, read, signalConfig, signalNames, signalValues, startSignals, tokenise } from '#engine/signals/index.ts'
import type { Heard, SignalName, SignalStates } from '#engine/signals/index.ts'
import { says } from './hearing.ts'

const nlu = fc.record(
  {
    intent: fc.string({ maxLength: 300 }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    sentiment: fc.double({ min: -1, max: 1, noNaN: true }),
  },
  { requiredKeys: [] },
)
const words = fc.constantFrom(...'agent human I want not to talk order where a TERRIBLE no , . ü 😡'.split(' '))
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(words, { maxLength: 40 }).map((list) => list.join(' ')),
)
const heard: fc.Arbitrary<Heard> = fc.oneof(
  fc.tuple(text, nlu, fc.boolean()).map(([said, report, answering]): Heard => {
    return { type: 'customer.message', text: said, tokens: tokenise(said), answering, nlu: report }
  }),
  fc.tuple(text, nlu, fc.boolean()).map(([said, report, fallback]): Heard => {
    return { type: 'bot.message', text: said, nlu: report, fallback }
  }),
  fc.string({ maxLength: 300 }).map((intent): Heard => ({ type: 'bot.intent', intent })),
  fc.constantFrom<Heard>({ type: 'bot.silent' }, { type: 'bot.failed' }),
  text.map((reason): Heard => ({ type: 'bot.asked', reason })),
)
const history = fc.array(heard, { maxLength: 30 })
const listen = (all: readonly Heard[], needed?: ReadonlySet<SignalName>): SignalStates => {
  return all.reduce((states, each) => hear(states, each, needed), startSignals())
}
const configs = signalNames.map((signal) => {
  return signalConfig.parse(signal === 'value' ? { signal, when: 'true' } : { signal })
})

describe('laws of all signals', () => {
  it('1. what is heard never throws, and the state is JSON that comes back the same', () => {
    fc.assert(
      fc.property(history, (all) => {
        const states = listen(all)
        expect(JSON.parse(JSON.stringify(states))).toEqual(states)
        for (const config of configs) expect(read(states, config).sentence).not.toBe('')
      }),
    )
  })
  it('2. the same history gives the same state, byte for byte', () => {
    fc.assert(
      fc.property(history, (all) => {
        expect(JSON.stringify(listen(all))).toBe(JSON.stringify(listen(all)))
      }),
    )
  })
  it('3. a state restored from JSON hears on as if it had never been away', () => {
    fc.assert(
      fc.property(history, heard, (all, next) => {
        const states = listen(all)
        expect(hear(JSON.parse(JSON.stringify(states)) as SignalStates, next)).toEqual(hear(states, next))
      }),
    )
  })
  it('4. a signal says the same whether it listens alone or among all', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...signalNames), (all, name) => {
        expect(listen(all, new Set([name]))[name]).toEqual(listen(all)[name])
      }),
    )
  })
  it('5. the state stays small however long the conversation and its messages', () => {
    const endless = 'Why do you never ever understand ANYTHING about my wonderful orders? '.repeat(2000)
    const states = listen(Array.from({ length: 300 }, () => says(endless, { intent: endless })))
    expect(JSON.stringify(states).length).toBeLessThan(8_000)
  })
  it('6. values for conditions are numbers, truths or words, never nothing', () => {
    fc.assert(
      fc.property(history, (all) => {
        for (const value of Object.values(signalValues(listen(all)))) {
          expect(['number', 'boolean', 'string']).toContain(typeof value)
        }
      }),
    )
  })
  it('7. hearing does not touch the state before', () => {
    fc.assert(
      fc.property(history, heard, (all, next) => {
        const states = listen(all)
        const before = JSON.stringify(states)
        hear(states, next)
        expect(JSON.stringify(states)).toBe(before)
      }),
    )
  })
})
