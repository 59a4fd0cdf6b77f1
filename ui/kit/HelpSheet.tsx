import { Drawer, Table, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../icon.tsx'
import styles from './HelpSheet.module.css'
import { Keys } from './Keys.tsx'
import { fits } from './search.ts'

/** What the sheet says of an action. */
interface Listed {
  readonly name: string
  readonly label: string
  readonly keywords?: string
  readonly group: string
  readonly keys: readonly string[]
}

interface HelpSheetProps {
  readonly actions: readonly Listed[]
  /** In the order in which they stand: the group's name among the actions, and its title. */
  readonly groups: readonly (readonly [name: string, title: string])[]
  readonly words: {
    readonly title: string
    readonly search: string
    /** Of an action without a key. */
    readonly none: string
    /** What else there is to know. */
    readonly explain?: string
  }
  readonly onClose: () => void
}

/** Every action with its keys, and a search in it. */
export function HelpSheet({ actions, groups, words: { title, search, none, explain }, onClose }: HelpSheetProps) {
  const [query, setQuery] = useState('')
  const found = actions.filter(({ label, keywords = '' }) => fits(query, label, keywords))
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={title}>
      {explain !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {explain}
        </Text>
      )}
      <TextInput
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        placeholder={search}
        aria-label={search}
        leftSection={<Icon name="search" size={16} />}
        data-autofocus
        mb="md"
      />
      {groups.map(([group, heading]) => {
        const rows = found.filter((action) => action.group === group)
        return rows.length === 0 ? null : (
          <section key={group} className={styles['group']}>
            <Title order={3} size="h6">
              {heading}
            </Title>
            <Table verticalSpacing={6} aria-label={heading}>
              <Table.Tbody>
                {rows.map((action) => (
                  <Table.Tr key={action.name}>
                    <Table.Td>{action.label}</Table.Td>
                    <Table.Td className={styles['keys']}>
                      {action.keys.length === 0 ? (
                        <Text size="xs" c="dimmed">
                          {none}
                        </Text>
                      ) : (
                        action.keys.map((keys) => <Keys key={keys} of={keys} />)
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        )
      })}
    </Drawer>
  )
}
