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
    const skip = skippedScore(talk.view?.expects, talk.view?.input?.as, talk.messages)
    if (skip !== undefined)
      return [h('button', { type: 'button', onclick: () => send({ type: 'survey.answer', score: skip }) }, words.skip)]
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
      const key = JSON.stringify([stage, talk.messages.at(-1)?.seq, talk.view?.input, unsent.map(({ state }) => state)])
      if (key === placed) return
      placed = key
      const parts = build(shown)
      node.replaceChildren(...parts)
      node.hidden = parts.length === 0
      const score = talk.messages.at(-1)?.input?.as === 'score'
      node.setAttribute(
        'aria-label',
        score ? fill(words.score, { n: talk.messages.at(-1)?.quickReplies?.length ?? 5 }) : words.answers,
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

/** While a comment is asked for after the score: the score alone is an answer too. */
export function skippedScore(
  expects: readonly string[] | undefined,
  as: string | undefined,
  messages: readonly Message[],
): number | undefined {
  if (as !== 'text' || !expects?.includes('survey.answer')) return undefined
  const score = Number(messages.findLast(({ from }) => from === 'customer')?.text)
  return Number.isInteger(score) ? score : undefined
}
