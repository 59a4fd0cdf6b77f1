/** The menu of what comes next: search, arrow keys and Enter; opened by a dropped wire, a way out, a wire's plus, or a key. */
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { disconnect } from '../../document/commands/index.ts'
import { nodeOf, type FlowDocument } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { KindIcon } from '../card/KindIcon.tsx'
import { faceOf } from '../model/face.ts'
import { canvas, useCanvas, type Adding } from '../state.ts'
import { view } from '../view.ts'
import { sectionsFor, type Item } from './items.ts'
import { addFromMenu, lead } from './perform.ts'
import classes from './QuickAdd.module.css'

export function QuickAdd() {
  const adding = useCanvas((state) => state.adding)
  return adding === null ? null : <Menu key={`${adding.at.x} ${adding.at.y}`} adding={adding} />
}

const SIZE = { width: 320, height: 420 } as const

function Menu({ adding }: { readonly adding: Adding }) {
  const document = useEditor((state) => state.document)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const sections = useMemo(() => sectionsFor(document, adding, query), [document, adding, query])
  const items = sections.flatMap((section) => section.items)
  const current = items[Math.min(at, items.length - 1)]

  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) === false) close(adding, false)
    }
    window.addEventListener('pointerdown', outside, true)
    return () => window.removeEventListener('pointerdown', outside, true)
  }, [adding])
  useEffect(() => {
    frame.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined)
      setAt((before) => (Math.min(before, items.length - 1) + step + items.length) % Math.max(1, items.length))
    else if (event.key === 'Enter' && current !== undefined) choose(current, adding)
    else if (event.key === 'Escape' || event.key === 'Tab') close(adding, true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={frame}
      className={classes['menu']}
      role="dialog"
      aria-label={headingOf(document, adding)}
      style={within(adding)}
      onKeyDown={onKeyDown}
    >
      <p className={classes['heading']}>{headingOf(document, adding)}</p>
      <input
        className={classes['search']}
        autoFocus
        value={query}
        placeholder={words.canvas.add.search}
        aria-label={words.canvas.add.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        {...(current === undefined ? {} : { 'aria-activedescendant': `${id} ${current.key}` })}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
      />
      <div id={id} role="listbox" aria-label={words.canvas.add.title} className={classes['list']}>
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title}>
            <p className={classes['section']} aria-hidden>
              {section.title}
            </p>
            {section.items.map((item) => (
              <Option
                key={item.key}
                id={`${id} ${item.key}`}
                item={item}
                current={item === current}
                onChoose={() => choose(item, adding)}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className={classes['nothing']} role="status">
          {words.canvas.add.nothing}
        </p>
      )}
    </div>
  )
}

function Option({
  id,
  item,
  current,
  onChoose,
}: {
  readonly id: string
  readonly item: Item
  readonly current: boolean
  readonly onChoose: () => void
}) {
  return (
    // The keyboard stays in the search field and chooses there.
    <div id={id} role="option" aria-selected={current} className={classes['option']} onClick={onChoose}>
      {(item.does === 'add' || item.does === 'lead') && (
        <span className={classes['icon']}>
          <KindIcon kind={item.kind} />
        </span>
      )}
      <span className={classes['words']}>
        <span className={classes['label']}>{item.label}</span>
        {(item.does === 'add' || item.does === 'lead') && <span className={classes['about']}>{item.about}</span>}
      </span>
    </div>
  )
}

function choose(item: Item, adding: Adding): void {
  canvas.setState({ adding: null })
  switch (item.does) {
    case 'add':
      return addFromMenu(item.kind, adding)
    case 'lead':
      if (adding.after !== undefined) lead(adding.after, item.node)
      return back(adding)
    case 'goTo':
      canvas.setState({ cursor: item.node })
      editor.focusNode(item.node)
      return view.focusCard(item.node)
    // The wire's own menu, in the place of this one.
    case 'insert':
      return canvas.setState({ adding: { at: adding.at, onEdge: item.edge } })
    case 'disconnect':
      editor.run(disconnect([item.edge]))
      return back(adding)
    default:
      return item satisfies never
  }
}

function close(adding: Adding, returns: boolean): void {
  canvas.setState({ adding: null })
  if (returns) back(adding)
}

/** The keyboard goes back to where the menu was asked for. */
function back({ after }: Adding): void {
  if (after === undefined) view.focus()
  else view.focusCard(after.source)
}

function headingOf(document: FlowDocument, { after, onEdge }: Adding): string {
  if (onEdge !== undefined) return words.canvas.add.insert
  const from = after && nodeOf(document, after.source)
  const row = from && faceOf(from).rows.find((each) => each.id === after.outlet)
  return row === undefined ? words.canvas.add.title : words.canvas.add.after(row.label)
}

/** Beside the point, and within the window. */
function within({ at }: Adding): { readonly left: number; readonly top: number } {
  return {
    left: Math.max(8, Math.min(at.x, window.innerWidth - SIZE.width - 8)),
    top: Math.max(8, Math.min(at.y, window.innerHeight - SIZE.height - 8)),
  }
}
