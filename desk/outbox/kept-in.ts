/** What this device keeps, as JSON by name. A device that keeps nothing still works until the page is left. */
export interface Kept {
  read(name: string): unknown
  write(name: string, value: unknown): void
  forget(name: string): void
  /** The names that begin so. */
  names(beginning: string): readonly string[]
}

const PREFIX = 'baton.desk.'

export function createKept(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>): Kept {
  const memory = new Map<string, string>()
  return {
    read(name) {
      try {
        return JSON.parse(memory.get(name) ?? storage.getItem(PREFIX + name) ?? 'null')
      } catch {
        return null
      }
    },
    write(name, value) {
      const text = JSON.stringify(value)
      try {
        storage.setItem(PREFIX + name, text)
        memory.delete(name)
      } catch {
        memory.set(name, text)
      }
    },
    forget(name) {
      memory.delete(name)
      try {
        storage.removeItem(PREFIX + name)
      } catch {
        return
      }
    },
    names(beginning) {
      const names = new Set(memory.keys())
      try {
        for (let index = 0; index < storage.length; index += 1) {
          const key = storage.key(index)
          if (key?.startsWith(PREFIX) === true) names.add(key.slice(PREFIX.length))
        }
      } catch {
        return [...names].filter((name) => name.startsWith(beginning))
      }
      return [...names].filter((name) => name.startsWith(beginning))
    },
  }
}
