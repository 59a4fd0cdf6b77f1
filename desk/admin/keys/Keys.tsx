import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyView, MadeKey } from '#ui/administration/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Answered } from '../Answered.tsx'
import { administration } from '../client.ts'
import { Confirm } from '../Confirm.tsx'
import { Empty } from '../Empty.tsx'
import { Intro } from '../Intro.tsx'
import { SecretShown } from '../SecretShown.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { KeyRow, nameOf } from './KeyRow.tsx'
import { RotateDialog } from './RotateDialog.tsx'

const text = words.admin.keys
const KEYS = ['keys']

export type Asked = { readonly what: 'make' } | { readonly what: 'rotate' | 'revoke'; readonly view: KeyView }

/** How programs call. */
export function Keys() {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: KEYS, queryFn: administration.keys, refetchInterval: 30_000 })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [made, setMade] = useState<string | null>(null)
  const changed = (): void => {
    setAsked(null)
    void queries.invalidateQueries({ queryKey: KEYS })
  }
  const show = ({ key }: MadeKey): void => {
    setMade(key)
    changed()
  }
  return (
    <>
      <Intro title={words.admin.parts.keys} explain={text.explain}>
        <Button size="sm" leftSection={<Icon name="plus" size={15} />} onClick={() => setAsked({ what: 'make' })}>
          {text.add}
        </Button>
      </Intro>
      <Answered query={query}>
        {(views) =>
          views.length === 0 ? (
            <Empty {...text.none} />
          ) : (
            <ul className={styles['list']}>
              {views
                .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
                .map((view) => (
                  <KeyRow key={view.id} view={view} onAsk={setAsked} />
                ))}
            </ul>
          )
        }
      </Answered>
      {asked?.what === 'make' && <KeyDialog onMade={show} onClose={() => setAsked(null)} />}
      {asked?.what === 'rotate' && <RotateDialog view={asked.view} onMade={show} onClose={() => setAsked(null)} />}
      {asked?.what === 'revoke' && (
        <Confirm
          title={text.askRevoke.title(nameOf(asked.view))}
          explain={text.askRevoke.explain}
          submit={text.askRevoke.submit}
          danger
          act={async () => {
            await administration.revokeKey(asked.view.id)
            say({ tone: 'good', text: text.askRevoke.done(nameOf(asked.view)) })
            changed()
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {made !== null && <SecretShown {...text.shown} secret={made} onClose={() => setMade(null)} />}
    </>
  )
}
