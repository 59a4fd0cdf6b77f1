/**
 * The answers to choose from that came with the last thing said: buttons, links to help oneself, the scale of a survey.
 * They are gone once the customer has answered, or a person speaks.
 */
import { h } from './dom.ts'
import type { Shown } from './session.ts'
import { safeAddress } from './links.ts'
import type { CustomerEvent, Message } from './wire.ts'
import { fill, type Words } from './words.ts'

export function createAnswers(words: Words, send: (event: CustomerEvent) => void) {
  const node = h('div', { role: 'group', class: 'answers', hidden: true })
  let placed = ''

  function build({ stage, talk, unsent }: Shown): readonly HTMLElement[] {
    const last = talk.messages.at(-1)
    if (stage !== 'talking' || !last || unsent.some(({ state }) => state === 'waiting')) return []
    // While a comment is asked for after the score: the score alone is an answer too.
    const score = talk.view?.input?.score
    if (score !== undefined)
      return [h('button', { type: 'button', onclick: () => send({ type: 'survey.answer', score }) }, words.skip)]
    if (last.from !== 'bot') return []
    const replies = last.quickReplies ?? []
    const press = (id: string, text: string): void => send({ type: 'customer.message', text, choice: id })
    if (last.input?.as === 'score') return [scale(replies, press, words)]
    return replies.flatMap(({ id, label, url }): readonly HTMLElement[] => {
      if (url === undefined) return [h('button', { type: 'button', onclick: () => press(id, label) }, label)]
      const href = safeAddress(url)
      return href === undefined ? [] : [h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label)]
    })
  }

  return {
    node,
    show(shown: Shown): void {
      const { stage, talk, unsent } = shown
      const last = talk.messages.at(-1)
      const key = JSON.stringify([stage, last?.seq, talk.view?.input, unsent.map(({ state }) => state)])
      if (key === placed) return
      placed = key
      const parts = build(shown)
      node.replaceChildren(...parts)
      node.hidden = parts.length === 0
      const isScore = last?.input?.as === 'score'
      node.setAttribute(
        'aria-label',
        isScore ? fill(words.score, { n: last.quickReplies?.length ?? 5 }) : words.answers,
      )
    },
  }
}

/** Buttons for 1 to n, with the ends named. */
function scale(
  replies: NonNullable<Message['quickReplies']>,
  press: (id: string, text: string) => void,
  words: Words,
): HTMLElement {
  return h(
    'div',
    { class: 'scale' },
    ...replies.map(({ id, label }) => h('button', { type: 'button', onclick: () => press(id, label) }, label)),
    h('small', {}, words.poor),
    h('small', {}, words.great),
  )
}
