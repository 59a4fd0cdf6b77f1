import { Button } from '@mantine/core'
import { waitOf } from './fault.ts'
import type { Trying } from './useTrying.ts'

/** Counts down while the server takes no further try. */
export function SubmitButton({ label, trying: { busy, wait } }: { readonly label: string; readonly trying: Trying }) {
  return (
    <Button type="submit" fullWidth loading={busy} disabled={wait > 0}>
      {wait > 0 ? `${label} (${waitOf(wait)})` : label}
    </Button>
  )
}
