/** Past conversations played again through the draft that is open. */
import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useEditor } from '../document/store.ts'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'
import { BacktestForm } from './BacktestForm.tsx'
import { Compared } from './Compared.tsx'
import { LISTED, type Listing } from './Differences.tsx'
import { Outcome } from './Outcome.tsx'
import { useRun } from './session.ts'

const said = words.backtest
const NARROW = '(max-width: 48em)'
const ALL: Listing = { only: null, shown: LISTED, last: null }

export function BacktestDialog() {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) === true
  return (
    <Modal
      opened
      onClose={overlays.hide}
      title={said.title}
      size={1160}
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': words.shell.close }}
    >
      <Backtest />
    </Modal>
  )
}

/** What is asked for beside what comes of it, or one conversation as it was and as it would have been. */
function Backtest() {
  const run = useRun()
  const timezone = useEditor((state) => state.document.timezone)
  const [opened, setOpened] = useState<string | null>(null)
  const [listing, setListing] = useState(ALL)
  const difference = run.sum?.differences.find(({ conversation }) => conversation === opened)
  if (run.asked !== null && difference !== undefined) {
    return (
      <Compared
        key={difference.conversation}
        asked={run.asked}
        difference={difference}
        onBack={() => setOpened(null)}
      />
    )
  }
  return (
    <div className={classes['backtest']}>
      <BacktestForm timezone={timezone} run={run} onBegin={() => setListing(ALL)} />
      <Outcome
        run={run}
        listing={listing}
        onListing={setListing}
        onOpen={(conversation) => {
          setListing({ ...listing, last: conversation })
          setOpened(conversation)
        }}
      />
    </div>
  )
}
