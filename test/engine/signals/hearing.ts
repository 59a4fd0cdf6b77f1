import type { z } from 'zod'
import { hear, read, signalConfig, startSignals, tokenise } from '#engine/signals/index.ts'
import type { Heard, Nlu, Reading, SignalConfig, SignalStates } from '#engine/signals/index.ts'

/** A signal as a designer writes it: figures left out are the defaults. */
export type Configured = z.input<typeof signalConfig>

/** What a customer writes. */
export function says(text: string, nlu?: Nlu): Heard {
  return { type: 'customer.message', text, tokens: tokenise(text), answering: false, nlu }
}

/** What a customer writes when the flow asked. */
export function answers(text: string, nlu?: Nlu): Heard {
  return { type: 'customer.message', text, tokens: tokenise(text), answering: true, nlu }
}

/** What the bot replies, and what it reports about the customer's turn. */
export function replies(nlu?: Nlu, fallback?: boolean): Heard {
  return { type: 'bot.message', text: 'Here is what I found.', nlu, fallback }
}

export function after(...heard: readonly Heard[]): SignalStates {
  return heard.reduce((states, each) => hear(states, each), startSignals())
}

/** What a signal says after all this; figures left out are the defaults. */
export function reading(config: Configured, ...heard: readonly Heard[]): Reading {
  return read(after(...heard), configured(config))
}

export function configured(config: Configured): SignalConfig {
  return signalConfig.parse(config)
}
