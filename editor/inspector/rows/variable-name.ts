/** What the engine admits as the name of a variable. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
