/** The names that may be filled in, by what they belong to, with a search. It begins open: it was asked for. */
import { Combobox, Text, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { words } from '../../words/en.ts'
import { InsertButton } from './InsertButton.tsx'
import type { NamePickerProps } from './NamePicker.tsx'
import { namespaceWord } from './namespace-word.ts'

export function NamePickerOpen({ names, label, onPick }: NamePickerProps) {
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    defaultOpened: true,
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  // Open from the beginning, nothing opens it.
  useEffect(() => combobox.focusSearchInput(), [])
  const sought = search.trim().toLowerCase()
  const found = names.filter((name) => name.path.toLowerCase().includes(sought))
  const groups = [...new Set(found.map((name) => name.of))]
  return (
    <Combobox
      store={combobox}
      width={260}
      position="bottom-end"
      withinPortal
      onOptionSubmit={(path) => {
        onPick(path)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        <InsertButton aria-label={label} onClick={() => combobox.toggleDropdown()} />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={words.inspector.text.search}
          aria-label={words.inspector.text.search}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {found.length === 0 ? (
            <Combobox.Empty>{words.inspector.text.noName}</Combobox.Empty>
          ) : (
            groups.map((of) => (
              <Combobox.Group key={of} label={namespaceWord(of)}>
                {found
                  .filter((name) => name.of === of)
                  .map(({ path }) => (
                    <Combobox.Option key={path} value={path}>
                      <Text component="code" size="xs">
                        {path}
                      </Text>
                    </Combobox.Option>
                  ))}
              </Combobox.Group>
            ))
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
