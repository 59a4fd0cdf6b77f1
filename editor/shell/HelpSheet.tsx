import { Drawer, Table, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { actions, type ActionGroup } from '../actions/index.ts'
import { words } from '../words/en.ts'
import styles from './HelpSheet.module.css'
import { Keys } from '#ui/kit/Keys.tsx'
import { overlays } from './overlays.ts'
import { fits } from '#ui/kit/search.ts'

const groups: readonly ActionGroup[] = ['edit', 'insert', 'view', 'try', 'flow', 'help']

/** Every action with its keys. */
export function HelpSheet() {
  const [query, setQuery] = useState('')
  const { title, search, explain, none } = words.shell.help
  const found = actions.filter((action) => fits(query, action.label, action.keywords ?? ''))
  return (
    <Drawer opened onClose={overlays.hide} position="right" size="md" title={title}>
      <Text size="sm" c="dimmed" mb="sm">
        {explain}
      </Text>
      <TextInput
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        placeholder={search}
        aria-label={search}
        leftSection={<Icon name="search" size={16} />}
        data-autofocus
        mb="md"
      />
      {groups.map((group) => {
        const rows = found.filter((action) => action.group === group)
        return rows.length === 0 ? null : (
          <section key={group} className={styles['group']}>
            <Title order={3} size="h6">
              {words.shell.groups[group]}
            </Title>
            <Table verticalSpacing={6} aria-label={words.shell.groups[group]}>
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
