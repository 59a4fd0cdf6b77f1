import { lazy, Suspense } from 'react'
import { ConflictDialog } from './ConflictDialog.tsx'
import { useOverlay } from './overlays.ts'

const CommandPalette = lazy(() =>
  import('./CommandPalette.tsx').then(({ CommandPalette }) => ({ default: CommandPalette })),
)
const HelpSheet = lazy(() => import('./HelpSheet.tsx').then(({ HelpSheet }) => ({ default: HelpSheet })))
const ImportDialog = lazy(() =>
  import('../start/ImportDialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })),
)

/** What lies over the page, loaded when first asked for. */
export function Overlays() {
  const shown = useOverlay()
  return (
    <Suspense fallback={null}>
      {shown === 'palette' && <CommandPalette />}
      {shown === 'help' && <HelpSheet />}
      {shown === 'import' && <ImportDialog />}
      <ConflictDialog />
    </Suspense>
  )
}
