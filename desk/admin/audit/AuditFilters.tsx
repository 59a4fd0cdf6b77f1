import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { Tag } from '../../shell/Tag.tsx'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { auditFilter, isAll, useAuditFilter } from './filter.ts'
import { useNames } from './useNames.ts'

const text = words.admin.audit

/** Which entries are looked at. */
export function AuditFilters() {
  const filter = useAuditFilter()
  const names = useNames()
  const { actor, target, action, since } = filter
  const known = actor === null || names.has(actor.id) ? names : new Map([...names, [actor.id, actor.name] as const])
  return (
    <div className={styles['filters']} role="search" aria-label={words.admin.parts.audit}>
      <NativeSelect
        label={text.who}
        value={actor?.id ?? ''}
        data={[
          { value: '', label: text.anybody },
          ...[...known].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label)),
        ]}
        onChange={({ currentTarget: { value } }) =>
          auditFilter.set({ actor: value === '' ? null : { id: value, name: known.get(value) ?? value } })
        }
      />
      <NativeSelect
        label={text.what}
        value={action}
        data={[
          { value: '', label: text.anything },
          ...Object.entries(text.kinds).map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget: { value } }) => auditFilter.set({ action: value })}
      />
      <TextInput
        type="date"
        label={text.since}
        value={since}
        onChange={({ currentTarget: { value } }) => auditFilter.set({ since: value })}
      />
      {target !== null && (
        <span className={styles['target']}>
          <Tag>{text.target(target.name)}</Tag>
        </span>
      )}
      {!isAll(filter) && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="close" size={14} />}
          onClick={auditFilter.clear}
        >
          {text.clear}
        </Button>
      )}
    </div>
  )
}
