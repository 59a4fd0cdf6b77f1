/** Actions that change what is shown. */
import { scheme } from '#ui/scheme.ts'
import { isPersons, session } from '#ui/session.ts'
import { signOut } from '#ui/sign-in/ways.ts'
import { words } from '../words/en.ts'
import { editor, type PanelName } from '../document/store.ts'
import { overlays } from '../shell/overlays.ts'
import { renaming } from '../shell/renaming.ts'
import { navigate } from '../shell/route.ts'
import type { Action } from './action.ts'

const { actions } = words.shell

export const viewActions: readonly Action[] = [
  panel('inspector', 'alt+1', 'settings'),
  panel('simulator', 'alt+2', 'play'),
  panel('problems', 'alt+3', 'warning'),
  panel('versions', 'alt+4', 'history'),
  panel('live', 'alt+5', 'live'),
  {
    name: 'view.hidePanel',
    label: actions.hidePanel,
    group: 'view',
    icon: 'forward',
    keys: ['mod+.'],
    inFields: true,
    perform() {
      const { panelShown, panel: name } = editor.state()
      if (panelShown) editor.hidePanel()
      else editor.show(name)
    },
  },
  {
    name: 'view.scheme',
    label: actions.scheme,
    group: 'view',
    icon: 'moon',
    keys: ['alt+shift+D'],
    keywords: 'dark light theme',
    everywhere: true,
    perform: () => scheme.toggle(),
  },
  {
    name: 'flow.gallery',
    label: actions.gallery,
    group: 'flow',
    icon: 'gallery',
    keys: ['alt+shift+G'],
    keywords: 'home start list',
    everywhere: true,
    perform: () => navigate('/'),
  },
  {
    name: 'flow.new',
    label: actions.fresh,
    group: 'flow',
    icon: 'plus',
    keys: ['alt+shift+W'],
    keywords: 'add create draw',
    everywhere: true,
    perform: () => overlays.show('fresh'),
  },
  {
    name: 'flow.rename',
    label: actions.rename,
    group: 'flow',
    icon: 'edit',
    keys: ['F2'],
    keywords: 'name title',
    when: ({ readOnly }) => !readOnly,
    perform: () => renaming.begin(editor.state().document.name),
  },
  {
    name: 'flow.staffing',
    label: actions.staffing,
    group: 'try',
    icon: 'live',
    keys: ['alt+shift+A'],
    keywords: 'queue people agents dry run past day erlang wait occupancy charts',
    inFields: true,
    when: ({ document }) => document.nodes.some((node) => node.type === 'queue'),
    perform: () => overlays.show('staffing'),
  },
  {
    name: 'flow.backtest',
    label: actions.backtest,
    group: 'try',
    icon: 'history',
    keys: ['alt+shift+Z'],
    keywords: 'replay past conversations draft handoff rate threshold sweep compare',
    inFields: true,
    perform: () => overlays.show('backtest'),
  },
  {
    name: 'flow.publish',
    label: actions.publish,
    group: 'flow',
    icon: 'publish',
    keys: ['alt+shift+P'],
    keywords: 'live release version deploy',
    inFields: true,
    when: ({ readOnly }) => !readOnly,
    perform: () => editor.show('versions'),
  },
  {
    name: 'flow.leaveVersion',
    label: actions.leaveVersion,
    group: 'flow',
    icon: 'back',
    keys: ['alt+shift+K'],
    keywords: 'version draft back',
    when: ({ viewing }) => viewing !== null,
    perform: () => editor.leaveVersion(),
  },
  {
    name: 'flow.import',
    label: actions.import,
    group: 'flow',
    icon: 'upload',
    keys: ['mod+O'],
    keywords: 'open file',
    everywhere: true,
    perform: () => overlays.show('import'),
  },
  {
    name: 'help.palette',
    label: actions.palette,
    group: 'help',
    icon: 'command',
    keys: ['mod+K'],
    inFields: true,
    everywhere: true,
    perform: () => overlays.show('palette'),
  },
  {
    name: 'help.actions',
    label: actions.help,
    group: 'help',
    icon: 'help',
    keys: ['shift+?', '?'],
    keywords: 'keyboard shortcuts keys',
    everywhere: true,
    perform: () => overlays.show('help'),
  },
  {
    name: 'help.docs',
    label: actions.docs,
    group: 'help',
    icon: 'link',
    keys: ['alt+shift+H'],
    keywords: 'api openapi',
    everywhere: true,
    perform: () => void window.open('/docs', '_blank', 'noopener'),
  },
  {
    name: 'flow.password',
    label: actions.password,
    group: 'flow',
    icon: 'person',
    keys: ['alt+shift+U'],
    keywords: 'account sign in',
    everywhere: true,
    when: () => isPersons(session.key()),
    perform: () => overlays.show('password'),
  },
  {
    name: 'flow.signOut',
    label: actions.signOut,
    group: 'flow',
    icon: 'leave',
    keys: ['alt+shift+Q'],
    keywords: 'log out',
    everywhere: true,
    perform: () => void editor.save().then(signOut),
  },
]

function panel(name: PanelName, keys: string, icon: Action['icon']): Action {
  return {
    name: `view.${name}`,
    label: actions[name],
    group: name === 'simulator' ? 'try' : 'view',
    icon,
    keys: [keys],
    inFields: true,
    keywords: words.shell.panels[name],
    perform: () => editor.show(name),
  }
}
