import { CloseButton, TextInput, VisuallyHidden } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import styles from './Gallery.module.css'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** How many flows fit; null while that is not known. */
  readonly found: number | null
}

/** Searches as one types; Escape empties it. */
export function SearchField({ value, onChange, found }: Props) {
  return (
    <div role="search" className={styles['search']}>
      <TextInput
        type="search"
        aria-label={words.start.search}
        placeholder={words.start.search}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          value !== '' && <CloseButton size="sm" aria-label={words.start.clear} onClick={() => onChange('')} />
        }
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('')
        }}
      />
      <VisuallyHidden role="status">{value.trim() !== '' && found !== null && words.start.found(found)}</VisuallyHidden>
    </div>
  )
}
