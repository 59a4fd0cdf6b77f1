/**
 * The scenarios of each flow, kept in this browser in the very format of `flows/<flow>.scenarios.json`, so that what is
 * copied or downloaded here can be laid beside the flow and run by `baton test`.
 */
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '#engine/index.ts'
import { isRecord } from '../../document/document.ts'
import { parseScenarios, type Scenario, type ScenarioFile } from '#engine/simulate/index.ts'

/** What the shelf is kept in: the browser's, or a test's. */
export type Keeping = Pick<Storage, 'getItem' | 'setItem'>

export type Laid =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

export function createShelf(keeping: Keeping) {
  const store = createStore<Readonly<Record<string, readonly Scenario[]>>>(() => ({}))

  /** Flows whose scenarios a full or forbidden storage does not take: they are there until the page is left. */
  const unkept = new Set<string>()

  /** As they are kept now: another tab may have laid some on the shelf since. */
  const again = (flow: string): readonly Scenario[] => {
    const known = store.getState()[flow]
    if (known && unkept.has(flow)) return known
    const read = readScenarios(kept(keeping, flow))
    const scenarios = read.ok ? read.scenarios : []
    store.setState({ [flow]: scenarios })
    return scenarios
  }
  const put = (flow: string, scenarios: readonly Scenario[]): void => {
    store.setState({ [flow]: scenarios })
    try {
      keeping.setItem(keyOf(flow), fileText(flow, scenarios))
      unkept.delete(flow)
    } catch {
      unkept.add(flow)
    }
  }

  return {
    store,
    of: (flow: string): readonly Scenario[] => store.getState()[flow] ?? again(flow),
    again,
    /** Lays scenarios on the shelf; one of the same name is replaced. */
    add(flow: string, added: readonly Scenario[]): void {
      const names = new Set(added.map((each) => each.name))
      put(flow, [...again(flow).filter((each) => !names.has(each.name)), ...added])
    },
    remove: (flow: string, name: string): void =>
      put(
        flow,
        again(flow).filter((each) => each.name !== name),
      ),
  }
}

export const shelf = createShelf({
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => window.localStorage.setItem(key, value),
})

/** The scenarios of a flow; renders again when they change. */
export function useScenarios(flow: string): readonly Scenario[] {
  useEffect(() => {
    shelf.of(flow)
    const hear = ({ key }: StorageEvent): void => {
      if (key === keyOf(flow)) shelf.again(flow)
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [flow])
  return useStore(shelf.store, (all) => all[flow]) ?? NONE
}
const NONE: readonly Scenario[] = []

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
  return `${JSON.stringify({ flow, scenarios } satisfies ScenarioFile, null, 2)}\n`
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
