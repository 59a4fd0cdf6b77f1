import { Button, Group, Table, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useId, useState } from 'react'
import type { Swept } from '#engine/backtest/report.ts'
import { editor, useEditor } from '../../document/store.ts'
import { FiguresTable } from '../../shell/FiguresTable.tsx'
import { words } from '../../words/en.ts'
import { figureName, setFigure, type Figure } from '../figures.ts'
import { percentOf, rateOf } from '../rate.ts'
import { Curve, type Point } from './Curve.tsx'
import classes from './Sweep.module.css'

const said = words.backtest.sweep

interface Props {
  readonly figure: Figure
  readonly swept: readonly Swept[]
  /** Conversations that were played. */
  readonly all: number
}

/** The handoff rate at each value of a figure; the value that is looked at can be taken into the draft. */
export function Sweep({ figure, swept, all }: Props) {
  const id = useId()
  const [chosen, setChosen] = useState<number>()
  const [isTable, setTable] = useState(false)
  const points: readonly Point[] = swept.map(({ value, handoffs }) => ({ value, rate: rateOf(handoffs, all) }))
  const presentAt = points.findIndex(({ value }) => value === figure.present)
  const looked = Math.min(chosen ?? Math.max(0, presentAt), points.length - 1)
  const point = points[looked]
  if (point === undefined) return null
  const name = figureName(figure)
  return (
    <section className={classes['sweep']} aria-labelledby={id}>
      <div>
        <Title order={4} size="h6" id={id}>
          {said.chart}
        </Title>
        <Text size="xs" c="dimmed">
          {name}
        </Text>
      </div>
      <Curve name={name} points={points} present={figure.present} looked={looked} onLook={setChosen} />
      <input
        type="range"
        className={classes['look']}
        min={0}
        max={points.length - 1}
        value={looked}
        dir="ltr"
        aria-label={said.look}
        aria-valuetext={said.at(String(point.value), percentOf(point.rate))}
        onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} aria-hidden="true">
          {said.at(String(point.value), percentOf(point.rate))}
        </Text>
        <Use figure={figure} value={point.value} />
      </Group>
      <Button
        className={classes['toggle'] ?? ''}
        variant="subtle"
        size="compact-sm"
        aria-expanded={isTable}
        onClick={() => setTable((was) => !was)}
      >
        {isTable ? said.hideTable : said.showTable}
      </Button>
      <Values swept={swept} all={all} present={figure.present} isShown={isTable} />
    </section>
  )
}

/** Takes a value into the draft; undo takes it back. */
function Use({ figure, value }: { readonly figure: Figure; readonly value: number }) {
  const readOnly = useEditor((state) => state.readOnly)
  const isThere = useEditor(({ document }) => setFigure(document, figure, value)?.apply(document) === document)
  if (readOnly) return null
  if (isThere)
    return (
      <Text size="xs" c="dimmed">
        {said.isUsed}
      </Text>
    )
  const use = (): void => {
    const command = setFigure(editor.state().document, figure, value)
    if (command !== undefined && editor.run(command)) notifications.show({ message: said.used(String(value)) })
  }
  return (
    <Button size="compact-sm" variant="light" onClick={use}>
      {said.use(String(value))}
    </Button>
  )
}

interface ValuesProps {
  readonly swept: readonly Swept[]
  readonly all: number
  readonly present: number | null
  /** Otherwise only for those who hear the page. */
  readonly isShown: boolean
}

const COUNTS = ['earlier', 'later', 'never', 'newly', 'otherTeam'] as const

function Values({ swept, all, present, isShown }: ValuesProps) {
  const heads = [said.value, said.rate, ...COUNTS.map((each) => words.backtest.change[each])]
  return (
    <FiguresTable caption={said.caption} heads={heads} isShown={isShown}>
      {swept.map((row) => (
        <Table.Tr key={row.value} data-present={row.value === present || undefined}>
          <Table.Th scope="row">{row.value === present ? said.presentAt(String(row.value)) : row.value}</Table.Th>
          <Table.Td>{percentOf(rateOf(row.handoffs, all))}</Table.Td>
          {COUNTS.map((each) => (
            <Table.Td key={each}>{row[each]}</Table.Td>
          ))}
        </Table.Tr>
      ))}
    </FiguresTable>
  )
}
