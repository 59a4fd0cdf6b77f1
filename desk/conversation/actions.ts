/** What can be done with the open conversation. */
import type { Action } from '../actions/action.ts'
import { reach } from '../actions/focus.ts'
import type { Scene } from '../actions/scene.ts'
import type { Mode } from '../outbox/drafts.ts'
import { changeDraft, draft } from '../session/work.ts'
import { settings } from '../settings/settings.ts'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import { accept, decline, takeOver } from './acts.ts'

const { actions } = words

export const conversationActions: readonly Action[] = [
  {
    name: 'act.accept',
    label: actions.accept,
    group: 'act',
    icon: 'check',
    keys: ['A'],
    keywords: 'take',
    when: ({ offer, may }) => offer !== null || may.accept,
    perform: ({ offer, view, may, me }) => void accept(may.accept || offer === null ? view : offer, me),
  },
  {
    name: 'act.decline',
    label: actions.decline,
    group: 'act',
    icon: 'close',
    keys: ['X'],
    when: ({ offer }) => offer !== null,
    perform: ({ offer, me }) => void decline(offer, me),
  },
  {
    name: 'write.reply',
    label: actions.reply,
    group: 'write',
    icon: 'edit',
    keys: ['R'],
    when: ({ may }) => may.reply,
    perform: (scene) => write(scene, 'reply'),
  },
  {
    name: 'write.note',
    label: actions.note,
    group: 'write',
    icon: 'note',
    keys: ['N'],
    keywords: 'whisper',
    when: ({ may }) => may.note,
    perform: (scene) => write(scene, 'note'),
  },
  {
    name: 'write.switch',
    label: actions.switchMode,
    group: 'write',
    icon: 'note',
    keys: ['mod+/'],
    inFields: true,
    when: ({ may }) => may.reply && may.note,
    perform: (scene) => write(scene, scene.id !== null && draft(scene.id).mode === 'reply' ? 'note' : 'reply'),
  },
  {
    name: 'write.enterSends',
    label: actions.enterSends,
    group: 'write',
    icon: 'settings',
    keys: [],
    perform: () => settings.set({ enterSends: !settings.state().enterSends }),
  },
  dialog('transfer', 'T', 'forward', ({ may }) => may.transfer),
  dialog('handback', 'H', 'undo', ({ may }) => may.handback),
  dialog('resolve', 'E', 'check', ({ may }) => may.resolve),
  dialog('assign', 'shift+T', 'person', ({ may }) => may.assign),
  {
    name: 'act.takeOver',
    label: actions.takeOver,
    group: 'act',
    icon: 'person',
    keys: ['shift+A'],
    when: ({ may }) => may.takeOver,
    perform: ({ view, me }) => void takeOver(view, me),
  },
  {
    name: 'view.context',
    label: actions.context,
    group: 'view',
    icon: 'map',
    keys: ['I'],
    keywords: 'handoff package details',
    when: ({ id }) => id !== null,
    perform: toggleContext,
  },
]

/** Beside the conversation on a wide screen, over it on a narrow one. */
export function toggleContext(): void {
  if (window.matchMedia(WIDE).matches) settings.set({ contextShown: !settings.state().contextShown })
  else if (overlays.shown() === null) overlays.show({ name: 'context' })
  else overlays.hide()
}

/** There is room for the context beside list and conversation. */
export const WIDE = '(min-width: 75em)'

function write({ id }: Scene, mode: Mode): void {
  if (id === null) return
  changeDraft(id, { mode })
  reach('reply')
}

function dialog(
  name: 'transfer' | 'handback' | 'resolve' | 'assign',
  key: string,
  icon: Action['icon'],
  when: (scene: Scene) => boolean,
): Action {
  return {
    name: `act.${name}`,
    label: actions[name],
    group: 'act',
    icon,
    keys: [key],
    when,
    perform: ({ id }) => id !== null && overlays.show({ name, conversation: id }),
  }
}
