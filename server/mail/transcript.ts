/** The transcript of a conversation as a mail: what the customer saw, and nothing else. */
import type { Message } from '#engine/index.ts'
import { mailWords, type MailWords } from './words.ts'

export interface TranscriptMail {
  readonly subject: string
  readonly body: string
  readonly html: string
}

/** Times are in UTC: where the customer is nobody knows for sure. */
export function transcriptMail(messages: readonly Message[], language: string): TranscriptMail {
  const words = mailWords(language)
  const lines = messages.map((message) => ({
    who: whoSaid(message, words),
    when: timeOf(message.at, language),
    text: message.text,
    files: (message.attachments ?? []).map((file) => words.file(file.name)),
  }))
  const [first] = messages
  const subject = first === undefined ? words.subject : `${words.subject}, ${dayOf(first.at, language)}`
  return {
    subject,
    body: [
      words.greeting,
      ...lines.map(({ who, when, text, files }) => `${who} (${when})\n${linesOf(text, files)}`),
      words.footer,
    ].join('\n\n'),
    html: page(
      language,
      [
        `<p>${escaped(words.greeting)}</p>`,
        ...lines.map(
          ({ who, when, text, files }) =>
            `<p><b>${escaped(who)}</b> <span style="color:#666">${escaped(when)}</span><br>` +
            `<span dir="auto" style="white-space:pre-wrap">${escaped(linesOf(text, files))}</span></p>`,
        ),
        `<p style="color:#666">${escaped(words.footer)}</p>`,
      ].join('\n'),
    ),
  }
}

function linesOf(text: string, files: readonly string[]): string {
  return [text, ...files].filter(Boolean).join('\n')
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

function page(language: string, body: string): string {
  const head = `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"></head>`
  return `${head}<body style="font:16px/1.5 sans-serif">${body}</body></html>`
}

function timeOf(at: number, language: string): string {
  return `${formatted(at, language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}

function dayOf(at: number, language: string): string {
  return formatted(at, language, { dateStyle: 'long', timeZone: 'UTC' })
}

function formatted(at: number, language: string, options: Intl.DateTimeFormatOptions): string {
  const locales = Intl.DateTimeFormat.supportedLocalesOf(isTag(language) ? language : [])
  return new Intl.DateTimeFormat([...locales, 'en'], options).format(at)
}

/** A language is what a caller says it is; `Intl` throws at what is no language tag. */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0
  } catch {
    return false
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
