/** Requests that go out one after the other, each when the one before is answered; many lanes run at once. */
export type Lane = readonly LaneRequest[]
export interface LaneRequest {
  readonly path: string
  readonly body: string
  readonly key: string
}

/** What the load program is told and what it answers. `path` and `key` (the Idempotency-Key) stand for each request. */
export interface Order {
  readonly url: string
  readonly authorization: string
  readonly lanes: readonly Lane[]
}
export type Report = { readonly milliseconds: number } | { readonly fault: string }
