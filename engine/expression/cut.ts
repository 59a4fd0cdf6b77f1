/** The beginning of a text, at most `most` UTF-16 units of it, and never half of a character: nothing else can keep halves. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
}
