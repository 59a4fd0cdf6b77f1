/**
 * What the widget remembers in the browser: `localStorage` under `baton:<server>:<flow>:`, and nothing anywhere else.
 * Where the browser forbids it, the memory lasts as long as the page.
 */
export interface Keep {
  get(name: string): unknown
  /** `undefined` forgets it. */
  set(name: string, value: unknown): void
  /** The names that begin so, in order. */
  names(prefix: string): readonly string[]
  /** Hears of what other tabs have changed; when the page cleared all, of `forgotten`. */
  watch(onChange: (name: string) => void): () => void
}

export function createKeep(scope: string, storage: Storage | undefined = ownStorage()): Keep {
  const start = `baton:${scope}:`
  const memory = new Map<string, string>()
  return {
    get(name) {
      return parse(memory.get(name) ?? attempt(() => storage?.getItem(start + name)))
    },
    set(name, value) {
      memory.delete(name)
      if (value === undefined) return attempt(() => storage?.removeItem(start + name))
      const text = JSON.stringify(value)
      attempt(() => storage?.setItem(start + name, text))
      if (attempt(() => storage?.getItem(start + name)) !== text) memory.set(name, text)
    },
    names(prefix) {
      const kept = attempt(() => Object.keys(storage ?? {})) ?? []
      const names = kept.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))
      return [...new Set([...names, ...memory.keys()])].filter((name) => name.startsWith(prefix)).sort()
    },
    watch(onChange) {
      const hear = ({ key, storageArea }: StorageEvent): void => {
        if (storageArea !== storage) return
        if (key === null) onChange('forgotten')
        else if (key.startsWith(start)) onChange(key.slice(start.length))
      }
      addEventListener('storage', hear)
      return () => removeEventListener('storage', hear)
    },
  }
}

function ownStorage(): Storage | undefined {
  return attempt(() => localStorage)
}

/** A browser may throw at any touch of its storage: when it is forbidden, or full. */
function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

function parse(text: string | null | undefined): unknown {
  return text == null ? undefined : attempt((): unknown => JSON.parse(text))
}
