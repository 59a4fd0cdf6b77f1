import { Alert, EmptyState, Group, SegmentedControl, Text, Title, UnstyledButton } from '@mantine/core'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { faceNamed } from '#engine/kinds/faces.ts'
import { editor, useEditor } from '../document/store.ts'
import type { FlowDocument } from '../document/document.ts'
import { words } from '../words/en.ts'
import { countsOf, findingsOf, type Finding } from './findings.ts'
import style from './Problems.module.css'
import { Sign } from './Sign.tsx'

type Shown = 'all' | Finding['severity']

/** What is wrong with the open flow; each finding leads to its card. */
export function Problems() {
  const problems = useEditor((state) => state.problems)
  const faults = useEditor((state) => state.faults)
  const isLooking = useEditor((state) => state.checked === null && state.opening === 'open')
  const document = useEditor((state) => state.document)
  const selected = useEditor((state) => state.selection.nodes)
  const [shown, setShown] = useState<Shown>('all')
  const findings = useMemo(() => findingsOf(problems, faults), [problems, faults])
  const titles = useMemo(() => titlesOf(document), [document])
  const { errors, warnings } = countsOf(findings)
  const isMixed = errors > 0 && errors < findings.length
  const listed = isMixed && shown !== 'all' ? findings.filter((each) => each.severity === shown) : findings

  return (
    <section className={style['panel']} aria-label={words.problems.title}>
      <Group className={style['head']} justify="space-between" gap="xs">
        <Title order={2} size="h5">
          {words.problems.title}
        </Title>
        <Text size="sm" aria-live="polite">
          {isLooking ? words.problems.looking : summary(errors, warnings)}
        </Text>
        {isMixed && (
          <SegmentedControl
            fullWidth
            w="100%"
            size="xs"
            aria-label={words.problems.filter}
            value={shown}
            onChange={setShown}
            data={[
              { value: 'all', label: words.problems.all(findings.length) },
              { value: 'error', label: words.problems.errors(errors) },
              { value: 'warning', label: words.problems.warnings(warnings) },
            ]}
          />
        )}
      </Group>
      {faults.length > 0 && (
        <Alert m="xs" p="xs" color="orange" variant="light">
          {words.problems.unreadFirst}
        </Alert>
      )}
      {findings.length === 0 && !isLooking ? (
        <EmptyState mt="xl" px="md" size="sm" title={words.problems.none} description={words.problems.noneMore} />
      ) : (
        <FindingList findings={listed} titles={titles} selected={selected} />
      )}
    </section>
  )
}

interface ListProps {
  readonly findings: readonly Finding[]
  readonly titles: ReadonlyMap<string, string>
  readonly selected: ReadonlySet<string>
}

/** One stop of the tab key; the arrows go through the findings. */
function FindingList({ findings, titles, selected }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [current, setCurrent] = useState(0)
  const at = Math.min(current, findings.length - 1)

  const move = (event: KeyboardEvent): void => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: findings.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= findings.length) return
    event.preventDefault()
    setCurrent(next)
    list.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <ul ref={list} className={style['list']} aria-label={words.problems.list} onKeyDown={move}>
      {findings.map((finding, index) => (
        <li key={finding.key}>
          <UnstyledButton
            className={style['finding']}
            tabIndex={index === at ? 0 : -1}
            title={words.problems.keys}
            data-here={(finding.node !== null && selected.has(finding.node)) || undefined}
            onFocus={() => setCurrent(index)}
            onClick={() => {
              if (finding.node !== null) editor.focusNode(finding.node)
            }}
          >
            <Sign severity={finding.severity} />
            <span className={style['message']}>{finding.message}</span>
            <span className={style['place']}>{placeOf(finding, titles)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}

function placeOf({ node, rule }: Finding, titles: ReadonlyMap<string, string>): string {
  const where = node === null ? words.problems.wholeFlow : `${titles.get(node) ?? ''} ${node}`.trim()
  return `${where} · ${rule ?? words.problems.unreadable}`
}

function titlesOf({ nodes }: FlowDocument): ReadonlyMap<string, string> {
  return new Map(nodes.map(({ id, type }) => [id, faceNamed(type)?.title ?? type]))
}

function summary(errors: number, warnings: number): string {
  const parts = [errors > 0 ? words.problems.errors(errors) : '', warnings > 0 ? words.problems.warnings(warnings) : '']
  return parts.filter(Boolean).join(', ')
}
