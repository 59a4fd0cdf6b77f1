/** Copy, cut and paste as text: a fragment of a flow is JSON that can be sent in a message and pasted into another flow. */
import { fragmentOf, paste, readFragment, removeNodes, duplicate } from '../document/commands/index.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { toGrid } from './model/guides.ts'
import { around } from './model/parts.ts'
import { freePlace, rectsOf } from './model/place.ts'
import { say } from './state.ts'
import { view } from './view.ts'

/** Listens to the browser's own copy, cut and paste, where no field has the keyboard. */
export function listenToClipboard(): () => void {
  const onCopy = (event: ClipboardEvent): void => {
    const text = isElsewhere(event) ? undefined : copied()
    if (text === undefined || event.clipboardData === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
    if (event.type === 'cut') editor.run(removeNodes(editor.state().selection.nodes))
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (isElsewhere(event)) return
    pasteText(event.clipboardData?.getData('text/plain') ?? '')
    event.preventDefault()
  }
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
  document.addEventListener('paste', onPaste)
  return () => {
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCopy)
    document.removeEventListener('paste', onPaste)
  }
}

export function pasteText(text: string): void {
  const { document, readOnly } = editor.state()
  if (readOnly) return
  const fragment = readFragment(text)
  if (fragment === undefined) return say(words.canvas.said.notPasted)
  const bounds = around(rectsOf(fragment))
  if (bounds === undefined) return
  const centre = view.centre()
  const corner = freePlace(
    rectsOf(document),
    { x: toGrid(centre.x - bounds.width / 2), y: toGrid(centre.y - bounds.height / 2) },
    bounds,
  )
  if (editor.run(paste(document, fragment, corner))) say(words.canvas.said.pasted(fragment.nodes.length))
}

export function duplicateSelection(): void {
  const { document, selection } = editor.state()
  editor.run(duplicate(document, selection.nodes))
}

function copied(): string | undefined {
  const { document, selection } = editor.state()
  if (selection.nodes.size === 0) return undefined
  say(words.canvas.said.copied(selection.nodes.size))
  return JSON.stringify(fragmentOf(document, selection.nodes), null, 2)
}

/** A field, a dialog, or words that someone marked to copy: theirs. */
function isElsewhere({ target }: ClipboardEvent): boolean {
  if (editor.state().opening !== 'open' || window.getSelection()?.isCollapsed === false) return true
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null)
  )
}
