const LONGEST = 200
const ENDING = /\.[^.\s]{1,12}$/u

/**
 * What a file is called, as text that can be shown anywhere: the last part of what looks like a path, without control
 * characters and without the marks that turn the direction of writing (`exe.gpj` shown for `gpj.exe`).
 */
export function fileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const shown = last
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (/^\.*$/.test(shown)) return 'file'
  if (shown.length <= LONGEST) return shown
  const ending = ENDING.exec(shown)?.[0] ?? ''
  return `${shown.slice(0, LONGEST - ending.length - 1).replace(/[\uD800-\uDBFF]$/, '')}…${ending}`
}

/** The header by which a browser saves it under that name: RFC 6266, with the form of RFC 8187 for all but ASCII. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^ -~]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${plain}"; filename*=UTF-8''${exact}`
}
