import { Alert, Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { words } from '../words/en.ts'

const text = words.admin

type Asked<Answer> = Pick<UseQueryResult<Answer>, 'data' | 'isError' | 'isFetching' | 'error'> & { refetch(): unknown }

interface Props<Answer> {
  readonly query: Asked<Answer>
  children(answer: Answer): ReactNode
}

/** What the server answered; before that, that it is on its way, or why it is not. What was read once stays. */
export function Answered<Answer>({ query, children }: Props<Answer>) {
  const { data, isError, isFetching, error, refetch } = query
  if (data === undefined && !isError) return <Waiting label={text.reading} />
  return (
    <>
      {isError && (
        <Alert color="orange" variant="light" role="alert" title={text.failed.title} mb="sm">
          <p style={{ margin: '0 0 8px' }}>{error?.message || text.noAnswer}</p>
          <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
            {text.failed.again}
          </Button>
        </Alert>
      )}
      {data !== undefined && children(data)}
    </>
  )
}
