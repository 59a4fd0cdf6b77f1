/** Words in lines of so many letters; what does not fit is cut off with dots. */
export function wrapped(text: string, letters: number, most: number): readonly string[] {
  const lines: string[] = []
  let rest = text
  while (rest !== '' && lines.length < most) {
    const isLast = lines.length === most - 1
    if (rest.length <= letters || isLast) {
      lines.push(rest.length <= letters ? rest : `${rest.slice(0, Math.max(0, letters - 1))}…`)
      break
    }
    const space = rest.lastIndexOf(' ', letters)
    const end = space > 0 ? space : letters
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return lines
}
