/** What administrators see to: who may come in and by what, what was changed, what failed, and what is kept of whom. */
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useMe } from '../session/me.ts'
import { Message } from '../shell/Message.tsx'
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
  const ways = useRef<HTMLElement>(null)
  // On a phone they are wider than the screen.
  useEffect(() => ways.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center' }), [part])
  const shown = adminParts.filter((each) => isAdmin || each === 'dead-letters')
  return (
    <main className={styles['room']} aria-label={text.title}>
      <header className={styles['head']}>
        <h1>{text.title}</h1>
        <nav ref={ways} className={styles['parts']} aria-label={text.title}>
          {shown.map((each) => (
            <a
              key={each}
              href={paths.admin(each)}
              aria-current={each === part ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                navigate(paths.admin(each))
              }}
            >
              {text.parts[each]}
            </a>
          ))}
        </nav>
      </header>
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
    </main>
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
