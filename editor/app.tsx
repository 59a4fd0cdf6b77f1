/** The editor's page: who is signed in, where the page is, and what lies over it. */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { ApiProblem } from '#ui/request.ts'
import { scheme } from '#ui/scheme.ts'
import { session } from '#ui/session.ts'
import { createScreenTheme, resolveVariables } from '#ui/theme.ts'
import { Boundary } from './shell/Boundary.tsx'
import { Message, Waiting } from './shell/Message.tsx'
import { useRoute } from './shell/route.ts'
import { SignIn } from './shell/SignIn.tsx'
import { words } from './words/en.ts'

const FlowPage = lazy(() => import('./shell/FlowPage.tsx').then(({ FlowPage }) => ({ default: FlowPage })))
const GalleryPage = lazy(() => import('./shell/GalleryPage.tsx').then(({ GalleryPage }) => ({ default: GalleryPage })))

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
        <Notifications position="bottom-left" />
        <Boundary>
          <Suspense fallback={<Waiting label={words.shell.loading} />}>
            <Page />
          </Suspense>
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}

function Page() {
  const { key } = useSyncExternalStore(session.subscribe, session.state)
  const route = useRoute()
  if (key === null) return <SignIn />
  switch (route.page) {
    case 'gallery':
      return <GalleryPage />
    case 'flow':
      return <FlowPage key={route.id} id={route.id} />
    case 'nowhere':
      return <Message title={words.shell.nowhere.title} explain={words.shell.nowhere.explain} />
    default:
      return route satisfies never
  }
}
