/** The names that may be filled in, by what they belong to, with a search. */
import { Button, Combobox, Text, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import type { Name } from '../condition/names.ts'

interface NamePickerProps {
  readonly names: readonly Name[]
  readonly label: string
  onPick(path: string): void
}

export function NamePicker({ names, label, onPick }: NamePickerProps) {
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const sought = search.trim().toLowerCase()
  const found = names.filter((name) => name.path.toLowerCase().includes(sought))
  const groups = [...new Set(found.map((name) => name.of))]
  return (
    <Combobox
      store={combobox} width={260} position="bottom-end" withinPortal
      onOptionSubmit={(path) => {
        onPick(path)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="subtle" size="compact-xs" leftSection={<Icon name="plus" size={12} />} aria-label={label}
          onClick={() => combobox.toggleDropdown()}
        >
          {words.inspector.text.insert}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search} onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={words.inspector.text.search} aria-label={words.inspector.text.search}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {found.length === 0 ? <Combobox.Empty>{words.inspector.text.noName}</Combobox.Empty> : groups.map((of) => (
            <Combobox.Group key={of} label={namespaceWord(of)}>
              {found.filter((name) => name.of === of).map(({ path }) => (
                <Combobox.Option
                  key={path} value={path}
                >
                  <Text component="code" size="xs">{path}</Text>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** What a namespace is called to people; one that we have no word for goes by its own name. */
export function namespaceWord(of: string): string {
  const known: Readonly<Record<string, string>> = words.inspector.namespaces
  return known[of] ?? of
}
