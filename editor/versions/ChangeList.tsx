import { Text, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { cardOf, outletsIn } from '../document/card.ts'
import { nodeOf, type FlowDocument, type FlowNode } from '../document/document.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { sortedWays, type ChangedWay, type Changes } from './difference.ts'
import style from './Versions.module.css'

const text = words.versions

interface Props {
  readonly changes: Changes
  readonly from: FlowDocument
  readonly to: FlowDocument
}

/** Changes in words; what is on the canvas can be gone to. */
export function ChangeList({ changes, from, to }: Props) {
  const ways = sortedWays(changes.ways)
  const way = ({ source, outlet, from: was, to: is }: ChangedWay): string => {
    const document = is === null ? from : to
    const [start, name] = [nameIn(document, source), outletName(document, source, outlet)]
    if (was !== null && is !== null) return text.moved(start, name, nameIn(from, was), nameIn(to, is))
    return text.way(start, name, nameIn(document, is ?? was))
  }
  const wayRows = (rows: readonly ChangedWay[]) =>
    rows.map((row) => (
      <Row key={`${row.source} ${row.outlet}`} node={row.source}>
        {way(row)}
      </Row>
    ))
  return (
    <div className={style['changes']}>
      <Part title={text.added(changes.added.length)} mark="added" rows={changes.added.map(stepRow)} />
      <Part
        title={text.changed(changes.changed.length)}
        mark="changed"
        rows={changes.changed.map(({ node, fields }) => (
          <Row key={node.id} node={node.id} note={fields.map(({ label }) => label ?? text.kind).join(', ')}>
            {cardOf(node).sentence}
          </Row>
        ))}
      />
      <Part title={text.removed(changes.removed.length)} mark="removed" rows={changes.removed.map(stepRow)} />
      <Part title={text.waysAdded(ways.added.length)} mark="added" rows={wayRows(ways.added)} />
      <Part title={text.waysMoved(ways.moved.length)} mark="changed" rows={wayRows(ways.moved)} />
      <Part title={text.waysRemoved(ways.removed.length)} mark="removed" rows={wayRows(ways.removed)} />
      <Part
        title={text.settings}
        mark="changed"
        rows={changes.head.map((key) => (
          <Row key={key}>{text.head[key]}</Row>
        ))}
      />
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly mark: 'added' | 'removed' | 'changed'
  readonly rows: readonly ReactNode[]
}

const signs = { added: '+', removed: '−', changed: '~' } as const

function Part({ title, mark, rows }: PartProps) {
  if (rows.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600} className={style['mark'] ?? ''} data-mark={mark}>
        <span aria-hidden="true">{signs[mark]}</span> {title}
      </Text>
      <ul className={style['rows']}>{rows}</ul>
    </div>
  )
}

function stepRow(node: FlowNode) {
  return (
    <Row key={node.id} node={node.id}>
      {cardOf(node).sentence}
    </Row>
  )
}

interface RowProps {
  readonly node?: string
  readonly note?: string
  readonly children: ReactNode
}

function Row({ node, note, children }: RowProps) {
  const isDrawn = useEditor(({ document }) => node !== undefined && nodeOf(document, node) !== undefined)
  const inside = (
    <>
      {children}
      {note !== undefined && <span className={style['quiet']}>{note}</span>}
    </>
  )
  return (
    <li>
      {isDrawn && node !== undefined ? (
        <UnstyledButton className={style['row']} title={text.jump} onClick={() => editor.focusNode(node)}>
          {inside}
        </UnstyledButton>
      ) : (
        <span className={style['row']}>{inside}</span>
      )}
    </li>
  )
}

function nameIn(document: FlowDocument, id: string | null): string {
  const node = id === null ? undefined : nodeOf(document, id)
  return node === undefined ? text.nowhere : `${cardOf(node).title} ${node.id}`
}

function outletName(document: FlowDocument, source: string, outlet: string): string {
  const node = nodeOf(document, source)
  return (node && outletsIn(document, node).find(({ id }) => id === outlet)?.label) ?? outlet
}
