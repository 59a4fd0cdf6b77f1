/** What the server answered, kept for the pages and panels that ask it. */
import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '#ui/request.ts'
import { session } from '#ui/session.ts'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 3 && error instanceof ApiProblem && error.passes,
    },
  },
})

session.onRenewed(() => void queries.invalidateQueries())
session.onChanged(() => queries.clear())
