import { Alert } from '@mantine/core'

/** Why the last try failed. */
export function Said({ said }: { readonly said: string | null }) {
  return said === null ? null : (
    <Alert color="red" variant="light" role="alert">
      {said}
    </Alert>
  )
}
