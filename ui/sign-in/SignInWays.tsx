import { Alert, Button, Divider, Loader, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { ApiProblem } from '../request.ts'
import { session } from '../session.ts'
import { faultOf } from './fault.ts'
import { KeyForm } from './KeyForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import styles from './SignIn.module.css'
import { providerPath, readWays, signIn, type Ways } from './ways.ts'
import { words } from './words.ts'

/** The ways that the server offers, once it has said so. */
export function SignInWays() {
  const arrived = useCode()
  const { ways, failed, again } = useWays()
  const [isKeyShown, setKeyShown] = useState(false)
  if (arrived.exchanging) return <Busy label={words.exchanging} />
  if (ways === null && failed) return <Away onAgain={again} />
  if (ways === null) return <Busy label={words.looking} />
  const hasOthers = ways.password || ways.oidc !== null
  return (
    <>
      {arrived.fault !== null && (
        <Alert color="red" variant="light" role="alert">
          {arrived.fault}
        </Alert>
      )}
      {ways.password && <PasswordForm />}
      {ways.password && ways.oidc !== null && <Divider label={words.or} />}
      {ways.oidc !== null && (
        <Button
          component="a"
          href={providerPath(window.location.pathname + window.location.search)}
          variant={ways.password ? 'default' : 'filled'}
          fullWidth
        >
          {words.provider(ways.oidc.name)}
        </Button>
      )}
      {hasOthers && (
        <Button
          className={styles['fold']}
          variant="subtle"
          size="compact-sm"
          aria-expanded={isKeyShown}
          onClick={() => setKeyShown(!isKeyShown)}
        >
          {words.withKey}
        </Button>
      )}
      {(isKeyShown || !hasOthers) && <KeyForm />}
    </>
  )
}

function Busy({ label }: { readonly label: string }) {
  return (
    <div className={styles['busy']} role="status">
      <Loader size="sm" type="dots" aria-hidden="true" />
      <Text size="sm">{label}</Text>
    </div>
  )
}

function Away({ onAgain }: { readonly onAgain: () => void }) {
  const { title, explain, again } = words.away
  return (
    <Alert color="orange" variant="light" role="alert" title={title}>
      <Text size="sm" mb="sm">
        {explain}
      </Text>
      <Button size="xs" variant="default" onClick={onAgain}>
        {again}
      </Button>
    </Alert>
  )
}

/** Exchanges the code that the address brought. */
function useCode(): { readonly exchanging: boolean; readonly fault: string | null } {
  const [exchanging, setExchanging] = useState(() => session.state().code !== null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    const code = session.takeCode()
    if (code === null) return
    signIn({ code })
      .catch((error: unknown) => setFault(faultOf('code', error).said))
      .finally(() => setExchanging(false))
  }, [])
  return { exchanging, fault }
}

const RETRY = 3_000
/** What a server offers that knows no other way: while it is replaced node by node, an older one may answer. */
const keyOnly: Ways = { password: false, oidc: null }

/** Asked until it is answered. */
function useWays() {
  const [ways, setWays] = useState<Ways | null>(null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  const again = useCallback(() => setTurn((before) => before + 1), [])
  useEffect(() => {
    const gone = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    readWays(gone.signal).then(setWays, (error: unknown) => {
      if (gone.signal.aborted) return
      if (!(error instanceof ApiProblem)) throw error
      if (!error.passes) return setWays(keyOnly)
      setFailed(true)
      timer = setTimeout(again, RETRY)
    })
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [turn, again])
  return { ways, failed, again }
}
