/** What a part of the setup is made of: how it is read, written as a form, and saved. */
import type { ReactNode } from 'react'
import type { Detail } from '#ui/request.ts'
import type { SetupPart } from '../shell/route.ts'
import type { Faults } from './faults.ts'

/** As the server has it. */
export interface Named {
  readonly id: string
  readonly name?: string
}

/** As it stands in its form. */
export interface Written {
  readonly id: string
  readonly name: string
}

export interface Kind<View extends Named, Fields extends Written> {
  readonly part: SetupPart
  /** A new one as it stands in its form. */
  readonly fresh: Fields
  read(): Promise<readonly View[]>
  fieldsOf(view: View): Fields
  /** What the server could not tell, since it is not sent. */
  faultsIn(fields: Fields): readonly Detail[]
  save(fields: Fields): Promise<View>
  /** What the list says of it beside its name. */
  line(view: View): ReactNode
  Form(props: FormProps<Fields>): ReactNode
}

export interface FormProps<Fields> {
  readonly fields: Fields
  readonly isNew: boolean
  readonly faults: Faults
  change(to: Partial<Fields>): void
}
