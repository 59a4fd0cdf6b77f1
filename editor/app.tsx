/** The editor's page: who is signed in, where the page is, and what lies over it. */
import { MantineProvider } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { scheme } from '#ui/scheme.ts'
import { Gate } from '#ui/sign-in/Gate.tsx'
import { createScreenTheme, resolveVariables } from '#ui/theme.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { asking } from './shell/asking.ts'
import { Boundary } from './shell/Boundary.tsx'
import { Message } from './shell/Message.tsx'
import { Notices } from './shell/Notices.tsx'
import { useRoute } from './shell/route.ts'
import { words } from './words/en.ts'

const FlowPage = lazy(() => import('./shell/FlowPage.tsx').then(({ FlowPage }) => ({ default: FlowPage })))
const GalleryPage = asking(() => import('./shell/GalleryPage.tsx').then(({ GalleryPage }) => GalleryPage))

const theme = createScreenTheme({ close: words.shell.close })

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
    >
      <Notices />
      <Boundary>
        <Suspense fallback={<Waiting label={words.shell.loading} />}>
          <Gate title={words.shell.signIn}>
            <Page />
          </Gate>
        </Suspense>
      </Boundary>
    </MantineProvider>
  )
}

function Page() {
  const route = useRoute()
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
