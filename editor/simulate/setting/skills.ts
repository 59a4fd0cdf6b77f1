/** Skills as a person writes them: `spanish 4`; without a figure the level is 1. */

/** Undefined when there are none. What is no skill with a level from 1 to 10 is left out. */
export function readSkills(texts: readonly string[]): Readonly<Record<string, number>> | undefined {
  const skills = texts.flatMap((text) => {
    const [, skill = '', level = '1'] = /^\s*([A-Za-z][A-Za-z0-9_]{0,63})\s*[:=]?\s*(\d{1,2})?\s*$/.exec(text) ?? []
    return skill === '' || Number(level) < 1 || Number(level) > 10 ? [] : [[skill, Number(level)] as const]
  })
  return skills.length === 0 ? undefined : Object.fromEntries(skills)
}

export function skillTexts(skills: Readonly<Record<string, number>> = {}): string[] {
  return Object.entries(skills).map(([skill, level]) => `${skill} ${level}`)
}
