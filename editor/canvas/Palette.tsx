/** The kinds of steps, by phase: drag one onto the canvas, or click it. */
import { useState, type DragEvent } from 'react'
import { phases } from '#engine/conversation/owner.ts'
import type { Face } from '#engine/kinds/face.ts'
import { faces } from '#engine/kinds/faces.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { addAt } from './add/perform.ts'
import { KindIcon } from './card/KindIcon.tsx'
import { canvas, useCanvas } from './state.ts'
import { view } from './view.ts'
import classes from './Palette.module.css'

/** What a drag from the palette carries. */
export const DRAGGED = 'application/x-baton-kind'

export function Palette() {
  const shown = useCanvas((state) => state.paletteShown)
  const readOnly = useEditor((state) => state.readOnly)
  const { show, hide, title } = words.canvas.palette
  if (readOnly) return null
  return (
    <aside className={classes['palette']} aria-label={title} data-shown={shown}>
      <button
        type="button"
        className={classes['toggle']}
        aria-expanded={shown}
        aria-label={shown ? hide : show}
        title={shown ? hide : show}
        onClick={() => canvas.setState({ paletteShown: !shown })}
      >
        {shown ? '‹' : '›'}
      </button>
      {shown && <Steps />}
    </aside>
  )
}

function Steps() {
  const [query, setQuery] = useState('')
  const started = useEditor(({ document }) => document.nodes.some((node) => node.type === 'start'))
  const wanted = query.trim().toLowerCase()
  const found = faces.filter((kind) => `${kind.title} ${kind.doc}`.toLowerCase().includes(wanted))
  const { search, title, nothing } = words.canvas.palette
  return (
    <>
      <h2 className={classes['title']}>{title}</h2>
      <input
        className={classes['search']}
        type="search"
        value={query}
        placeholder={search}
        aria-label={search}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className={classes['list']}>
        {phases.map((phase) => {
          const own = found.filter((kind) => kind.phase === phase)
          return own.length === 0 ? null : (
            <section
              key={phase}
              aria-label={words.canvas.phases[phase]}
              data-phase={phase}
              className={classes['phase']}
            >
              <h3 className={classes['heading']}>{words.canvas.phases[phase]}</h3>
              {own.map((kind) => (
                <Step key={kind.name} kind={kind} taken={kind.name === 'start' && started} />
              ))}
            </section>
          )
        })}
        {found.length === 0 && (
          <p className={classes['nothing']} role="status">
            {nothing}
          </p>
        )}
      </div>
    </>
  )
}

function Step({ kind, taken }: { readonly kind: Pick<Face, 'name' | 'title' | 'doc'>; readonly taken: boolean }) {
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED, kind.name)
    event.dataTransfer.effectAllowed = 'copy'
  }
  return (
    <button
      type="button"
      className={classes['step']}
      draggable={!taken}
      disabled={taken}
      title={taken ? words.canvas.palette.taken : kind.doc}
      aria-label={words.canvas.palette.add(kind.title)}
      onDragStart={drag}
      onClick={() => addAt(kind.name, view.centre())}
    >
      <span className={classes['icon']}>
        <KindIcon kind={kind.name} />
      </span>
      {kind.title}
    </button>
  )
}
