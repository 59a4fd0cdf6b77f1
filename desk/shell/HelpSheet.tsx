import { HelpSheet as Sheet } from '#ui/kit/HelpSheet.tsx'
import { actions, type ActionGroup } from '../actions/index.ts'
import { words } from '../words/en.ts'
import { overlays } from './overlays.ts'

const order: readonly ActionGroup[] = ['go', 'act', 'write', 'view']
const groups = order.map((group) => [group, words.actions.groups[group]] as const)

/** The desk's actions with their keys. */
export function HelpSheet() {
  return <Sheet actions={actions} groups={groups} words={words.shell.helpSheet} onClose={overlays.hide} />
}
