/** A named frame around steps: dragged by its name, it takes them along. */
import { memo } from 'react'
import type { NodeProps } from '@xyflow/react'
import { renameGroup, ungroup } from '../../document/commands/index.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { FRAME_GRIP, type FrameNode } from '../model/scene.ts'
import classes from './remark.module.css'

export const Frame = memo(function Frame({ data: { group } }: NodeProps<FrameNode>) {
  const readOnly = useEditor((state) => state.readOnly)
  const { label, name, remove } = words.canvas.frame
  return (
    <section className={classes['frame']} aria-label={label(group.name)}>
      <header
        className={`${classes['grip']} ${FRAME_GRIP}`}
        onDoubleClick={(event) => {
          editor.select(group.nodes)
          event.stopPropagation()
        }}
      >
        <input
          className={`${classes['name']} nodrag`}
          value={group.name}
          aria-label={name}
          readOnly={readOnly}
          size={Math.max(6, group.name.length)}
          onChange={(event) => editor.run(renameGroup(group.id, event.target.value))}
          onBlur={() => editor.endBurst()}
        />
        {!readOnly && (
          <button
            type="button"
            className={`${classes['remove']} nodrag`}
            aria-label={remove}
            title={remove}
            onClick={() => editor.run(ungroup([group.id]))}
          >
            ×
          </button>
        )}
      </header>
    </section>
  )
})
