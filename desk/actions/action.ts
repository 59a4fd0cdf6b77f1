import type { IconName } from '#ui/icon.tsx'
import type { Scene } from './scene.ts'

export type ActionGroup = 'go' | 'act' | 'write' | 'view'

/**
 * Something a person can do, once: buttons, shortcuts and the help sheet all come from these objects. A room
 * contributes by exporting an array that `index.ts` lists.
 */
export interface Action {
  /** Unique, such as `act.accept`. */
  readonly name: string
  readonly label: string
  readonly group: ActionGroup
  readonly icon: IconName
  /** Shortcuts, the first of them shown: `mod+Enter`, `shift+P`, `J`. `mod` is Command on a Mac, Control elsewhere. */
  readonly keys: readonly string[]
  /** Other words a person may search it by. */
  readonly keywords?: string
  /** Whether it can be done now; left out: always. */
  readonly when?: (scene: Scene) => boolean
  /** Its keys also work while a person types in a field. */
  readonly inFields?: true
  perform(scene: Scene): void
}
