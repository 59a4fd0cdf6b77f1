import { ActionIcon, Input, TextInput } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import type { Faults } from '../faults.ts'
import styles from '../Setup.module.css'
import { nextRange, timeOf, type Range } from './week.ts'

const text = words.setup.schedule

interface Props {
  /** What the hours are of: a day's name, or a date. */
  readonly of: string
  readonly ranges: readonly Range[]
  /** Their place, for faults. */
  readonly at: string
  readonly faults: Faults
  onChange(ranges: readonly Range[]): void
}

/** The hours of a day; none: closed. */
export function Ranges({ of, ranges, at, faults, onChange }: Props) {
  const fault = faults.under(at)
  return (
    <div className={styles['ranges']}>
      {ranges.map(([start, end], index) => {
        const row = index + 1
        const isFaulty = faults.under(`${at}/${index}`) !== undefined
        return (
          <span key={index} className={styles['range']}>
            <Time
              label={text.from(of, row)}
              value={start}
              isFaulty={isFaulty}
              onChange={(time) => onChange(ranges.with(index, [time, end]))}
            />
            <span aria-hidden="true">–</span>
            <Time
              label={text.until(of, row)}
              value={end}
              isFaulty={isFaulty}
              onChange={(time) => onChange(ranges.with(index, [start, time]))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--text-dim)"
              aria-label={words.setup.remove(text.range(of, start, end))}
              onClick={() => onChange(ranges.toSpliced(index, 1))}
            >
              <Icon name="close" size={14} />
            </ActionIcon>
          </span>
        )
      })}
      {ranges.length === 0 && <span className={styles['dim']}>{text.closed}</span>}
      <ActionIcon
        variant="subtle"
        aria-label={text.addRange(of)}
        onClick={() => onChange([...ranges, nextRange(ranges)])}
      >
        <Icon name="plus" size={16} />
      </ActionIcon>
      {fault !== undefined && <Input.Error className={styles['whole']}>{fault}</Input.Error>}
    </div>
  )
}

interface TimeProps {
  readonly label: string
  readonly value: string
  readonly isFaulty: boolean
  onChange(time: string): void
}

/** A time of day. The browser's own input knows no “24:00”, the end of a day. */
function Time({ label, value, isFaulty, onChange }: TimeProps) {
  return (
    <TextInput
      size="xs"
      w={68}
      aria-label={label}
      value={value}
      error={isFaulty}
      inputMode="numeric"
      withErrorStyles
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        if (timeOf(value) !== value) onChange(timeOf(value))
      }}
    />
  )
}
