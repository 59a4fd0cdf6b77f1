import { Button, UnstyledButton } from '@mantine/core'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { faceNamed } from '#engine/kinds/faces.ts'
import type { FlowDocument } from '../document/document.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { FindingDetail } from './FindingDetail.tsx'
import type { Finding } from './findings.ts'
import style from './Problems.module.css'
import { Sign } from './Sign.tsx'

/** So many are drawn at first, and so many more at each wish. */
const PAGE = 100

interface Props {
  readonly findings: readonly Finding[]
  /** The key of the finding whose way is shown. */
  readonly way: string | null
  readonly onWay: (finding: string | null) => void
}

/** One stop of the tab key; the arrows go through the findings. One is open at a time. */
export function FindingList({ findings, way, onWay }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const document = useEditor((state) => state.document)
  const selected = useEditor((state) => state.selection.nodes)
  const titles = useMemo(() => titlesOf(document), [document])
  const [current, setCurrent] = useState(0)
  const [opened, setOpened] = useState<string | null>(null)
  const [most, setMost] = useState(PAGE)
  const rows = findings.slice(0, most)
  const at = Math.min(current, rows.length - 1)

  const move = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || !('finding' in event.target.dataset)) return
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= rows.length) return
    event.preventDefault()
    setCurrent(next)
    list.current?.querySelectorAll<HTMLElement>('[data-finding]')[next]?.focus()
  }
  return (
    <ul ref={list} className={style['list']} aria-label={words.problems.list} onKeyDown={move}>
      {rows.map((finding, index) => {
        const isOpen = opened === finding.key
        const hasMore = finding.path !== null || finding.confirmed === false
        return (
          <li key={finding.key} data-here={(finding.node !== null && selected.has(finding.node)) || undefined}>
            <UnstyledButton
              className={style['finding']}
              data-finding
              tabIndex={index === at ? 0 : -1}
              title={hasMore ? words.problems.keysWay : words.problems.keys}
              aria-expanded={hasMore ? isOpen : undefined}
              onFocus={() => setCurrent(index)}
              onClick={() => {
                setOpened(isOpen ? null : finding.key)
                if (finding.node !== null) editor.focusNode(finding.node)
              }}
            >
              <Sign severity={finding.severity} />
              <span className={style['message']}>{finding.message}</span>
              <span className={style['place']}>{placeOf(finding, titles)}</span>
            </UnstyledButton>
            {isOpen && hasMore && (
              <FindingDetail
                finding={finding}
                isShown={way === finding.key}
                onShow={(isShown) => onWay(isShown ? finding.key : null)}
              />
            )}
          </li>
        )
      })}
      {findings.length > most && (
        <li>
          <Button variant="subtle" size="compact-sm" m="xs" onClick={() => setMost(most + PAGE)}>
            {words.problems.more(Math.min(PAGE, findings.length - most))}
          </Button>
        </li>
      )}
    </ul>
  )
}

function placeOf({ node, rule, path }: Finding, titles: ReadonlyMap<string, string>): string {
  const where = node === null ? words.problems.wholeFlow : `${titles.get(node) ?? ''} ${node}`.trim()
  const way = path === null ? [] : [words.problems.steps(path.length)]
  return [where, rule ?? words.problems.unreadable, ...way].join(' · ')
}

function titlesOf({ nodes }: FlowDocument): ReadonlyMap<string, string> {
  return new Map(nodes.map(({ id, type }) => [id, faceNamed(type)?.title ?? type]))
}
