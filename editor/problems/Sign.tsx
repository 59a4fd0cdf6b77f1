import { words } from '../words/en.ts'
import type { Finding } from './findings.ts'
import style from './Problems.module.css'

/** A sign that differs in shape, not in colour alone. */
export function Sign({ severity }: Pick<Finding, 'severity'>) {
  const isError = severity === 'error'
  return (
    <svg
      className={style['sign']}
      data-severity={severity}
      viewBox="0 0 18 18"
      role="img"
      aria-label={isError ? words.problems.error : words.problems.warning}
    >
      {isError ? (
        <circle cx="9" cy="9" r="8" fill="currentColor" />
      ) : (
        <path d="M9 1.2 17.2 16H.8Z" fill="currentColor" strokeLinejoin="round" />
      )}
      <path
        d={isError ? 'M9 4.6v5.2M9 12.9v.4' : 'M9 6.4v4.4M9 13.2v.3'}
        stroke="var(--mantine-color-body)"
        strokeWidth="1.9"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  )
}
