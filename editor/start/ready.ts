/**
 * The flows that come with Baton, the simplest first: shown as starts for one's own. A test holds the list against the
 * folder `flows/`.
 */
const READY: readonly string[] = ['hello', 'ecommerce', 'helpdesk', 'travel', 'banking', 'healthcare', 'real-estate']

export function isReady(id: string): boolean {
  return READY.includes(id)
}

/** Puts the simplest first. */
export function byEase(one: { readonly id: string }, other: { readonly id: string }): number {
  return READY.indexOf(one.id) - READY.indexOf(other.id)
}
