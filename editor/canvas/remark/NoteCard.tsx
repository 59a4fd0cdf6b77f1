/** A note for the people who draw. Its text stays text, whatever is written in it. */
import { memo, type KeyboardEvent } from 'react'
import { NodeResizer, type NodeProps } from '@xyflow/react'
import { changeNote, removeNotes } from '../../document/commands/index.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import type { NoteNode } from '../model/scene.ts'
import { view } from '../view.ts'
import classes from './remark.module.css'

/** Escape gives the keyboard back to the canvas, where Delete is the note's. */
function leaveText(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  view.focus()
}

export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  const readOnly = useEditor((state) => state.readOnly)
  const { label, text, placeholder, remove } = words.canvas.note
  return (
    <div className={classes['note']} role="note" aria-label={label} data-selected={selected || undefined}>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={120}
        minHeight={60}
        onResizeEnd={(_, { x, y, width, height }) =>
          editor.run(changeNote(note.id, { position: { x, y }, width, height }))
        }
      />
      <textarea
        className={`${classes['text']} nodrag nowheel`}
        value={note.text}
        placeholder={placeholder}
        aria-label={text}
        readOnly={readOnly}
        spellCheck
        onChange={(event) => editor.run(changeNote(note.id, { text: event.target.value }))}
        onBlur={() => editor.endBurst()}
        onKeyDown={leaveText}
      />
      {!readOnly && (
        <button
          type="button"
          className={`${classes['remove']} nodrag`}
          aria-label={remove}
          title={remove}
          onClick={() => editor.run(removeNotes([note.id]))}
        >
          ×
        </button>
      )}
    </div>
  )
})
