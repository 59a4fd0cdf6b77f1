/** Saves a file on the reader's device, as if it had been downloaded. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** What may stand in a name of a file everywhere. */
export function fileName(id: string, ending: string): string {
  return `${id.replace(/[^\p{L}\p{N}._@-]+/gu, '-').slice(0, 80)}.${ending}`
}
