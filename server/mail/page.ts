/** What all mails are made of. Law: a text stays a text; nothing that was said becomes markup, a link or a header. */

/** A mail as a page of its own. `body` is markup: whatever comes from people must be `escaped`. */
export function page(language: string, body: string): string {
  const head = `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"></head>`
  return `${head}<body style="font:16px/1.5 sans-serif">${body}</body></html>`
}

/** Something that somebody said, with its line breaks. */
export function saying(who: string, when: string, text: string): string {
  return (
    `<p><b>${escaped(who)}</b> <span style="color:#666">${escaped(when)}</span><br>` +
    `<span dir="auto" style="white-space:pre-wrap">${escaped(text)}</span></p>`
  )
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** For a header: one line, of no more than its first 300 characters. */
export function oneLine(text: string): string {
  return [...text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()].slice(0, LONGEST_LINE).join('')
}

const LONGEST_LINE = 300

/** Times are in UTC: where the customer is nobody knows for sure. */
export function timeOf(at: number, language: string): string {
  return `${formatted(at, language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}

export function dayOf(at: number, language: string): string {
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
