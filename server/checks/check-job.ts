/** A document, read as a flow and checked: what goes into the thread, and what comes back. Plain data. */
import { check, parseFlow, type Fault, type Flow, type Problem } from '#engine/index.ts'

export interface CheckJob {
  readonly document: unknown
  /** With the ways to the problems, which take most of the time. */
  readonly paths: boolean
}

export type Checked =
  | { readonly ok: true; readonly flow: Flow; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

export function checkJob({ document, paths }: CheckJob): Checked {
  const read = parseFlow(document)
  return read.ok ? { ok: true, flow: read.flow, problems: check(read.flow, { paths }) } : read
}
