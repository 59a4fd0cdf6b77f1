/**
 * Saved flows. A draft is what the designer edits; publishing freezes it as the next version, which never changes.
 * A conversation keeps the version it began with. On one machine they are readable files (`lowdb`); in a cluster the
 * same port stands on PostgreSQL.
 */
import type { Fault, Flow, Problem } from '#engine/index.ts'

export interface FlowSummary {
  readonly id: string
  readonly name: string
  /** The draft's etag: a hash of its content. */
  readonly etag: string
  readonly published: number | null
  readonly updatedAt: string
  /** Set when the file on disk cannot be read as a flow; the other flows still run. */
  readonly broken?: { readonly file: string; readonly faults: readonly Fault[] }
}
export interface Draft {
  readonly flow: Flow
  readonly etag: string
  readonly published: number | null
}
export interface FlowVersion {
  readonly version: number
  readonly publishedAt: string
  readonly note?: string
  readonly live: boolean
}

export interface FlowStore {
  list(): Promise<readonly FlowSummary[]>
  draft(id: string): Promise<Draft | undefined>
  /**
   * `ifMatch`: the etag the writer saw; null: it must not exist yet; undefined: whatever is there. Rejects with
   * `version-mismatch`.
   */
  save(flow: Flow, ifMatch?: string | null): Promise<Draft>
  remove(id: string, ifMatch?: string): Promise<boolean>
  /**
   * Freezes the draft as the next version and makes it the live one. `ifMatch`: the etag of the draft that is meant;
   * rejects with `version-mismatch` when it is another by now.
   */
  publish(id: string, note?: string, ifMatch?: string): Promise<FlowVersion>
  versions(id: string): Promise<readonly FlowVersion[]>
  /** A published version, for ever the same. Asked for at every event: the ones used last are kept in memory. */
  version(id: string, version: number): Promise<Flow | undefined>
  /** The version new conversations begin on; undefined while there is none: a draft does not run. */
  live(id: string): Promise<{ readonly flow: Flow; readonly version: number } | undefined>
  /** Makes an earlier version the live one again. */
  rollback(id: string, version: number): Promise<FlowVersion>
}

/** What became of a flow that came as a file. */
export type Deployed =
  /** Published as this version. */
  | { readonly id: string; readonly version: number }
  /** Kept from it by what the check found. */
  | { readonly id: string; readonly errors: readonly Problem[] }
  /** Brought over with so many versions. */
  | { readonly id: string; readonly brought: number }
  /** Of a flow that is there: the draft now, or not, because a designer has changed the one that is there. */
  | { readonly id: string; readonly draft: 'taken' | 'kept' }
