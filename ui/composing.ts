/** What a browser that says nothing else gives as the code of a key that went to an input method. */
const TO_INPUT_METHOD = 229

/** Whether a key is the input method's: the Enter that takes a word does not send what is written. */
export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends the composition before it tells of the key that ended it; only the old code says whose the key was.
  return event.isComposing || event.keyCode === TO_INPUT_METHOD
}
