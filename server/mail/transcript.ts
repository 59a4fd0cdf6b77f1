/** The transcript of a conversation as a mail: what the customer saw, and nothing else. */
import type { Message } from '#engine/index.ts'
import { dayOf, escaped, page, saying, timeOf } from './page.ts'
import { mailWords, type MailWords } from './words.ts'

/** What a mail says; whom it goes to stands beside it. */
export interface Written {
  readonly subject: string
  readonly body: string
  readonly html: string
}

export function transcriptMail(messages: readonly Message[], language: string): Written {
  const words = mailWords(language)
  const lines = messages.map((message) => ({
    who: whoSaid(message, words),
    when: timeOf(message.at, language),
    text: textOf(message, words),
  }))
  const [first] = messages
  const subject = first === undefined ? words.subject : `${words.subject}, ${dayOf(first.at, language)}`
  return {
    subject,
    body: [words.greeting, ...lines.map(({ who, when, text }) => `${who} (${when})\n${text}`), words.footer].join(
      '\n\n',
    ),
    html: page(
      language,
      [
        `<p>${escaped(words.greeting)}</p>`,
        ...lines.map(({ who, when, text }) => saying(who, when, text)),
        `<p style="color:#666">${escaped(words.footer)}</p>`,
      ].join('\n'),
    ),
  }
}

/** What was said, word for word, and the names of the files that came with it. */
export function textOf({ text, attachments = [] }: Message, words: MailWords): string {
  return [text, ...attachments.map((file) => words.file(file.name))].filter(Boolean).join('\n')
}

function whoSaid({ from, agent }: Message, words: MailWords): string {
  switch (from) {
    case 'customer':
      return words.you
    case 'agent':
      return agent?.name ?? words.person
    case 'bot':
    case 'system':
      return words.assistant
    default:
      return from satisfies never
  }
}
