import { Checkbox, Input } from '@mantine/core'
import type { Role } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { areasOf } from './rights.ts'

const text = words.admin.keys

interface Props {
  readonly role: Role
  readonly chosen: readonly string[]
  readonly error: string | undefined
  onChange(chosen: readonly string[]): void
}

/** The rights of a role, to be chosen from. */
export function ScopeFields({ role, chosen, error, onChange }: Props) {
  return (
    <div className={styles['scopes']}>
      <p>
        {text.narrowHelp} <strong aria-live="polite">{text.chosen(chosen.length)}</strong>
      </p>
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
      {areasOf(role).map(({ name, rights }) => (
        <fieldset key={name}>
          <legend>{name}</legend>
          {rights.map(({ right, label }) => (
            <Checkbox
              key={right}
              size="xs"
              label={label}
              checked={chosen.includes(right)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...chosen, right] : chosen.filter((each) => each !== right))
              }
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}
