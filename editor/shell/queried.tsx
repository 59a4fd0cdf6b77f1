import { QueryClientProvider } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { queries } from './queries.ts'

/** A component that asks the server, with what keeps the answers around it: only those who ask load it. */
export function queried(Content: ComponentType): ComponentType {
  return function Queried() {
    return (
      <QueryClientProvider client={queries}>
        <Content />
      </QueryClientProvider>
    )
  }
}
