/** Tidies the open flow, or what is selected of it. */
import { changeNote, tidyApplied, type Command } from '../../document/commands/index.ts'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { say } from '../state.ts'
import { view } from '../view.ts'
import { elkLayout } from './elk.ts'
import { tidy, type Places } from './layout.ts'

export async function tidyNow(): Promise<void> {
  const { document, selection, readOnly } = editor.state()
  if (readOnly) return
  try {
    const places = await tidy(document, selection.nodes, elkLayout)
    // Drawn on meanwhile: these places would be those of another drawing.
    if (editor.state().document !== document) return
    const done = editor.run(applied(places))
    say(words.canvas.said.tidied(done ? places.nodes.size : 0))
    if (done && selection.nodes.size < 2) view.fit()
  } catch {
    say(words.canvas.said.tidyFailed)
  }
}

/** Cards and their notes in one entry of the history. */
function applied({ nodes, notes }: Places): Command {
  const cards = tidyApplied(nodes)
  return {
    ...cards,
    apply: (document) =>
      [...notes].reduce((before, [id, position]) => changeNote(id, { position }).apply(before), cards.apply(document)),
  }
}
