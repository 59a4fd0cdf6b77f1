/**
 * The scenarios of each flow, kept in this browser in the very format of `flows/<flow>.scenarios.json`, so that what is
 * copied or downloaded here can be laid beside the flow and run by `baton test`.
 */
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '#engine/index.ts'
import { isRecord } from '../../document/document.ts'
import { parseScenarios, type Scenario } from '#engine/simulate/index.ts'

/** What the shelf is kept in: the browser's, or a test's. */
export type Keeping = Pick<Storage, 'getItem' | 'setItem'>

export type Laid =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** What is kept for one flow. */
export interface Shelved {
  readonly scenarios: readonly Scenario[]
  /** What lies there too and this version cannot read; it is kept as it is. */
  readonly unread: readonly unknown[]
  /** False where a full or forbidden storage does not take them: they are there until the page is left. */
  readonly isKept: boolean
}

export function createShelf(keeping: Keeping) {
  const store = createStore<Readonly<Record<string, Shelved>>>(() => ({}))

  /** As they are kept now: another tab may have laid some on the shelf since. */
  const again = (flow: string): Shelved => {
    const known = store.getState()[flow]
    if (known && !known.isKept) return known
    const shelved = { ...shelvedIn(kept(keeping, flow)), isKept: true }
    store.setState({ [flow]: shelved })
    return shelved
  }
  const put = (flow: string, scenarios: readonly Scenario[], unread: readonly unknown[]): void => {
    let isKept = true
    try {
      keeping.setItem(keyOf(flow), textOf(flow, [...scenarios, ...unread]))
    } catch {
      isKept = false
    }
    store.setState({ [flow]: { scenarios, unread, isKept } })
  }

  return {
    store,
    of: (flow: string): Shelved => store.getState()[flow] ?? again(flow),
    again,
    /** Lays scenarios on the shelf; one of the same name is replaced. */
    add(flow: string, added: readonly Scenario[]): void {
      const names = new Set(added.map((each) => each.name))
      const { scenarios, unread } = again(flow)
      put(flow, [...scenarios.filter((each) => !names.has(each.name)), ...added], unread)
    },
    remove(flow: string, name: string): void {
      const { scenarios, unread } = again(flow)
      put(
        flow,
        scenarios.filter((each) => each.name !== name),
        unread,
      )
    },
    /** Takes away what cannot be read. */
    removeUnread: (flow: string): void => put(flow, again(flow).scenarios, []),
  }
}

export const shelf = createShelf({
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => window.localStorage.setItem(key, value),
})

/** What is kept for a flow; renders again when it changes. */
export function useShelved(flow: string): Shelved {
  useEffect(() => {
    shelf.of(flow)
    const hear = ({ key }: StorageEvent): void => {
      if (key === keyOf(flow)) shelf.again(flow)
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [flow])
  return useStore(shelf.store, (all) => all[flow]) ?? NOTHING
}
const NOTHING: Shelved = { scenarios: [], unread: [], isKept: true }

/** A file of scenarios, one scenario, or a list of them, as text. */
export function readScenarios(text: string): Laid {
  const json = parsed(text)
  if (json === undefined)
    return { ok: false, faults: [{ pointer: '', node: null, message: 'It is not JSON; copy it whole' }] }
  const isFile = isRecord(json) && 'scenarios' in json
  const read = parseScenarios(isFile ? json : { flow: 'flow', scenarios: Array.isArray(json) ? json : [json] })
  return read.ok ? { ok: true, scenarios: read.file.scenarios } : { ok: false, faults: read.faults }
}

/** The text of a file of scenarios. */
export function fileText(flow: string, scenarios: readonly Scenario[]): string {
  return textOf(flow, scenarios)
}

function textOf(flow: string, scenarios: readonly unknown[]): string {
  return `${JSON.stringify({ flow, scenarios }, null, 2)}\n`
}

/** What can be read of what is kept, and what cannot: each by itself where the whole cannot. */
function shelvedIn(text: string): Pick<Shelved, 'scenarios' | 'unread'> {
  const whole = readScenarios(text)
  if (whole.ok) return { scenarios: whole.scenarios, unread: [] }
  const json = parsed(text)
  const each = isRecord(json) && Array.isArray(json['scenarios']) ? json['scenarios'] : [json ?? text]
  let scenarios: readonly Scenario[] = []
  const unread: unknown[] = []
  for (const one of each) {
    const beside = parseScenarios({ flow: 'flow', scenarios: [...scenarios, one] })
    if (beside.ok) scenarios = beside.file.scenarios
    else unread.push(one)
  }
  return { scenarios, unread }
}

function keyOf(flow: string): string {
  return `baton.scenarios.${flow}`
}

function kept(keeping: Keeping, flow: string): string {
  try {
    return keeping.getItem(keyOf(flow)) ?? '[]'
  } catch {
    return '[]'
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
