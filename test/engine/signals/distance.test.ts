/**
 * How far a signal was from matching, for whoever asks "why not?".
 * Law 1: what matches has no distance, and what does not has one below 1 with a sentence, for each of the signals.
 * Law 2: as many more turns as a distance says, each speaking for the signal, make it match; one fewer does not.
 */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hear, read, signalNames } from '#engine/signals/index.ts'
import type { Heard, SignalName, SignalStates } from '#engine/signals/index.ts'
import { after, answers, configured, reading, replies, says, type Configured } from './hearing.ts'

const WORDS = [
  'parcel',
  'refund',
  'kettle',
  'garden',
  'window',
  'bottle',
  'ladder',
  'carpet',
  'pillow',
  'candle',
  'hammer',
  'basket',
]
const sentenceOf = (length: number): string => WORDS.slice(0, length).join(' ')

const figures: fc.Arbitrary<Configured> = fc.oneof(
  fc.record({
    signal: fc.constant('lowConfidence' as const),
    below: fc.constantFrom(0.3, 0.6, 1),
    times: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    signal: fc.constant('sentiment' as const),
    below: fc.constantFrom(-0.8, -0.4, 0, 0.5),
    times: fc.integer({ min: 1, max: 8 }),
    falling: fc.constantFrom(undefined, 0.5, 1.9),
  }),
  fc.record({ signal: fc.constant('loop' as const), times: fc.integer({ min: 2, max: 8 }) }),
  fc.record({ signal: fc.constant('fallbacks' as const), times: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ signal: fc.constant('turns' as const), over: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    signal: fc.constant('shouting' as const),
    above: fc.constantFrom(0.4, 0.7, 1),
    times: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ signal: fc.constant('shrinking' as const), times: fc.integer({ min: 3, max: 8 }) }),
  fc.record({ signal: fc.constant('botSilent' as const), times: fc.integer({ min: 1, max: 6 }) }),
  fc.constant<Configured>({ signal: 'explicitRequest' }),
  fc.constant<Configured>({ signal: 'botAsked' }),
  fc.constant<Configured>({ signal: 'topic', words: ['refund'] }),
)

const nlu = fc.record(
  {
    confidence: fc.constantFrom(0.1, 0.5, 0.61, 0.9),
    sentiment: fc.constantFrom(-0.9, -0.3, 0, 0.7),
    intent: fc.constantFrom('delivery', 'billing'),
  },
  { requiredKeys: [] },
)
const heard: fc.Arbitrary<Heard> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 12 }), nlu).map(([length, report]) => says(sentenceOf(length), report)),
  fc.constantFrom(says('SEND ME THE PARCEL NOW'), says('ok thanks'), answers('42'), says('where is my garden window')),
  fc.tuple(nlu, fc.boolean()).map(([report, fallback]) => replies(report, fallback)),
  fc.constantFrom<Heard>({ type: 'bot.silent' }, { type: 'bot.failed' }),
)
const history = fc.array(heard, { maxLength: 14 })

describe('laws', () => {
  it('1. what matches has no distance; what does not is less than there, and says what it needs', () => {
    const every: fc.Arbitrary<Configured> = fc.oneof(
      figures,
      fc.constant<Configured>({ signal: 'value', when: 'true' }),
    )
    fc.assert(
      fc.property(history, every, (all, config) => {
        const { matched, distance } = reading(config, ...all)
        expect(distance === undefined).toBe(matched)
        if (distance === undefined) return
        expect(distance.near).toBeGreaterThanOrEqual(0)
        expect(distance.near).toBeLessThan(1)
        expect(distance.needs).not.toBe('')
        expect(distance.needs).not.toContain('undefined')
        expect(distance.needs).not.toContain('NaN')
      }),
      { numRuns: 400 },
    )
  })

  it('2. as many more turns as it says make it match, and one fewer does not', () => {
    fc.assert(
      fc.property(history, figures, (all, config) => {
        const { distance } = reading(config, ...all)
        if (distance?.turns === undefined) return
        const { turns } = distance
        expect(fewest(after(...all), config, turns)).toBe(turns)
      }),
      { numRuns: 1_000 },
    )
  })

  test('every signal can tell how far it is', () => {
    const untold = signalNames.filter(
      (signal) => reading(signal === 'value' ? { signal, when: 'false' } : { signal }).distance === undefined,
    )
    expect(untold).toEqual([])
  })
})

