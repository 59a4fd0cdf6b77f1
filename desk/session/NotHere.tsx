/** What is shown while nobody works here. */
import { Button } from '@mantine/core'
import { signOut } from '#ui/sign-in/ways.ts'
import { Message } from '../shell/Message.tsx'
import { words } from '../words/en.ts'

const text = words.session

/** The key is of a role that has no work at the desk. */
export function Barred({ role }: { readonly role: string }) {
  const { title, explain, leave, editor } = text.barred
  return (
    <main style={{ height: '100%' }}>
      <Message order={1} title={title} explain={explain(role)}>
        {role === 'designer' && (
          <Button component="a" href="/">
            {editor}
          </Button>
        )}
        <Button variant="default" onClick={signOut}>
          {leave}
        </Button>
      </Message>
    </main>
  )
}

/** Nobody knows yet who works here: the server does not answer. */
export function Unreachable() {
  return (
    <main style={{ height: '100%' }} role="status">
      <Message order={1} {...text.away} />
    </main>
  )
}
