import { describe, expect, it } from 'vitest'
import { read, signalConfig, signalNames, signals, signalValues, startSignals } from '#engine/signals/index.ts'
import { after, answers, configured, reading, replies, says } from './hearing.ts'
import type { Configured } from './hearing.ts'

describe('asks for a person', () => {
  it('is heard in the customer’s words, which the agent reads', () => {
    const { matched, sentence } = reading({ signal: 'explicitRequest' }, says('Can I talk to a human, please?'))
    expect(matched).toBe(true)
    expect(sentence).toBe('asked for a person: “Can I talk to a human, please?”')
  })
  it('speaks of the latest message only', () => {
    expect(reading({ signal: 'explicitRequest' }, says('agent please'), says('where is my order')).matched).toBe(false)
  })
  it('is heard in an intent whose name asks, also when the bot reports it later', () => {
    for (const intent of ['talk_to_human', 'agentHandoff', 'speak-to-representative']) {
      expect(reading({ signal: 'explicitRequest' }, says('mmh', { intent })).matched, intent).toBe(true)
      expect(reading({ signal: 'explicitRequest' }, says('mmh'), replies({ intent })).matched, intent).toBe(true)
      expect(reading({ signal: 'explicitRequest' }, says('mmh'), { type: 'bot.intent', intent }).matched, intent).toBe(
        true,
      )
    }
  })
  it('is heard in an intent the designer lists', () => {
    const listed: Configured = { signal: 'explicitRequest', intents: ['escalation_7'] }
    expect(reading(listed, says('mmh', { intent: 'escalation_7' })).matched).toBe(true)
    expect(reading(listed, says('mmh', { intent: 'order_status' })).matched).toBe(false)
  })
  it('quotes a long message in 120 characters at most', () => {
    const long = `I want to talk to a human ${'because nothing works '.repeat(40)}`
    const { sentence } = reading({ signal: 'explicitRequest' }, says(long))
    expect(sentence.length).toBeLessThanOrEqual('asked for a person: “”'.length + 120)
  })
})

describe('bot is unsure', () => {
  const unsure: Configured = { signal: 'lowConfidence', below: 0.6, times: 2 }
  it('matches after that many unsure turns in a row', () => {
    expect(reading(unsure, says('a', { confidence: 0.5 })).matched).toBe(false)
    const second = reading(unsure, says('a', { confidence: 0.5 }), says('b', { confidence: 0.41 }))
    expect(second).toMatchObject({ value: 2, threshold: 2, matched: true })
    expect(second.sentence).toBe('the bot was unsure twice in a row (confidence 0.41, below 0.6)')
  })
  it('starts anew after a sure turn, and the threshold itself is sure', () => {
    const sure = says('b', { confidence: 0.6 })
    expect(reading(unsure, says('a', { confidence: 0.1 }), sure, says('c', { confidence: 0.1 })).value).toBe(1)
  })
  it('takes what the bot reports later about the same turn instead of the first figure', () => {
    const low = says('a', { confidence: 0.2 })
    expect(reading(unsure, low, replies({ confidence: 0.9 }), low, replies({ confidence: 0.9 })).matched).toBe(false)
    expect(reading(unsure, low, replies({ confidence: 0.2 })).value).toBe(1)
  })
  it('does not count answers to the flow’s own questions', () => {
    expect(
      reading(
        unsure,
        answers('4711', { confidence: 0.1 }),
        replies({ confidence: 0.1 }),
        answers('yes', { confidence: 0.1 }),
      ).value,
    ).toBe(0)
  })
})

describe('unhappy customer', () => {
  it.each([
    'This is absolutely terrible service',
    'I am so frustrated and angry',
    'not happy with this at all, it is ridiculous',
    'your app does not work and support is useless',
    'Das ist eine Unverschämtheit, ich bin sehr enttäuscht',
    'C’est vraiment inacceptable, je suis furieux',
    'Esto es una vergüenza, estoy harto',
    'Sono molto deluso, che schifo',
    'Isso é um absurdo, péssimo atendimento',
    'Dit is belachelijk, ik ben erg teleurgesteld',
    'das funktioniert nicht, schrecklich 😡',
  ])('is guessed from words: %s', (text) => expect(reading({ signal: 'sentiment' }, says(text)).matched).toBe(true))
  it.each([
    'Where is my order?',
    'Thank you, that was very helpful',
    'not bad at all',
    'I have no problem with that',
    'I would like to change my address',
    'Vielen Dank, perfekt',
    'muchas gracias',
    'can I return a pair of shoes',
  ])('is not read into: %s', (text) => expect(reading({ signal: 'sentiment' }, says(text)).matched).toBe(false))
  it('is what the bot reports, whatever the words', () => {
    expect(reading({ signal: 'sentiment' }, says('this is terrible', { sentiment: 0.2 })).value).toBe(0.2)
    expect(reading({ signal: 'sentiment' }, says('lovely'), replies({ sentiment: -0.9 })).matched).toBe(true)
  })
  it('reads a reported -0 as a plain 0, which survives being stored', () => {
    const states = after(says('x', { sentiment: -0 }))
    expect(JSON.parse(JSON.stringify(states))).toEqual(states)
  })
  it('can ask for several messages in a row, or for a fall', () => {
    const bad = says('x', { sentiment: -0.5 })
    expect(reading({ signal: 'sentiment', times: 2 }, bad).matched).toBe(false)
    expect(reading({ signal: 'sentiment', times: 2 }, bad, bad).matched).toBe(true)
    const fall = [says('x', { sentiment: 0.6 }), says('y', { sentiment: -0.3 })]
    const falling = reading({ signal: 'sentiment', falling: 0.8 }, ...fall)
    expect(falling).toMatchObject({ matched: true, sentence: 'the mood fell by 0.9 to -0.3: “y”' })
  })
})

