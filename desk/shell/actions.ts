/** Rooms, help and looks. */
import { scheme } from '#ui/scheme.ts'
import { isPersons, session } from '#ui/session.ts'
import { signOut } from '#ui/sign-in/ways.ts'
import type { Action } from '../actions/action.ts'
import { settings } from '../settings/settings.ts'
import { words } from '../words/en.ts'
import { overlays } from './overlays.ts'
import { navigate, paths } from './route.ts'

const { actions } = words

export const shellActions: readonly Action[] = [
  {
    name: 'go.inbox',
    label: actions.inbox,
    group: 'go',
    icon: 'person',
    keys: ['alt+1'],
    inFields: true,
    perform: () => navigate(paths.inbox),
  },
  {
    name: 'go.board',
    label: actions.board,
    group: 'go',
    icon: 'gallery',
    keys: ['alt+2'],
    inFields: true,
    keywords: 'supervisor',
    when: ({ me }) => me.leads,
    perform: () => navigate(paths.board),
  },
  {
    name: 'go.replies',
    label: actions.replies,
    group: 'go',
    icon: 'note',
    keys: ['alt+3'],
    inFields: true,
    when: ({ me }) => me.leads,
    perform: () => navigate(paths.replies),
  },
  {
    name: 'go.promises',
    label: actions.promises,
    group: 'go',
    icon: 'note',
    keys: ['alt+4'],
    inFields: true,
    keywords: 'tickets callbacks calls',
    perform: () => navigate(paths.promises),
  },
  {
    name: 'go.setup',
    label: actions.setup,
    group: 'go',
    icon: 'settings',
    keys: ['alt+5'],
    inFields: true,
    keywords: 'agents teams schedules skills hours',
    when: ({ me }) => me.leads,
    perform: () => navigate(paths.setup()),
  },
  {
    name: 'go.admin',
    label: actions.admin,
    group: 'go',
    icon: 'person',
    keys: ['alt+6'],
    inFields: true,
    keywords: 'users keys audit dead letters customers erase',
    when: ({ me }) => me.leads,
    perform: ({ me }) => navigate(paths.admin(me.role === 'admin' ? 'people' : 'dead-letters')),
  },
  {
    name: 'view.sound',
    label: actions.sound,
    group: 'view',
    icon: 'live',
    keys: [],
    perform: () => settings.set({ sound: !settings.state().sound }),
  },
  {
    name: 'view.scheme',
    label: actions.scheme,
    group: 'view',
    icon: 'moon',
    keys: ['alt+shift+D'],
    keywords: 'dark light theme',
    perform: () => scheme.toggle(),
  },
  {
    name: 'view.help',
    label: actions.help,
    group: 'view',
    icon: 'help',
    keys: ['shift+?', '?'],
    keywords: 'keyboard shortcuts keys',
    perform: () => overlays.show({ name: 'help' }),
  },
  {
    name: 'view.password',
    label: actions.password,
    group: 'view',
    icon: 'person',
    keys: [],
    keywords: 'account sign in',
    when: () => isPersons(session.key()),
    perform: () => overlays.show({ name: 'password' }),
  },
  {
    name: 'view.signOut',
    label: actions.signOut,
    group: 'view',
    icon: 'leave',
    keys: [],
    keywords: 'log out',
    perform: signOut,
  },
]
