const UNKNOWN = 'application/octet-stream'
const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/

/** Pictures that a browser may show in place: none of them can hold a script. */
const pictures: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => begins(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': (bytes) => begins(bytes, 0, [0xff, 0xd8, 0xff]),
  'image/gif': (bytes) => begins(bytes, 0, ascii('GIF87a')) || begins(bytes, 0, ascii('GIF89a')),
  'image/webp': (bytes) => begins(bytes, 0, ascii('RIFF')) && begins(bytes, 8, ascii('WEBP')),
}

/** The media type of a file, as its sender calls it; a picture only where its first bytes agree. */
export function fileType(given: string, bytes: Uint8Array): string {
  const named = (given.split(';')[0] ?? '').trim().toLowerCase()
  const type = named === 'image/jpg' ? 'image/jpeg' : named
  if (!TYPE.test(type)) return UNKNOWN
  const isPicture = Object.hasOwn(pictures, type) ? pictures[type] : undefined
  return isPicture === undefined || isPicture(bytes) ? type : UNKNOWN
}

/** Whether a browser may show a file of this type in place. */
export function isShownInPlace(type: string): boolean {
  return Object.hasOwn(pictures, type)
}

function begins(bytes: Uint8Array, at: number, with_: readonly number[]): boolean {
  return with_.every((byte, index) => bytes[at + index] === byte)
}

function ascii(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}
