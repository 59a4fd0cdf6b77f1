/** What was said over the wire, kept by those who said it: what a transcript is held against. */
import type { HttpConversing } from '../driver/http.ts'

export interface Spoken {
  readonly from: 'customer' | 'bot' | 'agent'
  readonly text: string
}

/** The same conversation, where each accepted sentence is also kept in `spoken`. Refused ones were never said. */
export function overheard(conversing: HttpConversing, spoken: Spoken[]): HttpConversing {
  const { customer, bot, agent, conversation } = conversing
  return {
    ...conversing,
    customer: {
      ...customer,
      async says(text, how) {
        await customer.says(text, how)
        spoken.push({ from: 'customer', text })
      },
      async chooses(reply) {
        const button = conversation.offered.find(({ id, label }) => id === reply || label === reply)
        await customer.chooses(reply)
        spoken.push({ from: 'customer', text: button?.label ?? reply })
      },
    },
    bot: {
      ...bot,
      async replies(text, how) {
        await bot.replies(text, how)
        spoken.push({ from: 'bot', text })
      },
    },
    agent: {
      ...agent,
      async says(text) {
        await agent.says(text)
        spoken.push({ from: 'agent', text })
      },
    },
  }
}

/** The first sentence that a transcript does not hold in its place; undefined when all are there, in order. */
export function firstMissing(spoken: readonly Spoken[], transcript: readonly SaidBy[]): Spoken | undefined {
  let from = 0
  return spoken.find((sentence) => {
    from = transcript.findIndex((each, index) => index >= from && isSame(each, sentence)) + 1
    return from === 0
  })
}

type SaidBy = { readonly from: string; readonly text: string }

function isSame(one: SaidBy, other: SaidBy): boolean {
  return one.from === other.from && one.text === other.text
}
