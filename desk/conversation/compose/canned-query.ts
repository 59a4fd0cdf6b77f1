/**
 * The search for a canned reply within what is typed: a `/` at the beginning or after a space, up to the caret. A `/`
 * within a word (a date, an address) begins none.
 */

const LONGEST = 60

/** What stands after the `/`; null when none is being typed. */
export function cannedQuery(text: string, caret: number): string | null {
  const before = text.slice(0, caret)
  const found = /(?:^|\s)\/([^\n/]*)$/.exec(before)?.[1]
  if (found === undefined || found.length > LONGEST) return null
  // Two spaces end it: who goes on writing did not mean a search.
  return /\s\s|^\s/.test(found) ? null : found
}

/** The text with the search replaced by the reply, and where the caret then is. */
export function withCanned(
  text: string,
  caret: number,
  reply: string,
): { readonly text: string; readonly caret: number } {
  const query = cannedQuery(text, caret)
  const begin = query === null ? caret : caret - query.length - 1
  return { text: text.slice(0, begin) + reply + text.slice(caret), caret: begin + reply.length }
}
