import { ActionIcon } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { TimeInput } from './TimeInput.tsx'
import { nextRange, type Range } from './week.ts'
import classes from './week.module.css'

interface RangesProps {
  /** What the hours are of: a day's name, or a date. */
  readonly of: string
  readonly ranges: readonly Range[]
  readonly readOnly: boolean
  onChange(ranges: readonly Range[]): void
}

export function Ranges({ of, ranges, readOnly, onChange }: RangesProps) {
  return (
    <div className={classes['ranges']}>
      {ranges.map(([start, end], index) => (
        <div key={index} className={classes['range']}>
          <TimeInput
            label={words.inspector.week.from(of)}
            value={start}
            readOnly={readOnly}
            onChange={(time) => onChange(ranges.with(index, [time, end]))}
          />
          <span aria-hidden="true">–</span>
          <TimeInput
            label={words.inspector.week.until(of)}
            value={end}
            readOnly={readOnly}
            onChange={(time) => onChange(ranges.with(index, [start, time]))}
          />
          {readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={words.inspector.week.remove(of, start, end)}
              onClick={() => onChange(ranges.toSpliced(index, 1))}
            >
              <Icon name="close" size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {ranges.length === 0 ? <span className={classes['closed']}>{words.inspector.week.closed}</span> : null}
      {readOnly ? null : (
        <ActionIcon
          variant="subtle"
          size="sm"
          aria-label={words.inspector.week.add(of)}
          onClick={() => onChange([...ranges, nextRange(ranges)])}
        >
          <Icon name="plus" size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