describe('same question again', () => {
  it('is heard when the words are shuffled, inflected, misspelt or wrapped', () => {
    const asked = reading(
      { signal: 'loop' },
      says('Where is my parcel?'),
      replies(),
      says('tell me where the parcels are'),
      replies(),
      says('hello, my parcell, where is it'),
    )
    expect(asked).toMatchObject({ value: 3, matched: true })
    expect(asked.sentence).toBe('asked the same thing three times: “hello, my parcell, where is it”')
  })
  it('is heard in several languages', () => {
    const twice: Configured = { signal: 'loop', times: 2 }
    expect(reading(twice, says('Wo ist meine Bestellung?'), says('Wo sind denn die Bestellungen')).matched).toBe(true)
    expect(reading(twice, says('¿Dónde está mi pedido?'), says('mi pedido donde esta por favor')).matched).toBe(true)
  })
  it('goes by the intents when the bot reports them', () => {
    const twice: Configured = { signal: 'loop', times: 2 }
    expect(
      reading(twice, says('where is my parcel', { intent: 'track' }), says('has it shipped', { intent: 'track' }))
        .matched,
    ).toBe(true)
    expect(
      reading(twice, says('card lost today', { intent: 'block' }), says('card lost abroad', { intent: 'travel' }))
        .matched,
    ).toBe(false)
    const told = replies({ intent: 'track' })
    expect(reading(twice, says('where is my parcel'), told, says('has it shipped'), told).matched).toBe(true)
  })
  it('is not heard in different questions, courtesies or answers', () => {
    const twice: Configured = { signal: 'loop', times: 2 }
    expect(reading(twice, says('how do I reset my password'), says('which cards do you accept')).matched).toBe(false)
    expect(reading(twice, says('ok thanks'), says('thanks ok')).matched).toBe(false)
    expect(reading(twice, answers('Main Street 5'), answers('Main Street 5')).matched).toBe(false)
    expect(reading(twice, says('where is my parcel'), says('where is my parcel'), says('thanks')).matched).toBe(false)
  })
})

describe('certain topic', () => {
  it('is a listed word in any inflection, or a phrase', () => {
    const legal: Configured = { signal: 'topic', words: ['lawyer', 'charge back', 'refund'] }
    expect(reading(legal, says('My lawyers will write to you')).sentence).toBe('mentioned “lawyer”')
    expect(reading(legal, says('I was never refunded')).matched).toBe(true)
    expect(reading(legal, says('I will do a charge back')).matched).toBe(true)
    expect(reading(legal, says('charge my phone and go back')).matched).toBe(false)
  })
  it('is a listed intent, from the customer’s message or the bot’s report', () => {
    const billing: Configured = { signal: 'topic', intents: ['billing'] }
    expect(reading(billing, says('mmh', { intent: 'billing' }))).toMatchObject({ value: 'billing', matched: true })
    expect(reading(billing, says('mmh'), { type: 'bot.intent', intent: 'billing' }).matched).toBe(true)
    expect(reading(billing, says('mmh', { intent: 'billing' }), says('something else')).matched).toBe(false)
  })
})

describe('counts', () => {
  it('fallbacks are those the bot marks', () => {
    expect(reading({ signal: 'fallbacks' }, replies({}, true), replies(), replies({}, true))).toMatchObject({
      value: 2,
      matched: true,
      sentence: 'the bot had no answer twice',
    })
  })
  it('turns match once there are more than allowed, answers included', () => {
    const twelve = Array.from({ length: 12 }, () => answers('yes'))
    expect(reading({ signal: 'turns' }, ...twelve).matched).toBe(false)
    expect(reading({ signal: 'turns' }, ...twelve, says('and now?'))).toMatchObject({
      value: 13,
      threshold: 12,
      matched: true,
    })
  })
})

