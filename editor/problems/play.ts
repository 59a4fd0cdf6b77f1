import { notifications } from '@mantine/notifications'
import type { Path } from '#engine/explore/path.ts'
import { compiledFlow, FlowFaults, Refusal } from '#engine/index.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'

const said = words.problems

/** Plays a path in the simulator, which then stands at its end; it is fetched when first used. */
export async function playPath(path: Path): Promise<void> {
  const { standAt } = await import('../simulate/stand.ts')
  try {
    const notes = standAt(compiledFlow(editor.state().document).flow, 0, path)
    if (notes.length > 0) notifications.show({ color: 'orange', title: said.playedElse, message: notes.join(' ') })
  } catch (error) {
    // The flow was changed since it was looked at; it is being looked at again.
    if (!(error instanceof Refusal || error instanceof FlowFaults)) throw error
    notifications.show({ color: 'orange', message: said.notPlayed })
  }
}
