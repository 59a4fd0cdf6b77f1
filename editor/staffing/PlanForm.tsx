import {
  ActionIcon,
  Button,
  Collapse,
  Group,
  Input,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useId, useState, type FormEvent } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import { dayAt, dayBeside, isDay } from './day.ts'
import { LengthInput } from './LengthInput.tsx'
import { GOAL, shiftsOf, type People, type Plan, type PlanFor, type Policy, type Rules } from './plan.ts'
import { Shifts } from './Shifts.tsx'
import classes from './Staffing.module.css'

const said = words.staffing

export interface PlanFormProps {
  readonly plan: Plan
  readonly planned: PlanFor
  readonly isBusy: boolean
  readonly onDay: (day: string) => void
  readonly onPlan: (plan: Plan) => void
  readonly onPlay: () => void
  readonly onReset: () => void
}

/** The day, and what would be other than it was. */
export function PlanForm(props: PlanFormProps) {
  const { plan, planned, isBusy, onDay, onPlan, onPlay, onReset } = props
  const id = useId()
  const play = (event: FormEvent): void => {
    event.preventDefault()
    onPlay()
  }
  return (
    <form className={classes['form']} aria-labelledby={id} onSubmit={play}>
      <Title order={3} size="h5" id={id}>
        {said.form}
      </Title>
      <DayInput key={planned.day} day={planned.day} timezone={planned.timezone} onDay={onDay} />
      <PeopleInput plan={plan} planned={planned} onPlan={onPlan} />
      <NumberInput
        label={said.capacity}
        description={said.capacityHelp}
        value={plan.capacity ?? ''}
        min={1}
        max={100}
        allowDecimal={false}
        disabled={planned.staff === undefined}
        onChange={(value) => onPlan({ ...plan, capacity: typeof value === 'number' ? value : null })}
      />
      <Choice
        label={said.policy}
        options={said.policyOptions}
        value={plan.policy}
        onChange={(policy: Policy) => onPlan({ ...plan, policy })}
      />
      <Choice
        label={said.rules}
        options={said.rulesOptions}
        value={plan.rules}
        onChange={(rules: Rules) => onPlan({ ...plan, rules })}
      />
      <More plan={plan} onPlan={onPlan} />
      <Group gap="xs">
        <Button type="submit" loading={isBusy} leftSection={<Icon name="play" size={14} />}>
          {said.submit}
        </Button>
        <Button variant="default" onClick={onReset}>
          {said.reset}
        </Button>
      </Group>
    </form>
  )
}

interface DayInputProps {
  readonly day: string
  readonly timezone: string
  readonly onDay: (day: string) => void
}

function DayInput({ day, timezone, onDay }: DayInputProps) {
  const [typed, setTyped] = useState(day)
  const today = dayAt(Date.now(), timezone)
  const isPast = isDay(typed) && typed <= today
  return (
    <Group gap={4} wrap="nowrap" align="end">
      <TextInput
        flex={1}
        type="date"
        label={said.day}
        description={said.dayZone(timezone)}
        max={today}
        value={typed}
        data-autofocus
        error={isPast ? undefined : said.dayCure}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        onBlur={() => {
          if (isPast && typed !== day) onDay(typed)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !isPast || typed === day) return
          event.preventDefault()
          onDay(typed)
        }}
      />
      <Step label={said.before} icon="back" disabled={false} onClick={() => onDay(dayBeside(day, -1))} />
      <Step label={said.after} icon="forward" disabled={day >= today} onClick={() => onDay(dayBeside(day, 1))} />
    </Group>
  )
}

interface StepProps {
  readonly label: string
  readonly icon: 'back' | 'forward'
  readonly disabled: boolean
  readonly onClick: () => void
}

function Step({ label, icon, disabled, onClick }: StepProps) {
  return (
    <ActionIcon variant="default" size={36} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} size={16} />
    </ActionIcon>
  )
}

function PeopleInput({ plan, planned, onPlan }: Pick<PlanFormProps, 'plan' | 'planned' | 'onPlan'>) {
  const id = useId()
  const { staff, timezone } = planned
  const choose = (people: People): void => {
    const isFresh = people === 'oneByOne' && plan.shifts.length === 0
    onPlan({ ...plan, people, shifts: isFresh ? shiftsOf(staff ?? [], timezone) : plan.shifts })
  }
  return (
    <>
      <Input.Wrapper label={said.people} labelElement="div" labelProps={{ id }}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby={id}
          value={plan.people}
          disabled={staff === undefined}
          data={entriesOf(said.peopleOptions)}
          onChange={choose}
        />
      </Input.Wrapper>
      {plan.people === 'count' ? (
        <NumberInput
          label={said.more}
          description={said.moreHelp}
          value={plan.more}
          min={-500}
          max={500}
          allowDecimal={false}
          clampBehavior="blur"
          onChange={(value) => onPlan({ ...plan, more: typeof value === 'number' ? value : 0 })}
        />
      ) : null}
      {plan.people === 'oneByOne' ? (
        <Shifts shifts={plan.shifts} onChange={(shifts) => onPlan({ ...plan, shifts })} />
      ) : null}
    </>
  )
}

/** What is changed more seldom. */
function More({ plan, onPlan }: Pick<PlanFormProps, 'plan' | 'onPlan'>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={isOpen}
        leftSection={<Icon name={isOpen ? 'minus' : 'plus'} size={14} />}
        onClick={() => setOpen((was) => !was)}
      >
        {said.moreRules}
      </Button>
      <Collapse expanded={isOpen}>
        <div className={classes['fields']}>
          <LengthInput label={said.maxWait} value={plan.maxWait} onChange={(maxWait) => onPlan({ ...plan, maxWait })} />
          <LengthInput label={said.ageing} value={plan.ageing} onChange={(ageing) => onPlan({ ...plan, ageing })} />
          <LengthInput label={said.handle} value={plan.handle} onChange={(handle) => onPlan({ ...plan, handle })} />
          <GoalInput goal={plan.goal} onChange={(goal) => onPlan({ ...plan, goal })} />
        </div>
      </Collapse>
    </div>
  )
}

interface GoalInputProps {
  readonly goal: Plan['goal']
  readonly onChange: (goal: Plan['goal']) => void
}

function GoalInput({ goal, onChange }: GoalInputProps) {
  const setShare = (percent: number | string): void => {
    if (typeof percent === 'number' && percent >= 1 && percent <= 99) onChange({ ...goal, share: percent / 100 })
  }
  return (
    <div role="group" aria-label={said.goal}>
      <Text size="sm" fw={500}>
        {said.goal}
      </Text>
      <Group gap={6} grow align="end">
        <NumberInput
          size="xs"
          label={said.goalShare}
          min={1}
          max={99}
          allowDecimal={false}
          clampBehavior="blur"
          value={Math.round(goal.share * 100)}
          onChange={setShare}
        />
        <LengthInput
          small
          label={said.goalWithin}
          value={goal.within}
          onChange={(within) => onChange({ ...goal, within: within ?? GOAL.within })}
        />
      </Group>
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: Readonly<Record<Value, string>>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const data = entriesOf(options)
  const choose = (chosen: string): void => {
    const option = data.find((each) => each.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <NativeSelect label={label} data={data} value={value} onChange={(event) => choose(event.currentTarget.value)} />
  )
}

function entriesOf<Value extends string>(options: Readonly<Record<Value, string>>): { value: Value; label: string }[] {
  // The keys of a record are its type's.
  return (Object.keys(options) as Value[]).map((value) => ({ value, label: options[value] }))
}
