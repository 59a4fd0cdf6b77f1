/** What administrators see to: who may come in and by what, what was changed, what failed, and what is kept of whom. */
import { Button } from '@mantine/core'
import { useMe } from '../session/me.ts'
import { Message } from '../shell/Message.tsx'
import { Parted } from '../shell/Parted.tsx'
import { adminParts, navigate, paths, type AdminPart } from '../shell/route.ts'
import { words } from '../words/en.ts'
import styles from './Admin.module.css'
import { AuditLog } from './audit/AuditLog.tsx'
import { Customers } from './customers/Customers.tsx'
import { Keys } from './keys/Keys.tsx'
import { DeadLetters } from './letters/DeadLetters.tsx'
import { People } from './people/People.tsx'

const text = words.admin

export function Admin({ part }: { readonly part: AdminPart }) {
  const isAdmin = useMe().role === 'admin'
  const shown = adminParts.filter((each) => isAdmin || each === 'dead-letters')
  return (
    <Parted title={text.title} parts={shown} open={part} nameOf={(each) => text.parts[each]} pathOf={paths.admin}>
      <div className={styles['body']}>
        <section className={styles['part']} aria-label={text.parts[part]}>
          {shown.includes(part) ? (
            <Chosen part={part} />
          ) : (
            <Message {...text.notYours}>
              <Button variant="default" onClick={() => navigate(paths.admin('dead-letters'))}>
                {text.parts['dead-letters']}
              </Button>
            </Message>
          )}
        </section>
      </div>
    </Parted>
  )
}

function Chosen({ part }: { readonly part: AdminPart }) {
  switch (part) {
    case 'people':
      return <People />
    case 'keys':
      return <Keys />
    case 'audit':
      return <AuditLog />
    case 'dead-letters':
      return <DeadLetters />
    case 'customers':
      return <Customers />
    default:
      return part satisfies never
  }
}
