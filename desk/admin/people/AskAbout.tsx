import type { MadePerson, PersonView } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { administration } from '../client.ts'
import { Confirm } from '../Confirm.tsx'
import { PersonDialog } from './PersonDialog.tsx'

const text = words.admin.people

/** What is asked before something is done. `edit` nobody: somebody new. */
export type Asked =
  | { readonly what: 'edit'; readonly person: PersonView | null }
  | { readonly what: 'reset' | 'disable' | 'enable' | 'remove'; readonly person: PersonView }

interface Props {
  readonly asked: Asked
  /** With a password that is to be passed on. */
  onMade(person: MadePerson): void
  /** With what is told of it. */
  onChanged(said: string): void
  onClose(): void
}

export function AskAbout({ asked, onMade, onChanged, onClose }: Props) {
  const { what, person } = asked
  if (what === 'edit')
    return (
      <PersonDialog
        person={person}
        onMade={onMade}
        onSaved={({ name }) => onChanged(text.saved(name))}
        onClose={onClose}
      />
    )
  const { name, id } = person
  switch (what) {
    case 'reset':
      return (
        <Confirm
          title={text.askReset.title(name)}
          explain={text.askReset.explain}
          submit={text.askReset.submit}
          act={async () => onMade(await administration.resetPassword(id))}
          onClose={onClose}
        />
      )
    case 'disable':
    case 'enable': {
      const ask = what === 'disable' ? text.askDisable : text.askEnable
      return (
        <Confirm
          title={ask.title(name)}
          explain={ask.explain}
          submit={ask.submit}
          danger={what === 'disable'}
          act={async () => {
            await administration.savePerson(id, { ...profileOf(person), disabled: what === 'disable' })
            onChanged(ask.done(name))
          }}
          onClose={onClose}
        />
      )
    }
    case 'remove':
      return (
        <Confirm
          title={text.askRemove.title(name)}
          explain={text.askRemove.explain}
          submit={text.askRemove.submit}
          danger
          act={async () => {
            await administration.deletePerson(id)
            onChanged(text.askRemove.done(name))
          }}
          onClose={onClose}
        />
      )
    default:
      return what satisfies never
  }
}

/** What of a person can be said anew. */
export function profileOf({ name, email, role, agent }: PersonView) {
  return { name, role, ...(email === undefined ? {} : { email }), ...(agent === undefined ? {} : { agent }) }
}
