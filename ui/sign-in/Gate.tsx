/**
 * The page of an app, for who is signed in. Laws: nobody else sees it; when the session ends it stays as it is, beneath
 * the sign-in page and out of reach, and goes on when the same person signs in again; for anybody else it begins anew.
 */
import { Fragment, lazy, Suspense, type ReactNode } from 'react'
import { useSession } from './useSession.ts'

const SignInPage = lazy(() => import('./SignInPage.tsx').then(({ SignInPage }) => ({ default: SignInPage })))

interface Props {
  /** The heading of the sign-in page. */
  readonly title: string
  readonly children: ReactNode
}

export function Gate({ title, children }: Props) {
  const { key, ended, turn } = useSession()
  return (
    <>
      {key !== null && <Fragment key={turn}>{children}</Fragment>}
      {(key === null || ended) && (
        <Suspense fallback={null}>
          <SignInPage title={title} />
        </Suspense>
      )}
    </>
  )
}
