/** A browser's storage in memory. */
export function storage(kept: Record<string, string> = {}): Storage {
  const methods = {
    getItem: (key: string): string | null => kept[key] ?? null,
    setItem: (key: string, value: string): void => {
      kept[key] = value
    },
    removeItem: (key: string): void => {
      delete kept[key]
    },
  }
  // As in a browser, what is kept are the storage's own properties. Nothing here asks for the rest of it.
  return new Proxy(kept, { get: (_, name) => Reflect.get(methods, name) }) as unknown as Storage
}