describe('writes in capitals', () => {
  it('is heard in a sentence, not in codes, names asked for, short words or scripts without capitals', () => {
    expect(reading({ signal: 'shouting' }, says('WHERE IS MY ORDER')).matched).toBe(true)
    expect(reading({ signal: 'shouting' }, says('WO IST MEINE ÄÖÜ BESTELLUNG')).matched).toBe(true)
    expect(reading({ signal: 'shouting' }, says('my IBAN is DE44')).matched).toBe(false)
    expect(reading({ signal: 'shouting' }, says('OK')).matched).toBe(false)
    expect(reading({ signal: 'shouting' }, says('私の注文はどこにありますか教えてください')).matched).toBe(false)
    expect(reading({ signal: 'shouting' }, answers('ABCDE-FGHIJ-KLMNO')).matched).toBe(false)
  })
})

describe('shorter and shorter', () => {
  const long = says('I would like to know when the jacket from last week will arrive')
  it('is heard in questions that shrink to half', () => {
    expect(
      reading({ signal: 'shrinking' }, long, says('when will the jacket arrive'), says('jacket when')).matched,
    ).toBe(true)
  })
  it('is not heard in courtesies and answers', () => {
    expect(reading({ signal: 'shrinking' }, long, says('the blue jacket please'), says('ok thanks')).matched).toBe(
      false,
    )
    expect(reading({ signal: 'shrinking' }, long, answers('Main Street 5'), answers('jacket')).matched).toBe(false)
  })
})

describe('condition holds', () => {
  const rich = configured({ signal: 'value', when: 'vars.amount > 500', label: 'the amount is over the limit' })
  it('is what the caller evaluates', () => {
    expect(read(startSignals(), rich, { evaluate: () => ({ value: true }) })).toEqual({
      value: true,
      matched: true,
      sentence: 'the amount is over the limit',
    })
    expect(read(startSignals(), rich, { evaluate: () => ({ value: false }) }).matched).toBe(false)
  })
  it('does not match what is unknown or no yes, and says what is missing', () => {
    const unknown = { evaluate: () => ({ value: false, missing: 'vars.amount is not known' }) }
    expect(read(startSignals(), rich, unknown).sentence).toBe(
      '“vars.amount > 500” is not decided: vars.amount is not known',
    )
    expect(read(startSignals(), rich, { evaluate: () => ({ value: 'true' }) }).matched).toBe(false)
    expect(read(startSignals(), rich).matched).toBe(false)
  })
})

describe('the bot itself', () => {
  it('is silent or fails, in a row, until it speaks', () => {
    expect(reading({ signal: 'botSilent' }, { type: 'bot.silent' })).toMatchObject({
      matched: true,
      sentence: 'the bot did not answer in time',
    })
    expect(
      reading({ signal: 'botSilent', times: 2 }, { type: 'bot.silent' }, replies(), { type: 'bot.failed' }).matched,
    ).toBe(false)
    expect(reading({ signal: 'botSilent', times: 2 }, { type: 'bot.silent' }, { type: 'bot.failed' }).sentence).toBe(
      'the bot failed, twice in a row without an answer',
    )
  })
  it('asks for a person until the customer goes on', () => {
    const asked = { type: 'bot.asked', reason: 'needs a refund above my limit' } as const
    expect(reading({ signal: 'botAsked' }, asked).sentence).toBe(
      'the bot asked for a person: “needs a refund above my limit”',
    )
    expect(reading({ signal: 'botAsked' }, asked, says('hello?')).matched).toBe(false)
  })
})

describe('every signal', () => {
  it('is known to designers: a short title, a sentence, and a form for each figure', () => {
    for (const name of signalNames) {
      const signal = signals[name]
      expect(signal.title.split(' ').length, name).toBeLessThanOrEqual(4)
      expect(signal.doc, name).toMatch(/\.$/)
      expect(
        signal.fields.map(({ key }) => key),
        name,
      ).toEqual(Object.keys(signal.config.shape).filter((key) => key !== 'signal'))
    }
  })
  it('has a value for conditions from the start, except the condition itself', () => {
    expect(signalValues(startSignals())).toEqual({
      explicitRequest: false,
      lowConfidence: 0,
      sentiment: 0,
      loop: 0,
      topic: '',
      fallbacks: 0,
      turns: 0,
      shouting: 0,
      shrinking: 0,
      botSilent: 0,
      botAsked: false,
    })
    expect(signalValues(after(says('agent please'), replies({}, true)))).toMatchObject({
      explicitRequest: true,
      turns: 1,
      fallbacks: 1,
    })
  })
  it('refuses figures out of range, unknown keys and unknown names', () => {
    const wrongs = [
      { signal: 'turns', over: 0 },
      { signal: 'loop', times: 1 },
      { signal: 'turns', more: 3 },
      { signal: 'mood' },
    ]
    for (const wrong of wrongs) {
      expect(signalConfig.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
    }
  })
})
