/** What was said to a customer while they were not in the chat, as one mail. */
import type { Message } from '#engine/index.ts'
import { escaped, oneLine, page, saying, timeOf } from './page.ts'
import { textOf, type Written } from './transcript.ts'
import { mailWords } from './words.ts'

/** @param link where the chat is; null when nobody knows. */
export function replyMail(messages: readonly Message[], language: string, link: string | null): Written {
  const words = mailWords(language)
  const lines = messages.map((message) => ({
    who: message.agent?.name ?? words.person,
    when: timeOf(message.at, language),
    text: textOf(message, words),
  }))
  const replied = messages.findLast((message) => message.from === 'agent')
  const way = link === null ? words.answerInChat : `${words.answerInChat} ${link}`
  return {
    subject: replied === undefined ? words.news : oneLine(words.replied(replied.agent?.name ?? words.person)),
    body: [...lines.map(({ who, when, text }) => `${who} (${when})\n${text}`), way, words.replyFooter].join('\n\n'),
    html: page(
      language,
      [
        ...lines.map(({ who, when, text }) => saying(who, when, text)),
        `<p>${escaped(words.answerInChat)}${link === null ? '' : ` <a href="${escaped(link)}">${escaped(link)}</a>`}</p>`,
        `<p style="color:#666">${escaped(words.replyFooter)}</p>`,
      ].join('\n'),
    ),
  }
}