/** In the fewest of the ways that speak for a signal, after how many turns it matches; `turns` at most. */
function fewest(states: SignalStates, config: Configured, turns: number): number | undefined {
  const counts = waysFor(config.signal, states, turns).flatMap((way) => {
    let current = states
    for (const [index, each] of way.slice(0, turns).entries()) {
      current = hear(current, each)
      if (read(current, configured(config)).matched) return [index + 1]
    }
    return []
  })
  return counts.length === 0 ? undefined : Math.min(...counts)
}

function waysFor(signal: SignalName, states: SignalStates, turns: number): readonly (readonly Heard[])[] {
  const often = (each: Heard): readonly Heard[] => Array.from({ length: turns }, () => each)
  switch (signal) {
    case 'lowConfidence':
      return [often(says('parcel', { confidence: 0 }))]
    case 'sentiment':
      return [often(says('parcel', { sentiment: -1 }))]
    case 'loop':
      return [
        ...states.loop.asked.flatMap(({ about, intent }) => [
          says(about),
          ...(intent === '' ? [] : [says(about, { intent })]),
        ]),
        says('where is my garden window'),
      ].map(often)
    case 'fallbacks':
      return [often(replies({}, true))]
    case 'turns':
      return [often(says('parcel'))]
    case 'shouting':
      return [often(says('WHERE IS THE PARCEL'))]
    case 'shrinking': {
      const last = states.shrinking.lengths.at(-1) ?? 0
      // On from where it stands, or anew from a long question; always down to one word.
      const on = Array.from({ length: turns }, (_, index) =>
        Math.max(1, Math.min(last - index - 1, index === turns - 1 ? 1 : Infinity)),
      )
      const anew = Array.from({ length: turns }, (_, index) => (index === turns - 1 ? 1 : 12 - index))
      return [on, anew].map((lengths) => lengths.map((length) => says(sentenceOf(length))))
    }
    case 'botSilent':
      return [often({ type: 'bot.silent' })]
    case 'explicitRequest':
      return [often(says('I want to talk to a person'))]
    case 'botAsked':
      return [often({ type: 'bot.asked', reason: 'too hard for me' })]
    case 'topic':
      return [often(says('a refund please'))]
    case 'value':
      return []
    default:
      return signal satisfies never
  }
}

describe('in words', () => {
  const needs = (config: Configured, ...all: readonly Heard[]): string | undefined =>
    reading(config, ...all).distance?.needs

  test('a confidence just above the limit says both figures, and how often more it would have taken', () => {
    expect(needs({ signal: 'lowConfidence' }, says('parcel', { confidence: 0.61 }))).toBe(
      'confidence 0.61, fires below 0.6; once more needed',
    )
  })
  test('where one figure alone kept it from firing, nothing more is asked for', () => {
    expect(
      needs({ signal: 'lowConfidence' }, says('parcel', { confidence: 0.2 }), says('kettle', { confidence: 0.61 })),
    ).toBe('confidence 0.61, fires below 0.6')
  })
  test('a row that has begun says how much of it is missing', () => {
    expect(needs({ signal: 'lowConfidence', times: 3 }, says('parcel', { confidence: 0.2 }))).toBe(
      'twice more below 0.6',
    )
    expect(needs({ signal: 'turns', over: 2 }, says('parcel'), says('kettle'))).toBe('one more message of the customer')
    expect(needs({ signal: 'loop' }, says('where is my parcel'), says('where is my parcel'))).toBe(
      'the same question once more',
    )
  })
  test('a topic names what it listens for', () => {
    expect(
      needs(
        { signal: 'topic', intents: ['refund', 'complaint'], words: ['lawyer'] },
        says('hello', { intent: 'delivery' }),
      ),
    ).toBe('the intent “refund” or “complaint”, or a mention of “lawyer”; the bot reported “delivery”')
  })
  test('a limit that no figure can pass says so', () => {
    expect(reading({ signal: 'lowConfidence', below: 0 }, says('parcel', { confidence: 0 })).distance).toEqual({
      near: 0,
      needs: 'another figure: nothing is below 0',
    })
  })
})
