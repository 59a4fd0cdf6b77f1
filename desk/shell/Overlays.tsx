import { lazy, Suspense } from 'react'
import { overlays, useOverlay } from './overlays.ts'

const HelpSheet = lazy(() => import('./HelpSheet.tsx').then(({ HelpSheet }) => ({ default: HelpSheet })))
const PasswordDialog = lazy(() =>
  import('#ui/sign-in/PasswordDialog.tsx').then(({ PasswordDialog }) => ({ default: PasswordDialog })),
)
const TransferDialog = lazy(() =>
  import('../conversation/dialogs/TransferDialog.tsx').then(({ TransferDialog }) => ({ default: TransferDialog })),
)
const HandbackDialog = lazy(() =>
  import('../conversation/dialogs/HandbackDialog.tsx').then(({ HandbackDialog }) => ({ default: HandbackDialog })),
)
const ResolveDialog = lazy(() =>
  import('../conversation/dialogs/ResolveDialog.tsx').then(({ ResolveDialog }) => ({ default: ResolveDialog })),
)
const EarlierSheet = lazy(() =>
  import('../conversation/context/EarlierSheet.tsx').then(({ EarlierSheet }) => ({ default: EarlierSheet })),
)

/** What lies over the page, loaded when first asked for. The context's own sheet is the conversation's. */
export function Overlays() {
  const shown = useOverlay()
  return <Suspense fallback={null}>{shown !== null && <Shown overlay={shown} />}</Suspense>
}

function Shown({ overlay }: { readonly overlay: NonNullable<ReturnType<typeof useOverlay>> }) {
  switch (overlay.name) {
    case 'help':
      return <HelpSheet />
    case 'password':
      return <PasswordDialog onClose={overlays.hide} />
    case 'context':
      return null
    case 'transfer':
    case 'assign':
      return <TransferDialog conversation={overlay.conversation} assigns={overlay.name === 'assign'} />
    case 'handback':
      return <HandbackDialog conversation={overlay.conversation} />
    case 'resolve':
      return <ResolveDialog conversation={overlay.conversation} />
    case 'earlier':
      return <EarlierSheet conversation={overlay.conversation} title={overlay.title} />
    default:
      return overlay satisfies never
  }
}
