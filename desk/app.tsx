/** The desk's page: who works at it, and which room is open. */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiProblem } from '#ui/request.ts'
import { scheme } from '#ui/scheme.ts'
import { session } from '#ui/session.ts'
import { Gate } from '#ui/sign-in/Gate.tsx'
import { createScreenTheme, resolveVariables } from '#ui/theme.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { auditFilter } from './admin/audit/filter.ts'
import { filter } from './inbox/list.ts'
import { noFilter } from './inbox/sections.ts'
import { findOut, useIdentity } from './session/me.ts'
import { Barred, Unreachable } from './session/NotHere.tsx'
import { Boundary } from './shell/Boundary.tsx'
import { overlays } from './shell/overlays.ts'
import { Shell } from './shell/Shell.tsx'
import { words } from './words/en.ts'

const theme = createScreenTheme({ close: words.shell.close })
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 3 && error instanceof ApiProblem && error.passes,
    },
  },
})

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Notifications position="top-center" limit={3} />
        <Boundary>
          <Gate title={words.session.title}>
            <SignedIn />
          </Gate>
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}

function SignedIn() {
  const identity = useIdentity()
  useEffect(() => {
    // What was read for another person, or opened or looked for by them, is not shown to this one.
    queries.clear()
    overlays.hide()
    filter.set(noFilter)
    auditFilter.clear()
    const stop = findOut()
    const unwatch = session.onRenewed(() => void queries.invalidateQueries())
    return () => {
      stop()
      unwatch()
    }
  }, [])
  switch (identity.state) {
    case 'unknown':
      return <Waiting label={words.session.connecting} />
    case 'unreachable':
      return <Unreachable />
    case 'barred':
      return <Barred role={identity.role} />
    case 'here':
      return <Shell />
    default:
      return identity satisfies never
  }
}
