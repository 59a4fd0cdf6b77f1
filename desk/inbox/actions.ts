/** Going through the list. */
import type { Action } from '../actions/action.ts'
import { reach } from '../actions/focus.ts'
import { navigate, opened, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { neighbour } from './list.ts'

const { actions } = words

export const inboxActions: readonly Action[] = [
  {
    name: 'go.next',
    label: actions.next,
    group: 'go',
    icon: 'down',
    keys: ['J', 'alt+ArrowDown'],
    perform: () => go(1),
  },
  {
    name: 'go.previous',
    label: actions.previous,
    group: 'go',
    icon: 'back',
    keys: ['K', 'alt+ArrowUp'],
    perform: () => go(-1),
  },
  {
    name: 'go.search',
    label: actions.search,
    group: 'go',
    icon: 'search',
    keys: ['/'],
    keywords: 'find filter',
    perform() {
      if (!window.location.pathname.startsWith(paths.conversation(''))) navigate(paths.inbox)
      reach('search')
    },
  },
  {
    name: 'go.list',
    label: actions.closeConversation,
    group: 'go',
    icon: 'back',
    keys: ['Escape'],
    when: ({ id }) => id !== null,
    perform: () => navigate(paths.inbox),
  },
]

function go(by: 1 | -1): void {
  const next = neighbour(opened(), by)
  if (next !== null) navigate(paths.conversation(next), { replace: opened() !== null })
}
