import { Alert, Stack, Text } from '@mantine/core'
import { words } from '../words/en.ts'
import type { Translated } from './bring.ts'
import styles from './dialogs/dialogs.module.css'
import { Faults } from './Faults.tsx'

const text = words.start.bring.translated

/** What must be set up for a workflow of another program, and what is not quite as it was there. */
export function TranslatedWorkflow({
  translated: { teams, skills, variables, notes },
}: {
  readonly translated: Translated
}) {
  return (
    <Alert color="blue" mt="sm" title={text.title}>
      <Stack gap="xs">
        <Names label={text.teams} names={teams.map(({ id, queue }) => text.named(id, queue))} />
        <Names label={text.skills} names={skills.map(({ id, attribute }) => text.named(id, attribute))} />
        <Names label={text.variables} names={variables.map(({ name }) => name)} />
        {notes.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {text.notes}
            </Text>
            <div className={styles['faults']} tabIndex={0} role="group" aria-label={text.notes}>
              <Faults faults={notes} />
            </div>
          </div>
        )}
      </Stack>
    </Alert>
  )
}

function Names({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Text size="sm">
      <b>{label}</b> {names.join(', ')}
    </Text>
  )
}
