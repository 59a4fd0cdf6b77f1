/** What is asked and answered about moving running conversations to another version of their flow. */

export interface MigrationPreviewRequest {
  /** A draft that is not saved; with neither this nor a version the saved draft is meant. */
  readonly flow?: unknown
  readonly version?: number
}

export interface MigrationPreview {
  readonly moves: readonly {
    readonly from: number
    readonly state: string
    readonly to: string
    readonly count: number
    readonly notes: readonly string[]
  }[]
  readonly stays: readonly {
    readonly from: number
    readonly state: string
    readonly count: number
    readonly why: string
    /** The first of them. */
    readonly conversations: readonly string[]
  }[]
}

export interface MigrationRequest {
  /** The live version when left out. */
  readonly version?: number
  readonly conversations?: readonly string[]
  readonly limit?: number
}

export interface Moved {
  readonly moved: readonly string[]
  readonly stayed: readonly { readonly conversation: string; readonly why: string }[]
  /** How many were not looked at any more. */
  readonly left: number
}
