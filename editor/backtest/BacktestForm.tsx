import {
  Alert,
  Button,
  Group,
  Input,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useId, useMemo, type FormEvent } from 'react'
import { Icon } from '#ui/icon.tsx'
import { editor, useEditor } from '../document/store.ts'
import { overlays } from '../shell/overlays.ts'
import { dayAt } from '../staffing/day.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'
import {
  faultOf,
  figureName,
  figuresOf,
  MOST_VALUES,
  usualRange,
  valuesOf,
  type Figure,
  type Range,
} from './figures.ts'
import { wrongWith, type Chosen, type Period } from './period.ts'
import type { Run } from './run.ts'
import { backtests, begin, setPlan, usePlan, type Plan } from './session.ts'

const said = words.backtest
const FAULTS_SHOWN = 3

interface Props {
  readonly timezone: string
  readonly run: Run
  readonly onBegin: () => void
}

/** Which conversations, and which figure to try. */
export function BacktestForm({ timezone, run, onBegin }: Props) {
  const id = useId()
  const document = useEditor((state) => state.document)
  const isUnread = useEditor((state) => state.faults.length > 0)
  const figures = useMemo(() => figuresOf(document), [document])
  const plan = usePlan(timezone)
  const { chosen, sweep } = plan
  const figure = figures.find(({ key }) => key === sweep?.figure)
  const wrong = wrongWith(chosen, dayAt(Date.now(), timezone))
  const isWrong = wrong !== null || (figure !== undefined && sweep !== null && faultOf(sweep.range) !== null)
  const play = (event: FormEvent): void => {
    event.preventDefault()
    if (isWrong || isUnread) return
    onBegin()
    begin(chosen, figure && sweep ? { figure, values: valuesOf(sweep.range, figure.present) } : null)
  }
  return (
    <form className={classes['form']} aria-labelledby={id} onSubmit={play}>
      <Title order={3} size="h5" id={id}>
        {said.form}
      </Title>
      <PeriodInput
        chosen={chosen}
        wrong={wrong}
        timezone={timezone}
        onChange={(next) => setPlan({ ...plan, chosen: next })}
      />
      <SweepInput figures={figures} plan={plan} figure={figure} />
      {isUnread && <Unread />}
      <Group gap="xs">
        {run.stage === 'running' ? (
          // A button of its own: were it the one that begins, the click that cancels would begin anew.
          <Button key="stop" variant="default" leftSection={<Icon name="close" size={14} />} onClick={backtests.stop}>
            {said.cancel}
          </Button>
        ) : (
          <Button
            key="begin"
            type="submit"
            disabled={isWrong || isUnread}
            data-autofocus
            leftSection={<Icon name="play" size={14} />}
          >
            {said.run}
          </Button>
        )}
      </Group>
    </form>
  )
}

interface PeriodProps {
  readonly chosen: Chosen
  readonly wrong: ReturnType<typeof wrongWith>
  readonly timezone: string
  readonly onChange: (chosen: Chosen) => void
}

const PERIODS: readonly Period[] = ['day', 'week', 'month', 'own']

function PeriodInput({ chosen, wrong, timezone, onChange }: PeriodProps) {
  const id = useId()
  const today = dayAt(Date.now(), timezone)
  const day = (which: 'from' | 'to', error: string | undefined) => (
    <TextInput
      type="date"
      size="xs"
      flex={1}
      miw={120}
      label={said[which]}
      value={chosen[which]}
      max={today}
      error={error}
      onChange={({ currentTarget: { value } }) => onChange({ ...chosen, [which]: value })}
    />
  )
  return (
    <>
      <Input.Wrapper label={said.period} labelElement="div" labelProps={{ id }}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby={id}
          value={chosen.period}
          data={PERIODS.map((value) => ({ value, label: said.periods[value] }))}
          onChange={(period) => onChange({ ...chosen, period })}
        />
      </Input.Wrapper>
      {chosen.period === 'own' && (
        <div>
          <Group gap="xs" align="start">
            {day('from', wrong === 'from' ? said.dayCure : undefined)}
            {day('to', wrong === 'to' ? said.dayCure : wrong === 'order' ? said.orderCure : undefined)}
          </Group>
          <Text size="xs" c="dimmed" mt={4}>
            {said.dayZone(timezone)}
          </Text>
        </div>
      )}
    </>
  )
}

interface SweepProps {
  readonly figures: readonly Figure[]
  readonly plan: Plan
  readonly figure: Figure | undefined
}

function SweepInput({ figures, plan, figure }: SweepProps) {
  const { sweep } = plan
  const [first] = figures
  const choose = (next: Figure | undefined): void =>
    setPlan({ ...plan, sweep: next === undefined ? null : { figure: next.key, range: usualRange(next) } })
  const fault = sweep !== null && figure !== undefined ? faultOf(sweep.range) : null
  const cure = fault === null ? null : fault === 'wrong' ? said.sweep.wrong : said.sweep.tooMany(MOST_VALUES)
  const setRange = (change: Partial<Range>): void => {
    if (sweep !== null) setPlan({ ...plan, sweep: { ...sweep, range: { ...sweep.range, ...change } } })
  }
  if (first === undefined)
    return (
      <Text size="xs" c="dimmed">
        {said.sweep.none}
      </Text>
    )
  return (
    <div className={classes['fields']}>
      <Switch
        label={said.sweep.on}
        description={said.sweep.explain}
        checked={figure !== undefined}
        onChange={({ currentTarget: { checked } }) => choose(checked ? first : undefined)}
      />
      {sweep !== null && figure !== undefined && (
        <>
          <NativeSelect
            size="xs"
            label={said.sweep.figure}
            value={figure.key}
            data={figures.map((each) => ({ value: each.key, label: figureName(each) }))}
            onChange={({ currentTarget: { value } }) => choose(figures.find(({ key }) => key === value))}
          />
          <Group gap="xs" grow align="start" wrap="nowrap">
            {(['low', 'high', 'step'] as const).map((end) => (
              <NumberInput
                key={`${figure.key} ${end}`}
                size="xs"
                label={said.sweep[end]}
                value={sweep.range[end]}
                min={end === 'step' ? figure.step : figure.least}
                max={figure.most}
                step={figure.step}
                allowDecimal={figure.step !== 1}
                clampBehavior="blur"
                onChange={(value) => {
                  if (typeof value === 'number') setRange({ [end]: value })
                }}
              />
            ))}
          </Group>
          {cure !== null && (
            <Text size="xs" c="var(--danger)" role="alert">
              {cure}
            </Text>
          )}
        </>
      )}
    </div>
  )
}

/** The draft cannot be played; what is wrong with it is known before anything is asked. */
function Unread() {
  const faults = useEditor((state) => state.faults)
  return (
    <Alert color="red" variant="light" p="xs" title={said.needsFault}>
      <ul className={classes['notes']}>
        {faults.slice(0, FAULTS_SHOWN).map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>{message}</li>
        ))}
      </ul>
      <Text size="xs" my={4}>
        {said.needsCure}
      </Text>
      <Button size="compact-xs" variant="default" onClick={showProblems}>
        {said.toProblems}
      </Button>
    </Alert>
  )
}

function showProblems(): void {
  overlays.hide()
  editor.show('problems')
}
