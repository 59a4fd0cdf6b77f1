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

/** Faults that are told, and characters of each part of one: a hostile document has as many and as long ones as it likes. */
const MOST_FAULTS = 1_000
const LONGEST = 500

/** As many faults as somebody can bear; the last one says how many more there are. */
export function bounded(faults: readonly Fault[]): readonly Fault[] {
  const told = faults.slice(0, MOST_FAULTS).map(({ pointer: at, node, message }) => ({
    pointer: cut(at),
    node: node === null ? null : cut(node),
    message: cut(message),
  }))
  const more = faults.length - told.length
  return more === 0
    ? told
    : [...told, { pointer: '', node: null, message: `There are ${more} more faults; cure these` }]
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
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
