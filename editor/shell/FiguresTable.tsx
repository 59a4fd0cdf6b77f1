import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './FiguresTable.module.css'

interface FiguresTableProps {
  readonly caption: string
  /** The columns' headings; the first is over what each row is about. */
  readonly heads: readonly string[]
  /** Otherwise only for those who hear the page. */
  readonly isShown: boolean
  readonly children: ReactNode
}

/** What a chart shows, as a table: for eyes that want the figures, and always for those who hear the page. */
export function FiguresTable({ caption, heads, isShown, children }: FiguresTableProps) {
  const region = isShown ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {}
  return (
    <div className={classes[isShown ? 'table' : 'heard']} {...region}>
      <Table verticalSpacing={3} horizontalSpacing={6} fz="xs" captionSide="top" stickyHeader={isShown}>
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  )
}
