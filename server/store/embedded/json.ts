/** Parses JSON that may be anything, for a schema to judge; `undefined` where there is none. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
