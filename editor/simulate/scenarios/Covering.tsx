import { Button, Switch, Text, UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import {
  gapsOf,
  percentCovered,
  type Coverage,
  type Gap,
  type Scenario,
  type ScenarioResult,
} from '#engine/simulate/index.ts'
import { Icon } from '#ui/icon.tsx'
import { cardOf } from '../../document/card.ts'
import { nodeOf } from '../../document/document.ts'
import { marks } from '../../document/marks.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { useAnswered } from '../session.ts'
import { countOf, coverageBy, marksOf, troddenBy } from './trodden.ts'
import { beginJob, type Written } from './machine.ts'
import style from './Scenarios.module.css'

const said = words.simulate.covering
const MOST = 100

interface Props {
  /** As the results ran on it. */
  readonly flow: object
  readonly results: readonly ScenarioResult[]
  /** Tests that the machine wrote are kept as scenarios. */
  readonly onKeep: (scenarios: readonly Scenario[]) => void
}

/** What of the flow the scenarios come through, marked on the canvas when asked for, and where none comes. */
export function Covering({ flow, results, onKeep }: Props) {
  const machine = useWritten(flow)
  const { tests } = machine
  const coverage = useMemo(
    () => coverageBy(flow, [...troddenBy(results), ...(tests?.trodden ?? [])]),
    [flow, results, tests],
  )
  const [isMarked, setMarked] = useState(false)
  useAnswered('covered', () => setMarked(true))
  useAnswered('tests', () => machine.ask(true))
  useMarked(isMarked ? coverage : null)
  const counts = (['node', 'outlet', 'trigger'] as const).map((kind) => ({ kind, ...countOf(coverage, kind) }))
  return (
    <section className={style['part']} aria-label={said.title}>
      <Text size="sm" fw={600} aria-live="polite">
        {said.title}: {said.sum(percentCovered(coverage))}
      </Text>
      <Text size="xs" c="dimmed">
        {counts
          .filter(({ of }) => of > 0)
          .map(({ kind, covered, of }) => said[`${kind}s`](covered, of))
          .join(' · ')}
      </Text>
      <Switch
        mt="xs"
        size="xs"
        label={said.show}
        checked={isMarked}
        onChange={(event) => setMarked(event.currentTarget.checked)}
      />
      {isMarked && <Legend />}
      <ByMachine machine={machine} onKeep={onKeep} />
      {(results.length > 0 || tests !== null) && <Gaps gaps={gapsOf(coverage)} why={tests?.why ?? {}} />}
    </section>
  )
}

interface Machine {
  /** Null while none are written. */
  readonly tests: Written | null
  readonly is: 'off' | 'writing' | 'written' | 'broken'
  readonly ask: (wanted: boolean) => void
}

/** The tests that the machine writes for a flow, again whenever it changes, as long as they are wanted. */
function useWritten(flow: object): Machine {
  const [wanted, setWanted] = useState(false)
  const [tests, setTests] = useState<Written | 'broken' | null>(null)
  useEffect(() => {
    setTests(null)
    if (!wanted) return
    return beginJob({ ask: 'tests', flow }, (news) => {
      if (news.is === 'written') setTests(news.tests)
      if (news.is === 'broken') setTests('broken')
    })
  }, [flow, wanted])
  const written = tests === 'broken' ? null : tests
  const is = !wanted ? 'off' : tests === 'broken' ? 'broken' : written === null ? 'writing' : 'written'
  return { tests: written, is, ask: setWanted }
}

function ByMachine({ machine: { tests, is, ask }, onKeep }: { readonly machine: Machine } & Pick<Props, 'onKeep'>) {
  return (
    <>
      <Switch
        mt="xs"
        size="xs"
        label={said.paths}
        checked={is !== 'off'}
        onChange={(event) => ask(event.currentTarget.checked)}
      />
      <Text size="xs" c="dimmed" aria-live="polite">
        {is === 'writing' && said.pathsWorking}
        {is === 'broken' && said.pathsFailed}
        {tests !== null && said.pathsDone(tests.scenarios.length)}
      </Text>
      {tests !== null && (
        <Button size="compact-xs" variant="subtle" onClick={() => onKeep(tests.scenarios)}>
          {said.keepPaths}
        </Button>
      )}
    </>
  )
}

function useMarked(coverage: Coverage | null): void {
  useEffect(() => {
    if (coverage === null) return
    marks.set('coverage', { covered: marksOf(coverage) })
    return () => marks.set('coverage', null)
  }, [coverage])
}

/** The two signs beside their meanings. */
function Legend() {
  const { covered, uncovered } = words.canvas.card
  const signs = [
    [true, 'check', covered],
    [false, 'minus', uncovered],
  ] as const
  return (
    <ul className={style['legend']} aria-label={said.legend}>
      {signs.map(([is, sign, meaning]) => (
        <li key={sign}>
          <span className={style['coveredSign']} data-covered={is} aria-hidden="true">
            <Icon name={sign} size={13} style={{ strokeWidth: 3 }} />
          </span>
          {meaning}
        </li>
      ))}
    </ul>
  )
}

type Why = Written['why']

function Gaps({ gaps, why }: { readonly gaps: readonly Gap[]; readonly why: Why }) {
  if (gaps.length === 0) {
    return (
      <Text size="xs" mt="xs">
        {said.all}
      </Text>
    )
  }
  return (
    <>
      <Text size="xs" fw={600} mt="xs">
        {said.missing}
      </Text>
      <ul className={style['places']} aria-label={said.missing}>
        {gaps.slice(0, MOST).map((gap) => (
          <GapRow key={gap.node} gap={gap} why={why} />
        ))}
        {gaps.length > MOST && <li>{said.more(gaps.length - MOST)}</li>}
      </ul>
    </>
  )
}

function GapRow({ gap, why }: { readonly gap: Gap; readonly why: Why }) {
  const node = useEditor(({ document }) => nodeOf(document, gap.node))
  const card = node && cardOf(node)
  const title = card?.sentence ?? gap.node
  const labels = new Map(card?.outlets.map(({ id, label }) => [id, label]))
  const what =
    gap.what === 'outlets'
      ? gap.outlets.map((id) => labels.get(id) ?? id).join(', ')
      : gap.what === 'trigger'
        ? said.trigger
        : said.whole
  const reasons = [...new Set(gap.ids.flatMap((id) => why[id] ?? []))]
  return (
    <li>
      <UnstyledButton className={style['place']} title={said.jump(title)} onClick={() => editor.focusNode(gap.node)}>
        <span>{title}</span>
        <span className={style['quiet']}>{[what, ...reasons].join(' · ')}</span>
      </UnstyledButton>
    </li>
  )
}
