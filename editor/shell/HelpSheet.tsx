import { HelpSheet as Sheet } from '#ui/kit/HelpSheet.tsx'
import { actions, type ActionGroup } from '../actions/index.ts'
import { words } from '../words/en.ts'
import { overlays } from './overlays.ts'

const order: readonly ActionGroup[] = ['edit', 'insert', 'view', 'try', 'flow', 'help']
const groups = order.map((group) => [group, words.shell.groups[group]] as const)

/** The editor's actions with their keys. */
export function HelpSheet() {
  return <Sheet actions={actions} groups={groups} words={words.shell.help} onClose={overlays.hide} />
}
