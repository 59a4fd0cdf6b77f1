/** The words of `desk/clock`. */
export const clock = {
  now: 'now',
  today: 'Today',
  yesterday: 'Yesterday',
  s: (count: number) => `${count} s`,
  min: (count: number) => `${count} min`,
  h: (count: number) => `${count} h`,
  d: (count: number) => `${count} d`,
  due: (length: string) => `due in ${length}`,
  late: (length: string) => `late by ${length}`,
  ago: (age: string) => (age === 'now' ? 'just now' : `${age} ago`),
}
