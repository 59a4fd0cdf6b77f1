import type { IconName } from '#ui/icon.tsx'
import type { EditorState } from '../document/store.ts'

export type ActionGroup = 'edit' | 'insert' | 'view' | 'flow' | 'try' | 'help'

/**
 * Something a person can do, once: menus, shortcuts, the command palette and the help sheet all come from these
 * objects.
 * Another folder contributes by exporting an array that `index.ts` lists.
 */
export interface Action {
  /** Unique, such as `edit.undo`. */
  readonly name: string
  readonly label: string
  readonly group: ActionGroup
  readonly icon: IconName
  /**
   * Shortcuts, one at least, the first of them shown: `mod+Z`, `shift+P`, `Delete`. `mod` is Command on a Mac, Control
   * elsewhere.
   */
  readonly keys: readonly [string, ...string[]]
  /** Other words a person may search it by. */
  readonly keywords?: string
  /** Whether it can be done now; left out: always while a flow is open. */
  readonly when?: (state: EditorState) => boolean
  /** The browser itself hears its keys, and what they bring about is listened to elsewhere. */
  readonly heardByBrowser?: true
  /** Its keys also work while a person types in a field. */
  readonly inFields?: true
  /** Works everywhere, also where no flow is open. */
  readonly everywhere?: true
  perform(): void
}
