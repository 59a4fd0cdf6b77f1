import type { ReactNode } from 'react'
import style from './Setting.module.css'

/** Fields that belong together, under their name. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={style['part']}>
      <legend>{title}</legend>
      <div className={style['rows']}>{children}</div>
    </fieldset>
  )
}
