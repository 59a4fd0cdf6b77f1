/**
 * A conversation as far as this page has heard of it: a pure function of what was heard. Laws:
 * 1. The transcript is the set of messages heard, by `seq`: order, repetition and reconnects make no difference.
 * 2. Where it stands is the view of the highest version heard; among equals the one heard last.
 * 3. `cursor` is the place up to which the stream has told everything. Answers to what was sent do not move it: they
 *    leave out what others said meanwhile.
 * 4. Whoever has just said something is not writing any more.
 */
import type { Message, Typing, View } from './wire.ts'

export interface Talk {
  /** By rising `seq`. */
  readonly messages: readonly Message[]
  readonly view: View | null
  readonly cursor: number
  /** Who is writing to the customer now. */
  readonly typing: Typing | null
}

export type Heard =
  | { readonly type: 'entry'; readonly seq: number; readonly message?: Message }
  | { readonly type: 'said'; readonly messages: readonly Message[] }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'typing'; readonly typing: Typing }

export const nothing: Talk = { messages: [], view: null, cursor: 0, typing: null }

export function hear(talk: Talk, heard: Heard): Talk {
  switch (heard.type) {
    case 'entry': {
      const known = heard.message === undefined ? talk : withMessage(talk, heard.message)
      return heard.seq > talk.cursor ? { ...known, cursor: heard.seq } : known
    }
    case 'said':
      return heard.messages.reduce(withMessage, talk)
    case 'view':
      return talk.view !== null && heard.view.version < talk.view.version ? talk : { ...talk, view: heard.view }
    case 'typing':
      if (heard.typing.from === 'customer') return talk
      return { ...talk, typing: heard.typing.typing ? heard.typing : null }
    default:
      return heard satisfies never
  }
}

function withMessage(talk: Talk, message: Message): Talk {
  const { messages } = talk
  let place = messages.length
  while (place > 0 && (messages[place - 1]?.seq ?? 0) > message.seq) place -= 1
  if (messages[place - 1]?.seq === message.seq) return talk
  const typing = talk.typing?.from === message.from ? null : talk.typing
  return { ...talk, typing, messages: [...messages.slice(0, place), message, ...messages.slice(place)] }
}
