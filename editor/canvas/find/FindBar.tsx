/** Finds a step by its name, its words or a variable; Enter goes from one to the next. */
import { useMemo, useState, type KeyboardEvent } from 'react'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { find, type Hit } from '../model/find.ts'
import { canvas, useCanvas } from '../state.ts'
import { view } from '../view.ts'
import classes from './FindBar.module.css'

export function FindBar() {
  return useCanvas((state) => state.finding) ? <Bar /> : null
}

const SHOWN = 50

function Bar() {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const nodes = useEditor(({ document }) => document.nodes)
  const hits = useMemo(() => find({ nodes, edges: [] }, query), [nodes, query])
  const { title, search, nothing, close, count } = words.canvas.find

  const go = (index: number): void => {
    const hit = hits[(index + hits.length) % Math.max(1, hits.length)]
    if (hit === undefined) return
    setAt(hits.indexOf(hit))
    canvas.setState({ cursor: hit.node })
    editor.focusNode(hit.node)
  }
  const leave = (): void => {
    canvas.setState({ finding: false })
    const { cursor } = canvas.getState()
    if (cursor === null) view.focus()
    else view.focusCard(cursor)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') go(chosen(hits) ? at + (event.shiftKey ? -1 : 1) : 0)
    else if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at - 1)
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes['bar']} role="search" aria-label={title} onKeyDown={onKeyDown}>
      <div className={classes['line']}>
        <input
          autoFocus
          className={classes['field']}
          value={query}
          placeholder={search}
          aria-label={search}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
        />
        <span className={classes['count']} role="status">
          {query === '' ? '' : hits.length === 0 ? nothing : count(at + 1, hits.length)}
        </span>
        <button type="button" className={classes['close']} aria-label={close} title={close} onClick={leave}>
          ×
        </button>
      </div>
      {hits.length > 0 && (
        <ul className={classes['hits']}>
          {hits.slice(0, SHOWN).map((hit, index) => (
            <li key={hit.node}>
              <button type="button" className={classes['hit']} aria-current={index === at} onClick={() => go(index)}>
                <span className={classes['title']}>{hit.title}</span>
                <span className={classes['excerpt']}>
                  {hit.excerpt.slice(0, hit.from)}
                  <mark>{hit.excerpt.slice(hit.from, hit.to)}</mark>
                  {hit.excerpt.slice(hit.to)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Whether one of them is where the selection is: then Enter goes on from it. */
function chosen(hits: readonly Hit[]): boolean {
  const { nodes } = editor.state().selection
  return hits.some((hit) => nodes.has(hit.node))
}
