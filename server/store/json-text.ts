/**
 * JSON as PostgreSQL can read it again. JSON may write half of a character (a lone surrogate, `\ud83d`) and the character
 * NUL, which a text of PostgreSQL holds neither of: it keeps such JSON and fails when it looks into it. Both are U+FFFD
 * here, as everywhere where text that is none is read.
 */

/** The JSON of a value, for a column. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('\\u0000') ? wholeCharacters(text).replaceAll(ESCAPE, nulsReplaced) : wholeCharacters(text)
}

/** JSON with U+FFFD for each half of a character; the same text where there is none. */
export function wholeCharacters(json: string): string {
  return MAY_BE_HALF.test(json) ? json.replaceAll(ESCAPE, halvesReplaced) : json
}

const MAY_BE_HALF = /\\u[dD][89a-fA-F]/
/** Each escape of a JSON text, and two that are one character together. */
const ESCAPE = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|.)/g
const HALF = /^\\u[dD][89a-fA-F][\da-fA-F]{2}$/
const REPLACED = '\\ufffd'

function halvesReplaced(escape: string): string {
  return HALF.test(escape) ? REPLACED : escape
}

function nulsReplaced(escape: string): string {
  return escape === '\\u0000' ? REPLACED : escape
}
