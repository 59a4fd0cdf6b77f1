import { lazy, Suspense, useEffect, useState } from 'react'
import { useEditor } from '../document/store.ts'
import { asking } from './asking.ts'
import { overlays, useOverlay } from './overlays.ts'
import { TypedAhead } from './TypedAhead.tsx'

const CommandPalette = lazy(() =>
  import('./CommandPalette.tsx').then(({ CommandPalette }) => ({ default: CommandPalette })),
)
const ConflictDialog = lazy(() =>
  import('./ConflictDialog.tsx').then(({ ConflictDialog }) => ({ default: ConflictDialog })),
)
const PasswordDialog = lazy(() =>
  import('#ui/sign-in/PasswordDialog.tsx').then(({ PasswordDialog }) => ({ default: PasswordDialog })),
)
const HelpSheet = lazy(() => import('./HelpSheet.tsx').then(({ HelpSheet }) => ({ default: HelpSheet })))
const NewFlowDialog = asking(() =>
  import('../start/dialogs/NewFlowDialog.tsx').then(({ NewFlowDialog }) => NewFlowDialog),
)
const ImportDialog = asking(() => import('../start/ImportDialog.tsx').then(({ ImportDialog }) => ImportDialog))
const BacktestDialog = asking(() =>
  import('../backtest/BacktestDialog.tsx').then(({ BacktestDialog }) => BacktestDialog),
)
const StaffingDialog = asking(() =>
  import('../staffing/StaffingDialog.tsx').then(({ StaffingDialog }) => StaffingDialog),
)

/** What lies over the page, loaded when first asked for. */
export function Overlays() {
  const shown = useOverlay()
  const contested = useContested()
  return (
    <Suspense fallback={null}>
      {shown === 'palette' && <Palette />}
      {shown === 'help' && <HelpSheet />}
      {shown === 'password' && <PasswordDialog onClose={overlays.hide} />}
      {shown === 'fresh' && <NewFlowDialog />}
      {shown === 'import' && <ImportDialog />}
      {shown === 'staffing' && <StaffingDialog />}
      {shown === 'backtest' && <BacktestDialog />}
      {contested && <ConflictDialog />}
    </Suspense>
  )
}

function Palette() {
  const [typed, setTyped] = useState('')
  return (
    <Suspense fallback={<TypedAhead onType={setTyped} />}>
      <CommandPalette typed={typed} />
    </Suspense>
  )
}

/** Whether there has been a conflict: its dialog opens by itself when somebody else saved the flow meanwhile. */
function useContested(): boolean {
  const conflict = useEditor((state) => state.saving === 'conflict')
  const [contested, setContested] = useState(conflict)
  if (conflict && !contested) setContested(true)
  useEffect(() => {
    if (conflict) overlays.show('conflict')
    else if (overlays.shown() === 'conflict') overlays.hide()
  }, [conflict])
  return contested
}
