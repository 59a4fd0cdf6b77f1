import type { ReactNode } from 'react'
import { LongSelect } from './LongSelect.tsx'

/** Offered by name; a document may hold any other, which is then offered too. */
const LANGUAGES = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'ru',
  'sk',
  'sl',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
  'zh',
] as const

interface LanguageSelectProps {
  readonly label: string
  readonly help?: string | undefined
  readonly error?: ReactNode
  readonly value: string
  readonly readOnly: boolean
  /** What no language means; left out, there must be one. */
  readonly none?: string
  onChange(value: string | undefined): void
}

export function LanguageSelect({ label, help, error, value, readOnly, none, onChange }: LanguageSelectProps) {
  const listed: readonly string[] = LANGUAGES
  const tags = value === '' || listed.includes(value) ? listed : [...listed, value]
  return (
    <LongSelect
      label={label}
      description={help}
      error={error}
      value={value === '' ? null : value}
      readOnly={readOnly}
      clearable={none !== undefined && !readOnly}
      placeholder={none ?? ''}
      data={tags.map((tag) => ({ value: tag, label: languageName(tag) }))}
      onChange={(tag) => onChange(tag ?? undefined)}
    />
  )
}

function languageName(tag: string): string {
  try {
    return `${new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag} (${tag})`
  } catch {
    return tag
  }
}
