/** What is wrong with a document, as data: where (JSON pointer, node) and a sentence that says the cure. */
export interface Fault {
  readonly pointer: string
  readonly node: string | null
  readonly message: string
}

/** A JSON pointer (RFC 6901) of a path. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Thrown where a flow is used before anyone asked for its faults. */
export class FlowFaults extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(
      `The flow has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}: ${faults
        .slice(0, 5)
        .map((fault) => `${fault.pointer || '/'} ${fault.message}`)
        .join('; ')}`,
    )
    this.name = 'FlowFaults'
    this.faults = faults
  }
}
