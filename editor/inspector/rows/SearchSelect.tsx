import { Select } from '@mantine/core'
import type { LongSelectProps } from './LongSelect.tsx'

/** It takes the place of the line that somebody has just gone to; what is typed takes the place of what was chosen. */
export function SearchSelect({ data, ...rest }: LongSelectProps) {
  return (
    <Select
      {...rest}
      data={[...data]}
      searchable
      allowDeselect={false}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
    />
  )
}
