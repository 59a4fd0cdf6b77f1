import { Alert, Title } from '@mantine/core'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Logo } from '../kit/Logo.tsx'
import styles from './SignIn.module.css'
import { SignInWays } from './SignInWays.tsx'
import { useSession } from './useSession.ts'
import { words } from './words.ts'

/** Who is nobody yet signs in here; whose session has ended does so over the page they were on. */
export function SignInPage({ title }: { readonly title: string }) {
  const { ended } = useSession()
  const heading = useId()
  useTitle(title)
  const card = (
    <div className={styles['card']}>
      <Logo size={36} />
      <Title order={1} size="h3" id={heading}>
        {title}
      </Title>
      {ended && (
        <Alert color="orange" variant="light" role="status">
          {words.ended}
        </Alert>
      )}
      <SignInWays />
    </div>
  )
  return ended ? <Over heading={heading}>{card}</Over> : <main className={styles['page']}>{card}</main>
}

/** Over everything, menus and dialogs too, and nothing beneath can be seen or reached. */
function Over({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      // Said aloud: the pages' shortcuts leave alone what is in a dialog, and find it by this.
      role="dialog"
      aria-labelledby={heading}
      className={styles['over']}
      onCancel={(event) => event.preventDefault()}
      // Some browsers close a dialog all the same when Escape is pressed twice.
      onClose={() => dialog.current?.showModal()}
    >
      <div className={styles['page']}>{children}</div>
    </dialog>
  )
}

function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
}
