/** What this device keeps, as JSON by name. A device that keeps nothing still works until the page is left. */
export interface Kept {
  read(name: string): unknown
  write(name: string, value: unknown): void
  forget(name: string): void
  /** The names that begin so. */
  names(beginning: string): readonly string[]
  /** Calls when another tab has written or forgotten what is under a name; null: under all. Returns how to end that. */
  onChanged(act: (name: string | null) => void): () => void
}

const PREFIX = 'baton.desk.'

/** `elsewhere`: tells which keys of the storage other tabs change, until it is called off. */
export function createKept(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
  elsewhere: (hear: (key: string | null) => void) => () => void = () => () => {},
): Kept {
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
    onChanged(act) {
      return elsewhere((key) => {
        if (key === null) act(null)
        else if (key.startsWith(PREFIX)) act(key.slice(PREFIX.length))
      })
    },
  }
}
