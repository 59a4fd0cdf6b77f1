/** What every flow store says, whatever it stands on. */
import { check, type Fault, type Flow, type Problem } from '#engine/index.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import { jsonHash } from './json-hash.ts'

/** What identifies a flow's content, whatever its file looks like. */
export function etagOf(flow: Flow): string {
  return jsonHash(flow).slice(0, 27)
}

/** A draft that is there; without an etag when it cannot be read. Undefined: there is none. */
export type Found = { readonly etag: string | undefined } | undefined

/** `ifMatch` as in `FlowStore.save`. */
export function checkMatch(id: string, there: Found, ifMatch: string | null | undefined): void {
  if (ifMatch === undefined) return
  if (ifMatch === null ? !there : there?.etag === ifMatch) return
  throw mismatch(id, there, ifMatch)
}

export function mismatch(id: string, there: Found, ifMatch: string | null): RuntimeError {
  const how = ifMatch === null ? 'there is one already' : there ? 'it was changed since you read it' : 'it is gone'
  return new RuntimeError('version-mismatch', `Flow “${id}” was not changed: ${how}. Read it again and decide anew.`)
}

/** What keeps a flow from being published, found without holding up others. */
export type FindErrors = (flow: Flow) => Promise<readonly Problem[]>

export function refuseErrors(flow: Flow, errors: readonly Problem[]): void {
  if (errors.length === 0) return
  throw new RuntimeError(
    'flow-problems',
    `The check finds errors in flow “${flow.id}” (${errors.length}); correct what “errors” names, then publish.`,
    errors.map(({ pointer, message }) => ({ pointer, message })),
  )
}

export function errorsOf(flow: Flow): readonly Problem[] {
  return errorsAmong(check(flow, { paths: false }))
}

/** What keeps a flow from being published, of all that its check has found. */
export function errorsAmong(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error')
}

export function noSuchFlow(id: string): RuntimeError {
  return new RuntimeError('not-found', `There is no flow “${id}” that can be read. GET /v1/flows lists them.`)
}

export function noSuchVersion(id: string, version: number): RuntimeError {
  return new RuntimeError(
    'not-found',
    `Flow “${id}” has no version ${version}. GET /v1/flows/${id}/versions lists them.`,
  )
}

export function unreadable(id: string, version: number, [first]: readonly Fault[]): RuntimeError {
  const what = first ? `${first.pointer || '/'} ${first.message}.` : ''
  return new RuntimeError(
    'unpublished',
    `Version ${version} of flow “${id}” cannot be read: ${what} Bring it back from a backup.`,
  )
}
