/** The reference figures: copies beside this file, and those of the folder BATON_SHARED where that is there. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { topFolder } from '#server/top-folder.ts'

export interface ReferenceRow {
  readonly A: string
  readonly erlangs: number
  readonly agents: number
  readonly aht_s: number
  readonly p_wait: number
  readonly mean_wait_s: number
  readonly mean_wait_of_those_waiting_s: number
  readonly mean_queue_len: number
  readonly service_level_20s: number
  readonly p90_wait_s: number
  readonly occupancy: number
  readonly erlang_b: number
}

export interface PublishedRow {
  readonly calls?: number
  readonly interval_s?: number
  readonly aht_s?: number
  readonly agents?: number
  readonly target_s?: number
  readonly patience_s?: number
  readonly erlangs?: number
  readonly max_blocking?: number
  readonly expect: {
    readonly p_wait?: number
    readonly service_level?: number
    readonly occupancy?: number
    readonly mean_queue_len?: number
    readonly unstable?: boolean
    readonly erlang_b?: number
    readonly agents?: number
  }
}

const shared = resolve(process.env['BATON_SHARED'] ?? resolve(topFolder, '../shared'), 'data')

const ownFolder = resolve(topFolder, 'test/engine/routing/staffing')

/** The places a file of figures is read from; the first is always there. */
export function places(own: string, others: string): readonly string[] {
  return [resolve(ownFolder, own), ...[resolve(shared, others)].filter((each) => existsSync(each))]
}

// Both files are ours, and of these shapes.
export const referenceRows = (place: string) => (read(place) as { rows: readonly ReferenceRow[] }).rows
export const publishedRows = (place: string) => read(place) as readonly PublishedRow[]

function read(place: string): unknown {
  return JSON.parse(readFileSync(place, 'utf8'))
}

/** Erlangs in full precision: `58/3` is no decimal. */
export function loadOf({ A }: ReferenceRow): number {
  const [over = '', under = '1'] = A.split('/')
  return Number(over) / Number(under)
}
